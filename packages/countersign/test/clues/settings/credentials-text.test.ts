import assert from 'node:assert/strict'
import { test } from 'node:test'
import { credentialHints, credentialsText } from '../../../src/clues/settings/credentials-text.ts'
import { read, readerLaws, seenOf } from '../../evidence/reader-laws.ts'

readerLaws(credentialsText)

const ID = 'AKIAIOSFODNN7EXAMPLE'
const TEMPORARY = 'ASIAIOSFODNN7EXAMPLE'
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const OTHER_SECRET = 'je7MtGbClwBFEXAMPLEUtnh3yCo8nvbEXAMPLEKEY'.slice(0, 40)
const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64')

const seen = (text: string) => seenOf(read(credentialsText, text), 'clue')
/** The cause that each clue speaks of above all. */
const hints = (text: string): string[] => seen(text).map(({ about, tags }) => tags[0] ?? about)

/** A file with one fault, and the same file without it. */
const PAIRS: readonly (readonly [points: string, faulty: string, sound: string])[] = [
  [
    'secret-has-quotes',
    `environment:\n  - AWS_ACCESS_KEY_ID=${ID}\n  - AWS_SECRET_ACCESS_KEY="${SECRET}"\n`,
    `environment:\n  - AWS_ACCESS_KEY_ID=${ID}\n  - AWS_SECRET_ACCESS_KEY=${SECRET}\n`,
  ],
  ['secret-has-quotes', `set AWS_SECRET_ACCESS_KEY="${SECRET}"\n`, `export AWS_SECRET_ACCESS_KEY="${SECRET}"\n`],
  [
    'secret-has-quotes',
    `[default]\nhost_base = s3.example.net\naccess_key = ${ID}\nsecret_key = "${SECRET}"\n`,
    `[storage]\naccess_key = "${ID}"\nsecret_key = "${SECRET}"\n`,
  ],
  [
    'secret-has-newline',
    `kind: Secret\ndata:\n  left: ${base64(ID)}\n  right: ${base64(`${SECRET}\n`)}\n`,
    `kind: Secret\ndata:\n  left: ${base64(ID)}\n  right: ${base64(SECRET)}\n`,
  ],
  [
    'secret-shell-expanded',
    'services:\n  app:\n    environment:\n      - S3_SECRET_KEY=abcd$efgh1234\n',
    'services:\n  app:\n    environment:\n      - S3_SECRET_KEY=abcd$$efgh1234\n',
  ],
  ['secret-has-space', `AWS_SECRET_ACCESS_KEY="${SECRET} "\n`, `AWS_SECRET_ACCESS_KEY="${SECRET}"\n`],
  ['secret-has-newline', `a=b\nAWS_SECRET_ACCESS_KEY=${SECRET}\r\nc=d\n`, `a=b\r\nAWS_SECRET_ACCESS_KEY=${SECRET}\r\nc=d\r\n`],
  [
    'secret-has-newline',
    `kind: Secret\ndata:\n  AWS_SECRET_ACCESS_KEY: ${base64(`${SECRET}\n`)}\n`,
    `kind: Secret\ndata:\n  AWS_SECRET_ACCESS_KEY: ${base64(SECRET)}\n`,
  ],
  ...[`"${SECRET}"`, ` ${SECRET}`, `${SECRET} `, `${SECRET.slice(0, 39)} `, `${SECRET.slice(0, 38)} `, `${SECRET.slice(0, 38)}\n`].map(
    (damaged) =>
      [
        damaged.includes('"') ? 'secret-has-quotes' : damaged.includes('\n') ? 'secret-has-newline' : 'secret-has-space',
        `kind: Secret\ndata:\n  AWS_SECRET_ACCESS_KEY: ${base64(damaged)}\n`,
        `kind: Secret\ndata:\n  AWS_SECRET_ACCESS_KEY: ${base64(damaged.replace(/[" \n]/g, ''))}\n`,
      ] as const,
  ),
  [
    'secret-has-newline',
    `stringData:\n  AWS_SECRET_ACCESS_KEY: |\n    ${SECRET}\n`,
    `stringData:\n  AWS_SECRET_ACCESS_KEY: |-\n    ${SECRET}\n`,
  ],
  ['secret-url-encoded', `secret_access_key = ${SECRET.replace(/\//g, '%2F')}\n`, `secret_access_key = ${SECRET}\n`],
  [
    'secret-lost-characters',
    `AWS_ACCESS_KEY_ID=${ID}\nAWS_SECRET_ACCESS_KEY=${SECRET.slice(0, 38)}\n`,
    `AWS_ACCESS_KEY_ID=${ID}\nAWS_SECRET_ACCESS_KEY=${SECRET}\n`,
  ],
  [
    'secret-mismatch',
    `[a]\naws_access_key_id = ${ID}\naws_secret_access_key = ${SECRET}\n[b]\naws_access_key_id = ${ID}\naws_secret_access_key = ${OTHER_SECRET}\n`,
    `[a]\naws_access_key_id = ${ID}\naws_secret_access_key = ${SECRET}\n[b]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = ${OTHER_SECRET}\n`,
  ],
  [
    'secret-mismatch',
    `[a]\naws_access_key_id = ${ID}\naws_secret_access_key = ${SECRET}\n[b]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = ${SECRET}\n`,
    `[a]\naws_access_key_id = ${ID}\naws_secret_access_key = ${SECRET}\n[b]\nregion = eu-west-1\n`,
  ],
  [
    'session-token-mismatch',
    `# before\n[a]\naws_access_key_id = ${TEMPORARY}\naws_secret_access_key = ${SECRET}\naws_session_token = EXAMPLETOKEN\n# after\n[a]\naws_access_key_id = ${ID}\naws_secret_access_key = ${OTHER_SECRET}\naws_session_token = EXAMPLETOKEN\n`,
    `# before\n[a]\naws_access_key_id = ${TEMPORARY}\naws_secret_access_key = ${SECRET}\naws_session_token = EXAMPLETOKEN\n# after\n[a]\naws_access_key_id = ${ID}\naws_secret_access_key = ${OTHER_SECRET}\n`,
  ],
  [
    'session-token-missing',
    `[a]\naws_access_key_id = ${TEMPORARY}\naws_secret_access_key = ${SECRET}\n[b]\naws_session_token = EXAMPLETOKEN\n`,
    `[a]\naws_access_key_id = ${TEMPORARY}\naws_secret_access_key = ${SECRET}\naws_session_token = EXAMPLETOKEN\n`,
  ],
  [
    'region-mismatch',
    '<name>fs.s3a.region</name>\n<value>eu-west-1a</value>\n<name>fs.s3a.region</name><value>eu_west_1</value>\nregion = eu-west-1a\n',
    '<name>fs.s3a.region</name>\n<value>eu-west-1</value>\n',
  ],
  [
    'secret-url-encoded',
    `<name>fs.s3a.secret.key</name>\n<value>${SECRET.replace(/\//g, '%2F')}</value>\n`,
    `<name>fs.s3a.secret.key</name>\n<value>${SECRET}</value>\n`,
  ],
  ['algorithm.version', 'signature_v2 = True\n', 'signature_v2 = False\n'],
  ['algorithm.version', '{"url": "https://store.example.net", "api": "S3v2"}\n', '{"url": "https://store.example.net", "api": "S3v4"}\n'],
]

