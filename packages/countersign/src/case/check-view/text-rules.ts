/** What the texts of one side show of themselves and of each other: the string to sign, the canonical request, the request sent. */
import {
  dayOf,
  EMPTY_PAYLOAD_HASH,
  isHexDigest,
  isScopeDate,
  parseCredentialScope,
  parseLenientDate,
  parseRequestDate,
  requestDateOf,
  requestDateText,
} from '../../sigv4/index.js'
import type { Observation, ObservationOf } from '../observation.js'
import { dateOfCanonical } from '../side-views.js'
import type { Deviation } from './deviation.js'
import { written } from './request-view.js'
import { type SignatureForm, signatureForm } from './signature-form.js'

type Found = Pick<Deviation, 'sentence' | 'seen' | 'names' | 'values' | 'shown'>

/** What one side wrote of one signing. */
export interface SideTexts {
  readonly stringToSign: ObservationOf<'string-to-sign'> | undefined
  readonly canonicalRequest: ObservationOf<'canonical-request'> | undefined
  readonly request: ObservationOf<'request'> | undefined
}

export interface TextRule extends Pick<Deviation, 'cause' | 'severity' | 'checks' | 'weight'> {
  readonly id: string
  readonly check: (texts: SideTexts) => Iterable<Found>
}

export const TEXT_RULES: readonly TextRule[] = [
  {
    id: 'string-to-sign-end',
    cause: 'string-to-sign-malformed',
    severity: 'breaks',
    checks: ['signature'],
    *check({ stringToSign: seen }) {
      const lines = linesOf(seen)
      const last = written(lines?.slice(3).join('\n'))
      if (seen === undefined || last === undefined || last === '' || isHexDigest(last)) return
      const fault = /^[0-9A-F]{64}$/.test(last)
        ? 'hash-in-upper-case'
        : /^[A-Za-z0-9+/]{43}=$/.test(last)
          ? 'hash-in-base64'
          : /^[A-Z]{3,7}\n/.test(last)
            ? 'canonical-request-unhashed'
            : undefined
      if (fault !== undefined)
        yield {
          sentence: `The string to sign does not end with 64 lower-case hexadecimal digits: ${FAULTS[fault]}.`,
          seen,
          names: [],
          values: { fault },
        }
    },
  },
  {
    id: 'string-to-sign-of-nothing',
    cause: 'string-to-sign-malformed',
    severity: 'breaks',
    checks: ['signature'],
    *check({ stringToSign: seen }) {
      if (seen !== undefined && linesOf(seen)?.[3]?.trim() === EMPTY_PAYLOAD_HASH)
        yield {
          sentence: 'The string to sign ends with the hash of an empty text, which no canonical request has.',
          seen,
          names: [],
          values: {},
        }
    },
  },
  {
    id: 'string-to-sign-scope-day',
    cause: 'scope-date-mismatch',
    severity: 'breaks',
    checks: ['scope', 'signature'],
    *check({ stringToSign: seen }) {
      const [algorithm, date, scope] = linesOf(seen) ?? []
      const signed = parseCredentialScope(scope ?? '', algorithm)?.date
      if (seen === undefined || date === undefined || parseRequestDate(date) === undefined || signed === undefined || !isScopeDate(signed))
        return
      const wanted = dayOf(date)
      if (signed !== wanted)
        yield {
          sentence: `The string to sign has the date ${date} and the scope date ${signed}.`,
          seen,
          names: [],
          values: { signed, wanted, requestDate: date },
        }
    },
  },
  {
    id: 'dates-of-one-side',
    cause: 'request-dates-disagree',
    severity: 'breaks',
    checks: ['signature'],
    *check({ stringToSign, canonicalRequest, request }) {
      const signed = linesOf(stringToSign)?.[1]
      if (stringToSign === undefined || signed === undefined || parseRequestDate(signed) === undefined) return
      const others = [
        ['canonical request', written(dateOfCanonical(canonicalRequest?.text)?.split(',')[0])],
        ['request', written(request === undefined ? undefined : sentDate(request))],
      ] as const
      for (const [where, date] of others) {
        const time = date === undefined ? undefined : parseLenientDate(date)
        if (time === undefined || requestDateText(time) === signed) continue
        yield {
          sentence: `The string to sign has the date ${signed}; the ${where} of the same side has ${date}.`,
          seen: stringToSign,
          names: [],
          values: { signed },
        }
        return
      }
    },
  },
]

