/**
 * A request exactly as sent or received. `Request`, `URL`, `Headers` and `URLSearchParams` destroy the very bytes a
 * signature covers (`/a/../b`, duplicate headers, `+`, valueless keys), so none of them is used here.
 */

/**
 * A header as it stood on the wire: name in its own spelling, value as a byte string, untrimmed.
 * @public
 */
export type Header = readonly [name: string, value: string]

/**
 * A request exactly as sent or received: nothing decoded, sorted, merged or trimmed. All text is byte strings.
 * @public
 */
export interface HttpRequest {
  /** As sent, for example "GET". Case matters. */
  readonly method: string
  /** Origin-form request target ("/path?query"), percent-encoding untouched. Absolute form is accepted. */
  readonly target: string
  /** Order, spelling and duplicates kept. */
  readonly headers: readonly Header[]
  /** `undefined` means unknown, not empty. */
  readonly body: Uint8Array | undefined
}

/**
 * The path and the raw query of a target. The query is `undefined` where there is no "?", and "" where nothing follows it.
 * @internal
 */
export function splitTarget(target: string): { readonly path: string; readonly query: string | undefined } {
  const absolute = target.startsWith('/') ? null : /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/.exec(target)
  const origin = absolute === null ? target : target.slice(absolute[0].length)
  const mark = origin.indexOf('?')
  const path = mark < 0 ? origin : origin.slice(0, mark)
  return { path: path === '' ? '/' : path, query: mark < 0 ? undefined : origin.slice(mark + 1) }
}
