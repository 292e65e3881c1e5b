/** A mark of a mistake in code that signs, as data: a shape in the text, the languages in which it is one, and the cause it points to. */

import type { Observation } from '../../case/index.js'
import { cluesOf, type Rule } from '../rule.js'
import type { Code, Language } from './language.js'

export interface CodeRule extends Rule {
  /** Only in these languages; absent: in all. Where no language is recognised, these rules are silent. */
  readonly in?: readonly Language[]
}

/** What the rules find in code. */
export function ruleMarks(rules: readonly CodeRule[], { text, language }: Code, source: string): readonly Observation[] {
  // The cheap conditions first: most of them are a word.
  const fitting = rules.filter((one) => one.in === undefined || (language !== undefined && one.in.includes(language)))
  return cluesOf(
    fitting.filter(({ needs, unless }) => needs?.test(text) !== false && unless?.test(text) !== true),
    text,
    source,
  )
}

/** Some words of SigV4. */
export const SIGV4 = /aws4_request|AWS4-HMAC-SHA256|AWS4|x-amz-date|kSigning|k_signing|aws4/i
/** Some words of any signer. */
export const SIGNING = /canonical|string_?to_?sign|tosign|aws4|AWS4|hmac/i
/** Version 4 in so many words. */
export const VERSION_4 = /aws4_request|AWS4-HMAC-SHA256/
