/** A secret as a word of a command line, written in another way or as a piece of a path: no error says it again, whoever gave it. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fakeIo, run, type World } from '../cli/fake-io.ts'

const AWS_LIKE = 'Zq3/vLp+8rTnWc5XyKd0Hs7mBfUeJ2gAa9/QoGtR'
/** No form tells that it is one: it is known because it was given. */
const CHOSEN = 'house of cards, 7 floors'

const escaped = (text: string) => [...text].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
const ENCODINGS: Readonly<Record<string, (secret: string) => string>> = {
  base64: (secret) => Buffer.from(secret).toString('base64'),
  'base64 for URLs': (secret) => Buffer.from(secret).toString('base64url'),
  'percent-encoded': encodeURIComponent,
  'percent-encoded twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'every byte percent-encoded': (secret) => [...Buffer.from(secret)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  hex: (secret) => Buffer.from(secret).toString('hex'),
  'hex in capitals': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  'JSON escapes': escaped,
  'base64 of base64': (secret) => Buffer.from(Buffer.from(secret).toString('base64')).toString('base64'),
}

/** A word in the places of command lines that an error repeats. */
const LINES: readonly ((word: string) => readonly string[])[] = [
  (word) => [word],
  (word) => [`logs/${word}/a.txt`],
  (word) => ['diagnose', `/nowhere/${word}.log`],
  (word) => ['diagnose', '--format', word, 'x'],
  (word) => ['diagnose', `--${word}`, 'x'],
  (word) => ['verify', '--rules', word, 'x'],
  (word) => ['verify', '--now', `at:${word}`, 'x'],
  (word) => ['verify', `/nowhere/a.${word}`],
  (word) => ['sign', '--region', 'r', '--service', 's', `/nowhere/${word}`],
  (word) => ['serve', '--port', word],
  (word) => ['serve', '--credentials-file', `${word}/keys.json`],
  (word) => ['explain', word],
]

/** Where nothing tells where it begins, it has to be known. */
const LINES_OF_KNOWN = [...LINES, (word: string) => ['verify', `/nowhere/a${word}z`]]

/** How a secret is known: the options to add, and where it lies. */
const GIVEN: Readonly<Record<string, (t: TestContext, secret: string) => readonly [options: readonly string[], world: World]>> = {
  'in the environment': (_, secret) => [[], { env: { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: secret } }],
  'in a file': (_, secret) => [['--secret-file', 'the-key'], { files: { 'the-key': `${secret}\n` } }],
  'in a profile': (t, secret) => {
    const { io } = fakeIo(t, { files: { credentials: `[work]\naws_secret_access_key = ${secret}\n` } })
    return [['--profile=work'], { env: { AWS_SHARED_CREDENTIALS_FILE: join(io.cwd, 'credentials') } }]
  },
}

/** The word in no spelling of letters: neither whole, nor a long part of it. */
function assertUnsaid(written: string, text: string, about: string): void {
  const letters = (one: string) => one.replace(/[^A-Za-z0-9]/g, '').toLowerCase()
  const [word, said] = [letters(written), letters(text)]
  for (let at = 0; at + PART <= word.length; at += PART / 2) assert.ok(!said.includes(word.slice(at, at + PART)), `${about}: ${text}`)
}
const PART = 16

for (const [place, given] of Object.entries(GIVEN))
  test(`given ${place}: a message says it in no encoding`, async (t) => {
    for (const secret of [AWS_LIKE, CHOSEN])
      for (const [encoding, write] of Object.entries(ENCODINGS))
        for (const line of LINES_OF_KNOWN) {
          const [options, world] = given(t, secret)
          const { code, stdout, stderr } = await run(t, [...line(write(secret)), ...options], world)
          assert.notEqual(code, 0)
          assertUnsaid(write(secret), stdout + stderr, `${encoding}, ${line('WORD').join(' ')}`)
        }
  })

test('what looks like a secret of AWS in some encoding is not said, though nobody gave it', async (t) => {
  // What was encoded twice and more shows its form to nobody who does not know it.
  for (const [encoding, write] of Object.entries(ENCODINGS).filter(([name]) => name !== 'base64 of base64'))
    for (const line of LINES) {
      const { stdout, stderr } = await run(t, line(write(AWS_LIKE)))
      assertUnsaid(write(AWS_LIKE), stdout + stderr, `${encoding}, ${line('WORD').join(' ')}`)
    }
})

test('words that are no secrets stay', async (t) => {
  const world = { env: { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: AWS_LIKE } }
  for (const word of ['access%20log%202026.txt', 'b/upload-2026-03-14T15.log', 'c3RhZ2luZw.txt', '6d6f6e6461792e6c6f67'])
    assert.ok((await run(t, ['diagnose', `/nowhere/${word}`], world)).stderr.includes(word), word)
})
