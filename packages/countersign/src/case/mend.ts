/** A few bytes of somebody's own file, and what must stand there instead. */
import type { Location } from '../text/index.js'

/** `at` is where `from` stands; "" where something is missing at that place. */
export interface Mend {
  readonly at: Location
  readonly from: string
  readonly to: string
}
