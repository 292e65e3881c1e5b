/** Logs of services and proxies, from the line to the diagnosis: useful where they show something, silent where they do not. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { diagnoseEvidence, type KnownFacts, SecretAccessKey } from '../../src/index.ts'
import { READERS } from '../../src/intake/read-evidence.ts'
import type { HttpRequest } from '../../src/sigv4/http-request.ts'
import { presign } from '../../src/sigv4/presign.ts'
import { sign } from '../../src/sigv4/sign.ts'
import { errorXml } from '../support/golden-evidence.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const CREDENTIALS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: new SecretAccessKey(SECRET) }
const KNOWN: KnownFacts = { secrets: [{ label: 'the secret', secretAccessKey: new SecretAccessKey(SECRET) }] }
const AT = { region: 'eu-west-1', service: 's3', now: Date.UTC(2025, 3, 4, 8) }
const HOST = 'reports.s3.eu-west-1.amazonaws.com'

const diagnosis = (text: string, known: KnownFacts = {}, ...more: readonly string[]) =>
  diagnoseEvidence(
    [text, ...more].map((one, i) => ({ name: `evidence-${i}.txt`, text: one })),
    known,
  )

const signed = (): HttpRequest =>
  sign({ method: 'GET', target: '/k.txt', headers: [['Host', HOST]], body: new Uint8Array() }, CREDENTIALS, AT)

/** nginx's debug log of a request that it sends on with another Host. */
function nginxLog(request: HttpRequest, host: string): string {
  const debug = (said: string): string => `2025/04/04 08:00:00 [debug] 9#9: *1 ${said}\n`
  const came = request.headers.map(([name, value]) => debug(`http header: "${name}: ${value}"`)).join('')
  const sent = request.headers.map(([name, value]) => `${name}: ${/^host$/i.test(name) ? host : value}\r\n`).join('')
  const line = `${request.method} ${request.target} HTTP/1.1`
  return `${debug(`http request line: "${line}"`)}${came}${debug('http proxy header:')}"${line}\r\n${sent}\r\n"\n${debug('http proxy status 403 "403 Forbidden"')}`
}

test("nginx's debug log: with the secret the changed host is proven, without it it is likely", () => {
  const text = nginxLog(signed(), 'store:9000')
  const [proven] = diagnosis(text, KNOWN).findings
  assert.deepEqual([proven?.causes, proven?.proof.level], [['host-rewritten'], 'signature'])
  const [likely] = diagnosis(text).findings
  assert.deepEqual([likely?.causes, likely?.proof.level], [['host-rewritten'], 'none'])
})

test("nginx's debug log: a request that was sent on as it came, rightly signed, and refused is unexplained", () => {
  const { outcome, findings } = diagnosis(nginxLog(signed(), HOST), KNOWN)
  assert.deepEqual([outcome, findings], ['unexplained', []])
})

test("nginx's debug log: the same with an answer that accepts is accepted", () => {
  const text = nginxLog(signed(), HOST).replace('403 "403 Forbidden"', '200 "200 OK"')
  assert.equal(diagnosis(text, KNOWN).outcome, 'accepted')
})

