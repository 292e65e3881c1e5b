/** The short way to "nothing to hide" gives no other answer than the long one. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hiddenByForms } from '../../src/credentials/hidden.ts'
import { isPlainlyClean } from '../../src/credentials/plain-text.ts'
import { randomNumbers } from '../support/injections.ts'

/** What forms and names look for, and what stands around it. */
const PARTS = [
  ...['eyJ', 'IQoJb3JpZ2lu', 'FwoGZXIvYXdz', 'FQoGZXIvYXdz', 'AQoEYXdz', 'AQoDYXdz', 'YXdz'],
  ...[
    'ghp_',
    'github_pat_',
    'glpat-',
    'xoxb-',
    'sk_live_',
    'sk-',
    'sk-ant-',
    'AIza',
    'ya29.',
    'npm_',
    'hvs.',
    'SG.',
    'hf_',
    'dapi',
    'figd_',
  ],
  ...['AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEX', 'BAbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhI'],
  ...[
    '/20150830/',
    '20150830',
    'us-east-1',
    '/s3/',
    'aws4_request',
    'hooks.slack.com/services/T0AB12/B0AB12/',
    '/bot123456789:',
    'AbCdEf0123456789AbCdEf01',
  ],
  ...[
    'secret',
    'password',
    'token',
    'cookie',
    'x-api-key',
    'Authorization',
    'signature',
    'credential',
    'Bearer',
    'mc',
    'curl',
    'user',
    'value',
  ],
  ...['/', '//', '.', '-', '->', '_', '~', '=', ':', ' ', '&', '%2F', '"', 'a', 'Z', '7', '0123456789abcdef'.repeat(4), '.jpg', 'photos'],
]

test('a text that is clean at a glance has nothing that a form or a name finds', () => {
  const below = randomNumbers(Number(process.env['SEED'] ?? 1708))
  let clean = 0
  let hidden = 0
  for (let i = 0; i < 20_000; i++) {
    const text = Array.from({ length: 1 + below(6) }, () => PARTS[below(PARTS.length)]).join('')
    const found = hiddenByForms(text)
    if (found.length > 0) hidden++
    if (!isPlainlyClean(text)) continue
    clean++
    assert.deepEqual(found, [], text)
  }
  assert.ok(clean > 1000 && hidden > 500, `${clean} clean, ${hidden} hidden`)
})

test('what most headers hold is clean at a glance', () => {
  for (const text of [
    '/b/photos/2026/cat-and-dog_12.jpg',
    '20150830T123600Z',
    'e3b0c442'.repeat(8),
    'UNSIGNED-PAYLOAD',
    'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    '127.0.0.1',
  ])
    assert.equal(isPlainlyClean(text), true, text)
})
