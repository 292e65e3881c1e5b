/** The small part of `npm run stress:stall`: a hostile request holds up nobody, beside `serve` and beside the manual's example. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostileShapes } from './hostile-shapes.ts'
import { exampleServer, type StalledServer, servingServer, stall } from './stall.ts'

const MOST_MILLISECONDS = 500
const SHAPES = [
  'message of 57 KB with line feeds, anonymous',
  'message of 14 KB with line feeds, signed and changed',
  '5,000 open elements, anonymous',
  'query of 900 parameters, signed and changed',
  '95 signed headers, made up',
]

/** A machine that has other work to do may hold up a ping; a server that stands does so each time. */
async function notStalled(server: StalledServer, name: string): Promise<void> {
  const shape = hostileShapes(Date.now()).find((one) => one.name === name) ?? assert.fail(name)
  for (let tries = 1; ; tries++) {
    const { beside, pause } = await stall(server, shape, { times: 1, milliseconds: 1000 })
    assert.ok(beside.count > 10, `${beside.count} pings`)
    if (Math.max(beside.longest, pause) < MOST_MILLISECONDS) return
    assert.ok(tries < 3, `${name}: a ping waited for ${beside.longest} ms, the server computed for ${pause} ms`)
  }
}

for (const [name, started] of [
  ['countersign serve', servingServer],
  ['the example of docs/manual/verifier.md', exampleServer],
] as const)
  test(`${name}: no ping waits for another's diagnosis, and every refusal is reported`, async () => {
    const server = await started()
    try {
      // The example's own server refuses larger heads than node:http takes before they get to the verifier.
      for (const shape of started === servingServer ? SHAPES : SHAPES.slice(1)) await notStalled(server, shape)
    } finally {
      await server.end()
    }
  })
