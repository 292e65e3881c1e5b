/**
 * Joins the pieces of all evidence into exchanges: one signing, as it was sent once, with its answer.
 *
 * Keys come first: the reader's own, the signature, the request ID, the hash of the canonical request, date with method and path.
 * Position comes last, and only where nothing clashes. Two signatures that requests carry and that differ are never one signing.
 */
import type { Observation } from './observation.js'
import type { Piece, PieceKeys } from './piece.js'
import { differentSignings } from './same-signature.js'

/** An exchange while it is put together. */
export interface Joined {
  readonly pieces: readonly Piece[]
  readonly keys: PieceKeys
  /** Views of another attempt of the same request, for want of one of this attempt's: to compare with, never to prove by. */
  readonly otherAttempt: readonly Piece[]
}

/** The exchanges that the pieces of each source make; the order of the sources changes nothing. */
export function joined(sources: readonly (readonly Piece[])[]): readonly Joined[] {
  return acrossSources(sources.map((pieces) => withinSource(pieces)))
}

/** The exchanges of one source, by key and by position. Linear in the number of pieces. */
function withinSource(pieces: readonly Piece[]): readonly Draft[] {
  const log = new Log()
  for (const piece of pieces) {
    const found = piece.kind === 'sending' ? log.forSending(piece) : piece.kind === 'signing' ? log.forSigning(piece) : log.forAnswer(piece)
    log.put(found ?? log.opened(), piece)
  }
  return log.drafts
}

/** An exchange that still grows. */
class Draft {
  readonly pieces: Piece[] = []
  readonly otherAttempt: Piece[] = []
  keys: PieceKeys = {}

  add(piece: Piece): void {
    this.pieces.push(piece)
    const { status, code, ...keys } = piece.keys
    // A redirect or "100 Continue" is no end: the answer after it counts.
    const ended = this.final
    this.keys = {
      ...keys,
      ...this.keys,
      ...(ended ? {} : onlyDefined({ status, code })),
      ...(this.keys.code === undefined && code !== undefined ? { code } : {}),
    }
  }

  has(kind: Piece['kind']): boolean {
    return this.pieces.some((piece) => piece.kind === kind)
  }

  get answered(): boolean {
    return this.has('answer')
  }

  /** Whether its answer is one that ends an exchange. */
  get final(): boolean {
    const { status, code } = this.keys
    if (status === undefined && code === undefined) return this.pieces.some((piece) => piece.kind === 'answer' && saysSomething(piece))
    return status === undefined || status >= 400 || (status >= 200 && status < 300) || status === 304
  }

  clashesWith(keys: PieceKeys): boolean {
    // A request that was signed twice carries two dates under one signature.
    const same = keys.signature !== undefined && keys.signature === this.keys.signature
    return differentSignings(this.keys.signature, keys.signature) || (!same && differ(this.keys.date, keys.date))
  }
}

/** Texts or facts of the service's without a status: an answer all the same. */
function saysSomething({ observations }: Piece): boolean {
  return observations.some(({ kind }) => kind === 'error' || kind === 'stated' || kind === 'canonical-request' || kind === 'string-to-sign')
}

/** The exchanges of one source so far, and where the next piece belongs. */
class Log {
  readonly drafts: Draft[] = []
  readonly #bySignature = new Map<string, Draft[]>()
  readonly #byKey = new Map<string, Draft>()
  readonly #open = new Map<string | undefined, Draft>()
  readonly #byDate = new Map<string, Draft[]>()

  opened(): Draft {
    const draft = new Draft()
    this.drafts.push(draft)
    return draft
  }

