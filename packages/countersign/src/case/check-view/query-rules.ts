/** The raw query: what one encoder writes in one way, and parameters that stand once. */
import { brokenEscape, queryParameters, uriDecode } from '../../sigv4/index.js'
import { type RequestView, written } from './request-view.js'
import type { ViewRule } from './view-rule.js'

export const QUERY_RULES: readonly ViewRule[] = [
  {
    id: 'query-two-spaces',
    cause: 'query-plus-and-space-confused',
    severity: 'fragile',
    weight: 0.5,
    checks: ['signature'],
    reads: ['query'],
    *check({ query = '' }) {
      if (/%20/.test(query) && /\+/.test(query)) yield { sentence: 'The query has "%20" and a raw "+": two encoders wrote it.' }
    },
  },
  {
    id: 'query-two-cases',
    cause: 'query-encoded-differently',
    severity: 'fragile',
    weight: 0.4,
    checks: ['signature'],
    reads: ['query'],
    *check({ query = '' }) {
      if (/%(?:[A-F][0-9A-F]|[0-9][A-F])/.test(query) && /%(?:[a-f][0-9a-f]|[0-9][a-f])/.test(query))
        yield { sentence: 'The query has escapes in upper and in lower case: two encoders wrote it.' }
    },
  },
  {
    id: 'query-raw-beside-escaped',
    cause: 'query-encoded-differently',
    severity: 'fragile',
    weight: 0.55,
    checks: ['signature'],
    reads: ['query'],
    *check(view) {
      const values = own(view).map(([, value]) => value)
      for (const char of ['/', '=', '+', ';', ',', ':', '@']) {
        const escaped = new RegExp(`%${char.charCodeAt(0).toString(16)}`, 'i')
        const raw = own(view).filter(([, value]) => value.includes(char))
        if (raw.length === 0 || !values.some((value) => escaped.test(value))) continue
        const names = raw.map(([name]) => name)
        yield {
          sentence: `${names.join(', ')} has a raw "${char}", which stands escaped elsewhere among the parameters of the signature: two encoders wrote them.`,
          names,
          values: { char },
        }
        return
      }
    },
  },
  {
    id: 'query-raw-plus-in-signature',
    cause: 'query-plus-and-space-confused',
    severity: 'breaks',
    checks: ['signature'],
    reads: ['query'],
    *check({ query = '' }) {
      if (/(?:^|&)(?:X-(?:Amz|Goog)-)?Signature=[^&]*\+/.test(query))
        yield { sentence: 'The signature in the URL has an unescaped "+", which the service reads as a space.' }
    },
  },
  {
    id: 'query-broken-escape',
    cause: 'query-encoded-differently',
    severity: 'fragile',
    weight: 0.6,
    checks: ['signature'],
    reads: ['query'],
    *check({ query }) {
      const broken = written(query) === undefined ? undefined : brokenEscape(query ?? '')
      if (broken !== undefined) yield { sentence: 'The query has a "%" that no two hexadecimal digits follow.' }
    },
  },
  {
    id: 'query-parameter-twice',
    cause: 'query-changed-in-transit',
    severity: 'fragile',
    weight: 0.5,
    checks: ['signature', 'authorization-parts'],
    reads: ['query'],
    *check(view) {
      const names = own(view).map(([name]) => name)
      const twice = [...new Set(names.filter((name, i) => names.indexOf(name) !== i))]
      if (twice.length > 0) yield { sentence: `${twice.join(', ')} stands twice in the query.`, names: twice }
    },
  },
]

/** The parameters that a presigner writes, raw. */
function own({ query = '', by, family }: RequestView): readonly (readonly [name: string, value: string])[] {
  if (by !== 'query' || family.prefix === '') return []
  return queryParameters(query).flatMap(([name, value = '']) =>
    uriDecode(name).toLowerCase().startsWith(family.prefix.toLowerCase()) ? [[name, value] as const] : [],
  )
}
