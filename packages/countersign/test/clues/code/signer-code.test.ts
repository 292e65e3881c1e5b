import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signerCode } from '../../../src/clues/code/signer-code.ts'
import { read, readerLaws, seenOf } from '../../evidence/reader-laws.ts'

readerLaws(signerCode)

const hints = (text: string): string[] => seenOf(read(signerCode, text), 'clue').map(({ about }) => about)

test('hexadecimal text as the next key is seen in Python, and the bytes are not', () => {
  const chain = (end: string): string =>
    `import hmac, hashlib\ndef sign(key, msg):\n    return hmac.new(key, msg.encode(), hashlib.sha256).${end}()\nk = sign(('AWS4' + secret).encode(), date)\nk = sign(k, 'aws4_request')\n`
  assert.ok(hints(chain('hexdigest')).some((hint) => hint === 'signing-key-from-hex-text' || hint === 'key.derivation'))
  assert.ok(!hints(chain('digest')).includes('signing-key-from-hex-text'))
})

test('a line feed in single quotes is seen in PHP, in double quotes it is not', () => {
  const code = (quote: string): string =>
    `<?php\n$stringToSign = ${quote}AWS4-HMAC-SHA256\\n${quote} . $date . ${quote}\\n${quote} . $scope;\n$sig = hash_hmac('sha256', $stringToSign, $key);\n`
  assert.ok(hints(code("'")).includes('string-to-sign-malformed') || hints(code("'")).includes('stringtosign.format'))
  assert.deepEqual(
    hints(code('"')).filter((hint) => /string/.test(hint)),
    [],
  )
})

test('a secret in the code never reaches a hint', () => {
  const code =
    "const C = require('crypto-js')\nconst secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'\nC.HmacSHA256('AWS4' + secret, date).toString()\n"
  assert.doesNotMatch(JSON.stringify(read(signerCode, code)), /wJalrXUtnFEMI/)
})
