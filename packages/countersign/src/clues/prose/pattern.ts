/**
 * Patterns put together from lists of words: what a rule says, without a long regular expression.
 *
 *     pattern`secrets? | ${KEYS} ~ cop(?:y|ied) | pasted || cut >20 off`
 *
 * "|" is between words, "~" says that both stand on one line, at most 60 characters apart, ">" that the first stands before the
 * second ("~20", ">20": at most 20), and "||" is between whole alternatives. Blanks belong to these signs. A word may be a piece of
 * a regular expression; it stands alone, unless it is a list and nothing else.
 */

type Raw = { readonly raw: readonly string[] }

/** In any case of letters. */
export function pattern(text: Raw, ...lists: readonly string[]): RegExp {
  return new RegExp(phrase(text, ...lists), 'i')
}

/** As written. */
export function exact(text: Raw, ...lists: readonly string[]): RegExp {
  return new RegExp(phrase(text, ...lists))
}

/** For use in others. */
export function phrase({ raw }: Raw, ...lists: readonly string[]): string {
  const alternatives = oneLine(raw).split(' || ')
  return `(?:${alternatives.map((one) => related(one.split(/ ([~>]\d*) /), lists)).join('|')})`
}

/** A list for use in patterns, as whole words. */
export function words({ raw }: Raw, ...lists: readonly string[]): string {
  return `(?<!\\w)${anyOf({ raw }, ...lists)}(?!\\w)`
}

/** A list of what may begin or end within a word. */
export function anyOf({ raw }: Raw, ...lists: readonly string[]): string {
  return `(?:${filled(oneLine(raw), lists).replace(/ \| /g, '|')})`
}

/** Any of some patterns, with the flags of the first. */
export function either(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), patterns[0]?.flags)
}

/** A term, an operator, and what follows. */
function related([term = '', operator, ...rest]: readonly string[], lists: readonly string[]): string {
  const first = termOf(term, lists)
  if (operator === undefined) return first
  const second = related(rest, lists)
  const gap = `[^\\n]{0,${operator.slice(1) || '60'}}?`
  return operator.startsWith('>') ? first + gap + second : `(?:${first}${gap}${second}|${second}${gap}${first})`
}

function termOf(term: string, lists: readonly string[]): string {
  const filledTerm = filled(term, lists).replace(/ \| /g, '|')
  return LIST.test(term) ? `(?:${filledTerm})` : `(?<!\\w)(?:${filledTerm})(?!\\w)`
}

/** The text with a mark for each list. */
function oneLine(raw: readonly string[]): string {
  return raw
    .map((piece, i) => (i === 0 ? piece : `«${i - 1}»${piece}`))
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
}

function filled(text: string, lists: readonly string[]): string {
  return text.replace(/«(\d+)»/g, (_, i: string) => lists[Number(i)] ?? '')
}

const LIST = /^(?:«\d+»(?: \| |$))+$/
