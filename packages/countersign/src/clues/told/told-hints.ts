/**
 * Settings, told values and calls of all pieces, held against each other and against what was seen. Three-valued: what is masked, cut or
 * not shown never differs.
 */
import {
  type Clue,
  clue,
  isOfHops,
  type Observation,
  type ObservationOf,
  type Setting,
  type SettingMeaning,
  type SettingName,
} from '../../case/index.js'
import { type CauseId, CREDENTIAL_SETTINGS } from '../../catalog/index.js'
import { parseCanonicalHeaders, parseCanonicalRequest, parseLenientDate } from '../../sigv4/index.js'
import { isMasked } from '../../text/index.js'
import { type More, type RuleHead, said } from '../rule.js'
import {
  CLOCK_OF_MACHINE,
  FAILS_WITH_REDIRECT,
  PRESIGNED_WITH_HEADER,
  REGION_OF_SERVER,
  SECRET_IN_CONNECTION,
  SECRET_LENGTH,
  SIGNED_HEADER_SEEN_OTHERWISE,
  SIGNS_HEADER_OF_HOP,
  SIGNS_REWRITTEN,
  TIMES_TOLD,
} from './told-rules.js'

type SettingSeen = ObservationOf<'setting'>
type Told = ObservationOf<'told'>

/** The clues of what is set and told. */
export function toldHints(seen: readonly Observation[]): readonly Observation[] {
  const settings = seen.filter((one): one is SettingSeen => one.kind === 'setting' && one.setting.means !== undefined).slice(0, MOST)
  const told = seen.filter((one): one is Told => one.kind === 'told').slice(0, MOST)
  return [
    ...regions(settings, seen),
    ...clocks(settings),
    ...secrets(settings, seen),
    ...times(told),
    ...redirects(told, seen),
    ...headers(told, seen),
    ...presignedLists(told, seen),
  ]
}

/** Clues about a header that every list of signed headers leaves out: what is not signed may change. */
export function withoutUnsigned(seen: readonly Observation[]): readonly Observation[] {
  const lists = seen.flatMap((one) => (one.kind === 'told' && one.told.what === 'signed-headers' ? [one.told.value.split(';')] : []))
  if (lists.length === 0) return seen
  return seen.filter((one) => {
    const header = one.kind === 'clue' && /^header[.-](?!not-signed|unsigned)/.test(one.about) ? headerOf(one) : undefined
    return header === undefined || header.startsWith('x-amz-') || lists.some((list) => list.includes(header))
  })
}

function headerOf({ values, about }: Clue): string | undefined {
  return values['header']?.toLowerCase() ?? (about === 'header-accept-encoding-rewritten' ? 'accept-encoding' : undefined)
}

function isOf({ means }: Setting, of: SettingMeaning['of'], name: SettingName): boolean {
  return means?.of === of && means.name === name
}

function regions(settings: readonly SettingSeen[], seen: readonly Observation[]): readonly Clue[] {
  const server = settings.find(({ setting }) => isOf(setting, 'server', 'region'))
  if (server === undefined) return []
  const set = settings.flatMap(({ setting }) => (isOf(setting, 'client', 'region') ? [setting.value] : []))
  const called = seen.flatMap((one) => (one.kind === 'call' && one.call.region !== undefined ? [one.call.region] : []))
  const scoped = seen.flatMap((one) =>
    one.kind === 'stated' && one.values['signed'] !== undefined && one.fact === 'region-wrong' ? [one.values['signed']] : [],
  )
  const signed = [...scoped, ...called, ...set].find((region) => region !== server.setting.value)
  if (signed === undefined || [...scoped, ...called, ...set].includes(server.setting.value)) return []
  const values = { signed, wanted: server.setting.value }
  return [at(server, REGION_OF_SERVER, `The server is set to the region ${values.wanted}; the client signs for ${signed}.`, { values })]
}

function clocks(settings: readonly SettingSeen[]): readonly Clue[] {
  const value = (name: SettingName) => settings.find(({ setting }) => isOf(setting, 'machine', name))
  const [offset, synchronized] = [value('clock-offset'), value('clock-synchronized')]
  const seconds = Number(offset?.setting.value ?? Number.NaN)
  if (offset !== undefined && Math.abs(seconds) >= LEAST_WINDOW)
    return [at(offset, CLOCK_OF_MACHINE, `The clock of the machine is ${Math.abs(seconds)} seconds ${seconds < 0 ? 'behind' : 'ahead'}.`)]
  if (offset === undefined && synchronized?.setting.value === 'no')
    return [at(synchronized, CLOCK_OF_MACHINE, 'The clock of the machine is not synchronized.', { strength: 'fair' })]
  return []
}

