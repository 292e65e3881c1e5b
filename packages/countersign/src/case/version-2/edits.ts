/** Changes of a string to sign of Version 2: what the signer may have had in place of what the service has, and what it is called. */
import type { CauseId } from '../../catalog/index.js'
import { parseVersion2Text, type Version2Part, type Version2Parts } from '../../sigv2/index.js'
import { uriDecode, uriEncode } from '../../sigv4/index.js'

/** One change of one part. */
export interface Version2Edit {
  readonly cause: CauseId
  readonly part: Version2Part
  /** What the signer had there. */
  readonly signed: string
  /** The fact, in the past tense. */
  readonly what: string
  readonly names?: readonly string[]
  readonly values?: Readonly<Record<string, string>>
}

/** Every single change of a text that is worth trying. `wire` is the raw query as it was sent, `types` other content types. */
export function* version2Edits(base: Version2Parts, wire: string | undefined, types: readonly string[]): Iterable<Version2Edit> {
  for (const signed of METHODS) if (signed !== base.parts.method) yield { ...methodEdit(base.parts.method, signed), part: 'method', signed }
  if (base.form === 'query') yield* ofQuery(base.parts, wire)
  else yield* ofObject(base.parts, types)
}

/** The text with one part as the signer had it. */
export function edited(base: Version2Parts, { part, signed }: Pick<Version2Edit, 'part' | 'signed'>): Version2Parts {
  return { form: base.form, parts: { ...base.parts, [part]: signed } } as Version2Parts
}

/** What it is called that two texts differ in a part; `undefined` where it says that they are of two requests. */
export function differenceOf(part: Version2Part, signed: string, calculated: string): Omit<Version2Edit, 'part' | 'signed'> | undefined {
  switch (part) {
    case 'method':
      return methodEdit(calculated, signed)
    case 'date':
      return undefined
    case 'content-md5':
    case 'content-type':
      return headerEdit(part, signed, calculated)
    case 'headers':
      return headersEdit(signed, calculated)
    case 'host':
      return hostEdit(signed, calculated)
    case 'query':
      return queryEdit(signed, calculated)
    default:
      return pathEdit(signed, calculated)
  }
}

function methodEdit(sent: string, signed: string): Omit<Version2Edit, 'part' | 'signed'> {
  const swapped = [sent, signed].every((method) => method === 'GET' || method === 'HEAD')
  const cause = swapped ? 'method-head-and-get-swapped' : 'method-changed'
  return { cause, what: `the request was signed for ${signed} and reached the service as ${sent}`, values: { signed } }
}

function headerEdit(name: string, signed: string, sent: string): Omit<Version2Edit, 'part' | 'signed'> {
  const said = (value: string): string => (value === '' ? `without ${name}` : `with ${name} "${value}"`)
  const charset = name === 'content-type' && signed !== '' && sent.toLowerCase().startsWith(`${signed.toLowerCase()};`)
  return {
    cause: charset ? 'header-charset-appended' : sent === '' ? 'header-removed-in-transit' : 'header-changed-in-transit',
    what: `the request was signed ${said(signed)} and reached the service ${said(sent)}`,
    names: [name],
    values: { header: name, signed, sent },
  }
}

function headersEdit(signed: string, calculated: string): Omit<Version2Edit, 'part' | 'signed'> {
  const [own, others] = [signed, calculated].map((text) => new Map(text.split('\n').flatMap(nameAndValue)))
  const added = [...others!.keys()].filter((name) => !own!.has(name))
  const lost = [...own!.keys()].filter((name) => !others!.has(name))
  if (added.length > 0)
    return {
      cause: 'header-not-signed',
      what: `${added.join(', ')} reached the service and was not in the text that was signed`,
      names: added,
    }
  if (lost.length > 0)
    return { cause: 'header-removed-in-transit', what: `${lost.join(', ')} was signed and did not reach the service`, names: lost }
  const names = [...own!].filter(([name, value]) => others!.get(name) !== value).map(([name]) => name)
  return { cause: 'header-changed-in-transit', what: `${names.join(', ')} was signed with another value than reached the service`, names }
}

function nameAndValue(line: string): readonly (readonly [string, string])[] {
  const colon = line.indexOf(':')
  return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1)]]
}

function hostEdit(signed: string, calculated: string): Omit<Version2Edit, 'part' | 'signed'> {
  const bare = (host: string): string => host.toLowerCase().replace(/:\d*$/, '')
  const cause = bare(signed) === bare(calculated) && signed.toLowerCase() !== calculated ? 'host-port-changed' : 'host-rewritten'
  return { cause, what: `the request was signed for the host ${signed}; the service has ${calculated}`, values: { host: signed } }
}

function queryEdit(signed: string, calculated: string): Omit<Version2Edit, 'part' | 'signed'> {
  const pieces = (text: string): string => text.split('&').sort().join('&')
  if (pieces(signed) === pieces(calculated))
    return { cause: 'query-not-sorted', what: 'the parameters were signed in another order than that of their bytes' }
  if (pieces(plain(signed)) === pieces(plain(calculated))) {
    const plus = signed.includes('+') && plain(signed) === uriDecode(signed.replaceAll('+', ' '))
    return plus && signed.replaceAll('+', '%20') === calculated
      ? {
          cause: 'query-plus-and-space-confused',
          what: 'a space was signed as "+"; the service has "%20"',
          values: { as: 'plus-for-space' },
        }
      : { cause: 'query-encoded-differently', what: 'the parameters were signed in another percent-encoding than the service uses' }
  }
  return { cause: 'query-changed-in-transit', what: 'other parameters were signed than reached the service' }
}

