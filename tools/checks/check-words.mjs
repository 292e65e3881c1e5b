// Words for people: refuses, in what a user reads, words that are never right there, and sentences that are too long to be read once.
// Read are the texts in the code of every room that speaks to people, the reports of the golden cases, the man page and the documents.
// Half of the sentences of reports and of --help are short. The rules: CONTRIBUTING.md.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { helpSentences, medianWords, pageSentences, reportSentences, sentencesOf, wordsOf } from './rendered-sentences.mjs'

/** Never right in a text for people, and what to write instead. */
const REFUSED = [
  [/\b(?:is|are|was|were) told\b/i, 'say, show, print'],
  [/\blawful(?:ly)?\b/i, 'valid, allowed'],
  [/\bthe law\b/i, 'the specification, the rules'],
  [/\bof (?:its|their) own accord\b/i, 'automatically'],
  [/\bby (?:itself|themselves)\b/i, 'alone, automatically'],
  [/\banew\b/i, 'again'],
  [/\botherwise than\b/i, 'differently from'],
  [/\bblanks\b|\b(?:a|the|one) blank\b(?! line)/i, 'space, spaces'],
  [/\bwhoever\b/i, 'anyone who'],
  [/\bwhatever\b/i, 'everything that'],
  [/\bline ends?\b(?! with)/i, 'line ending'],
  [/\bis held (?:to|against)\b/i, 'is limited to, is compared with'],
  [/\bstands? in for\b/i, 'replaces'],
  [/\bmay be repeated\b/i, 'repeatable'],
]
const LONGEST = 28
/** What half of the sentences of a report, and of --help, do not exceed. */
const MEDIAN = 14
const SMALL = /\b(?:a|an|the|is|are|was|were|of|to|in|and|or|not|no|with|for|by|it|on|from|that|at|as|be|cannot|needs?)\b/i

const PACKAGE = 'packages/countersign/src'
const problems = []
let texts = 0

const filesIn = (dir, end) =>
  readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(end))
    .map((entry) => join(entry.parentPath, entry.name))

const refuse = (where, text) => {
  for (const [word, better] of REFUSED) {
    const found = word.exec(text)
    if (found !== null) problems.push(`${where}: "${found[0]}"; write: ${better}`)
  }
}

const tooLong = (where, words, sentence) =>
  problems.push(`${where}: ${words} words in a sentence, ${LONGEST} at most: ${sentence.slice(0, 100)}`)

/** Comments, regular expressions, and the three kinds of literals. What is inserted into a template is a word; a
 * template in a template is a text of its own. */
const TOKEN =
  /\/\/.*|\/\*[\s\S]*?\*\/|(?<=[=(,:!&|?{}[;\n]\s*)\/(?![*/\s])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*|'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g
/** Rooms whose texts reach people: the command line, reports, causes, readers, rules, servers, verdicts. */
const ROOMS = [
  'doctor',
  'cli',
  'report',
  'causes',
  'case',
  'catalog',
  'clues',
  'diagnosis',
  'environment',
  'evidence',
  'intake',
  'server',
  'verifier',
]
/** Logs, code, configuration and patterns that rules and readers are tried on, or look for: nobody reads them as ours. */
const SAMPLE = /\n|\\n|\|\||«|\\[wsdb(]|\[[^\]]+\][?*+{]|\(\?[:=!<]|\d{4}-\d\d-\d\dT|^[\w?:*. |()-]+\|[\w?:*. |()-]+$/
const SAMPLES_IN = new Set(['clues', 'evidence', 'catalog', 'case'])
for (const room of ROOMS)
  for (const file of filesIn(`${PACKAGE}/${room}`, '.ts')) {
    const code = readFileSync(file, 'utf8')
    for (const found of code.matchAll(TOKEN)) {
      const literal = found[1] ?? found[2] ?? found[3]
      // Two words that follow each other: anything else is a name.
      if (literal === undefined || !/[a-z]+[,:;]? [a-z]+/i.test(literal)) continue
      // Lists of words, taken apart at once or without any of the small words that a sentence has, and style sheets.
      if (/^\s*\.split\(/.test(code.slice(found.index + found[0].length)) || !SMALL.test(literal) || literal.includes('{--')) continue
      if (SAMPLES_IN.has(room) && SAMPLE.test(literal)) continue
      texts++
      const where = `${file}:${code.slice(0, found.index).split('\n').length}`
      const text = literal.replace(/\$\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, 'X').replaceAll('\\n', '\n')
      refuse(where, text)
      for (const sentence of sentencesOf(text)) {
        const words = wordsOf(sentence)
        if (words > LONGEST) tooLong(where, words, sentence)
      }
    }
  }

/** Documents: prose alone, neither code nor tables that are generated from code. */
const DOCUMENTS = [
  'README.md',
  'CHANGELOG.md',
  ...filesIn('docs/causes', '.md'),
  ...filesIn('docs/manual', '.md'),
  ...filesIn('docs/tutorials', '.md'),
]
for (const file of DOCUMENTS) {
  texts++
  let fenced = false
  for (const [i, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (line.startsWith('```')) fenced = !fenced
    if (!fenced && !line.startsWith('|')) refuse(`${file}:${i + 1}`, line.replace(/`[^`]*`/g, 'X'))
  }
}

/** As they are met: with their values, and all of a fix or a reason in one. */
const [reports, help, pages] = [reportSentences(), helpSentences(), pageSentences()]
for (const { sentence, where, words } of [...reports, ...help, ...pages]) {
  refuse(where, sentence)
  if (words > LONGEST) tooLong(where, words, sentence)
}
const medians = { reports: medianWords(reports), help: medianWords(help) }
for (const [of, words] of Object.entries(medians))
  if (words > MEDIAN) problems.push(`half of the sentences of ${of} have ${words} words or more, ${MEDIAN} at most`)

for (const problem of problems) console.error(problem)
console.log(
  `words: ${texts} texts, ${reports.length + help.length + pages.length} sentences; half of those of reports have at most ${medians.reports} words, of --help ${medians.help}; ${problems.length} problems`,
)
if (problems.length > 0) process.exitCode = 1
