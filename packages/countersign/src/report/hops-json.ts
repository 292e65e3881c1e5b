/**
 * What `hops` found as JSON, for programs: its shape changes only together with `schemaVersion`.
 * @see ../../../../docs/manual/hops.md
 */
import type { ConfigLine, HopFinding, HopsCompared, JudgedChange, Place } from '../hops/index.js'
import type { CleanHops } from './hops-clean.js'
import { escapedJson } from './json.js'

export const HOPS_SCHEMA_VERSION = 1

export function renderHopsJson(compared: HopsCompared, clean: CleanHops): string {
  const { outcome, points, matchedBy, requests, findings, notes } = compared
  const report = {
    countersign: 'hops',
    schemaVersion: HOPS_SCHEMA_VERSION,
    outcome,
    points: points.map(({ name, requests: seen, unmatched }) => ({ name, requests: seen, unmatched })),
    matchedBy: {
      signature: matchedBy.signature,
      requestId: matchedBy['request-id'],
      dateAndPath: matchedBy['date-and-path'],
      order: matchedBy.order,
      record: matchedBy.record,
    },
    requests: requests.map((one) => ({
      id: one.id,
      method: one.method,
      target: clean.target(one.target),
      matchedBy: one.matchedBy,
      places: one.places.map((place) => ({ ...placeJson(place), signature: place.signature })),
      steps: one.steps.map(({ from, to, changes, signedAgain }) => ({
        from: placeJson(from),
        to: placeJson(to),
        signedAgain,
        changes: changes.map((change) => changeJson(change, clean)),
      })),
      findings: one.findings,
    })),
    findings: findings.map((finding) => findingJson(finding, clean)),
    notes,
  }
  return `${escapedJson(clean.finished(JSON.stringify(report, undefined, 2)))}\n`
}

function findingJson(one: HopFinding, clean: CleanHops) {
  const { causes, summary, proof, from, to, hop, requests, changes, finding, lines } = one
  const edit = clean.edit(one)
  return {
    causes,
    class: finding?.class ?? null,
    summary,
    proof: { level: proof.level, statement: proof.statement },
    from: placeJson(from),
    to: placeJson(to),
    hop: hop ?? null,
    requests,
    changes: changes.map((change) => changeJson(change, clean)),
    lines: lines.map((line) => lineJson(line, clean)),
    edit: edit === undefined ? null : { file: edit.file, line: edit.line, before: edit.before, after: edit.after },
    fixes: clean
      .fixes(one)
      .map(({ title, command }) => ({ title: clean.text(title), ...(command === undefined ? {} : { command: clean.text(command) }) })),
  }
}

function lineJson({ hop, clue }: ConfigLine, clean: CleanHops) {
  const { file, line } = clean.lineOf(clue.location)
  return { hop, file, line: line ?? null, says: clean.text(clue.message) }
}

function placeJson({ point, seen }: Place) {
  return { point, seen: seen ?? null }
}

function changeJson(change: JudgedChange, clean: CleanHops) {
  const { part, how, name, signed } = change
  const { before, after } = clean.values(change)
  return {
    part,
    how,
    ...(name === undefined ? {} : { name }),
    signed,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  }
}