function secrets(settings: readonly SettingSeen[], seen: readonly Observation[]): readonly Clue[] {
  const of = (name: SettingName) => settings.find(({ setting }) => isOf(setting, 'client', name))
  const [source, length, odd] = [of('credential-source'), of('secret-length'), of('secret-oddity')]
  const clues: Clue[] = []
  if (source?.setting.value === 'connection-string')
    clues.push(
      at(
        source,
        SECRET_IN_CONNECTION,
        'The secret stands in a URL: a slash, a plus or an equals sign in it has to be percent-encoded there.',
      ),
    )
  const count = Number(length?.setting.value ?? Number.NaN)
  // Only AWS's own keys have a length that is known.
  const endpoints = settings.filter(({ setting }) => isOf(setting, 'client', 'endpoint')).length
  const ofAws = seen.some(
    (one) =>
      (one.kind === 'access-key-id' && /^A[KS]IA/.test(one.value)) ||
      (one.kind === 'setting' && /^A[KS]IA/.test(one.setting.value)) ||
      (one.kind === 'named' && one.subject === 'aws') ||
      // The AWS CLI goes to AWS where no endpoint is set.
      (one.kind === 'client' && one.name === 'aws-cli' && endpoints === 0),
  )
  if (length !== undefined && ofAws && count !== SECRET_LETTERS) {
    const tags: readonly CauseId[] =
      count < SECRET_LETTERS ? ['secret-truncated', 'secret-lost-characters'] : ['secret-has-newline', 'secret-has-space']
    clues.push(
      at(length, SECRET_LENGTH, `The ${CREDENTIAL_SETTINGS.secret.spelled[0]} has ${count} characters, and AWS gives ${SECRET_LETTERS}.`, {
        tags,
      }),
    )
  }
  const tag = odd === undefined ? undefined : ODD_TAGS[odd.setting.value]
  if (odd !== undefined && tag !== undefined)
    clues.push(at(odd, SECRET_LENGTH, `The ${CREDENTIAL_SETTINGS.secret.spelled[0]} ends in a ${odd.setting.value}.`, { tags: [tag] }))
  return clues
}

/** The time that a request carries and the time that the service says. */
function times(told: readonly Told[]): readonly Clue[] {
  const timeOf = ({ told: one }: Told): number | undefined =>
    one.what === 'time' || (one.what === 'header' && one.name === 'x-amz-date') ? parseLenientDate(one.value) : undefined
  const sent = told.find((one) => one.told.by !== 'service' && timeOf(one) !== undefined)
  const answered = told.find((one) => one.told.by === 'service' && timeOf(one) !== undefined)
  if (sent === undefined || answered === undefined) return []
  const apart = Math.round((timeOf(answered)! - timeOf(sent)!) / 1000)
  if (Math.abs(apart) < LEAST_WINDOW) return []
  return [
    at(
      sent,
      TIMES_TOLD,
      `The request carries ${sent.told.value}, and the service says ${answered.told.value}: ${Math.abs(apart)} seconds apart.`,
    ),
  ]
}

function redirects(told: readonly Told[], seen: readonly Observation[]): readonly Clue[] {
  const redirect = told.find(({ told: one }) => one.what === 'status' && /^30[1278]$/.test(one.value))
  if (redirect === undefined) return []
  const isNear = (one: Observation, least: number): boolean =>
    one.location.source === redirect.location.source &&
    one.location.start - redirect.location.start > least &&
    one.location.start - redirect.location.start < 200
  const near =
    told.some((one) => one.told.what === 'outcome' && one.told.name === 'fails' && isNear(one, -200)) ||
    // The refusal that follows the redirect, in its sentence or the next one.
    seen.some((one) => one.kind === 'stated' && one.fact === 'signature-mismatch' && isNear(one, 0))
  return near
    ? [
        at(
          redirect,
          FAILS_WITH_REDIRECT,
          `What fails goes with a redirect (${redirect.told.value}): the client follows it with the signature of the first address.`,
        ),
      ]
    : []
}