  put(draft: Draft, piece: Piece): void {
    draft.add(piece)
    const { signature, date, exchange, requestId, lane } = piece.keys
    if (signature !== undefined) listed(this.#bySignature, signature, draft)
    if (date !== undefined) listed(this.#byDate, date, draft)
    if (exchange !== undefined) this.#byKey.set(`exchange ${exchange}`, draft)
    if (requestId !== undefined) this.#byKey.set(`request ${requestId}`, draft)
    if (draft.keys.code !== undefined) this.#byKey.set(`code ${draft.keys.code}`, draft)
    this.#open.set(lane, draft)
    if (lane !== undefined) this.#open.set(undefined, draft)
  }

  forSending(piece: Piece): Draft | undefined {
    const { keys } = piece
    const own = this.#ofExchange(keys)
    if (own !== undefined) return own
    const signed = keys.signature === undefined ? undefined : this.#bySignature.get(keys.signature)
    const latest = signed?.at(-1)
    if (latest !== undefined) {
      if (!latest.final || !latest.has('sending')) return latest
      // The same signing is sent once more: the signer's texts are of both.
      const again = this.opened()
      for (const one of latest.pieces) if (one.kind === 'signing') again.add(one)
      return again
    }
    const open = this.#open.get(keys.lane)
    if (open !== undefined && this.#goesTo(open, piece)) return open
    return this.#ofDate(keys, (draft) => !draft.has('sending') && !draft.final && sameTarget(draft.keys, keys))
  }

  forSigning(piece: Piece): Draft | undefined {
    const { keys } = piece
    const own = this.#ofExchange(keys)
    if (own !== undefined) return own
    const latest = keys.signature === undefined ? undefined : this.#bySignature.get(keys.signature)?.at(-1)
    if (latest !== undefined) return latest
    const open = this.#open.get(keys.lane)
    if (open === undefined || open.has('signing') || open.clashesWith(keys)) return undefined
    if (open.final) return this.#isFirst(open) && !open.has('sending') ? open : undefined
    return sameTarget(open.keys, keys) ? open : undefined
  }

  forAnswer(piece: Piece): Draft | undefined {
    const { keys } = piece
    const own = this.#ofExchange(keys)
    if (own !== undefined) return own
    const signed = keys.signature === undefined ? undefined : this.#bySignature.get(keys.signature)
    if (signed !== undefined) return signed.slice(-RECENT).find((draft) => !draft.final) ?? signed.at(-1)
    const byId = keys.requestId === undefined ? undefined : this.#byKey.get(`request ${keys.requestId}`)
    if (byId !== undefined && !byId.clashesWith(keys)) return byId
    const open = this.#open.get(keys.lane)
    if (open !== undefined && !open.clashesWith(keys)) {
      if (!open.final) return open
      if (repeats(open, keys)) return open
    }
    const dated = this.#ofDate(keys, (draft) => !draft.final)
    if (dated !== undefined) return dated
    // A line at the end of a log that says once more what was answered.
    if (keys.code !== undefined && keys.signature === undefined && keys.date === undefined) {
      return this.#byKey.get(`code ${keys.code}`)
    }
    return undefined
  }

  #ofExchange({ exchange }: PieceKeys): Draft | undefined {
    return exchange === undefined ? undefined : this.#byKey.get(`exchange ${exchange}`)
  }

  /** The latest of the same request date of which something more holds. */
  #ofDate({ date, signature }: PieceKeys, fits: (draft: Draft) => boolean): Draft | undefined {
    const dated = date === undefined ? [] : (this.#byDate.get(date) ?? []).slice(-RECENT)
    return dated.filter((draft) => !differentSignings(draft.keys.signature, signature) && fits(draft)).at(-1)
  }

  /** Whether a request goes to the exchange that is open: what was signed is sent, a view is shown again, an answer stood before it. */
  #goesTo(open: Draft, { keys }: Piece): boolean {
    if (open.clashesWith(keys)) return false
    if (open.final) return this.#isFirst(open) && !open.has('sending') && !open.has('signing')
    if (!open.has('sending')) return sameTarget(open.keys, keys) || (open.keys.date !== undefined && open.keys.date === keys.date)
    // Redirected without its Authorization, it is sent on all the same; else another view of the request shows its target.
    return open.answered ? keys.signature === undefined : sameTarget(open.keys, keys)
  }

  /** An answer pasted before its request: only where a source begins so. */
  #isFirst(draft: Draft): boolean {
    return this.drafts.length === 1 && this.drafts[0] === draft
  }
}

