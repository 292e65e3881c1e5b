/** The diagnosis for a person at a terminal: the best finding in full, the others shorter, then what was ruled out. */
import type { Fix, Label } from '../causes/index.js'
import type { Diagnosis, Finding } from '../diagnosis/index.js'
import { comparedText } from './compare.js'
import { frame } from './frame.js'
import { type CleanDiagnosis, cleanDiagnosis, type ReportOptions } from './redaction/clean-diagnosis.js'
import { columnsOf, visible } from './redaction/visible.js'
import {
  alternativesShown,
  causesText,
  certainty,
  comparedSides,
  comparisonTells,
  headline,
  partText,
  plural,
  requestLine,
  requestsText,
  ruledOutText,
  unexplained,
} from './wording.js'

export interface TerminalOptions extends ReportOptions {
  /** Colour is never the only carrier of meaning. */
  readonly colour: boolean
  /** Columns to fold sentences at; commands and values are never folded. */
  readonly columns?: number
  /** The two canonical requests in full; otherwise what differs between them, where the findings do not say it all. */
  readonly diff?: boolean
}

/**
 * The report, with a line feed at its end.
 * @public
 */
export function renderTerminal(diagnosis: Diagnosis, options: TerminalOptions): string {
  const clean = cleanDiagnosis(diagnosis, options)
  const shown = clean.diagnosis
  const page = new Page(options.colour, Math.max(40, Math.min(options.columns ?? 100, MOST_COLUMNS)))
  page.line(page.bold(headline(shown)))
  requestLines(page, shown)
  // Findings of requests before the one asked about are in its line, and in --format json.
  const asked = findingsAskedAbout(shown)
  shown.findings.slice(0, asked).forEach((finding, i) => {
    page.gap()
    if (i === 0) whole(page, finding, clean)
    else short(page, finding, clean)
  })
  if (shown.outcome === 'unexplained') {
    page.gap()
    page.fold('', unexplained(diagnosis))
  }
  compared(page, clean, options)
  ending(page, shown)
  return clean.finished(page.text())
}

/** One line a request, where there are several: the last ones of many. */
function requestLines(page: Page, { requests, findings }: Diagnosis): void {
  const summary = requestsText({ requests, findings })
  if (summary === '') return
  page.gap()
  page.fold('', summary)
  const left = requests.length - MOST_REQUESTS
  if (left > 0) page.line(`  ... ${plural(left, 'request')} before these`)
  for (const one of requests.slice(-MOST_REQUESTS)) page.line(`  ${requestLine(one, findings)}`)
}

/** How many findings, from the first on, are of the request that is asked about. */
function findingsAskedAbout({ requests, findings, outcome }: Diagnosis): number {
  if (requests.length < 2 || outcome === 'accepted') return findings.length
  const own = requests.filter((one) => one.findings[0] === 0).map((one) => one.findings.length)
  return Math.max(1, ...own)
}

function compared(page: Page, { diagnosis, place }: CleanDiagnosis, { diff = false, columns = 100 }: TerminalOptions): void {
  const { comparison } = diagnosis
  if (comparison === undefined || !(diff || comparisonTells(diagnosis))) return
  page.gap()
  page.fold('canonical requests compared: ', comparedSides(comparison, place))
  const wide = Math.max(40, Math.min(columns, MOST_COLUMNS_COMPARED))
  for (const line of comparedText(comparison, { columns: wide, brief: !diff, mark: (text) => page.mark(text) })) page.line(line)
}

function whole(page: Page, finding: Finding, clean: CleanDiagnosis): void {
  head(page, finding)
  for (const label of finding.labels) labelLines(page, label, clean)
  page.entry('why', finding.why)
  page.entry('proof', proofText(finding, clean))
  for (const ground of finding.grounds) page.entry('seen', ground)
  for (const fix of finding.fixes.slice(0, MOST_FIXES)) fixLines(page, fix)
  const more = finding.fixes.length - MOST_FIXES
  if (more > 0) page.entry('fix', `${plural(more, 'more way')}, for other clients: see "more"; --format json lists them all`)
  for (const { title, why } of finding.wrongFixes) page.entry('not', `${title}: ${why}`)
  page.entry('check', finding.check)
  for (const cause of finding.causes) page.entry('more', `countersign explain ${cause}`)
}

/** A second-best finding: what, the first repair, and why it is only second. */
function short(page: Page, finding: Finding, clean: CleanDiagnosis): void {
  head(page, finding)
  page.entry('proof', proofText(finding, clean))
  for (const ground of finding.grounds.slice(0, 2)) page.entry('seen', ground)
  for (const fix of finding.fixes.slice(0, 1)) fixLines(page, fix)
  page.entry('more', finding.causes.map((cause) => `countersign explain ${cause}`).join('; '))
}

