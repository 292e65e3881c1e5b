/** The list of evidence readers, and the door to them. A piece of evidence may hold several formats; each reader takes its own. */

import type { EvidenceReader, EvidenceSource, Observation } from '../case/index.js'
import {
  callHints,
  clientCode,
  clientVersions,
  commandLines,
  contrasts,
  credentialHints,
  credentialsText,
  denials,
  keptRequests,
  prose,
  proxyConfiguration,
  serverWords,
  signerCode,
  toldHints,
  withoutUnsigned,
  withPairHints,
  writtenNames,
} from '../clues/index.js'
import {
  accessLog,
  apiGatewayLog,
  authorizationHeader,
  awsCliCommand,
  botocoreDebugLog,
  canonicalRequestText,
  cephRgwLog,
  chunkSignatureText,
  clientErrorText,
  clientNames,
  clientWireLog,
  clockTools,
  cloudfrontLog,
  cloudtrailLog,
  codeCalls,
  commandCalls,
  connectionString,
  curlCommand,
  curlTrace,
  curlVerbose,
  documentation,
  envoyDebugLog,
  envoyLog,
  errorJson,
  errorMessage,
  garageLog,
  haproxyLog,
  har,
  httpMessage,
  insomniaExport,
  inspectorText,
  jsonAccessLog,
  jsSdkLog,
  keyTools,
  loadBalancerLog,
  minioTrace,
  nginxErrorLog,
  packetText,
  postmanCollection,
  presignedUrl,
  printedKeys,
  printedSignature,
  queryErrorXml,
  recording,
  s3AccessLog,
  s3cmdLog,
  s3ErrorXml,
  settings,
  signerDebugLog,
  sigv2StringToSign,
  stringToSignText,
  subjectsNamed,
  told,
  varnishLog,
  version2Text,
  writtenSecrets,
} from '../evidence/index.js'
import { type Location, readingsOf, type TextReading } from '../text/index.js'
import { withHeaderFiles } from './header-files.js'
import { type Worth, worthOf } from './reading-worth.js'
import { SOURCE_READINGS } from './source-readings.js'
import { withoutGuesses } from './without-guesses.js'

/** Every reader, sorted by id; first the one that takes a text for itself. */
export const READERS: readonly EvidenceReader[] = [
  documentation,
  accessLog,
  apiGatewayLog,
  authorizationHeader,
  awsCliCommand,
  botocoreDebugLog,
  canonicalRequestText,
  cephRgwLog,
  chunkSignatureText,
  clientCode,
  clientErrorText,
  clientNames,
  clientVersions,
  clientWireLog,
  clockTools,
  cloudfrontLog,
  cloudtrailLog,
  codeCalls,
  commandCalls,
  commandLines,
  connectionString,
  contrasts,
  credentialsText,
  curlCommand,
  curlTrace,
  curlVerbose,
  denials,
  envoyDebugLog,
  envoyLog,
  errorJson,
  errorMessage,
  garageLog,
  haproxyLog,
  har,
  httpMessage,
  insomniaExport,
  inspectorText,
  jsSdkLog,
  jsonAccessLog,
  keptRequests,
  keyTools,
  loadBalancerLog,
  minioTrace,
  nginxErrorLog,
  packetText,
  postmanCollection,
  presignedUrl,
  printedKeys,
  printedSignature,
  prose,
  proxyConfiguration,
  queryErrorXml,
  recording,
  s3AccessLog,
  s3ErrorXml,
  s3cmdLog,
  serverWords,
  settings,
  signerCode,
  signerDebugLog,
  sigv2StringToSign,
  stringToSignText,
  subjectsNamed,
  told,
  varnishLog,
  version2Text,
  writtenNames,
  writtenSecrets,
]

/**
 * How far reading is: so many of all pieces were read, and this one is next or under way.
 * @internal
 */
export interface ReadingProgress {
  readonly source: string
  readonly read: number
  readonly of: number
}

/**
 * Reading in steps: it yields its progress, and stops with what it has if `true` is sent back.
 * @internal
 */
export type Reading<Result> = Generator<ReadingProgress, Result, boolean | undefined>

/**
 * Everything that some pieces of evidence say. Total: what no reader knows becomes an `unreadable` observation.
 *
 * @param readers Default: all. `docs/evidence/README.md` lists them.
 * @example
 * ```js
 * import { readEvidence } from 'countersign'
 *
 * const seen = readEvidence([{ name: 'message.txt', text: 'Signature expired: 20260303T081531Z is now earlier than 20260303T111031Z (20260303T111531Z - 5 min.)' }])
 * seen.map(({ kind }) => kind) // => ['error', 'stated']
 * readEvidence([{ name: 'photo.jpg', text: '\xff\xd8\xff' }])[0].kind // => 'unreadable'
 * ```
 * @public
 */
