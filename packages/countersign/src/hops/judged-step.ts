/** What a step did to the signature: which of its changes are signed, and which causes the diagnosis finds and proves in them. */
import { assembleCase, type CaseFile, type KnownFacts, type Observation } from '../case/index.js'
import type { CauseId } from '../catalog/index.js'
import type { Cause } from '../causes/index.js'
import { diagnose, type Finding, type Proof, proofBetween } from '../diagnosis/index.js'
import {
  authorizationOf,
  type CanonicalRequestPart,
  type Header,
  headerValue,
  isTestable,
  parseCanonicalHeaders,
  sealedSignatureMatches,
  signatureMatches,
  splitTarget,
} from '../sigv4/index.js'
import { causeOf, isOfHops } from './cause-of-change.js'
import type { Change } from './changes.js'
import type { MatchedBy } from './match.js'
import type { Step } from './steps.js'
import { signatureDigest, type View } from './view.js'

/** Whether the signature that a view carries is right for it: by the secret, where one is known. */
export type SignatureHere = 'right' | 'wrong' | 'unknown'

export interface JudgedChange extends Change {
  /** Whether the signature covers it. */
  readonly signed: boolean
}

/** A cause that a step shows. */
export interface StepFinding {
  readonly causes: readonly CauseId[]
  readonly summary: string
  /** The changes that it is about. */
  readonly changes: readonly JudgedChange[]
  /** What the diagnosis knows of it: words and repairs. Absent where the bytes alone name it. */
  readonly finding: Finding | undefined
  readonly proof: Proof
}

export interface JudgedStep extends Step {
  readonly changes: readonly JudgedChange[]
  readonly findings: readonly StepFinding[]
  /** A hop signed the request again: what it changed is in its own signature. */
  readonly signedAgain: boolean
}

export interface JudgeRules {
  readonly known: KnownFacts
  readonly causes: readonly Cause[]
  /** What configurations of the hops that may stand there let suspect. */
  readonly clues: readonly Observation[]
  /** How many changes are still searched: of more the bytes alone name the cause. */
  readonly budget: { left: number }
}

/** Judges what changed in a step, each signed change alone: the request before it with nothing else changed. */
export function judged(step: Step, matchedBy: MatchedBy | undefined, rules: JudgeRules): JudgedStep {
  const { from, to } = step
  const [before, after] = [signatureDigest(from.request), signatureDigest(to.request)]
  if (before !== undefined && after !== undefined && before !== after)
    return { ...step, changes: step.changes.map((one) => ({ ...one, signed: false })), findings: [], signedAgain: true }
  const file = caseOf(from, to, rules)
  const changes = step.byText ? textChanges(file) : step.changes.map((one) => ({ ...one, signed: isSigned(one, file, from, to) }))
  const signed = changes.filter((one) => one.signed)
  if (signed.length === 0) return { ...step, changes, findings: [], signedAgain: false }
  const tied = matchedBy !== 'order'
  const proof = proofBetween({
    signatureBefore: signatureOf(from, rules.known),
    signatureAfter: lost(to) ? 'wrong' : signatureOf(to, rules.known),
    sameSigning: tied && before !== undefined && (before === after || lost(to)),
    exact: to.shows.has('headers'),
  })
  const plain = (change: JudgedChange): StepFinding => {
    const id = causeOf(change)
    return { causes: [id], summary: summaryOf(id, rules.causes), changes: [change], finding: undefined, proof }
  }
  if (!tied || rules.budget.left <= 0) return { ...step, changes, findings: signed.map(plain), signedAgain: false }
  rules.budget.left -= step.byText ? 1 : signed.length
  const findings = step.byText
    ? textFindings(file, signed, rules, plain)
    : signed.map((change) => {
        const own = {
          ...rules,
          causes: rules.causes.filter(({ id }) => isOfHops(id)),
          clues: rules.clues.filter((clue) => isAbout(clue, change)),
        }
        const found = isAuthorizationOf(change) ? undefined : proven(caseOf(from, onlyWith(change, from, to), own), [change], own)
        return found === undefined ? plain(change) : { ...found, changes: [change] }
      })
  return { ...step, changes, findings, signedAgain: false }
}

/** The first proven finding whose causes all lie in these changes. */
function proven(file: CaseFile, changes: readonly JudgedChange[], { causes }: JudgeRules): Omit<StepFinding, 'changes'> | undefined {
  const finding = diagnose(file, { causes, maxTrials: MOST_TRIALS }).findings.find(
    (one) => one.proof.level !== 'none' && one.causes.every((id) => changes.some((change) => concerns(id as CauseId, change))),
  )
  if (finding === undefined) return undefined
  return { causes: finding.causes as readonly CauseId[], summary: finding.summary, finding, proof: finding.proof }
}