function head(page: Page, finding: Finding): void {
  page.fold(page.certain(`${certainty(finding)}[${causesText(finding)}]`) + ': ', visible(finding.what))
  if (finding.alternatives.length > 0) {
    const { shown, more } = alternativesShown(finding)
    const rest = more === 0 ? '' : ` and ${more} more; --format json lists them`
    page.fold('  ', `cannot be told apart by these bytes from: ${shown.join(', ')}${rest}`)
  }
}

function labelLines(page: Page, label: Label, { place }: CleanDiagnosis): void {
  page.line(`  ${page.dim(partText(label.part))}${label.from === undefined ? '' : page.dim(`   from ${place(label.from)}`)}`)
  const rows = frame(label.calculated, label.signed)
  rows.forEach(({ calculated, signed, carets }, i) => {
    const note = i === rows.length - 1 ? visible(label.note) : ''
    page.line(`    calculated  ${calculated}`)
    page.line(`    signed      ${signed}`)
    if (carets !== '') page.line(`                ${page.mark(carets)}${note === '' ? '' : ` ${note}`}`)
    else if (note !== '') page.line(`                ${note}`)
  })
}

function fixLines(page: Page, fix: Fix): void {
  const where = fix.appliesTo === undefined ? '' : `, ${fix.appliesTo}`
  page.entry('fix', `${fix.title}  (${APPLICABILITY[fix.applicability]}${where})`)
  for (const line of fix.command?.split('\n') ?? []) page.line(`           ${visible(line)}`)
}

function proofText({ proof }: Finding, clean: CleanDiagnosis): string {
  const place = proof.from === undefined ? '' : `  (${clean.place(proof.from)})`
  return proof.level === 'none' ? `none: ${proof.statement}${place}` : `${proof.level}: ${proof.statement}${place}`
}

function ending(page: Page, diagnosis: Diagnosis): void {
  const ruledOut = ruledOutText(diagnosis.ruledOut)
  if (ruledOut !== '') {
    page.gap()
    page.fold('', ruledOut)
  }
  if (diagnosis.search.exhausted) {
    page.fold('', `The search ended at its limit of ${plural(diagnosis.search.trials, 'trial')}; --max-trials raises it.`)
  }
  if (diagnosis.wanted.length > 0) {
    page.gap()
    page.line('wanted, what would decide it:')
    for (const { what, decides, command } of diagnosis.wanted) {
      page.fold('  - ', visible(`${what}: ${decides}`))
      if (command !== undefined) page.line(`      ${visible(command)}`)
    }
  }
  if (diagnosis.notes.length > 0) {
    page.gap()
    for (const note of diagnosis.notes) page.fold('note: ', visible(note))
  }
}

/** Lines being collected, with colour where it is wanted. */
class Page {
  readonly #lines: string[] = []
  readonly #colour: boolean
  readonly #columns: number
  constructor(colour: boolean, columns: number) {
    this.#colour = colour
    this.#columns = columns
  }
  line(text: string): void {
    this.#lines.push(text)
  }
  gap(): void {
    if (this.#lines.at(-1) !== '') this.#lines.push('')
  }
  /** A named line of a finding: "  why    …". */
  entry(name: string, text: string): void {
    if (text !== '') this.fold(`  ${name.padEnd(6)} `, visible(text))
  }
  /** A sentence, folded between words; what follows the first line stands under its beginning. */
  fold(lead: string, text: string): void {
    const indent = lead.startsWith(' ') || lead === 'note: ' ? columnsOf(lead) : lead === '' ? 0 : 2
    let line = lead
    let used = columnsOf(lead.replace(COLOUR_CODES, ''))
    let empty = true
    for (const word of text.split(' ')) {
      const width = columnsOf(word)
      if (!empty && used + 1 + width > this.#columns) {
        this.line(line.trimEnd())
        line = ' '.repeat(indent)
        used = indent
        empty = true
      }
      line += empty ? word : ` ${word}`
      used += width + (empty ? 0 : 1)
      empty = false
    }
    this.line(line.trimEnd())
  }
  text(): string {
    return `${this.#lines.join('\n')}\n`
  }
  bold(text: string): string {
    return this.#in('1', text)
  }
  dim(text: string): string {
    return this.#in('2', text)
  }
  mark(text: string): string {
    return this.#in('33', text)
  }
  certain(text: string): string {
    return this.#in(text.startsWith('proven') ? '1;32' : '1;33', text)
  }
  #in(code: string, text: string): string {
    return this.#colour ? `\u001b[${code}m${text}\u001b[0m` : text
  }
}

/** More than a person reads; the page of the cause has them all. */
const MOST_FIXES = 5
const MOST_REQUESTS = 20
const MOST_COLUMNS = 120
const MOST_COLUMNS_COMPARED = 200

const APPLICABILITY: Readonly<Record<Fix['applicability'], string>> = {
  exact: 'exact',
  'has-placeholders': 'fill in the <...>',
  maybe: 'one of several ways',
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape that begins a colour
const COLOUR_CODES = /\u001b\[[0-9;]*m/g
