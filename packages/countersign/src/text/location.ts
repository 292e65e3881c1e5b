/** Places in the user's own bytes. */

/** Where in the user's own bytes something stands. Offsets count bytes from 0; `end` is exclusive. */
export interface Location {
  /** Name of the piece of evidence, for example a file name or "-" for standard input. */
  readonly source: string
  readonly start: number
  readonly end: number
}
