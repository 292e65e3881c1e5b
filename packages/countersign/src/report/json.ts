/**
 * The diagnosis as JSON, for programs: its shape changes only together with `schemaVersion`.
 * @see ../../../../docs/manual/json-output.md
 */
import type { Label } from '../causes/index.js'
import type { Comparison, Diagnosis, Finding } from '../diagnosis/index.js'
import type { Location } from '../text/index.js'
import { cleanDiagnosis, type ReportOptions } from './redaction/clean-diagnosis.js'

export const SCHEMA_VERSION = 1

/**
 * JSON text with a line feed at its end. The order of keys is always the same.
 * @public
 */
export function renderJson(diagnosis: Diagnosis, options: ReportOptions = {}): string {
  const clean = cleanDiagnosis(diagnosis, options)
  const { outcome, error, findings, ruledOut, wanted, notes, comparison } = clean.diagnosis
  const report = {
    schemaVersion: SCHEMA_VERSION,
    outcome,
    ...(error === undefined ? {} : { error: { code: error.code, check: error.check ?? null } }),
    findings: findings.map(findingOf),
    ruledOut: ruledOut.map(({ cause, how, why }) => ({ cause, how, why })),
    wanted: wanted.map(({ what, decides, command }) => ({ what, decides, ...(command === undefined ? {} : { command }) })),
    notes,
    ...(comparison === undefined ? {} : { comparison: comparisonOf(comparison) }),
  }
  return `${escapedJson(clean.finished(JSON.stringify(report, undefined, 2)))}\n`
}

function findingOf(finding: Finding) {
  const { proof } = finding
  return {
    causes: finding.causes,
    class: finding.class,
    proof: { level: proof.level, statement: proof.statement, ...from(proof.from) },
    summary: finding.summary,
    what: finding.what,
    why: finding.why,
    labels: finding.labels.map(labelOf),
    fixes: finding.fixes.map(({ title, applicability, command, appliesTo }) => ({
      title,
      applicability,
      ...(command === undefined ? {} : { command }),
      ...(appliesTo === undefined ? {} : { appliesTo }),
    })),
    wrongFixes: finding.wrongFixes.map(({ title, why }) => ({ title, why })),
    check: finding.check,
    grounds: finding.grounds,
    alternatives: finding.alternatives,
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
