/**
 * The error bodies in a text, in XML and in JSON, each where it stands.
 *
 * Four readers ask: three read a kind of body each, and the reader of plain messages reads what is left. So a text is gone
 * through once, and the answer kept for as long as the source is.
 */
import type { EvidenceSource, Fidelity } from '../../case/index.js'
import {
  bodyReadings,
  type EditedText,
  elementOf,
  type FoundObject,
  jsonObjects,
  type Location,
  looseElements,
  plainText,
  type XmlBody,
  xmlBodies,
} from '../../text/index.js'
import { isCurlTrace, traceText } from '../clients/curl-trace.js'
import { isCanonicalRequest, isStringToSign } from '../quoted/flattened-request.js'
import { isError } from './json-error.js'

/** Bodies of one kind, in the reading of the text that shows them best: as it is, or with entities or escapes undone. */
export interface FoundBodies<Body> {
  readonly bodies: readonly Body[]
  readonly reading: EditedText
  /** "normalized" where something had to be undone. */
  readonly fidelity: Extract<Fidelity, 'exact' | 'normalized'>
}

export interface ErrorBodies {
  /** `<Error>` of S3 and servers like it. */
  readonly s3: FoundBodies<XmlBody>
  /** `<ErrorResponse>` or `<Errors>` of the query protocol, EC2 and MWS. */
  readonly query: FoundBodies<XmlBody>
  readonly json: FoundBodies<FoundObject>
}

/** The error bodies of a source. */
export function errorBodies(source: EvidenceSource): ErrorBodies {
  const known = KNOWN.get(source)
  if (known !== undefined) return known
  const { text } = source
  // A trace writes a body in rows: an error may go on in the next.
  const plain = isCurlTrace(text) ? traceText(text) : plainText(text)
  const holds = { s3: mayHold.s3(text), query: mayHold.query(text), json: mayHold.json(text) }
  const loose = !holds.s3 && !holds.query && LOOSE.test(text)
  const readings = loose || holds.s3 || holds.query || holds.json ? [...bodyReadings(plain)] : []
  const none = { bodies: [], reading: plain, fidelity: 'exact' } as const
  const all = {
    s3: holds.s3 ? s3Bodies(readings, none) : loose ? looseBodies(readings, none) : none,
    query: holds.query ? first(readings, none, ({ text }) => xmlBodies(text, ['ErrorResponse', 'Errors'])) : none,
    json: holds.json ? first(readings, none, ({ text }) => errorObjects(text)) : none,
  }
  KNOWN.set(source, all)
  return all
}

/** Whether a text may hold an error body of S3, of the query protocol, in JSON. Cheap: what surely holds none is not gone through. */
export const mayHold = {
  s3: (text: string): boolean => S3.test(text),
  s3Loose: (text: string): boolean => LOOSE.test(text),
  query: (text: string): boolean => QUERY.test(text),
  json: (text: string): boolean => text.includes('{') && JSON_MEMBERS.test(text),
}

/** Where a body stands in the text of its source. */
export function placeOf(
  source: EvidenceSource,
  { reading }: FoundBodies<unknown>,
  body: { readonly start: number; readonly end: number },
): Location {
  const start = reading.origin(body.start)
  return { source: source.name, start, end: Math.max(start, reading.origin(body.end)) }
}

/** Of several readings the one in which the quoted texts are whole; else the first that has any body. */
function s3Bodies(readings: readonly EditedText[], none: FoundBodies<XmlBody>): FoundBodies<XmlBody> {
  let best = none
  let worth = -1
  for (const reading of readings) {
    const bodies = xmlBodies(reading.text, ['Error']).filter(
      ({ start }) => !QUERY_PARENT.test(reading.text.slice(Math.max(0, start - 200), start)),
    )
    if (bodies.length === 0) continue
    const one = bodies.reduce((least, body) => Math.min(least, wholenessOf(body)), Number.POSITIVE_INFINITY)
    if (one > worth) [best, worth] = [found(bodies, reading, none), one]
    if (worth === 2) break
  }
  return best
}

/** 2 where the quoted texts have their lines, 0 where their line feeds are still escapes, 1 between. */
function wholenessOf(body: XmlBody): number {
  const request = elementOf(body.elements, 'CanonicalRequest') ?? ''
  const toSign = elementOf(body.elements, 'StringToSign') ?? ''
  if ((request === '' || isCanonicalRequest(request)) && (toSign === '' || isStringToSign(toSign))) return 2
  return [request, toSign].some((value) => !value.includes('\n') && value.includes('\\n')) ? 0 : 1
}

function errorObjects(text: string): readonly FoundObject[] {
  return jsonObjects(text, ERROR_MEMBER).filter((one) => one.objects.some((members) => isError(members, one)))
}

/** The bodies in the first reading that has any. */
function first<Body>(
  readings: readonly EditedText[],
  none: FoundBodies<Body>,
  bodiesIn: (reading: EditedText) => readonly Body[],
): FoundBodies<Body> {
  for (const reading of readings) {
    const bodies = bodiesIn(reading)
    if (bodies.length > 0) return found(bodies, reading, none)
  }
  return none
}

/** Who took them out of their body may have done more to them. */
function looseBodies(readings: readonly EditedText[], none: FoundBodies<XmlBody>): FoundBodies<XmlBody> {
  return { ...first(readings, none, ({ text }) => looseElements(text, BEGIN_LOOSE)), fidelity: 'normalized' }
}

function found<Body>(bodies: readonly Body[], reading: EditedText, given: FoundBodies<Body>): FoundBodies<Body> {
  return { bodies, reading, fidelity: reading.text === given.reading.text ? 'exact' : 'normalized' }
}

const KNOWN = new WeakMap<EvidenceSource, ErrorBodies>()
const S3 = /(?:<|&lt;|\\u003[cC]|\\x3[cC])Error\b/
/** Elements of such a body without the body around them. */
const LOOSE = /(?:<|&lt;|\\u003[cC]|\\x3[cC])(?:Code|CanonicalRequest|StringToSign)(?:>|&gt;|\\u003[eE]|\\x3[eE])/
const BEGIN_LOOSE: ReadonlySet<string> = new Set(['Code', 'Message', 'CanonicalRequest', 'StringToSign', 'SignatureProvided'])
const QUERY = /(?:<|&lt;|\\u003[cC]|\\x3[cC])(?:ErrorResponse|Errors)\b/
const QUERY_PARENT = /<(?:ErrorResponse|Errors)(?:\s[^<>]{0,200})?>\s{0,50}$/
const JSON_MEMBERS = /message|__type|\bcode\b/i
const ERROR_MEMBER = /["']?(?:[mM]essage|__type|errorMessage|[cC]ode|msg)\\?["']?\s{0,10}:/
