/**
 * A field of a form as it was sent: its name in its own spelling, its value as a byte string.
 * @internal
 */
export interface FormField {
  readonly name: string
  readonly value: string
}
