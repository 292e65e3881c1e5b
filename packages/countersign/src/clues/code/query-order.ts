/**
 * A query that a program writes out parameter by parameter, in an order in which nothing is signed.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalQueryString"
 */
import type { Fault } from './code-rule.js'
import type { Code } from './language.js'

/** The first query that is written out of order, where the program signs what it writes and sorts nothing. */
export function queryOrderFaults({ text }: Code): readonly Fault[] {
  if (!SIGNS_TEXT.test(text) || SORTS.test(text)) return []
  for (const match of [...text.matchAll(STATEMENT)].slice(0, MOST_STATEMENTS)) {
    const names = [...match[0].matchAll(NAME)].map(([, name]) => name!)
    const own = names.slice(0, names.includes('X-Amz-Signature') ? names.indexOf('X-Amz-Signature') : undefined)
    const late = own.findIndex((name, i) => i > 0 && name < own[i - 1]!)
    if (late < 0) continue
    const [before, after] = [own[late]!, own[late - 1]!]
    const message = `The query is written with ${after} before ${before}. The canonical query string is sorted by name.`
    const strength = /canonical|query|params|qs/i.test(match[0].split('=', 1)[0]!) ? {} : { strength: 'fair' as const }
    return [{ at: match.index, rule: 'query-written-unsorted', about: 'query-not-sorted', message, ...strength }]
  }
  return []
}

/** What is signed is put together by hand: a method and line feeds, or by its name. */
const SIGNS_TEXT = /canonical|["'`](?:GET|POST|PUT|DELETE|HEAD)\\n/i
const SORTS = /sort|TreeMap|SortedDictionary|OrderBy|BTreeMap|\.Encode\(\)/i
/** A statement with what it goes on with on the next lines: texts joined by a sign at either end. */
const STATEMENT = /^[^\n]{0,200}["'`&?][A-Za-z][\w.-]{0,60}=[^\n]{0,400}(?:\n[ \t]{0,60}[+.&"'`][^\n]{0,300}){0,12}/gm
const NAME = /(?:["'`]|&|\?)([A-Za-z][\w.-]{0,60})=(?!=)/g
const MOST_STATEMENTS = 60
