/** Signing inputs for judging a suspicion where those of the verifier are not whole. */
import {
  AWS4_ECDSA_P256_SHA256,
  AWS4_HMAC_SHA256,
  AWS4_REQUEST,
  authorizationOf,
  credentialOf,
  type HttpRequest,
  headerValue,
  payloadHash,
  requestDateOf,
  type SigningInputs,
  type SigningProfile,
  signingProfileOf,
  standardInputs,
  version2Of,
} from '../sigv4/index.js'
import type { CaseFile } from './case-file.js'

/** The verifier's inputs, or what can be put together of them for judging a suspicion where they are not whole. */
export function inputsSeenOf(file: Omit<CaseFile, 'inputsSeen'>): SigningInputs | undefined {
  if (file.inputs !== undefined && file.inputsFrom !== 'signer') return file.inputs
  // A request of the signer's serves as well: what the specification makes of it is what a verifier calculates, if it arrived so.
  const request = file.wire.request?.request ?? file.request
  const parts = file.verifier.parts
  if (parts === undefined && (request === undefined || isVersion2(request))) return undefined
  const authorization = request === undefined ? undefined : authorizationOf(request)
  const by = authorization?.by ?? 'header'
  const scope = credentialOf(authorization)?.scope ?? file.signer.read?.scope ?? file.verifier.read?.scope
  const profile = file.known.profile ?? profileSeen(file, scope?.service)
  return standardInputs({
    request,
    authentication: by,
    profile,
    signedHeaders: (parts?.['signed-headers'] ?? authorization?.signedHeaders ?? 'host').toLowerCase().split(';').sort(),
    payloadHash: parts?.['payload-hash'] ?? (request === undefined ? undefined : payloadHash(request, by, profile)),
    algorithm: authorization?.algorithm === AWS4_ECDSA_P256_SHA256 ? AWS4_ECDSA_P256_SHA256 : AWS4_HMAC_SHA256,
    requestDate: (request === undefined ? undefined : requestDateOf(request, by)) ?? '',
    scope: scope ?? { date: '', region: '', service: '', terminator: AWS4_REQUEST },
    key: undefined,
    accessKeyId: undefined,
    verbatim: parts ?? {},
  })
}

/** Signed by version 2: what version 4 makes of such a request says nothing of what was signed. */
function isVersion2(request: HttpRequest): boolean {
  return version2Of(request) !== undefined || (/[?&]AWSAccessKeyId=/i.test(request.target) && /[?&]Signature=/.test(request.target))
}

function profileSeen(file: Omit<CaseFile, 'inputsSeen'>, service: string | undefined): SigningProfile {
  const name = file.known.service ?? service
  if (name !== undefined) return signingProfileOf(name)
  const host = file.request === undefined ? undefined : headerValue(file.request, 'host')
  const s3 = file.refusal?.dialect === 's3' || /(?:^|\.)s3[.-]/.test(host ?? '')
  return signingProfileOf(s3 ? 's3' : '')
}
