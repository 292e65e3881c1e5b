/** Evidence made safe to post: it names the same cause, and shows nothing that it must not. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { redactedPieces } from '../../src/cli/redacted-pieces.ts'
import { diagnoseEvidence } from '../../src/index.ts'
import { drawn, KINDS, secretPart } from '../planted/kinds.ts'
import { PLACES } from '../planted/places.ts'
import { seenOf } from '../planted/seen.ts'
import { golden, goldenSecrets, goldenSources } from '../support/golden.ts'

/** Nothing says that it is a secret: it is hidden where it is given as one. */
const UNNAMED: ReadonlySet<string> = new Set(['prose: a line', 'Authorization: service'])
const SEED = Number(process.env['SEED'] ?? 2015)
const redacted = (text: string, secrets: readonly string[] = [], strict = false) => {
  const { sources, hidden } = redactedPieces([{ name: 'a.log', text }], secrets, strict)
  return { text: sources[0]!.text, hidden }
}

test('the golden cases name the same first cause once they are redacted', () => {
  const cases = golden(join(import.meta.dirname, '../cases'))
  const changed = cases.filter((one) => {
    const [sources, secrets] = [goldenSources(one), goldenSecrets(one)]
    const { sources: safe } = redactedPieces(
      sources,
      secrets.map(({ secretAccessKey }) => secretAccessKey.dangerValue()),
      false,
    )
    const first = (evidence: typeof sources) => diagnoseEvidence(evidence, { secrets }).findings[0]?.causes.join()
    return first(sources) !== first([...safe])
  })
  assert.ok(changed.length <= cases.length * 0.05, changed.map(({ name }) => name).join('\n'))
})

for (const kind of KINDS)
  test(`planted: ${kind.id}`, () => {
    const secret = drawn(kind, SEED)
    for (const place of PLACES.filter(({ kinds }) => kinds === undefined || kinds.includes(kind.id))) {
      const open = place.open !== undefined || place.openFor?.[kind.id] !== undefined || UNNAMED.has(place.id)
      const given = [...place.evidence(secret)]
      for (const strict of [false, true]) {
        const { sources } = redactedPieces(given, open && !kind.byForm ? [secret] : [], strict)
        for (const { text } of sources) assert.equal(seenOf(secretPart(secret), text), undefined, `${place.id}, strict ${strict}: ${text}`)
      }
    }
  })

const ARN_LINE = 'User: arn:aws:iam::123456789012:user/ada.lovelace is not authorized'
test('account IDs, names in ARNs and key IDs are hidden, escaped or as bytes, and equal ones stay equal', () => {
  const { text, hidden } = redacted(
    `${ARN_LINE}\nhttps://sts.amazonaws.com/?RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fdeployer\n123456789012.dkr.ecr.eu-west-1.amazonaws.com\n210987654321\nbytes: ${Buffer.from('/123456789012/queue').toString('hex')}\nAKIAIOSFODNN7EXAMPLE`,
  )
  assert.equal(
    text,
    [
      'User: arn:aws:iam::***account-1***:user/***name-1*** is not authorized',
      'https://sts.amazonaws.com/?RoleArn=arn%3Aaws%3Aiam%3A%3A***account-1***%3Arole%2F***name-2***',
      '***account-1***.dkr.ecr.eu-west-1.amazonaws.com',
      '***account-2***',
      'bytes: ***account-1***',
      'AKIA************MPLE',
    ].join('\n'),
  )
  assert.deepEqual(hidden, [
    { what: 'account', count: 5 },
    { what: 'name', count: 2 },
    { what: 'access key ID', count: 1 },
  ])
})

test('what is no account stays: times, hashes, lengths', () => {
  const text = 'x-amz-date:20150830T123600Z\n1440938160123\n20150830123600\nContent-Length: 1234567\nab123456789012\n1.123456789012'
  assert.equal(redacted(text).text, text)
})

test('a signature and a token are sealed, in every spelling alike', () => {
  const token = `IQoJb3JpZ2luX2VjE${'aB3/'.repeat(20)}==`
  const { text } = redacted(
    `X-Amz-Security-Token: ${token}\nGET /?X-Amz-Security-Token=${encodeURIComponent(token)}&X-Amz-Signature=${'a1'.repeat(32)} HTTP/1.1\n`,
  )
  const seals = [...text.matchAll(/\*{3}sha256:[0-9a-f]{64}/g)].map(([seal]) => seal)
  assert.equal(seals.length, 3, text)
  assert.equal(seals[0], seals[1])
  assert.notEqual(seals[0], seals[2])
})

test('what is redacted stays as it is when it is redacted again', () => {
  for (const one of golden(join(import.meta.dirname, '../cases')).slice(0, 40)) {
    const { sources } = redactedPieces(goldenSources(one), [], false)
    const again = redactedPieces(sources, [], false)
    assert.deepEqual(again.sources, sources)
    assert.deepEqual(again.hidden, [])
  }
})

test('strict: hosts and buckets have placeholders, too, and XML stays XML', () => {
  const xml =
    '<Error><Code>NoSuchBucket</Code><BucketName>ledger-of-ada</BucketName><Host>ledger-of-ada.s3.eu-west-1.amazonaws.com</Host></Error>'
  const { text } = redacted(xml, [], true)
  assert.doesNotMatch(text, /ledger/)
  assert.equal(text.match(/<\/?[A-Za-z]+>/g)?.length, xml.match(/<\/?[A-Za-z]+>/g)?.length)
  assert.match(redacted(xml).text, /ledger-of-ada/)
})

test('lines end as they did', () => {
  const text = `Authorization: Bearer ${'aB3'.repeat(9)}\r\nHost: a.example\r\n\r\nx`
  assert.deepEqual(redacted(text).text.match(/\r\n|\n/g), text.match(/\r\n|\n/g))
})
