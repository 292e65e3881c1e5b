/** Texts short enough to be read: evidence may hold a part of any length, and a report says it in several places. */

/** The beginning and the end of a text that is too long, and how much is left out between them. */
export function shortened(text: string): string {
  if (text.length <= LONGEST) return text
  const [from, to] = [boundary(text, LONGEST - END), boundary(text, text.length - END)]
  return text.slice(0, from) + leftOut(to - from) + text.slice(to)
}

/** Texts that are compared, each cut to the same window round their first difference. */
export function shortenedTogether(texts: readonly string[]): readonly string[] {
  if (texts.every((text) => text.length <= LONGEST)) return texts
  const from = Math.max(0, firstDifference(texts) - BEFORE)
  return texts.map((text) => {
    if (text.length <= LONGEST) return text
    const start = boundary(text, Math.min(from, text.length - LONGEST))
    const end = boundary(text, start + LONGEST)
    return leftOut(start) + text.slice(start, end) + leftOut(text.length - end)
  })
}

function firstDifference(texts: readonly string[]): number {
  const [first = '', ...others] = texts
  let at = 0
  while (at < first.length && others.every((other) => other[at] === first[at])) at++
  return others.length === 0 ? 0 : at
}

/** The place, or the one before where it is amid a character. */
function boundary(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text[at] ?? '') && at > 0 ? at - 1 : at
}

function leftOut(characters: number): string {
  return characters === 0 ? '' : `… (${characters.toLocaleString('en')} characters left out) …`
}

const LONGEST = 2000
const END = 400
const BEFORE = 400
