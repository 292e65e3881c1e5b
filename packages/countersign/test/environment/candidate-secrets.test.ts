/** Files of candidate secrets: every common form, the pairs kept together, and the one that signed found. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { candidatesIn } from '../../src/environment/candidate-secrets.ts'
import { ACCESS_KEY_ID, run, SECRET } from '../cli/fake-io.ts'

const OLD = 'old/Secret+OfTheSameLengthEXAMPLEKEY0000'
const OLD_ID = 'AKIAI44QH8DHBEXAMPLE'
const read = (text: string) =>
  candidatesIn(text, 'f').map(({ label, secretAccessKey, accessKeyId }) => [label, secretAccessKey.dangerValue(), accessKeyId])

test('shared credentials: the profile is the label, and each secret has the ID of its section', () => {
  const text = `[default]\naws_access_key_id = ${ACCESS_KEY_ID}\naws_secret_access_key = ${SECRET}\n\n[profile old]\r\naws_secret_access_key=${OLD}\r\naws_access_key_id=${OLD_ID}\r\naws_session_token = EXAMPLEtoken\n[role]\nrole_arn = arn:aws:iam::123456789012:role/EXAMPLE\n`
  assert.deepEqual(read(text), [
    ['the secret of profile default in f, line 3', SECRET, ACCESS_KEY_ID],
    ['the secret of profile old in f, line 6', OLD, OLD_ID],
  ])
})

test('.env, exports, YAML and JSON: the name and the line are the label; a secret without an ID has none', () => {
  const env = `# keys\nexport AWS_ACCESS_KEY_ID=${OLD_ID}\nexport AWS_SECRET_ACCESS_KEY="${OLD}"\nREGION=eu-west-1\nMINIO_SECRET_KEY='${SECRET}'\n`
  assert.deepEqual(read(env), [
    ['AWS_SECRET_ACCESS_KEY in f, line 3', OLD, OLD_ID],
    ['MINIO_SECRET_KEY in f, line 5', SECRET, undefined],
  ])
  const json = `{\n  "AccessKeyId": "${OLD_ID}",\n  "SecretAccessKey": "${OLD}",\n  "SecretName": "prod"\n}\n`
  assert.deepEqual(read(json), [['SecretAccessKey in f, line 3', OLD, OLD_ID]])
  assert.deepEqual(read(`secretKey: ${SECRET}\n`), [['secretKey in f, line 1', SECRET, undefined]])
})

test('the CSV of the console, and one secret a line', () => {
  assert.deepEqual(read(`Access key ID,Secret access key\r\n${OLD_ID},${OLD}\r\n`), [['the secret in f, line 2', OLD, OLD_ID]])
  assert.deepEqual(read(`${SECRET}\n${OLD_ID}:${OLD}\n\nshort\na sentence that is no secret at all\n`), [
    ['the secret in f, line 1', SECRET, undefined],
    ['the secret in f, line 2', OLD, OLD_ID],
  ])
  assert.deepEqual(read('url = https://example.com/a/long/enough/path\n'), [])
})

test('--candidate-secrets finds which secret signed, and shows none of them', async (t) => {
  const file = `[current]\naws_access_key_id=${ACCESS_KEY_ID}\naws_secret_access_key=${SECRET}\n[old]\naws_access_key_id=${OLD_ID}\naws_secret_access_key=${OLD}\n`
  const files = { keys: file, old: OLD }
  const signed = await run(
    t,
    ['sign', 'https://iam.amazonaws.com/?Action=ListUsers', '--secret-file', 'old', '--access-key-id', ACCESS_KEY_ID],
    { files },
  )
  const { code, stdout, stderr } = await run(t, ['diagnose', '-', '--candidate-secrets', 'keys'], { files, stdin: signed.stdout })
  assert.equal(code, 1, stderr)
  assert.match(stdout, /proven\[secret-of-another-key\]: the request was signed with the secret of profile old in keys/)
  for (const text of [SECRET, OLD]) assert.ok(!stdout.includes(text) && !stderr.includes(text))
  const none = await run(t, ['diagnose', '-', '--candidate-secrets', 'empty'], { files: { empty: '# nothing\n' }, stdin: signed.stdout })
  assert.equal(none.code, 2)
  assert.match(none.stderr, /holds no secret/)
})
