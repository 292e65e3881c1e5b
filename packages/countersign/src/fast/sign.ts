/**
 * `sign` for signers of many requests: what was learned from a request of the same kind is written again, with another date,
 * hash and signature. All else, and every mistake of the caller, goes to `sigv4/sign`; a property test holds the two equal.
 */
import {
  type Credentials,
  type Header,
  type HttpRequest,
  payloadHashOf,
  type SignOptions,
  sign as signBySpec,
  UNSIGNED_PAYLOAD,
} from '../sigv4/index.js'
import { writePlainHash } from './canonical-hash.js'
import { blockToKeep, hasBlock } from './header-block.js'
import { type Letterhead, learnHeader, letterheadOf } from './letterheads.js'
import { payloadLine } from './payload-line.js'
import { isWide, setDate, signatureText } from './signature-text.js'

/**
 * Signs a request with Signature Version 4. The same bytes come out as of `sign` of `countersign/sigv4`; requests alike are signed faster.
 *
 * @param request Texts are byte strings. It needs exactly one Host header; `body: undefined` means unknown, not empty.
 * @param options `now` is the signer's clock in milliseconds since 1970; `region` and `service` are the scope.
 * @returns The request with X-Amz-Date, Authorization and what else the service needs. All other bytes stay as they are.
 * @throws UsageError with a `code` if it cannot be signed as asked: `missing-host`, `already-signed`, `unknown-body` and others.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @example
 * ```js
 * import { SecretAccessKey, sign } from 'countersign'
 *
 * const request = {
 *   method: 'GET',
 *   target: '/test.txt',
 *   headers: [['Host', 'examplebucket.s3.amazonaws.com'], ['Range', 'bytes=0-9']],
 *   body: new Uint8Array(0),
 * }
 * const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY') }
 * const options = { now: Date.UTC(2013, 4, 24), region: 'us-east-1', service: 's3' }
 * const signed = sign(request, credentials, options)
 * signed.headers.map(([name]) => name) // => ['Host', 'Range', 'X-Amz-Date', 'X-Amz-Content-Sha256', 'Authorization']
 * signed.headers[2][1] // => '20130524T000000Z'
 * signed.headers[4][1] // => /, Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41$/
 * sign(signed, credentials, options) // throws UsageError: The request is signed already.
 * ```
 * @public
 */
export function sign(request: HttpRequest, credentials: Credentials, options: SignOptions): HttpRequest {
  // S3 Express sessions are rare enough for the slow way.
  if (credentials.s3SessionToken !== undefined) return signBySpec(request, credentials, options)
  const day = Math.floor(options.now / DAY)
  if (options.unsignedHeaders === undefined && options.regionSet === undefined) {
    const letterhead = letterheadOf('header', request, credentials, options, day)
    if (letterhead !== undefined) return signedAlike(request, credentials, options, letterhead) ?? signBySpec(request, credentials, options)
  }
  const signed = signBySpec(request, credentials, options)
  if (options.unsignedHeaders === undefined && options.regionSet === undefined) learnHeader(request, credentials, options, signed, day)
  return signed
}

/** The request signed under a letterhead; `undefined` where the slow way has to look. */
function signedAlike(
  request: HttpRequest,
  credentials: Credentials,
  options: SignOptions,
  letterhead: Letterhead,
): HttpRequest | undefined {
  const { method, target, body, headers: came } = request
  const { template, unsigned, addsHash, profile } = letterhead
  for (let i = 0; i < unsigned.length; i++) if (isWide(came[unsigned[i]!]![1])) return undefined
  const given = letterhead.came.contentSha256
  const payload = addsHash ? addedHash(body, options) : payloadLine(request, given < 0 ? undefined : came[given]![1], false, profile)
  if (payload === undefined) return undefined
  setDate(template, options.now)
  const headers: Header[] = []
  for (let i = 0; i < came.length; i++) headers.push(came[i]!)
  headers.push(['X-Amz-Date', template.date])
  if (addsHash) headers.push(['X-Amz-Content-Sha256', payload])
  if (credentials.sessionToken !== undefined) headers.push(['X-Amz-Security-Token', credentials.sessionToken])
  const line = { method, target, mark: target.indexOf('?'), presigned: false, knownUntil: 0, lastKnown: 0 }
  const { places } = letterhead
  const block = letterhead.block !== undefined && hasBlock(headers, places, letterhead.block) ? letterhead.block : undefined
  if (!writePlainHash(template.hashDigits, line, headers, letterhead, places, payload, profile, block)) return undefined
  if (block === undefined && letterhead.keepsBlock && letterhead.block?.date !== template.date)
    letterhead.block = blockToKeep(template.date, line.mark < 0 ? '' : target.slice(line.mark), headers, letterhead, places)
  headers.push(['Authorization', letterhead.head + signatureText(template)])
  return { ...request, headers }
}

function addedHash(body: Uint8Array | undefined, { unsignedPayload }: SignOptions): string | undefined {
  if (unsignedPayload === true) return UNSIGNED_PAYLOAD
  return body === undefined ? undefined : payloadHashOf(body)
}

const DAY = 86_400_000
