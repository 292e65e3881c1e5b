/** However long a log is, what stands in it is read as in a short one, whatever stands before its lines or around them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence, readEvidence } from '../../src/index.ts'
import { farLines } from '../../src/intake/far-lines.ts'

const canonical = (path: string) =>
  `GET\n${path}\n\nhost:media.s3.eu-west-1.amazonaws.com\nx-amz-date:20261103T100100Z\n\nhost;x-amz-date\n${'e3'.repeat(32)}`
const SIGNED = `Canonical request:\n${canonical('/cats/1%20a.jpg')}`
const REFUSED = `<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message><SignatureProvided>${'b2'.repeat(32)}</SignatureProvided><CanonicalRequest>${canonical('/cats/1%2520a.jpg')}</CanonicalRequest></Error>`

/** How logs keep a text of several lines. */
const LOGS: Readonly<Record<string, (text: string) => string>> = {
  'lines of JSON': (text) => JSON.stringify({ time: '2026-11-03T10:01:00Z', level: 'debug', msg: text }),
  'syslog with #012': (text) => `Nov  3 10:01:00 web-1 app[813]: ${text.replaceAll('\n', '#012')}`,
  'a container runtime': (text) => text.replace(/^/gm, '2026-11-03T10:01:00.123456789Z stderr F '),
  'quoted strings': (text) => `[10:01:00] ERROR ${JSON.stringify(text)}`,
}

const logOf = (write: (text: string) => string, lines: number) => {
  const ordinary = Array.from({ length: lines }, (_, i) => write(`request ${i} done, status 200, ${i % 97} ms, nothing to see`))
  ordinary.splice(lines >> 1, 0, write(SIGNED), write(REFUSED))
  return `${ordinary.join('\n')}\n`
}
const answerTo = (text: string) => diagnoseEvidence([{ name: 'app.log', text }]).findings[0]?.causes

for (const [name, write] of Object.entries(LOGS))
  test(`${name}: a log of megabytes is answered as a short one is`, () => {
    assert.deepEqual(answerTo(logOf(write, 20)), ['path-encoded-once'])
    for (const lines of [20_000, 60_000]) {
      const long = logOf(write, lines)
      assert.ok(long.length > 1_000_000)
      assert.deepEqual(answerTo(long), ['path-encoded-once'], `${long.length} characters`)
    }
  })

test('what is read of a long log stands where it stood in it', () => {
  const log = logOf(LOGS['lines of JSON']!, 20_000)
  const [error] = readEvidence([{ name: 'app.log', text: log }]).filter(({ kind }) => kind === 'error')
  assert.match(log.slice(error!.location.start, error!.location.end), /SignatureDoesNotMatch/)
})

test('of a log in which every line is about signing, the last refusals are near', () => {
  const signing = Array.from({ length: 60_000 }, (_, i) => `${i} x-amz-date: 20261103T100100Z\n`)
  signing[40_000] = 'AccessDenied here\n'
  const text = signing.join('')
  const kept = farLines(text).reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text)
  assert.ok(kept.includes('AccessDenied here') && kept.includes('39900 x-amz-date') && kept.length < 20_000)
})