/** Whether an answer says again, or more of, what an exchange was answered. */
function repeats({ keys: before, pieces }: Draft, keys: PieceKeys): boolean {
  if (differ(before.requestId, keys.requestId)) return false
  if (before.status !== undefined && keys.status !== undefined && before.status !== keys.status) return false
  if (before.code !== undefined && keys.code !== undefined) return before.code === keys.code
  if (keys.code !== undefined) return before.status === undefined || before.status >= 400
  return keys.status === undefined || pieces.at(-1)?.kind === 'answer'
}

/** Joins what the sources show of one exchange. */
function acrossSources(sources: readonly (readonly Draft[])[]): readonly Joined[] {
  const drafts = sources.flat()
  const gone = new Set<Draft>()
  if (sources.length > 1) {
    for (const keyOf of KEYS) joinByKey(sources, gone, keyOf)
  }
  const left = (): Draft[] => drafts.filter((draft) => !gone.has(draft))
  placeLooseAnswers(left(), gone)
  gatherViews(left(), gone)
  return left().map(({ pieces, keys, otherAttempt }) => ({ pieces, keys, otherAttempt }))
}

/** What names an exchange across sources, surest first. */
const KEYS: readonly ((keys: PieceKeys) => string | undefined)[] = [
  ({ signature }) => signature,
  ({ requestId }) => requestId,
  ({ hash }) => hash,
  ({ date, method, path }) =>
    date === undefined || method === undefined || path === undefined ? undefined : `${date} ${method} ${bare(path)}`,
]

/** Where one source has an exchange under a key and another has it too, they are one; several sendings are paired in order. */
function joinByKey(sources: readonly (readonly Draft[])[], gone: Set<Draft>, keyOf: (keys: PieceKeys) => string | undefined): void {
  const groups = new Map<string, Draft[][]>()
  for (const [i, drafts] of sources.entries())
    for (const draft of drafts) {
      const key = gone.has(draft) ? undefined : keyOf(draft.keys)
      if (key === undefined) continue
      const bySource = groups.get(key) ?? []
      groups.set(key, bySource)
      const own = bySource[i] ?? []
      bySource[i] = own
      own.push(draft)
    }
  for (const bySource of groups.values()) {
    const lists = Object.values(bySource).sort((a, b) => b.length - a.length || order(a[0]!, b[0]!))
    const [most, ...others] = lists
    for (const list of others) for (const [nth, draft] of list.entries()) mergeInto(most!, nth, list.length, draft, gone)
  }
}

/** A draft joins its counterpart; one that was not sent, the signer's, joins all sendings of its signing. */
function mergeInto(most: readonly Draft[], nth: number, of: number, draft: Draft, gone: Set<Draft>): void {
  const targets = of === 1 && !draft.answered && !draft.has('sending') ? most : [most[nth]!]
  const fitting = targets.filter((target) => target !== draft && !target.clashesWith(draft.keys) && !answersDiffer(target, draft))
  for (const target of fitting) for (const piece of draft.pieces) target.add(piece)
  if (fitting.length > 0) gone.add(draft)
}

function answersDiffer(a: Draft, b: Draft): boolean {
  return (
    a.final &&
    b.final &&
    (differ(a.keys.code, b.keys.code) || (a.keys.status !== undefined && b.keys.status !== undefined && a.keys.status !== b.keys.status))
  )
}

/** An answer that stands alone goes to the request without an answer that it fits; without any, it is compared with another attempt. */
function placeLooseAnswers(drafts: readonly Draft[], gone: Set<Draft>): void {
  const waiting = drafts.filter((draft) => !draft.answered).slice(-MOST_LOOSE)
  const loose = drafts.filter((draft) => draft.answered && !draft.has('sending') && !draft.has('signing'))
  for (const answer of loose.slice(-MOST_LOOSE)) {
    const free = waiting.filter((draft) => !gone.has(draft))
    const fitting = free.filter((draft) => !draft.clashesWith(answer.keys))
    const best =
      latest(fitting.filter((draft) => sameTarget(draft.keys, answer.keys))) ??
      (fitting.length === 1 || loose.length === 1 ? latest(fitting) : undefined)
    if (best !== undefined) {
      for (const piece of best.pieces) answer.add(piece)
      gone.add(best)
      continue
    }
    // An answer that says the same once more, in another piece.
    const said = drafts
      .slice(-MOST_LOOSE)
      .find((draft) => draft !== answer && !gone.has(draft) && draft.final && draft.has('sending') && saysTheSame(draft, answer))
    if (said !== undefined) {
      for (const piece of answer.pieces) said.add(piece)
      gone.add(answer)
      continue
    }
    const attempt = latest(free.filter((draft) => sameMethod(draft.keys, answer.keys)))
    if (attempt !== undefined && loose.length === 1) {
      for (const piece of attempt.pieces) answer.otherAttempt.push(piece)
      gone.add(attempt)
    }
  }
}

