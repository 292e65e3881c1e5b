/** What a relay writes down: readable, without secrets, and never in the way of the traffic. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { recording } from '../../src/evidence/index.ts'
import { flowLines, RecordingFiles, type RecordingRules, type SeenExchange } from '../../src/transit/index.ts'
import { kinds, read, seenOf } from '../evidence/reader-laws.ts'

const flowLine = (seen: SeenExchange, hop: string): string => flowLines(hop)(seen)
const SIGNATURE = createHash('sha256').update('any').digest('hex')
const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20150830/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${SIGNATURE}`
const TOKEN = `IQoJb3JpZ2luX2Vj${'EXAMPLETOKENab0123456789'.repeat(4)}`
const PASSWORD = 'correct-horse-77-battery'
const ERROR = `<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message><SignatureProvided>${SIGNATURE}</SignatureProvided></Error>`

function exchange(changes: Partial<SeenExchange> = {}, body = Buffer.from(ERROR)): SeenExchange {
  return {
    number: 1,
    at: Date.UTC(2015, 7, 30, 12, 36),
    milliseconds: 3,
    received: {
      method: 'PUT',
      target: `/b//k?X-Amz-Security-Token=${TOKEN}`,
      headers: [
        ['HOST', 'a.example'],
        ['Authorization', AUTHORIZATION],
        ['X-Api-Key', PASSWORD],
        ['Cookie', `sid=${PASSWORD}`],
      ],
    },
    sent: undefined,
    body: { sha256: createHash('sha256').update(PASSWORD).digest('hex'), length: PASSWORD.length },
    response: { status: 403, headers: [['Set-Cookie', `sid=${PASSWORD}`]], body, bodyIsWhole: true },
    trailers: [],
    ending: 'whole',
    ...changes,
  }
}

test('a line is read by diagnose: order, case, the body by its hash, the error', () => {
  const line = flowLine(exchange(), 'relay')
  const seen = read(recording, line)
  const [request] = seenOf(seen, 'request')
  assert.equal(request?.hop, 'sent')
  assert.deepEqual(
    request?.request.headers.map(([name]) => name),
    ['HOST', 'Authorization', 'X-Api-Key', 'Cookie'],
  )
  assert.ok(kinds(seen).includes('error'))
  assert.equal(JSON.parse(line).sent.body.length, PASSWORD.length)
})

test('no line holds a signature, a token or what has the name of a secret', () => {
  for (const one of [
    exchange(),
    exchange({ sent: exchange().received }),
    exchange({ response: undefined, ending: 'cut', body: undefined }),
  ]) {
    const line = flowLine(one, 'relay')
    for (const planted of [SIGNATURE, TOKEN, PASSWORD]) assert.ok(!line.includes(planted), planted)
    assert.ok(line.includes(`***sha256:${createHash('sha256').update(SIGNATURE).digest('hex')}`))
  }
})

test('both heads stand in a line where an option changed one, and only then', () => {
  const changed = JSON.parse(flowLine(exchange({ sent: { ...exchange().received, headers: [['HOST', 'store:9000']] } }), 'relay'))
  assert.equal(changed.received.headers[0][1], 'a.example')
  assert.equal(changed.sent.headers[0][1], 'store:9000')
  const same = JSON.parse(flowLine(exchange(), 'relay'))
  assert.equal(same.received, undefined)
})

test('trailers are written as they stood, the signature of them by its SHA-256', () => {
  const trailers = [
    ['x-amz-checksum-crc32', 'AAAAAA=='],
    ['X-Amz-Trailer-Signature', SIGNATURE],
  ] as const
  const line = flowLine(exchange({ trailers }), 'relay')
  const sealed = `***sha256:${createHash('sha256').update(SIGNATURE).digest('hex')}`
  assert.deepEqual(JSON.parse(line).sent.trailers, [trailers[0], ['X-Amz-Trailer-Signature', sealed]])
})

test('the body of an error is written as text where it was compressed, and as it is where that fails', () => {
  const encoded = (body: Buffer) =>
    JSON.parse(flowLine(exchange({ response: { status: 403, headers: [['content-encoding', 'gzip']], body, bodyIsWhole: true } }), 'relay'))
  assert.match(encoded(gzipSync(ERROR)).response.body.text, /<Code>SignatureDoesNotMatch/)
  assert.equal(encoded(Buffer.from('no gzip')).response.body.text, 'no gzip')
  // A small body that becomes a large one is not let.
  assert.ok(encoded(gzipSync(Buffer.alloc(10_000_000))).response.body.text.length < 20_000)
})

test('what is remembered from line to line changes none', () => {
  const usual = (i: number): SeenExchange =>
    exchange({
      received: {
        method: 'GET',
        target: `/b/k${i}`,
        headers: [
          ['User-Agent', 'client/1.0 (words; more words)'],
          ['X-Api-Key', PASSWORD],
          ['Authorization', AUTHORIZATION.replace(SIGNATURE, createHash('sha256').update(`${i}`).digest('hex'))],
          ['X-Note', i === 2 ? `AKIAIOSFODNN7EXAMPLE:${PASSWORD}` : 'AKIAIOSFODNN7EXAMPLE'],
        ],
      },
    })
  const lines = flowLines('relay')
  for (const i of [1, 1, 2, 3, 1]) assert.equal(lines(usual(i)), flowLine(usual(i), 'relay'))
})

function files(t: TestContext, rules: Partial<RecordingRules> = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'countersign-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const said: string[] = []
  const kept = new RecordingFiles({
    dir: join(dir, 'kept'),
    mostBytes: 100,
    mostMilliseconds: 60_000,
    now: () => 0,
    onLost: (reason) => said.push(`lost: ${reason}`),
    onWrittenAgain: (lost) => said.push(`again after ${lost}`),
    ...rules,
  })
  const texts = () =>
    readdirSync(join(dir, 'kept'))
      .sort()
      .map((name) => readFileSync(join(dir, 'kept', name), 'latin1'))
  return { kept, said, texts }
}

test('files follow one another by size and by age, and every line is there when it was flushed', (t) => {
  let now = 0
  const { kept, texts } = files(t, { now: () => now })
  const line = `${'a'.repeat(39)}\n`
  const put = (text: string): void => {
    kept.write(text)
    kept.flush()
  }
  put(line)
  put(line)
  assert.deepEqual(texts(), [line + line])
  put(line)
  assert.deepEqual(texts(), [line + line, line])
  now = 60_000
  put(line)
  assert.deepEqual(texts(), [line + line, line, line])
  put(`${'b'.repeat(500)}\n`)
  assert.equal(texts().length, 4, 'a line that is larger than a file has one for it alone')
  assert.deepEqual(kept.counts, { written: 5, lost: 0 })
  kept.close()
})

test('a full disk: the loss is said once and counted, no half line stays, and it goes on when there is space', (t) => {
  let room = 60
  const { kept, said, texts } = files(t, {
    write: ((descriptor: number, bytes: Buffer, from: number, length: number) => {
      if (room === 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      const count = Math.min(room, length)
      room -= count
      return writeSync(descriptor, bytes, from, count)
    }) as typeof writeSync,
  })
  const line = `${'a'.repeat(39)}\n`
  const put = (text: string): void => {
    kept.write(text)
    kept.flush()
  }
  for (let i = 0; i < 4; i++) put(line)
  assert.deepEqual(said, ['lost: no space is left on the device'])
  room = 1000
  put(line)
  assert.deepEqual(said, ['lost: no space is left on the device', 'again after 3'])
  assert.deepEqual(kept.counts, { written: 2, lost: 3 })
  assert.equal(texts().join(''), line + line)
  kept.close()
})

test('what comes in one turn of the event loop is written in one piece, before anyone goes on', async (t) => {
  let writes = 0
  const { kept, texts } = files(t, {
    write: ((descriptor: number, bytes: Buffer, from: number, length: number) => {
      writes++
      return writeSync(descriptor, bytes, from, length)
    }) as typeof writeSync,
  })
  const there = await Promise.all(
    ['a\n', 'b\n', 'c\n'].map((line) => {
      kept.write(line)
      return new Promise<string>((resolve) => kept.settled(() => resolve(texts().join(''))))
    }),
  )
  assert.deepEqual(there, Array(3).fill('a\nb\nc\n'))
  assert.equal(writes, 1)
  kept.close()
})
