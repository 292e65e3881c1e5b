/** What the one who asks uses, as far as the evidence names it; and the values of the case that a repair would otherwise leave open. */
import { PROFILE_SETTINGS, type Subject, UPSTREAM_SETTINGS } from '../catalog/index.js'
import { hostScope } from '../endpoints/index.js'
import { type CanonicalRequestPart, type CredentialScope, canonicalRequestPart, splitTarget, uriDecode } from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import type { CaseFile } from './case-file.js'
import type { ObservationOf, Setting, SettingMeaning } from './observation.js'
import { subjectOf, withKin } from './subjects.js'

/** Clients, languages, systems, proxies, services and programs, each with all that it is. */
export function askerOf(file: Pick<CaseFile, 'observations'>): ReadonlySet<Subject> {
  const named: Subject[] = []
  for (const seen of file.observations) {
    const subject = seen.kind === 'client' ? subjectOf(seen.name) : seen.kind === 'named' ? seen.subject : undefined
    if (subject !== undefined) named.push(subject)
  }
  return withKin(named)
}

/** The values by the name that a repair leaves open: `<bucket>`, `<region>`. Credentials are never among them: a report hides them. */
export function valuesKnown(file: CaseFile): ReadonlyMap<string, string> {
  const endpoint = meant(file, 'client', 'endpoint')
  const host = hostOf(file) ?? hostOfEndpoint(endpoint)
  const target = file.request?.target ?? partSeen(file, 'canonical-uri')
  const path = target === undefined || target === '' ? undefined : splitTarget(target.replace(/^[a-z]{2,6}:\/\/[^/]*/i, '')).path
  const scope = scopeSeen(file)
  const element = (name: string): string | undefined => elementOf(file, name)
  const bucket = element('BucketName') ?? bucketOf(file, host, path, scope?.service) ?? asked(file, 'bucket')
  const key = element('Key') ?? keyOf(bucket, host, path) ?? asked(file, 'key')
  const ofEndpoint = statedRegion(file) ?? meant(file, 'server', 'region') ?? (host === undefined ? undefined : hostScope(host)?.region)
  const region = ofEndpoint ?? scope?.region
  const entries: readonly (readonly [string, string | null | undefined])[] = [
    ['bucket', bucket],
    ['key', key],
    ['host', host],
    ['path', path?.replace(/^\//, '')],
    ['region', region],
    ['regional host', element('Endpoint')],
    ['region of the endpoint', ofEndpoint],
    ['endpoint', endpoint],
    ['service', scope?.service],
    ['url', urlOf(file, host)],
    ['profile', settingOf(file, PROFILE_SETTINGS)],
    ['upstream', upstreamOf(settingOf(file, UPSTREAM_SETTINGS))],
  ]
  return new Map(entries.flatMap(([name, value]) => (typeof value === 'string' && isPlain(value) ? [[name, value] as const] : [])))
}

/** The settings that the evidence shows. */
export function settingsOf(file: Pick<CaseFile, 'observations'>): readonly Setting[] {
  return file.observations.flatMap((seen) => (seen.kind === 'setting' ? [seen.setting] : []))
}

/** The region that the service says it wants. */
function statedRegion({ observations }: CaseFile): string | undefined {
  return observations.flatMap((one) => (one.kind === 'stated' && one.fact === 'region-wrong' ? (one.values['wanted'] ?? []) : []))[0]
}

/** What a setting of this meaning says, where all of them say the same. */
function meant(file: CaseFile, of: SettingMeaning['of'], name: SettingMeaning['name']): string | undefined {
  const said = new Set(settingsOf(file).flatMap(({ means, value }) => (means?.of === of && means.name === name ? [value] : [])))
  return said.size === 1 ? [...said][0] : undefined
}

function hostOfEndpoint(endpoint: string | undefined): string | undefined {
  return /^(?:https?:\/\/)?([\w.-]+(?::\d{1,5})?)\/?$/.exec(endpoint ?? '')?.[1]
}

/** What the calls of a program ask for, where all of them ask for the same. */
function asked({ observations }: CaseFile, what: 'bucket' | 'key'): string | undefined {
  const named = new Set(observations.flatMap((one) => (one.kind === 'call' ? (one.call[what] ?? []) : [])))
  return named.size === 1 ? [...named][0] : undefined
}

function hostOf(file: CaseFile): string | undefined {
  const signed = /^host:(.+)$/m.exec(partSeen(file, 'canonical-headers') ?? '')?.[1]
  if (signed !== undefined) return signed
  const headers = file.request?.headers.find(([name]) => name.toLowerCase() === 'host')?.[1].trim()
  if (headers) return headers
  return file.observations.find((seen): seen is ObservationOf<'request-line'> => seen.kind === 'request-line')?.line.host
}

/** The verifier's text of a part, else the signer's. */
function partSeen({ inputsSeen, verifier, signer }: CaseFile, part: CanonicalRequestPart): string | undefined {
  const made = inputsSeen === undefined ? '' : canonicalRequestPart(inputsSeen, part)
  return made || verifier.parts?.[part] || signer.parts?.[part]
}

function scopeSeen({ inputsSeen, verifier, signer, exchange }: CaseFile): Pick<CredentialScope, 'region' | 'service'> | undefined {
  const all = [inputsSeen?.scope, verifier.read?.scope, signer.read?.scope, exchange?.credential?.scope]
  return all.find((scope) => scope !== undefined && scope.region !== '' && scope.service !== '')
}

/** The bucket in front of S3's own labels, else the first word of the path. */
function bucketOf(file: CaseFile, host = '', path = '', service = ''): string | undefined {
  const virtual = VIRTUAL_HOST.exec(host)?.[1]
  if (virtual !== undefined) return virtual
  if (service !== 's3' && file.refusal?.dialect !== 's3') return undefined
  return AWS_HOST.test(host) && !PATH_STYLE_HOST.test(host) ? undefined : path.split('/')[1] || undefined
}

function keyOf(bucket: string | undefined, host = '', path: string | undefined): string | undefined {
  if (bucket === undefined || path === undefined) return undefined
  const rest = host.startsWith(`${bucket}.`) ? path.slice(1) : path.startsWith(`/${bucket}/`) ? path.slice(bucket.length + 2) : ''
  return rest === '' ? undefined : uriDecode(rest)
}

/** Of a presigned URL nothing is shown: with its query anybody could send the request. */
function urlOf({ request }: CaseFile, host: string | undefined): string | undefined {
  if (request === undefined || host === undefined || /[?&](?:X-Amz-|Signature=)/i.test(request.target)) return undefined
  return `https://${host}${request.target.startsWith('/') ? request.target : '/'}`
}

function upstreamOf(value: string | undefined): string | undefined {
  return value === undefined ? undefined : /^(?:\S+ )?https?:\/\/([\w.:-]+)/.exec(value)?.[1]
}

function elementOf(file: CaseFile, name: string): string | undefined {
  for (const seen of file.observations)
    if (seen.kind === 'error') for (const [given, value] of seen.elements) if (given === name && value !== '') return value
  return undefined
}

function settingOf(file: CaseFile, names: ReadonlySet<string>): string | undefined {
  return settingsOf(file).find(({ written, value }) => written !== undefined && names.has(written) && isPlain(value.split(' ').join('')))
    ?.value
}

/** What no shell, no language and no configuration reads as anything but a value: evidence is written by others. */
function isPlain(value: string): boolean {
  return PLAIN.test(value) && !isMasked(value)
}

const PLAIN = /^(?!-)[\w.~:/?=&%+@,*!()-]{1,200}$/
const AWS_HOST = /\.amazonaws\.com(?:\.cn)?$/
const PATH_STYLE_HOST = /^s3[.-][\w.-]*amazonaws\.com(?:\.cn)?$/
const VIRTUAL_HOST = /^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\.s3[.-](?:[\w-]{1,40}\.){0,3}amazonaws\.com(?:\.cn)?$/
