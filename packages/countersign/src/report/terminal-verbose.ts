/** Everything that a diagnosis holds, for a person at a terminal: `-v`. */
import type { Fix, Label } from '../causes/index.js'
import type { Diagnosis, Finding } from '../diagnosis/index.js'
import { frame } from './frame.js'
import type { Page } from './page.js'
import type { CleanDiagnosis } from './redaction/clean-diagnosis.js'
import { visible } from './redaction/visible.js'
import { compared, editLines, requestLines } from './terminal-parts.js'
import { VERDICTS } from './verdict.js'
import {
  alternativesShown,
  applicabilityText,
  causesText,
  certainty,
  comparisonTells,
  factLines,
  findingsAskedAbout,
  headline,
  partText,
  plural,
  ruledOutText,
  unexplained,
} from './wording.js'

/** What of the terminal's options it takes. */
export interface VerboseOptions {
  readonly diff?: boolean
  readonly columns?: number
}

export function verbose(page: Page, clean: CleanDiagnosis, options: VerboseOptions): void {
  const { diagnosis } = clean
  page.fold('', page.in('label', headline(diagnosis)))
  for (const [name, value] of factLines(diagnosis)) page.fold(`  ${page.in('quiet', name.padEnd(16))} `, visible(value))
  requestLines(page, diagnosis, MOST_REQUESTS)
  // Findings of requests before the one asked about are in its line, and in --format json.
  diagnosis.findings.slice(0, findingsAskedAbout(diagnosis)).forEach((finding, i) => {
    page.gap()
    if (i === 0) whole(page, finding, clean)
    else short(page, finding, clean)
  })
  if (diagnosis.outcome === 'unexplained') {
    page.gap()
    page.fold('', unexplained(diagnosis))
  }
  const { diff = false, columns } = options
  if (diff || comparisonTells(diagnosis)) compared(page, clean, diff, columns)
  ending(page, diagnosis)
}

function whole(page: Page, finding: Finding, clean: CleanDiagnosis): void {
  head(page, finding)
  for (const label of finding.labels) labelLines(page, label, clean)
  page.entry('Why', visible(finding.why))
  page.entry('Proof', proofText(finding, clean))
  for (const ground of finding.grounds) page.entry('Seen', visible(ground))
  for (const fix of finding.fixes) fixLines(page, fix, clean)
  for (const { title, why } of finding.wrongFixes) page.entry("Don't", visible(`${title}: ${why}`))
  page.entry('Verify', visible(finding.check))
  for (const cause of finding.causes) page.entry('More', `countersign explain ${cause}`)
}

/** A second-best finding: what, the first repair, and why it is only second. */
function short(page: Page, finding: Finding, clean: CleanDiagnosis): void {
  head(page, finding)
  page.entry('Proof', proofText(finding, clean))
  for (const ground of finding.grounds.slice(0, 2)) page.entry('Seen', visible(ground))
  for (const fix of finding.fixes.slice(0, 1)) fixLines(page, fix, clean)
  page.entry('More', finding.causes.map((cause) => `countersign explain ${cause}`).join('; '))
}

function head(page: Page, finding: Finding): void {
  const sure = certainty(finding)
  const lead = page.in(sure === 'proven' ? 'refused' : 'unsure', sure.toUpperCase())
  page.fold(`${lead}  `, visible(`${VERDICTS[finding.class]} (${causesText(finding)}): ${finding.what}`), 2)
  if (finding.alternatives.length > 0) {
    const { shown, more } = alternativesShown(finding)
    page.entry('Or', `${shown.join(', ')}${more === 0 ? '' : ` and ${more} more (--format json lists them)`}: same effect`)
  }
}

function labelLines(page: Page, label: Label, { place }: CleanDiagnosis): void {
  page.line(`  ${page.in('quiet', `${partText(label.part)}${label.from === undefined ? '' : `   from ${place(label.from)}`}`)}`)
  const rows = frame(label.calculated, label.signed)
  rows.forEach(({ calculated, signed, carets }, i) => {
    const note = i === rows.length - 1 ? visible(label.note) : ''
    page.line(`    service received  ${calculated}`)
    page.line(`    you signed        ${signed}`)
    if (carets !== '') page.line(`                      ${page.in('mark', carets)}`)
    if (note !== '') page.fold('                      ', note)
  })
}

function fixLines(page: Page, fix: Fix, clean: CleanDiagnosis): void {
  if (editLines(page, fix, clean)) return
  const where = fix.appliesTo === undefined ? '' : `, ${fix.appliesTo}`
  page.entry('Fix', visible(`${fix.title} (${applicabilityText(fix)}${where})`))
  if (fix.command !== undefined) page.block(fix.command.split('\n').map(visible).join('\n'))
}

function proofText({ proof }: Finding, clean: CleanDiagnosis): string {
  const place = proof.from === undefined ? '' : ` (${clean.place(proof.from)})`
  return visible(proof.level === 'none' ? `none: ${proof.statement}${place}` : `by ${proof.level}: ${proof.statement}${place}`)
}

function ending(page: Page, diagnosis: Diagnosis): void {
  const ruledOut = ruledOutText(diagnosis.ruledOut)
  if (ruledOut !== '') {
    page.gap()
    page.fold('', ruledOut)
  }
  if (diagnosis.search.exhausted)
    page.fold('', `The search stopped after ${plural(diagnosis.search.trials, 'attempt')}; --max-trials allows more.`)
  if (diagnosis.wanted.length > 0) {
    page.gap()
    page.line('To be sure, add one of:')
    for (const { what, decides, command } of diagnosis.wanted) {
      page.fold('  - ', visible(`${what}: ${decides}`))
      if (command !== undefined) page.block(visible(command))
    }
  }
  if (diagnosis.notes.length > 0) {
    page.gap()
    for (const note of diagnosis.notes) page.fold('Note: ', visible(note))
  }
}

const MOST_REQUESTS = 20
