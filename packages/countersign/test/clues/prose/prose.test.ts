import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CAUSES } from '../../../src/causes/index.ts'
import { WEIGHT_OF } from '../../../src/causes/kit/clue-weight.ts'
import { prose } from '../../../src/clues/prose/prose.ts'
import { read, readerLaws, seenOf } from '../../evidence/reader-laws.ts'

readerLaws(prose)

/** The classes that a text points to, strongest first. */
function classes(text: string): string[] {
  const seen = [...seenOf(read(prose, text), 'clue')].sort((a, b) => WEIGHT_OF[b.strength] - WEIGHT_OF[a.strength])
  return seen.map(({ about }) => CAUSES.find(({ id }) => id === about)?.class ?? about)
}

const TELLING: readonly (readonly [sentence: string, points: string])[] = [
  ['Everything is fine until a file name has an umlaut in it, then we get a 403.', 'path.encoding'],
  ['It breaks as soon as there are parentheses in the object key.', 'path.encoding'],
  ['Model ids without ":" work.', 'path.encoding'],
  ['Invoking by the inference profile ARN gives 403, by a short name it is fine.', 'path.encoding'],
  ['Index patterns with a wildcard are refused.', 'path.encoding'],
  ['A trailing slash makes it fail.', 'path.normalization'],
  ['As soon as I add a query string it fails with a mismatch.', 'query.encoding'],
  ['The order of the query parameters seems to matter: sorted it works.', 'query.order'],
  ['One query parameter works, two do not.', 'query.order'],
  ['The presigned URL was made for getObject and we PUT to it.', 'method.mismatch'],
  ['I made the link with aws s3 presign and an upload to it fails.', 'method.mismatch'],
  ['Requests with an empty body work, any other body is refused.', 'payload.hash'],
  ['Multipart uploads fail with the new SDK.', 'payload.chunked'],
  ['It works in the cluster and fails through the ingress.', 'host.rewritten'],
  ['The presigned URL holds the internal hostname, so we replace the host before handing it out, and it is refused.', 'host.rewritten'],
  ['By IP address it works, by the domain it fails.', 'host.rewritten'],
  ['The bucket name is in the host with one client and in the path with another, and that one fails.', 'endpoint.style'],
  ['It works if I do not set Content-Type.', 'header.changed'],
  ['It works for secrets without + or /.', 'secret.mangled'],
  ['After I made a new secret key without a slash it works.', 'secret.mangled'],
  ['The same values passed as parameters work, from the environment file they do not.', 'secret.mangled'],
  ['In GitHub Actions it fails, on my laptop it works.', 'secret.mangled'],
  ['I had swapped the access key and the secret, maybe again.', 'secret.mismatch'],
  ['It works with AKIA keys but not with a role.', 'token.missing'],
  ['From Lambda, with the execution role, it fails.', 'token.missing'],
  ['It happens only some of the time.', 'clock.skew'],
  ['Every night after midnight it fails until a restart.', 'scope.date'],
  ['It breaks the next day, when the day changes in UTC.', 'scope.date'],
  ['Only buckets in other regions fail.', 'scope.region'],
  ['The bucket is in Frankfurt, which only supports signature version 4.', 'algorithm.version'],
  ['The service name is wrong in the scope, I believe.', 'scope.service'],
  ['With the orange cloud of Cloudflare on, uploads fail; without it they work.', 'header.changed'],
  ['Uploads are refused whenever the SecretAccessKey holds a "/", with another key pair they work.', 'secret.mangled'],
  ['This is after three attempts; the date is not renewed on a retry.', 'retry.stale'],
  ['The client tries again without renewing the date, and that is refused.', 'retry.stale'],
]

test('a telling sentence points to its class', () => {
  const wrong = TELLING.flatMap(([said, points]) =>
    classes(`${said}\n`)[0] === points ? [] : [`${said} -> ${classes(`${said}\n`)} (${points})`],
  )
  assert.deepEqual(wrong, [])
})

