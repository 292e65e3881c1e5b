/**
 * The diagnosis in the Static Analysis Results Interchange Format, for code hosts and editors: a finding is a result, its cause a
 * rule, the user's own files are the artifacts.
 *
 * Fixes are text: a SARIF fix is a change of bytes of an artifact, and what has to change is seldom the evidence.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
 */

import type { EvidenceSource } from '../case/index.js'
import type { Fix } from '../causes/index.js'
import type { Diagnosis, Finding } from '../diagnosis/index.js'
import { readableText } from '../sigv4/index.js'
import type { Location } from '../text/index.js'
import { lineAndColumn } from './excerpt.js'
import { relativeName, uriOf } from './file-names.js'
import { escapedJson } from './json.js'
import { fixBlock, markdownText, titleOf } from './markdown.js'
import { causePage, PRODUCT } from './product.js'
import { type CleanDiagnosis, cleanDiagnosis, type ReportOptions } from './redaction/clean-diagnosis.js'
import { visible, visibleLines } from './redaction/visible.js'
import { capital, certainty, headline, partText, summaryLine, unexplained } from './wording.js'

/**
 * The diagnosis as SARIF 2.1.0, with a line feed at its end.
 *
 * @param options What is hidden (`redact`: "safe" by default), the secrets you gave, the evidence for its places.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @example
 * ```js
 * import { diagnoseEvidence, renderSarif } from 'countersign'
 *
 * const diagnosis = diagnoseEvidence([{ name: 'message.txt', text: 'Signature expired: 20260303T081531Z is now earlier than 20260303T111031Z (20260303T111531Z - 5 min.)' }])
 * JSON.parse(renderSarif(diagnosis)).runs[0].results[0].ruleId // => 'clock-skewed'
 * ```
 * @public
 */
export function renderSarif(given: Diagnosis, options: ReportOptions = {}): string {
  const clean = cleanDiagnosis(given, options, true)
  const { diagnosis } = clean
  const uri = (name: string): string => uriOf(relativeName(name, options.directory))
  const sources = (options.evidence ?? []).map((source) => ({ source, uri: uri(clean.clean(source.name)) }))
  const [any] = sources
  const whole = any === undefined ? [] : [{ physicalLocation: { artifactLocation: { uri: any.uri }, region: firstLine(any.source) } }]
  const { name, version, address } = PRODUCT
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name,
            fullName: `${name} ${version}`,
            version,
            semanticVersion: version,
            informationUri: address,
            rules: rulesOf(diagnosis),
          },
        },
        automationDetails: { id: `${name}/diagnose/` },
        columnKind: 'unicodeCodePoints',
        ...(sources.length === 0
          ? {}
          : { artifacts: sources.map(({ source, uri }) => ({ location: { uri }, length: source.text.length })) }),
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
        results: resultsOf(clean, whole, uri),
        properties: { outcome: diagnosis.outcome, summary: summaryLine(diagnosis), headline: headline(diagnosis) },
      },
    ],
  }
  return `${escapedJson(clean.finished(JSON.stringify(log, undefined, 2)))}\n`
}

/** Outcomes without a finding that are no pass. */
const OPEN = {
  unexplained: 'The evidence does not say why the request was refused.',
  'nothing-read': 'The evidence holds no request, no error and no log that is known.',
} as const

/** One rule for each cause that was found, in the order of the findings. */
function rulesOf({ outcome, findings }: Diagnosis) {
  if (outcome === 'unexplained' || outcome === 'nothing-read') {
    const text = OPEN[outcome]
    return [
      {
        id: outcome,
        name: nameOf(outcome),
        shortDescription: { text },
        fullDescription: { text },
        helpUri: PRODUCT.address,
        help: { text, markdown: text },
        defaultConfiguration: { level: 'none' },
      },
    ]
  }
  const seen = new Set<string>()
  return findings.flatMap((finding) => {
    const id = finding.causes[0]!
    if (seen.has(id)) return []
    seen.add(id)
    return [
      {
        id,
        name: nameOf(id),
        shortDescription: { text: visible(sentence(finding.summary)) },
        fullDescription: { text: visible(`${sentence(finding.summary)} ${sentence(finding.why)}`) },
        helpUri: causePage(id),
        help: { text: helpText(finding), markdown: helpMarkdown(finding) },
        properties: { tags: [finding.class], page: `docs/causes/${id}.md` },
      },
    ]
  })
}

/** "PathEncodedTwice": a name that code hosts show beside the id, and which is another word than it. */
function nameOf(id: string): string {
  const name = id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return id.includes('-') ? name : `Cause${name}`
}

function helpText({ summary, why, fixes, wrongFixes, causes }: Finding): string {
  return [
    visible(sentence(summary)),
    visible(`Why: ${why}.`),
    ...fixes.map((fix) => `Fix: ${fixLines(fix)}`),
    ...(wrongFixes.length === 0
      ? []
      : [["Don't:", ...wrongFixes.map(({ title, why: reason }) => visible(`- ${title}: ${reason}`))].join('\n')]),
    `The whole page: countersign explain ${causes[0]}`,
  ].join('\n\n')
}

