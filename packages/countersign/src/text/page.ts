/** What a text is like as a piece of writing: its captions, and how its sentences speak. Knows nothing of what it is about. */

export interface Writing {
  /** Titles, without their marks. */
  readonly captions: readonly string[]
  /** Words of its sentences; what stands in fences or as code is none. */
  readonly words: number
  /** Of a hundred words so many speak in general: "if you", "each request must", "may". */
  readonly general: number
  /** Of a hundred words so many tell what happened. */
  readonly past: number
  /** Whether somebody tells what he did and got, or asks: in a sentence, or by a caption that forms for reports have. */
  readonly told: boolean
}

/** Reads a text as writing. Linear in its length. */
export function writingOf(text: string): Writing {
  const { captions, prose } = partsOf(text)
  const words = count(prose, WORD)
  const ofHundred = (pattern: RegExp): number => (words === 0 ? 0 : (count(prose, pattern) * 100) / words)
  return {
    captions,
    words,
    general: ofHundred(GENERAL),
    past: ofHundred(PAST),
    told: captions.some((caption) => REPORT_CAPTION.test(caption)) || TOLD.some((pattern) => pattern.test(prose)),
  }
}

/** Captions, and the sentences without what stands in fences, as code or between backticks. */
function partsOf(text: string): { readonly captions: readonly string[]; readonly prose: string } {
  const captions: string[] = []
  const prose: string[] = []
  let fence: string | undefined
  let before = ''
  const lines = text.split(/\r?\n/)
  for (const [i, line] of lines.entries()) {
    const mark = /^[ >]{0,8}(```|~~~)/.exec(line)?.[1]
    if (mark !== undefined) fence = fence === undefined ? mark : fence === mark ? undefined : fence
    else if (fence === undefined && line.length <= LONGEST_LINE && !/^(?: {4}|\t)/.test(line)) {
      const alone = before.trim() === '' && (lines[i + 1] ?? '').trim() === ''
      const caption = alone ? (/^#{1,6} (.{1,200})/.exec(line)?.[1] ?? (PLAIN_CAPTION.test(line) ? line : undefined)) : undefined
      if (caption !== undefined) captions.push(caption)
      else if (isSentence(line)) prose.push(line.replace(/`[^`]{0,400}`/g, 'x'))
    }
    before = line
  }
  return { captions, prose: prose.join('\n') }
}

/** A line of words: most of what stands between blanks is one. A comment of code or configuration is none. */
function isSentence(line: string): boolean {
  const words = count(line, WORD)
  return words >= 4 && words * 2 >= count(line, /\S+/g) && !/^\s{0,3}(?:#|\/\/|--|;)/.test(line)
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

const LONGEST_LINE = 20_000
const WORD = /(?<![^\s("'*_])[A-Za-z][a-z']{0,30}(?=[\s,.;:)"'*_!?\\]|$)/g
const GENERAL = /\b(?:you|your|must|should|may|can|whether|if|when|whenever|each|every|any|for example|an?)\b/gi
const PAST =
  /\b(?:was|were|did|didn't|got|went|had|came|failed|worked|tried|answered|returned|started|stopped|switched|moved|upgraded|ran|found|saw|gave)\b/gi
/** A title once its marks are gone. */
const PLAIN_CAPTION = /^[A-Z0-9][\w'’/:(),-]{0,40}(?: [\w'’/:(),-]{1,40}){1,9}$/
const REPORT_CAPTION =
  /^\W{0,10}(?:describe the (?:bug|issue|problem)|expected|actual|current|observed|steps|how to reproduce|reproduc|environment|what happen|regression|bug|additional (?:info|context)|symptom|timeline|incident|what (?:we|i)\b|tried|workaround|impact|root cause)/i
const TOLD: readonly RegExp[] = [
  /\bI(?:'m|'ve|'d| am| have| had| get| got| see| saw| tr(?:y|ied)| used?| ran?| run| want| need| can(?:not|'t)?| could| d(?:o|id)| don't| think| believe| found| set| would| will| just| also| still| upgraded| changed| checked)\b/,
  /\b[Mm]y [a-z]{3}/,
  /\b[Ww]e(?:'re|'ve| are| get| got| saw| tried| run| had| upgraded| moved| switched| noticed| found| were| cannot)\b/,
  /\b(?:any (?:ideas?|help|suggestions?)|is this (?:a bug|expected|intended)|thanks for|thanks in advance|thank you|please (?:help|advise)|this morning|last (?:night|week|month)|after (?:upgrading|updating|switching|moving|migrating))\b/i,
]
