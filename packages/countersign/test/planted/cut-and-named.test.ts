/** Secrets of which a piece is left, and credentials that stand as names: in reports and in recordings. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSecretName } from '../../src/credentials/index.ts'
import { recordingLine } from '../../src/evidence/index.ts'
import { diagnoseEvidence } from '../../src/index.ts'
import { redacted, renderHtml, renderJson, renderTerminal } from '../../src/report/index.ts'
import type { Header } from '../../src/sigv4/http-request.ts'
import { debugLog, errorXml } from '../support/golden-evidence.ts'
import { inject } from '../support/inject/path-encoded-twice.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const GIVEN = 'nT4wXb9ZkPq2Lr7V/d8YcU3sHf5Gm+J6aEo1iQvRx'
const JWT = `eyJhbGciOiJIUzI1NiJ9.${'eyJzdWIiOiJqYW5lIn0'}.Q1t4i5l5Zx0aBcDeFgHiJkLmNoPq`
const FORMED = 'Kq7vRz2TnWc5XyLd0Hs8mBfUeJ3gAa9QoGtRwK4h'

test('a given secret that lost its end or its beginning is hidden as far as it goes', () => {
  for (const lost of [1, 4, 12, 20])
    for (const write of [(text: string) => text, encodeURIComponent, (text: string) => Buffer.from(text).toString('hex')]) {
      const written = write(GIVEN.slice(0, -lost))
      for (const text of [`/${written}/%2520`, `q=${written}&a=1`, `it is ${written}, they say`]) {
        const clean = redacted(text, [GIVEN])
        assert.ok(!clean.includes(written.slice(-8)), clean)
        assert.equal(clean.replace('[secret]', written), text)
      }
    }
  for (const lost of [1, 4, 12, 20])
    for (const piece of [GIVEN.slice(lost), GIVEN.slice(lost, -4), GIVEN.slice(Math.floor(lost / 2), -Math.ceil(lost / 2))])
      for (const text of [`/${encodeURIComponent(piece)}/%2520`, `it is ${piece.toLowerCase()}, they say`, `a="${piece}"`])
        assert.match(redacted(text, [GIVEN]), /^(?:\/\[secret\]\/%2520|it is \[secret\], they say|a="\[secret\]")$/)
  // Less than that is a word like any other.
  for (const piece of [GIVEN.slice(0, 9), GIVEN.slice(20, 35), GIVEN.slice(-9)])
    assert.equal(redacted(`/${piece}/x`, [GIVEN]), `/${piece}/x`)
})

const recorded = (target: string, headers: readonly Header[] = [], body = '') =>
  recordingLine(
    { hop: 'verifier', at: 0, sent: { method: 'GET', target, headers, body: undefined }, response: { status: 403, headers: [], body } },
    'redacted',
    (one) => one,
  )

test('a credential that is the name of a parameter is in no part of a recording', () => {
  for (const secret of [JWT, FORMED, `IQoJb3JpZ2lu${FORMED}`, `ghp_${FORMED}`])
    for (const target of [`/b/k?${secret}=1`, `/b/k?${secret}=`, `/b/k?${secret}`, `/b/k?a=1&${secret}&b=2`]) {
      const line = recorded(target)
      for (const part of [secret.slice(0, 20), secret.slice(-20)]) assert.ok(!line.includes(part), line)
      assert.match(line, /"redacted":\["query\.\*\*\*/)
    }
})

test('what a report hides by its name, a recording hides', () => {
  const value = 'Zk3vQ9xT2mLp8RwA'
  for (const name of ['X-Auth', 'X-Registry-Auth', 'X-JWT-Assertion', 'X-Amzn-Oidc-Data', 'X-Key', 'X-Mashape-Key'])
    assert.ok(!recorded('/', [[name, value]]).includes(value), name)
  for (const name of ['session', 'ticket', 'code', 'assertion', 'otp'])
    assert.ok(!recorded(`/b?${name}=${value}&a=1`).includes(value), name)
})

test('a piece of a secret that the service read as a region or a date is not recorded', () => {
  const secret = '/ohaMUsCTLFwdmMu3Nt/qbiWqHf48+Pddcw9Ph5n'
  const line = recorded(
    '/b/k',
    [
      [
        'Authorization',
        `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260314/${secret}/s3/aws4_request, SignedHeaders=host, Signature=0`,
      ],
    ],
    '<Error><Message>incorrect date format "ohaMUsCTLFwdmMu3Nt", expecting yyyyMMdd; qbiWqHf48+Pddcw9Ph5n</Message></Error>',
  )
  for (const piece of secret.split('/').slice(1)) assert.ok(!line.includes(piece), line)
})

test('a credential that is the name of a header, in small letters, is in no format and in no recording', () => {
  for (const secret of [GIVEN, FORMED, JWT, `IQoJb3JpZ2lu${FORMED}`, `ghp_${FORMED.slice(4)}`, `AIza${FORMED.slice(5)}`]) {
    const name = secret.toLowerCase()
    const broken = inject(standardInputs({ method: 'GET', target: '/b/a%20b', headers: [[name, '1']] }), 0)!
    const evidence = [
      { name: 'error.xml', text: errorXml(broken) },
      { name: 'debug.log', text: debugLog(broken) },
    ]
    const diagnosis = diagnoseEvidence(evidence)
    const shown = [
      renderTerminal(diagnosis, { evidence, colour: false, columns: 200, diff: true, verbose: true }),
      renderHtml(diagnosis, { evidence }),
      renderJson(diagnosis, { evidence }),
    ]
    for (const report of [...shown, recorded('/b/k', [[secret, '1']], `${secret} ${name}`)])
      for (const part of [name.slice(0, 16), name.slice(-16)]) assert.ok(!report.toLowerCase().includes(part), report)
  }
})

test('names of headers are none', () => {
  for (const name of [
    'x-amz-server-side-encryption-customer-key-md5',
    'x-amz-meta-original_file_name_of_the_upload',
    'x-amz-meta-9f86d081884c7d659a2feaa0c55ad015',
    '9f86d081884c7d659a2feaa0c55ad0159f86d081',
    'x-goog-custom-time-2',
    'access_control_allow_private_network',
    'sec-ch-ua-full-version-list',
  ])
    assert.ok(!isSecretName(name), name)
})
