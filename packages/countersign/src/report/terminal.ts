/** The diagnosis for a person at a terminal, in a dozen lines: what, where, proof, fix, what not to do, what next. */
import type { Fix, Label } from '../causes/index.js'
import type { Diagnosis, Finding } from '../diagnosis/index.js'
import { frame } from './frame.js'
import { bare, Page } from './page.js'
import { type CleanDiagnosis, cleanDiagnosis, type ReportOptions } from './redaction/clean-diagnosis.js'
import { columnsOf, visible } from './redaction/visible.js'
import { compared, editLines, requestLines } from './terminal-parts.js'
import { verbose } from './terminal-verbose.js'
import { VERDICTS } from './verdict.js'
import {
  alternativesShown,
  appliesToText,
  causesText,
  certainty,
  comparisonTells,
  findingsAskedAbout,
  plural,
  verdictLine,
} from './wording.js'

export interface TerminalOptions extends ReportOptions {
  /** Colour is never the only carrier of meaning. */
  readonly colour: boolean
  /** Columns to fold sentences at; commands and values are never folded. */
  readonly columns?: number
  /** The two canonical requests in full; otherwise what differs between them, where the findings do not say it all. */
  readonly diff?: boolean
  /** Everything: why, every fix, what was ruled out. Otherwise what a person needs first. */
  readonly verbose?: boolean
  /** How the reader comes to everything: "-v" by default; empty where there is no way. */
  readonly more?: string
  /** The address of a piece of evidence, for terminals that know links. */
  readonly addressOf?: (source: string) => string | undefined
}

/**
 * The report for a terminal, a dozen lines with a line feed at the end. `verbose` gives everything, `columns` folds (100 by default).
 *
 * @param options What is hidden (`redact`: "safe" by default), the secrets you gave, the evidence for its places.
 * @example
 * ```js
 * import { diagnoseEvidence, renderTerminal } from 'countersign'
 *
 * const diagnosis = diagnoseEvidence([{ name: 'message.txt', text: 'Signature expired: 20260303T081531Z is now earlier than 20260303T111031Z (20260303T111531Z - 5 min.)' }])
 * const report = renderTerminal(diagnosis, { colour: false })
 * report.split(':')[0] // => 'PROVEN  clock (clock-skewed)'
 * report.includes('service received  20260303T111531Z') // => true
 * ```
 * @public
 */
export function renderTerminal(diagnosis: Diagnosis, options: TerminalOptions): string {
  const clean = cleanDiagnosis(diagnosis, options)
  const page = new Page(options.colour, Math.max(40, Math.min(options.columns ?? 100, MOST_COLUMNS)))
  if (options.verbose === true) verbose(page, clean, options)
  else brief(page, clean, options)
  return clean.finished(page.text())
}

function brief(page: Page, clean: CleanDiagnosis, options: TerminalOptions): void {
  const { diagnosis } = clean
  const { more = '-v' } = options
  const toMore = more === '' ? '' : `: ${more}`
  if (requestLines(page, diagnosis, MOST_REQUESTS, toMore)) page.gap()
  const asked = diagnosis.findings.slice(0, findingsAskedAbout(diagnosis))
  const first = diagnosis.outcome === 'accepted' ? undefined : asked[0]
  if (first === undefined) {
    verdict(page, diagnosis)
    for (const finding of asked.slice(0, MOST_FINDINGS)) short(page, finding)
  } else {
    whole(page, first, clean, options.addressOf, toMore)
    if (asked.length > 1) page.gap()
    for (const finding of asked.slice(1, MOST_FINDINGS)) short(page, finding)
    const left = asked.length - MOST_FINDINGS
    if (left > 0) page.line(`  and ${left} more${toMore}`)
  }
  const { diff = false, columns } = options
  if (diff || (diagnosis.findings.length === 0 && comparisonTells(diagnosis))) compared(page, clean, diff, columns)
  ending(page, diagnosis, first, more)
}

/** The answer where nothing is to be repaired, or nothing was found. */
function verdict(page: Page, diagnosis: Diagnosis): void {
  const [word, text] = verdictLine(diagnosis)
  page.fold(`${page.in(GOOD.has(word) ? 'good' : 'unsure', word.toUpperCase())}  `, text, 2)
}

/** The best finding. */
function whole(page: Page, finding: Finding, clean: CleanDiagnosis, addressOf: TerminalOptions['addressOf'], toMore: string): void {
  head(page, finding)
  places(page, finding, clean, addressOf)
  for (const label of finding.labels.slice(0, 1)) labelLines(page, label)
  if (finding.proof.level === 'none') {
    page.entry('Proof', `none yet: ${visible(finding.grounds[0] ?? 'it fits the evidence')}`)
  } else page.entry('Proof', visible(finding.proof.statement))
  for (const fix of finding.fixes.slice(0, 1)) fixLines(page, fix, clean, toMore)
  page.entry(
    "Don't",
    visible(
      finding.wrongFixes
        .slice(0, MOST_WRONG_FIXES)
        .map(({ title }) => title)
        .join('; '),
    ),
  )
  alternatives(page, finding)
}

