/** `countersign record`: a relay that passes bytes on as they are, and remembers them. */
import { resolve } from 'node:path'
import { Gate } from '../../report/index.js'
import { createRefusalReporter, type RefusalDiagnoser } from '../../server/index.js'
import { flowLines, RecordingFiles, type Relay, type RelayListeners, type SeenExchange } from '../../transit/index.js'
import { CliError } from '../cli-error.js'
import { type Command, FORMAT_RULE, SECRET_RULES } from '../command.js'
import { type Options, oneOf } from '../options.js'
import { reasonOf } from '../pieces.js'
import { type RecordTeller, recordTeller } from '../record-teller.js'
import { openWanted, type WantedRelay, wantedRelay } from '../relay-rules.js'
import { type KnownKeys, knownKeys } from '../secrets.js'
import { codeOf, mayBeRefusal, seenRefusal } from '../seen-refusal.js'
import { colourWanted, EXIT, type Io, say } from '../terminal-rules.js'
import { unspokenOf } from '../unspoken.js'
import { wholeNumber } from '../whole-number.js'

export const record: Command = {
  name: 'record',
  summary: 'pass requests on byte for byte, record them, explain refusals as they pass',
  usage: '[options] --upstream URL|--proxy --dir DIR',
  about: `Listens on this machine and passes every request on to the upstream, byte for byte. Point your client's endpoint at it.
What it saw is written to DIR as JSON lines, one for each request. Signatures and tokens are written as their SHA-256 and bodies as
theirs, so that nothing in them can be sent again and everything can be proven. A refusal that passes is diagnosed at once. A client of AWS
signs AWS's own host: --proxy makes this a forward proxy, whose variables it prints. Ctrl-C finishes open requests and ends.`,
  example: 'countersign record --listen 127.0.0.1:9001 --upstream http://127.0.0.1:9000 --dir kept',
  rules: {
    listen: { type: 'string', value: 'HOST:PORT', group: 'Server', help: 'where to listen (127.0.0.1:0 by default, a free port)' },
    upstream: { type: 'string', value: 'URL', group: 'Server', help: 'where requests go: http://HOST:PORT or https://HOST:PORT' },
    proxy: { type: 'boolean', group: 'Server', help: 'be a forward proxy with a throw-away certificate authority, for clients of AWS' },
    'connect-to': {
      type: 'string',
      value: 'HOST:PORT:HOST:PORT',
      multiple: true,
      group: 'Server',
      help: 'reach the first place at the second; its name and certificate stay those of the first',
    },
    host: {
      type: 'string',
      value: 'WHICH',
      words: ['kept', 'upstream'],
      group: 'Server',
      help: 'the Host header: kept as your client signed it (default), or changed to the upstream',
    },
    expose: { type: 'boolean', group: 'Server', help: 'let other machines send requests through this one and read the answers' },
    'tls-cert': { type: 'string', value: 'FILE', group: 'Server', help: 'listen with TLS: the certificate, with --tls-key' },
    'tls-key': { type: 'string', value: 'FILE', group: 'Server', help: 'the private key of --tls-cert' },
    'upstream-ca': { type: 'string', value: 'FILE', group: 'Server', help: "trust the upstream's certificate where this signed it" },
    'upstream-cert': { type: 'string', value: 'FILE', group: 'Server', help: 'show this certificate to the upstream, with --upstream-key' },
    'upstream-key': { type: 'string', value: 'FILE', group: 'Server', help: 'the private key of --upstream-cert' },
    dir: { type: 'string', value: 'DIR', group: 'Output', help: 'keep recordings here, for countersign diagnose and recordings' },
    hop: { type: 'string', value: 'NAME', group: 'Output', help: 'what recordings and reports call this place (relay by default)' },
    quiet: { type: 'boolean', group: 'Output', help: 'print one line for each refusal, nothing of other requests, no diagnosis' },
    'max-file-mib': { type: 'string', value: 'NUMBER', group: 'Limits', help: 'begin another file after this many MiB (16 by default)' },
    'max-file-minutes': {
      type: 'string',
      value: 'NUMBER',
      group: 'Limits',
      help: 'begin another file after this many minutes (1440 by default)',
    },
    ...FORMAT_RULE,
    ...SECRET_RULES,
  },
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  if (options.files.length > 0) throw new CliError('record takes no files; it has --upstream URL or --proxy, and --dir DIR')
  const format = oneOf(options, 'format', ['terminal', 'json'] as const) ?? 'terminal'
  const hop = hopName(options)
  const wanted = await wantedRelay(options, io)
  const keys = await knownKeys(options, io)
  const unspoken = [...new Set([...unspokenOf(io), ...keys.silent])]
  const tell = recordTeller(io, { format, quiet: options.flag('quiet'), unspoken })
  const files = openFiles(options, io, tell)
  const diagnoser = options.flag('quiet') ? undefined : refusalDiagnoser(io, keys, unspoken, tell)
  // A client that takes the secret for an ID, or a path, sends it along.
  const gate = new Gate(unspoken, [])
  const line = flowLines(hop)
  const onExchange = (seen: SeenExchange): void => {
    keep(files, () => gate.given(line(seen)))
    const code = codeOf(seen)
    const refused = mayBeRefusal(seen, code)
    tell.exchange(seen, code, refused)
    if (refused) diagnoser?.add(seenRefusal(seen, code, hop))
  }
  const listeners: RelayListeners = {
    onExchange,
    onRefused: ({ reason }) => tell.note(`not passed on: ${reason}`),
    settled: (go) => files.settled(go),
  }
  const { relay, variables } = await openWanted(wanted, listeners).catch((error: unknown) => {
    throw new CliError(cannotListen(wanted, error))
  })
  tellOf(wanted, tell)
  tell.listening(relay.url, variables)
  await stopped(io)
  await ended(relay, diagnoser, files, tell, io)
  return EXIT.valid
}

