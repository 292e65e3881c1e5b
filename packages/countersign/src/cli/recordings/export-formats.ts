/** Recordings in the notations of other tools. What is hidden in a recording is hidden there, too. */
import { headOf, type RecordedExchange, type RecordedHead } from './recorded-flow.js'

/** Heads as they stood on the wire, and the text of an error; bytes, one character each. */
export function rawText(exchange: RecordedExchange): string {
  const { received, sent, response } = exchange
  return [
    ...(received === undefined ? [] : [rawHead(received)]),
    ...(sent === undefined ? [] : [rawHead(sent)]),
    ...(response === undefined
      ? []
      : [`HTTP/1.1 ${response.status}\r\n${lines(response.headers)}\r\n${response.text}${response.text === '' ? '' : '\r\n'}`]),
  ].join('\r\n')
}

export function rawHead({ method, target, headers }: RecordedHead): string {
  return `${method} ${target} HTTP/1.1\r\n${lines(headers)}\r\n`
}

/** A command line for a shell of POSIX. It cannot be sent as it is: the signature is not in it. */
export function curlText(exchange: RecordedExchange): string {
  const head = headOf(exchange)
  if (head === undefined) return ''
  const { length = 0, sha256 } = head.body ?? {}
  const words = [
    'curl --path-as-is',
    `-X ${quoted(head.method)}`,
    ...head.headers.map(([name, value]) => `-H ${quoted(value.trim() === '' ? `${name};` : `${name}: ${value}`)}`),
    ...(length > 0 ? [`--data-binary @BODY-${exchange.number}`] : []),
    quoted(urlOf(head)),
  ]
  const body = length > 0 ? `# BODY-${exchange.number} has ${length} bytes${sha256 === undefined ? '' : `, SHA-256 ${sha256}`}\n` : ''
  return `# ${exchange.number}: ${exchange.at}, ${exchange.response === undefined ? 'no answer' : exchange.response.status}\n${body}${words.join(' \\\n  ')}\n`
}

/** HAR 1.2 of some exchanges. */
export function harText(exchanges: readonly RecordedExchange[], version: string): string {
  const entries = exchanges.flatMap((exchange) => {
    const head = headOf(exchange)
    return head === undefined ? [] : [harEntry(exchange, head)]
  })
  return `${JSON.stringify({ log: { version: '1.2', creator: { name: 'countersign', version }, entries } }, undefined, 1)}\n`
}

function harEntry({ at, response, number }: RecordedExchange, head: RecordedHead): object {
  const url = urlOf(head)
  return {
    startedDateTime: at,
    time: -1,
    request: {
      method: head.method,
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(head.headers),
      queryString: [],
      headersSize: -1,
      bodySize: head.body?.length ?? -1,
    },
    response: {
      status: response?.status ?? 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(response?.headers ?? []),
      content: {
        size: response?.text.length ?? 0,
        mimeType: headerIn(response?.headers ?? [], 'content-type') ?? '',
        text: response?.text ?? '',
      },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: -1, wait: -1, receive: -1 },
    comment: `exchange ${number} of the recording`,
  }
}

/** The recording does not say whether TLS was spoken: where it matters, the client knows. */
function urlOf({ target, headers }: RecordedHead): string {
  return /^[a-z]+:\/\//i.test(target) ? target : `http://${headerIn(headers, 'host')?.trim() ?? 'host.invalid'}${target}`
}

function headerIn(headers: RecordedHead['headers'], lowerName: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === lowerName)?.[1]
}

function pairs(headers: RecordedHead['headers']): readonly object[] {
  return headers.map(([name, value]) => ({ name, value }))
}

function lines(headers: RecordedHead['headers']): string {
  return headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
