/** `countersign recordings`: what `record` and `serve --record` have written. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { visibleLines } from '../../report/index.js'
import { CliError } from '../cli-error.js'
import type { Command } from '../command.js'
import type { Options } from '../options.js'
import { reasonOf } from '../pieces.js'
import { curlText, harText, rawHead, rawText } from '../recordings/export-formats.js'
import { headOf, type RecordedExchange, recordedExchanges, recordingNames } from '../recordings/recorded-flow.js'
import { EXIT, type Io, say } from '../terminal-rules.js'
import { versionText } from './version.js'

const VERBS = ['list', 'show', 'export'] as const
const FORMATS = ['har', 'curl', 'raw'] as const

export const recordings: Command = {
  name: 'recordings',
  summary: 'list, show or export what was recorded',
  usage: 'list|show|export [options] DIR [NUMBER...]',
  about: `Reads the recordings of a directory, in the order in which their files were begun. "list" prints a line for each request, "show" all
of those with these numbers, "export" writes them in the notation of another tool. Signatures, tokens and bodies are not in a
recording, so that nothing exported can be sent again. "countersign diagnose DIR" says why requests in it were refused.`,
  example: 'countersign recordings list kept\ncountersign recordings export --har kept',
  words: VERBS,
  rules: {
    har: { type: 'boolean', group: 'Output', help: 'export as HAR 1.2, for browsers and proxies' },
    curl: { type: 'boolean', group: 'Output', help: 'export as command lines of curl' },
    raw: { type: 'boolean', group: 'Output', help: 'export heads as they stood on the wire' },
  },
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  const [verb, dir, ...numbers] = options.files
  const known = VERBS.find((one) => one === verb)
  if (known === undefined || dir === undefined) throw new CliError('recordings needs list, show or export, and a directory')
  const wanted = new Set(numbers.map(numberOf))
  const format = FORMATS.filter((one) => options.flag(one))
  if (known === 'export' ? format.length !== 1 : format.length > 0)
    throw new CliError(known === 'export' ? 'export needs one of --har, --curl and --raw' : '--har, --curl and --raw are options of export')
  if (known === 'show' && wanted.size === 0) throw new CliError('show needs the numbers that list prints')
  const place = resolve(io.cwd, dir)
  const names = await recordingNames(place).catch((error: unknown) => {
    const file = (error as NodeJS.ErrnoException).code === 'ENOTDIR' && existsSync(place)
    throw new CliError(`cannot read ${dir}: ${file ? 'it is a file; name the directory that holds it' : reasonOf(error)}`)
  })
  if (names.length === 0) {
    say(io, `${dir} holds no recordings`)
    return EXIT.nothingRead
  }
  const kept: RecordedExchange[] = []
  let seen = 0
  let unread = 0
  const unreadAt = (name: string, line: number): void => {
    if (++unread <= MOST_UNREAD) say(io, `${name}:${line} is no whole line of a recording`)
  }
  for await (const exchange of recordedExchanges(place, unreadAt)) {
    if (wanted.size > 0 && !wanted.has(exchange.number)) continue
    seen++
    if (known === 'list') io.stdout.write(`${visibleLines(listed(exchange))}\n`)
    else if (known === 'show') io.stdout.write(`${visibleLines(shown(exchange))}\n`)
    else if (format[0] === 'har') kept.push(exchange)
    else io.stdout.write(Buffer.from(format[0] === 'curl' ? curlText(exchange) : rawText(exchange), 'latin1'))
  }
  if (unread > MOST_UNREAD) say(io, `and ${unread - MOST_UNREAD} more lines like it`)
  if (format[0] === 'har') io.stdout.write(harText(kept, await versionText()))
  if (seen > 0) return EXIT.valid
  say(io, wanted.size > 0 ? 'no request has such a number' : `${dir} holds no whole line of a recording`)
  return EXIT.nothingRead
}

function listed(exchange: RecordedExchange): string {
  const { number, at, response, cut } = exchange
  const head = headOf(exchange)
  const code = /<Code>([^<]{1,80})<\/Code>/.exec(response?.text ?? '')?.[1]
  const answer = response === undefined ? 'no answer' : `${response.status}${code === undefined ? '' : ` ${code}`}`
  return `${String(number).padStart(4)}  ${at}  ${head?.method ?? '?'} ${head?.target ?? '?'}  ${answer}${cut ? ', cut' : ''}`
}

function shown(exchange: RecordedExchange): string {
  const { number, at, hop, received, sent, response, cut } = exchange
  const body = headOf(exchange)?.body
  const length = body?.length ?? 0
  const heads = [
    ...(received === undefined ? [] : ['received:', plain(rawHead(received))]),
    ...(sent === undefined ? [] : [received === undefined ? 'received, and sent the same:' : 'sent:', plain(rawHead(sent))]),
  ]
  return [
    `#${number} ${at} at ${hop}${cut ? ', cut: a connection ended before all was there' : ''}`,
    ...heads,
    body === undefined ? 'body: not known' : `body: ${length} bytes${body.sha256 === undefined ? '' : `, SHA-256 ${body.sha256}`}`,
    ...(response === undefined ? ['no answer'] : ['answered:', plain(rawText({ ...exchange, received: undefined, sent: undefined }))]),
    '',
  ].join('\n')
}

function plain(head: string): string {
  return head
    .replaceAll('\r\n', '\n')
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')
}

function numberOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new CliError(`a number of a request is wanted, as list prints it; not ${JSON.stringify(text)}`)
  return Number(text)
}

/** A file that is no recording may have any number of lines. */
const MOST_UNREAD = 5