/** Another finding: what, and a reason. */
function short(page: Page, finding: Finding): void {
  head(page, finding)
  const [ground] = finding.grounds
  const reason = finding.proof.level === 'none' ? ground : finding.proof.statement
  if (reason !== undefined) page.entry('', visible(reason))
  alternatives(page, finding)
}

function head(page: Page, finding: Finding): void {
  const sure = certainty(finding)
  const lead = `${page.in(sure === 'proven' ? 'refused' : 'unsure', sure.toUpperCase())}  ${VERDICTS[finding.class]} (${causesText(finding)}): `
  // Where the sentence is long, the one without values stands for it: they are below.
  const [what, summary] = [visible(finding.what), visible(finding.summary)]
  const fits = (text: string): boolean => linesOf(lead, text, page.columns) <= 2
  page.fold(lead, !fits(what) && (fits(summary) || columnsOf(summary) < columnsOf(what)) && finding.labels.length > 0 ? summary : what, 2)
}

/** How many lines a sentence takes after its lead. */
function linesOf(lead: string, text: string, columns: number): number {
  const page = new Page(false, columns)
  page.fold(bare(lead), text, 2)
  return page.text().split('\n').length - 1
}

/** Causes that cannot be told apart by the bytes. */
function alternatives(page: Page, finding: Finding): void {
  const { shown, more } = alternativesShown(finding)
  const rest = more + Math.max(0, shown.length - MOST_ALTERNATIVES)
  if (shown.length > 0) page.entry('Or', `${shown.slice(0, MOST_ALTERNATIVES).join(', ')}${rest > 0 ? `, ${rest} more` : ''}: same effect`)
}

/** Where it stands: "  --> nginx.conf:10   upload.log:130". */
function places(page: Page, { labels, proof }: Finding, clean: CleanDiagnosis, addressOf: TerminalOptions['addressOf']): void {
  const locations = [labels[0]?.from, proof.from].filter((one) => one !== undefined)
  const texts = new Map(locations.map((one) => [clean.lineOf(one), one.source]))
  if (texts.size === 0) return
  const linked = [...texts].map(([text, source]) => page.link(text, addressOf?.(source)))
  page.line(`  ${page.in('quiet', '-->')} ${linked.join('   ')}`)
}

/** The two values, the difference marked. */
function labelLines(page: Page, label: Label): void {
  const [row] = frame(label.calculated, label.signed, { width: Math.max(20, page.columns - SIDES - 2) })
  if (row === undefined) return
  page.line(`    ${page.in('quiet', 'you signed'.padEnd(SIDES - 4))}${row.signed}`)
  if (row.carets !== '') page.line(`${' '.repeat(SIDES)}${page.in('mark', row.carets)}`)
  page.line(`    ${page.in('quiet', 'service received'.padEnd(SIDES - 4))}${row.calculated}`)
}

function fixLines(page: Page, fix: Fix, clean: CleanDiagnosis, toMore: string): void {
  if (editLines(page, fix, clean)) return
  const { title, applicability, command } = fix
  const appliesTo = appliesToText(fix)
  const replace = applicability === 'has-placeholders' ? ' (replace <...>)' : ''
  page.entry('Fix', `${visible(title)}${appliesTo === undefined ? '' : ` (${visible(appliesTo)})`}${replace}`)
  if (command === undefined) return
  const lines = command.split('\n').map(visible)
  page.block(lines.slice(0, MOST_LINES_OF_COMMAND).join('\n'))
  if (lines.length > MOST_LINES_OF_COMMAND) page.block(`... ${plural(lines.length - MOST_LINES_OF_COMMAND, 'more line')}${toMore}`)
}

function ending(page: Page, diagnosis: Diagnosis, first: Finding | undefined, more: string): void {
  const { next, notes, ruledOut } = diagnosis
  for (const note of notes.slice(0, MOST_NOTES)) page.entry('Note', visible(note))
  if (next !== undefined && first?.proof.level !== 'signature') {
    page.entry('Next', visible(`${next.what}: ${next.decides}`))
    if (next.command !== undefined) page.block(visible(next.command))
  }
  const excluded = ruledOut.filter(({ how }) => how !== 'not-testable').length
  const left = [
    first === undefined ? '' : 'why',
    (first?.fixes.length ?? 0) > 1 ? plural(first!.fixes.length - 1, 'other fix', 'other fixes') : '',
    excluded > 0 ? `${plural(excluded, 'cause')} ruled out` : '',
    notes.length > MOST_NOTES ? plural(notes.length - MOST_NOTES, 'more note') : '',
  ].filter((one) => one !== '')
  if (left.length === 0 || more === '') return
  if (more === '-v') page.fold(`  ${page.in('quiet', more)}     `, left.join(', '))
  else page.entry('More', `${left.join(', ')}: ${visible(more)}`)
}

const SIDES = 22
const GOOD = new Set(['accepted', 'valid'])
/** More than a person reads at first. */
const MOST_FINDINGS = 3
const MOST_WRONG_FIXES = 2
const MOST_ALTERNATIVES = 3
const MOST_LINES_OF_COMMAND = 4
const MOST_NOTES = 2
const MOST_REQUESTS = 8
const MOST_COLUMNS = 120
