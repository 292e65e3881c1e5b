/** Every reader, and all that a piece of evidence passes before and after it, on repetitions: twice as much takes no four times as long. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { candidatesIn } from '../../src/environment/candidate-secrets.ts'
import { codeOf, statedIn } from '../../src/evidence/refusals/stated-facts.ts'
import { READERS, readEvidence } from '../../src/intake/read-evidence.ts'
import { SOURCE_READINGS } from '../../src/intake/source-readings.ts'
import { excerpt } from '../../src/report/excerpt.ts'
import { redacted } from '../../src/report/redaction/redact.ts'
import { visibleLines } from '../../src/report/redaction/visible.ts'
import { plainText, readingsOf } from '../../src/text/edited-text.ts'
import { bodyReadings } from '../../src/text/escapes.ts'
import { unprefixed } from '../../src/text/line-wrappings.ts'
import { isMasked, sameUnlessMasked } from '../../src/text/masked.ts'
import { growthText, overgrown, processorTime, type WorkOn } from '../support/growth/growth.ts'
import { grownText, type Hostile, hostileTo, OPENINGS, REPEATED } from '../support/growth/hostile-texts.ts'

const BARE: readonly Hostile[] = REPEATED.map((repeated) => ({ before: '', repeated }))

for (const reader of READERS)
  test(`${reader.id} reads in linear time`, () =>
    linear((text) => [reader.recognize(text), reader.read({ name: 'a', text })], hostileTo(reader.samples)))

for (const opening of OPENINGS)
  test(`evidence is read in linear time after "${opening.slice(0, 60)}"`, () =>
    linear(
      (text) => readEvidence([{ name: 'a', text }]),
      REPEATED.map((repeated) => ({ before: opening, repeated })),
    ))

test('a message of line feeds is read in linear time, as it is, escaped, in JSON and in XML', () => {
  const message = 'The request signature we calculated does not match the signature you provided.'
  for (const feed of ['\n', '\r\n', '\u00e2\u0080\u00a8', ' ', '\t'])
    for (const form of [
      (said: string) => said,
      (said: string) => JSON.stringify({ message: said }),
      (said: string) => `<Error><Code>SignatureDoesNotMatch</Code><Message>${said}</Message></Error>`,
    ])
      refuseGrowth(
        (bytes) => {
          const text = form(`${message}${feed.repeat(bytes / feed.length)}x`)
          return () => readEvidence([{ name: 'a', text }])
        },
        JSON.stringify(feed),
        32_768,
      )
})

const STEPS: Readonly<Record<string, (text: string) => unknown>> = {
  'the readings of a source': (text) => readingsOf(text, SOURCE_READINGS),
  'the readings of a body': (text: string) => [...bodyReadings(plainText(text))],
  'a prefix of lines': (text: string) => unprefixed(text, /^/),
  'what a message states': (text) => [statedIn('', text), codeOf(text)],
  'what is masked': (text) => [isMasked(text), sameUnlessMasked(text, `${text}...`)],
  redaction: (text) => redacted(text, ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY']),
  'an excerpt': (text) => excerpt({ name: 'a', text }, { source: 'a', start: text.length >> 1, end: text.length }, (line) => line),
  'what is made visible': visibleLines,
  'candidate secrets': (text) => candidatesIn(text, 'a'),
}

for (const [name, step] of Object.entries(STEPS)) test(`${name}: linear`, () => linear(step, BARE))

test('redaction is linear after the names that it looks for', () => {
  for (const before of ['x-amz-security-token', 'Signature=', 'Credential=', 'aws_secret_access_key = ', 'Cookie: '])
    linear(redacted, REPEATED.map((repeated) => ({ before, repeated })).concat({ before: '', repeated: before }))
})

test('what is edited at many places is not handed over as arguments, of which there may be too many', () => {
  for (const repeated of ['\\n', '> a\n', '  a\n', 'a\\"']) {
    const text = `T 127.0.0.1:1 -> 127.0.0.1:2 [AP] #1\n${repeated.repeat(150_000)}`
    assert.doesNotThrow(() => [
      readingsOf(text, SOURCE_READINGS),
      ...READERS.filter(({ id }) => WIRE.has(id)).map((one) => one.read({ name: 'a', text })),
    ])
  }
})

test('a reader that searches to the end for each line is refused', () => {
  const quadratic = (text: string): unknown => text.split('\n').map((line) => text.lastIndexOf(`<${line}>`))
  assert.throws(() => linear(quadratic, BARE), / times as long as half/)
})

/** A look at two sizes tells what is worth measuring. */
function linear(read: (text: string) => unknown, texts: readonly Hostile[]): void {
  for (const hostile of texts) {
    const work = (bytes: number): (() => unknown) => {
      const text = grownText(hostile, bytes)
      return () => read(text)
    }
    const large = processorTime(work(16_384))
    if (large > WORTH_MEASURING && large > 5.5 * processorTime(work(4096))) refuseGrowth(work, JSON.stringify(hostile).slice(0, 300))
  }
}

function refuseGrowth(work: WorkOn, what: string, to = 65_536): void {
  const slow = overgrown(work, 8192, to)
  assert.equal(slow === undefined ? '' : `${what}: ${growthText(slow)}`, '')
}

/** Those that edit a text before they read it. */
const WIRE: ReadonlySet<string> = new Set(['packet-text', 'client-wire-log', 'curl-trace', 'minio-trace'])
const WORTH_MEASURING = 5
