/** The access key ID, and the session token that belongs to it or not. */
import { byteString, bytesOfBase64, sessionTokenOf } from '../../sigv4/index.js'
import type { ViewRule } from './view-rule.js'

export const KEY_RULES: readonly ViewRule[] = [
  {
    id: 'key-id-in-base64',
    cause: 'secret-in-base64',
    severity: 'breaks',
    checks: ['access-key', 'token'],
    reads: ['accessKeyId'],
    *check({ accessKeyId = '' }) {
      if (!isBase64OfKeyId(accessKeyId)) return
      yield { sentence: 'The access key ID is the base64 of one: the pair was encoded once more than it was decoded.' }
    },
  },
  {
    id: 'key-id-white-space',
    cause: 'access-key-id-has-line-break',
    severity: 'breaks',
    checks: ['access-key', 'token', 'credential', 'authorization-parts'],
    reads: ['accessKeyId'],
    *check({ accessKeyId = '' }) {
      const char = /^[A-Za-z0-9+/=_-]{4,200}(\s|%0[AD]|%20|%09|\\[nr])/i.exec(accessKeyId)?.[1]
      if (char !== undefined) yield { sentence: 'White space or a line break follows the access key ID.', values: { char } }
    },
  },
  {
    id: 'key-id-quoted',
    cause: 'authorization-malformed',
    severity: 'breaks',
    checks: ['access-key', 'token', 'credential', 'authorization-parts'],
    reads: ['accessKeyId'],
    *check({ accessKeyId = '' }) {
      if (!/^(?:["'].*|.*["'])$/.test(accessKeyId) && !/^(?:%22|%27)/.test(accessKeyId)) return
      const fault = 'a quotation mark stands in the access key ID'
      yield { sentence: `In the credential shown, ${fault}.`, values: { fault } }
    },
  },
  {
    id: 'token-with-long-term-key',
    cause: 'session-token-mismatch',
    severity: 'breaks',
    checks: ['token', 'access-key'],
    reads: ['accessKeyId', 'request'],
    *check({ accessKeyId = '', request }) {
      // The ID of AWS's documentation stands for any.
      if (
        request === undefined ||
        !/^AKIA[A-Z0-9]{12,}$/.test(accessKeyId) ||
        accessKeyId.endsWith('EXAMPLE') ||
        sessionTokenOf(request) === undefined
      )
        return
      yield { sentence: 'The access key ID begins with AKIA: it is a long-term one, and yet a session token came with it.' }
    },
  },
  {
    id: 'temporary-key-without-token',
    cause: 'session-token-missing',
    severity: 'breaks',
    checks: ['token', 'access-key'],
    reads: ['accessKeyId', 'request'],
    *check({ accessKeyId = '', request, whole, by }) {
      if (request === undefined || (!whole && by === 'header') || !/^ASIA[A-Z0-9]{12,}$/.test(accessKeyId)) return
      if (sessionTokenOf(request) !== undefined || /security-?token/i.test(request.target)) return
      if (request.headers.some(([name]) => /security-?token/i.test(name))) return
      yield { sentence: 'The access key ID begins with ASIA: it is temporary, and the request carries no session token.' }
    },
  },
]

function isBase64OfKeyId(text: string): boolean {
  const bare = text.replace(/(?:\s|\\[nr]){1,8}$/, '')
  if (!/^[A-Za-z0-9+/]{20,60}={0,2}$/.test(bare)) return false
  return /^A[KS]IA[A-Z0-9]{12,}\s*$/.test(byteString(bytesOfBase64(bare) ?? new Uint8Array()))
}
