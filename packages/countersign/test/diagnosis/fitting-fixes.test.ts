import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { askerOf } from '../../src/case/index.ts'
import { SUBJECTS } from '../../src/catalog/index.ts'
import type { Fix } from '../../src/causes/index.ts'
import { fittingFixes } from '../../src/diagnosis/fitting-fixes.ts'
import { assembleCase, diagnoseEvidence, readEvidence } from '../../src/index.ts'
import { golden, goldenReport, goldenSources } from '../support/golden.ts'

const fileOf = (...texts: readonly string[]) => assembleCase(readEvidence(texts.map((text, i) => ({ name: `e${i}`, text }))))
const fix = (title: string, appliesTo?: Fix['appliesTo'], command?: string): Fix => ({
  title,
  applicability: 'has-placeholders',
  ...(appliesTo !== undefined && { appliesTo }),
  ...(command !== undefined && { command }),
})
const titles = (fixes: readonly Fix[]) => fixes.map(({ title }) => title)

test("the asker's own repair comes first, then what holds for all; one for another client goes", () => {
  const fixes = [fix('all'), fix('go', ['aws-sdk-go-v2']), fix('python', ['boto3']), fix('proxy', ['caddy'])]
  assert.deepEqual(titles(fittingFixes(fileOf('import boto3\n'), [fixes])), ['python', 'all', 'proxy'])
  assert.deepEqual(titles(fittingFixes(fileOf('We sign in Golang, behind HAProxy.'), [fixes])), ['go', 'all', 'proxy'])
  assert.deepEqual(titles(fittingFixes(fileOf('?'), [fixes])), ['all', 'go', 'python', 'proxy'])
})

test('where the evidence names no client, what holds for all comes first', () => {
  const fixes = [fix('go', ['aws-sdk-go-v2']), fix('nginx', ['nginx']), fix('all'), fix('more')]
  assert.deepEqual(titles(fittingFixes(fileOf('?'), [fixes])), ['all', 'more', 'go', 'nginx'])
  assert.deepEqual(titles(fittingFixes(fileOf('behind nginx'), [fixes])), ['nginx', 'all', 'more', 'go'])
})

test('what settings, calls and the service say fills open places', () => {
  const filled = (command: string, ...texts: readonly string[]) =>
    fittingFixes(fileOf(...texts), [[fix('t', undefined, command)]])[0]?.command
  assert.equal(
    filled(
      '<host> <region of the endpoint> <bucket>',
      'AWS_ENDPOINT_URL=http://nas.lan:3900\n',
      '[s3_api]\ns3_region = "garage"\n',
      "import boto3\ns3 = boto3.client('s3')\ns3.put_object(Bucket='walks', Key=name)\n",
    ),
    'nas.lan:3900 garage walks',
  )
  assert.equal(filled('<host>', 'AWS_ENDPOINT_URL=http://a.lan\nAWS_ENDPOINT_URL=http://b.lan\n'), '<host>')
  assert.equal(
    filled(
      '--region <region>',
      "<Error><Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-3'</Message></Error>",
    ),
    '--region eu-west-3',
  )
})

test('where no repair is for the client, those for others stay, at the end', () => {
  const fixes = [fix('go', ['aws-sdk-go-v2']), fix('all')]
  assert.deepEqual(titles(fittingFixes(fileOf('import boto3\n'), [fixes])), ['all', 'go'])
})

test('of two faults each keeps its first repair', () => {
  const [one, two] = [
    [fix('a'), fix('b')],
    [fix('c'), fix('d')],
  ]
  assert.deepEqual(titles(fittingFixes(fileOf('?'), [one!, two!])), ['a', 'c', 'b', 'd'])
})

test('a setting that is so already is not offered; one that differs or is a comment is', () => {
  const host = [fix('host', ['nginx'], 'proxy_set_header Host $http_host;')]
  assert.deepEqual(titles(fittingFixes(fileOf('location / {\n  proxy_set_header   Host  $http_host ;\n}'), [host])), [])
  assert.deepEqual(titles(fittingFixes(fileOf('location / { proxy_set_header Host $host; }'), [host])), ['host'])
  assert.deepEqual(titles(fittingFixes(fileOf('location / {\n  # proxy_set_header Host $http_host;\n}'), [host])), ['host'])
  const checksums = [fix('sums', ['boto3'], "Config(request_checksum_calculation='when_required')")]
  assert.deepEqual(titles(fittingFixes(fileOf('[default]\nrequest_checksum_calculation = when_required\n'), [checksums])), [])
})

