/**
 * Masked and cut text: what people and tools put in place of a key, a signature or a long tail before they show a text.
 */

/** Whether some of the text was taken out or painted over, so that it can not be compared byte for byte. */
export function isMasked(text: string): boolean {
  return MASK.test(text)
}

/**
 * Whether two texts are the same, or differ only where one of them is masked. Compared line by line: a mask matches
 * anything within its line, and a cut end ("..." closing a text) matches the rest.
 */
export function sameUnlessMasked(a: string, b: string): boolean {
  if (a === b) return true
  const left = a.split('\n')
  const right = b.split('\n')
  const shared = Math.min(left.length, right.length)
  for (let i = 0; i < shared; i++) {
    const one = left[i] ?? ''
    const other = right[i] ?? ''
    if (!sameLine(one, other)) return false
    if (left.length !== right.length && i === shared - 1) return isCut(left.length < right.length ? one : other)
  }
  return true
}

function isCut(line: string): boolean {
  return CUT_END.test(line)
}

function sameLine(a: string, b: string): boolean {
  if (a === b) return true
  return matchesMask(a, b) || matchesMask(b, a)
}

/** Whether `text` fits `pattern`, in which a mask stands for anything. */
function matchesMask(pattern: string, text: string): boolean {
  if (!MASK.test(pattern)) return false
  const pieces = pattern.split(MASKS)
  const first = pieces[0] ?? ''
  const last = pieces[pieces.length - 1] ?? ''
  // A masked other side can hide the place where the two would meet; its literal beginning and end still have to agree.
  if (MASK.test(text)) return bothMasked(first, last, text)
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false
  let at = first.length
  const end = text.length - last.length
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at)
    if (found < 0 || found + piece.length > end) return false
    at = found + piece.length
  }
  return true
}

function bothMasked(first: string, last: string, text: string): boolean {
  const others = text.split(MASKS)
  const otherFirst = others[0] ?? ''
  const otherLast = others[others.length - 1] ?? ''
  const begins = first.startsWith(otherFirst) || otherFirst.startsWith(first)
  return begins && (last.endsWith(otherLast) || otherLast.endsWith(last))
}

const UTF8_ELLIPSIS = '\\u00e2\\u0080\\u00a6'
const MASK_SOURCE = [
  '\\*\\* ?redacted ?\\([^)\\n]{0,40}\\) ?\\*\\*',
  '\\*{3,}(?:sha256:[0-9a-f]{64})?',
  'X{3,}',
  'x{4,}',
  `(?:\\.{3,}|\\u2026|${UTF8_ELLIPSIS})`,
  '<[A-Za-z][A-Za-z0-9 _.:/-]{1,60}>',
  '<\\.{3}>',
  '[\\[({<]{1,2}(?:redacted|removed|masked|hidden|omitted|snip(?:ped)?|truncated|not shown)[^\\])}>\\n]{0,40}[\\])}>]{1,2}',
  '\\bREDACTED\\b',
  '_REDACTED_?',
  '-{1,5} ?snip(?:ped)? ?-{0,5}',
  '^\\s*snip(?:ped)?\\s*$',
].join('|')

const MASK = new RegExp(MASK_SOURCE)
const MASKS = new RegExp(MASK_SOURCE, 'g')
const CUT_END = new RegExp(
  `(?:\\.\\.\\.|\\u2026|${UTF8_ELLIPSIS}|[-[(<]{1,3} ?(?:snip(?:ped)?|truncated|cut)[^\\])>\\n]{0,20}[-\\])>]{0,3})[ \\t\\r]{0,20}$`,
)
