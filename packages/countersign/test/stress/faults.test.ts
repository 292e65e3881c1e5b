/** What clients do to a server, one thing at a time: answers keep their order, nobody is kept for ever, and what has begun is answered. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FrontDoorOptions, openFrontDoor, type Patience } from '../../src/server/front-door.ts'
import { credentialsOf } from '../../src/verifier/index.ts'
import { KEY_ID, NOW, plain, SECRET, signed } from '../support/signed.ts'
import { Client, onTheWire } from './http-client.ts'

const QUICK: Patience = { headSeconds: 1, requestSeconds: 1.5, idleSeconds: 5, closingSeconds: 1 }

/** A door whose keys take a moment to be found, so that much can happen before a verdict. */
async function door(options: Partial<FrontDoorOptions> = {}) {
  const store = credentialsOf({ [KEY_ID]: { key: SECRET } })
  const credentials: typeof store = async (query) => {
    await new Promise((resolve) => setTimeout(resolve, 30))
    return store(query)
  }
  const opened = await openFrontDoor({ port: 0, credentials, clock: () => NOW, ...options })
  const port = Number(new URL(opened.url).port)
  return { ...opened, client: () => new Client(port).opened() }
}

const right = () => onTheWire(signed(plain('GET', '/'), 's3'))
const wrong = (target: string) => onTheWire({ ...signed(plain('GET', '/b/k'), 's3'), target })
const statuses = async (client: Client, count: number) => {
  const found: (number | undefined)[] = []
  while (found.length < count) found.push((await client.answer())?.status)
  return found
}

test('a body that proves wrong ends its connection, and the answer says so', async () => {
  const { client, close } = await door()
  const one = await client()
  const upload = signed(plain('PUT', '/b/k', 'body'), 's3')
  one.write(onTheWire({ ...upload, body: Buffer.from('bodY') }))
  const answer = await one.answer()
  assert.deepEqual([answer?.status, answer?.close], [400, true])
  await close()
})

test('answers come in the order of the requests, also where a target has bytes above 0x7f or is no HTTP', async () => {
  const { client, close } = await door()
  const one = await client()
  one.write(Buffer.concat([right(), right(), wrong('/b/\u00fc'), right(), wrong('/b/x'), wrong('/b/\u00fc'), right()]))
  assert.deepEqual(await statuses(one, 7), [200, 200, 403, 200, 403, 403, 200])
  const two = await client()
  two.write(Buffer.concat([right(), right(), Buffer.from('NONSENSE\r\n\r\n')]))
  assert.deepEqual(await statuses(two, 3), [200, 200, 400])
  await close()
})

test('who has closed its own side is answered', async () => {
  const { client, close } = await door()
  const one = await client()
  one.write(right())
  one.socket.end()
  assert.deepEqual(await statuses(one, 1), [200])
  await close()
})

test('slow clients are cut soon after their limit, and do not stay connected by sending on', async () => {
  const { client, close } = await door({ patience: QUICK })
  const upload = onTheWire(signed(plain('PUT', '/b/k', 'u'.repeat(1000)), 's3'))
  const beginnings = ['', 'GET / HT', 'GET /\u00fc', upload.subarray(0, -500)]
  await Promise.all(
    beginnings.map(async (beginning) => {
      const one = await client()
      const start = performance.now()
      one.write(beginning)
      const timer = setInterval(() => one.write('x'), 100)
      await new Promise((resolve) => one.socket.once('close', resolve))
      clearInterval(timer)
      assert.ok(
        performance.now() - start < 8000,
        `kept for ${performance.now() - start} ms: ${JSON.stringify(beginning.toString().slice(0, 20))}`,
      )
    }),
  )
  await close()
})

test('closing waits for what has begun as long as patience goes, and no longer', async () => {
  const { client, close } = await door({ patience: { ...QUICK, requestSeconds: 60 } })
  const upload = onTheWire(signed(plain('PUT', '/b/k', 'u'.repeat(1000)), 's3'))
  const [begun, stalled] = [await client(), await client()]
  for (const one of [begun, stalled]) one.write(upload.subarray(0, -500))
  await new Promise((resolve) => setTimeout(resolve, 200))
  const start = performance.now()
  const closed = close()
  begun.write(upload.subarray(-500))
  assert.equal((await begun.answer())?.status, 200)
  await closed
  assert.ok(performance.now() - start < 5000)
})

test('a connection lives on after a target with bytes above 0x7f', async () => {
  const { client, close } = await door({ patience: QUICK })
  const one = await client()
  one.write(Buffer.concat([wrong('/b/\u00fc'), wrong('/b/\u00fc')]))
  assert.deepEqual(await statuses(one, 2), [403, 403])
  // Longer than a head may take.
  for (let i = 0; i < 4; i++) {
    await new Promise((resolve) => setTimeout(resolve, 700))
    one.write(right())
    assert.deepEqual(await statuses(one, 1), [200])
  }
  one.destroy()
  await close()
})

test('a queue of diagnoses holds up neither the requests that have begun nor the end', async () => {
  const told: string[] = []
  const { client, close } = await door({
    patience: QUICK,
    onDiagnosis: () => told.push('diagnosed'),
    onUndiagnosed: (_, why) => told.push(why),
  })
  const one = await client()
  one.write(Buffer.concat(Array.from({ length: 60 }, (_, i) => wrong(`/b/other-${i}`))))
  await statuses(one, 60)
  const upload = onTheWire(signed(plain('PUT', '/b/k', 'u'.repeat(1000)), 's3'))
  const begun = await client()
  begun.write(upload.subarray(0, -500))
  await new Promise((resolve) => setTimeout(resolve, 100))
  const start = performance.now()
  const closed = close()
  begun.write(upload.subarray(-500))
  assert.equal((await begun.answer())?.status, 200)
  await closed
  assert.ok(performance.now() - start < 12_000, `${performance.now() - start} ms`)
  assert.equal(told.length, 60)
  assert.deepEqual(
    told.filter((what) => what !== 'diagnosed' && what !== 'closed'),
    [],
  )
})