function saysTheSame(draft: Draft, answer: Draft): boolean {
  return answer.keys.code !== undefined && draft.keys.code === answer.keys.code && !draft.clashesWith(answer.keys)
}

/** Views that carry no key: in a paste about one exchange they are of that exchange. */
function gatherViews(drafts: readonly Draft[], gone: Set<Draft>): void {
  const answered = drafts.filter((draft) => draft.answered)
  if (answered.length > 1) return
  const waiting = drafts.filter((draft) => !draft.answered)
  const one = answered[0] ?? latest(waiting)
  if (one === undefined) return
  for (const draft of [...waiting].reverse()) {
    if (draft === one || one.clashesWith(draft.keys)) continue
    if (one.has('sending') && draft.has('sending') && bothSigned(one, draft)) continue
    for (const piece of draft.pieces) one.add(piece)
    gone.add(draft)
  }
}

/** Two requests that both carry a signature, of which one is masked, may be two. */
function bothSigned(a: Draft, b: Draft): boolean {
  return a.keys.signature !== undefined && b.keys.signature !== undefined && a.keys.signature !== b.keys.signature
}

/** The latest by request date, then by place. */
function latest(drafts: readonly Draft[]): Draft | undefined {
  return [...drafts]
    .sort((a, b) => ((a.keys.date ?? '') < (b.keys.date ?? '') ? -1 : (a.keys.date ?? '') > (b.keys.date ?? '') ? 1 : order(a, b)))
    .at(-1)
}

function order(a: Draft, b: Draft): number {
  const [one, other] = [a.pieces[0]!, b.pieces[0]!]
  return one.source === other.source ? one.start - other.start : one.source < other.source ? -1 : 1
}

function sameMethod(a: PieceKeys, b: PieceKeys): boolean {
  return a.method === undefined || b.method === undefined || a.method === b.method
}

/** Whether two views may be of one request by what they ask for; what is unknown fits. */
function sameTarget(a: PieceKeys, b: PieceKeys): boolean {
  return sameMethod(a, b) && (a.path === undefined || b.path === undefined || bare(a.path) === bare(b.path))
}

/** A path without what encoders and joins differ in. */
function bare(path: string): string {
  return path
    .replace(/^[a-z]{2,6}:\/\/[^/]*/i, '')
    .replace(/%25/g, '%')
    .replace(/%[0-9A-Fa-f]{2}/g, (octet) => String.fromCharCode(Number.parseInt(octet.slice(1), 16)))
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '')
}

function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b
}

function listed(map: Map<string, Draft[]>, key: string, draft: Draft): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [draft])
  else if (list.at(-1) !== draft) list.push(draft)
}

function onlyDefined(keys: { readonly status: number | undefined; readonly code: string | undefined }): PieceKeys {
  return { ...(keys.status !== undefined && { status: keys.status }), ...(keys.code !== undefined && { code: keys.code }) }
}

/** The observations of an exchange, each once, in the order of their places. */
export function observationsOf({ pieces, otherAttempt }: Pick<Joined, 'pieces' | 'otherAttempt'>): readonly Observation[] {
  return [...new Set([...pieces, ...otherAttempt].flatMap(({ observations }) => observations))]
}

const RECENT = 40
/** Of a log of many answers without a key only the last are placed by what they say. */
const MOST_LOOSE = 200
