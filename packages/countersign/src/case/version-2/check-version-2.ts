/**
 * Signature Version 2: its two texts beside each other, and with the secret every single change of what the service has, and every two.
 * Nothing is accepted by it; it says why a signature is not the one that a service calculates.
 */
import { parseVersion2Text, type Version2Parts, type Version2Request, version2RequestOf, version2Text } from '../../sigv2/index.js'
import { splitTarget } from '../../sigv4/index.js'
import { isMasked } from '../../text/index.js'
import type { KnownSecret } from '../case-file.js'
import type { Deviation, ViewSource } from '../check-view/deviation.js'
import type { Observation, ObservationOf } from '../observation.js'
import { type Shown, textShown } from '../shown.js'
import { bothTexts, differenceOf, edited, type Version2Edit } from './edits.js'
import { formOfSignature, workedSignature } from './worked-signature.js'

/** A request of Version 2, as the evidence of one exchange shows it. */
interface Seen {
  readonly request: ObservationOf<'request'> | undefined
  readonly read: Version2Request | undefined
  readonly signed: ObservationOf<'string-to-sign'> | undefined
  readonly calculated: ObservationOf<'string-to-sign'> | undefined
  readonly provided: string | undefined
}

/** What the evidence shows of a signature of Version 2. */
export function version2Deviations(observations: readonly Observation[], secrets: readonly KnownSecret[]): readonly Deviation[] {
  const seen = seenOf(observations)
  const place = seen.calculated ?? seen.signed ?? seen.request
  if (place === undefined) return []
  const added = addedByService(seen)
  if (added !== undefined) return [added]
  const byTexts = textDifferences(seen, place)
  if (byTexts.length > 0) return byTexts
  return bySecret(seen, place, secrets)
}

/**
 * A header that a service gives with its answer, in the text that it calculated with: no client sends it, so the service put it there.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/RESTCommonResponseHeaders.html
 */
function addedByService({ calculated }: Seen): Deviation | undefined {
  const parts = calculated === undefined ? undefined : parseVersion2Text(calculated.text)
  const lines = parts?.form === 's3' ? parts.parts.headers.split('\n') : []
  const name = lines.map((line) => line.split(':', 1)[0]!).find((one) => OF_ANSWERS.has(one))
  if (calculated === undefined || name === undefined) return undefined
  const what = `${name}, which a service gives with its answer, stands in the text that the service calculated with`
  return {
    rule: 'version-2-answer-header',
    cause: 'server-canonicalizes-wrongly',
    severity: 'fragile',
    weight: 0.85,
    checks: ['signature'],
    sentence: `${what}.`,
    seen: calculated,
    names: [name],
    values: {},
    told: { what, why: WHY_ADDED, labels: [] },
  }
}

function seenOf(observations: readonly Observation[]): Seen {
  const texts = observations.filter(
    (one): one is ObservationOf<'string-to-sign'> => one.kind === 'string-to-sign' && parseVersion2Text(one.text) !== undefined,
  )
  const requests = observations.filter((one): one is ObservationOf<'request'> => one.kind === 'request')
  const request = requests.find((one) => version2RequestOf(one.request) !== undefined)
  const read = request === undefined ? undefined : version2RequestOf(request.request)
  const sent = observations.find((one): one is ObservationOf<'signature'> => one.kind === 'signature')?.value
  const header = observations.find((one): one is ObservationOf<'authorization'> => one.kind === 'authorization')?.value
  const provided = read?.signature ?? sent?.replaceAll(' ', '+') ?? /^\w+ [^\s:]+:(\S+)$/.exec(header ?? '')?.[1]
  return {
    request,
    read,
    signed: [...texts].reverse().find(({ side }) => side === 'signer'),
    calculated: [...texts].reverse().find(({ side }) => side === 'verifier'),
    provided: provided === undefined || isMasked(provided) ? undefined : provided,
  }
}

/** The signer's text and the service's, part by part. Two dates are two requests, of which nothing follows. */
function textDifferences({ signed, calculated }: Seen, place: ViewSource): readonly Deviation[] {
  if (signed === undefined || calculated === undefined || isMasked(signed.text) || isMasked(calculated.text)) return []
  const both = bothTexts(signed.text, calculated.text)
  if (both === undefined) return []
  const [own, theirs] = both
  const differing = (Object.keys(own.parts) as Version2Edit['part'][]).filter((part) => partOf(own, part) !== partOf(theirs, part))
  const edits = differing.map((part) => ({
    part,
    signed: partOf(own, part),
    ...differenceOf(part, partOf(own, part), partOf(theirs, part)),
  }))
  if (edits.length === 0) return sameTexts(signed, calculated, place)
  if (edits.some(({ cause }) => cause === undefined)) return []
  const whole = edits.reduce((text: Version2Parts, edit) => edited(text, edit), theirs)
  // A text has no mark at its end: one that begins as the other does may have been cut.
  const cut = edits.some((edit) => LAST.has(edit.part) && begins(edit.signed, partOf(theirs, edit.part)))
  const statement = 'with this part as the signer has it, the two strings to sign are one text'
  const shown = cut ? undefined : textShown(version2Text(own), version2Text(whole), statement, signed.location)
  return edits.map((edit) => deviationOf(edit as Version2Edit, theirs, place, shown))
}

