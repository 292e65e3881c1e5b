/**
 * What the causes read off a case file alike: each side's text of a part, what hints say, and candidates made suspicions.
 * @see ./cause.ts for the contract
 */
import { type CaseFile, type Clue, cluesFor, type Disagreement } from '../../case/index.js'
import {
  AWS4_ECDSA_P256_SHA256,
  AWS4_HMAC_SHA256,
  AWS4_REQUEST,
  authorizationOf,
  type CanonicalRequestPart,
  canonicalRequestPart,
  credentialOf,
  type HttpRequest,
  headerValue,
  LAWFUL_DERIVATION,
  payloadHash,
  requestDateOf,
  type SigningInputs,
  type SigningProfile,
  signingProfileOf,
  version2Of,
} from '../../sigv4/index.js'
import type { Location } from '../../text/index.js'
import type { Cause, Match, Suspicion } from './cause.js'
import { weightTogether } from './clue-weight.js'
import type { Fix, Label } from './explanation.js'

/** Parameters worth testing, with what the evidence says for them. */
export interface Candidate<Params> {
  readonly params: Params
  /** 0 to 1; absent: tested only. */
  readonly weight?: number
  readonly grounds?: readonly string[]
}

/** What identifies a cause to the functions here. */
export type CauseHead<Params> = Pick<Cause<Params>, 'id' | 'class' | 'undo' | 'narrow'> & {
  readonly part: CanonicalRequestPart
  /** What a hint alone says: parameters that claim no text. Absent: a hint strengthens the first candidate. */
  readonly plain?: Params
}

/**
 * Candidates as suspicions: those that change nothing, or make a text that an earlier one made, are left out. One that
 * makes the very text the signer's log shows is weighted up; where the log shows the verifier's text, all weigh little.
 */
export function* suspicionsOf<Params>(
  file: CaseFile,
  cause: CauseHead<Params>,
  candidates: Iterable<Candidate<Params>>,
): Iterable<Suspicion<Params>> {
  const inputs = inputsSeen(file)
  const logged = signerPart(file, cause.part)
  const agreed = logged !== undefined && inputs !== undefined && canonicalRequestPart(inputs, cause.part) === logged
  const said = cluesWeigh(file, cause)
  const hinted = cause.plain === undefined ? said : NOTHING_SAID
  if (cause.plain !== undefined && !agreed && said.weight >= WORTH_REPORTING) yield { params: cause.plain, ...said }
  const made = new Set<string>()
  let [count, written] = [0, 0]
  for (const candidate of candidates) {
    const text = inputs === undefined ? undefined : changedText(cause, inputs, candidate.params)
    if (inputs !== undefined && (text === undefined || made.has(text))) continue
    if (text !== undefined) made.add(text)
    written += text?.length ?? 0
    const first = count++ === 0
    const grounds = [...(candidate.grounds ?? []), ...(first ? hinted.grounds : [])]
    let weight = Math.max(candidate.weight ?? SEARCH_ONLY, first ? hinted.weight : 0)
    if (agreed) weight = Math.min(weight, SEARCH_ONLY)
    else if (logged !== undefined && text !== undefined && text.slice(0, text.indexOf(SEPARATOR)) === logged) {
      weight = Math.max(weight, cause.narrow === undefined ? 0.9 : NARROW_FIT)
      grounds.unshift(`The signer's own canonical request has exactly this text.`)
    }
    // Without inputs nothing can be tested: what would not be reported either is no use.
    if (inputs === undefined && weight < WORTH_REPORTING) return
    yield { params: candidate.params, weight, grounds }
    if (count >= MOST_CANDIDATES || (count >= FEWEST_CANDIDATES && written > MOST_TEXT) || inputs === undefined) return
  }
}

/** The verifier's inputs, or what can be put together of them for judging a suspicion where they are not whole. */
export function inputsSeen(file: CaseFile): SigningInputs | undefined {
  if (file.inputs !== undefined && file.inputsFrom !== 'signer') return file.inputs
  // A request of the signer's serves as well: what the law makes of it is what a verifier calculates, if it arrived so.
  const request = file.wire.request?.request ?? file.request
  const parts = file.verifier.parts
  if (parts === undefined && (request === undefined || isVersion2(request))) return undefined
  const authorization = request === undefined ? undefined : authorizationOf(request)
  const by = authorization?.by ?? 'header'
  const scope = credentialOf(authorization)?.scope ?? file.signer.read?.scope ?? file.verifier.read?.scope
  const profile = file.known.profile ?? profileSeen(file, scope?.service)
  return {
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
    derivation: LAWFUL_DERIVATION,
    verbatim: parts ?? {},
    stringToSignEnd: 'hash',
    lineBreak: '\n',
    signatureEncoding: 'hex',
  }
}

/** Signed by version 2: what version 4 makes of such a request says nothing of what was signed. */
function isVersion2(request: HttpRequest): boolean {
  return version2Of(request) !== undefined || (/[?&]AWSAccessKeyId=/i.test(request.target) && /[?&]Signature=/.test(request.target))
}

