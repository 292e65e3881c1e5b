/** Requests with one byte of them changed, anywhere that the signature is to notice. */
import type { Header, HttpRequest } from '../../src/sigv4/http-request.ts'
import type { Chance } from '../fast/odd-requests.ts'
import { claimOf } from './second-law.ts'
import type { ValidRequest } from './valid-requests.ts'

/** Where the byte was. */
export type Place = 'method' | 'target' | 'header name' | 'header value' | 'Authorization' | 'body'

export interface Changed {
  readonly place: Place
  readonly request: HttpRequest
}

/** One byte of what is signed, or says what is, changed. */
export function withByteChanged({ request, bodyCovered }: ValidRequest, chance: Chance): Changed {
  const names = claimOf(request)?.names ?? []
  const drawn = chance.below(10)
  if (drawn === 0) return { place: 'method', request: { ...request, method: changed(request.method, chance) } }
  if (drawn <= 3) return { place: 'target', request: { ...request, target: changed(request.target, chance) } }
  if (drawn <= 5 && bodyCovered && request.body !== undefined && request.body.length > 0) {
    const body = Buffer.from(request.body)
    const at = chance.below(body.length)
    body[at] = otherByte(body[at]!, chance)
    return { place: 'body', request: { ...request, body } }
  }
  const signed = request.headers.flatMap(([given], i) => {
    const name = given.toLowerCase()
    return names.includes(name) || name === 'authorization' || name.startsWith('x-amz-') ? [i] : []
  })
  const at = chance.of(signed)
  const [name, value] = request.headers[at]!
  const place: Place = name.toLowerCase() === 'authorization' ? 'Authorization' : 'header value'
  const inName = chance.in(4) || value === ''
  const header: Header = inName ? [changed(name, chance), value] : [name, changed(value, chance)]
  return {
    place: inName ? 'header name' : place,
    request: { ...request, headers: request.headers.map((one, i) => (i === at ? header : one)) },
  }
}

function changed(text: string, chance: Chance): string {
  const at = chance.below(text.length)
  return text.slice(0, at) + String.fromCharCode(otherByte(text.charCodeAt(at), chance)) + text.slice(at + 1)
}

/** A bit turned, a letter's case, a byte that means something somewhere, or any. */
function otherByte(byte: number, chance: Chance): number {
  const drawn = chance.below(8)
  const other = drawn < 4 ? byte ^ (1 << chance.below(8)) : drawn < 5 ? byte ^ 0x20 : drawn < 7 ? chance.of(TELLING) : chance.below(256)
  return other === byte ? byte ^ 1 : other
}

const TELLING = [...' \t\r\n,;=&%/.?#+-:"\0\u00a0\u00ff0aA~'].map((one) => one.charCodeAt(0))
