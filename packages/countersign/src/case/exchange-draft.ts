/** An exchange while it is joined of its pieces. */
import { splitTarget } from '../sigv4/index.js'
import type { Piece, PieceKeys } from './piece.js'
import { differentSignings } from './same-signature.js'
import { bare, differ } from './same-target.js'

/** An exchange that still grows. */
export class Draft {
  readonly pieces: Piece[] = []
  readonly otherAttempt: Piece[] = []
  keys: PieceKeys = {}

  add(piece: Piece): void {
    const { status, code, requestId, ...keys } = piece.keys
    // A redirect or "100 Continue" is no end: the answer after it counts.
    const ended = this.final
    this.pieces.push(piece)
    this.keys = {
      ...keys,
      ...this.keys,
      ...(ended ? {} : onlyDefined({ status, code, requestId })),
      ...(this.keys.requestId === undefined && requestId !== undefined ? { requestId } : {}),
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

  /** Whether a redirect can have led to a path: where it names one, to that. */
  leadsTo(path: string | undefined): boolean {
    const locations = this.pieces.flatMap(({ observations }) =>
      observations.flatMap((one) =>
        one.kind === 'response' ? one.headers.flatMap(([name, value]) => (name.toLowerCase() === 'location' ? [value] : [])) : [],
      ),
    )
    const last = locations.at(-1)
    return last === undefined || path === undefined || bare(splitTarget(last.trim()).path) === bare(path)
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

function onlyDefined(keys: Partial<Record<'status' | 'code' | 'requestId', unknown>>): PieceKeys {
  return Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined))
}
