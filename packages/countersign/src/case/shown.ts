/**
 * What the evidence shows by itself: that one value comes out of others. Made here only, and only where it does: no object literal is one.
 * `diagnosis/prove.ts` makes a proof of it.
 */
import { SHORTEST_DIGEST } from '../catalog/index.js'
import type { Location } from '../text/index.js'

declare const shown: unique symbol

export interface Shown {
  readonly [shown]: true
  readonly level: 'signature' | 'text' | 'recomputed'
  /** What matched, in one sentence. */
  readonly statement: string
  readonly from: Location | undefined
}

/** What a finding says in place of its cause's words, which are of Version 4. Byte strings. */
export interface Told {
  readonly what: string
  readonly why: string
  readonly labels: readonly { readonly calculated: string; readonly signed: string; readonly note: string }[]
}

/** A signature that comes out under a secret. `provided` is its bytes in hex, as is `calculated`. */
export function signatureShown(provided: string, calculated: string, statement: string, from: Location | undefined): Shown | undefined {
  return alike(provided, calculated) ? made('signature', statement, from) : undefined
}

/** Two texts that were both read and are one text, once a part of the one stands in the other. */
export function textShown(signed: string, calculated: string, statement: string, from: Location | undefined): Shown | undefined {
  return signed !== '' && signed === calculated ? made('text', statement, from) : undefined
}

/** A value of the evidence that is made of others of it: a digest, so long that no two texts share it by chance. */
export function recomputed(value: string, calculated: string, statement: string, from: Location | undefined): Shown | undefined {
  return alike(value, calculated) ? made('recomputed', statement, from) : undefined
}

/** A payload hash that comes out of a body, changed. */
export function payloadShown(claimed: string, calculated: string, statement: string): Shown | undefined {
  return recomputed(claimed, calculated, statement, undefined)
}

function alike(value: string, calculated: string): boolean {
  return value.length >= SHORTEST_DIGEST && value === calculated
}

function made(level: Shown['level'], statement: string, from: Location | undefined): Shown {
  return { level, statement, from } as Shown
}
