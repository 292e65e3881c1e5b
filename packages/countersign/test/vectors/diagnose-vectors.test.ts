/** Every vector through the last door: a request that is signed right, given as raw text, is diagnosed as valid. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'
import { parseLenientDate, SecretAccessKey, STANDARD_PROFILE, type SigningProfile, signingProfileOf } from '../../src/sigv4/index.ts'

interface Written {
  readonly method: string
  readonly target: string
  readonly headers: [string, string][]
  readonly body: string
}
interface Vector {
  readonly id: string
  readonly now: string
  readonly service: string
  readonly secretAccessKey: string
  readonly formBodyInQuery: boolean
  readonly signed: Written
}
const { vectors } = JSON.parse(readFileSync(join(import.meta.dirname, 'own-vectors.json'), 'utf8')) as { vectors: Vector[] }
const SUITE = join(import.meta.dirname, '../../../../../shared/vectors/aws-c-auth/v4')

function diagnosed(text: string, secret: string, now: number | undefined, profile?: SigningProfile) {
  const known = { secrets: [{ label: 'secret', secretAccessKey: new SecretAccessKey(secret) }], ...(now !== undefined && { now }), ...(profile !== undefined && { profile }) }
  return diagnoseEvidence([{ name: 'request.http', text }], known)
}

describe('own vectors are diagnosed as valid', () => {
  for (const { id, now, service, secretAccessKey, formBodyInQuery, signed } of vectors) {
    it(id, () => {
      const head = [`${signed.method} ${signed.target} HTTP/1.1`, ...signed.headers.map(([name, value]) => `${name}: ${value}`)]
      const profile = formBodyInQuery ? { ...signingProfileOf(service), formBody: 'query' as const } : undefined
      const { outcome, findings } = diagnosed(`${head.join('\r\n')}\r\n\r\n${signed.body}`, secretAccessKey, parseLenientDate(now), profile)
      assert.equal(outcome, 'accepted', JSON.stringify(findings[0]?.causes))
    })
  }
})

if (existsSync(SUITE)) {
  describe("the CRT suite's requests are diagnosed as valid", () => {
    // A raw blank in the request line is not HTTP: a reader of raw requests cannot know where the target ends.
    for (const name of readdirSync(SUITE).filter((one) => !one.startsWith('get-space-'))) {
      const context = JSON.parse(readFileSync(join(SUITE, name, 'context.json'), 'utf8'))
      for (const by of ['header', 'query']) {
        // The suite's paths are not encoded yet, so one encoding is the second; tokens left out of the signature are the IoT rule.
        const profile: SigningProfile = {
          ...STANDARD_PROFILE,
          pathEncoding: 'once',
          normalizePath: context.normalize,
          sessionToken: context.omit_session_token === true ? 'added-after-signing' : 'signed',
        }
        it(`${name}, ${by}`, () => {
          const text = readFileSync(join(SUITE, name, `${by}-signed-request.txt`), 'latin1')
          const { outcome, findings } = diagnosed(text, context.credentials.secret_access_key, parseLenientDate(context.timestamp), profile)
          assert.equal(outcome, 'accepted', JSON.stringify(findings[0]?.causes))
        })
      }
    }
  })
}
