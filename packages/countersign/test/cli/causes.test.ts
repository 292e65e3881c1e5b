/** `causes` and `explain`: every id is listed, every listed id is explained, and words find them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AWS_ERROR_CODES, CAUSE_CLASSES } from '../../src/catalog/index.ts'
import { CAUSES } from '../../src/causes/index.ts'
import { run } from './fake-io.ts'

const ids = (stdout: string): string[] => stdout.match(/^ {2}[a-z0-9-]+(?= {2})/gm)?.map((one) => one.trim()) ?? []

test('causes lists every cause under its class, with counts', async (t) => {
  const { code, stdout } = await run(t, ['causes'])
  assert.equal(code, 0)
  assert.deepEqual(ids(stdout).sort(), CAUSES.map(({ id }) => id).sort())
  assert.match(stdout, new RegExp(`^${CAUSES.length} causes\n`))
  const counts = [...stdout.matchAll(/^([a-z]+\.[a-z]+): .* \((\d+)\)$/gm)].map(([, label, count]) => [label, Number(count)])
  assert.deepEqual(
    counts,
    CAUSE_CLASSES.map((label) => [label, CAUSES.filter((one) => one.class === label).length]).filter(([, count]) => count !== 0),
  )
  const json = JSON.parse((await run(t, ['causes', '--format', 'json'])).stdout)
  assert.deepEqual(
    json.causes,
    CAUSES.map((cause) => ({ id: cause.id, class: cause.class, summary: cause.summary })),
  )
})

test('causes with words lists those that have all of them', async (t) => {
  const { stdout } = await run(t, ['causes', 'path', 'encoded'])
  assert.ok(ids(stdout).includes('path-encoded-twice'))
  assert.ok(ids(stdout).length < CAUSES.length / 4)
  assert.match(stdout, new RegExp(`^\\d+ causes of ${CAUSES.length}\n`))
  const json = JSON.parse((await run(t, ['causes', 'path', 'encoded', '--format', 'json'])).stdout)
  assert.deepEqual(json.causes.map(({ id }: { id: string }) => id).sort(), ids(stdout).sort())
})

test('every cause is explained, without Markdown and without paths of the repository', async (t) => {
  for (const { id } of CAUSES) {
    const { code, stdout } = await run(t, ['explain', id])
    assert.equal(code, 0)
    assert.ok(stdout.startsWith(`${id}: `), id)
    assert.match(stdout, /^Fix$/m, id)
    assert.doesNotMatch(stdout, /^#|^\||\]\(|test\/cases|\.\.\/manual|^How it is proven/m, id)
  }
})

test('every code is explained by the causes that can be behind it', async (t) => {
  for (const [name, { meaning }] of AWS_ERROR_CODES) if (meaning !== undefined) assert.equal((await run(t, ['explain', name])).code, 0)
  const { stdout } = await run(t, ['explain', 'signaturedoesnotmatch'])
  assert.match(stdout, /^SignatureDoesNotMatch \(HTTP 403\)\n/)
  assert.match(stdout, /\bpath-encoded-twice\b/)
  assert.doesNotMatch((await run(t, ['explain', 'XAmzContentSHA256Mismatch'])).stdout, /path-encoded-twice/)
})

/** Asked, and what has to be among the first five. */
const ASKED: readonly (readonly [args: readonly string[], first: string])[] = [
  [['clock'], 'clock-skewed'],
  [['secret'], 'secret-mismatch'],
  [['host'], 'host-rewritten'],
  [['expired'], 'ExpiredToken'],
  [['nginx'], 'host-rewritten'],
  [['Signature', 'expired'], 'SignatureExpired'],
  [['Signature expired: 20150830T123600Z is now earlier than 20150830T133100Z (20150830T134600Z - 15 min.)'], 'clock-skewed'],
  [['The difference between the request time and the current time is too large.'], 'clock-skewed'],
  [['An error occurred (InvalidAccessKeyId) when calling the ListBuckets operation: it does not exist'], 'InvalidAccessKeyId'],
]
for (const [args, first] of ASKED)
  test(`explain ${args.join(' ')}`, async (t) => {
    const { code, stdout } = await run(t, ['explain', ...args, '--format', 'json'])
    const { matches } = JSON.parse(stdout) as { matches: { id?: string; code?: string }[] }
    assert.equal(code, 0)
    const names = matches.map((one) => one.id ?? one.code)
    const kind = /^[a-z]/.test(first) ? matches.flatMap(({ id }) => id ?? []) : matches.flatMap((one) => one.code ?? [])
    assert.ok(kind.slice(0, 5).includes(first), names.join())
  })

test('a status lists the codes that come with it; one match is explained in full', async (t) => {
  const { stdout } = await run(t, ['explain', '403', '--format', 'json'])
  const codes = JSON.parse(stdout).matches.map(({ code }: { code: string }) => code)
  for (const code of ['SignatureDoesNotMatch', 'RequestTimeTooSkewed', 'InvalidAccessKeyId']) assert.ok(codes.includes(code), code)
  assert.ok(!codes.includes('PermanentRedirect'))
  assert.match((await run(t, ['explain', '307'])).stdout, /^TemporaryRedirect \(HTTP 307\)\n/)
  const one = JSON.parse((await run(t, ['explain', 'clock-skewed', '--format', 'json'])).stdout)
  assert.deepEqual([one.schemaVersion, one.matches.length, one.matches[0].kind], [1, 1, 'cause'])
  assert.ok(one.matches[0].sections.some(({ heading }: { heading: string }) => heading === 'Fix'))
})

test('what nothing matches is an error that names the nearest', async (t) => {
  const { code, stderr, stdout } = await run(t, ['explain', 'clokc'])
  assert.deepEqual([code, stdout], [2, ''])
  assert.match(stderr, /no cause or code matches "clokc"; did you mean clock\?/)
  assert.match((await run(t, ['explain', 'qqqq zzzz'])).stderr, /countersign causes lists the causes/)
})
