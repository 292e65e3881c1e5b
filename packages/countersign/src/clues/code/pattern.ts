/** Patterns put together of words and of smaller patterns, so that a rule reads as what it says. */

/** The source of a pattern; what stands in braces is the source of another. */
export function source({ raw }: TemplateStringsArray, ...within: readonly string[]): string {
  return String.raw({ raw }, ...within)
}

/** A pattern in which capitals count. */
export function exactly(text: TemplateStringsArray, ...within: readonly string[]): RegExp {
  return new RegExp(source(text, ...within), 'm')
}

/** A pattern in which capitals do not count. */
export function anyCase(text: TemplateStringsArray, ...within: readonly string[]): RegExp {
  return new RegExp(source(text, ...within), 'im')
}

/** The source of a pattern for one of the words of a list, taken literally: `words('hex2bin, Hex.parse, fromhex')`. */
export function words(...lists: readonly string[]): string {
  const each = lists.flatMap((list) => list.split(', '))
  return `(?:${each.map((one) => one.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('|')})`
}

/** The source of a pattern for one of these sources. */
export function oneOf(...each: readonly string[]): string {
  return `(?:${each.join('|')})`
}

/** A pattern that holds where one of these does, with the flags of the first. */
export function anyOf(patterns: readonly RegExp[]): RegExp {
  return new RegExp(oneOf(...patterns.map(({ source }) => source)), patterns[0]?.flags)
}