function helpMarkdown({ summary, why, fixes, wrongFixes, causes }: Finding): string {
  return [
    markdownText(sentence(summary)),
    `**Why:** ${markdownText(sentence(why))}`,
    ...fixes.map((fix) => fixBlock(fix)),
    ...(wrongFixes.length === 0
      ? []
      : [
          ["**Don't:**", '', ...wrongFixes.map(({ title, why: reason }) => `- ${markdownText(title)}: ${markdownText(reason)}`)].join('\n'),
        ]),
    `The whole page: [${causes[0]}](${causePage(causes[0]!)}), or \`countersign explain ${causes[0]}\``,
  ].join('\n\n')
}

/** A fix with its command on lines of its own. */
function fixLines(fix: Fix): string {
  const title = visible(titleOf(fix))
  return fix.command === undefined ? title : `${title}:\n${visibleLines(fix.command).replace(/^/gm, '    ')}`
}

/** @param whole Where a result without a place stands: code hosts refuse one that stands nowhere. */
function resultsOf(clean: CleanDiagnosis, whole: readonly object[], uri: (name: string) => string) {
  const { diagnosis } = clean
  const { outcome } = diagnosis
  if (outcome === 'unexplained' || outcome === 'nothing-read') {
    const said = outcome === 'unexplained' ? sentence(unexplained(diagnosis)) : OPEN[outcome]
    const wanted = diagnosis.wanted.map(({ what, decides }) => `To be sure: ${what}: ${decides}.`)
    const text = plainMessage(visible([said, ...wanted].join(' ')))
    return [{ ruleId: outcome, ruleIndex: 0, kind: 'open', level: 'none', message: { text }, locations: whole }]
  }
  const rules = [...new Set(diagnosis.findings.map(({ causes }) => causes[0]!))]
  return diagnosis.findings.map((finding, i) => {
    const places = placesOf(finding, clean, uri)
    const [first, ...others] = places.length > 0 ? places : whole
    // What the client repaired itself is worth a note.
    const level = outcome === 'accepted' ? 'note' : finding.proof.level !== 'none' ? 'error' : i === 0 ? 'warning' : 'note'
    return {
      ruleId: finding.causes[0]!,
      ruleIndex: rules.indexOf(finding.causes[0]!),
      kind: 'fail',
      level,
      message: messageOf(finding),
      locations: first === undefined ? [] : [first],
      ...(others.length === 0 ? {} : { relatedLocations: others.map((place, id) => ({ id, ...place })) }),
      properties: {
        causes: finding.causes,
        class: finding.class,
        proof: { level: finding.proof.level, statement: finding.proof.statement },
        grounds: finding.grounds,
        alternatives: finding.alternatives,
        fixes: finding.fixes.map(fixLines),
        check: finding.check,
      },
    }
  })
}

function messageOf(finding: Finding) {
  const [fix] = finding.fixes
  const sentences = [
    `${certainty(finding)}: ${finding.what}.`,
    `${finding.proof.level === 'none' ? 'Not proven' : `Proof (${finding.proof.level})`}: ${finding.proof.statement}.`,
    ...(fix === undefined ? [] : [`Fix: ${titleOf(fix)}.`]),
  ].map((text) => visible(sentence(text, '')))
  return { text: plainMessage(sentences.join(' ')), markdown: sentences.map(markdownText).join('\n\n') }
}

/** With a capital, and a full stop where none is. */
function sentence(text: string, stop = '.'): string {
  return `${capital(text)}${/[.!?]$/.test(text) ? '' : stop}`
}

/** In a message of SARIF braces hold the place of arguments, and "[a](1)" is a link to a location. */
function plainMessage(text: string): string {
  return text.replace(/[{}]/g, '$&$&').replaceAll('](', '] (')
}

/** Where the labels and the proof stand, each place once. */
function placesOf({ labels, proof }: Finding, clean: CleanDiagnosis, uri: (name: string) => string) {
  const seen = new Set<string>()
  const places = [
    ...labels.map(({ from, part, note }) => ({ from, text: sentence(`${partText(part)}: ${note}`) })),
    { from: proof.from, text: sentence(`proof: ${proof.statement}`) },
  ]
  return places.flatMap(({ from, text }) => {
    const key = from === undefined ? '' : `${from.source}:${from.start}-${from.end}`
    if (from === undefined || seen.has(key)) return []
    seen.add(key)
    return [
      {
        physicalLocation: { artifactLocation: { uri: uri(from.source) }, region: regionOf(from, clean.sourceOf(from)) },
        message: { text: plainMessage(visible(text)) },
      },
    ]
  })
}

function firstLine(source: EvidenceSource) {
  const end = source.text.indexOf('\n')
  return regionOf({ source: source.name, start: 0, end: Math.min(end < 0 ? source.text.length : end, MOST_COLUMNS) }, source)
}

function regionOf({ start, end }: Location, source: EvidenceSource | undefined) {
  const bytes = { byteOffset: start, byteLength: end - start }
  // To count the characters of a line of megabytes takes as many again; bytes are a place, too.
  if (source === undefined || lineAndColumn(source.text, start).column > MOST_COLUMNS || end - start > MOST_BYTES) return bytes
  const at = (offset: number) => {
    const { line, column } = lineAndColumn(source.text, offset)
    return { line, column: [...readableText(source.text.slice(offset - column + 1, offset))].length + 1 }
  }
  const [first, last] = [at(start), at(end)]
  return { startLine: first.line, startColumn: first.column, endLine: last.line, endColumn: last.column, ...bytes }
}

const MOST_COLUMNS = 10_000
const MOST_BYTES = 1_000_000
