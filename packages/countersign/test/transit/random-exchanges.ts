/** Random exchanges: heads, bodies and framings that HTTP/1.1 allows, as bytes, with what a relay must have seen of each. */
import { createHash } from 'node:crypto'
import type { Step } from './scripted.ts'

export interface Expected {
  readonly method: string
  readonly target: string
  readonly names: readonly string[]
  readonly sha256: string
  readonly length: number
  readonly status: number
}

export interface Script {
  readonly steps: readonly Step[]
  readonly expected: readonly Expected[]
}

type Below = (bound: number) => number

/** One connection: some exchanges, one after another or pipelined, the last of which may end with the connection. */
export function randomScript(below: Below): Script {
  const count = 1 + below(5)
  const pipelined = below(4) === 0
  const steps: Step[] = []
  const expected: Expected[] = []
  const [asked, answered]: [Buffer[], Buffer[]] = [[], []]
  for (let i = 0; i < count; i++) {
    const request = randomRequest(below)
    const response = randomResponse(below, request.expected.method, i === count - 1)
    expected.push({ ...request.expected, status: response.status })
    const expects = !pipelined && request.body.length > 0 && below(4) === 0
    const interim = below(6) === 0 ? Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n') : Buffer.alloc(0)
    if (pipelined) {
      asked.push(request.head(false), request.body)
      answered.push(interim, response.bytes)
    } else if (expects) {
      steps.push({ from: 'client', bytes: request.head(true) })
      steps.push({ from: 'upstream', bytes: Buffer.from('HTTP/1.1 100 Continue\r\n\r\n') })
      steps.push({ from: 'client', bytes: request.body })
      steps.push({ from: 'upstream', bytes: Buffer.concat([interim, response.bytes]), ...(response.ends ? { ends: true } : {}) })
    } else {
      steps.push({ from: 'client', bytes: Buffer.concat([request.head(false), request.body]) })
      steps.push({ from: 'upstream', bytes: Buffer.concat([interim, response.bytes]), ...(response.ends ? { ends: true } : {}) })
    }
  }
  if (pipelined)
    steps.push({ from: 'client', bytes: Buffer.concat(asked) }, { from: 'upstream', bytes: Buffer.concat(answered), ends: true })
  return { steps, expected }
}

function randomRequest(below: Below) {
  const method = pick(below, ['GET', 'PUT', 'POST', 'HEAD', 'DELETE', 'OPTIONS', 'PATCH', 'x-odd'])
  const target = `/${text(below, 'ab/%2F~._-=&?+:@!$\'()*,;\u00e9\u00fc"<>[]{}|\\^`', below(40))}`
  const minor = below(8) === 0 ? 0 : 1
  const payload = bytes(below, method === 'GET' && below(3) > 0 ? 0 : below(5) === 0 ? below(100_000) : below(300))
  const framing = payload.length === 0 && below(2) === 0 ? 'none' : minor === 1 && below(2) === 0 ? 'chunked' : 'length'
  const fields = [`Host: files.example:${below(65_536)}`, ...randomFields(below), ...framed(below, framing, payload.length)]
  const order = fields.map((line) => [below(1000), line] as const).sort((a, b) => a[0] - b[0])
  const lines = order.map(([, line]) => line)
  return {
    expected: {
      method,
      target,
      names: lines.map((line) => line.slice(0, line.indexOf(':'))),
      sha256: createHash('sha256').update(payload).digest('hex'),
      length: payload.length,
    },
    head: (expects: boolean) =>
      Buffer.from(
        `${method} ${target} HTTP/1.${minor}\r\n${[...lines, ...(expects ? ['Expect: 100-continue'] : [])].join('\r\n')}\r\n\r\n`,
        'latin1',
      ),
    body: framing === 'chunked' ? chunked(below, payload) : framing === 'none' ? Buffer.alloc(0) : payload,
  }
}

function randomResponse(below: Below, method: string, last: boolean) {
  const status = pick(below, [200, 200, 204, 206, 301, 304, 400, 403, 404, 500, 503])
  const empty = method === 'HEAD' || status === 204 || status === 304
  const payload = bytes(below, empty ? 0 : below(5) === 0 ? below(100_000) : below(300))
  const framing = last && !empty && below(3) === 0 ? 'close' : status !== 204 && below(2) === 0 ? 'chunked' : 'length'
  const length = empty ? below(1000) : payload.length
  const lines = [...randomFields(below), ...(framing === 'close' || status === 204 ? [] : framed(below, framing, length))]
  const head = Buffer.from(
    `HTTP/1.${below(9) === 0 ? 0 : 1} ${status}${pick(below, [' Some Words', ' ', '', ' \u00e9'])}\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`,
    'latin1',
  )
  const body = empty ? Buffer.alloc(0) : framing === 'chunked' ? chunked(below, payload) : payload
  return { status, bytes: Buffer.concat([head, body]), ends: framing === 'close' }
}

function framed(below: Below, framing: string, length: number): readonly string[] {
  const name = (words: string) => (below(2) === 0 ? words : words.toLowerCase())
  if (framing === 'none') return []
  return framing === 'chunked'
    ? [`${name('Transfer-Encoding')}: ${name('Chunked')}`]
    : [`${name('Content-Length')}:${below(2) === 0 ? '' : ' '}${length}`]
}

function randomFields(below: Below): readonly string[] {
  return Array.from({ length: below(8) }, () => {
    const name = pick(below, [
      'X-Amz-Meta-A',
      'x-amz-meta-a',
      'X-AMZ-DATE',
      'Cookie',
      'odd_name',
      'Accept',
      'a',
      "!#$%&'*+-.^_`|~9",
      'Connection',
    ])
    const value = name === 'Connection' ? 'keep-alive' : text(below, 'abc ,;=:"\t\u00e9\u00ff/', below(30))
    return `${name}:${pick(below, ['', ' ', '  ', '\t'])}${value}${pick(below, ['', '', ' '])}`
  })
}

function chunked(below: Below, payload: Buffer): Buffer {
  const parts: (Buffer | string)[] = []
  for (let at = 0; at < payload.length; ) {
    const size = Math.min(payload.length - at, 1 + below(below(3) === 0 ? 70_000 : 100))
    const hex = size.toString(16)
    parts.push(`${pick(below, ['', '0', '000'])}${below(2) === 0 ? hex : hex.toUpperCase()}`)
    parts.push(pick(below, ['', '', ';a', ';chunk-signature=0123', ';a="b c";d']), '\r\n', payload.subarray(at, at + size), '\r\n')
    at += size
  }
  parts.push(
    pick(below, ['0', '00', '0;x']),
    '\r\n',
    ...(below(3) === 0 ? ['X-Amz-Checksum-Crc32: AAAAAA==\r\n', 'x-other:  2\r\n'] : []),
    '\r\n',
  )
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)))
}

/** Cuts bytes into random pieces, in which line endings come apart, too. */
export function randomPieces(below: Below): (whole: Buffer) => readonly Buffer[] {
  return (whole) => {
    if (below(2) === 0) return [whole]
    const pieces: Buffer[] = []
    for (let at = 0; at < whole.length && pieces.length < 30; ) {
      const size = pieces.length === 29 ? whole.length : 1 + below(below(2) === 0 ? 8 : 2000)
      pieces.push(whole.subarray(at, at + size))
      at += size
    }
    return pieces
  }
}

function pick<One>(below: Below, some: readonly One[]): One {
  return some[below(some.length)]!
}

function text(below: Below, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[below(alphabet.length)]).join('')
}

function bytes(below: Below, length: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, () => below(256)))
}