function plain(text: string): string {
  return uriDecode(text.replaceAll('+', ' '))
}

function pathEdit(signed: string, calculated: string): Omit<Version2Edit, 'part' | 'signed'> {
  const [own, theirs] = [signed, calculated].map((text) => text.split('?', 1)[0]!)
  if (own === theirs) return { cause: 'query-left-out', what: `the resource was signed as ${signed}; the service has ${calculated}` }
  const what = `the resource was signed as ${own}; the service has ${theirs}`
  if (uriDecode(own!) === uriDecode(theirs!)) return { cause: 'path-encoded-differently', what }
  if (own!.replace(/\/$/, '') === theirs!.replace(/\/$/, '')) return { cause: 'path-trailing-slash-changed', what }
  if (own!.endsWith(theirs!) || theirs!.endsWith(own!)) return { cause: 'bucket-in-path', what }
  return { cause: 'path-rewritten', what }
}

type ObjectParts = Extract<Version2Parts, { form: 's3' }>['parts']
type QueryParts = Extract<Version2Parts, { form: 'query' }>['parts']

function* ofObject(parts: ObjectParts, types: readonly string[]): Iterable<Version2Edit> {
  const type = parts['content-type']
  for (const signed of new Set(['', type.split(';', 1)[0]!.trim(), ...types]))
    if (signed !== type) yield { ...headerEdit('content-type', signed, type), part: 'content-type', signed }
  if (parts['content-md5'] !== '') yield { ...headerEdit('content-md5', '', parts['content-md5']), part: 'content-md5', signed: '' }
  const lines = parts.headers.split('\n').filter((line) => line !== '')
  const without = lines.map((line) => lines.filter((other) => other !== line))
  for (const kept of [...(lines.length > 1 ? [[]] : []), ...without]) {
    const signed = kept.map((line) => `${line}\n`).join('')
    yield { ...headersEdit(signed, parts.headers), part: 'headers', signed }
  }
  for (const signed of resources(parts.resource))
    if (signed !== parts.resource) yield { ...pathEdit(signed, parts.resource), part: 'resource', signed }
}

/** Other spellings of a resource. */
function resources(resource: string): ReadonlySet<string> {
  const [path = '', query] = resource.split('?', 2)
  const [, bucket = '', ...key] = path.split('/')
  const rest = query === undefined ? '' : `?${query}`
  return new Set([
    ...[uriDecode(path), encodedPath(uriDecode(path)), encodedPath(path), path.replaceAll('+', '%20'), path.replaceAll('%20', '+')].map(
      (one) => one + rest,
    ),
    `/${key.join('/')}${rest}`,
    `/${bucket}${path}${rest}`,
    path,
    path.endsWith('/') ? path.slice(0, -1) + rest : `${path}/${rest}`,
  ])
}

function encodedPath(path: string): string {
  return uriEncode(path, '/')
}

function* ofQuery(parts: QueryParts, wire: string | undefined): Iterable<Version2Edit> {
  const texts = new Set<string>()
  const pairs = parts.query.split('&')
  const sent = wire?.split('&').filter((pair) => !pair.startsWith('Signature='))
  for (const order of [pairs, sent, sent === undefined ? undefined : [...sent].sort(), byLetters(pairs), byLetters(sent ?? [])])
    for (const spell of SPELLINGS) if (order !== undefined && order.length > 0) texts.add(spell(order.join('&')))
  for (const signed of texts) if (signed !== parts.query) yield { ...queryEdit(signed, parts.query), part: 'query', signed }
  for (const signed of [`${parts.host}:443`, `${parts.host}:80`, parts.host.replace(/:\d+$/, '')])
    if (signed !== parts.host) yield { ...hostEdit(signed, parts.host), part: 'host', signed }
  for (const signed of ['/', '', `${parts.path}/`, parts.path.replace(/\/$/, '')])
    if (signed !== parts.path) yield { ...pathEdit(signed, parts.path), part: 'path', signed }
}

function byLetters(pairs: readonly string[]): readonly string[] {
  return [...pairs].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
}

const SPELLINGS: readonly ((query: string) => string)[] = [
  (query) => query,
  (query) => query.replaceAll('%20', '+'),
  (query) => query.replace(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase()),
  (query) => uriDecode(query),
  (query) => query.replace(/=([^&]*)/g, (_, value: string) => `=${uriEncode(value)}`),
  (query) => query.replaceAll('%2A', '*').replaceAll('%7E', '~'),
  (query) => query.replaceAll('~', '%7E').replaceAll('*', '%2A'),
]
const METHODS = ['GET', 'PUT', 'POST', 'HEAD', 'DELETE'] as const

/** Both texts, taken apart; `undefined` where they are of two forms. */
export function bothTexts(signed: string, calculated: string): readonly [Version2Parts, Version2Parts] | undefined {
  const [own, theirs] = [parseVersion2Text(signed), parseVersion2Text(calculated)]
  return own === undefined || theirs === undefined || own.form !== theirs.form ? undefined : [own, theirs]
}