/** A clue about a header is about that one only. */
function isAbout(one: Observation, { name }: Change): boolean {
  return one.kind !== 'clue' || one.values['header'] === undefined || one.values['header'] === name
}

/** What the service calculated otherwise: its texts cannot be taken apart, so all that differs is one finding, and what that leaves. */
function textFindings(
  file: CaseFile,
  signed: readonly JudgedChange[],
  rules: JudgeRules,
  plain: (change: JudgedChange) => StepFinding,
): readonly StepFinding[] {
  const found = proven(file, signed, rules)
  if (found === undefined) return signed.map(plain)
  const covered = signed.filter((change) => found.causes.some((id) => concerns(id, change)))
  return [{ ...found, changes: covered }, ...signed.filter((change) => !covered.includes(change)).map(plain)]
}

/** The view before a change, with nothing but this change made. */
function onlyWith({ part, name }: Change, from: View, to: View): View {
  const [a, b] = [from.request, to.request]
  const [before, after] = [splitTarget(a.target), splitTarget(b.target)]
  const path = part === 'path' ? after.path : before.path
  const query = part === 'query' ? after.query : before.query
  const changed: readonly string[] = part === 'host' ? ['host'] : part === 'framing' ? FRAMING : part === 'header' ? [name ?? ''] : []
  const is = ([given]: Header): boolean => changed.includes(given.toLowerCase())
  const body = part === 'body' ? to : from
  return {
    ...to,
    request: {
      method: part === 'method' ? b.method : a.method,
      target: query === undefined ? path : `${path}?${query}`,
      headers: changed.length === 0 ? a.headers : [...a.headers.filter((one) => !is(one)), ...b.headers.filter(is)],
      body: body.request.body,
    },
    body: body.body,
  }
}

function summaryOf(id: CauseId, causes: readonly Cause[]): string {
  return causes.find((cause) => cause.id === id)?.summary ?? id
}

/** Whether the signature of a view is right. */
export function signatureOf(view: View, known: KnownFacts): SignatureHere {
  if ((known.secrets ?? []).length === 0 || !view.shows.has('headers')) return 'unknown'
  const { inputs, provided, providedSeal } = assembleCase([requestSeen(view, 'wire')], known)
  if (inputs === undefined || !isTestable(inputs)) return 'unknown'
  // A recording keeps the SHA-256 of a signature.
  if (provided !== undefined) return signatureMatches(inputs, provided) === undefined ? 'wrong' : 'right'
  if (providedSeal !== undefined) return sealedSignatureMatches(inputs, providedSeal) === undefined ? 'wrong' : 'right'
  return 'unknown'
}

/** The first view as what was signed, the second as what arrived. */
function caseOf(from: View, to: View, { known, clues }: JudgeRules): CaseFile {
  const signer = from.shows.size === 0 ? [] : [requestSeen(from, 'signer')]
  const wire = to.shows.size === 0 ? [] : [requestSeen(withSignatureOf(from, to), 'wire')]
  // The service's own texts stand for the wire: a request that was signed so is what it was sent.
  const sent = to.shows.size === 0 && signer.length > 0 ? [requestSeen(from, 'wire')] : []
  return assembleCase([...from.texts, ...signer, ...wire, ...sent, ...to.texts, ...clues], known)
}

/** What lost its signature on the way is compared by the one it had. */
function withSignatureOf(from: View, to: View): View {
  const given = from.request.headers.find(isAuthorization)
  if (given === undefined || authorizationOf(to.request) !== undefined) return to
  return { ...to, request: { ...to.request, headers: [...to.request.headers, given] } }
}

function lost(to: View): boolean {
  return authorizationOf(to.request) === undefined
}

function requestSeen({ request, body, location }: View, side: 'signer' | 'wire'): Observation {
  return { kind: 'request', side, request, fidelity: 'exact', location, ...(body === undefined ? {} : { bodySeen: body }) }
}

