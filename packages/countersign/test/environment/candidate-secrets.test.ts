/** Files of candidate secrets: every common form, the pairs kept together, and the one that signed found. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chosenCandidates } from '../../src/cli/chosen-candidates.ts'
import { candidatesIn } from '../../src/environment/candidate-secrets.ts'
import { ACCESS_KEY_ID, fakeIo, run, SECRET } from '../cli/fake-io.ts'

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
  assert.match(stdout, /^PROVEN {2}wrong key \(secret-of-another-key\)[\s\S]*you signed {8}<the secret of profile old in keys, line 6>/)
  for (const text of [SECRET, OLD]) assert.ok(!stdout.includes(text) && !stderr.includes(text))
  const none = await run(t, ['diagnose', '-', '--candidate-secrets', 'empty'], { files: { empty: '# nothing\n' }, stdin: signed.stdout })
  assert.equal(none.code, 2)
  assert.match(none.stderr, /holds no secret/)
})

test('a file of hundreds of thousands: those whose ID the evidence names come first, and a line says what is left out', (t) => {
  const { io, written } = fakeIo(t, {})
  const lines = Array.from({ length: 230_000 }, (_, i) => `AKIA${String(i).padStart(16, '0')}:secret/number/${String(i).padStart(20, '0')}`)
  const all = candidatesIn(lines.join('\n'), 'f')
  assert.equal(all.length, 230_000)
  const wanted = all[200_000]!
  const secret = all[150_000]!.secretAccessKey.dangerValue()
  const { tried, silent } = chosenCandidates(all, [`Credential=${wanted.accessKeyId}/20150830 and ${secret}`], io)
  assert.equal(tried[0], wanted)
  assert.equal(tried.length, 500)
  assert.ok(silent.includes(secret) && silent.length === 501)
  assert.equal(written().stderr, 'countersign: 230,000 candidate secrets were given; only 500 of them are tried\n')
  assert.deepEqual(chosenCandidates(all.slice(0, 3), [], io).tried, all.slice(0, 3))
})

test('--candidate-secrets takes a file of 4 MB', async (t) => {
  const many = Array.from({ length: 180_000 }, (_, i) => `secret/number/${String(i).padStart(7, '0')}\n`).join('')
  const files = { many: OLD + '\n' + many, old: OLD }
  const url = 'https://iam.amazonaws.com/?Action=ListUsers'
  const signed = await run(t, ['sign', url, '--secret-file', 'old', '--access-key-id', ACCESS_KEY_ID], { files })
  const args = ['diagnose', '-', '--secret-file', 'other', '--candidate-secrets', 'many']
  const { code, stdout, stderr } = await run(t, args, { files: { ...files, other: SECRET }, stdin: signed.stdout })
  assert.equal(code, 1, stderr)
  assert.match(stdout, /^PROVEN {2}wrong key \(secret-of-another-key\): the request was signed with the secret in many, line 1/)
})
