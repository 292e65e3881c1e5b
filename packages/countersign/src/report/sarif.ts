/**
 * The diagnosis in the Static Analysis Results Interchange Format, for code hosts and editors: a finding is a result, its cause a
 * rule, the user's own files are the artifacts.
 *
 * Fixes are text: a SARIF fix is a change of bytes of an artifact, and what has to change is seldom the evidence.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
 */

import type { EvidenceSource } from '../case/index.js'
import type { Diagnosis, Finding } from '../diagnosis/index.js'
import { readableText, uriEncode } from '../sigv4/index.js'
import type { Location } from '../text/index.js'
import { lineAndColumn } from './excerpt.js'
import { escapedJson } from './json.js'
import { fixText, markdownText, titleOf } from './markdown.js'
import { type CleanDiagnosis, cleanDiagnosis, type ReportOptions } from './redaction/clean-diagnosis.js'
import { visible } from './redaction/visible.js'
import { certainty, headline, partText, unexplained } from './wording.js'

/**
 * JSON text with a line feed at its end.
 * @public
 */
export function renderSarif(given: Diagnosis, options: ReportOptions = {}): string {
  const clean = cleanDiagnosis(given, options)
  const { diagnosis } = clean
  const sources = (options.evidence ?? []).map((source) => ({ source, name: clean.clean(source.name) }))
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'countersign', rules: rulesOf(diagnosis) } },
        columnKind: 'unicodeCodePoints',
        ...(sources.length === 0
          ? {}
          : { artifacts: sources.map(({ source, name }) => ({ location: { uri: uriOf(name) }, length: source.text.length })) }),
        invocations: [
          {
            executionSuccessful: true,
            ...(diagnosis.notes.length === 0
              ? {}
              : {
                  toolExecutionNotifications: diagnosis.notes.map((note) => ({
                    level: 'note',
                    message: { text: plainMessage(visible(note)) },
                  })),
                }),
          },
        ],
        results: resultsOf(clean, sources[0]?.name),
        properties: { outcome: diagnosis.outcome, headline: headline(diagnosis) },
      },
    ],
  }
  return `${escapedJson(clean.finished(JSON.stringify(log, undefined, 2)))}\n`
}

/** One rule for each cause that was found, in the order of the findings. */
function rulesOf({ outcome, findings }: Diagnosis) {
  if (outcome === 'unexplained')
    return [
      {
        id: 'unexplained',
        shortDescription: { text: 'The evidence does not say what happened.' },
        defaultConfiguration: { level: 'none' },
      },
    ]
  const seen = new Set<string>()
  return findings.flatMap((finding) => {
    const id = finding.causes[0]!
    if (seen.has(id)) return []
    seen.add(id)
    const lines = [
      `${finding.summary}.`,
      `Why: ${finding.why}.`,
      ...finding.fixes.map((fix) => `Fix: ${fixText(fix)}`),
      ...finding.wrongFixes.map(({ title, why }) => `Does not help: ${title}: ${why}`),
      `The whole page: countersign explain ${id}`,
    ].map(visible)
    return [
      {
        id,
        shortDescription: { text: visible(`${finding.summary}.`) },
        fullDescription: { text: visible(`${finding.summary}: ${finding.why}.`) },
        help: { text: lines.join('\n\n'), markdown: lines.map(markdownText).join('\n\n') },
        properties: { tags: [finding.class], page: `docs/causes/${id}.md` },
      },
    ]
  })
}

function resultsOf(clean: CleanDiagnosis, anySource: string | undefined) {
  const { diagnosis } = clean
  const whole = anySource === undefined ? [] : [{ physicalLocation: { artifactLocation: { uri: uriOf(anySource) } } }]
  if (diagnosis.outcome === 'unexplained') {
    const wanted = diagnosis.wanted.map(({ what, decides }) => `Wanted: ${what}: ${decides}.`)
    const text = plainMessage(visible([`${unexplained(diagnosis)}.`, ...wanted].join(' ')))
    return [{ ruleId: 'unexplained', ruleIndex: 0, kind: 'open', level: 'none', message: { text }, locations: whole }]
  }
  const rules = [...new Set(diagnosis.findings.map(({ causes }) => causes[0]!))]
  return diagnosis.findings.map((finding, i) => {
    const places = placesOf(finding, clean)
    const [first, ...others] = places.length > 0 ? places : whole
    return {
      ruleId: finding.causes[0]!,
      ruleIndex: rules.indexOf(finding.causes[0]!),
      kind: 'fail',
      level: finding.proof.level !== 'none' ? 'error' : i === 0 ? 'warning' : 'note',
      message: messageOf(finding),
      locations: first === undefined ? [] : [first],
      ...(others.length === 0 ? {} : { relatedLocations: others.map((place, id) => ({ id, ...place })) }),
      properties: {
        causes: finding.causes,
        class: finding.class,
        proof: { level: finding.proof.level, statement: finding.proof.statement },
        grounds: finding.grounds,
        alternatives: finding.alternatives,
        fixes: finding.fixes.map(fixText),
        check: finding.check,
      },
    }
  })
}

function messageOf(finding: Finding) {
  const fix = finding.fixes[0]
  const sentences = [
    `${certainty(finding)}: ${finding.what}.`,
    `${finding.proof.level === 'none' ? 'Not proven' : `Proof (${finding.proof.level})`}: ${finding.proof.statement}.`,
    ...(fix === undefined ? [] : [`Fix: ${titleOf(fix)}`]),
  ].map(visible)
  return { text: plainMessage(sentences.join(' ')), markdown: sentences.map(markdownText).join('\n\n') }
}

/** In a message of SARIF braces hold the place of arguments, and "[a](1)" is a link to a location. */
function plainMessage(text: string): string {
  return text.replace(/[{}]/g, '$&$&').replaceAll('](', '] (')
}

/** Where the labels and the proof stand, each place once. */
function placesOf({ labels, proof }: Finding, clean: CleanDiagnosis) {
  const seen = new Set<string>()
  const places = [
    ...labels.map(({ from, part, note }) => ({ from, text: `${partText(part)}: ${note}` })),
    { from: proof.from, text: `proof: ${proof.statement}` },
  ]
  return places.flatMap(({ from, text }) => {
    const key = from === undefined ? '' : `${from.source}:${from.start}-${from.end}`
    if (from === undefined || seen.has(key)) return []
    seen.add(key)
    return [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(from.source) }, region: regionOf(from, clean.sourceOf(from)) },
        message: { text: plainMessage(visible(text)) },
      },
    ]
  })
}

function regionOf({ start, end }: Location, source: EvidenceSource | undefined) {
  const bytes = { byteOffset: start, byteLength: end - start }
  if (source === undefined) return bytes
  const at = (offset: number) => {
    const { line, column } = lineAndColumn(source.text, offset)
    return { line, column: [...readableText(source.text.slice(offset - column + 1, offset))].length + 1 }
  }
  const [first, last] = [at(start), at(end)]
  return { startLine: first.line, startColumn: first.column, endLine: last.line, endColumn: last.column, ...bytes }
}

/** A file as a reference that is a URI: "C:\x y" and "a b.xml" are none. */
function uriOf(source: string): string {
  if (source === '-') return 'standard-input'
  const path = uriEncode(source.replaceAll('\\', '/'), '/')
  return /^[A-Za-z]%3A\//.test(path) ? `file:///${path.replace('%3A', ':')}` : path
}
