/** The sentences that all formats for people share. */
import { SUBJECTS } from '../catalog/index.js'
import type { Fix, Label } from '../causes/index.js'
import type { Comparison, DiagnosedRequest, Diagnosis, Finding, RuledOut, TextOrigin } from '../diagnosis/index.js'
import type { Location } from '../text/index.js'
import { visible } from './redaction/visible.js'
import { VERDICTS } from './verdict.js'

/** The first line of a whole report. */
export function headline(diagnosis: Diagnosis): string {
  const { outcome, error } = diagnosis
  if (outcome === 'nothing-read' || outcome === 'accepted') return verdictLine(diagnosis).join(': ')
  if (error === undefined) return 'refused: there is no error message in what you gave'
  return visible(`refused: ${error.code === '' ? 'the answer names no error code' : error.code}${checkText(error.check)}`)
}

/** An answer without a finding: a word, and the sentence after it. */
export function verdictLine(diagnosis: Diagnosis): readonly [word: string, text: string] {
  const { outcome, error, requests } = diagnosis
  if (outcome === 'nothing-read') return ['nothing read', 'there is no request, error or log in this that I recognise']
  if (outcome === 'accepted')
    return requests.some((one) => one.outcome !== 'unknown') ? ['accepted', acceptedText(requests)] : ['valid', 'the signature matches']
  const code = error === undefined || error.code === '' ? '' : `${error.code}${checkText(error.check)}: `
  return ['unexplained', visible(`${code}${unexplained(diagnosis)}`)]
}

/** The answer in one line, as the title of a ticket. */
export function summaryLine(diagnosis: Diagnosis): string {
  const [first] = diagnosis.outcome === 'accepted' ? [] : diagnosis.findings
  if (first === undefined) return verdictLine(diagnosis).join(': ')
  return visible(`${certainty(first)}: ${VERDICTS[first.class]}, ${first.summary}`)
}

/** What is said where nothing was refused, or every refusal was overcome. */
function acceptedText(requests: readonly DiagnosedRequest[]): string {
  const answered = requests.filter(({ outcome }) => outcome !== 'unknown')
  const overcome = answered.filter((one) => one.overcome).length
  const rest = overcome === 0 ? '' : `; ${overcome} ${overcome === 1 ? 'was' : 'were'} refused first, and the client repaired that itself`
  const permission = answered.some(
    ({ outcome, error }) => outcome === 'accepted' && error !== undefined && /Denied|Unauthorized|Forbidden/.test(error.code),
  )
  const [last] = answered.slice(-1)
  const then = last?.outcome === 'accepted' && last.error !== undefined ? `; the service then answered ${visible(last.error.code)}` : ''
  const signature =
    answered.length - overcome === 1 ? 'the signature was right' : `the signatures of ${answered.length - overcome} requests were right`
  return `${signature}${then}${rest}${permission ? '. A permission is missing: look at the IAM and bucket policies' : ''}`
}

/** "5 requests: 2 accepted, 2 host-rewritten, 1 unexplained", the commonest first; "" where there is one request, or none. */
export function requestsText({ requests, findings }: Pick<Diagnosis, 'requests' | 'findings'>): string {
  if (requests.length < 2) return ''
  const counts = new Map<string, number>()
  for (const one of requests) counts.set(requestOutcome(one, findings), (counts.get(requestOutcome(one, findings)) ?? 0) + 1)
  const parts = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([what, count]) => `${count} ${what}`)
  return `${requests.length} requests: ${parts.join(', ')}`
}

/** What became of a request, in a word or the causes of its first finding. */
export function requestOutcome({ outcome, overcome, findings: own, searched }: DiagnosedRequest, findings: readonly Finding[]): string {
  if (outcome === 'accepted') return 'accepted'
  const first = own[0] === undefined ? undefined : findings[own[0]]
  const why =
    first === undefined
      ? outcome === 'refused'
        ? `refused, ${searched ? 'unexplained' : 'not searched'}`
        : 'without an answer'
      : causesText(first)
  return overcome ? `${why} (the client repaired it)` : why
}

/** A request in a line: when, what, where, and what became of it. */
export function requestLine(one: DiagnosedRequest, findings: readonly Finding[]): string {
  const when = one.when === undefined ? '' : `${new Date(one.when).toISOString().slice(0, 19)}Z  `
  const code = one.error === undefined ? '' : ` (${one.error.code})`
  return visible(`${one.id}  ${when}${one.method ?? '?'} ${one.target ?? '?'}  ${requestOutcome(one, findings)}${code}`)
}

/** The outcome without a finding. */
export function unexplained({ search }: Pick<Diagnosis, 'search'>): string {
  // Where nothing could be compared, nothing is claimed of the signature.
  return search.trials === 0
    ? 'nothing in the evidence says why'
    : 'no known cause gives what was signed, and nothing in the evidence says why'
}

/** How many findings, from the first on, are of the request that is asked about. */
export function findingsAskedAbout({ requests, findings, outcome }: Diagnosis): number {
  if (requests.length < 2 || outcome === 'accepted') return findings.length
  const own = requests.filter((one) => one.findings[0] === 0).map((one) => one.findings.length)
  return own.reduce((most, count) => Math.max(most, count), 1)
}

/** The facts of the request that is asked about, a name and a value each. */
export function factLines({ facts = [] }: Diagnosis): readonly (readonly [name: string, value: string])[] {
  return facts.map(({ name, value, said }) => [name, `${value}   (${said})`] as const)
}

/** Whether a fix can be taken as it is. */
export function applicabilityText({ applicability }: Fix): string {
  return APPLICABILITY[applicability]
}

