/**
 * The diagnosis as Markdown, ready to be pasted into an issue.
 * @see https://spec.commonmark.org/0.31.2/#backslash-escapes
 */
import type { Fix, Label } from '../causes/index.js'
import type { Diagnosis, Finding } from '../diagnosis/index.js'
import { comparedText } from './compare.js'
import { diffLines, type EditShown } from './edit.js'
import { frame } from './frame.js'
import { type CleanDiagnosis, cleanDiagnosis, type ReportOptions } from './redaction/clean-diagnosis.js'
import { visible, visibleLines } from './redaction/visible.js'
import {
  alternativesShown,
  applicabilityText,
  appliesToText,
  capital,
  certainty,
  comparedSides,
  comparisonTells,
  headline,
  partText,
  plural,
  requestLine,
  requestsText,
  ruledOutText,
  summaryLine,
} from './wording.js'

/**
 * The report as Markdown, with a line feed at its end. Nothing in it mentions people, links issues or is taken for HTML.
 *
 * @param options What is hidden (`redact`: "safe" by default), the secrets you gave, the evidence for its places.
 * @example
 * ```js
 * import { diagnoseEvidence, renderMarkdown } from 'countersign'
 *
 * const diagnosis = diagnoseEvidence([{ name: 'message.txt', text: 'Signature expired: 20260303T081531Z is now earlier than 20260303T111031Z (20260303T111531Z - 5 min.)' }])
 * renderMarkdown(diagnosis).split('\n')[0] // => /^## Proven: clock, the request date was further/
 * ```
 * @public
 */
export function renderMarkdown(diagnosis: Diagnosis, options: ReportOptions = {}): string {
  const clean = cleanDiagnosis(diagnosis, options, true)
  const shown = clean.diagnosis
  const blocks = [
    `## ${sentence(summaryLine(shown))}`,
    ...(shown.findings.length > 0 ? [sentence(headline(shown))] : []),
    ...factTable(shown),
    ...requestLines(shown),
    ...shown.findings.flatMap((finding, i) => (i === 0 ? whole(finding, clean) : short(finding, clean))),
    ...comparison(clean),
    ...ending(shown),
  ]
  return clean.finished(`${blocks.join('\n\n')}\n`)
}

/** What is known of the request. */
function factTable(diagnosis: Diagnosis): string[] {
  const facts = diagnosis.facts ?? []
  if (facts.length === 0) return []
  const rows = facts.map(({ name, value, said }) => `| ${name} | ${inlineCode(visible(value)).replaceAll('|', '\\|')} | ${said} |`)
  return [['| request | | said by |', '|---|---|---|', ...rows].join('\n')]
}

/** A sentence of ours or of the evidence, fit to stand in a paragraph. */
function sentence(text: string): string {
  return markdownText(capital(text))
}

/** One item a request, where there are several. */
function requestLines({ requests, findings }: Diagnosis): string[] {
  const summary = requestsText({ requests, findings })
  return summary === ''
    ? []
    : [
        [markdownText(summary), '', ...requests.slice(-MOST_REQUESTS).map((one) => `- ${inlineCode(requestLine(one, findings))}`)].join(
          '\n',
        ),
      ]
}

function whole(finding: Finding, clean: CleanDiagnosis): string[] {
  return [
    ...head(finding),
    ...finding.labels.map((label) => labelBlock(label, clean)),
    `**Why:** ${sentence(finding.why)}`,
    `**Proof:** ${proofText(finding, clean)}`,
    ...(finding.grounds.length > 0 ? [['**Evidence:**', '', ...finding.grounds.map((ground) => `- ${sentence(ground)}`)].join('\n')] : []),
    ...finding.fixes.map((fix) => fixBlock(fix, clean.edit(fix))),
    ...(finding.wrongFixes.length > 0
      ? [["**Don't:**", '', ...finding.wrongFixes.map(({ title, why }) => `- ${sentence(title)}: ${markdownText(why)}`)].join('\n')]
      : []),
    ...(finding.check === '' ? [] : [`**Verify:** ${sentence(finding.check)}`]),
    `**More:** ${finding.causes.map((cause) => inlineCode(`countersign explain ${cause}`)).join(', ')}`,
  ]
}

function short(finding: Finding, clean: CleanDiagnosis): string[] {
  return [
    ...head(finding),
    `**Proof:** ${proofText(finding, clean)}`,
    ...finding.fixes.slice(0, 1).map((fix) => fixBlock(fix, clean.edit(fix))),
  ]
}

function head(finding: Finding): string[] {
  const title = `### ${capital(certainty(finding))}: ${finding.causes.map(inlineCode).join(' + ')}`
  const same = finding.alternatives.length === 0 ? [] : [`The bytes are the same for: ${alternatives(finding)}`]
  return [title, sentence(finding.what), ...same]
}

function alternatives(finding: Finding): string {
  const { shown, more } = alternativesShown(finding)
  return `${shown.map(inlineCode).join(', ')}${more === 0 ? '' : ` and ${more} more`}`
}

