/**
 * The diagnosis as JUnit's XML, which every CI shows: a request is a test case, and a refusal that was not overcome its failure.
 * @see https://github.com/testmoapp/junitxml
 */
import type { DiagnosedRequest, Diagnosis } from '../diagnosis/index.js'
import { briefLines, verdictOf } from './finding-text.js'
import { PRODUCT } from './product.js'
import { type CleanDiagnosis, cleanDiagnosis, type ReportOptions } from './redaction/clean-diagnosis.js'
import { visible } from './redaction/visible.js'
import { headline, plural, unexplained, verdictLine } from './wording.js'

type Mark = 'failure' | 'error' | 'skipped' | 'system-out'

/** One test case. */
interface TestCase {
  readonly name: string
  readonly of: string
  readonly mark?: Mark
  readonly type?: string
  readonly message?: string
  readonly lines?: readonly string[]
}

/**
 * The diagnosis as JUnit XML, with a line feed at its end: a test case for each request, failed where it was refused and stayed so.
 *
 * @param options What is hidden (`redact`: "safe" by default), the secrets you gave, the evidence for its places.
 * @example
 * ```js
 * import { diagnoseEvidence, renderJunit } from 'countersign'
 *
 * const diagnosis = diagnoseEvidence([{ name: 'message.txt', text: 'Signature expired: 20260303T081531Z is now earlier than 20260303T111031Z (20260303T111531Z - 5 min.)' }])
 * renderJunit(diagnosis).split('\n')[1] // => '<testsuites name="countersign 0.1.0" tests="1" failures="1" errors="0" skipped="0">'
 * ```
 * @public
 */
export function renderJunit(given: Diagnosis, options: ReportOptions = {}): string {
  const clean = cleanDiagnosis(given, options, true)
  const cases = testCases(clean)
  const count = (mark: Mark): number => cases.filter((one) => one.mark === mark).length
  const counts = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`
  const stamp = options.now === undefined ? '' : ` timestamp="${new Date(options.now).toISOString().slice(0, 19)}"`
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${PRODUCT.name} ${PRODUCT.version}" ${counts}>`,
    `  <testsuite name="${PRODUCT.name} diagnose" ${counts}${stamp}>`,
    ...cases.flatMap(caseLines),
    '  </testsuite>',
    '</testsuites>',
  ]
  return clean.finished(`${lines.join('\n')}\n`)
}

function caseLines({ name, of, mark, type, message, lines = [] }: TestCase): string[] {
  const open = `    <testcase name="${escaped(name)}" classname="${escaped(of)}" time="0"`
  if (mark === undefined) return [`${open}/>`]
  const attributes = [
    ...(message === undefined ? [] : [` message="${escaped(message)}"`]),
    ...(type === undefined ? [] : [` type="${escaped(type)}"`]),
  ].join('')
  const text = lines.length === 0 ? '/>' : `>${escaped(lines.join('\n'))}</${mark}>`
  return [`${open}>`, `      <${mark}${attributes}${text}`, '    </testcase>']
}

/** One a request. Evidence that shows none is one test case, too, so that a refusal never counts as a pass. */
function testCases(clean: CleanDiagnosis): readonly TestCase[] {
  const { diagnosis } = clean
  const { outcome, requests } = diagnosis
  if (outcome === 'nothing-read')
    return [{ name: 'evidence', of: PRODUCT.name, mark: 'error', type: outcome, message: visible(verdictLine(diagnosis).join(': ')) }]
  const cases = requests.map((one) => requestCase(one, clean))
  if (outcome === 'accepted') return cases.length > 0 ? cases : [{ name: 'evidence', of: PRODUCT.name }]
  if (cases.some(({ mark }) => mark === 'failure')) return cases
  // The outcome is that of the last request whose answer is not known, or of an answer whose request is not.
  const last = requests.map((one) => one.outcome === 'unknown' && !one.overcome).lastIndexOf(true)
  const failed = { mark: 'failure', ...failure(clean, 0) } as const
  return last < 0
    ? [...cases, { name: 'evidence', of: PRODUCT.name, ...failed }]
    : cases.map((one, i) => (i === last ? { name: one.name, of: one.of, ...failed } : one))
}

function requestCase(one: DiagnosedRequest, clean: CleanDiagnosis): TestCase {
  const { id, method, target, host, outcome, overcome, findings } = one
  const name = visible(`${id} ${method ?? '?'} ${target ?? '?'}`)
  const named = { name, of: visible(host ?? PRODUCT.name) }
  const refused = outcome === 'refused' || (outcome === 'unknown' && findings.length > 0 && clean.diagnosis.outcome !== 'accepted')
  if (overcome)
    return { ...named, mark: 'system-out', lines: ['refused first; the client repaired it itself', ...failure(clean, findings[0]).lines] }
  if (refused) return { ...named, mark: 'failure', ...failure(clean, findings[0], one) }
  return outcome === 'accepted' ? named : { ...named, mark: 'skipped', message: 'the evidence shows no answer to this request' }
}

/** The verdict as the message, and the finding as the text. */
function failure(clean: CleanDiagnosis, index: number | undefined, one?: DiagnosedRequest) {
  const { diagnosis } = clean
  const finding = index === undefined ? undefined : diagnosis.findings[index]
  if (finding !== undefined) {
    const others = diagnosis.findings.length - 1
    const more = one !== undefined || others < 1 ? [] : [`and ${plural(others, 'other finding')}`]
    return {
      type: finding.causes.join('+'),
      message: `${verdictOf(finding)}: ${visible(finding.summary)}`,
      lines: [...briefLines(finding, clean), ...more],
    }
  }
  const code = one?.error?.code ?? ''
  const { next } = diagnosis
  return {
    type: 'unexplained',
    message: visible(`unexplained: ${code === '' ? '' : `${code}: `}${unexplained(diagnosis)}`),
    lines: [visible(headline(diagnosis)), ...(next === undefined ? [] : [visible(`Next: ${next.what}: ${next.decides}`)])],
  }
}

/** What XML 1.0 cannot hold, even as a reference, is shown as a question mark in a diamond; the rest is visible by then. */
function escaped(text: string): string {
  return text
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"'\n\t]/g, (character) => (character === '\n' ? '\n' : `&#${character.charCodeAt(0)};`))
}