/** The verifier's text of a part, as far as it can be told. */
export function verifierPart(file: CaseFile, part: CanonicalRequestPart): string | undefined {
  const inputs = inputsSeen(file)
  return inputs === undefined ? undefined : canonicalRequestPart(inputs, part)
}

/** The signer's text of a part, where its canonical request is known. */
export function signerPart(file: CaseFile, part: CanonicalRequestPart): string | undefined {
  return file.signer.parts?.[part] ?? disagreementOn(file, part)?.signer
}

/** The disagreement about a part, if both sides are known and differ in it. */
export function disagreementOn(file: CaseFile, part: CanonicalRequestPart): Disagreement | undefined {
  return file.disagreements.find((one) => one.part === part)
}

/** What prose, configuration and code say for a cause, by its id or by its class. */
export function cluesWeigh(
  file: CaseFile,
  cause: Pick<Cause, 'id' | 'class' | 'narrow'>,
): { readonly weight: number; readonly grounds: readonly string[] } {
  const byId = cluesFor(file, cause.id).map((clue) => ({ clue, share: 1 }))
  const byClass = cluesFor(file, cause.class).map((clue) => ({ clue, share: shareOf(clue, cause) }))
  const all = [...byId, ...byClass].filter(({ share }) => share > 0)
  return { weight: weightTogether(all), grounds: all.map(({ clue }) => clue.message) }
}

/** A clue about a class is shared by its causes; a narrow cause has its part only where the clue names it. */
function shareOf(clue: Clue, { id, narrow }: Pick<Cause, 'id' | 'narrow'>): number {
  if (narrow !== true) return 0.9
  return clue.tags.includes(id) ? 0.95 : 0
}

/** Whether a client of this name signed or sent the request, and its version. */
export function clientSeen(file: CaseFile, name: RegExp): { readonly name: string; readonly version: string } | undefined {
  for (const seen of file.observations) if (seen.kind === 'client' && name.test(seen.name)) return seen
  return undefined
}

/** The repairs for the client that was seen; all of them where none was, or none of them is for it. */
export function clientFixes(file: CaseFile, fixes: readonly (readonly [client: RegExp, fix: Fix])[]): Fix[] {
  const fitting = fixes.filter(([client]) => clientSeen(file, client) !== undefined)
  return (fitting.length > 0 ? fitting : fixes).map(([, fix]) => fix)
}

/** Both sides' inputs for an explanation, put together from the evidence where the match has none. */
export function sidesOf<Params>(
  match: Match<Params>,
  undo: (inputs: SigningInputs, params: Params) => SigningInputs,
): { readonly verifier: SigningInputs; readonly signer: SigningInputs } | undefined {
  const verifier = match.verifier ?? inputsSeen(match.file)
  if (verifier === undefined) return undefined
  return { verifier, signer: match.signer ?? undo(verifier, match.params) }
}

/** Two values side by side, with the place in the evidence where the part stands. */
export function labelOf(file: CaseFile, part: CanonicalRequestPart, calculated: string, signed: string, note: string): Label {
  const from = placeOf(file, part)
  return { part, calculated, signed, note, ...(from === undefined ? {} : { from }) }
}

function placeOf(file: CaseFile, part: CanonicalRequestPart): Location | undefined {
  const seen = disagreementOn(file, part)
  return (
    seen?.signerLocation ??
    file.signer.canonicalRequest?.location ??
    seen?.verifierLocation ??
    file.verifier.canonicalRequest?.location ??
    file.wire.request?.location
  )
}

function changedText<Params>(cause: CauseHead<Params>, inputs: SigningInputs, params: Params): string | undefined {
  const undone = cause.undo(inputs, params)
  if (undone === inputs) return undefined
  // The part itself first; then what else the edit touched, so that two edits alike in this part stay apart.
  const { [cause.part]: written, ...others } = undone.verbatim
  return canonicalRequestPart(undone, cause.part) + SEPARATOR + JSON.stringify([written !== undefined, others, undone.lineBreak])
}

function profileSeen(file: CaseFile, service: string | undefined): SigningProfile {
  const name = file.known.service ?? service
  if (name !== undefined) return signingProfileOf(name)
  const host = file.request === undefined ? undefined : headerValue(file.request, 'host')
  const s3 = file.refusal?.dialect === 's3' || /(?:^|\.)s3[.-]/.test(host ?? '')
  return signingProfileOf(s3 ? 's3' : '')
}

/** Tested, never reported unproven. */
export const SEARCH_ONLY = 0.1
/** How much a narrow cause weighs that makes the signer's text: more than the broader one that makes it too. */
export const NARROW_FIT = 0.95
const WORTH_REPORTING = 0.2
const NOTHING_SAID = { weight: 0, grounds: [] as readonly string[] }
const MOST_CANDIDATES = 60
/** Of texts far longer than any that is sent, fewer are made: sixty with 20,000 headers each would take gigabytes. */
const FEWEST_CANDIDATES = 8
const MOST_TEXT = 8_000_000
// Cannot occur in a canonical request.
const SEPARATOR = '\u0000'