function sameTexts(
  signed: ObservationOf<'string-to-sign'>,
  calculated: ObservationOf<'string-to-sign'>,
  place: ViewSource,
): readonly Deviation[] {
  const statement = "the signer's string to sign and the service's are the same text, and the signature was refused"
  const shown = textShown(signed.text.trim(), calculated.text.trim(), statement, signed.location)
  return shown === undefined ? [] : [keyDeviation(place, shown, 'The signer and the service have the same string to sign.')]
}

function bySecret(
  { request, read, signed, calculated, provided }: Seen,
  place: ViewSource,
  secrets: readonly KnownSecret[],
): readonly Deviation[] {
  const quoted = calculated === undefined || isMasked(calculated.text) ? undefined : parseVersion2Text(calculated.text)
  // Of the signer's text alone only the form of what it made of it can be told.
  const own = signed === undefined || isMasked(signed.text) ? undefined : parseVersion2Text(signed.text)
  const base = quoted ?? read?.text ?? own
  const form = provided === undefined ? undefined : formOfSignature(provided)
  if (base === undefined || form === undefined) return []
  const wire = request === undefined ? undefined : splitTarget(request.request.target).query
  const fitting = secrets.filter((one) => one.accessKeyId === undefined || read === undefined || one.accessKeyId === read.accessKeyId)
  for (const { secretAccessKey } of fitting.slice(0, MOST_SECRETS)) {
    const worked = workedSignature({ base, form, secret: secretAccessKey.dangerValue(), digest: read?.digest, wire })
    if (worked === undefined) continue
    const { edits, shown, fault } = worked
    if (fault !== undefined) return [faultDeviation(fault, place, shown)]
    if (quoted === undefined && read === undefined) continue
    if (edits.length > 0) return edits.map((edit) => deviationOf(edit, base, place, shown))
    const says = 'The text that the service has gives the signature that was provided, under the secret that is known.'
    return quoted === undefined ? [] : [keyDeviation(place, shown, says)]
  }
  return []
}

function deviationOf(edit: Version2Edit, base: Version2Parts, place: ViewSource, shown: Shown | undefined): Deviation {
  const { cause, what, names = [], values = {}, part, signed } = edit
  const calculated = partOf(base, part)
  return {
    ...HEAD,
    cause,
    sentence: `${what[0]!.toUpperCase()}${what.slice(1)}.`,
    seen: place,
    names,
    values,
    ...(shown !== undefined && { shown }),
    told: { what, why: base.form === 's3' ? WHY_S3 : WHY_QUERY, labels: [{ calculated, signed, note: NOTES[base.form] }] },
  }
}

function faultDeviation(
  fault: NonNullable<ReturnType<typeof workedSignature>>['fault'] & object,
  place: ViewSource,
  shown: Shown,
): Deviation {
  const { cause, what, why, values } = fault
  return {
    ...HEAD,
    cause,
    sentence: `${what[0]!.toUpperCase()}${what.slice(1)}.`,
    seen: place,
    names: [],
    values,
    shown,
    told: { what, why, labels: [] },
  }
}

function keyDeviation(place: ViewSource, shown: Shown, sentence: string): Deviation {
  const what = 'the signature was made of the very text that the service has, with a secret that is not the one of this access key ID there'
  return {
    ...HEAD,
    cause: 'secret-mismatch',
    sentence,
    seen: place,
    names: [],
    values: {},
    shown,
    told: { what, why: WHY_KEY, labels: [] },
  }
}

function partOf({ parts }: Version2Parts, part: string): string {
  return (parts as Readonly<Record<string, string>>)[part] ?? ''
}

function begins(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a)
}

const LAST: ReadonlySet<string> = new Set(['resource', 'query'])
const HEAD = { rule: 'version-2', severity: 'breaks', checks: ['signature'] } as const
const OF_ANSWERS: ReadonlySet<string> = new Set(['x-amz-request-id', 'x-amz-id-2', 'x-amz-delete-marker', 'x-amz-version-id'])
const WHY_ADDED =
  'Version 2 signs every header that begins with x-amz-; one that a proxy or the service adds before the check was not there when the client signed'
const WHY_S3 =
  'Signature Version 2 signs the method, Content-MD5, Content-Type, the date, the x-amz- headers and the resource, each on a line; one of them that differs gives another signature'
const WHY_QUERY =
  'Signature Version 2 of the query services signs the method, the host, the path and all parameters, percent-encoded once and sorted by their bytes'
const WHY_KEY =
  'the text is the same on both sides, so nothing changed on the way: what is left is the secret, which Version 2 uses as it is'
const NOTES = { s3: 'a line of the string to sign', query: 'a line of the string to sign' } as const
const MOST_SECRETS = 20