/** Rules across the signings of the evidence: what one side signed here, beside what it signed for other requests. */
export function* acrossSignings(own: readonly Observation[], others: readonly Observation[]): Iterable<Deviation> {
  const mine = own.flatMap(hashed)
  if (mine.length === 0) return
  const dates = new Map(others.flatMap(hashed).map(({ hash, date }) => [hash, date]))
  for (const { seen, hash, date } of mine) {
    const other = dates.get(hash)
    if (other === undefined || other === date) continue
    const sentence = `Two strings to sign, of ${[date, other].sort().join(' and ')}, end with the same hash: the date is not in what was hashed.`
    yield { ...HASH_UNDER_TWO_DATES, sentence, seen, names: [], values: {} }
    return
  }
}

function hashed(seen: Observation): { readonly seen: ObservationOf<'string-to-sign'>; readonly hash: string; readonly date: string }[] {
  if (seen.kind !== 'string-to-sign' || seen.side !== 'signer') return []
  const [, date = '', , hash = ''] = linesOf(seen) ?? []
  return parseRequestDate(date) === undefined || !isHexDigest(hash.trim()) ? [] : [{ seen, hash: hash.trim(), date }]
}

/** The signature as a service repeats it: a raw "+" of base64 in a URL arrives as a space, and of Version 4 it is 64 digits. */
export function* signatureTexts(observations: readonly Observation[]): Iterable<Deviation> {
  // A signature of Version 4A is longer, and its length varies.
  const version4 = observations.some(
    (one) => one.kind === 'string-to-sign' && one.side === 'verifier' && linesOf(one)?.[0] === 'AWS4-HMAC-SHA256',
  )
  for (const seen of observations) {
    if (seen.kind !== 'signature' || seen.side !== 'wire' || written(seen.value) === undefined) continue
    const found = version4 ? signatureForm(seen.value) : undefined
    if (found !== undefined) {
      const sentence = `The signature that arrived is not 64 lower-case hexadecimal digits: ${found.says}.`
      const ofPaste = OF_PASTE.has(found.form)
      yield { ...SIGNATURE_FORM, sentence, seen, names: [], values: { form: found.form, says: found.says }, ...(ofPaste && { ofPaste }) }
      return
    }
    if (!/^[A-Za-z0-9+/ ]{27}=$|^[A-Za-z0-9+/ ]{43}=$/.test(seen.value) || !/\S \S/.test(seen.value)) continue
    const sentence = 'The signature that arrived has a space, which base64 never has: a "+" of it was sent raw in the URL.'
    const ofPaste = observations.some(spacedElsewhere)
    yield { ...SIGNATURE_SPACE, sentence, seen, names: [], values: {}, ...(ofPaste && { ofPaste }) }
    return
  }
}

/** Whether a text of base64 that S3 makes itself has a space in it: then each "+" of the answer was lost on its way here. */
function spacedElsewhere(one: Observation): boolean {
  return one.kind === 'error' && one.elements.some(([name, value]) => name === 'HostId' && /\S \S/.test(value))
}

/** The lines of a string to sign of Version 4; `undefined` of any other text, and of a chunk's. */
function linesOf(seen: ObservationOf<'string-to-sign'> | undefined): readonly string[] | undefined {
  if (seen === undefined || !/^AWS4-(?:HMAC-SHA256|ECDSA-P256-SHA256)\r?\n/.test(seen.text)) return undefined
  const lines = seen.text.replaceAll('\r', '').split('\n')
  while (lines.length > 4 && lines.at(-1) === '') lines.pop()
  return lines
}

function sentDate({ request }: ObservationOf<'request'>): string | undefined {
  return requestDateOf(request, 'header') ?? requestDateOf(request, 'query')
}

const HASH_UNDER_TWO_DATES = {
  rule: 'hash-under-two-dates',
  cause: 'string-to-sign-malformed',
  severity: 'fragile',
  weight: 0.6,
  checks: ['signature'],
} as const
const SIGNATURE_FORM = {
  rule: 'signature-arrived-form',
  cause: 'signature-encoding-changed',
  severity: 'breaks',
  checks: ['signature'],
} as const
/** Forms that a signature has once it was wrapped, quoted or shortened. */
const OF_PASTE: ReadonlySet<string> = new Set<SignatureForm>(['digits', 'quoted', 'spaced'])
const SIGNATURE_SPACE = {
  rule: 'signature-space',
  cause: 'query-plus-and-space-confused',
  severity: 'breaks',
  checks: ['signature'],
} as const
const FAULTS = {
  'hash-in-upper-case': 'the hash is in upper case',
  'hash-in-base64': 'the hash is in base64',
  'canonical-request-unhashed': 'the canonical request itself stands there',
} as const