test('a fault points to its cause, and the file without it points nowhere', () => {
  const wrong = PAIRS.flatMap(([cause, faulty, sound]) => [
    ...(hints(faulty).includes(cause) ? [] : [`${cause}: ${faulty} -> ${hints(faulty)}`]),
    ...(hints(sound).length === 0 ? [] : [`sound: ${sound} -> ${hints(sound)}`]),
  ])
  assert.deepEqual(wrong, [])
})

test('no value is ever repeated, in no form', () => {
  const values = [SECRET, OTHER_SECRET, 'EXAMPLETOKEN', SECRET.replace(/\//g, '%2F'), base64(`${SECRET}\n`), SECRET.slice(0, 38)]
  for (const [, faulty, sound] of PAIRS)
    for (const text of [faulty, sound]) {
      const said = JSON.stringify(seen(text).map(({ message, values: kept, about }) => [message, kept, about]))
      for (const value of values) assert.ok(!said.includes(value.slice(0, 12)), text)
    }
})

test('what the asker hid is not judged', () => {
  for (const hidden of ['****', '<secret>', '$SECRET', 'xxxxxxxx', '...', '{{ secrets.KEY }}', 'your-secret-key'])
    assert.deepEqual(hints(`[default]\naws_access_key_id = ${ID}\naws_secret_access_key = ${hidden}\n`), [], hidden)
})

test('a file is read beside what the other pieces say of it', () => {
  const file = { name: 'b.env', text: `AWS_ACCESS_KEY_ID=${ID}\nAWS_SECRET_ACCESS_KEY="${SECRET}"\n` }
  const told = (text: string) =>
    credentialHints([file, { name: 'a.txt', text }], []).map(({ tags, location }) => [tags[0], location.source])
  assert.deepEqual(told('It fails with docker run --env-file b.env app'), [['secret-has-quotes', 'b.env']])
  assert.deepEqual(told('It fails with docker compose up'), [])
})
