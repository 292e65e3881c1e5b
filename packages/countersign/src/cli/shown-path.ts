/** The path of a request as a line about it shows it: without its query, without what no line may show, and short. */
import { redacted } from '../report/index.js'

export function shownPath(target: string, unspoken: readonly string[]): string {
  const path = target.split('?', 1)[0]!
  // Cut twice: so that a long one costs nothing, and, when no secret can be cut in two any more, so that it is short.
  return `${redacted(path.slice(0, 8 * MOST_PATH), unspoken).slice(0, MOST_PATH)}${path.length > MOST_PATH ? '...' : ''}`
}

const MOST_PATH = 300
