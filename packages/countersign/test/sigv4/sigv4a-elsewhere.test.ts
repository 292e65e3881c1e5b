/** SigV4a where the runtime has no P-256: the library bundled as for a browser, where one has to be passed. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { p256 } from '../../src/p256/node.ts'
import type * as Sigv4 from '../../src/sigv4/index.ts'

const at = (path: string): string => fileURLToPath(new URL(`../../src/${path}`, import.meta.url))
const bundled = await build({
  entryPoints: [at('sigv4/index.ts')],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'browser',
  alias: { '#sha256': at('sha256/pure.ts'), '#p256': at('p256/none.ts') },
})
const spec = (await import(`data:text/javascript,${encodeURIComponent(bundled.outputFiles[0]!.text)}`)) as typeof Sigv4

const NOW = Date.UTC(2015, 7, 30, 12, 36)
const KEY = new spec.SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
const CREDENTIALS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: KEY }
const GET: Sigv4.HttpRequest = { method: 'GET', target: '/', headers: [['Host', 'h.example.amazonaws.com']], body: new Uint8Array() }
const OPTIONS = { now: NOW, service: 's3', regionSet: ['*'] }

describe('where there is no P-256', () => {
  it('sign and presign say that one has to be passed, and do with it', () => {
    assert.throws(() => spec.sign(GET, CREDENTIALS, OPTIONS), {
      name: 'UsageError',
      code: 'missing-p256',
      message: /pass one as the option p256/,
    })
    assert.throws(() => spec.presign(GET, CREDENTIALS, { ...OPTIONS, expiresSeconds: 60 }), { code: 'missing-p256' })
    assert.throws(() => spec.ecdsaPublicKeyOf(spec.deriveEcdsaPrivateKey(KEY, 'AKIDEXAMPLE')), { code: 'missing-p256' })
    const signed = spec.sign(GET, CREDENTIALS, { ...OPTIONS, p256: p256! })
    assert.equal(spec.verify(signed, KEY, { now: NOW, p256: p256! }).ok, true)
  })

  it('verify refuses the algorithm as one that it does not support, and throws at no request', () => {
    const signed = spec.sign(GET, CREDENTIALS, { ...OPTIONS, p256: p256! })
    const url = spec.presign(GET, CREDENTIALS, { ...OPTIONS, expiresSeconds: 60, p256: p256! })
    const said = (request: Sigv4.HttpRequest): string => {
      const verdict = spec.verify(request, KEY, { now: NOW })
      return verdict.ok ? 'ok' : verdict.error.message
    }
    assert.equal(said(signed), 'Unsupported Authorization Type')
    assert.equal(said(url), 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"')
    assert.equal(spec.signatureMatches({ ...spec.signingInputsOf(signed)!, key: KEY }, spec.authorizationOf(signed)!.signature!), undefined)
    assert.equal(said(spec.sign(GET, CREDENTIALS, { now: NOW, service: 's3', region: 'us-east-1' })), 'ok')
  })
})
