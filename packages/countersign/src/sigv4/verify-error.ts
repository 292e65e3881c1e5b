/**
 * AWS's own codes, texts and statuses for a request that is refused.
 * @see ../../../../docs/manual/error-order.md
 */

import type { CheckGroup } from '../catalog/index.js'

/**
 * A refusal as AWS words it.
 * @public
 */
export interface VerifyError {
  /** AWS's code, for example "SignatureDoesNotMatch". */
  readonly code: string
  /** AWS's message, word for word. */
  readonly message: string
  /** HTTP status. */
  readonly status: number
  /** The check that failed. */
  readonly check: string
  /** The group it belongs to, as causes name it. */
  readonly group: CheckGroup
  /** Its number, counted from 1, and how many checks there are. */
  readonly number: number
  readonly of: number
  /** Extra elements of the error body in AWS's order, for example ["Region", "eu-west-1"]. */
  readonly extra: readonly (readonly [name: string, value: string])[]
}
