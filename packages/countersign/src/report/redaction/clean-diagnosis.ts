/** A diagnosis made fit to be shown: every string of it decoded and redacted before any format lays it out. */

import type { EvidenceSource, Observation } from '../../case/index.js'
import type { Fix, Label } from '../../causes/index.js'
import type { ComparedLine, Diagnosis, Finding } from '../../diagnosis/index.js'
import type { Location } from '../../text/index.js'
import { type EditShown, editShown } from '../edit.js'
import { type ExcerptLine, excerpt, lineAndColumn } from '../excerpt.js'
import { markedLine } from '../marked-line.js'
import { placeText } from '../wording.js'
import { inOrderOfTemptation } from '../wrong-fixes.js'
import { Placeholders } from './placeholders.js'
import { Gate, maskedValue, type RedactLevel, SESSION_TOKEN, SIGNATURE } from './redact.js'
import { shortened, shortenedTogether } from './shortened.js'
import { decoded, visible } from './visible.js'

/**
 * What every format takes.
 * @public
 */
export interface ReportOptions {
  /** Secrets and session tokens the user gave; taken out wherever they stand. */
  readonly secrets?: readonly string[]
  /** How much is hidden; "safe" by default. */
  readonly redact?: RedactLevel
  /** The evidence that was diagnosed: places in it are then also told by line, and shown where the format has room. */
  readonly evidence?: readonly EvidenceSource[]
  /** What `readEvidence` read in it: the HTML page then lists what each piece was read as. */
  readonly observations?: readonly Observation[]
  /** When the report is made, in milliseconds since 1970; the HTML page says it. */
  readonly now?: number
  /** Files below it are named relative to it in formats for code hosts: sarif and github. */
  readonly directory?: string
}

/** A diagnosis that may be shown, and the gate its words went through, for what a format adds to them. */
export interface CleanDiagnosis {
  readonly diagnosis: Diagnosis
  /** A text of the evidence made fit to be shown. */
  clean(text: string): string
  /** Where something stands, in words: the lines too, where the evidence is at hand. */
  place(location: Location): string
  /** The line a place begins on, where the evidence is at hand. */
  lineNumber(location: Location): number | undefined
  /** Where something stands, in short: "nginx.conf:10". */
  lineOf(location: Location): string
  /** The piece of evidence that a place is in, where it is at hand. */
  sourceOf(location: Location): EvidenceSource | undefined
  /** The line that a repair changes; none where a name or a secret would have to be hidden in it. */
  edit(fix: Fix): EditShown | undefined
  /** The lines of a place; none where the evidence is not at hand, or its names are not to be shown: a log is full of them. */
  excerpt(location: Location): readonly ExcerptLine[]
  /** The finished report through the gate once more. */
  finished(report: string): string
}

/**
 * The same diagnosis without anything that may not be shown.
 * @param oneLine Places of labels and proofs are the one line that differs, where it is found, instead of the whole text it is in.
 */
export function cleanDiagnosis(given: Diagnosis, options: ReportOptions, oneLine = false): CleanDiagnosis {
  const level = options.redact ?? 'safe'
  const gate = new Gate(options.secrets ?? [], given.unspoken ?? [], given.credentials ?? [])
  const names = level === 'strict' ? new Placeholders(given.privateNames ?? []) : undefined
  // Reasons and statements repeat themselves; each is cleaned once.
  const cleaned = new Map<string, string>()
  const clean = (text: string): string => {
    const known = cleaned.get(text)
    if (known !== undefined) return known
    const open = gate.clean(decoded(text), level)
    const anonymous = names === undefined ? open : names.sentence(open)
    cleaned.set(text, anonymous)
    return anonymous
  }
  const sources = new Map(options.evidence?.map((source) => [clean(source.name), source]))
  const sourceOf = ({ source, end }: Location): EvidenceSource | undefined => {
    const found = sources.get(source)
    return found === undefined || end > found.text.length ? undefined : found
  }
  const { unspoken: _, credentials: __, privateNames: ___, ...shown } = given
  const findings = (oneLine ? shown.findings.map((finding) => withMarkedLines(finding, options.evidence ?? [])) : shown.findings).map(
    (finding): Finding => ({
      ...finding,
      labels: finding.labels.map((label) => masked(label, gate, names)),
      wrongFixes: inOrderOfTemptation(finding.wrongFixes, options.evidence ?? []),
    }),
  )
  const requests = shown.requests.map((one) =>
    names === undefined || one.target === undefined ? one : { ...one, target: names.target(gate.given(decoded(one.target))) },
  )
  const facts = shown.facts?.map((fact) => ({
    ...fact,
    value: anonymous({ value: fact.value }, FACT_PARTS[fact.name] ?? 'method', gate, names).value,
  }))
  const lines = shown.comparison?.lines.map((line): ComparedLine => ({ ...line, ...anonymous(sidesOf(line), line.part, gate, names) }))
  const comparison = shown.comparison === undefined ? {} : { comparison: { ...shown.comparison, lines: lines! } }
  return {
    // Cut only once they are clean: half a secret would not be found.
    diagnosis: short(mapped({ ...shown, requests, findings, ...comparison, ...(facts === undefined ? {} : { facts }) }, clean)),
    clean,
    place: (location) => {
      const source = sourceOf(location)
      return placeText(location, source === undefined ? undefined : lineAndColumn(source.text, location.start).line)
    },
    lineNumber: (location) => {
      const source = sourceOf(location)
      return source === undefined ? undefined : lineAndColumn(source.text, location.start).line
    },
    lineOf: (location) => {
      const source = sourceOf(location)
      const name = location.source === '-' ? 'standard input' : visible(location.source)
      return source === undefined ? name : `${name}:${lineAndColumn(source.text, location.start).line}`
    },
    sourceOf,
    edit: (fix) => (names !== undefined || fix.edit === undefined ? undefined : editShown(fix, sourceOf(fix.edit.at), clean)),
    excerpt: (location) => {
      const source = names === undefined ? sourceOf(location) : undefined
      return source === undefined ? [] : excerpt(source, location, clean)
    },
    finished: (report) => gate.given(report),
  }
}

