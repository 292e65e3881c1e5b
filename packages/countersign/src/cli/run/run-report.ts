/** What `run` reports: a table of the requests for people, the same as JSON for programs. */
import type { Finding } from '../../diagnosis/index.js'
import { escapedJson, type Page, redacted, renderTerminal, visible } from '../../report/index.js'
import { headerValue } from '../../sigv4/index.js'
import type { SeenRequest, SeenRequests } from './seen-requests.js'
import type { SignatureAnswer } from './signed-how.js'

/** One of the runs of a program, or of what stands beside it. */
export interface ReportedRun extends SeenRequests {
  /** "through" the intermediaries, "direct" around them, or the "control". */
  readonly way: 'through' | 'direct' | 'control'
  /** Where its requests went. */
  readonly to: string
  readonly exitCode: number
}

export interface RunReport {
  readonly runs: readonly ReportedRun[]
  /** The verdict of --expect; absent without it. */
  readonly expected?: { readonly met: boolean; readonly why: string }
  /** What the runs say together, and what else is worth knowing; whole sentences. */
  readonly notes: readonly string[]
}

export interface RunReportRules {
  readonly unspoken: readonly string[]
  readonly now: number
  /** Also the whole diagnosis of each cause. */
  readonly diagnoses: boolean
  readonly colour: boolean
  /** How the reader comes to all of a diagnosis; empty where there is no way. */
  readonly more: string
}

export function terminalReport(report: RunReport, page: Page, rules: RunReportRules): string {
  const told = new Set<string>()
  const reports: string[] = []
  for (const { way, to, requests, more } of report.runs) {
    page.gap()
    page.line(page.in('label', `${TITLES[way]} ${to}`))
    for (const request of requests.slice(0, MOST_LINES)) {
      row(page, request, rules)
      const first = request.diagnosis?.findings[0]
      if (request.answer !== 'refused' || request.diagnosis === undefined || first === undefined) continue
      page.fold('     why  ', whyOf(first))
      const cause = first.causes.join(' ')
      if (!rules.diagnoses || told.has(cause) || told.size >= MOST_REPORTS) continue
      told.add(cause)
      const text = renderTerminal(request.diagnosis, {
        colour: rules.colour,
        more: rules.more,
        columns: page.columns,
        secrets: rules.unspoken,
        now: rules.now,
      })
      reports.push(`${page.in('label', `The diagnosis of #${request.number}:`)}\n${text}`)
    }
    const left = requests.length - Math.min(requests.length, MOST_LINES) + more
    if (left > 0) page.line(`  and ${left} more`)
    page.line(`  ${countsText(requests)}`)
  }
  if (report.notes.length > 0) page.gap()
  for (const note of report.notes) page.fold('', visible(redacted(note, rules.unspoken)))
  const { expected } = report
  if (expected !== undefined)
    page.fold(`${page.in(expected.met ? 'good' : 'refused', expected.met ? 'AS EXPECTED' : 'NOT AS EXPECTED')}  `, expected.why)
  const table = page.text()
  return reports.length === 0 ? table : `${table}\n${reports.join('\n')}`
}

export function jsonReport({ runs, expected, notes }: RunReport, rules: Pick<RunReportRules, 'unspoken'>): string {
  const report = {
    countersign: 'run',
    schemaVersion: 1,
    runs: runs.map(({ way, to, exitCode, requests, more }) => ({
      way,
      to,
      exitCode,
      requests: requests.map((request) => requestInJson(request, rules.unspoken)),
      more,
      counts: countsOf(requests),
    })),
    expected: expected ?? null,
    notes,
  }
  return `${escapedJson(redacted(JSON.stringify(report, undefined, 2), rules.unspoken))}\n`
}

function requestInJson({ number, seen, signed, code, answer, diagnosis }: SeenRequest, unspoken: readonly string[]) {
  const first = answer === 'refused' ? diagnosis?.findings[0] : undefined
  return {
    number,
    at: new Date(seen.at).toISOString(),
    milliseconds: seen.milliseconds,
    method: redacted(seen.received.method, unspoken),
    host: hostOf(seen, unspoken),
    path: pathOf(seen, unspoken),
    signed,
    signature: signed.length === 0 ? null : answer,
    status: seen.response?.status ?? null,
    code: code ?? null,
    ending: seen.ending,
    finding: first === undefined ? null : { causes: first.causes, class: first.class, proof: first.proof.level, summary: first.summary },
  }
}

function row(page: Page, request: SeenRequest, { unspoken }: RunReportRules): void {
  const { number, seen, signed, code, answer } = request
  const time = new Date(seen.at).toISOString().slice(11, 19)
  const what = visible(`${redacted(seen.received.method, unspoken)} ${hostOf(seen, unspoken)}${pathOf(seen, unspoken)}`)
  const status = seen.response === undefined ? 'no answer' : `${seen.response.status}${code === undefined ? '' : ` ${code}`}`
  const [tone, word] = signed.length === 0 ? (['quiet', 'no signature'] as const) : WORDS[answer]
  const how = signed.length === 0 ? '' : `${signed.join(', ')}: `
  page.line(`  #${number}  ${time}  ${what}`)
  page.line(`     ${how}${page.in(tone, word)}, ${visible(status)}`)
}

/** In words of the catalogue: nothing of the request is in them. */
export function whyOf({ causes, proof, summary }: Finding): string {
  return `${causes.join(' and ')} (${proof.level === 'none' ? 'likely' : `proven: ${proof.level}`}): ${summary}`
}

function hostOf({ received }: SeenRequest['seen'], unspoken: readonly string[]): string {
  return redacted((headerValue({ ...received, body: undefined }, 'host') ?? '').slice(0, 253), unspoken)
}

/** Cut twice: so that a long one costs nothing, and, when no secret can be cut in two any more, so that it is short. */
function pathOf({ received: { target } }: SeenRequest['seen'], unspoken: readonly string[]): string {
  const [path = '', query] = target.replace(/^https?:\/\/[^/?]*/i, '').split('?', 2)
  const shown = redacted(path.slice(0, 8 * MOST_PATH), unspoken).slice(0, MOST_PATH)
  return `${shown}${path.length > MOST_PATH ? '...' : ''}${query === undefined ? '' : '?...'}`
}

export type Counts = Readonly<Record<SignatureAnswer | 'signed' | 'unsigned', number>>

export function countsOf(requests: readonly SeenRequest[]): Counts {
  const counts = { signed: 0, accepted: 0, denied: 0, refused: 0, unknown: 0, unsigned: 0 }
  for (const { signed, answer } of requests) {
    if (signed.length === 0) counts.unsigned++
    else {
      counts.signed++
      counts[answer]++
    }
  }
  return counts
}

function countsText(requests: readonly SeenRequest[]): string {
  const { signed, accepted, denied, refused, unknown, unsigned } = countsOf(requests)
  const parts = [
    [accepted + denied, 'accepted'],
    [refused, 'refused'],
    [unknown, 'not known'],
  ] as const
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
  return `${signed} signed${said.length === 0 ? '' : `: ${said.join(', ')}`}${unsigned === 0 ? '' : `; ${unsigned} without a signature`}`
}

const TITLES = { through: 'Requests to', direct: 'Straight to', control: 'The control, to' } as const
const WORDS = {
  accepted: ['good', 'accepted'],
  denied: ['good', 'accepted, then not allowed'],
  refused: ['refused', 'REFUSED'],
  unknown: ['unsure', 'not known'],
} as const
const MOST_LINES = 500
const MOST_REPORTS = 3
const MOST_PATH = 160
