/** What recordings keep as its SHA-256: a session token at hand is put back where it is the one that was sent; what stays hidden is said. */
import { sha256Hex } from '#sha256'
import type { Observation } from '../case/index.js'
import { isSealable, sealIn, withoutSeal } from '../credentials/index.js'
import { authorizationOf, type Header, type HttpRequest, sessionTokenOf, uriEncode } from '../sigv4/index.js'
import { isMasked } from '../text/index.js'

/** The observations with the token in its places, in headers and texts as it is, in targets and canonical queries percent-encoded. */
export function unsealed(observations: readonly Observation[], token: string | undefined): readonly Observation[] {
  if (token === undefined || !isSealable(token)) return observations
  const digest = sha256Hex(token)
  const raw = (text: string): string => withoutSeal(text, digest, token)
  const encoded = (text: string): string => withoutSeal(text, digest, uriEncode(token))
  return observations.map((one) => {
    if (one.kind === 'canonical-request') {
      const lines = one.text.split('\n').map((line, i) => (i === QUERY ? encoded(line) : raw(line)))
      return { ...one, text: lines.join('\n') }
    }
    if (one.kind !== 'request') return one
    const headers = one.request.headers.map(([name, value]): Header => [name, raw(value)])
    return { ...one, request: { ...one.request, target: encoded(one.request.target), headers } }
  })
}

/**
 * What of a signed request is hidden, so that no secret can prove anything: its signature, or a session token that was signed.
 *
 * @param request As it is after {@link unsealed}.
 */
export function hiddenNotes(request: HttpRequest | undefined, token: string | undefined): readonly string[] {
  const authorization = request === undefined ? undefined : authorizationOf(request)
  if (request === undefined || authorization === undefined) return []
  const { signature } = authorization
  if (signature !== undefined && isMasked(signature) && sealIn(signature) === undefined) return [SIGNATURE_HIDDEN]
  const sent = sessionTokenOf(request)
  if (sent === undefined || !isMasked(sent)) return []
  if (sealIn(sent) === undefined) return [TOKEN_HIDDEN]
  return [token === undefined ? TOKEN_WANTED : OTHER_TOKEN]
}

const SIGNATURE_HIDDEN = 'The signature is hidden in this evidence, so no secret can be tested against it.'
const TOKEN_HIDDEN = 'The session token is hidden in this evidence, so the signature cannot be recomputed.'
const TOKEN_WANTED =
  'The session token is kept as its SHA-256: give the token with --session-token-file, and the signature can be recomputed.'
const OTHER_TOKEN = 'The session token you gave is not the one that was sent: their SHA-256 differ.'
/** Which line of a canonical request the query is. */
const QUERY = 2