/** What a repair is for; `undefined` where it is for all. */
export function appliesToText({ appliesTo = [] }: Fix): string | undefined {
  return appliesTo.length === 0 ? undefined : appliesTo.map((subject) => SUBJECTS[subject].name).join(', ')
}

/** "proven" or "likely". */
export function certainty(finding: Finding): 'proven' | 'likely' {
  return finding.proof.level === 'none' ? 'likely' : 'proven'
}

/** The causes of a finding: one id, or several that are needed together. */
export function causesText(finding: Finding): string {
  return finding.causes.join(' + ')
}

/** The causes that make the same bytes: the first ones of many, and how many more. */
export function alternativesShown({ alternatives }: Finding): { readonly shown: readonly string[]; readonly more: number } {
  const shown = alternatives.length > MOST_ALTERNATIVES + 1 ? alternatives.slice(0, MOST_ALTERNATIVES) : alternatives
  return { shown, more: alternatives.length - shown.length }
}

/** Where in the signing a part stands. */
export function partText(part: Label['part']): string {
  return PARTS[part]
}

/** "curl.txt, line 2, bytes 31-48", as a person counts: from 1, the last byte included. */
export function placeText({ source, start, end }: Location, line?: number): string {
  const name = `${source === '-' ? 'standard input' : visible(source)}${line === undefined ? '' : `, line ${line}`}`
  return end - start <= 1 ? `${name}, byte ${start + 1}` : `${name}, bytes ${start + 1}-${end}`
}

/** Whether the comparison of the texts says more than the best finding does: one that was matched accounts for every byte. */
export function comparisonTells({ comparison, findings }: Diagnosis): boolean {
  const level = findings[0]?.proof.level ?? 'none'
  return comparison !== undefined && (level === 'none' || level === 'stated')
}

/** Whose texts are compared, and where they stand. */
export function comparedSides({ signer, verifier }: Comparison, place: (location: Location) => string): string {
  const side = (name: string, { origin, from }: TextOrigin): string =>
    `${name} ${origin === 'quoted' ? 'as quoted' : from === undefined ? 'as the proof has it' : 'as made from the request'}${from === undefined ? '' : ` (${place(from)})`}`
  return `${side('signer', signer)}; ${side('verifier', verifier)}`
}

/** How much was ruled out, and what could not be tested; "" where there is nothing to say. */
export function ruledOutText(ruledOut: readonly RuledOut[]): string {
  const count = (how: RuledOut['how']) => ruledOut.filter((one) => one.how === how).length
  const [tested, byOrder, refuted, open] = [count('tested'), count('check-order'), count('evidence'), count('not-testable')]
  const sentences: string[] = []
  const all = tested + byOrder + refuted
  if (all > 0) {
    const ways = [
      tested > 0 ? `${tested} by test` : '',
      byOrder > 0 ? `${byOrder} because the service had passed their check` : '',
      refuted > 0 ? `${refuted} by other evidence` : '',
    ].filter((way) => way !== '')
    sentences.push(`${plural(all, 'other cause')} ruled out: ${ways.join(', ')}.`)
  }
  if (open > 0) sentences.push(`${open} not tested: ${reasons(ruledOut.filter((one) => one.how === 'not-testable'))}.`)
  return sentences.join(' ')
}

/** A sentence with a capital, where it begins with a plain word: "x-amz-date" and "/photos" are none. */
export function capital(text: string): string {
  return text.replace(/^[a-z](?=[a-z]{0,30}(?:[ :,]|$))/, (letter) => letter.toUpperCase())
}

/** "1 cause", "2 causes". */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`
}

/** The reasons, the commonest first. */
function reasons(open: readonly RuledOut[]): string {
  const counts = new Map<string, number>()
  for (const { why } of open) counts.set(why, (counts.get(why) ?? 0) + 1)
  const ordered = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const named = ordered
    .slice(0, MOST_REASONS)
    .map(([why, count]) => `${ordered.length > 1 ? `${count}: ` : ''}${visible(why).replace(/\.$/, '')}`)
  return named.join('; ') + (ordered.length > MOST_REASONS ? '; and others' : '')
}

function checkText(check: string | undefined): string {
  const read = /^(\d+) of (\d+)(?: \((.*)\))?$/.exec(check ?? '')
  if (read === null) return check === undefined ? '' : ` (check ${check})`
  const [, number, of, name] = read
  const named = name === undefined ? '' : `, ${name}`
  return ` (check ${number} of ${of}${named}${number === '1' ? '' : '; the checks before it passed'})`
}

const APPLICABILITY: Readonly<Record<Fix['applicability'], string>> = {
  exact: 'as it is',
  'has-placeholders': 'replace <...>',
  maybe: 'one of several ways',
}
const MOST_REASONS = 3
const MOST_ALTERNATIVES = 4

const PARTS: Readonly<Record<Label['part'], string>> = {
  method: 'canonical request, line 1 (method)',
  'canonical-uri': 'canonical request, line 2 (canonical URI)',
  'canonical-query-string': 'canonical request, line 3 (canonical query string)',
  'canonical-headers': 'canonical request, lines 4 and on (canonical headers)',
  'signed-headers': 'canonical request, last line but one (signed headers)',
  'payload-hash': 'canonical request, last line (payload hash)',
  algorithm: 'string to sign, line 1 (algorithm)',
  'request-date': 'string to sign, line 2 (request date)',
  'credential-scope': 'string to sign, line 3 (credential scope)',
  'string-to-sign': 'string to sign',
  'signing-key': 'signing key',
  signature: 'signature',
  clock: 'clocks of signer and verifier',
  'session-token': 'session token',
  authorization: 'Authorization header or X-Amz-* parameters',
  payload: 'payload',
}
