/**
 * Which access key IDs and session tokens the evidence shows: what the causes about tokens and key pairs read alike.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html "Unique ID prefixes"
 */
import type { CaseFile, ObservationOf } from '../../case/index.js'
import { type Authorization, authorizationOf, credentialOf, parseAuthorization, sessionTokenOf } from '../../sigv4/index.js'
import { isMasked } from '../../text/index.js'

/** A temporary access key ID, which is nothing without its session token. Masks may hide what follows. */
export const TEMPORARY = /^ASIA/
/** A long-term access key ID, which goes without a session token. */
export const LONG_TERM = /^AKIA/

/** Every access key ID in the evidence, in the order it stands there. May be masked. */
export function accessKeyIdsSeen(file: CaseFile): string[] {
  const ids = file.observations.flatMap((seen) => {
    if (seen.kind === 'access-key-id') return [seen.value]
    const authorization =
      seen.kind === 'request' ? authorizationOf(seen.request) : seen.kind === 'authorization' ? parseAuthorization(seen.value) : undefined
    const id = authorization === undefined ? undefined : accessKeyIdOf(authorization)
    return id === undefined ? [] : [id]
  })
  return [...new Set(ids)]
}

/** The one access key ID that the refused request names: what the wire carried, or what all the evidence agrees on. */
export function accessKeyIdNamed(file: CaseFile): string | undefined {
  const request = file.wire.request?.request
  const authorization = request === undefined ? undefined : authorizationOf(request)
  const carried = authorization === undefined ? undefined : accessKeyIdOf(authorization)
  if (carried !== undefined && !isMasked(carried)) return carried
  const ids = accessKeyIdsSeen(file).filter((id) => !isMasked(id))
  return ids.length === 1 ? ids[0] : undefined
}

/** The access key ID of an Authorization, of Signature Version 4 or 2. */
export function accessKeyIdOf(authorization: Authorization): string | undefined {
  return credentialOf(authorization)?.accessKeyId ?? authorization.credential
}

/** Whether a text in the place of an access key ID has the form of a secret, and of no ID: of AWS and most others, R2, Spaces, Backblaze. */
export function looksLikeSecret(id: string): boolean {
  if (/^[0-9a-f]{64}$/i.test(id) || /^K00\d[A-Za-z0-9+/]{27}$/.test(id)) return true
  return /^(?:[A-Za-z0-9/+]{40}|[A-Za-z0-9/+_-]{43})$/.test(id) && /[a-z]/.test(id) && /[A-Z]/.test(id)
}

/** Whether the evidence shows a session token anywhere, masked or not, as header, parameter or signed header. */
export function carriesToken(file: CaseFile): boolean {
  return file.observations.some((seen) => {
    if (seen.kind === 'request') return requestCarriesToken(seen)
    if (seen.kind === 'request-line') return TOKEN.test(seen.line.target)
    return (seen.kind === 'canonical-request' && TOKEN.test(seen.text)) || (seen.kind === 'authorization' && TOKEN.test(seen.value))
  })
}

/** Whether a request carries a session token or says that it does. */
export function requestCarriesToken({ request }: ObservationOf<'request'>): boolean {
  if (sessionTokenOf(request) !== undefined || TOKEN.test(request.target)) return true
  return request.headers.some(([name, value]) => TOKEN.test(name) || (name.toLowerCase() === 'authorization' && TOKEN.test(value)))
}

/** A request that is shown whole: as it was, and with a signature that nobody masked. */
export function shownWhole(seen: ObservationOf<'request'>): boolean {
  const signature = authorizationOf(seen.request)?.signature
  return seen.fidelity === 'exact' && signature !== undefined && /^[0-9a-f]{64}$/.test(signature) && !isMasked(seen.request.target)
}

const TOKEN = /security-token|securitytoken/i
