/** What `replay` reports: what is sent in place of the refused request, and what became of it. */
import type { ComparedLine, Diagnosis } from '../../diagnosis/index.js'
import type { ReplayPlan } from '../../replay/index.js'
import { escapedJson, type Page, partText, redacted, visible } from '../../report/index.js'
import { readableText, splitTarget } from '../../sigv4/index.js'
import { whyOf } from '../run/run-report.js'
import type { SeenRequest } from '../run/seen-requests.js'

export interface ReplayReport {
  readonly plan: ReplayPlan
  /** Where it goes: "https://host". */
  readonly to: string
  /** What became of it; absent where it was not sent. */
  readonly sent?: SeenRequest
  /** What the report must not show. */
  readonly unspoken: readonly string[]
}

export type ReplayOutcome = 'planned' | 'accepted' | 'denied' | 'refused' | 'unknown'

export function outcomeOf({ sent }: Pick<ReplayReport, 'sent'>): ReplayOutcome {
  return sent === undefined ? 'planned' : sent.answer
}

export function terminalReplay(report: ReplayReport, page: Page): string {
  const { plan, to, sent } = report
  const clean = (text: string): string => visible(redacted(readableText(text), report.unspoken))
  const { finding, request } = plan
  page.fold(
    `${page.in('label', 'REPLAY')}  `,
    finding === undefined ? 'nothing is proven: the request is only signed as its service wants it, as a control' : whyOf(finding),
  )
  if (finding?.fixes[0] !== undefined) page.entry('Fix', clean(finding.fixes[0].title))
  page.entry('Request', clean(`${request.method} ${to}${shownTarget(request.target)}`))
  page.entry('Signed', `for ${clean(scopeText(plan))}, ${plan.carrier === 'query' ? 'presigned' : 'in the Authorization header'}`)
  const differing = plan.lines.filter(({ same }) => !same)
  page.gap()
  page.line(
    `  ${plan.before === 'signer' ? 'what your client signed' : 'what the service calculated with'} (-), and what is signed here (+)`,
  )
  let part = ''
  for (const line of differing) {
    if (line.part !== part) page.line(`    ${page.in('label', partText(line.part))}`)
    part = line.part
    if (line.signer !== undefined) page.line(`      ${page.in('refused', `- ${clean(line.signer)}`)}`)
    if (line.verifier !== undefined) page.line(`      ${page.in('good', `+ ${clean(line.verifier)}`)}`)
  }
  if (differing.length === 0) page.line('    no line of the canonical request changes')
  page.gap()
  for (const note of plan.notes) page.entry('Note', clean(note))
  if (sent === undefined) {
    page.entry('Next', `send it with --send${isSafe(request.method) ? '' : ' --yes: its method may change something'}`)
    return page.text()
  }
  ended(page, report, sent)
  return page.text()
}

/** "eu-west-1, s3 (your client: us-east-1, s3)". */
function scopeText({ scope, scopeBefore }: ReplayPlan): string {
  const now = `${'region' in scope ? scope.region : `the region set ${scope.regionSet.join(',')}`}, ${scope.service}`
  if (scopeBefore === undefined || !('region' in scope)) return now
  const before = `${scopeBefore.region ?? 'a region set'}, ${scopeBefore.service}`
  return before === now ? now : `${now} (your client: ${before})`
}

function ended(page: Page, { plan, unspoken }: ReplayReport, sent: SeenRequest): void {
  const status =
    sent.seen.response === undefined ? 'no answer' : `${sent.seen.response.status}${sent.code === undefined ? '' : ` ${sent.code}`}`
  const { answer, diagnosis } = sent
  const [tone, word, text] = WORDS[answer]
  page.fold(`${page.in(tone, word)}  `, `${visible(redacted(status, unspoken))}: ${text}`)
  const first = diagnosis?.findings[0]
  if (answer === 'refused' && first !== undefined) page.entry('Why', whyOf(first))
  for (const line of changedAgain(diagnosis)) page.entry('Changed', visible(redacted(changeText(line), unspoken)))
  if ((answer === 'accepted' || answer === 'denied') && plan.finding !== undefined)
    page.entry('Proof', 'the service calculated with exactly the lines marked (+)')
}

/** What the service calculated with, where its answer shows that it is not what was sent. */
export function changedAgain(diagnosis: Diagnosis | undefined): readonly ComparedLine[] {
  return diagnosis?.comparison?.lines.filter(({ same }) => !same) ?? []
}

function changeText({ part, signer, verifier }: ComparedLine): string {
  return `${partText(part)}: signed ${signer ?? 'nothing'}, the service has ${verifier ?? 'nothing'}`
}

export function jsonReplay(report: ReplayReport): string {
  const { plan, to, sent, unspoken } = report
  const { finding, request, scope, carrier, before, lines, notes } = plan
  const shown = {
    countersign: 'replay',
    schemaVersion: 1,
    outcome: outcomeOf(report),
    finding:
      finding === undefined
        ? null
        : {
            causes: finding.causes,
            class: finding.class,
            proof: finding.proof.level,
            summary: finding.summary,
            fix: finding.fixes[0]?.title ?? null,
          },
    request: { method: request.method, url: `${to}${shownTarget(request.target)}`, carrier, ...scope },
    scopeBefore: plan.scopeBefore === undefined ? null : { region: plan.scopeBefore.region ?? null, service: plan.scopeBefore.service },
    before,
    lines: lines.map(({ part, same, signer, verifier }) => ({
      part,
      same,
      ...(signer === undefined ? {} : { before: signer }),
      ...(verifier === undefined ? {} : { after: verifier }),
    })),
    notes,
    sent:
      sent === undefined
        ? null
        : {
            status: sent.seen.response?.status ?? null,
            code: sent.code ?? null,
            milliseconds: sent.seen.milliseconds,
            finding: sent.diagnosis?.findings[0]?.causes ?? null,
            changed: changedAgain(sent.diagnosis).map(({ part, signer, verifier }) => ({
              part,
              signed: signer ?? null,
              service: verifier ?? null,
            })),
          },
  }
  const clean = (value: unknown): unknown => (typeof value === 'string' ? redacted(value, unspoken) : value)
  return `${escapedJson(JSON.stringify(shown, (_, value) => clean(value), 2))}\n`
}

/** A presigned URL works like a key. */
function shownTarget(target: string): string {
  const { path, query = '' } = splitTarget(target)
  const rest = query.split('&').filter((pair) => pair !== '' && !/^X-Amz-/i.test(pair))
  return rest.length === 0 ? path : `${path}?${rest.join('&')}`
}

export function isSafe(method: string): boolean {
  return /^(?:GET|HEAD|OPTIONS)$/.test(method)
}

const WORDS = {
  accepted: ['good', 'ACCEPTED', 'the signature was accepted'],
  denied: [
    'good',
    'ACCEPTED',
    'the signature was accepted. What is refused now is a permission: policies of the identity or the resource decide it',
  ],
  refused: ['refused', 'REFUSED', 'the signature was refused again'],
  unknown: ['unsure', 'NOT KNOWN', 'the answer says nothing about the signature'],
} as const
