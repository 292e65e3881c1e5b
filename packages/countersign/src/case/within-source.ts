/** Joins the pieces of one source into exchanges, in the order in which they stand. */
import { Draft } from './exchange-draft.js'
import type { Piece, PieceKeys } from './piece.js'
import { differentSignings } from './same-signature.js'
import { differ, sameTarget } from './same-target.js'

/** The exchanges of one source, by key and by position. Linear in the number of pieces. */
export function withinSource(pieces: readonly Piece[]): readonly Draft[] {
  const log = new Log()
  for (const piece of pieces) {
    const found = piece.kind === 'sending' ? log.forSending(piece) : piece.kind === 'signing' ? log.forSigning(piece) : log.forAnswer(piece)
    log.put(found ?? log.opened(), piece)
  }
  return log.drafts
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
    if (open === undefined || open.has('signing') || clashes(open, keys)) return undefined
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
    if (byId !== undefined && !clashes(byId, keys)) return byId
    const open = this.#open.get(keys.lane)
    if (open !== undefined && !clashes(open, keys)) {
      if (!open.final) return open
      if (repeats(open, keys)) return open
    }
    const dated = this.#ofDate(keys, (draft) => !draft.final)
    if (dated !== undefined) return dated
    return (keys.status === undefined ? undefined : this.#waiting(keys)) ?? this.#saidBefore(keys)
  }

  /** The latest request without an answer: where several ran at once, the answer of one comes after that of another. */
  #waiting(keys: PieceKeys): Draft | undefined {
    const recent = this.drafts.slice(-RECENT).reverse()
    return recent.find((draft) => draft.has('sending') && !draft.answered && draft.keys.lane === keys.lane && !clashes(draft, keys))
  }

  /** A line at the end of a log that says once more what was answered. */
  #saidBefore({ code, signature, date, requestId }: PieceKeys): Draft | undefined {
    const said = code === undefined || signature !== undefined || date !== undefined ? undefined : this.#byKey.get(`code ${code}`)
    return said === undefined || differ(said.keys.requestId, requestId) ? undefined : said
  }

  #ofExchange({ exchange }: PieceKeys): Draft | undefined {
    return exchange === undefined ? undefined : this.#byKey.get(`exchange ${exchange}`)
  }

  /** The latest of the same request date of which something more holds. */
  #ofDate({ date, signature, exchange }: PieceKeys, fits: (draft: Draft) => boolean): Draft | undefined {
    const dated = date === undefined ? [] : (this.#byDate.get(date) ?? []).slice(-RECENT)
    return dated
      .filter(({ keys }) => !differ(keys.exchange, exchange) && !differentSignings(keys.signature, signature))
      .filter(fits)
      .at(-1)
  }

  /** Whether a request goes to the exchange that is open: what was signed is sent, a view is shown again, an answer stood before it. */
  #goesTo(open: Draft, { keys }: Piece): boolean {
    if (clashes(open, keys)) return false
    if (open.final) return this.#isFirst(open) && !open.has('sending') && !open.has('signing')
    if (!open.has('sending')) return sameTarget(open.keys, keys) || (open.keys.date !== undefined && open.keys.date === keys.date)
    // Redirected without its Authorization, it is sent on all the same; else another view of the request shows its target.
    return open.answered ? keys.signature === undefined && open.leadsTo(keys.path) : sameTarget(open.keys, keys)
  }

  /** An answer pasted before its request: only where a source begins so. */
  #isFirst(draft: Draft): boolean {
    return this.drafts.length === 1 && this.drafts[0] === draft
  }
}

/** What the reader tells apart is never one, whatever else it has in common. */
function clashes(draft: Draft, keys: PieceKeys): boolean {
  return draft.clashesWith(keys) || differ(draft.keys.exchange, keys.exchange)
}

/** Whether an answer says again, or more of, what an exchange was answered. */
function repeats({ keys: before, pieces }: Draft, keys: PieceKeys): boolean {
  if (differ(before.requestId, keys.requestId)) return false
  if (before.status !== undefined && keys.status !== undefined && before.status !== keys.status) return false
  if (before.code !== undefined && keys.code !== undefined) return before.code === keys.code
  if (keys.code !== undefined) return before.status === undefined || before.status >= 400
  return keys.status === undefined || pieces.at(-1)?.kind === 'answer'
}

function listed(map: Map<string, Draft[]>, key: string, draft: Draft): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [draft])
  else if (list.at(-1) !== draft) list.push(draft)
}

const RECENT = 40
