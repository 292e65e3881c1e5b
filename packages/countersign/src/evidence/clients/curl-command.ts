/**
 * curl command lines: the request they send, and for --aws-sigv4 what curl is known to sign otherwise than AWS.
 * @see https://curl.se/docs/manpage.html#--aws-sigv4
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { bytesOf, type Header, splitTarget, uriEncode } from '../../sigv4/index.js'
import { type ShellCommand, shellCommands, urlParts } from '../../text/index.js'

export const curlCommand: EvidenceReader = {
  id: 'curl-command',
  reads: 'curl command lines, also over several lines, with or without --aws-sigv4',
  samples: [
    '$ curl -i "https://examplebucket.s3.amazonaws.com/a//b.txt?versionId=1" -H "x-amz-date: 20240713T151841Z"\n',
    'curl --aws-sigv4 "aws:amz:us-east-1:es" --user "<AccessKeyId>:<SecretAccessKey>" \\\n  -X POST \'https://search.example.com/index/_search?sort=_score&size=25\' -H "Content-Type: application/json" --data-raw \'{"query":{}}\'\n',
    'curl -XPUT --upload-file report.csv "$URL"\n',
  ],
  recognize: (text) => /\bcurl(?:\.exe)?[ \t]/.test(text) && shellCommands(text, 'curl').length > 0,
  read,
}

/** What one curl command asks for, and where it stands. */
export interface CurlCall {
  readonly start: number
  readonly end: number
  readonly method: string
  readonly urls: readonly string[]
  readonly headers: readonly Header[]
  /** The file that `-H @file` takes headers from. */
  readonly headersFrom: string | undefined
  readonly body: Uint8Array | undefined
  readonly sigv4: string | undefined
  readonly user: string | undefined
}

function read({ name, text, side }: EvidenceSource): readonly Observation[] {
  return curlCalls(text).flatMap((call) => {
    const seen = { location: { source: name, start: call.start, end: call.end }, fidelity: 'inferred' } as const
    const requests = call.urls.flatMap((url): Observation[] => {
      const parts = urlParts(url)
      if (parts === undefined) return []
      const host: readonly Header[] = call.headers.some(([given]) => /^host$/i.test(given)) ? [] : [['Host', parts.host]]
      const request = { method: call.method, target: parts.target, headers: [...host, ...call.headers], body: call.body }
      const from = call.headersFrom === undefined ? {} : { headersFrom: call.headersFrom }
      return [{ ...seen, kind: 'request', side: side === 'verifier' ? 'verifier' : 'wire', request, scheme: parts.scheme, ...from }]
    })
    const accessKeyId = /^((?:AKIA|ASIA)[A-Z0-9]{12,28})(?=:|$)/.exec(call.user ?? '')?.[1]
    const key: readonly Observation[] = accessKeyId === undefined ? [] : [{ ...seen, kind: 'access-key-id', value: accessKeyId }]
    return [...requests, { ...seen, kind: 'client', name: 'curl', version: '' }, ...key]
  })
}

/** The calls that the curl command lines of a text make. */
export function curlCalls(text: string): readonly CurlCall[] {
  return shellCommands(text, 'curl').map(curlCall)
}

