/** scope: hosts from words, files and standard input; one array in their order; exit codes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { run } from './fake-io.ts'

const json = (stdout: string) => JSON.parse(stdout) as Record<string, unknown>[]

test('one array in the order of the hosts, with every member', async (t) => {
  const hosts = [
    'email.eu-west-1.amazonaws.com',
    'minio.example:9000',
    'k1-ats.iot.eu-west-1.amazonaws.com',
    'm1.accesspoint.s3-global.amazonaws.com',
  ]
  const { code, stdout, stderr } = await run(t, ['scope', '--format', 'json', ...hosts])
  assert.deepEqual([code, stderr], [0, ''])
  const [ses, own, iot, everywhere] = json(stdout)
  assert.deepEqual(
    json(stdout).map(({ host }) => host),
    hosts,
  )
  assert.deepEqual(
    { ...ses, why: '' },
    { host: hosts[0], service: 'ses', region: 'eu-west-1', partition: 'aws', algorithm: 'AWS4-HMAC-SHA256', why: '' },
  )
  assert.deepEqual({ ...own, why: '' }, { host: hosts[1], service: null, region: null, partition: null, algorithm: null, why: '' })
  assert.deepEqual([iot!['service'], iot!['services'], iot!['region']], [null, ['iotdata', 'iotdevicegateway'], 'eu-west-1'])
  assert.deepEqual([everywhere!['region'], everywhere!['regions'], everywhere!['algorithm']], [null, ['*'], 'AWS4-ECDSA-P256-SHA256'])
  assert.match(String(own!['why']), /^This ends with no suffix of AWS's services/)
})

test('hosts of words, files and standard input keep their order; empty lines and comments are none', async (t) => {
  const files = {
    'hosts.txt': '# ours\r\nsts.amazonaws.com\r\n\r\n  IAM.amazonaws.com.  \r\n',
    'sqs.amazonaws.com': 'a file with the name of a host',
  }
  const { code, stdout } = await run(
    t,
    ['scope', '--format', 'json', 'a.example', 'hosts.txt', 'sqs.amazonaws.com', '-', './hosts.txt', 'hosts.txt.example'],
    {
      files,
      stdin: 'https://b.s3.amazonaws.com/key?x#y\nbücher.example',
    },
  )
  assert.equal(code, 0)
  const expected = ['a.example', 'sts.amazonaws.com', 'IAM.amazonaws.com.', 'sqs.amazonaws.com', 'b.s3.amazonaws.com', 'bücher.example']
  assert.deepEqual(
    json(stdout).map(({ host }) => host),
    [...expected, 'sts.amazonaws.com', 'IAM.amazonaws.com.', 'hosts.txt.example'],
  )
})

test('without a word, standard input is read', async (t) => {
  const { stdout } = await run(t, ['scope', '--format', 'json'], { stdin: 'sts.amazonaws.com\n' })
  assert.equal(json(stdout)[0]!['service'], 'sts')
})

test('on a terminal each host has its scope and the reason in a sentence', async (t) => {
  const { code, stdout } = await run(t, ['scope', 'cloudfront.amazonaws.com', 'kms.eu-west-1.amazonaws.com', 'localhost'])
  assert.equal(code, 0)
  assert.match(
    stdout,
    /^cloudfront\.amazonaws\.com\n {2}scope {2}cloudfront, us-east-1 or us-gov-west-1 .*\n {2}why {4}The host is one of cloudfront in aws and in aws-us-gov/,
  )
  assert.match(stdout, /\nkms\.eu-west-1\.amazonaws\.com\n {2}scope {2}kms, eu-west-1 {2}\(aws, AWS4-HMAC-SHA256\)\n/)
  assert.match(stdout, /\nlocalhost\n {2}scope {2}not known\n {2}why {4}.*\.\n$/)
})

test('exit code 3 where no host was read, 2 for a usage that cannot be', async (t) => {
  for (const world of [{ stdin: '' }, { stdin: '\n# nothing\n' }]) assert.equal((await run(t, ['scope', '-'], world)).code, 3)
  const missing = await run(t, ['scope', './missing.txt'])
  assert.deepEqual([missing.code, missing.stdout], [3, ''])
  assert.match(missing.stderr, /there is no such file/)
  for (const args of [
    ['scope', '--format', 'xml', 'a.example'],
    ['scope', '-', '-'],
  ])
    assert.equal((await run(t, args, { stdin: 'a.example' })).code, 2)
  assert.equal((await run(t, ['scope'], { stdinIsTerminal: true })).code, 2)
})

test('ten thousand hosts make an array of ten thousand', async (t) => {
  const hosts = Array.from({ length: 10_000 }, (_, i) => `bucket-${i}.s3.eu-west-1.amazonaws.com`)
  const { stdout } = await run(t, ['scope', '--format', 'json', ...hosts.slice(0, 5000), '-'], { stdin: hosts.slice(5000).join('\n') })
  assert.deepEqual(
    json(stdout).map(({ host }) => host),
    hosts,
  )
})
