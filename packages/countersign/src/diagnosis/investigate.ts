/** All evidence at once: exchanges, one case for each that was refused, their findings in one list. */
import {
  acrossSignings,
  askedAbout,
  assembleCase,
  type CaseFile,
  credentialsSeen,
  type Exchange,
  exchangesOf,
  isPublishedExample,
  type KnownFacts,
  type Observation,
  privateNames,
  secretsInEvidence,
  withoutCleared,
} from '../case/index.js'
import { authorizationOf, headerValue } from '../sigv4/index.js'
import { withInherited } from './bare-refusals.js'
import { corsSaid } from './cors.js'
import { type DiagnoseOptions, diagnosisSteps } from './diagnose.js'
import type { CaseDiagnosis, DiagnosedRequest, Diagnosis } from './finding.js'
import { findingsInOneList } from './findings-in-one-list.js'
import type { Searching } from './pace.js'
import { requestFacts } from './request-facts.js'
import { sampled } from './sampled.js'
import { hiddenNotes, unsealed } from './sealed-values.js'
import { secretsOfEvidence, withSecretsTried } from './secrets-of-evidence.js'
import { twoRequests } from './two-requests.js'
import { wantedEvidence } from './wanted.js'

export type InvestigateOptions = DiagnoseOptions

/** Says of each request that the evidence shows whether it was accepted, and why the refused ones were refused. Pure. */
export function investigate(observations: readonly Observation[], known: KnownFacts, options: InvestigateOptions): Diagnosis {
  const steps = investigationSteps(observations, known, options)
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

/** An exchange, its case and what was found. */
export interface Examined {
  readonly exchange: Exchange
  readonly file: CaseFile
  readonly found: CaseDiagnosis
}

/**
 * `diagnoseEvidence` after reading, in steps: `next(true)` ends the search, and the best answer so far is the result.
 *
 * @example
 * ```js
 * import { CAUSES, investigationSteps, readEvidence } from 'countersign'
 *
 * const seen = readEvidence([{ name: 'message.txt', text: 'Signature expired: 20260303T081531Z is now earlier than 20260303T111031Z (20260303T111531Z - 5 min.)' }])
 * const until = Date.now() + 1000
 * const steps = investigationSteps(seen, {}, { causes: CAUSES })
 * let step = steps.next()
 * while (!step.done) step = steps.next(Date.now() > until)
 * step.value.outcome // => 'proven'
 * ```
 * @public
 */
export function* investigationSteps(given: readonly Observation[], known: KnownFacts, options: InvestigateOptions): Searching<Diagnosis> {
  const observations = unsealed(given, known.sessionToken)
  const { exchanges, shared, seen, quotesExamples } = withoutExamples(observations)
  const lead = askedAbout(exchanges) ?? unansweredLead(exchanges)
  const everything = assembleCase(observations, known)
  const whole = quotesExamples ? assembleCase(seen, known) : everything
  const queue = exchanges.length === 0 ? [undefined] : inOrder(exchanges, lead, known)
  const examined: Examined[] = []
  const tried = secretsOfEvidence(seen, known)
  let stopped = false
  for (const exchange of sampled(queue)) {
    if (stopped) break
    const file = exchange === undefined ? whole : caseOf(exchange, exchanges, shared, known)
    const first = examined.length === 0
    const steps = diagnosisSteps(
      file,
      first ? options : { ...options, maxTrials: Math.min(options.maxTrials ?? MOST_OF_OTHERS, MOST_OF_OTHERS) },
    )
    let step = steps.next()
    while (step.done !== true) {
      const stop = yield step.value
      stopped ||= stop === true
      step = steps.next(stop)
    }
    const found = yield* withSecretsTried(
      step.value,
      file,
      stopped ? [] : tried,
      (secret) => {
        const knownToo = { ...known, secrets: [secret] }
        return exchange === undefined ? assembleCase(observations, knownToo) : caseOf(exchange, exchanges, shared, knownToo)
      },
      options,
    )
    examined.push({ exchange: exchange ?? NOTHING, file, found })
  }
  const all = withInherited(examined)
  const leading = all.find(({ exchange }) => exchange === lead) ?? (lead === undefined && exchanges.length > 0 ? undefined : all[0])
  const { findings, of } = findingsInOneList(all, leading)
  const outcome = outcomeOf(leading, exchanges, seen)
  const files = new Map(examined.map(({ exchange, file }) => [exchange, file]))
  const requests = exchanges.map((exchange, i) => requestOf(exchange, i, of.get(exchange) ?? [], files.get(exchange)))
  const open = lead !== undefined && leading === undefined && outcome !== 'accepted' ? caseOf(lead, exchanges, shared, known) : undefined
  const apart = outcome === 'proven' ? undefined : twoRequests(leading?.exchange, exchanges, seen)
  const searched = leading?.found.wanted ?? (open === undefined ? [] : wantedEvidence(open))
  const cors = corsSaid(seen, leading?.file.refusal ?? whole.refusal)
  const wanted = [...(apart === undefined ? [] : [apart.wanted]), ...(cors?.wanted ?? []), ...searched]
  return {
    outcome,
    requests,
    error: leading?.found.error,
    findings,
    ruledOut: leading?.found.ruledOut ?? [],
    wanted,
    next: outcome === 'accepted' || outcome === 'nothing-read' ? undefined : (wanted[0] ?? undefined),
    ...(leading?.found.comparison === undefined ? {} : { comparison: leading.found.comparison }),
    ...(leading === undefined ? {} : { facts: requestFacts(leading.file) }),
    unspoken: secretsInEvidence(everything),
    credentials: [...new Set([...credentialsSeen(everything), ...examined.flatMap(({ found }) => found.credentials ?? [])])],
    privateNames: privateNames(everything),
    search: leading?.found.search ?? { trials: 0, exhausted: false },
    notes: [
      ...(apart === undefined ? [] : [apart.note]),
      ...(cors === undefined ? [] : [cors.note]),
      ...notesOf(leading, examined, exchanges, queue.length, seen),
      ...(known.secrets?.length ? hiddenNotes(leading?.file.wire.request?.request, known.sessionToken) : []),
      ...(quotesExamples ? [PUBLISHED] : []),
    ],
  }
}

/** The exchanges without worked examples of documentation, which nobody sent, and what was seen besides those. */
function withoutExamples(observations: readonly Observation[]) {
  const { exchanges, shared } = exchangesOf(observations)
  const examples = new Set(exchanges.filter(isPublishedExample).flatMap((one) => one.observations))
  if (examples.size === 0) return { exchanges, shared, seen: observations, quotesExamples: false }
  return {
    exchanges: exchanges.filter((one) => !isPublishedExample(one)),
    shared,
    seen: observations.filter((one) => one.kind === 'clue' || !examples.has(one)),
    quotesExamples: true,
  }
}

/** Where there is no exchange: what is said is all there is. */
const NOTHING: Exchange = {
  observations: [],
  outcome: 'unknown',
  overcome: false,
  sent: false,
  otherAttempt: undefined,
  answered: false,
  explained: false,
  when: undefined,
  request: undefined,
  credential: undefined,
  keys: {},
  start: { source: '', offset: 0 },
  inLog: false,
}

/** The case of one exchange, with what is said about all, and the exchanges that passed beside it. */
function caseOf(exchange: Exchange, exchanges: readonly Exchange[], shared: readonly Observation[], known: KnownFacts): CaseFile {
  const file = assembleCase([...exchange.observations, ...shared], known)
  const others = exchanges.filter((other) => other !== exchange)
  const across = acrossSignings(
    exchange.observations,
    others.flatMap(({ observations }) => observations),
  )
  return { ...file, deviations: [...withoutCleared(file.deviations, others), ...across], exchange, others }
}

/** Without a refusal: the last request whose outcome the evidence does not show. */
function unansweredLead(exchanges: readonly Exchange[]): Exchange | undefined {
  return exchanges.filter(({ outcome }) => outcome === 'unknown').at(-1)
}

/** The exchanges that are worth a case: the one asked about first, then the others that were refused, then what is open. */
function inOrder(exchanges: readonly Exchange[], lead: Exchange | undefined, known: KnownFacts): readonly Exchange[] {
  const refused = exchanges.filter(({ outcome, overcome }) => outcome === 'refused' && !overcome).reverse()
  const overcome = exchanges.filter(({ outcome, overcome }) => outcome === 'refused' && overcome).reverse()
  // Several requests and no answer to any: nothing was refused as far as the evidence shows. With the key, each can be checked.
  const open = exchanges.filter(({ outcome }) => outcome === 'unknown').reverse()
  const checkable = open.filter((one) => (one === lead && (exchanges.length === 1 || one.answered)) || (known.secrets ?? []).length > 0)
  return [
    ...new Set([
      ...(lead !== undefined && (lead.outcome !== 'unknown' || checkable.includes(lead)) ? [lead] : []),
      ...refused,
      ...overcome,
      ...checkable,
    ]),
  ]
}

function outcomeOf(
  leading: Examined | undefined,
  exchanges: readonly Exchange[],
  observations: readonly Observation[],
): Diagnosis['outcome'] {
  if (exchanges.length === 0 && (leading === undefined || leading.found.findings.length === 0) && nothingRead(observations))
    return 'nothing-read'
  if (leading === undefined) return exchanges.some(({ outcome }) => outcome === 'unknown') ? 'unexplained' : 'accepted'
  return leading.found.outcome === 'valid' ? 'accepted' : leading.found.outcome
}

/** Whether no reader saw anything of a request. */
function nothingRead(observations: readonly Observation[]): boolean {
  return observations.every((one) => NOT_OF_A_REQUEST.has(one.kind) && !(one.kind === 'told' && one.told.what === 'cors'))
}

function requestOf(exchange: Exchange, i: number, findings: readonly number[], file: CaseFile | undefined): DiagnosedRequest {
  const { request, keys, outcome, overcome, when } = exchange
  const check = file?.refusal?.check
  const authority = request === undefined ? undefined : headerValue(request, 'host')
  return {
    id: `r${i + 1}`,
    requestId: keys.requestId,
    when,
    method: request?.method || keys.method,
    target: request === undefined ? keys.path : withoutCredentials(request.target, authorizationOf(request)?.by === 'query'),
    host: authority,
    outcome,
    overcome,
    error:
      keys.code === undefined
        ? undefined
        : { code: keys.code, check: check === undefined ? undefined : { id: check.id, number: check.number, of: check.of } },
    findings,
    searched: file !== undefined,
  }
}

/** A presigned target without its X-Amz-* parameters: with them anybody could send the request. */
function withoutCredentials(target: string, presigned: boolean): string {
  if (!presigned && !/[?&](?:X-Amz-|Signature=)/i.test(target)) return target
  const [path, query = ''] = target.split('?', 2)
  const rest = query.split('&').filter((pair) => !/^(?:X-Amz-|Signature=|AWSAccessKeyId=|Expires=)/i.test(pair))
  return rest.length === 0 || rest[0] === '' ? path! : `${path}?${rest.join('&')}`
}

function notesOf(
  leading: Examined | undefined,
  examined: readonly Examined[],
  exchanges: readonly Exchange[],
  queued: number,
  observations: readonly Observation[],
): readonly string[] {
  const notes = [...(leading?.found.notes ?? unreadableNotes(observations))]
  if (queued > examined.length && queued > 1)
    notes.push(
      `${queued} of ${exchanges.length} requests were refused or are open; ${examined.length} of those were searched, the last ones and some of each kind.`,
    )
  return [...new Set(notes)]
}

function unreadableNotes(observations: readonly Observation[]): readonly string[] {
  return observations.flatMap((one) => (one.kind === 'unreadable' ? [`${one.location.source}: ${one.reason}`] : []))
}

const PUBLISHED = "The evidence quotes a worked example of AWS's documentation; nobody sent that request, so nothing was concluded from it."
const NOT_OF_A_REQUEST: ReadonlySet<Observation['kind']> = new Set([
  'unreadable',
  'clue',
  'client',
  'secret',
  'derived-key',
  'named',
  'setting',
  'told',
])
/** Trials of each exchange after the first. */
const MOST_OF_OTHERS = 20_000
