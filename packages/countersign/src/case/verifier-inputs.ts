/** The signing inputs as the verifier has them: from its own canonical request where quoted, else from the wire. */

import { SCHEMES, type SchemeWords } from '../catalog/index.js'
import {
  AWS4_HMAC_SHA256,
  AWS4_REQUEST,
  authorizationOf,
  type CanonicalRequestParts,
  credentialOf,
  credentialScopeText,
  parseStringToSign,
  type SigningInputs,
  type StringToSign,
  signingInputsOf,
  signingProfileOf,
  standardInputs,
} from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import type { KnownFacts, KnownSecret, SideView } from './case-file.js'
import type { ObservationOf, Side } from './observation.js'
import { dateOfCanonical, type Sides } from './side-views.js'

/**
 * The inputs, and whose text they come from. Both `undefined` where no side shows enough.
 *
 * @param accessKeyId What the evidence names where the request on the wire does not: whose secret is meant.
 */
export function verifierInputs(
  sides: Sides,
  known: KnownFacts,
  accessKeyId: string | undefined,
): { readonly inputs: SigningInputs | undefined; readonly from: Side | undefined } {
  const { signer, wire, verifier } = sides
  if (verifier.parts !== undefined) return { inputs: quotedInputs(verifier, verifier.parts, sides, known, accessKeyId), from: 'verifier' }
  const request = wire.request?.request
  if (request !== undefined) {
    const inputs = signingInputsOf(request, { ...(known.profile !== undefined && { profile: known.profile }) })
    if (inputs !== undefined && usable(inputs))
      return { inputs: withKey(withBodySeen(inputs, wire.request!), sides, known, accessKeyId), from: 'wire' }
  }
  if (signer.parts !== undefined) return { inputs: quotedInputs(signer, signer.parts, sides, known, accessKeyId), from: 'signer' }
  return { inputs: undefined, from: undefined }
}

/** A body that was hashed while it passed, and not kept, is as good as a body, unless a service takes it for a query. */
export function withBodySeen(inputs: SigningInputs, { bodySeen }: ObservationOf<'request'>): SigningInputs {
  if (inputs.payloadHash !== undefined || bodySeen === undefined || inputs.profile.formBody === 'query') return inputs
  return { ...inputs, payloadHash: bodySeen.sha256 }
}

/** Inputs made of a quoted canonical request: every part verbatim. */
function quotedInputs(
  side: SideView,
  parts: CanonicalRequestParts,
  sides: Sides,
  known: KnownFacts,
  accessKeyId: string | undefined,
): SigningInputs {
  const read = side.read ?? sides.verifier.read ?? readFromWire(sides) ?? sides.signer.read
  const service = known.service ?? read?.scope.service ?? ''
  const algorithm = read?.algorithm ?? AWS4_HMAC_SHA256
  const words = wordsOf(algorithm)
  const inputs = standardInputs({
    request: sides.wire.request?.request,
    authentication: /(?:^|&)X-(?:Amz|Goog)-Algorithm=/.test(parts['canonical-query-string']) ? 'query' : 'header',
    profile:
      known.profile ??
      signingProfileOf(
        words !== undefined || (service === '' && /\nx-amz-content-sha256:/.test(`\n${parts['canonical-headers']}`)) ? 's3' : service,
      ),
    signedHeaders: parts['signed-headers'].split(';'),
    payloadHash: parts['payload-hash'],
    algorithm,
    requestDate: read?.requestDate ?? dateOfCanonical(side.canonicalRequest?.text) ?? '',
    scope: read?.scope ?? { date: '', region: known.region ?? '', service, terminator: AWS4_REQUEST },
    key: undefined,
    accessKeyId: undefined,
    verbatim: parts,
  })
  // Built like Version 4, with another word before the secret.
  const derivation = words === undefined ? inputs.derivation : { ...inputs.derivation, prefix: words.keyPrefix }
  return withKey({ ...inputs, derivation }, sides, known, accessKeyId)
}

/** The words of a scheme that is built like Version 4 and is not AWS's. */
function wordsOf(algorithm: string): SchemeWords | undefined {
  return [SCHEMES.goog4, SCHEMES['goog4-rsa'], SCHEMES.oss4].find(({ header }) => header.test(algorithm))?.words
}

/** The head of the string to sign, as the credential of the request on the wire gives it. */
function readFromWire({ wire, verifier, signer }: Sides): StringToSign | undefined {
  const request = wire.request?.request
  const authorization = request === undefined ? undefined : authorizationOf(request)
  const scope = credentialOf(authorization)?.scope
  const date = dateOfCanonical(verifier.canonicalRequest?.text ?? signer.canonicalRequest?.text)
  if (authorization === undefined || scope === undefined || date === undefined) return undefined
  return parseStringToSign([authorization.algorithm, date, credentialScopeText(scope), ''].join('\n'))
}

/** The known secret of the access key ID in the evidence; else the first that may be of it; else the first. */
function withKey(inputs: SigningInputs, sides: Sides, known: KnownFacts, accessKeyId: string | undefined): SigningInputs {
  const request = sides.wire.request?.request
  const carried = request === undefined ? undefined : credentialOf(authorizationOf(request))?.accessKeyId
  const id = carried ?? accessKeyId
  const open = id === undefined || isMasked(id)
  const fits = (secret: KnownSecret): boolean => open || secret.accessKeyId === undefined || secret.accessKeyId === id
  const own = open ? undefined : known.secrets?.find((secret) => secret.accessKeyId === id)
  const secret = own ?? known.secrets?.find(fits) ?? known.secrets?.[0]
  return secret === undefined ? inputs : { ...inputs, key: secret.secretAccessKey, accessKeyId: open ? secret.accessKeyId : id }
}

/** A request whose scope or signed headers are cut says nothing that can be signed. */
function usable(inputs: SigningInputs): boolean {
  return inputs.requestDate !== '' && inputs.scope.service !== '' && !inputs.signedHeaders.some((name) => isMasked(name))
}
