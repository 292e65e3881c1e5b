/**
 * The diagnosis as JSON, for programs: its shape changes only together with `schemaVersion`.
 * @see ../../../../docs/manual/json-output.md
 */
import type { Fix, Label } from '../causes/index.js'
import type { Comparison, DiagnosedRequest, Diagnosis, Finding, WantedEvidence } from '../diagnosis/index.js'
import type { Location } from '../text/index.js'
import type { EditShown } from './edit.js'
import { type CleanDiagnosis, cleanDiagnosis, type ReportOptions } from './redaction/clean-diagnosis.js'
import { appliesToText } from './wording.js'

export const SCHEMA_VERSION = 2

/** What JSON takes beside what every format takes. */
export interface JsonOptions extends ReportOptions {
  /** 1: the shape before requests were told apart; for one release. */
  readonly version?: 1 | 2
}

/**
 * The diagnosis as JSON text, with a line feed at its end. The order of keys is always the same; `docs/manual/json-output.md` describes them.
 *
 * @param options What is hidden (`redact`: "safe" by default), the secrets you gave, the evidence for its places.
 * @example
 * ```js
 * import { diagnoseEvidence, renderJson } from 'countersign'
 *
 * const diagnosis = diagnoseEvidence([{ name: 'message.txt', text: 'Signature expired: 20260303T081531Z is now earlier than 20260303T111031Z (20260303T111531Z - 5 min.)' }])
 * const report = JSON.parse(renderJson(diagnosis))
 * report.schemaVersion // => 2
 * report.findings[0].causes // => ['clock-skewed']
 * ```
 * @public
 */
export function renderJson(diagnosis: Diagnosis, options: JsonOptions = {}): string {
  const clean = cleanDiagnosis(diagnosis, options)
  const report = options.version === 1 ? version1(clean) : version2(clean)
  return `${escapedJson(clean.finished(JSON.stringify(report, undefined, 2)))}\n`
}

function version2({ diagnosis, edit }: CleanDiagnosis) {
  const { outcome, requests, findings, ruledOut, next, comparison, notes } = diagnosis
  return {
    schemaVersion: SCHEMA_VERSION,
    outcome,
    requests: requests.map(requestOf),
    findings: findings.map((finding) => findingOf(finding, edit)),
    ruledOut: ruledOut.filter(({ how }) => how !== 'not-testable').map(({ cause, how, why }) => ({ cause, how, why })),
    notTested: ruledOut.filter(({ how }) => how === 'not-testable').map(({ cause, why }) => ({ cause, why })),
    next: next === undefined ? null : wantedOf(next),
    ...(comparison === undefined ? {} : { comparison: comparisonOf(comparison) }),
    notes,
  }
}

/** As it was before: one request, and no word for what was accepted. */
function version1({ diagnosis, edit }: CleanDiagnosis) {
  const { outcome, error, findings, ruledOut, wanted, notes, comparison } = diagnosis
  return {
    schemaVersion: 1,
    outcome: outcome === 'accepted' ? 'valid' : outcome === 'nothing-read' ? 'unexplained' : outcome,
    ...(error === undefined ? {} : { error: { code: error.code, check: error.check ?? null } }),
    findings: findings.map((finding) => findingOf(finding, edit)),
    ruledOut: ruledOut.map(({ cause, how, why }) => ({ cause, how, why })),
    wanted: wanted.map(wantedOf),
    notes,
    ...(comparison === undefined ? {} : { comparison: comparisonOf(comparison) }),
  }
}

function requestOf({ id, requestId, when, method, target, host, outcome, overcome, error, findings, searched }: DiagnosedRequest) {
  return {
    id,
    requestId: requestId ?? null,
    when: when === undefined ? null : new Date(when).toISOString().replace('.000Z', 'Z'),
    method: method ?? null,
    target: target ?? null,
    host: host ?? null,
    outcome,
    overcome,
    error: error === undefined ? null : { code: error.code, check: error.check ?? null },
    findings,
    searched,
  }
}

function wantedOf({ what, decides, command }: WantedEvidence) {
  return { what, decides, ...(command === undefined ? {} : { command }) }
}

function findingOf(finding: Finding, edit: CleanDiagnosis['edit']) {
  const { proof } = finding
  return {
    causes: finding.causes,
    class: finding.class,
    proof: { level: proof.level, statement: proof.statement, ...from(proof.from) },
    summary: finding.summary,
    what: finding.what,
    why: finding.why,
    labels: finding.labels.map(labelOf),
    fixes: finding.fixes.map((fix) => fixOf(fix, edit(fix))),
    wrongFixes: finding.wrongFixes.map(({ title, why }) => ({ title, why })),
    check: finding.check,
    grounds: finding.grounds,
    alternatives: finding.alternatives,
  }
}

function fixOf(fix: Fix, edit: EditShown | undefined) {
  const { title, applicability, command } = fix
  const appliesTo = appliesToText(fix)
  return {
    title,
    ...(edit === undefined
      ? { applicability, ...(command === undefined ? {} : { command }), ...(appliesTo === undefined ? {} : { appliesTo }) }
      : { applicability: 'exact', edit }),
  }
}

function labelOf({ part, calculated, signed, note, from: place }: Label) {
  return { part, calculated, signed, note, ...from(place) }
}

function comparisonOf({ signer, verifier, lines }: Comparison) {
  return {
    signer: { origin: signer.origin, ...from(signer.from) },
    verifier: { origin: verifier.origin, ...from(verifier.from) },
    lines: lines.map((line) => ({
      part: line.part,
      same: line.same,
      ...(line.signer === undefined ? {} : { signer: line.signer }),
      ...(line.verifier === undefined ? {} : { verifier: line.verifier }),
    })),
  }
}

function from(place: Location | undefined) {
  return place === undefined ? {} : { from: { source: place.source, start: place.start, end: place.end } }
}

/** What a terminal would obey or hide is written as an escape; it is the same JSON. */
export function escapedJson(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
