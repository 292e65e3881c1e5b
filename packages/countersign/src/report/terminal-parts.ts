/** What the short and the whole report have in common: the list of requests, and the two canonical requests compared. */
import type { Fix } from '../causes/index.js'
import type { Diagnosis } from '../diagnosis/index.js'
import { comparedText } from './compare.js'
import { diffLines } from './edit.js'
import type { Page } from './page.js'
import type { CleanDiagnosis } from './redaction/clean-diagnosis.js'
import { visible } from './redaction/visible.js'
import { comparedSides, plural, requestLine, requestsText } from './wording.js'

/** One line a request, where there are several: the last `most` of many; `rest` says how the others are seen. Says whether it printed any. */
export function requestLines(page: Page, { requests, findings }: Diagnosis, most: number, rest = ''): boolean {
  const summary = requestsText({ requests, findings })
  if (summary === '') return false
  page.gap()
  page.fold('', summary, 2)
  const left = requests.length - most
  if (left > 0) page.line(`  ... ${plural(left, 'request')} before these${rest}`)
  for (const one of requests.slice(-most)) page.line(`  ${requestLine(one, findings)}`)
  return true
}

/** A repair that is a change of a line: where, the line as it stands, and as it must be. Says whether it is one. */
export function editLines(page: Page, fix: Fix, clean: CleanDiagnosis): boolean {
  const edit = clean.edit(fix)
  if (edit === undefined) return false
  page.entry('Fix', visible(`${fix.title} (${edit.file}:${edit.line})`))
  for (const line of diffLines(edit)) page.block(visible(line))
  return true
}

/** The canonical requests side by side, whole or only where they differ. */
export function compared(page: Page, { diagnosis, place }: CleanDiagnosis, whole: boolean, columns = 100): void {
  const { comparison } = diagnosis
  if (comparison === undefined) return
  page.gap()
  page.fold('Canonical requests compared: ', comparedSides(comparison, place), 2)
  const wide = Math.max(40, Math.min(columns, MOST_COLUMNS_COMPARED))
  for (const line of comparedText(comparison, { columns: wide, brief: !whole, mark: (text) => page.in('mark', text) })) page.line(line)
}

const MOST_COLUMNS_COMPARED = 200