/** Whether a signature covers a change: its part of the canonical request differs. */
function isSigned(change: Change, file: CaseFile, from: View, to: View): boolean {
  const authorization = authorizationOf(from.request)
  if (authorization === undefined) return file.inputs !== undefined && ALWAYS.has(change.part)
  if (isAuthorizationOf(change)) return true
  if (change.part === 'body')
    return !UNSIGNED.test(headerValue(from.request, 'x-amz-content-sha256') ?? defaultPayload(authorization.by, file))
  // The query carried the signature, and is gone with it.
  if (change.part === 'query' && authorization.by === 'query' && lost(to)) return true
  const part = PARTS[change.part]
  if (part === undefined) return change.part === 'framing' && FRAMING.some((name) => namesThatDiffer(file).has(name))
  if (part !== 'canonical-headers') return file.disagreements.some((one) => one.part === part)
  const { how, name = '', before } = change
  // Without its date, or where its value is hidden, the other side has no canonical request that differs. An empty header counts as none.
  if (how === 'removed' && before !== '' && authorization.signedHeaders?.toLowerCase().split(';').includes(name) === true) return true
  return namesThatDiffer(file).has(name)
}

function defaultPayload(by: 'header' | 'query', file: CaseFile): string {
  return by === 'query' ? (file.inputs?.profile.presignedPayloadHash ?? '') : ''
}

/** The signed headers whose canonical lines differ. */
function namesThatDiffer({ disagreements }: CaseFile): ReadonlySet<string> {
  return new Set(headerDifferences(disagreements.find(({ part }) => part === 'canonical-headers')).map(({ name }) => name))
}

function headerDifferences(one: { readonly signer: string; readonly verifier: string } | undefined) {
  if (one === undefined) return []
  const [before, after] = [new Map(parseCanonicalHeaders(one.signer)), new Map(parseCanonicalHeaders(one.verifier))]
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({ name, before: before.get(name), after: after.get(name) }))
}

/** The changes that two canonical requests show. */
function textChanges({ disagreements }: CaseFile): readonly JudgedChange[] {
  return disagreements.flatMap((one): readonly JudgedChange[] => {
    if (one.part === 'canonical-headers')
      return headerDifferences(one).map(({ name, before, after }) => ({
        part: name === 'host' ? 'host' : 'header',
        how: before === undefined ? 'added' : after === undefined || after === '' ? 'removed' : 'changed',
        name,
        ...(before === undefined || HIDDEN.test(name) ? {} : { before }),
        ...(after === undefined || HIDDEN.test(name) ? {} : { after }),
        signed: true,
      }))
    const part = TEXT_PARTS[one.part]
    return part === undefined ? [] : [{ part, how: 'changed', before: one.signer, after: one.verifier, signed: true }]
  })
}

/** Whether a cause can be in a change. */
function concerns(id: CauseId, change: Change): boolean {
  if (change.part === 'host') return id.startsWith('host-') || id === 'header-changed-in-transit' || id === 'header-removed-in-transit'
  if (change.part === 'framing') return id.startsWith('header-')
  if (change.part === 'body') return id.startsWith('payload-')
  if (change.part === 'header' && change.name === 'x-amz-content-sha256') return id.startsWith('payload-') || id.startsWith('header-')
  if (change.part === 'header' && /date/.test(change.name ?? '')) return /^(?:header|request-date|clock|scope-date)/.test(id)
  if (change.part === 'header' && change.name === 'x-amz-security-token') return /^(?:session-token|header)-/.test(id)
  if (change.part === 'path' || change.part === 'query') return /^(?:path|query|bucket|client-known|server-known)/.test(id)
  return id.startsWith(`${change.part}-`)
}

function isAuthorizationOf({ part, name }: Change): boolean {
  return part === 'header' && name === 'authorization'
}

function isAuthorization([name]: Header): boolean {
  return name.toLowerCase() === 'authorization'
}

const PARTS: Partial<Record<Change['part'], CanonicalRequestPart>> = {
  method: 'method',
  path: 'canonical-uri',
  query: 'canonical-query-string',
  host: 'canonical-headers',
  header: 'canonical-headers',
}
const TEXT_PARTS: Partial<Record<CanonicalRequestPart, Change['part']>> = {
  method: 'method',
  'canonical-uri': 'path',
  'canonical-query-string': 'query',
  'payload-hash': 'body',
}
/** The headers that say where a body ends. */
const FRAMING = ['content-length', 'transfer-encoding']
/** What every signature covers. */
const ALWAYS: ReadonlySet<Change['part']> = new Set(['method', 'path', 'query', 'host'])
const UNSIGNED = /^(?:STREAMING-)?UNSIGNED-PAYLOAD/
const HIDDEN = /token|authorization/
const MOST_TRIALS = 20_000
