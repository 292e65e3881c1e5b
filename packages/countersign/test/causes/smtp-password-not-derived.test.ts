import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'
import { SecretAccessKey } from '../../src/sigv4/index.ts'
import { dangerSmtpPassword } from '../../src/sigv4/smtp-password.ts'

const SECRET = 'example-secret-access-key-of-forty-chars'
const CODE = `server = smtplib.SMTP('email-smtp.eu-west-1.amazonaws.com', 587)
server.starttls()
server.login(os.environ['AWS_ACCESS_KEY_ID'], os.environ['AWS_SECRET_ACCESS_KEY'])
smtplib.SMTPAuthenticationError: (535, b'Authentication Credentials Invalid')
`

/** The derivation of the manual, by node:crypto. */
function derived(region: string): string {
  let key: Buffer = Buffer.from(`AWS4${SECRET}`)
  for (const part of ['11111111', region, 'ses', 'aws4_request', 'SendRawEmail']) key = createHmac('sha256', key).update(part).digest()
  return Buffer.concat([Buffer.from([4]), key]).toString('base64')
}

test('the password is derived as the manual says, another for each region', () => {
  for (const region of ['eu-west-1', 'us-east-1']) assert.equal(dangerSmtpPassword(new SecretAccessKey(SECRET), region), derived(region))
  assert.match(derived('eu-west-1'), /^B.{43}$/)
})

test('535 of SES is about the password, and the fix derives it for the region of the endpoint', () => {
  const [finding] = diagnoseEvidence([{ name: 'a.py', text: CODE }]).findings
  assert.deepEqual(finding?.causes, ['smtp-password-not-derived'])
  const command = finding.fixes[0]!.command!
  const run = spawnSync('python3', ['-'], { input: command, env: { ...process.env, AWS_SECRET_ACCESS_KEY: SECRET }, encoding: 'utf8' })
  if (run.error === undefined) assert.equal(run.stdout.trim(), derived('eu-west-1'))
  assert.match(command, /'eu-west-1'/)
})

test('another server that refuses a password is not SES', () => {
  const text = "smtplib.SMTPAuthenticationError: (535, b'5.7.139 Authentication unsuccessful, basic authentication is disabled')\n"
  assert.ok(diagnoseEvidence([{ name: 'a.txt', text }]).findings.every(({ causes }) => !causes.includes('smtp-password-not-derived')))
})
