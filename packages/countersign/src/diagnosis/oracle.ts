/**
 * What can be asked of some inputs: do they give the signature provided, the hash in the signer's string to sign, or the
 * text the signer's log quotes? The strongest question that the evidence allows is asked first.
 */
import type { CaseFile } from '../case/index.js'
import {
  CANONICAL_REQUEST_PARTS,
  canonicalRequest,
  canonicalRequestHash,
  canonicalRequestPart,
  credentialScopeText,
  isEcdsa,
  isTestable,
  type SignatureMatches,
  type SigningInputs,
  sealedSignatureMatches,
  signatureMatches,
  stringToSign,
  stringToSignHead,
} from '../sigv4/index.js'
import { isMasked, sameUnlessMasked } from '../text/index.js'

declare const answered: unique symbol
/** An answer of the oracle that is a yes. Made in this file only: no object literal is one. */
export type Answer = { readonly [answered]: true } & (
  | { readonly level: 'signature'; readonly match: SignatureMatches }
  | { readonly level: 'canonical-request-hash' | 'text' }
)

/** The strongest answer: the signature calculated is the one provided. */
export type SignatureAnswer = Extract<Answer, { readonly level: 'signature' }>

/** The signature looked for, or its SHA-256 where it is sealed: 64 lower-case hex digits. */
export interface WantedMac {
  readonly hex: string
  readonly sealed: boolean
}

/** Asks one question of inputs; counts what it cost. */
export interface Oracle {
  /** Which questions can be asked, strongest first. Empty: nothing can be tested. */
  readonly levels: readonly Answer['level'][]
  ask(inputs: SigningInputs): Answer | undefined
  /** What a hypothesis is compared with, for those who compare many at once. `hash`: 64 lower-case hex digits. */
  readonly wanted: { readonly hash: string | undefined; readonly signature: WantedMac | undefined }
  /** Adds hypotheses that were compared elsewhere. `each`: what one of them counts for; see {@link weightOf}. */
  count(hypotheses: number, each?: number): void
  /** How many different hypotheses were tried. */
  trials(): number
  /** What of the budget was used: as many, but that those of long texts count for more. */
  spent(): number
  /** Whether hypotheses went untested, because a signature of a key pair takes so much longer to test. */
  cut(): boolean
}

/** What a hypothesis of so many bytes of text counts for: the budget bounds the work, whatever a request holds. */
export function weightOf(bytes: number): number {
  return Math.max(1, bytes / LONG)
}

/** The oracle of a case file. `most` bounds the trials of a search; a test of a key pair's signature counts for many. */
export function oracleOf(file: CaseFile, most = 100_000): Oracle {
  const memo = new Map<string, Answer | undefined>()
  const levels: Answer['level'][] = []
  const { provided, providedSeal, inputs } = file
  // What is made of an edited text is what nobody calculated with.
  const bySignature =
    inputs !== undefined && isTestable(inputs) && isComparable(file, inputs) && !(file.edited && file.inputsFrom === 'verifier')
  let pairsLeft = Math.ceil(most / KEY_PAIR_TEST_COUNTS)
  const signed = signerStringToSign(file)
  const byHash = signed !== undefined && comparable(file)
  const byText = signerText(file) !== undefined && comparable(file)
  if (bySignature) levels.push('signature')
  if (byHash) levels.push('canonical-request-hash')
  if (byText) levels.push('text')
  let [trials, spent] = [0, 0]
  const textOf = texts(inputs)

  // The same canonical request, and yet another string to sign: then something lies between the two.
  const quoted = wholeStringToSign(file)
  const contradicted = (asked: SigningInputs, text: string): boolean =>
    quoted !== undefined && asked.payloadHash !== undefined && !sameUnlessMasked(quoted, text)
  const answer = (asked: SigningInputs, text: string): Answer | undefined => {
    if (bySignature && !(isEcdsa(asked) && pairsLeft-- <= 0)) {
      const match = provided === undefined ? sealedSignatureMatches(asked, providedSeal!, text) : signatureMatches(asked, provided, text)
      if (match !== undefined) return { level: 'signature', match } as Answer
    }
    if (byHash && sameUnlessMasked(signed, text) && text.endsWith(signed.slice(-64))) return { level: 'canonical-request-hash' } as Answer
    if (byText && sameParts(file, asked) && sameHead(file, asked) && !contradicted(asked, text)) return { level: 'text' } as Answer
    return undefined
  }

  return {
    levels,
    wanted: {
      hash: byHash ? signed.slice(-64) : undefined,
      signature: bySignature && !isEcdsa(inputs) ? wantedMac(file) : undefined,
    },
    count(hypotheses, each = 1) {
      trials += hypotheses
      spent += hypotheses * each
    },
    ask(asked) {
      if (levels.length === 0) return undefined
      const { text, length } = textOf(asked)
      const key = memoKey(asked, text)
      if (memo.has(key)) return memo.get(key)
      trials++
      spent += weightOf(length)
      const given = answer(asked, text)
      if (memo.size < MOST_REMEMBERED) memo.set(key, given)
      return given
    },
    trials: () => trials,
    spent: () => spent,
    cut: () => pairsLeft < 0,
  }
}

