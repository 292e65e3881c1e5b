/**
 * Words of which a match of a pattern holds at least one. To look for a word costs a hundredth of what V8 takes to make a
 * pattern ready, and of a long list of patterns a short text is matched by one or two.
 */

/** In small letters; `undefined` where not every alternative has such a word, and the pattern has to be tried. */
export function neededWords({ source, flags }: RegExp): readonly string[] | undefined {
  // There, escapes are longer, and letters have more than two cases.
  if (/[uv]/.test(flags)) return undefined
  const words: string[] = []
  let longest = ''
  let word = ''
  /** What stands in groups is not looked at, nor whether a group may be missing. */
  let groups = 0
  for (const [part] of `${source}|`.matchAll(PARTS)) {
    if (part === ')') groups--
    if (part === '(') groups++
    if (groups > 0 && part !== '(') continue
    if (/^(?:[^|([\\?*{+^$.)]|\\[^A-Za-z0-9])/.test(part)) {
      word += part.startsWith('\\') ? part.slice(1) : part
      continue
    }
    // What may be repeated no times is not sure.
    if (/^[?*{]/.test(part)) word = word.slice(0, -1)
    if (word.length > longest.length) longest = word
    word = ''
    if (part !== '|') continue
    if (longest.length < SHORTEST) return undefined
    words.push(longest.toLowerCase())
    longest = ''
  }
  return words
}

/** Plain signs, escapes, classes, how often, and the signs that mean something. */
const PARTS = /[^|([\\?*{+^$.)]+|\\(?:x..|u....|c.|.)|\[(?:\\.|[^\]\\]){0,400}\]|\{[^}]{0,40}\}|./g
const SHORTEST = 4
