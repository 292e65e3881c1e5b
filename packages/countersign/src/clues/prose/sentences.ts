/** Finds the sentences of a text among its code, headers and logs. Offsets stay those of the text. */

import { isLogRecord } from '../../text/index.js'
import { blank, withoutBodies } from '../rule.js'
import { either } from './pattern.js'

/** One sentence. */
export interface Sentence {
  readonly text: string
  readonly at: number
  /** The sentences around it, itself among them. */
  readonly paragraph: string
}

/** The scanned part of a text with every line blanked that is no sentence: code, headers, logs, the services' own messages. */
export function proseOf(text: string): string {
  return withoutBodies(text)
    .split('\n')
    .map((line) => (isSentence(line) ? line.replace(SERVICES_OWN, blank) : blank(line)))
    .join('\n')
}

/** The sentences of what {@link proseOf} left. A paragraph ends at an empty line; a line that a list begins is its own. */
export function sentencesOf(prose: string): readonly Sentence[] {
  const sentences: Sentence[] = []
  for (const { text: paragraph, at } of paragraphsOf(prose)) {
    let start = 0
    for (const end of paragraph.matchAll(/(?<!\b(?:e\.g|i\.e|vs|etc|cf))[.!?]["')\]]?(?=\s)|$/g)) {
      const text = paragraph.slice(start, end.index)
      if (text.trim() !== '') sentences.push({ text, at: at + start, paragraph })
      start = end.index + end[0].length
      if (sentences.length >= MOST_SENTENCES) return sentences
    }
  }
  return sentences
}

function paragraphsOf(prose: string): { readonly text: string; readonly at: number }[] {
  const paragraphs: { text: string; at: number }[] = []
  let at = 0
  let open = false
  for (const line of prose.split('\n')) {
    const last = paragraphs.at(-1)
    if (line.trim() === '') open = false
    else if (open && last !== undefined && !ITEM.test(line) && last.text.length < LONGEST) last.text += ` ${line}`
    else {
      paragraphs.push({ text: line, at })
      open = true
    }
    at += line.length + 1
  }
  return paragraphs
}

function isSentence(whole: string): boolean {
  if (whole.length > LONGEST || isLogRecord(whole)) return false
  // A list of signed headers is a word of a sentence.
  const line = whole.replace(/\bSignedHeaders=[\w;%-]{1,300}/g, (list) => blank(list))
  const words = line.match(/(?:^|[\s("'])[A-Za-z][a-z']{0,20}(?=[\s,.;:)"'!?]|$)/g)?.length ?? 0
  // People who say much may have a setting in it.
  return words >= 2 && !NO_SENTENCE.test(line) && (words >= PLENTY || !ASSIGNS.test(line))
}

const PLENTY = 15
const LONGEST = 4000
const MOST_SENTENCES = 2000
const ITEM = /^[ \t>]{0,10}(?:[-*+] |\d{1,3}[.)] |#)/
/** Markup, calls, definitions and commands; lines of HTTP, logs and stack traces; assignments, tables and signed URLs. */
const NO_SENTENCE = either(
  /[;{}]\s{0,5}$|\["|^\s{0,20}(?:[<{}[$]|(?:[#>]|\/\/)(?!\s{1,3}\S{1,20} \S{1,20} \S{1,20} \S)|curl\b|aws )/i,
  /^\s{0,20}(?:export |import |const |let |var |def |function |return |if \()/,
  /^\s{0,20}(?:[A-Z]+ \S{1,2000} HTTP\/|[a-z0-9]+(?:-[a-z0-9]+)+:|AWS4-HMAC|(?:TRACE|DEBUG|INFO|WARN|ERROR)\b|at [\w.$]+\()/,
  /^\s{0,20}(?:Host|Date|Server|Authorization|Location|User-Agent|Content-\w+|Accept\w*|Range|Connection):/,
  /^\s{0,20}(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d |\d{4}-\d\d-\d\d[T ]\d\d)/,
  /\w\(['"][^\n]{0,2000}\)|=>\s{0,5}\{|\|\s{0,20}\w{1,60}\s{0,20}\||https?:\/\/\S{0,2000}X-Amz-Signature=|\w=\w[^\s]{0,2000};/,
)
/** "x = y" is an assignment, "names with = in them" is not. */
const ASSIGNS =
  /(?<!\b(?:with|and|an?|the|or|ha[sd]|have|contain\w{0,3}|like|no|of|only|where|without|sign|char|extra|one|two|trailing))\s:?=\s(?![45]\d\d\b)\S/
/** Sentences in which a service says what everybody reads in every refusal. */
export const SERVICES_OWN = either(
  /(?:The authorization header is malformed|The security token included in the request|Credential should be scoped|There were headers present)[^\n]{0,400}/gi,
  /The request signature we calculated[^\n]{0,240}?(?:signing method\.|provided\.|$)(?: Consult[^\n.]{0,80}\.)?/,
  /<\?xml[^>\n]{0,100}>/,
  /Check your (?:AWS )?(?:Secret Access )?Key and signing method\.?|Consult the service documentation for details\.?/,
)