/** A header as the code or the client's words have it, and as it was seen. What a call presigns with is signed where the service says that it is. */
function headers(told: readonly Told[], seen: readonly Observation[]): readonly Clue[] {
  const signed = [
    ...seen.flatMap((one) =>
      one.kind === 'call' && (one.call.does === 'signs' || one.call.does === 'presigns')
        ? one.call.headers.map(([name, value]) => ({ one, name, value }))
        : [],
    ),
    ...told.flatMap((one) =>
      one.told.what === 'header' && one.told.by === 'client' ? [{ one, name: one.told.name ?? '', value: one.told.value }] : [],
    ),
  ]
  if (signed.length === 0) return []
  const arrived = new Map<string, Set<string>>()
  const calculated = new Set<string>()
  const add = (name: string, value: string): void => {
    const known = arrived.get(name.toLowerCase())
    if (known === undefined) arrived.set(name.toLowerCase(), new Set([value.trim()]))
    else known.add(value.trim())
  }
  for (const one of seen.slice(0, MOST_SEEN))
    if (one.kind === 'request' && one.side !== 'signer') for (const [name, value] of one.request.headers) add(name, value)
    else if (one.kind === 'canonical-request' && one.side === 'verifier')
      for (const [name, value] of parseCanonicalHeaders(parseCanonicalRequest(one.text)?.['canonical-headers'] ?? '')) {
        calculated.add(name)
        add(name, value)
      }
  return signed.flatMap(({ one, name, value }) => {
    const others = [...(arrived.get(name) ?? [])]
    if (value === undefined || others.length === 0 || others.includes(value.trim()) || CHANGES.test(name)) return []
    if (one.kind === 'call' && one.call.does === 'presigns' && !calculated.has(name)) return []
    if (isMasked(value) || others.some((other) => isMasked(other))) return []
    const message = `The client signs ${name}: ${value}; seen was ${others[0]}${differenceOf(value.trim(), others[0]!)}.`
    return [at(one, SIGNED_HEADER_SEEN_OTHERWISE, message, { values: { header: name, signed: value, sent: others[0]! } })]
  })
}

/** A piece of a presigned URL that lists more than the host: the user of the URL has to send it, and sends what it likes. A whole URL is a view. */
function presignedLists(told: readonly Told[], seen: readonly Observation[]): readonly Clue[] {
  if (seen.some((one) => one.kind === 'request' && /[?&]X-Amz-Signature=/i.test(one.request.target))) return []
  const requests = seen.some((one) => one.kind === 'request' || one.kind === 'canonical-request')
  return told.flatMap((one) => {
    if (one.told.what !== 'signed-headers') return []
    const ofHops = one.told.value.split(';').filter(isOfHops)
    if (ofHops.length > 0 && !requests)
      return [
        at(one, SIGNS_HEADER_OF_HOP, `The list of signed headers names ${ofHops[0]}, which every hop on the way sets for itself.`, {
          values: { header: ofHops[0]! },
        }),
      ]
    if (one.told.name !== 'presigned') {
      const header = requests ? undefined : one.told.value.split(';').find((name) => REWRITTEN.has(name))
      const message = `The list of signed headers names ${header}, which proxies, stores and runtimes write again.`
      return header === undefined ? [] : [at(one, SIGNS_REWRITTEN, message, { values: { header } })]
    }
    const listed = one.told.value.split(';').filter((name) => name !== 'host' && !name.startsWith('x-amz-'))
    return listed.slice(0, 3).map((header) =>
      at(one, PRESIGNED_WITH_HEADER, `The presigned URL signs ${header}: it has to be sent with exactly the value that was signed.`, {
        values: { header },
      }),
    )
  })
}

/** Where one value in two spellings differs: by nothing but case, blanks or an escape, or from a character on. */
function differenceOf(signed: string, other: string): string {
  if (signed.toLowerCase() === other.toLowerCase()) return ' (they differ in case)'
  if (signed.replace(/\s+/g, '') === other.replace(/\s+/g, '')) return ' (they differ in white space)'
  let i = 0
  while (i < signed.length && signed[i] === other[i]) i++
  return i === 0 ? '' : ` (they differ from "${(other[i] ?? signed[i])!}" on)`
}

function at({ location }: { readonly location: Observation['location'] }, rule: RuleHead, message: string, more: More = {}): Clue {
  return clue(said(rule, message, more), location)
}

/** What clients sign of their own accord and hops write again. */
const REWRITTEN: ReadonlySet<string> = new Set(['accept-encoding', 'user-agent'])
const LEAST_WINDOW = 240
const SECRET_LETTERS = 40
const MOST = 200
const MOST_SEEN = 2000
/** What is another value in every request, and what may be a credential. */
const CHANGES = /^(?:x-amz-date|date|x-amz-content-sha256|content-length|content-md5)$|auth|token|key|secret|cookie|password|credential/
const ODD_TAGS: Readonly<Record<string, CauseId>> = {
  'line-feed': 'secret-has-newline',
  'carriage-return': 'secret-has-newline',
  space: 'secret-has-space',
  quote: 'secret-has-quotes',
}
