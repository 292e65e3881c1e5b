/** `countersign record`: a relay that passes bytes on as they are, and remembers them. */
import { createRefusalReporter, type RefusalDiagnoser } from '../../server/index.js'
import type { Relay, RelayListeners, SeenExchange } from '../../transit/index.js'
import { CliError } from '../cli-error.js'
import { type Command, FORMAT_RULE, SECRET_RULES } from '../command.js'
import { type Options, oneOf } from '../options.js'
import { reasonOf } from '../pieces.js'
import { type RecordTeller, recordTeller } from '../record-teller.js'
import { moreFrom } from '../recordings/kept-directory.js'
import { type KeptRecordings, keptRecordings, RECORDING_RULES } from '../recordings/kept-recordings.js'
import { openWanted, UPSTREAM_RULES, type WantedRelay, wantedRelay } from '../relay-rules.js'
import { type KnownKeys, knownKeys } from '../secrets.js'
import { codeOf, mayBeRefusal, seenRefusal } from '../seen-refusal.js'
import { stopped } from '../stopped.js'
import { colourWanted, EXIT, type Io, say } from '../terminal-rules.js'
import { unspokenOf } from '../unspoken.js'

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
    'connect-to': UPSTREAM_RULES['connect-to'],
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
    'upstream-ca': UPSTREAM_RULES['upstream-ca'],
    'upstream-cert': UPSTREAM_RULES['upstream-cert'],
    'upstream-key': UPSTREAM_RULES['upstream-key'],
    dir: RECORDING_RULES.dir,
    hop: { type: 'string', value: 'NAME', group: 'Output', help: 'what recordings and reports call this place (relay by default)' },
    quiet: { type: 'boolean', group: 'Output', help: 'print one line for each refusal, nothing of other requests, no diagnosis' },
    'max-file-mib': RECORDING_RULES['max-file-mib'],
    'max-file-minutes': RECORDING_RULES['max-file-minutes'],
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
  const kept = keptRecordings(options, io, { hop, unspoken, note: tell.note })
  if (kept === undefined) throw new CliError('--dir DIR is needed: where recordings are kept')
  const diagnoser = options.flag('quiet') ? undefined : refusalDiagnoser(io, keys, unspoken, moreFrom(options.one('dir')), tell)
  const onExchange = (seen: SeenExchange): void => {
    kept.keep(seen)
    const code = codeOf(seen)
    const refused = mayBeRefusal(seen, code)
    tell.exchange(seen, code, refused)
    if (refused) diagnoser?.add(seenRefusal(seen, code, hop))
  }
  const listeners: RelayListeners = {
    onExchange,
    onRefused: ({ reason }) => tell.note(`not passed on: ${reason}`),
    settled: kept.settled,
  }
  const { relay, variables } = await openWanted(wanted, listeners).catch((error: unknown) => {
    throw new CliError(cannotListen(wanted, error))
  })
  tellOf(wanted, tell)
  tell.listening(relay.url, variables)
  await stopped(io)
  await ended(relay, diagnoser, kept, tell, io)
  return EXIT.valid
}

/** What an option changes is said. */
function tellOf({ listen, host }: WantedRelay, tell: RecordTeller): void {
  if (host === 'upstream') tell.note('the Host header is changed to the upstream: what your client signed as host is not what is sent')
  if (listen.expose === true) tell.note(`anyone who reaches ${listen.host} can send requests through this relay`)
}

async function ended(
  relay: Relay,
  diagnoser: RefusalDiagnoser | undefined,
  kept: KeptRecordings,
  tell: RecordTeller,
  io: Io,
): Promise<void> {
  say(io, 'finishing open requests')
  await relay.close(CLOSING_MILLISECONDS)
  const counts = kept.close()
  await diagnoser?.close(CLOSING_MILLISECONDS)
  tell.ended(counts)
}

function refusalDiagnoser(io: Io, keys: KnownKeys, unspoken: readonly string[], more: string, tell: RecordTeller): RefusalDiagnoser {
  const { columns } = io.stdout
  return createRefusalReporter({
    secrets: () => keys.secrets,
    onReport: ({ requestId }, report) => tell.diagnosis(requestId, report),
    onUndiagnosed: ({ requestId }, why) => tell.note(`no diagnosis of #${requestId}: ${why}`),
    layout: () => ({ colour: colourWanted(io), hidden: unspoken, more, ...(columns === undefined ? {} : { columns }) }),
  })
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
