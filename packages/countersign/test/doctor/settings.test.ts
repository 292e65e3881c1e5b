/** Endpoint, proxy, versions: what a machine's settings say, and what they do to requests. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Check, type Examined, endpointFaults, examine, type Machine } from '../../src/doctor/index.ts'

const ABSENT = { path: '/home/ada/.aws/x', problem: 'absent' } as const

function said(env: Machine['env'], more: { config?: string; machine?: Partial<Machine> } & Partial<Examined> = {}): Record<string, Check> {
  const { config, machine, ...rest } = more
  const checks = examine({
    machine: {
      system: 'linux',
      env,
      now: 0,
      credentials: ABSENT,
      config: config === undefined ? ABSENT : { path: '/home/ada/.aws/config', text: config },
      ...machine,
    },
    clock: { readings: [], daemon: [] },
    fingerprint: () => '',
    region: undefined,
    endpoint: undefined,
    missing: [],
    installed: { cli: undefined, releases: [] },
    ...rest,
  })
  return Object.fromEntries(checks.map((one) => [one.id, one]))
}

test('every check is there once, in the order of the list', () => {
  const checks = Object.keys(said({}))
  assert.ok(checks.length > 25)
  assert.equal(new Set(checks).size, checks.length)
  assert.deepEqual([checks[0], checks.at(-1)], ['clock.offset', 'versions.instrumentation'])
})

test('an endpoint for one region and a region of another are a failed check', () => {
  const found = said({
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL_STS: 'https://sts.eu-central-1.amazonaws.com',
  })
  assert.equal(found['region.parity']!.status, 'fail')
  assert.match(found['region.parity']!.detail ?? '', /signs for "eu-west-1", and sts\.eu-central-1\.amazonaws\.com takes eu-central-1/)
  assert.equal(
    said({ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1', AWS_ENDPOINT_URL_STS: 'https://sts.eu-west-1.amazonaws.com' })[
      'region.parity'
    ]!.status,
    'ok',
  )
})

test('an endpoint that is no plain address says what is wrong with it', () => {
  for (const [url, says] of [
    [' http://127.0.0.1:9000', /white space around/],
    ['"http://127.0.0.1:9000"', /quotation marks/],
    ['127.0.0.1:9000', /no scheme/],
    ['ftp://store.example', /only http and https/],
    ['http://ada:secret@store.example', /a user or a password/],
    ['http://store.example:99999', /a port that is none/],
    ['http://store.example/base', /has a path/],
    ['http://store.example/?x=1', /has a query/],
    ['https://photos.s3.eu-west-1.amazonaws.com', /the bucket in its host/],
    ['http://s3.eu-west-1.amazonaws.com', /http to AWS/],
  ] as const)
    assert.match(endpointFaults(url).join('; '), says, url)
  for (const url of ['http://127.0.0.1:9000', 'https://s3.eu-west-1.amazonaws.com/', 'http://[::1]:9000'])
    assert.deepEqual(endpointFaults(url), [], url)
})

test('a store of your own: path style, checksums, FIPS', () => {
  const own = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9000' }
  const found = said(own)
  assert.equal(found['endpoint.variants']!.status, 'warn')
  assert.deepEqual(found['endpoint.checksums']!.fix, { command: "export AWS_REQUEST_CHECKSUM_CALCULATION='when_required'", os: 'linux' })
  assert.equal(said({ ...own, AWS_REQUEST_CHECKSUM_CALCULATION: 'when_required' })['endpoint.checksums']!.status, 'ok')
  assert.equal(
    said(own, { config: '[default]\nrequest_checksum_calculation = WHEN_REQUIRED\ns3 =\n  addressing_style = path\n' })[
      'endpoint.variants'
    ]!.status,
    'ok',
  )
  assert.equal(said({ AWS_REQUEST_CHECKSUM_CALCULATION: 'never' })['endpoint.checksums']!.status, 'fail')
  assert.match(said({ ...own, AWS_USE_FIPS_ENDPOINT: 'true' })['endpoint.variants']!.summary, /cannot be FIPS/)
  assert.equal(said({})['endpoint.variants']!.status, 'ok')
})

test('a proxy, what goes past it, and what its address hides', () => {
  const found = said({ HTTPS_PROXY: 'http://ada:hunter22secret@proxy.example:3128', AWS_ENDPOINT_URL: 'http://localhost:4566' })
  assert.equal(found['proxy.settings']!.status, 'warn')
  assert.ok(!JSON.stringify(found).includes('hunter22secret'))
  assert.match(found['proxy.bypass']!.fix!.command, /^export NO_PROXY='169\.254\.169\.254,localhost'$/)
  assert.equal(said({ HTTPS_PROXY: 'proxy.example:3128', NO_PROXY: '169.254.169.254' })['proxy.bypass']!.status, 'ok')
  assert.equal(said({ HTTPS_PROXY: 'http:/proxy example' })['proxy.settings']!.status, 'fail')
  assert.match(said({ HTTPS_PROXY: 'http://a', https_proxy: 'http://b' })['proxy.settings']!.summary, /two values/)
  assert.equal(said({})['proxy.settings']!.status, 'ok')
})

test('certificates of your own are said to be so, and a missing file is a failed check', () => {
  assert.equal(said({ AWS_CA_BUNDLE: '/etc/ca.pem' })['proxy.certificates']!.status, 'warn')
  assert.match(
    said({ AWS_CA_BUNDLE: '/etc/ca.pem' }, { missing: ['/etc/ca.pem'] })['proxy.certificates']!.summary,
    /no such file: \/etc\/ca\.pem/,
  )
  assert.match(said({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })['proxy.certificates']!.summary, /trusts anyone/)
})

const release = (version: string) => ({ client: 'boto3', name: 'boto3', version, where: 'python3' }) as const

test('a release that signs headers of hops is named with its source, and a newer one is not', () => {
  const old = said({}, { installed: { cli: undefined, releases: [release('1.36.2')] } })['versions.defects']!
  assert.equal(old.status, 'warn')
  assert.match(old.detail ?? '', /boto3 1\.36\.2 signs transfer-encoding.*1\.36\.7 does not \(https:/)
  assert.equal(said({}, { installed: { cli: undefined, releases: [release('1.44.8')] } })['versions.defects']!.status, 'ok')
  const own = said({ AWS_ENDPOINT_URL: 'http://store.example' }, { installed: { cli: undefined, releases: [release('1.44.8')] } })
  assert.match(own['versions.defects']!.detail ?? '', /sends a checksum with every upload/)
})

test('the AWS CLI says its version', () => {
  const cli = { command: 'aws --version', output: 'aws-cli/2.9.19 Python/3.11.2 Linux/6.1 source/x86_64.debian.12 prompt/off\n' }
  assert.equal(said({}, { installed: { cli, releases: [] } })['versions.aws-cli']!.summary, 'AWS CLI 2.9.19')
  const none = { command: 'aws --version', problem: 'not installed' }
  assert.equal(said({}, { installed: { cli: none, releases: [] } })['versions.aws-cli']!.status, 'skipped')
})

test('the AWS CLI is judged by its botocore, where it says which', () => {
  const cli = { command: 'aws --version', output: 'aws-cli/1.37.1 Python/3.11.7 Linux/6.1 botocore/1.36.1\n' }
  const found = said({}, { installed: { cli, releases: [] } })
  assert.equal(found['versions.aws-cli']!.summary, 'AWS CLI 1.37.1 (v1)')
  assert.match(found['versions.defects']!.detail ?? '', /the botocore of the AWS CLI 1\.36\.1 signs transfer-encoding/)
})

test('the host of S3 without a region takes any', () => {
  const env = { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' }
  assert.equal(said({ ...env, AWS_ENDPOINT_URL_S3: 'https://s3.amazonaws.com' })['region.parity']!.status, 'ok')
  assert.equal(said({ ...env, AWS_ENDPOINT_URL_STS: 'https://sts.amazonaws.com' })['region.parity']!.status, 'fail')
})

test('agents that add trace headers are found by how they are loaded', () => {
  for (const env of [
    { NODE_OPTIONS: '--require @opentelemetry/auto-instrumentations-node/register' },
    { NODE_OPTIONS: '--import dd-trace/initialize.mjs' },
    { JAVA_TOOL_OPTIONS: '-javaagent:/opt/agent.jar' },
    { PYTHONPATH: '/x/opentelemetry/instrumentation/auto_instrumentation:/y' },
    { OTEL_TRACES_EXPORTER: 'otlp' },
  ] as Record<string, string>[])
    assert.equal(said(env)['versions.instrumentation']!.status, 'warn', JSON.stringify(env))
  for (const env of [
    { NODE_OPTIONS: '--max-old-space-size=4096' },
    { OTEL_TRACES_EXPORTER: 'none' },
    { JAVA_TOOL_OPTIONS: '-Xmx1g' },
    { OTEL_TRACES_EXPORTER: 'otlp', OTEL_SDK_DISABLED: 'true' },
  ] as Record<string, string>[])
    assert.equal(said(env)['versions.instrumentation']!.status, 'ok', JSON.stringify(env))
})
