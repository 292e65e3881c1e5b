/** `countersign serve`: a local AWS endpoint, for testing a client or a signer offline. */
import { join } from 'node:path'
import { redacted } from '../../report/index.js'
import {
  createRefusalRecorder,
  openFrontDoor,
  type SeenRefusal,
  type ServedRequest,
  type Undiagnosed,
  writeWholeFile,
} from '../../server/index.js'
import { requestDateText } from '../../sigv4/index.js'
import type { RefusedRequest } from '../../verifier/index.js'
import { CliError } from '../cli-error.js'
import { type Command, nowOption, SECRET_RULES } from '../command.js'
import type { Options } from '../options.js'
import { reasonOf } from '../pieces.js'
import { keptDirectory, moreFrom } from '../recordings/kept-directory.js'
import { serveEcho } from '../serve-echo.js'
import { CREDENTIALS_FILE_RULE, type ServedKeys, servedKeys } from '../served-keys.js'
import { shownPath } from '../shown-path.js'
import { stopped } from '../stopped.js'
import { strangerLines } from '../stranger-lines.js'
import { colourWanted, EXIT, type Io, say } from '../terminal-rules.js'
import { wholeNumber } from '../whole-number.js'

export const serve: Command = {
  name: 'serve',
  summary: 'run a local AWS endpoint that explains its refusals',
  usage: '[options]',
  about: `Listens on this machine only and verifies every request, for every service and region or only for those you name. A valid request gets
the service's answer: STS GetCallerIdentity, S3 with objects kept in memory, an echo for the rest. A wrong one gets AWS's own
error; the diagnosis stays in your terminal. Keys come from a file, or from where other commands take them. Ctrl-C finishes
open requests and ends. With --echo it verifies nothing and needs no keys.`,
  example: 'countersign serve --port 9000 --credentials-file keys.json',
  rules: {
    port: { type: 'string', value: 'PORT', group: 'Server', help: 'the port to listen on (9000 by default; 0 takes a free one)' },
    region: { type: 'string', value: 'REGION', multiple: true, group: 'Server', help: 'answer for this region only' },
    service: { type: 'string', value: 'NAME', multiple: true, group: 'Server', help: 'answer for this service only' },
    'unsigned-payload': {
      type: 'string',
      value: 'NAME',
      multiple: true,
      group: 'Server',
      help: 'let requests for this service leave their body unsigned, as S3 does',
    },
    'max-skew-seconds': {
      type: 'string',
      value: 'SECONDS',
      group: 'Server',
      help: "how far a request's date may be off (AWS's own limits by default)",
    },
    memory: {
      type: 'string',
      value: 'MIB',
      group: 'Server',
      help: 'how many MiB of S3 objects are kept (256 by default); what finds no room is refused',
    },
    echo: {
      type: 'boolean',
      group: 'Server',
      help: 'answer every request with the head that came, byte for byte, signed or not; verify nothing',
    },
    strict: {
      type: 'boolean',
      group: 'Server',
      help: 'keep web pages of this machine from reading answers, as S3 does without CORS rules',
    },
    now: { type: 'string', value: 'TIME', group: 'Server', help: 'stop the clock at this time, for requests kept in files' },
    record: {
      type: 'string',
      value: 'DIR',
      group: 'Output',
      help: 'record every refused request, without secrets, for countersign diagnose',
    },
    format: {
      type: 'string',
      value: 'FORMAT',
      words: ['text', 'json'],
      group: 'Output',
      help: 'of --echo: text or json for every request (by Accept otherwise)',
    },
    quiet: { type: 'boolean', group: 'Output', help: 'print one line for each refusal, no diagnosis' },
    ...CREDENTIALS_FILE_RULE,
    ...SECRET_RULES,
  },
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  if (options.files.length > 0) throw new CliError('serve takes no files; give keys with --credentials-file')
  const port = wholeNumber(options, 'port', 0, 65_535) ?? 9000
  if (options.flag('echo')) return serveEcho(options, io, port, (error) => cannotListen(port, error))
  if (options.one('format') !== undefined) throw new CliError('--format is of --echo: answers of a service have its own format')
  const skew = wholeNumber(options, 'max-skew-seconds', 0, 10 * 366 * 86_400)
  const mebibytes = wholeNumber(options, 'memory', 1, 1 << 20)
  const fixed = nowOption(options)
  const [regions, services, unsignedPayload] = [options.all('region'), options.all('service'), options.all('unsigned-payload')]
  const keys = await servedKeys(options, io)
  const record = await recorder(options, io, keys.unspoken)
  let url = ''
  const tell = teller(io, keys.unspoken, () => url, moreFrom(options.one('record')))
  const door = await openFrontDoor({
    port,
    credentials: keys.store,
    clock: fixed === undefined ? io.now : () => fixed,
    secrets: keys.secrets,
    ...(regions.length === 0 ? {} : { regions }),
    ...(services.length === 0 ? {} : { services }),
    ...(unsignedPayload.length === 0 ? {} : { unsignedPayload }),
    strict: options.flag('strict'),
    ...(skew === undefined ? {} : { maxClockSkewSeconds: skew }),
    ...(mebibytes === undefined ? {} : { objectBytes: mebibytes * 1024 * 1024 }),
    onRefused: (refused) => {
      tell.refused(refused)
      record.keep(refused)
    },
    ...(options.flag('quiet') ? {} : { onReport: tell.report, layout: tell.layout, onUndiagnosed: tell.undiagnosed }),
    onServed: tell.served,
    onError: (error) => say(io, `a request could not be answered: ${reasonOf(error)}`),
  }).catch((error: unknown) => {
    keys.close()
    throw new CliError(cannotListen(port, error))
  })
  url = door.url
  say(io, `listening on ${door.url}; Ctrl-C ends it`)
  say(io, `loaded ${keys.known().size} access key${keys.known().size === 1 ? '' : 's'}`)
  await stopped(io)
  say(io, 'finishing open requests')
  await door.close()
  await record.done()
  keys.close()
  return EXIT.valid
}

