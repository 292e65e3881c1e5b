/** The only maker of proofs: each says in one sentence what matched, or who states it. */

import { type CaseFile, isSigned, type Shown } from '../case/index.js'
import type { Cause, Suspicion } from '../causes/index.js'
import { type CanonicalRequestParts, canonicalRequestPart, EMPTY_PAYLOAD_HASH, parseCanonicalHeaders } from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import type { Proof } from './finding.js'
import type { Answer, SignatureAnswer } from './oracle.js'

/** The proof that an answer of the oracle gives. */
export function proofOf(file: CaseFile, answer: Answer, causes: readonly Cause[]): Proof {
  const edits = causes.length
  const replaced = causes.flatMap(({ replaces }) => replaces ?? [])
  const untied = isUntied(file)
  if (answer.level === 'text' && ((replaced.includes('names') && !signedIt(file)) || (untied && (replaced.length > 0 || asksElse(file)))))
    return notProven('the two texts differ so: rewritten on the way, edited before it was posted, or of two requests')
  const this_ = edits > 1 ? 'only with these changes together,' : 'with this one change,'
  if (answer.level === 'signature') return minted('signature', `${this_} the signature comes out exactly as yours`)
  if (answer.level === 'canonical-request-hash') {
    const from = file.signer.stringToSign?.location
    return minted('canonical-request-hash', `${this_} the hash is exactly the one your client signed`, from)
  }
  const from = (file.signer.canonicalRequest ?? file.signer.request)?.location
  return minted('text', `${this_} the text is exactly the one your client signed`, from)
}

/** Whether the text that was signed is tied to the request by a log of the signer's that holds its signature. */
function signedIt({ signer, provided }: CaseFile): boolean {
  return signer.canonicalRequest !== undefined && provided !== undefined && signer.signature === provided
}

/** Whether a request carries a signature, and the text that it is held against none: nothing says that they are of one request. */
function isUntied(file: CaseFile): boolean {
  const { signer, inputsFrom } = file
  return inputsFrom === 'wire' && isSigned(file) && signer.signature === undefined && signer.request === undefined
}

/** Whether the signer's text asks for something else in more than one way: another method, path, query or host. Then it may be of another request. */
function asksElse({ signer: { parts }, inputs }: CaseFile): boolean {
  if (parts === undefined || inputs === undefined) return false
  const host = (headers: string): string | undefined => parseCanonicalHeaders(headers).find(([name]) => name === 'host')?.[1]
  const other = ASKING.filter((part) => parts[part] !== canonicalRequestPart(inputs, part)).length
  const elsewhere = host(parts['canonical-headers']) !== host(canonicalRequestPart(inputs, 'canonical-headers'))
  if (parts.method !== canonicalRequestPart(inputs, 'method') && CARRIED.some((part) => parts[part] !== canonicalRequestPart(inputs, part)))
    return true
  return other + (elsewhere ? 1 : 0) > 1 || (elsewhere && asksNothing(parts))
}

/** A request for "/" without a body: in one second many are alike. */
function asksNothing(parts: CanonicalRequestParts): boolean {
  return parts['canonical-uri'] === '/' && (parts['payload-hash'] === EMPTY_PAYLOAD_HASH || parts['payload-hash'] === 'UNSIGNED-PAYLOAD')
}

const CARRIED = ['canonical-headers', 'signed-headers', 'payload-hash'] as const
const ASKING = ['method', 'canonical-uri', 'canonical-query-string'] as const

/** The proof where nothing had to be changed: the text as it stands gives the signature provided. */
export function uneditedProof(file: CaseFile, _holds: SignatureAnswer): Proof {
  const whose = file.inputsFrom === 'verifier' ? "the service's own text" : 'the request as received'
  return minted('signature', `${whose}, unchanged, gives your signature with the secret you gave`)
}

/** The proof that only the key is left: both strings to sign were read, they are one text, and the signature was refused. */
export function sameTextsProof({ signer, verifier, refusal, sameAttempt, edited, deviations }: CaseFile): Proof | undefined {
  const [signed, calculated] = [signer.stringToSign, verifier.stringToSign]
  if (signed === undefined || calculated === undefined || !sameAttempt || edited) return undefined
  // A signature of another form than is compared is no sign of another key.
  if (deviations.some(({ severity, checks }) => severity === 'breaks' && checks.includes('signature'))) return undefined
  const text = signed.text.trim()
  const whole = !isMasked(text) && signer.read !== undefined && /^[0-9a-f]{64}$/.test(signer.read.canonicalRequestHash)
  if (!whole || text !== calculated.text.trim() || refusal?.check?.group !== 'signature') return undefined
  return minted('text', 'you and the service signed the same text, and the signature was refused', signed.location)
}

/** What is known of two views of one request, of which the later differs in what is signed. */
export interface ViewsBetween {
  readonly signatureBefore: 'right' | 'wrong' | 'unknown'
  readonly signatureAfter: 'right' | 'wrong' | 'unknown'
  /** Both carry one signature. */
  readonly sameSigning: boolean
  /** Both show the whole head, byte for byte. */
  readonly exact: boolean
}

/** The proof that a change between two views broke the signature. */
export function proofBetween({ signatureBefore, signatureAfter, sameSigning, exact }: ViewsBetween): Proof {
  if (signatureBefore === 'right' && signatureAfter === 'wrong')
    return minted('signature', 'before this change the signature is right for the request, and after it wrong')
  if (sameSigning && exact) return minted('text', 'both views are of one signing, and the part that it covers differs')
  return notProven('the part that is signed differs, and nothing but order or place says that both views are of one request')
}

/** The proof by what the service's message, or the request itself, says. */
export function statedProof(stated: NonNullable<Suspicion<unknown>['stated']>): Proof {
  const who =
    stated.kind === 'stated'
      ? stated.fact === 'header-value-refused-by-client'
        ? "the client's own error text says it"
        : "the service's own message says it"
      : stated.kind === 'response'
        ? 'the response itself says it'
        : stated.kind === 'signature'
          ? 'the service itself names the signature that it received'
          : stated.kind === 'canonical-request'
            ? 'the text that was signed shows it'
            : 'the request itself shows it'
  return minted('stated', who, stated.location)
}

/** The proof by values of the evidence that come out of each other. */
export function shownProof({ level, statement, from }: Shown): Proof {
  return minted(level, statement, from)
}

/** No proof: what it rests on is said instead. */
export function notProven(reason: string): Proof {
  return minted('none', reason)
}

function minted(level: Proof['level'], statement: string, from?: Proof['from']): Proof {
  return (from === undefined ? { level, statement } : { level, statement, from }) as Proof
}
