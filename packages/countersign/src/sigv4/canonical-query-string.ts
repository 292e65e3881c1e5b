/**
 * The canonical query string: line 3 of the canonical request.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalQueryString"
 */
import type { SigningProfile } from './signing-profile.js'
import { uriDecode, uriEncode } from './uri-encoding.js'
import { QUERY } from './wire-names.js'

type PlusMeaning = SigningProfile['plusInQuery']

/**
 * A query parameter as it stood on the wire. `value` is `undefined` where there was no "=".
 * @internal
 */
export type QueryParameter = readonly [name: string, value: string | undefined]

/**
 * The parameters of a raw query in the order sent, nothing decoded; empty pieces ("&&") dropped, as AWS drops them.
 * @internal
 */
export function queryParameters(query: string): QueryParameter[] {
  const parameters: QueryParameter[] = []
  for (const piece of query.split('&')) {
    if (piece === '') continue
    const equals = piece.indexOf('=')
    parameters.push(equals < 0 ? [piece, undefined] : [piece.slice(0, equals), piece.slice(equals + 1)])
  }
  return parameters
}

/**
 * Names and values decoded and encoded with the one set of the specification, `name=value` even where no value was sent, sorted by
 * encoded name, then by encoded value, bytewise; X-Amz-Signature left out.
 *
 * @param query The raw text after "?", or `undefined` where there was none.
 * @param plus What a raw "+" means; see {@link SigningProfile.plusInQuery}.
 * @param leftOut A further parameter that was added after signing.
 * @internal
 */
export function canonicalQueryString(query: string | undefined, plus: PlusMeaning = 'space', leftOut?: string): string {
  if (query === undefined || query === '') return ''
  const parameters: [name: string, value: string][] = []
  for (const [name, value] of queryParameters(query)) {
    const encoded = canonicalQueryText(name, plus)
    if (encoded === QUERY.signature || encoded === leftOut) continue
    parameters.push([encoded, value === undefined ? '' : canonicalQueryText(value, plus)])
  }
  return parameters.sort(byNameThenValue).map(joined).join('&')
}

/** A query name or value in canonical form. */
export function canonicalQueryText(text: string, plus: PlusMeaning = 'space'): string {
  if (CANONICAL.test(text)) return text
  return uriEncode(uriDecode(plus === 'space' ? text.replaceAll('+', ' ') : text))
}

/** The decoded value of the first parameter called `name` (already decoded, exact case); `undefined` if absent. */
export function queryValue(query: string | undefined, name: string): string | undefined {
  if (query === undefined || query === '') return undefined
  if (query !== lastQuery) {
    lastValues = queryValuesOf(query)
    lastQuery = query
  }
  return lastValues.get(name)
}

/** The query looked into last, and its decoded values: a verifier asks one query for many parameters in a row. */
let lastQuery = ''
let lastValues: ReadonlyMap<string, string> = new Map()

/** The decoded values of a query by decoded name; of a name that is there more than once, the first. */
export function queryValuesOf(query: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const [name, value] of queryParameters(query)) {
    const key = decoded(name)
    if (!values.has(key)) values.set(key, decoded(value ?? ''))
  }
  return values
}

function byNameThenValue(a: readonly [string, string], b: readonly [string, string]): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1
  return a[1] === b[1] ? 0 : a[1] < b[1] ? -1 : 1
}

function joined([name, value]: readonly [string, string]): string {
  return `${name}=${value}`
}

function decoded(text: string): string {
  return text.includes('+') ? uriDecode(text.replaceAll('+', ' ')) : uriDecode(text)
}

/** Unreserved characters, and escapes in upper case of all others. */
const CANONICAL = /^(?:[A-Za-z0-9\-._~]|%(?:[0189A-F][0-9A-F]|2[0-9A-CF]|3[A-F]|40|5[B-E]|60|7[B-DF]))*$/