test('a request that came to a hop whole and rightly signed accuses neither the service nor its key', () => {
  const request = signed()
  const came = nginxLog(request, 'store:9000').replace(/^.*http proxy header:[\s\S]*?\n"\n/m, '')
  assert.ok(!came.includes('http proxy header:'))
  const { outcome, findings } = diagnosis(
    came,
    KNOWN,
    '<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message><HostId>x</HostId></Error>',
  )
  assert.notEqual(outcome, 'accepted')
  assert.ok(findings.every(({ proof }) => proof.level === 'none'))
})

test('no line of a log proves anything by itself', () => {
  const logs = READERS.filter(({ id }) => id.endsWith('-log'))
  assert.ok(logs.length >= 10)
  for (const { id, samples } of logs) {
    if (id === 'signer-debug-log' || id === 'botocore-debug-log') continue
    for (const sample of samples) {
      const { findings } = diagnosis(sample)
      for (const { causes, proof } of findings)
        assert.ok(proof.level === 'none' || proof.level === 'stated', `${id}: ${causes} ${proof.level}`)
      // What a log does not show was not absent.
      for (const { causes } of findings)
        assert.ok(
          !/token-missing|header-removed|header-not-signed|malformed/.test(causes.join()) || /MISSING_AUTH|reason=-2028/.test(sample),
          `${id}: ${causes}`,
        )
    }
  }
})

const correct = standardInputs({ target: '/photos/a.jpg' })
const refusal = errorXml({ signer: correct, verifier: correct })
const accessLine = (path: string, host = 'files.example.com'): string => `host="${host}" "GET ${path} HTTP/1.1" 403 12 "-" "Boto3/1.34.2"\n`

test('a log beside the error: the path with a prefix more is a rewrite; other requests have no part in it', () => {
  const causes = (log: string): readonly string[] => diagnosis(refusal, {}, log).findings.flatMap((finding) => finding.causes)
  assert.equal(causes(accessLine('/api/photos/a.jpg'))[0], 'path-prefix-stripped')
  const without = causes('')
  assert.deepEqual(causes(accessLine('/other/b.jpg')), without)
  assert.ok(causes(accessLine('/photos/a.jpg')).includes('host-rewritten'))
  assert.ok(!without.includes('host-rewritten'))
})

test("S3's log of a presigned request: its own clock says that the time was up", () => {
  const url = presign({ method: 'GET', target: '/k.txt', headers: [['Host', HOST]], body: new Uint8Array() }, CREDENTIALS, {
    ...AT,
    expiresSeconds: 60,
  })
  const line = (time: string): string =>
    `owner reports [04/Apr/2025:${time} +0000] 192.0.2.1 - ID1EXAMPLE REST.GET.OBJECT k.txt "GET ${url.target} HTTP/1.1" 403 AccessDenied 243 - 4 - "-" "curl/8.5.0" - HOSTID= SigV4 CIPHER QueryString ${HOST} TLSv1.3 - -\n`
  assert.deepEqual(diagnosis(line('08:05:00')).findings[0]?.causes, ['presigned-url-expired'])
  assert.ok(!diagnosis(line('08:00:30')).findings.some(({ causes }) => causes.includes('presigned-url-expired')))
})

test('nothing secret of a logged URL is repeated', () => {
  const url = presign(
    { method: 'GET', target: '/k.txt', headers: [['Host', HOST]], body: new Uint8Array() },
    { ...CREDENTIALS, sessionToken: 'TOKENEXAMPLE1234567890' },
    { ...AT, expiresSeconds: 60 },
  )
  const said = JSON.stringify(diagnosis(`"GET ${url.target} HTTP/1.1" 403\n`))
  assert.ok(!said.includes('TOKENEXAMPLE'))
})

test('a log without headers makes the report ask for the log that has them', () => {
  assert.ok(diagnosis(accessLine('/k')).wanted.some(({ command }) => command?.includes('error_log')))
  assert.ok(!diagnosis(refusal).wanted.some(({ command }) => command?.includes('error_log')))
})

test("the signer's own text is no measure for what a log of a hop shows", () => {
  const boto = READERS.find(({ id }) => id === 'botocore-debug-log')!.samples[0]!
  const path = /CanonicalRequest:\n[A-Z]+\n(\/[^\n?]*)/.exec(boto)?.[1] ?? '/test.txt'
  const said = JSON.stringify(diagnosis(boto, {}, accessLine(`/api${path}`)).findings)
  assert.ok(!said.includes('the service received'))
})

test('the query of a log line is one that may have been signed, unless several lines of the path differ in it', () => {
  const causes = (...logs: readonly string[]): readonly string[] =>
    diagnosis(refusal, {}, logs.join('')).findings.flatMap((finding) => finding.causes)
  const line = (query: string): string => accessLine(`/photos/a.jpg${query}`, HOST)
  assert.ok(causes(line('?versionId=1')).some((id) => id.startsWith('query-')))
  assert.ok(!causes(line('?versionId=1'), line('?versionId=2')).some((id) => id.startsWith('query-')))
})

test('records of logs are neither prose nor names that somebody wrote', () => {
  for (const { id, samples } of READERS.filter((reader) =>
    /^(?:access|nginx-error|cloudfront|haproxy|envoy|s3-access|load-balancer)-log$/.test(reader.id),
  ))
    for (const sample of samples)
      for (const other of READERS.filter((reader) =>
        /^(?:prose|written-names|client-names|proxy-configuration|canonical-request-text)$/.test(reader.id),
      ))
        assert.deepEqual(other.read({ name: 'x', text: sample }), [], `${other.id} reads ${id}: ${sample}`)
})

test("Ceph's own texts are the service's: beside the same texts of a signer the key is left, and alone they accuse nobody", () => {
  const sample = READERS.find(({ id }) => id === 'ceph-rgw-log')!.samples[0]!
  const alone = diagnosis(sample)
  assert.ok(alone.findings.every(({ proof, weight }) => proof.level === 'none' && weight < 0.5))
  assert.match(alone.error?.check ?? '', /signature/)
})

test("Ceph's log with the secret: what the gateway calculated with, against what was signed, is proven", () => {
  const request = signed()
  const given = request.headers.find(([name]) => /^authorization$/i.test(name))![1].slice(-64)
  const date = request.headers.find(([name]) => /^x-amz-date$/i.test(name))![1]
  const hash = request.headers.find(([name]) => /^x-amz-content-sha256$/i.test(name))![1]
  const record = (said: string): string => `2025-04-04T08:00:00.000+0000 7f0000000001 15 req 5 0.001s s3:get_obj ${said}\n`
  const canonical = `GET\n/k.txt\n\nhost:rgw.internal:7480\nx-amz-content-sha256:${hash}\nx-amz-date:${date}\n\nhost;x-amz-content-sha256;x-amz-date\n${hash}`
  const log =
    record(`v4 signature format = ${given}`) +
    record(`canonical request = ${canonical}`) +
    record(
      `string to sign = AWS4-HMAC-SHA256\n${date}\n${date.slice(0, 8)}/eu-west-1/s3/aws4_request\n${createHash('sha256').update(canonical).digest('hex')}`,
    ) +
    record('rgw::auth::s3::LocalEngine denied with reason=-2027')
  const [proven] = diagnosis(log, KNOWN, `Host: ${HOST}\n`, accessLine('/k.txt', HOST)).findings
  assert.deepEqual([proven?.causes, proven?.proof.level], [['host-rewritten'], 'signature'])
})