/** Whether there is a signature to compare with. Of ECDSA a SHA-256 tells nothing: each signature is another. */
function isComparable({ provided, providedSeal }: CaseFile, inputs: SigningInputs): boolean {
  return provided !== undefined || (providedSeal !== undefined && !isEcdsa(inputs))
}

function wantedMac({ provided, providedSeal }: CaseFile): WantedMac | undefined {
  if (provided === undefined) return providedSeal === undefined ? undefined : { hex: providedSeal, sealed: true }
  return LOWER_HEX.test(provided) ? { hex: provided, sealed: false } : undefined
}

/** Makes strings to sign, and says how long the canonical request was. One that no edit has touched is hashed once. */
function texts(inputs: SigningInputs | undefined): (asked: SigningInputs) => { readonly text: string; readonly length: number } {
  let own: { readonly hash: string; readonly length: number } | undefined
  return (asked) => {
    const head = stringToSignHead(asked)
    if (head === undefined || inputs === undefined || TEXT_FIELDS.some((field) => asked[field] !== inputs[field])) {
      const canonical = canonicalRequest(asked)
      return { text: stringToSign(asked, canonical), length: canonical.length }
    }
    if (own === undefined) {
      const canonical = canonicalRequest(inputs)
      own = { hash: canonicalRequestHash(canonical), length: canonical.length }
    }
    return { text: head + own.hash, length: own.length }
  }
}

/** Everything a canonical request depends on. */
const TEXT_FIELDS = ['request', 'authentication', 'profile', 'signedHeaders', 'payloadHash', 'verbatim', 'lineBreak'] as const

/** Whether the signer's texts and the inputs are of two sides, and of the same attempt. */
function comparable(file: CaseFile): boolean {
  return file.inputs !== undefined && file.inputsFrom !== 'signer' && file.sameAttempt && !file.edited
}

/** The signer's string to sign, where its last line is a whole hash. */
function signerStringToSign(file: CaseFile): string | undefined {
  const hash = file.signer.read?.canonicalRequestHash
  return hash !== undefined && LOWER_HEX.test(hash) ? file.signer.stringToSign?.text : undefined
}

/** The signer's string to sign in whatever form, where nothing of it is hidden or cut off: all four lines, and a hash in it or the text itself. */
function wholeStringToSign(file: CaseFile): string | undefined {
  const text = file.signer.stringToSign?.text
  return text === undefined || isMasked(text) || text.endsWith('...') || text.split('\n').length < 4 ? undefined : text
}

/** The signer's canonical request, or a request that stands for it. */
function signerText(file: CaseFile): string | undefined {
  const parts = file.signer.parts
  return parts === undefined ? undefined : CANONICAL_REQUEST_PARTS.map((part) => parts[part]).join('\n')
}

function sameParts(file: CaseFile, asked: SigningInputs): boolean {
  const parts = file.signer.parts!
  for (const part of CANONICAL_REQUEST_PARTS) {
    const text = canonicalRequestPart(asked, part)
    if (part === 'payload-hash' && asked.payloadHash === undefined && asked.verbatim['payload-hash'] === undefined) continue
    if (parts[part] !== text && !(isMasked(parts[part]) || isMasked(text) ? sameUnlessMasked(parts[part], text) : false)) return false
  }
  return true
}

/** Date and scope, where the signer's string to sign is known too. */
function sameHead(file: CaseFile, asked: SigningInputs): boolean {
  const read = file.signer.read
  if (read === undefined) return true
  const { scope } = asked
  return (
    read.algorithm === asked.algorithm &&
    (asked.requestDate === '' || read.requestDate === asked.requestDate) &&
    (scope.service === '' || credentialScopeText(read.scope) === credentialScopeText(scope))
  )
}

/** What tells two trials apart: the text, the key and how it is derived and written. */
function memoKey(inputs: SigningInputs, text: string): string {
  const secret = inputs.key !== undefined && 'dangerValue' in inputs.key ? inputs.key.dangerValue() : ''
  const head = [text, secret, inputs.signatureEncoding, JSON.stringify(inputs.derivation)].join('\u0000')
  return inputs.stringToSignEnd === 'canonical-request' ? head + canonicalRequest(inputs) : head
}

/** Longer than nearly every canonical request that is sent. */
const LONG = 4096
const LOWER_HEX = /^[0-9a-f]{64}$/
const MOST_REMEMBERED = 200_000
/** 3,000 tests by default, half a second; the single edits of a case are a few hundred. */
const KEY_PAIR_TEST_COUNTS = 33
