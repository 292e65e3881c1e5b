/** Chance that a seed decides: the same seed gives the same sets, in whatever order they are made. */
export interface Chance {
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number
  one<T>(of: readonly T[]): T
  happens(probability: number): boolean
  /** Some letters and digits, for names that must not repeat. */
  letters(count: number): string
}

export function chanceOf(seed: string): Chance {
  let state = 0
  for (const sign of seed) state = (Math.imul(state ^ sign.charCodeAt(0), 0x01000193) + 0x9e3779b9) >>> 0
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    whole,
    one: (of) => of[whole(0, of.length - 1)]!,
    happens: (probability) => next() < probability,
    letters: (count) => Array.from({ length: count }, () => 'abcdefghkmnpqrstuvwxyz23456789'[whole(0, 29)]).join(''),
  }
}
