/** An exchange while it is joined of its pieces. */
import type { Piece, PieceKeys } from './piece.js'
import { differentSignings } from './same-signature.js'
import { differ } from './same-target.js'

/** An exchange that still grows. */
export class Draft {
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

function onlyDefined(keys: { readonly status: number | undefined; readonly code: string | undefined }): PieceKeys {
  return { ...(keys.status !== undefined && { status: keys.status }), ...(keys.code !== undefined && { code: keys.code }) }
}
