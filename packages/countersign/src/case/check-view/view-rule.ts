/** A rule about one view, as data. */
import type { Deviation, Said } from './deviation.js'
import type { RequestView } from './request-view.js'

export interface ViewRule extends Pick<Deviation, 'cause' | 'severity' | 'checks' | 'weight'> {
  readonly id: string
  /** What it looks at, and what has to be known for it: where that is `undefined`, nothing is said. */
  readonly reads: readonly (keyof RequestView)[]
  /** What deviates. Never on what is masked, nor on what the view does not show. */
  readonly check: (view: RequestView) => Iterable<Said>
}
