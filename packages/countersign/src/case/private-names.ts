/** What in the evidence names people's own things: for reports that replace such names by placeholders (`--redact strict`). */

import { parseCanonicalHeaders, splitTarget, uriDecode } from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import type { CaseFile } from './case-file.js'

/** Something of the evidence that names a thing of somebody. */
export interface PrivateName {
  readonly kind: 'host' | 'bucket' | 'word' | 'value' | 'request-id' | 'file'
  readonly text: string
}

/** Each name once, in the order of the evidence. */
export function privateNames(file: CaseFile): readonly PrivateName[] {
  const names = new Map<string, PrivateName>()
  const add = (kind: PrivateName['kind'], value: string): void => {
    const text = value.trim()
    if (text !== '' && text.length <= LONGEST && !isMasked(text) && !names.has(`${kind} ${text}`))
      names.set(`${kind} ${text}`, { kind, text })
  }
  for (const seen of file.observations) {
    if (seen.location.source !== '-') add('file', seen.location.source)
    if (seen.kind === 'request') {
      ofTarget(seen.request.target, add)
      ofHeaders(seen.request.headers, add)
    } else if (seen.kind === 'response') ofHeaders(seen.headers, add)
    else if (seen.kind === 'canonical-request') {
      const [, uri = '', query = '', ...rest] = seen.text.split('\n')
      ofTarget(query === '' ? uri : `${uri}?${query}`, add)
      ofHeaders(parseCanonicalHeaders(rest.filter((line) => line.includes(':')).join('\n')), add)
    } else if (seen.kind === 'error') {
      for (const [name, value] of seen.elements) {
        const kind = ELEMENTS[name.toLowerCase()]
        if (kind === 'path') ofTarget(value, add)
        else if (kind !== undefined) add(kind, value)
      }
    }
  }
  return [...names.values()]
}

type Add = (kind: PrivateName['kind'], value: string) => void

function ofTarget(target: string, add: Add): void {
  const url = /^[a-z]{3,5}:\/\/([^/?]*)(.*)$/is.exec(target)
  if (url !== null) add('host', url[1]!)
  const { path, query } = splitTarget(url === null ? target : url[2]!)
  for (const spelled of [path, uriDecode(path)]) for (const word of wordsOf(spelled)) add('word', word)
  for (const pair of (query ?? '').split('&')) {
    const [name = '', value = ''] = pair.split('=', 2)
    if (/^x-amz-/i.test(name)) continue
    for (const spelled of [value, uriDecode(value)]) for (const word of wordsOf(spelled)) add('word', word)
  }
}

function ofHeaders(headers: readonly (readonly [string, string])[], add: Add): void {
  for (const [given, value] of headers) {
    const name = given.toLowerCase()
    if (name === 'host' || name === 'x-forwarded-host') add('host', value)
    else if (/^x-amz(?:n)?-(?:request-?id|id-2|cf-id|trace-id)$/.test(name)) add('request-id', value)
    else if (/^x-amz-(?:copy-source|meta-)|^(?:referer|origin|location)$/.test(name)) {
      if (/^x-amz-meta-/.test(name)) add('value', value)
      else ofTarget(value, add)
    } else if (!/^x-amz-/.test(name) && !PROTOCOL.test(name)) add('value', value)
  }
}

function wordsOf(text: string): string[] {
  return text.split(/[/?&=+.,;:!'()*\s]|%(?:25)?[0-7][0-9A-Fa-f]/).filter((word) => word.length >= 2)
}

/** Headers whose values are of the protocol, not of anybody. */
const PROTOCOL =
  /^(?:accept(?:-encoding|-ranges)?|authorization|cache-control|connection|content-(?:encoding|length|md5|type)|date|expect|if-.*|range|server|te|transfer-encoding|user-agent|amz-sdk-.*|vary)$/

const ELEMENTS: Readonly<Record<string, PrivateName['kind'] | 'path'>> = {
  bucketname: 'bucket',
  bucket: 'bucket',
  key: 'path',
  resource: 'path',
  endpoint: 'host',
  host: 'host',
  requestid: 'request-id',
  hostid: 'request-id',
}
const LONGEST = 1024
