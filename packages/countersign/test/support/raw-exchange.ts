/** Bytes over a socket and the answer that comes back, with nothing in between that would make either of them nicer. */
import { connect } from 'node:net'

export interface RawAnswer {
  readonly status: number
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, string>
  /** A byte string. */
  readonly body: string
}

/** Sends a request and reads one answer. Rejects where none comes within the time. */
export function rawExchange(port: number, bytes: Uint8Array, milliseconds = 10_000): Promise<RawAnswer> {
  const method = Buffer.from(bytes.subarray(0, 8)).toString('latin1').split(' ')[0]!
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let text = ''
    const done = (whole: boolean) => {
      const answer = answerIn(text, method, whole)
      if (answer === undefined && !whole) return
      socket.destroy()
      if (answer === undefined) reject(new Error(`no whole answer: ${JSON.stringify(text.slice(0, 100))}`))
      else resolve(answer)
    }
    socket.setTimeout(milliseconds, () => socket.destroy(new Error('no answer in time')))
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      done(false)
    })
    socket.on('end', () => done(true))
    socket.on('error', reject)
  })
}

function answerIn(text: string, method: string, ended: boolean): RawAnswer | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [line, ...lines] = text.slice(0, end).split('\r\n')
  const status = Number(line!.split(' ')[1])
  if (status === 100) return answerIn(text.slice(end + 4), method, ended)
  const headers = new Map(lines.map((one) => [one.slice(0, one.indexOf(':')).toLowerCase(), one.slice(one.indexOf(':') + 1).trim()]))
  const rest = text.slice(end + 4)
  if (method === 'HEAD' || status === 204 || status === 304) return { status, headers, body: '' }
  const length = headers.get('content-length')
  if (length !== undefined) return rest.length >= Number(length) ? { status, headers, body: rest.slice(0, Number(length)) } : undefined
  if (headers.get('transfer-encoding') === 'chunked')
    return rest.includes('0\r\n\r\n') ? { status, headers, body: unchunked(rest) } : undefined
  return ended ? { status, headers, body: rest } : undefined
}

function unchunked(text: string): string {
  const size = Number.parseInt(text, 16)
  const start = text.indexOf('\r\n') + 2
  return size > 0 ? text.slice(start, start + size) + unchunked(text.slice(start + size + 2)) : ''
}
