// The sentences of texts as a reader meets them: reports of the golden cases, the man page (which is all of --help), cause pages.
import { readdirSync, readFileSync } from 'node:fs'

/** Sentences of a text; what stands between semicolons counts as one. */
export const sentencesOf = (text) =>
  text
    .replace(/\s+/g, ' ')
    .split(/(?<=[.?!;])\s/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => wordsOf(sentence) > 0)

export const wordsOf = (sentence) => sentence.split(/\s+/).filter((word) => /[a-z0-9]/i.test(word)).length

/** The sentences of every report, each once, with the file. Commands, values and places are none. */
export function reportSentences() {
  const root = 'packages/countersign/test/cases'
  const reports = readdirSync(root, { recursive: true }).filter((name) => name.endsWith('expected.txt'))
  return onceEach(reports.flatMap((name) => entriesOf(readFileSync(`${root}/${name}`, 'utf8')).map((text) => [`${root}/${name}`, text])))
}

/** An entry is a line with its name, and the lines below that stand under its text. */
function entriesOf(report) {
  const entries = []
  let open = false
  for (const line of report.split('\n')) {
    const begins = ENTRY.exec(line)
    if (begins !== null) entries.push(line.slice(begins[0].length))
    else if (open && /^(?: {9}| {2})\S/.test(line) && !PLACE.test(line)) entries.push(`${entries.pop()} ${line.trim()}`)
    open = begins !== null || (open && /^(?: {9}| {2})\S/.test(line) && !PLACE.test(line))
  }
  return entries
}

const ENTRY =
  /^(?: {2}(?:Why|Proof|Seen|Fix|Don't|Verify|Or) +| {2}- |Note: |(?:PROVEN|LIKELY) {2}[^(]{1,60}\([^)]{1,100}\): |(?=To be sure|\d+ (?:other|not)))/
const PLACE = /^ {2}(?:More {3}|canonical|string to sign|signing|signature|session|clock|payload|Authorization)/

/** The sentences of --help, from the man page that is made of it. */
export function helpSentences() {
  const page = readFileSync('docs/man/countersign.1', 'utf8')
  const lines = page
    .split('\n')
    .filter((line) => !/^\.(?:TH|SH|SS|nf|fi|RS|RE|IP|PP|B|BR|TP|EX|EE)|^\\fB|^'/.test(line) && !line.startsWith('.'))
  return onceEach(lines.map((line) => ['docs/man/countersign.1', line.replace(/\\f[BIRP]|\\&/g, '').replaceAll('\\-', '-')]))
}

/** The prose of the cause pages. */
export function pageSentences() {
  const pages = readdirSync('docs/causes').map((name) => `docs/causes/${name}`)
  return onceEach(
    pages.flatMap((page) =>
      readFileSync(page, 'utf8')
        .replace(/^```[\s\S]*?^```/gm, '')
        .split('\n')
        .filter((line) => !/^(?:#|\||In the bundled cases)/.test(line))
        .map((line) => [page, line.replace(/``[^`]+``|`[^`]*`/g, 'X')]),
    ),
  )
}

function onceEach(texts) {
  const known = new Map()
  for (const [where, text] of texts) for (const sentence of sentencesOf(text)) if (!known.has(sentence)) known.set(sentence, where)
  return [...known].map(([sentence, where]) => ({ sentence, where, words: wordsOf(sentence) }))
}

/** The number of words that half of the sentences do not exceed. */
export const medianWords = (sentences) => sentences.map(({ words }) => words).sort((a, b) => a - b)[sentences.length >> 1] ?? 0