const MENTIONS: readonly string[] = [
  'The Content-Type is application/json.',
  'We run it on a VM with two cores.',
  'The clock is in sync on both machines, and still it fails.',
  'NTP is running fine, the request is refused all the same.',
  'The file is streamed from disk.',
  'We upload a report once an hour and store it in a bucket.',
  'Please find attached the debug output of the request.',
  'I rotated the keys, no change.',
  'New keys give the same error.',
  'The same credentials work elsewhere.',
  'It makes no difference whether the key has spaces.',
  'It fails even for names without special characters.',
  'There is no proxy in between, and it fails.',
  'The region is correct, and it fails.',
  'We use an assumed role.',
  'A profile is set in the shell.',
  'The index has a prefix and a mapping.',
  'We use nginx for other sites.',
  'Thanks for the great tool.',
]

test('what is only mentioned, or said to make no difference, points nowhere', () => {
  const wrong = MENTIONS.flatMap((said) => (classes(`${said}\n`).length === 0 ? [] : [`${said} -> ${classes(`${said}\n`)}`]))
  assert.deepEqual(wrong, [])
})

const strengths = (text: string): string[] => seenOf(read(prose, text), 'clue').map(({ rule, strength }) => `${rule} ${strength}`)

test('what passes beside what fails counts more than a mention', () => {
  assert.deepEqual(strengths('We are behind nginx and get a 403.\n'), ['hop-between weak'])
  assert.deepEqual(strengths('Behind nginx we get a 403, without it it works.\n'), ['hop-between fair'])
  assert.deepEqual(strengths('It does not work behind nginx.\n'), ['hop-between weak'])
})

test('no sentence is more than a fair reason, and one sentence gives one', () => {
  for (const [said] of TELLING) {
    const seen = strengths(`${said}\n`)
    assert.ok(seen.length === 1 && !seen[0]!.endsWith('strong'), `${said} -> ${seen}`)
  }
})

test('what is said to be right, or made no difference, is no reason anywhere in the text', () => {
  for (const text of [
    'Removing the port makes no difference.\n',
    'Pasted the secret twice, it is not truncated and has no quotes around it.\n',
    'The clock of the server is in step.\n\nIt was a wrong clock before, and it fails.\n',
    'The secret ends in a newline, I thought, but there are no newlines in it.\n',
  ])
    assert.deepEqual(classes(text), [], text)
})

test('what every refusal says is nobody’s reason', () => {
  const code =
    '<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided.'
  assert.deepEqual(classes(`${code} Check your key and signing method.</Message></Error>`), [])
})

test('code, XML and JSON are not prose', () => {
  for (const text of ['<Error><Code>SignatureDoesNotMatch</Code></Error>', '{"message":"Signature expired"}'])
    assert.deepEqual(classes(text), [])
})

test('a sentence goes on over lines, and ends with its paragraph', () => {
  assert.equal(classes('Only keys that hold\na space are refused.\n')[0], 'path.encoding')
  assert.deepEqual(classes('Only keys that hold\n\na space are refused.\n'), [])
})

test('the line of the sentence is named', () => {
  const seen = seenOf(read(prose, 'Hello.\n\nIt fails since we rotated the keys.\n'), 'clue')
  assert.match(seen[0]!.message, /^Line 3: /)
})

test('a request date whose digits are a local time is not in UTC', () => {
  const rules = (text: string) => seenOf(read(prose, text), 'clue').map(({ rule }) => rule)
  const date = 'X-Amz-Date=20250604T171503Z'
  for (const time of ['Wed, 04 Jun 2025 17:15:01 +0200', '2025-06-04T17:15:03.120-04:00'])
    assert.ok(rules(`Sent at ${time} with ${date}.`).includes('request-date-of-wall-clock'), time)
  for (const time of ['Wed, 04 Jun 2025 17:15:01 +0000', 'Wed, 04 Jun 2025 19:15:01 +0200', '2025-06-04T17:15:03Z'])
    assert.ok(!rules(`Sent at ${time} with ${date}.`).includes('request-date-of-wall-clock'), time)
})
