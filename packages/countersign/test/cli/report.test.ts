/** Issue templates that are filled in: what they say, and what they never show. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ciText, cliInstallation, containerText, type Disk, instanceText } from '../../src/cli/issue/surroundings.ts'
import { drawn, KINDS, secretPart } from '../planted/kinds.ts'
import { seenOf } from '../planted/seen.ts'
import { run } from './fake-io.ts'

const NOWHERE = { HOME: '/nonexistent', PATH: '/nonexistent' }
const KEYS = { ...NOWHERE, AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
const ERROR = readFileSync(join(import.meta.dirname, '../cases/path-encoded-twice/proven-by-signature/error.xml'), 'latin1')
const LOG = `2015-08-30 12:36:00,000 - MainThread - awscli.clidriver - DEBUG - CLI version: aws-cli/2.15.0 Python/3.11.6 Linux/6.1 exe/x86_64\n2015-08-30 12:36:00,000 - MainThread - awscli.clidriver - DEBUG - Arguments entered to CLI: ['s3api', 'head-object', '--key', "a b", '--expected-bucket-owner', '123456789012', '--debug']\nUser: arn:aws:iam::123456789012:user/ada\n\`\`\`\`\nfenced already\n\`\`\`\`\n${ERROR}`

test('aws-cli: the template with its facts, its command and the diagnosis', async (t) => {
  const { code, stdout, stderr } = await run(t, ['report', '--for', 'aws-cli', 'debug.log'], { files: { 'debug.log': LOG }, env: KEYS })
  assert.equal(code, 0, stderr)
  for (const heading of [
    'Command line version',
    'Operating system',
    'Installation method',
    'Command being run and output',
    'Other environment details',
  ])
    assert.match(stdout, new RegExp(`^### ${heading}$`, 'm'))
  assert.match(stdout, /^- \[ \] Read the/m)
  assert.match(stdout, /aws s3api head-object --key 'a b' --expected-bucket-owner \*{3}account-1\*{3} --debug/)
  assert.match(stdout, /special characters[^\n]*\n\nYes\n/)
  assert.match(stdout, /Another SDK with the same keys: not tried/)
  assert.doesNotMatch(stdout, /123456789012|user\/ada|AKIAIOSFODNN7EXAMPLE|[0-9a-f]{64}(?<!sha256:[0-9a-f]{64}).*Signature=/)
  assert.match(stderr, /hidden: .*account/)
  assert.match(stderr, /read it before you post it/)
})

test('a log is in a fence that is longer than any in it', async (t) => {
  const { stdout } = await run(t, ['report', '--for', 'generic', 'debug.log'], { files: { 'debug.log': LOG }, env: NOWHERE })
  const fence = /^(`{5,})text\n2015-08-30/m.exec(stdout)?.[1]
  assert.ok(fence !== undefined, stdout)
  assert.ok(stdout.includes(`\n${fence}\n`))
})

for (const project of ['boto3', 'minio', 'generic'])
  test(`${project}: without a log the template says what is missing`, async (t) => {
    const { code, stdout } = await run(t, ['report', '--for', project], { env: NOWHERE })
    assert.equal(code, 0)
    assert.match(stdout, /No log was given/)
    assert.match(stdout, /No SDK takes a secret/)
  })

test('json, a file, and what is wrong on the command line', async (t) => {
  const files = { 'debug.log': LOG }
  const json = await run(t, ['report', '--for', 'boto3', '--format', 'json', 'debug.log'], { files, env: NOWHERE })
  const said = JSON.parse(json.stdout)
  assert.equal(said.schemaVersion, 1)
  assert.match(said.markdown, /### Current Behavior/)
  assert.ok(said.hidden.some(({ what }: { what: string }) => what === 'account'))
  assert.equal((await run(t, ['report', 'debug.log'], { files, env: NOWHERE })).code, 2)
  assert.equal((await run(t, ['report', '--for', 'aws-sdk', 'debug.log'], { files, env: NOWHERE })).code, 2)
  assert.equal((await run(t, ['report', '--for', 'boto3', '-o', 'debug.log', 'debug.log'], { files, env: NOWHERE })).code, 2)
  assert.equal((await run(t, ['report', '--for', 'boto3', '-o', 'no/such/folder', 'debug.log'], { files, env: NOWHERE })).code, 74)
})

test('a long log keeps its beginning and its end within the room of an issue', async (t) => {
  const long = `first line\n${'a line of no interest at all\n'.repeat(20_000)}${ERROR}`
  const { stdout } = await run(t, ['report', '--for', 'generic', 'debug.log'], { files: { 'debug.log': long }, env: NOWHERE })
  assert.ok(stdout.length < 65_536)
  assert.match(stdout, /first line/)
  assert.match(stdout, /lines left out/)
  assert.match(stdout, /SignatureDoesNotMatch<\/Code>/)
})

test('no secret of the machine or of a log is shown', async (t) => {
  for (const kind of KINDS) {
    const secret = drawn(kind, 2015)
    const env = {
      ...NOWHERE,
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: secret,
      HTTPS_PROXY: `http://ada:${encodeURIComponent(secret)}@proxy.example`,
    }
    const log = `$ aws s3 ls --endpoint-url http://a.example\nX-Api-Key: ${secret}\nthe key was ${secret}\n${ERROR}`
    const { code, stdout, stderr } = await run(t, ['report', '--for', 'aws-cli', 'debug.log'], { files: { 'debug.log': log }, env })
    assert.equal(code, 0, stderr)
    assert.equal(seenOf(secretPart(secret), stdout + stderr), undefined, `${kind.id}: ${stdout}`)
  }
})

const disk = (texts: Readonly<Record<string, string>>, real: Readonly<Record<string, string>> = {}): Disk => ({
  text: (path) => texts[path],
  real: (path) => real[path],
})

test('how the AWS CLI was installed is told by where it stands', () => {
  const at = (place: string, version?: string) =>
    cliInstallation(
      { PATH: '/none:/usr/local/bin' },
      disk({ '/srv/venv/bin/aws': '#!/srv/venv/bin/python3\n' }, { '/usr/local/bin/aws': place }),
      version,
    )
  assert.deepEqual(at('/usr/local/aws-cli/v2/2.15.0/dist/aws'), { method: 'the installer of AWS', supported: true })
  assert.deepEqual(at('/opt/homebrew/Cellar/awscli/2.15.0/bin/aws'), { method: 'Homebrew', supported: false })
  assert.deepEqual(at('/srv/tools/aws'), { method: 'not known', supported: undefined })
  assert.equal(cliInstallation({ PATH: '/none' }, disk({}), undefined), undefined)
  assert.deepEqual(at('/srv/venv/bin/aws', 'aws-cli/1.45.11 Python/3.11'), { method: 'pip', supported: true })
  assert.deepEqual(at('/srv/venv/bin/aws', 'aws-cli/2.15.0 Python/3.11'), { method: 'pip', supported: false })
})

test('containers, CI and instances are told by their marks', () => {
  assert.equal(containerText({ KUBERNETES_SERVICE_HOST: '10.0.0.1' }, disk({ '/.dockerenv': '' })), 'Kubernetes, Docker')
  assert.equal(containerText({}, disk({})), 'no sign of a container')
  assert.equal(ciText({ CI: 'true', GITHUB_ACTIONS: 'true' }), 'GitHub Actions')
  assert.equal(ciText({ CI: 'true' }), 'CI is set')
  assert.equal(instanceText({}, disk({ '/sys/class/dmi/id/sys_vendor': 'Amazon EC2\n' })), 'Amazon EC2')
  assert.equal(instanceText({ AWS_LAMBDA_FUNCTION_NAME: 'f' }, disk({})), 'AWS Lambda')
})