export function readEvidence(sources: readonly EvidenceSource[], readers: readonly EvidenceReader[] = READERS): readonly Observation[] {
  const steps = readEvidenceSteps(sources, readers)
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

/**
 * `readEvidence` in steps, one reader on one reading of a text each, for callers that show progress, keep a time limit or can be
 * interrupted. After `next(true)` nothing more is read, and each piece that was not read whole says so (`unreadable`).
 *
 * @example
 * ```js
 * import { readEvidenceSteps } from 'countersign'
 *
 * const steps = readEvidenceSteps([{ name: 'message.txt', text: 'Signature expired: 20260303T081531Z is now earlier than 20260303T111031Z (20260303T111531Z - 5 min.)' }])
 * let step = steps.next()
 * step.value.source // => 'message.txt'
 * while (!step.done) step = steps.next()
 * step.value.length // => 2
 * ```
 * @public
 */
export function* readEvidenceSteps(
  sources: readonly EvidenceSource[],
  readers: readonly EvidenceReader[] = READERS,
): Reading<readonly Observation[]> {
  const all: (readonly Observation[])[] = []
  const evidence: EvidenceSource[] = []
  const notRead = (from: number) => sources.slice(from).map((source) => unread(source, 'was not read'))
  for (const [read, source] of sources.entries()) {
    const progress = { source: source.name, read, of: sources.length }
    if ((yield progress) === true) return [...all.flat(), ...notRead(read)]
    const { seen, whole, sole } = yield* bestReading(source, readers, progress)
    if (!sole) evidence.push(source)
    all.push(seen.every(onlyNames) && whole ? [...seen, unreadable(source)] : seen)
    if (!whole) return [...all.flat(), unread(source, 'was read in part only'), ...notRead(read + 1)]
  }
  const flat = withHeaderFiles(withoutGuesses(all.flat()))
  const beside = withPairHints(evidence, flat)
  const seen = [...beside, ...credentialHints(evidence, beside)]
  return withoutUnsigned([...seen, ...callHints(seen), ...toldHints(seen)])
}

interface BestReading {
  readonly seen: readonly Observation[]
  readonly whole: boolean
  /** One reader took the text for itself. */
  readonly sole: boolean
}

/** What the reading says that says most; of several that say as much, the plainest. */
function* bestReading(source: EvidenceSource, readers: readonly EvidenceReader[], progress: ReadingProgress): Reading<BestReading> {
  let best: { readonly seen: readonly Observation[]; readonly worth: Worth } | undefined
  for (const reading of readingsOf(source.text, SOURCE_READINGS)) {
    const given = { ...source, text: reading.text }
    const read: (readonly Observation[])[] = []
    let whole = true
    for (const reader of readers) {
      // Whose side a text is of was declared: then it is evidence.
      if (!(reader.sole === true && source.side !== undefined) && reader.recognize(reading.text)) {
        const seen = reader.read(given)
        if (reader.sole === true) return { seen: seen.map((one) => asGiven(one, reading)), whole, sole: true }
        read.push(seen)
      }
      whole = (yield progress) !== true
      if (!whole) break
    }
    const seen = read.flat()
    const worth = worthOf(seen)
    if (best === undefined || saysMore(worth, best.worth)) best = { seen: seen.map((one) => asGiven(one, reading)), worth }
    if (!whole) return { seen: best.seen, whole, sole: false }
  }
  return { seen: best?.seen ?? [], whole: true, sole: false }
}

function saysMore(one: Worth, other: Worth): boolean {
  return one.found !== other.found ? one.found > other.found : one.detail > other.detail
}

/** An observation of a reading, with its place in the text as it was given. */
function asGiven(one: Observation, { origin, sure }: TextReading): Observation {
  const placed = (place: Location): Location => {
    const start = origin(place.start)
    return { ...place, start, end: Math.max(start, origin(place.end)) }
  }
  const location = placed(one.location)
  if (one.kind === 'clue') return { ...one, location, ...(one.mend !== undefined && { mend: { ...one.mend, at: placed(one.mend.at) } }) }
  const fidelity = !sure && one.fidelity === 'exact' ? 'normalized' : one.fidelity
  if (one.kind !== 'setting' || one.setting.stands === undefined) return { ...one, location, fidelity }
  const { stands } = one.setting
  return { ...one, location, fidelity, setting: { ...one.setting, stands: { ...stands, at: placed(stands.at) } } }
}

/** What says who asks, and nothing of a request. */
function onlyNames(one: Observation): boolean {
  return one.kind === 'named' || (one.kind === 'setting' && one.setting.means === undefined)
}

/** A piece that was left when reading was stopped. */
function unread({ name, text }: EvidenceSource, what: string): Observation {
  const reason = `${what}: reading was stopped before its end`
  return { kind: 'unreadable', reason, location: { source: name, start: 0, end: text.length }, fidelity: 'exact' }
}

function unreadable({ name, text }: EvidenceSource): Observation {
  const reason = text.trim() === '' ? 'is empty' : 'is in no format that I recognise: no request, no error, no log of a signer'
  return { kind: 'unreadable', reason, location: { source: name, start: 0, end: text.length }, fidelity: 'exact' }
}