const REFUSED = [
  'GET /photos/2026/a.jpg HTTP/1.1',
  'Host: s3.eu-west-3.amazonaws.com',
  'X-Amz-Date: 20260203T081530Z',
  `Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260203/eu-west-3/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(63)}1`,
  '',
  '',
].join('\n')

test('what the case holds is filled in, and a repair without open places is exact', () => {
  const [filled] = fittingFixes(fileOf(REFUSED), [
    [fix('t', undefined, 'aws s3api head-object --bucket <bucket> --key <key> --region <region>')],
  ])
  assert.equal(filled?.command, 'aws s3api head-object --bucket photos --key 2026/a.jpg --region eu-west-3')
  assert.equal(filled?.applicability, 'exact')
})

test('a value that a shell would run, a mask and a credential stay open', () => {
  for (const bucket of ['a;id', '$(id)', 'x`id`', "a'b", '-rf', '****', 'a b']) {
    const error = `<Error><Code>SignatureDoesNotMatch</Code><Message>m</Message><BucketName>${bucket}</BucketName></Error>`
    const [one] = fittingFixes(fileOf(error), [[fix('t', undefined, 'aws s3 ls s3://<bucket> <access key ID> <secret access key>')]])
    assert.equal(one?.command, 'aws s3 ls s3://<bucket> <access key ID> <secret access key>')
  }
})

/** Read without the engine: what a piece of evidence plainly says. */
function plainlySaid(texts: readonly string[]): ReadonlyMap<string, string> {
  const all = texts.join('\n')
  const found = (pattern: RegExp) => pattern.exec(all)?.[1]
  return new Map(
    Object.entries({
      region: found(/Credential=\w+\/\d{8}\/([a-z0-9-]+)\/[a-z0-9-]+\/aws4_request/),
      service: found(/Credential=\w+\/\d{8}\/[a-z0-9-]+\/([a-z0-9-]+)\/aws4_request/),
      host: found(/^(?:> )?host: ?([\w.:-]+)$/im),
      bucket: found(/<BucketName>([\w.-]+)<\/BucketName>/),
      key: found(/<Key>([\w./-]+)<\/Key>/),
      profile: found(/--profile ([\w-]+)/),
    }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  )
}

function refuseOpenPlaces(name: string, texts: readonly string[], findings: readonly { readonly fixes: readonly Fix[] }[]): void {
  const said = plainlySaid(texts)
  for (const { title, command = '' } of findings.flatMap(({ fixes }) => fixes))
    for (const [, open] of `${title} ${command}`.matchAll(/<([a-z ]+)>/g))
      assert.ok(!said.has(open!), `${name}: <${open}> in "${command}", and the evidence says ${said.get(open!)}`)
}

test('in golden cases no first repair is for something that the evidence does not name', () => {
  for (const one of golden(join(import.meta.dirname, '..', 'cases'))) {
    const asker = askerOf({ observations: readEvidence(goldenSources(one)) })
    for (const { causes, fixes } of goldenReport(one).diagnosis.findings) {
      const { appliesTo = [], title = '' } = fixes[0] ?? {}
      const fits = appliesTo.some((subject) => asker.has(subject) || asker.has(SUBJECTS[subject].language ?? subject))
      assert.ok(appliesTo.length === 0 || fits, `${one.name} (${causes}): "${title}" is for ${appliesTo}`)
    }
  }
})

test('no repair leaves open what the evidence of a golden case says', () => {
  const cases = golden(join(import.meta.dirname, '..', 'cases')).map((one) => ({ one, texts: goldenSources(one).map(({ text }) => text) }))
  const telling = cases.filter(({ texts }) => plainlySaid(texts).size > 0)
  assert.ok(telling.length > 0)
  for (const { one, texts } of telling) {
    refuseOpenPlaces(one.name, texts, goldenReport(one).diagnosis.findings)
  }
})

const THREADS = ['cases', 'cases-2'].map((name) => join(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', name))

test('nor of a thread with a known answer', { skip: THREADS.every(existsSync) ? false : 'the threads are not at hand' }, () => {
  let asked = 0
  for (const dir of THREADS)
    for (const name of readdirSync(dir).filter((one) => one.endsWith('.json'))) {
      const { evidence } = JSON.parse(readFileSync(join(dir, name), 'utf8')) as { evidence: { text?: string }[] }
      const texts = evidence.flatMap(({ text }) => (text === undefined ? [] : [text]))
      if (plainlySaid(texts).size === 0) continue
      asked++
      const sources = texts.map((text, i) => ({ name: `e${i}`, text: Buffer.from(text).toString('latin1') }))
      refuseOpenPlaces(name, texts, diagnoseEvidence(sources).findings)
    }
  assert.ok(asked > 0)
})