function curlCall({ words, start, end }: ShellCommand): CurlCall {
  const options = optionsOf(words.slice(1))
  const all = (...names: string[]): string[] => options.filter(([name]) => names.includes(name)).map(([, value]) => value)
  const data = options.filter(([name]) => /^(?:-d|--data(?:-raw|-binary|-ascii|-urlencode)?|--json)$/.test(name)).map(encoded)
  const inUrl = all('--url-query').map((value) => encoded(['--data-urlencode', value])[1])
  const urls = all('', '--url').map((url) => inUrl.reduce(withQuery, url))
  const asQuery = options.some(([name]) => name === '-G' || name === '--get')
  const upload = all('-T', '--upload-file').length > 0
  const form = all('-F', '--form').length > 0
  const head = options.some(([name]) => name === '-I' || name === '--head')
  const method = all('-X', '--request').at(-1) ?? (head ? 'HEAD' : upload ? 'PUT' : (data.length > 0 || form) && !asQuery ? 'POST' : 'GET')
  const headers = all('-H', '--header').flatMap(headerOf)
  const headersFrom = all('-H', '--header')
    .find((text) => /^@./.test(text))
    ?.slice(1)
  const sent = asQuery ? [] : data
  const typed = headers.some(([name]) => /^content-type$/i.test(name))
  const type = sent.some(([name]) => name === '--json') ? 'application/json' : 'application/x-www-form-urlencoded'
  return {
    start,
    end,
    method,
    urls: asQuery ? urls.map((url) => withQuery(url, data.map(([, value]) => value).join('&'))) : urls,
    headers: sent.length > 0 && !typed ? [...headers, ['Content-Type', type]] : headers,
    headersFrom,
    body: upload || form ? undefined : bodyOf(sent),
    sigv4: all('--aws-sigv4').at(-1),
    user: all('-u', '--user').at(-1),
  }
}

type Option = readonly [name: string, value: string]

/** Options with their values; a URL has the name "". */
function optionsOf(words: readonly string[]): readonly Option[] {
  const options: Option[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (!word.startsWith('-') || word === '-') options.push(['', word])
    else if (word.startsWith('--')) options.push([word, WITH_VALUE_LONG.has(word) ? (words[++i] ?? '') : ''])
    else
      for (let at = 1; at < word.length; at++) {
        const name = '-' + word[at]
        if (!WITH_VALUE_SHORT.includes(word[at]!)) options.push([name, ''])
        else {
          options.push([name, at + 1 < word.length ? word.slice(at + 1) : (words[++i] ?? '')])
          break
        }
      }
  }
  return options
}

function headerOf(text: string): Header[] {
  const colon = text.indexOf(':')
  if (colon < 1) return text.endsWith(';') ? [[text.slice(0, -1), '']] : []
  const value = text.slice(colon + 1)
  // "Name:" without a value takes a header of curl's own away.
  return value.trim() === '' ? [] : [[text.slice(0, colon), value.replace(/^[ \t]+/, '')]]
}

/** What --data-urlencode makes of a value; a "+" before one of --url-query leaves it as it is. */
function encoded([name, value]: Option): Option {
  if (name !== '--data-urlencode' || value.startsWith('@')) return [name, value]
  if (value.startsWith('+')) return ['--data-raw', value.slice(1)]
  const match = /^([^=@]*)=(.*)$/s.exec(value)
  return ['--data-raw', match === null ? uriEncode(value) : match[1] === '' ? uriEncode(match[2]!) : `${match[1]}=${uriEncode(match[2]!)}`]
}

/** The body, where the command shows all of it. */
function bodyOf(data: readonly Option[]): Uint8Array | undefined {
  if (data.length === 0) return new Uint8Array()
  const shown = data.every(
    ([name, value]) => name !== '--data-urlencode' && (name === '--data-raw' || !value.startsWith('@')) && !PLACEHOLDER.test(value),
  )
  return shown ? bytesOf(data.map(([, value]) => value).join('&')) : undefined
}

function withQuery(url: string, query: string): string {
  return splitTarget(url).query === undefined ? `${url}?${query}` : `${url}&${query}`
}

const PLACEHOLDER = /\$\{?[A-Za-z_]|\.\.\.|^\s*<[^<>\n]{1,60}>\s*$/
const WITH_VALUE_SHORT = 'XHdTFuoAbcCeEKmrwxyYzDhtPQU'
const WITH_VALUE_LONG = new Set(
  'url request header data data-raw url-query data-binary data-ascii data-urlencode json upload-file form user aws-sigv4 output user-agent cookie cookie-jar referer max-time connect-timeout proxy cacert cert key resolve connect-to retry retry-delay range write-out config limit-rate interface trace trace-ascii dump-header noproxy proxy-user ciphers unix-socket'
    .split(' ')
    .map((name) => '--' + name),
)
