/**
 * What goes in comes out, byte for byte, and the relay has seen it as it was. `RELAY_EXCHANGES=100000` tries so many;
 * `SEED=<number>` others.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomNumbers } from '../support/injections.ts'
import { randomPieces, randomScript } from './random-exchanges.ts'
import { stage } from './scripted.ts'

const WANTED = Number(process.env['RELAY_EXCHANGES'] ?? 2000)
const SEED = Number(process.env['SEED'] ?? 1707)

test(`random exchanges pass byte for byte in both directions (seed ${SEED})`, async () => {
  const below = randomNumbers(SEED)
  // As `record` does it: the last bytes of an answer wait for the end of the turn.
  const at = await stage({ settled: (go) => setImmediate(go) })
  try {
    for (let done = 0; done < WANTED; ) {
      const { steps, expected } = randomScript(below)
      const pieces = randomPieces(below)
      const where = `after ${done} exchanges`
      const arrived = await at.play(steps, pieces)
      const sent = (side: string) => Buffer.concat(steps.filter(({ from }) => from === side).map(({ bytes }) => bytes))
      assertSame(arrived.upstream, sent('client'), `${where}, at the upstream`)
      assertSame(arrived.client, sent('upstream'), `${where}, at the client`)
      const seen = at.take().map(({ received, body, response, ending }) => ({
        method: received.method,
        target: received.target,
        names: received.headers.map(([name]) => name).filter((name) => name !== 'Expect'),
        sha256: body?.sha256,
        length: body?.length,
        status: response?.status,
        ending,
      }))
      assert.deepEqual(
        seen,
        expected.map((one) => ({ ...one, ending: 'whole' })),
        where,
      )
      done += expected.length
    }
    assert.deepEqual(at.refused, [])
  } finally {
    await at.close()
  }
})

function assertSame(actual: Buffer, wanted: Buffer, where: string): void {
  if (actual.equals(wanted)) return
  let at = 0
  while (actual[at] === wanted[at] && at < wanted.length) at++
  const around = (bytes: Buffer) => JSON.stringify(bytes.subarray(Math.max(0, at - 60), at + 60).toString('latin1'))
  assert.fail(
    `${where}: ${actual.length} bytes of ${wanted.length}, the first other one at ${at}: ${around(actual)}, not ${around(wanted)}`,
  )
}