function labelBlock(label: Label, clean: CleanDiagnosis): string {
  const rows = frame(label.calculated, label.signed).flatMap(({ calculated, signed, carets }) => [
    `service received  ${calculated}`,
    `you signed        ${signed}`,
    ...(carets === '' ? [] : [`                  ${carets}`]),
  ])
  const place = label.from === undefined ? '' : `, from ${markdownText(clean.place(label.from))}`
  return [`${sentence(partText(label.part))}${place}: ${markdownText(label.note)}`, '', fenced(rows.join('\n'))].join('\n')
}

/** A fix with its command, or the line it changes, in its own block. */
export function fixBlock(fix: Fix, edit?: EditShown): string {
  if (edit !== undefined)
    return [
      `**Fix:** ${sentence(`${fix.title} (${edit.file}:${edit.line})`)}`,
      '',
      fenced(diffLines(edit).map(visible).join('\n'), 'diff'),
    ].join('\n')
  const line = `**Fix:** ${sentence(titleOf(fix))}`
  return fix.command === undefined ? line : [line, '', fenced(visibleLines(fix.command))].join('\n')
}

/** A fix without its command: what, how surely, for whom. */
export function titleOf(fix: Fix): string {
  const { title } = fix
  const appliesTo = appliesToText(fix)
  return `${title} (${applicabilityText(fix)}${appliesTo === undefined ? '' : `, ${appliesTo}`})`
}

function proofText({ proof }: Finding, clean: CleanDiagnosis): string {
  const place = proof.from === undefined ? '' : ` (${clean.place(proof.from)})`
  return markdownText(proof.level === 'none' ? `not yet: ${proof.statement}${place}` : `${proof.level}: ${proof.statement}${place}`)
}

/** The two texts, folded away where the labels have said what differs. */
function comparison({ diagnosis, place }: CleanDiagnosis): string[] {
  if (diagnosis.comparison === undefined) return []
  const sides = markdownText(comparedSides(diagnosis.comparison, place))
  const text = fenced(comparedText(diagnosis.comparison, { columns: PAGE_COLUMNS }).join('\n'))
  if (comparisonTells(diagnosis)) return [`**Canonical requests compared:** ${sides}`, text]
  return ['<details><summary>Canonical requests compared</summary>', sides, text, '</details>']
}

function ending(diagnosis: Diagnosis): string[] {
  const ruledOut = ruledOutText(diagnosis.ruledOut)
  const limit = `The search stopped after ${plural(diagnosis.search.trials, 'attempt')}.`
  const wanted = diagnosis.wanted.map(
    ({ what, decides, command }) =>
      `- ${sentence(what)}: ${markdownText(decides)}${command === undefined ? '' : `: ${inlineCode(visible(command))}`}`,
  )
  return [
    ...(ruledOut === '' ? [] : [markdownText(ruledOut)]),
    ...(diagnosis.search.exhausted ? [limit] : []),
    ...(wanted.length === 0 ? [] : [['**To be sure, add one of:**', '', ...wanted].join('\n')]),
    ...(diagnosis.notes.length === 0 ? [] : [['**Notes:**', '', ...diagnosis.notes.map((note) => `- ${sentence(note)}`)].join('\n')]),
  ]
}

/**
 * A sentence on one line, in which nothing is markup, a mention or a reference to an issue. It reads as plain text, too:
 * only what would be markup where it stands is escaped.
 */
export function markdownText(text: string): string {
  const shown = visible(text)
  return shown
    .replace(MARKS, '\\$&')
    .replace(/_+/g, (run, at: number, whole: string) => (inWord(whole, at, run.length) ? run : run.replaceAll('_', '\\_')))
    .replace(/~/g, shown.indexOf('~') === shown.lastIndexOf('~') ? '~' : '\\~')
    .replace(/@(?=[A-Za-z0-9])/g, '@\u2060')
    .replace(/#(?=\d)/g, '#\u2060')
    .replace(/^(\d+)([.)])(?= )/, '$1\\$2')
    .replace(/^([-+#=>])/, '\\$1')
}

/** Whether a stretch has letters or digits on both sides. */
function inWord(text: string, at: number, length: number): boolean {
  return /[A-Za-z0-9]/.test(text.charAt(at - 1)) && /[A-Za-z0-9]/.test(text.charAt(at + length))
}

/** Code within a line, whatever backticks it holds. */
function inlineCode(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1)
  return text.includes('`') ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`
}

/** A block of code with a fence longer than any run of backticks in it. */
export function fenced(text: string, language = 'text'): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}${language}\n${text}\n${fence}`
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
}

/**
 * What is markup where it stands: a backslash before punctuation, code, what opens emphasis, links, tags and entities.
 * An underscore within a word is none, a "<" before a space or a dot opens no tag, an "&" is an entity only with its semicolon.
 */
const MARKS = /\\(?=[!-/:-@[-`{-~]|$)|`|\*(?! )|(?<! )\*|\[|<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]{1,32};)/g
const MOST_REQUESTS = 20
// Stacked: an issue's column is narrow, and side by side would be cut.
const PAGE_COLUMNS = 90
