/** Patterns put together from lists of words: what a rule says, without a long regular expression. */

/** Alternatives, separated by "|", as whole words. A list may hold other lists, and pieces of patterns. */
export function words({ raw }: TemplateStringsArray, ...lists: readonly string[]): string {
  return `(?<!\\w)${anyOf({ raw } as TemplateStringsArray, ...lists)}(?!\\w)`
}

/** Alternatives, separated by "|", that may begin or end within a word. Blanks around "|" are for the reader only. */
export function anyOf({ raw }: TemplateStringsArray, ...lists: readonly string[]): string {
  const source = raw.map((piece, i) => piece + (lists[i] ?? '')).join('')
  return `(?:${source.trim().replace(/\s+/g, ' ').replace(/ \| /g, '|')})`
}

/** The first before the second, on one line, at most `gap` characters apart. */
export function then(first: string, second: string, gap = 60): string {
  return `${first}[^\\n]{0,${gap}}?${second}`
}

/** Both, in any order. */
export function near(one: string, other: string, gap = 60): string {
  return `(?:${then(one, other, gap)}|${then(other, one, gap)})`
}

/** Any of the alternatives, in any case of letters. */
export function pattern(...alternatives: readonly string[]): RegExp {
  return new RegExp(alternatives.join('|'), 'i')
}

/** Any of the alternatives, as written. */
export function exact(...alternatives: readonly string[]): RegExp {
  return new RegExp(alternatives.join('|'))
}

/** Any of some patterns, with the flags of the first. */
export function either(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), patterns[0]?.flags)
}