function cannotListen(port: number, error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code === 'EADDRINUSE') return `port ${port} is already in use; try --port 0, which takes a free one`
  if (code === 'EACCES') return `you may not listen on port ${port}; try one above 1023, or --port 0`
  return `cannot listen on port ${port}: ${reasonOf(error)}`
}

/** Tells of refusals: a line for each at once, and its diagnosis when there is one, on standard output. */
function teller(io: Io, unspoken: ServedKeys['unspoken'], url: () => string, more: string) {
  const ofStrangers = strangerLines(url)
  const tell = (line: string): void => say(io, redacted(line, unspoken()))
  const lineOf = (at: number, method: string, target: string): string => `${requestDateText(at)} ${method} ${shownPath(target, unspoken())}`
  return {
    served: ({ at, method, target, status, caller: { accessKeyId, scope } }: ServedRequest): void =>
      tell(
        `${lineOf(at, method, target)}: ${status}, signed by ${accessKeyId} for ${scope.service} in ${scope.region ?? 'a set of regions'}`,
      ),
    refused: ({ error, request: { method, target }, requestId, at, accessKeyId, proxySigns }: SeenRefusal): void => {
      tell(`${lineOf(at, method, target)}: ${error.status} ${error.code}, request ID ${requestId}`)
      if (accessKeyId !== undefined && proxySigns.length > 0)
        tell(`request ID ${requestId} came through a proxy, by its signs: ${proxySigns.join(', ').slice(0, 300)}`)
    },
    report: ({ requestId }: RefusedRequest, report: string): void => {
      tell(`the diagnosis of request ID ${requestId}:`)
      io.stdout.write(`${report}\n`)
    },
    layout: () => {
      const { columns } = io.stdout
      return { colour: colourWanted(io), hidden: unspoken(), more, ...(columns === undefined ? {} : { columns }) }
    },
    undiagnosed: ({ requestId, request }: RefusedRequest, why: Undiagnosed, error?: unknown): void => {
      if (why === 'unsigned') for (const line of ofStrangers(request)) tell(line)
      else tell(`no diagnosis of request ID ${requestId}: ${becauseOf(why, error)}`)
    },
  }
}

function becauseOf(why: Undiagnosed, error: unknown): string {
  return `${WITHOUT[why]}${error === undefined ? '' : `: ${reasonOf(error)}`}`
}

const WITHOUT: Readonly<Record<Undiagnosed, string>> = {
  size: 'it was refused for its size',
  'queue-full': 'too many requests are waiting for theirs',
  'too-late': 'it took too long',
  failed: 'it failed, which is a bug in countersign',
  closed: 'the server is closing',
  unsigned: 'it is not signed',
}

interface Recorder {
  keep(refused: RefusedRequest): void
  /** Resolves when all that was begun is written, or failed. */
  done(): Promise<unknown>
}

/** Writes each refusal to DIR/<request ID>.jsonl. */
async function recorder(options: Options, io: Io, unspoken: ServedKeys['unspoken']): Promise<Recorder> {
  const dir = options.one('record')
  if (dir === undefined) return { keep: () => {}, done: () => Promise.resolve() }
  const place = keptDirectory('--record', dir, io.cwd)
  const begun = new Set<Promise<void>>()
  const lost = (reason: string): void => say(io, `a recording was not written: ${redacted(reason, unspoken())}`)
  const recordings = createRefusalRecorder({
    // A client that takes the secret for an ID, or a path, sends it along.
    hidden: unspoken,
    onRecording: ({ requestId }, line) => {
      const writing = writeWholeFile(join(place, `${requestId}.jsonl`), line)
        .catch((error: unknown) => lost(reasonOf(error)))
        .finally(() => begun.delete(writing))
      begun.add(writing)
    },
    onUnrecorded: ({ requestId }, why, error) => lost(`request ID ${requestId}, ${becauseOf(why, error)}`),
  })
  return {
    keep: recordings.add,
    done: async () => {
      await recordings.close(CLOSING_MILLISECONDS)
      await Promise.all(begun)
    },
  }
}

const CLOSING_MILLISECONDS = 10_000
