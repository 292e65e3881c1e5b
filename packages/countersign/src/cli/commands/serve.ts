/** `countersign serve`: a local AWS endpoint, for testing a client or a signer offline. */
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { KnownSecret } from '../../case/index.js'
import { redacted } from '../../report/index.js'
import {
  type CredentialsChange,
  createRefusalRecorder,
  credentialsFile,
  openFrontDoor,
  type ServedRequest,
  type Undiagnosed,
  writeWholeFile,
} from '../../server/index.js'
import { requestDateText, SecretAccessKey } from '../../sigv4/index.js'
import { credentialsOf, type KnownCredential, type RefusedRequest } from '../../verifier/index.js'
import { CliError } from '../cli-error.js'
import { type Command, nowOption, SECRET_RULES } from '../command.js'
import type { Options } from '../options.js'
import { reasonOf } from '../pieces.js'
import { knownKeys, neededSecret, warnOfMode } from '../secrets.js'
import { colourWanted, EXIT, type Io, say } from '../terminal-rules.js'
import { keepUnspoken } from '../unspoken.js'

export const serve: Command = {
  name: 'serve',
  summary: 'run a local AWS endpoint that explains its refusals',
  usage: '[options]',
  about: `Listens on this machine only and verifies every request, for every service and region or only for those you name. A valid request gets
the service's answer: STS GetCallerIdentity, S3 with objects kept in memory, an echo for the rest. A wrong one gets AWS's own
error; the diagnosis stays in your terminal. Keys come from a file, or from where other commands take them. Ctrl-C finishes
open requests and ends.`,
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
    quiet: { type: 'boolean', group: 'Output', help: 'print one line for each refusal, no diagnosis' },
    'credentials-file': {
      type: 'string',
      value: 'FILE',
      group: 'Secrets',
      help: 'access key IDs and their secrets, JSON or INI; read again when it changes',
    },
    ...SECRET_RULES,
  },
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  if (options.files.length > 0) throw new CliError('serve takes no files; give keys with --credentials-file')
  const port = wholeNumber(options, 'port', 0, 65_535) ?? 9000
  const skew = wholeNumber(options, 'max-skew-seconds', 0, 10 * 366 * 86_400)
  const mebibytes = wholeNumber(options, 'memory', 1, 1 << 20)
  const fixed = nowOption(options)
  const [regions, services, unsignedPayload] = [options.all('region'), options.all('service'), options.all('unsigned-payload')]
  const keys = await keysToKnow(options, io)
  const record = await recorder(options, io, keys.unspoken)
  const tell = teller(io, keys.unspoken)
  const door = await openFrontDoor({
    port,
    credentials: keys.store,
    clock: fixed === undefined ? io.now : () => fixed,
    secrets: () => secretsOf(keys.known()),
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
  say(io, `listening on ${door.url}; Ctrl-C ends it`)
  say(io, `loaded ${keys.known().size} access key${keys.known().size === 1 ? '' : 's'}`)
  await new Promise<void>((resolve) => {
    io.onInterrupt(resolve)
  })
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

interface Keys {
  readonly store: ReturnType<typeof credentialsOf>
  known(): ReadonlyMap<string, KnownCredential>
  /** What no line may show, wherever a request has it: also the secrets of keys that are known no longer. */
  unspoken(): readonly string[]
  close(): void
}

/** The credentials file, or the one key that any other command would take. */
async function keysToKnow(options: Options, io: Io): Promise<Keys> {
  const path = options.one('credentials-file')
  if (path !== undefined) {
    try {
      // One list for as long as the keys stay: it is made ready once.
      let ever: readonly string[] = []
      const keep = (known: ReadonlyMap<string, KnownCredential>) => {
        ever = [...new Set([...ever, ...unspokenOf(known)])]
        keepUnspoken(io, ever)
      }
      await warnOfMode(path, io)
      const file = await credentialsFile(resolve(io.cwd, path), {
        onChange: (change) => {
          keep(file.known())
          say(io, sayingOf(change, path))
        },
      })
      keep(file.known())
      return { ...file, unspoken: () => ever }
    } catch (error) {
      throw new CliError(`cannot use the credentials file: ${reasonOf(error)}`)
    }
  }
  const keys = await knownKeys(options, io)
  const { secretAccessKey } = neededSecret(keys)
  if (keys.accessKeyId === undefined) throw new CliError('--access-key-id is needed: it names the key that the secret belongs to')
  const credential = { key: secretAccessKey, ...(keys.sessionToken === undefined ? {} : { sessionToken: keys.sessionToken }) }
  const known = new Map([[keys.accessKeyId, credential]])
  const store = credentialsOf(Object.fromEntries(known))
  const unspoken = unspokenOf(known)
  return { store, known: () => known, unspoken: () => unspoken, close: () => {} }
}

function sayingOf(change: CredentialsChange, path: string): string {
  if ('refused' in change) return `keeping the keys in use: ${change.refused}`
  if (change.accessKeyIds === 0) return `ALL KEYS ARE REVOKED: ${path} holds no keys. Every signed request is refused until it does.`
  return `${path} changed: loaded ${change.accessKeyIds} access key${change.accessKeyIds === 1 ? '' : 's'}`
}

function secretsOf(known: ReadonlyMap<string, KnownCredential>): readonly KnownSecret[] {
  return [...known].flatMap(([accessKeyId, { key }]) =>
    key instanceof SecretAccessKey ? [{ label: `the secret of ${accessKeyId}`, secretAccessKey: key, accessKeyId }] : [],
  )
}

function unspokenOf(known: ReadonlyMap<string, KnownCredential>): string[] {
  return [...known.values()].flatMap(({ key, sessionToken }) => [
    ...(key instanceof SecretAccessKey ? [key.dangerValue()] : []),
    ...(sessionToken === undefined ? [] : [sessionToken]),
  ])
}

/** Tells of refusals: a line for each at once, and its diagnosis when there is one, on standard output. */
function teller(io: Io, unspoken: Keys['unspoken']) {
  const tell = (line: string): void => say(io, redacted(line, unspoken()))
  const lineOf = (at: number, method: string, target: string): string => {
    const path = target.split('?', 1)[0]!
    // Cut twice: so that a long one costs nothing, and, when no secret can be cut in two any more, so that it is short.
    const shown = redacted(path.slice(0, 8 * MOST_PATH), unspoken()).slice(0, MOST_PATH)
    return `${requestDateText(at)} ${method} ${shown}${path.length > MOST_PATH ? '...' : ''}`
  }
  return {
    served: ({ at, method, target, status, caller: { accessKeyId, scope } }: ServedRequest): void =>
      tell(
        `${lineOf(at, method, target)}: ${status}, signed by ${accessKeyId} for ${scope.service} in ${scope.region ?? 'a set of regions'}`,
      ),
    refused: ({ error, request: { method, target }, requestId, at }: RefusedRequest): void =>
      tell(`${lineOf(at, method, target)}: ${error.status} ${error.code}, request ID ${requestId}`),
    report: ({ requestId }: RefusedRequest, report: string): void => {
      tell(`the diagnosis of request ID ${requestId}:`)
      io.stdout.write(`${report}\n`)
    },
    layout: () => {
      const { columns } = io.stdout
      return { colour: colourWanted(io), hidden: unspoken(), ...(columns === undefined ? {} : { columns }) }
    },
    undiagnosed: ({ requestId }: RefusedRequest, why: Undiagnosed, error?: unknown): void =>
      tell(`no diagnosis of request ID ${requestId}: ${becauseOf(why, error)}`),
  }
}

function becauseOf(why: Undiagnosed, error: unknown): string {
  return `${WITHOUT[why]}${error === undefined ? '' : `: ${reasonOf(error)}`}`
}

const MOST_PATH = 300
const WITHOUT: Readonly<Record<Undiagnosed, string>> = {
  size: 'it was refused for its size',
  'queue-full': 'too many requests are waiting for theirs',
  'too-late': 'it took too long',
  failed: 'it failed, which is a bug in countersign',
  closed: 'the server is closing',
}

interface Recorder {
  keep(refused: RefusedRequest): void
  /** Resolves when all that was begun is written, or failed. */
  done(): Promise<unknown>
}

/** Writes each refusal to DIR/<request ID>.jsonl. */
async function recorder(options: Options, io: Io, unspoken: Keys['unspoken']): Promise<Recorder> {
  const dir = options.one('record')
  if (dir === undefined) return { keep: () => {}, done: () => Promise.resolve() }
  const place = resolve(io.cwd, dir)
  await mkdir(place, { recursive: true }).catch((error: unknown) => {
    throw new CliError(`cannot keep recordings in ${dir}: ${reasonOf(error)}`)
  })
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

function wholeNumber(options: Options, name: string, least: number, most: number): number | undefined {
  const text = options.one(name)
  if (text === undefined) return undefined
  if (!/^\d{1,10}$/.test(text) || Number(text) < least || Number(text) > most)
    throw new CliError(`--${name} must be a whole number from ${least} to ${most}; not ${JSON.stringify(text)}`)
  return Number(text)
}
