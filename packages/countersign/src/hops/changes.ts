/** What differs between two views of one request, byte by byte. Masked values are unknown, never different. */
import { announcedBy, sealIn, sealWith } from '../credentials/index.js'
import { bytesOf, type Header, type HttpRequest, payloadHashOf, splitTarget } from '../sigv4/index.js'
import { isMasked, sameUnlessMasked } from '../text/index.js'
import type { Shown, View } from './view.js'

export type ChangedPart = 'method' | 'path' | 'query' | 'host' | 'header' | 'header-case' | 'header-order' | 'body' | 'framing'
/** "joined": several headers of a name became one. "case": of the name. */
export type Change = {
  readonly part: ChangedPart
  readonly how: 'added' | 'removed' | 'changed' | 'joined' | 'split' | 'reordered' | 'case'
  /** The header, lower case; of "header-case" the name as it was. */
  readonly name?: string
  /** Absent where it is a credential, or was not there. */
  readonly before?: string
  readonly after?: string
}

/** The changes from one view to another, of the parts named, in the order in which they stand in a request. */
export function changesBetween(from: View, to: View, parts: ReadonlySet<Shown>): readonly Change[] {
  const [a, b] = [from.request, to.request]
  return [
    ...(parts.has('line') ? lineChanges(a, b) : []),
    ...(parts.has('host') ? headerChange('host', valuesOf(a, 'host'), valuesOf(b, 'host')) : []),
    ...(parts.has('headers') ? headerChanges(a, b) : []),
    ...(parts.has('body') ? bodyChange(from, to) : []),
  ]
}

function lineChanges(a: HttpRequest, b: HttpRequest): readonly Change[] {
  const [from, to] = [splitTarget(a.target), splitTarget(b.target)]
  const changed = (part: ChangedPart, before: string, after: string): readonly Change[] =>
    sameUnlessMasked(before, after) ? [] : [{ part, how: 'changed', before, after }]
  return [...changed('method', a.method, b.method), ...changed('path', from.path, to.path), ...queryChange(from.query, to.query)]
}

function queryChange(before: string | undefined, after: string | undefined): readonly Change[] {
  if (before === after || sameUnlessMasked(before ?? '', after ?? '')) return []
  const shown = { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }
  return [{ part: 'query', how: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed', ...shown }]
}

function headerChanges(a: HttpRequest, b: HttpRequest): readonly Change[] {
  const [from, to] = [byName(a.headers), byName(b.headers)]
  const names = [...new Set([...from.keys(), ...to.keys()])].filter((name) => name !== 'host' && !FRAMING.has(name))
  const values = (headers: ReadonlyMap<string, readonly Header[]>, name: string) => (headers.get(name) ?? []).map(([, value]) => value)
  return [
    ...names.flatMap((name) => headerChange(name, values(from, name), values(to, name))),
    ...caseChange(from, to),
    ...orderChange(from, to),
    ...framingChange(a, b),
  ]
}

function headerChange(name: string, before: readonly string[], after: readonly string[]): readonly Change[] {
  if (before.length === after.length && before.every((value, i) => sameValue(value, after[i]!))) return []
  const how =
    before.length === 0
      ? 'added'
      : after.length === 0
        ? 'removed'
        : after.length === 1 && before.length > 1 && sameList(before, after[0]!)
          ? 'joined'
          : before.length === 1 && after.length > 1 && sameList(after, before[0]!)
            ? 'split'
            : [...before].sort().join('\n') === [...after].sort().join('\n')
              ? 'reordered'
              : 'changed'
  const shows = announcedBy(name) === undefined
  return [
    {
      part: name === 'host' ? 'host' : 'header',
      how,
      name,
      ...(shows && before.length > 0 ? { before: before.join('\n') } : {}),
      ...(shows && after.length > 0 ? { after: after.join('\n') } : {}),
    },
  ]
}

/** A value as a recording keeps it, and as it was, are the same. */
function sameValue(a: string, b: string): boolean {
  if (a === b) return true
  const [one, other] = [a.trim(), b.trim()]
  const [sealA, sealB] = [sealOf(one), sealOf(other)]
  if (sealA !== undefined && sealB !== undefined) return sealA === sealB
  if (!isMasked(a) && !isMasked(b)) return false
  if (sealA !== undefined && !isMasked(other)) return sealWith(payloadHashOf(bytesOf(other))) === one
  if (sealB !== undefined && !isMasked(one)) return sealWith(payloadHashOf(bytesOf(one))) === other
  return sameUnlessMasked(one, other)
}

function sealOf(value: string): string | undefined {
  return sealIn(value)
}

function sameList(values: readonly string[], joined: string): boolean {
  const parts = (value: string) => value.split(',').map((part) => part.trim())
  return values.flatMap(parts).join(',') === parts(joined).join(',')
}

/** One change for all names that are spelled in another case. */
function caseChange(from: ReadonlyMap<string, readonly Header[]>, to: ReadonlyMap<string, readonly Header[]>): readonly Change[] {
  const spelled = [...from].flatMap(([name, headers]) => {
    const [before, after] = [headers[0]?.[0], to.get(name)?.[0]?.[0]]
    return before !== undefined && after !== undefined && before !== after ? [[before, after] as const] : []
  })
  if (spelled.length === 0) return []
  return [
    {
      part: 'header-case',
      how: 'case',
      before: spelled.map(([name]) => name).join(', '),
      after: spelled.map(([, name]) => name).join(', '),
    },
  ]
}

function orderChange(from: ReadonlyMap<string, unknown>, to: ReadonlyMap<string, unknown>): readonly Change[] {
  const [before, after] = [[...from.keys()].filter((name) => to.has(name)), [...to.keys()].filter((name) => from.has(name))]
  return before.join() === after.join()
    ? []
    : [{ part: 'header-order', how: 'reordered', before: before.join(', '), after: after.join(', ') }]
}

/** How the end of the body is marked. */
function framingChange(a: HttpRequest, b: HttpRequest): readonly Change[] {
  const [before, after] = [framingOf(a), framingOf(b)]
  return before === after ? [] : [{ part: 'framing', how: 'changed', before, after }]
}

function framingOf(request: HttpRequest): string {
  const [encoding, length] = [valuesOf(request, 'transfer-encoding'), valuesOf(request, 'content-length')]
  const said = [
    ...encoding.map((value) => `Transfer-Encoding: ${value.trim()}`),
    ...length.map((value) => `Content-Length: ${value.trim()}`),
  ]
  return said.length === 0 || said.join() === 'Content-Length: 0' ? 'no body' : said.join(', ')
}

function bodyChange({ body: from }: View, { body: to }: View): readonly Change[] {
  if (from === undefined || to === undefined || from.sha256 === to.sha256) return []
  const said = ({ sha256, length }: NonNullable<View['body']>): string => `${length} bytes, SHA-256 ${sha256}`
  return [{ part: 'body', how: 'changed', before: said(from), after: said(to) }]
}

function byName(headers: readonly Header[]): ReadonlyMap<string, readonly Header[]> {
  const found = new Map<string, Header[]>()
  for (const header of headers) {
    const name = header[0].toLowerCase()
    const list = found.get(name)
    if (list === undefined) found.set(name, [header])
    else list.push(header)
  }
  return found
}

function valuesOf({ headers }: HttpRequest, lowerName: string): readonly string[] {
  return headers.flatMap(([name, value]) => (name.toLowerCase() === lowerName ? [value] : []))
}

/** They say where a message ends, and are compared together. */
const FRAMING: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding'])
