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
  ['Uploads work, only keys with a space or a plus in the name fail.', 'path.encoding'],
  ['Everything is fine until a file name has an umlaut in it, then we get a 403.', 'path.encoding'],
  ['Objects called caf\xc3\xa9.txt are refused, cafe.txt is accepted.', 'path.encoding'],
  ['It breaks as soon as there are parentheses in the object key.', 'path.encoding'],
  ['Model ids without ":" work.', 'path.encoding'],
  ['Invoking by the inference profile ARN gives 403, by a short name it is fine.', 'path.encoding'],
  ['The path seems to be encoded twice, and then it fails.', 'path.encoding'],
  ['Index patterns with a wildcard are refused.', 'path.encoding'],
  ['Only keys with a double slash fail.', 'path.normalization'],
  ['A trailing slash makes it fail.', 'path.normalization'],
  ['The ingress strips the prefix from the path and every call is refused.', 'path.normalization'],
  ['Searches with an equals sign in the filter fail.', 'query.encoding'],
  ['It works without query parameters.', 'query.encoding'],
  ['As soon as I add a query string it fails with a mismatch.', 'query.encoding'],
  ['The first page is fine; with the continuation token it fails.', 'query.encoding'],
  ['A space in the search term is sent as "+", and it fails.', 'query.encoding'],
  ['The order of the query parameters seems to matter: sorted it works.', 'query.order'],
  ['One query parameter works, two do not.', 'query.order'],
  ['A parameter without a value fails.', 'query.changed'],
  ['The mail program appends tracking parameters to the URL, and the link is refused.', 'query.changed'],
  ['The presigned URL works with GET but HEAD is refused.', 'method.mismatch'],
  ['The presigned URL was made for getObject and we PUT to it.', 'method.mismatch'],
  ['I made the link with aws s3 presign and an upload to it fails.', 'method.mismatch'],
  ['GET works, PUT fails.', 'payload.hash'],
  ['Requests with an empty body work, any other body is refused.', 'payload.hash'],
  ['It fails with a body and is fine without.', 'payload.hash'],
  ['JSON documents with emoji in the body are refused.', 'payload.hash'],
  ['Since we gzip the request body every call fails.', 'payload.hash'],
  ['It works for small files, and fails over 5 MB.', 'payload.chunked'],
  ['Multipart uploads fail with the new SDK.', 'payload.chunked'],
  ['Our MinIO refuses every PUT since boto3 was updated.', 'payload.chunked'],
  ['Behind the load balancer every request is refused; directly it works.', 'host.rewritten'],
  ['It works in the cluster and fails through the ingress.', 'host.rewritten'],
  ['With our custom domain the signature is wrong.', 'host.rewritten'],
  ['The presigned URL holds the internal hostname, so we replace the host before handing it out, and it is refused.', 'host.rewritten'],
  ['By IP address it works, by the domain it fails.', 'host.rewritten'],
  ['Through kubectl port-forward I get a mismatch.', 'host.rewritten'],
  ['It works on the default port and fails on another port.', 'host.port'],
  ['The bucket name is in the host with one client and in the path with another, and that one fails.', 'endpoint.style'],
  ['With path-style addressing it works.', 'endpoint.style'],
  ['The request is redirected to another endpoint and refused there.', 'endpoint.redirect'],
  ['It works if I do not set Content-Type.', 'header.changed'],
  ['axios sends another content type than the one that was signed, and it fails.', 'header.changed'],
  ['On the company VPN it fails, at home it works.', 'header.changed'],
  ['The proxy drops a header and the request is refused.', 'header.missing'],
  ['Opened in a browser the presigned URL is refused.', 'header.missing'],
  ['The upload with the presigned URL fails once I add x-amz-acl as a header.', 'header.unsigned'],
  ['Metadata with two consecutive spaces is refused.', 'header.canonical'],
  ['Our interceptor adds a bearer token to the presigned request as well, and it fails.', 'authorization.duplicate'],
  ['It works for secrets without + or /.', 'secret.mangled'],
  ['After I made a new secret key without a slash it works.', 'secret.mangled'],
  ['The same values passed as parameters work, from the environment file they do not.', 'secret.mangled'],
  ['In GitHub Actions it fails, on my laptop it works.', 'secret.mangled'],
  ['It fails since we rotated the keys.', 'secret.mismatch'],
  ['I had swapped the access key and the secret, maybe again.', 'secret.mismatch'],
  ['The environment variables override the profile, and it fails.', 'secret.mismatch'],
  ['It works with AKIA keys but not with a role.', 'token.missing'],
  ['From Lambda, with the execution role, it fails.', 'token.missing'],
  ['Every time it fails after an hour.', 'token.mismatch'],
  ['The link stops working after 7 days.', 'clock.expired'],
  ['The clock of the board is two minutes behind, and calls fail.', 'clock.skew'],
  ['It fails after the laptop woke from sleep.', 'clock.skew'],
  ['It happens only some of the time.', 'clock.skew'],
  ['Every night after midnight it fails until a restart.', 'scope.date'],
  ['It breaks the next day, when the day changes in UTC.', 'scope.date'],
  ['On a retry the request is refused.', 'retry.stale'],
  ['The first request works, the second fails.', 'retry.stale'],
  ['It works in us-east-1 and nowhere else.', 'scope.region'],
  ['Only buckets in other regions fail.', 'scope.region'],
  ['The bucket is in Frankfurt, which only supports signature version 4.', 'algorithm.version'],
  ['The service name is wrong in the scope, I believe.', 'scope.service'],
  ['With the orange cloud of Cloudflare on, uploads fail; without it they work.', 'header.changed'],
  ['Uploads are refused whenever the SecretAccessKey holds a "/", with another key pair they work.', 'secret.mangled'],
  ['This is after three attempts; the date is not renewed on a retry.', 'retry.stale'],
  ['The client tries again without renewing the date, and that is refused.', 'retry.stale'],
  ['One of the signed headers is never sent, and the URL is refused.', 'header.missing'],
  ['The tool signs the cf-ray header that it got before.', 'header.changed'],
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

test('which keys fail is a reason of small weight', () => {
  const seen = seenOf(read(prose, 'Uploads work, only keys with a space or a plus in the name fail.\n'), 'clue')
  assert.ok(seen.length > 0 && seen.every(({ strength }) => strength !== 'strong'))
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