/** What an option changes is said. */
function tellOf({ listen, host }: WantedRelay, tell: RecordTeller): void {
  if (host === 'upstream') tell.note('the Host header is changed to the upstream: what your client signed as host is not what is sent')
  if (listen.expose === true) tell.note(`anyone who reaches ${listen.host} can send requests through this relay`)
}

function keep(files: RecordingFiles, line: () => string): void {
  try {
    files.write(line())
  } catch (error) {
    files.lose(reasonOf(error))
  }
}

/** Ctrl-C, or the word of a supervisor. */
function stopped(io: Io): Promise<void> {
  return new Promise((resolve) => {
    const offs = [io.onInterrupt(end), io.onTerminate?.(end)]
    function end(): void {
      for (const off of offs ?? []) off?.()
      resolve()
    }
  })
}

async function ended(
  relay: Relay,
  diagnoser: RefusalDiagnoser | undefined,
  files: RecordingFiles,
  tell: RecordTeller,
  io: Io,
): Promise<void> {
  say(io, 'finishing open requests')
  await relay.close(CLOSING_MILLISECONDS)
  files.close()
  await diagnoser?.close(CLOSING_MILLISECONDS)
  tell.ended(files.counts)
}

function refusalDiagnoser(io: Io, keys: KnownKeys, unspoken: readonly string[], tell: RecordTeller): RefusalDiagnoser {
  const { columns } = io.stdout
  return createRefusalReporter({
    secrets: () => keys.secrets,
    onReport: ({ requestId }, report) => tell.diagnosis(requestId, report),
    onUndiagnosed: ({ requestId }, why) => tell.note(`no diagnosis of #${requestId}: ${why}`),
    layout: () => ({ colour: colourWanted(io), hidden: unspoken, ...(columns === undefined ? {} : { columns }) }),
  })
}

function openFiles(options: Options, io: Io, tell: RecordTeller): RecordingFiles {
  const dir = options.one('dir')
  if (dir === undefined) throw new CliError('--dir DIR is needed: where recordings are kept')
  const rules = {
    dir: resolve(io.cwd, dir),
    mostBytes: (wholeNumber(options, 'max-file-mib', 1, 1024) ?? 16) * 1024 * 1024,
    mostMilliseconds: (wholeNumber(options, 'max-file-minutes', 1, 525_600) ?? 1440) * 60_000,
    now: io.now,
    onLost: (reason: string) => tell.note(`recordings are being lost: ${reason}; requests are passed on all the same`),
    onWrittenAgain: (lost: number) => tell.note(`recordings are written again; lost: ${lost}`),
  }
  try {
    return new RecordingFiles(rules)
  } catch (error) {
    throw new CliError(`cannot keep recordings in ${dir}: ${reasonOf(error)}`)
  }
}

function hopName(options: Options): string {
  const name = options.one('hop') ?? 'relay'
  if (!/^[\w. -]{1,60}$/.test(name))
    throw new CliError(`--hop must be 1 to 60 letters, digits, spaces, "-", "_" or "."; not ${JSON.stringify(name)}`)
  return name
}

function cannotListen({ listen: { host, port } }: WantedRelay, error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code === 'EADDRINUSE') return `port ${port} is already in use; try --listen ${host}:0, which takes a free one`
  if (code === 'EACCES') return `you may not listen on port ${port}; try one above 1023`
  return `cannot listen on ${host}:${port}: ${reasonOf(error)}`
}

const CLOSING_MILLISECONDS = 10_000