/** The finding with the one line that differs in place of a whole text. Done on what was given: a cleaned value stands nowhere. */
function withMarkedLines(finding: Finding, evidence: readonly EvidenceSource[]): Finding {
  const [first] = finding.labels
  const marked = (place: Location, label: Label): Location => {
    const source = evidence.find(({ name }) => name === place.source)
    return source === undefined ? place : markedLine(source.text, place, label)
  }
  const labels = finding.labels.map((label) => (label.from === undefined ? label : { ...label, from: marked(label.from, label) }))
  const { proof } = finding
  if (proof.from === undefined || first === undefined) return { ...finding, labels }
  return { ...finding, labels, proof: { ...proof, from: marked(proof.from, first) } }
}

/** Labels on tokens, keys and signatures would be nothing but what may not be shown. */
function masked(label: Label, gate: Gate, names: Placeholders | undefined): Label {
  const placeholder = MASKED[label.part]
  if (placeholder === undefined)
    return { ...label, ...anonymous({ calculated: label.calculated, signed: label.signed }, label.part, gate, names) }
  return { ...label, calculated: maskedValue(label.calculated, placeholder), signed: maskedValue(label.signed, placeholder) }
}

function sidesOf({ signer, verifier }: ComparedLine): Readonly<Record<string, string>> {
  return { ...(signer === undefined ? {} : { signer }), ...(verifier === undefined ? {} : { verifier }) }
}

/** Paths and query strings, every word of which is somebody's. */
function anonymous<Texts extends Readonly<Record<string, string>>>(
  texts: Texts,
  part: Label['part'],
  gate: Gate,
  names: Placeholders | undefined,
): Texts {
  if (names === undefined || (part !== 'canonical-uri' && part !== 'canonical-query-string')) return texts
  const change = (text: string): string => {
    // What is known goes first: of a secret in digits, short numbers would stay.
    const open = gate.given(decoded(text))
    return part === 'canonical-uri' ? names.target(open) : names.query(open)
  }
  return Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, change(value)])) as Texts
}

/** The diagnosis with every text of a length that can be read. */
function short(whole: Diagnosis): Diagnosis {
  const findings = whole.findings.map((finding): Finding => {
    const labels = finding.labels.map((label): Label => {
      const [calculated, signed] = shortenedTogether([label.calculated, label.signed])
      return { ...label, calculated: calculated!, signed: signed! }
    })
    return { ...mapped({ ...finding, labels: [] }, shortened), labels }
  })
  const lines = whole.comparison?.lines.map((line): ComparedLine => {
    const sides = Object.entries(sidesOf(line))
    const texts = shortenedTogether(sides.map(([, text]) => text))
    return { ...line, ...Object.fromEntries(sides.map(([side], i) => [side, texts[i]!])) }
  })
  const comparison = whole.comparison === undefined ? {} : { comparison: { ...whole.comparison, lines: lines! } }
  const { comparison: _, ...rest } = whole
  return { ...mapped({ ...rest, findings: [] }, shortened), findings, ...comparison }
}

function mapped<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T
  if (Array.isArray(value)) return value.map((item) => mapped(item, change)) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, OWN_WORDS.has(key) ? item : mapped(item, change)])) as T
}

/** Ids and labels of this program: nothing of the evidence is in them. */
const OWN_WORDS = new Set(['causes', 'class', 'alternatives', 'cause', 'how', 'outcome', 'id', 'level', 'part', 'applicability', 'origin'])
const FACT_PARTS: Readonly<Record<string, Label['part']>> = { path: 'canonical-uri', query: 'canonical-query-string' }
const MASKED: Partial<Record<Label['part'], string>> = {
  'session-token': SESSION_TOKEN,
  signature: SIGNATURE,
  'signing-key': '[key]',
}
