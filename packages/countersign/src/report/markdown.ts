/**
 * The diagnosis as Markdown, ready to be pasted into an issue.
 * @see https://spec.commonmark.org/0.31.2/#backslash-escapes
 */
import type { Fix, Label } from '../causes/explanation.js'
import type { Diagnosis, Finding } from '../diagnosis/finding.js'
import { cleanDiagnosis, type ReportOptions } from './clean-diagnosis.js'
import { frame } from './frame.js'
import { withoutGiven } from './redact.js'
import { visible, visibleLines } from './visible.js'
import { certainty, headline, partText, placeText, plural, ruledOutText } from './wording.js'

/** Markdown with a line feed at its end. Nothing in it mentions people, links issues or is taken for HTML. */
export function renderMarkdown(diagnosis: Diagnosis, options: ReportOptions = {}): string {
  const clean = cleanDiagnosis(diagnosis, options)
  const blocks = [
    `## ${escapedText(headline(clean))}`,
    ...clean.findings.flatMap((finding, i) => (i === 0 ? whole(finding) : short(finding))),
    ...(clean.outcome === 'unexplained'
      ? ['No known cause gives the signature provided, and nothing in the evidence says what happened.']
      : []),
    ...ending(clean),
  ]
  return withoutGiven(`${blocks.join('\n\n')}\n`, options.secrets ?? [])
}

function whole(finding: Finding): string[] {
  return [
    ...head(finding),
    ...finding.labels.map(labelBlock),
    `**Why:** ${escapedText(finding.why)}`,
    `**Proof:** ${proofText(finding)}`,
    ...(finding.grounds.length > 0 ? [['**Seen:**', '', ...finding.grounds.map((ground) => `- ${escapedText(ground)}`)].join('\n')] : []),
    ...finding.fixes.map(fixBlock),
    ...(finding.wrongFixes.length > 0
      ? [
          ['**Does not help:**', '', ...finding.wrongFixes.map(({ title, why }) => `- ${escapedText(title)}: ${escapedText(why)}`)].join(
            '\n',
          ),
        ]
      : []),
    ...(finding.check === '' ? [] : [`**Check:** ${escapedText(finding.check)}`]),
    `**More:** ${finding.causes.map((cause) => inlineCode(`countersign explain ${cause}`)).join(', ')}`,
  ]
}

function short(finding: Finding): string[] {
  return [...head(finding), `**Proof:** ${proofText(finding)}`, ...finding.fixes.slice(0, 1).map(fixBlock)]
}

function head(finding: Finding): string[] {
  const title = `### ${certainty(finding)}: ${finding.causes.map(inlineCode).join(' + ')}`
  const same =
    finding.alternatives.length === 0
      ? []
      : [`Cannot be told apart by these bytes from: ${finding.alternatives.map(inlineCode).join(', ')}`]
  return [title, escapedText(finding.what), ...same]
}

function labelBlock(label: Label): string {
  const rows = frame(label.calculated, label.signed).flatMap(({ calculated, signed, carets }) => [
    `calculated  ${calculated}`,
    `signed      ${signed}`,
    ...(carets === '' ? [] : [`            ${carets}`]),
  ])
  const place = label.from === undefined ? '' : `, from ${escapedText(placeText(label.from))}`
  return [`${escapedText(partText(label.part))}${place}: ${escapedText(label.note)}`, '', fenced(rows.join('\n'))].join('\n')
}

function fixBlock(fix: Fix): string {
  const where = fix.appliesTo === undefined ? '' : `, ${fix.appliesTo}`
  const line = `**Fix:** ${escapedText(`${fix.title} (${APPLICABILITY[fix.applicability]}${where})`)}`
  return fix.command === undefined ? line : [line, '', fenced(visibleLines(fix.command))].join('\n')
}

function proofText({ proof }: Finding): string {
  const place = proof.from === undefined ? '' : ` (${placeText(proof.from)})`
  return escapedText(`${proof.level}: ${proof.statement}${place}`)
}

function ending(diagnosis: Diagnosis): string[] {
  const ruledOut = ruledOutText(diagnosis.ruledOut)
  const limit = `The search ended at its limit of ${plural(diagnosis.search.trials, 'trial')}.`
  const wanted = diagnosis.wanted.map(
    ({ what, decides, command }) =>
      `- ${escapedText(what)}: ${escapedText(decides)}${command === undefined ? '' : ` ${inlineCode(visible(command))}`}`,
  )
  return [
    ...(ruledOut === '' ? [] : [escapedText(ruledOut)]),
    ...(diagnosis.search.exhausted ? [limit] : []),
    ...(wanted.length === 0 ? [] : [['**Wanted, what would decide it:**', '', ...wanted].join('\n')]),
    ...(diagnosis.notes.length === 0 ? [] : [['**Notes:**', '', ...diagnosis.notes.map((note) => `- ${escapedText(note)}`)].join('\n')]),
  ]
}

/** A sentence on one line, in which nothing is markup, a mention, a reference to an issue, or a bare link. */
export function escapedText(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]<>|~]/g, (mark) => (mark === '<' ? '&lt;' : mark === '>' ? '&gt;' : `\\${mark}`))
    .replace(/&(?!lt;|gt;)/g, '&amp;')
    .replace(/@(?=[A-Za-z0-9])/g, '@\u2060')
    .replace(/#(?=\d)/g, '#\u2060')
    .replace(/^(\d+)([.)])(?= )/, '$1\\$2')
    .replace(/^([-+#=])/, '\\$1')
}

/** Code within a line, whatever backticks it holds. */
function inlineCode(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1)
  return text.includes('`') ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`
}

/** A block of code with a fence longer than any run of backticks in it. */
function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}text\n${text}\n${fence}`
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
}

const APPLICABILITY: Readonly<Record<Fix['applicability'], string>> = {
  exact: 'exact',
  'has-placeholders': 'fill in the <...>',
  maybe: 'one of several ways',
}
