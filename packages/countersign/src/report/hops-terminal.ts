/** What `hops` found for a person at a terminal: what changed between which two points, what proves it, which line did it. */
import type { HopFinding, HopsCompared, JudgedChange, Place } from '../hops/index.js'
import { diffLines } from './edit.js'
import type { CleanHops } from './hops-clean.js'
import { Page } from './page.js'
import { visible } from './redaction/visible.js'
import { plural } from './wording.js'

export interface HopsTerminalOptions {
  readonly colour: boolean
  readonly columns?: number
}

export function renderHopsTerminal(compared: HopsCompared, clean: CleanHops, { colour, columns = 100 }: HopsTerminalOptions): string {
  const page = new Page(colour, Math.max(40, Math.min(columns, MOST_COLUMNS)))
  const { findings, outcome } = compared
  const ordered = [...findings].sort((a, b) => b.requests.length - a.requests.length)
  const [first] = ordered
  if (outcome === 'nothing-compared') page.fold('', 'nothing compared: no request was seen at two points', 2)
  else if (first === undefined) page.fold(`${page.in('good', 'UNCHANGED')}  `, 'nothing that is signed changed on the way', 2)
  else {
    whole(page, first, clean)
    for (const one of ordered.slice(1, MOST_FINDINGS)) page.fold('', headline(page, one, clean), 2)
    if (ordered.length > MOST_FINDINGS) page.line(`  and ${ordered.length - MOST_FINDINGS} more: --format json`)
  }
  const others = unsignedChanges(compared)
  if (others !== '') page.entry('Also', visible(clean.text(others)))
  page.fold('', visible(counts(compared)), 2)
  for (const note of compared.notes) page.fold('', visible(note), 2)
  return clean.finished(page.text())
}

function headline(page: Page, { causes, summary, proof, from, to, hop, requests }: HopFinding, clean: CleanHops): string {
  const sure = proof.level === 'none' ? page.in('unsure', 'LIKELY') : page.in('refused', 'PROVEN')
  const who = hop === undefined ? `between ${placeText(from)} and ${placeText(to)}` : `by ${hop}`
  return `${sure}  ${visible(clean.text(`${summary} (${causes.join(' + ')}), ${who}, in ${plural(requests.length, 'request')}`))}`
}

function whole(page: Page, finding: HopFinding, clean: CleanHops): void {
  const { changes, from, to, proof, lines } = finding
  page.fold('', headline(page, finding, clean), 2)
  const [line] = lines
  if (line !== undefined) {
    const { file, line: number } = clean.lineOf(line.clue.location)
    page.line(visible(`  --> ${file}${number === undefined ? '' : `:${number}`}`))
  }
  for (const change of changes.slice(0, MOST_CHANGES)) changeLines(page, change, from, to, clean)
  if (changes.length > MOST_CHANGES) page.line(`    and ${plural(changes.length - MOST_CHANGES, 'more signed change')}: --format json`)
  page.entry('Proof', visible(clean.text(proof.level === 'none' ? `none: ${proof.statement}` : `${proof.statement} (${proof.level})`)))
  const edit = clean.edit(finding)
  const [fix] = clean.fixes(finding)
  if (edit !== undefined) {
    page.entry('Fix', visible(`${edit.file}:${edit.line}`))
    for (const text of diffLines(edit)) page.block(visible(text))
  } else if (fix !== undefined) {
    page.entry('Fix', visible(clean.text(fix.title)))
    if (fix.command !== undefined) page.block(visible(clean.text(fix.command)))
  }
}

function changeLines(page: Page, change: JudgedChange, from: Place, to: Place, clean: CleanHops): void {
  const { before, after } = clean.values(change)
  const what = change.name ?? change.part
  const width = Math.max(placeText(from).length, placeText(to).length)
  const side = (place: Place, value: string | undefined, absent: string): void =>
    page.line(
      `    ${visible(placeText(place).padEnd(width))}  ${visible(shortened(`${what}: ${(value ?? absent).replaceAll('\n', ' | ')}`))}`,
    )
  side(from, before, change.how === 'added' ? '(none)' : '(not shown)')
  side(to, after, change.how === 'removed' ? '(none)' : '(not shown)')
}

/** What changed besides and is not signed, each once. */
function unsignedChanges({ requests }: HopsCompared): string {
  const said = new Set<string>()
  for (const { steps } of requests)
    for (const { changes, signedAgain, from, to } of steps) {
      if (signedAgain) said.add(`signed again between ${placeText(from)} and ${placeText(to)}`)
      for (const { signed, part, how, name } of changes) if (!signed) said.add(SAID[part] ?? `${name ?? part} ${how}`)
    }
  const list = [...said]
  const more = list.length - MOST_UNSIGNED
  return list.length === 0 ? '' : `not signed: ${list.slice(0, MOST_UNSIGNED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function counts({ points, requests, matchedBy }: HopsCompared): string {
  const by = Object.entries(matchedBy).flatMap(([name, count]) => (count === 0 ? [] : [`${count} by ${BY[name] ?? name}`]))
  const alone = points.flatMap(({ name, unmatched }) => (unmatched === 0 ? [] : [`${unmatched} seen at ${name} only`]))
  return `${plural(requests.length, 'request')} compared${by.length === 0 ? '' : ` (${by.join(', ')})`}${alone.length === 0 ? '' : `; ${alone.join(', ')}`}`
}

function placeText({ point, seen }: Place): string {
  return seen === undefined ? point : seen === 'calculated' ? 'the service' : `${point} ${seen}`
}

function shortened(text: string): string {
  return text.length <= MOST_VALUE ? text : `${text.slice(0, MOST_VALUE)}...`
}

const SAID: Readonly<Record<string, string>> = {
  'header-case': 'names of headers in another case',
  'header-order': 'headers in another order',
  framing: 'how the end of the body is marked',
}
const BY: Readonly<Record<string, string>> = {
  signature: 'signature',
  'request-id': 'request ID',
  'date-and-path': 'date and path',
  order: 'order',
  record: 'one record',
}
const MOST_COLUMNS = 120
const MOST_FINDINGS = 4
const MOST_CHANGES = 2
const MOST_UNSIGNED = 6
const MOST_VALUE = 160
