/**
 * The diagnosis as annotations of a GitHub workflow: a command a line, which the runner takes from standard output.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
import type { Diagnosis, Finding } from '../diagnosis/index.js'
import type { Location } from '../text/index.js'
import { relativeName } from './file-names.js'
import { briefLines, verdictOf } from './finding-text.js'
import { PRODUCT } from './product.js'
import { type CleanDiagnosis, cleanDiagnosis, type ReportOptions } from './redaction/clean-diagnosis.js'
import { visible } from './redaction/visible.js'
import { verdictLine } from './wording.js'

type Command = 'error' | 'warning' | 'notice'

/**
 * Annotations for a GitHub workflow, one for each finding, best first; one in all where there is none. Each is a line.
 *
 * @param options What is hidden (`redact`: "safe" by default), the secrets you gave, the evidence for its places.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 * @example
 * ```js
 * import { diagnoseEvidence, renderGithub } from 'countersign'
 *
 * const diagnosis = diagnoseEvidence([{ name: 'message.txt', text: 'Signature expired: 20260303T081531Z is now earlier than 20260303T111031Z (20260303T111531Z - 5 min.)' }])
 * renderGithub(diagnosis).split(',')[0] // => '::error file=message.txt'
 * ```
 * @public
 */
export function renderGithub(given: Diagnosis, options: ReportOptions = {}): string {
  const clean = cleanDiagnosis(given, options, true)
  const { diagnosis } = clean
  const { outcome, findings, next } = diagnosis
  if (outcome === 'accepted' || findings.length === 0) {
    const [word, text] = verdictLine(diagnosis)
    const more = next === undefined || outcome === 'accepted' ? [] : [`Next: ${next.what}: ${next.decides}`]
    const lines = [text, ...more].map(visible)
    return clean.finished(line(outcome === 'accepted' ? 'notice' : 'error', [['title', `${PRODUCT.name}: ${word}`]], lines))
  }
  return clean.finished(findings.map((finding, i) => annotation(finding, i, clean, options.directory)).join(''))
}

/** Proven: an error. Likely: a warning, of the first one; the others are notices. */
function annotation(finding: Finding, i: number, clean: CleanDiagnosis, directory: string | undefined): string {
  const command = finding.proof.level !== 'none' ? 'error' : i === 0 ? 'warning' : 'notice'
  const place = finding.labels.find(({ from }) => from !== undefined)?.from ?? finding.proof.from
  return line(command, [...placeOf(place, clean, directory), ['title', visible(verdictOf(finding))]], briefLines(finding, clean))
}

/** Standard input is no file that a host could show. */
function placeOf(place: Location | undefined, clean: CleanDiagnosis, directory: string | undefined): (readonly [string, string])[] {
  if (place === undefined || place.source === '-') return []
  const at = clean.lineNumber(place)
  return [['file', visible(relativeName(place.source, directory))], ...(at === undefined ? [] : [['line', `${at}`] as const])]
}

function line(command: Command, properties: readonly (readonly [name: string, value: string])[], lines: readonly string[]): string {
  const named = properties.map(([name, value]) => `${name}=${data(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`)
  return `::${command} ${named.join(',')}::${data(lines.join('\n'))}\n`
}

/** What the runner turns back: a percent sign first, or evidence could spell a line end. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}
