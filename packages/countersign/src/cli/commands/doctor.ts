/** `countersign doctor`: this machine's clock, keys, region and endpoint, as each SDK sees them. It reads, and changes nothing. */
import { createHmac, randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import {
  ASKING_COMMANDS,
  type Check,
  CLOCK_COMMANDS,
  certificateFiles,
  type Examined,
  examine,
  filePlaces,
  isLoopback,
  type Machine,
  secretsOn,
} from '../../doctor/index.js'
import {
  httpDate,
  installedHere,
  limitedText,
  runCommand,
  sharedFile,
  sntpQuery,
  systemHere,
  type TimeServer,
} from '../../environment/index.js'
import { CliError } from '../cli-error.js'
import { type Command, FORMAT_RULE } from '../command.js'
import { askedOnline } from '../doctor-online.js'
import { doctorPage, shownCheck } from '../doctor-page.js'
import { isFile } from '../globs.js'
import { type OptionRules, type Options, oneOf } from '../options.js'
import { reasonOf } from '../pieces.js'
import { EXIT, type Io } from '../terminal-rules.js'
import { keepUnspoken } from '../unspoken.js'

const RULES: OptionRules = {
  profile: { type: 'string', value: 'NAME', group: 'What you know', help: 'the profile that your program or --profile names' },
  region: { type: 'string', value: 'REGION', group: 'What you know', help: 'the region that your program names' },
  'endpoint-url': { type: 'string', value: 'URL', group: 'What you know', help: 'the endpoint that your program names' },
  'ntp-server': {
    type: 'string',
    value: 'HOST[:PORT]',
    multiple: true,
    help: 'ask this time server (default: time.aws.com)',
  },
  online: { type: 'boolean', help: 'ask STS and IAM with the keys, and let the other SDKs here ask the same' },
  offline: { type: 'boolean', help: 'ask no other machine: no time server, no Date header' },
  'fingerprint-key-file': {
    type: 'string',
    value: 'FILE',
    group: 'Secrets',
    help: 'make fingerprints with the key in this file, so that machines can be compared; default: a random key each run',
  },
  verbose: { type: 'boolean', short: 'v', group: 'Output', help: 'show every check in full' },
  ...FORMAT_RULE,
}

export const doctor: Command = {
  name: 'doctor',
  summary: "check this machine's clock, keys, region and endpoint, as each SDK sees them",
  usage: '[options]',
  about: `Nothing is changed, and no value of a key is shown. Each check says ok, warn or fail; only broken ones are shown in full. Exit code
1: at least one check fails.`,
  example: 'countersign doctor --profile work',
  rules: RULES,
  words: [],
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  const format = oneOf(options, 'format', ['terminal', 'json'] as const) ?? 'terminal'
  const asked = askedFor(options)
  const fingerprint = await fingerprintOf(options, io)
  const machine = await machineOf(options, io)
  const [clock, installed, online] = await Promise.all([
    clockOf(asked, io, machine),
    installedHere(io.cwd, { deadline: DEADLINE, env: io.env }),
    asked.online ? askedOnline(machine, { ...asked, deadline: DEADLINE, now: () => io.now(), folder: io.cwd }) : undefined,
  ])
  const checks = examine({
    machine,
    clock,
    fingerprint,
    installed,
    ...(online !== undefined && { online }),
    region: asked.region,
    endpoint: asked.endpoint,
    missing: certificateFiles(machine).filter((path) => !isFile(resolve(io.cwd, path))),
  }).map((one) => shownCheck(one, io))
  io.stdout.write(format === 'json' ? jsonOf(checks) : doctorPage(checks, io, options.flag('verbose')))
  return checks.some(({ status }) => status === 'fail') ? EXIT.notValid : EXIT.valid
}

/** What is asked for, as far as it makes sense. */
interface AskedFor {
  readonly online: boolean
  readonly offline: boolean
  readonly region: string | undefined
  readonly endpoint: string | undefined
  readonly servers: readonly TimeServer[]
}

function askedFor(options: Options): AskedFor {
  if (options.files.length > 0) throw new CliError('doctor takes no arguments')
  const [online, offline, endpoint] = [options.flag('online'), options.flag('offline'), options.one('endpoint-url')]
  if (online && offline) throw new CliError('give --online or --offline, not both')
  if (endpoint !== undefined && httpAddress(endpoint) === undefined)
    throw new CliError(`--endpoint-url must be an address with http or https; not ${JSON.stringify(endpoint)}`)
  const named = options.all('ntp-server').map(timeServer)
  return { online, offline, endpoint, region: options.one('region'), servers: named.length > 0 ? named : [TIME_SERVER] }
}

async function machineOf(options: Options, io: Io): Promise<Machine> {
  const system = systemHere()
  const places = filePlaces(io.env, system, io.home)
  const profile = options.one('profile')
  const machine = {
    system,
    env: io.env,
    now: io.now(),
    credentials: await sharedFile(resolve(io.cwd, places.credentials)),
    config: await sharedFile(resolve(io.cwd, places.config)),
    ...(profile !== undefined && { profile }),
  }
  keepUnspoken(io, secretsOn(machine))
  return machine
}

/** What other clocks say, and the tools that keep this one. All are asked at once. */
async function clockOf({ offline, servers, endpoint }: AskedFor, io: Io, { system, env }: Machine): Promise<Examined['clock']> {
  const query = { deadline: DEADLINE, now: () => io.now() }
  const others = offline ? [] : [...servers.map((server) => sntpQuery(server, query)), httpDate(dateServer(endpoint, env), query)]
  const tools = [...CLOCK_COMMANDS[system], ...(offline ? [] : ASKING_COMMANDS[system])]
  const [readings, daemon] = await Promise.all([
    Promise.all(others),
    Promise.all(tools.map(([program, ...args]) => runCommand(program, args, { deadline: DEADLINE, env: io.env }))),
  ])
  return { readings, daemon }
}

function timeServer(text: string): TimeServer {
  const [, host, port] = /^(\[[0-9a-f:.]{2,45}\]|[\w.-]{1,253})(?::(\d{1,5}))?$/i.exec(text) ?? []
  if (host === undefined || Number(port ?? 123) > 65_535 || Number(port ?? 123) === 0)
    throw new CliError(`--ntp-server must be a host with or without a port, for example time.aws.com; not ${JSON.stringify(text)}`)
  return { host, port: Number(port ?? 123) }
}

/** A server whose Date header is asked for: the endpoint that is used, else STS. A server of this machine has the same clock. */
function dateServer(endpoint: string | undefined, env: Machine['env']): URL {
  const used = httpAddress(endpoint ?? env['AWS_ENDPOINT_URL'] ?? STS)
  return used === undefined || isLoopback(used.hostname) ? new URL(STS) : used
}

function httpAddress(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const address = new URL(text)
  return /^https?:$/.test(address.protocol) && address.username === '' ? address : undefined
}

async function fingerprintOf(options: Options, io: Io): Promise<Examined['fingerprint']> {
  const path = options.one('fingerprint-key-file')
  const key = path === undefined ? randomBytes(32) : await fingerprintKey(path, io)
  return (value) => createHmac('sha256', key).update(`countersign fingerprint\0${value}`, 'utf8').digest('hex').slice(0, FINGERPRINT)
}

async function fingerprintKey(path: string, io: Io): Promise<Buffer> {
  const text = await limitedText(resolve(io.cwd, path), LARGEST_KEY).catch((error: unknown) => {
    throw new CliError(`--fingerprint-key-file ${path}: ${reasonOf(error)}`)
  })
  if (text === undefined) throw new CliError(`--fingerprint-key-file ${path}: larger than ${LARGEST_KEY} bytes`)
  const key = text.trim()
  if (key.length < LEAST_KEY)
    throw new CliError(`--fingerprint-key-file ${path}: a key needs ${LEAST_KEY} characters or more, so that nobody guesses it`)
  keepUnspoken(io, [key])
  return Buffer.from(key, 'latin1')
}

function jsonOf(checks: readonly Check[]): string {
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, checks }, undefined, 2)}\n`
}

/** Of the doctor's JSON. */
const SCHEMA_VERSION = 1
/** Milliseconds for each question to another machine and for each tool. */
const DEADLINE = 3000
/** AWS's own, reachable from anywhere. */
const TIME_SERVER: TimeServer = { host: 'time.aws.com', port: 123 }
const STS = 'https://sts.amazonaws.com'
const FINGERPRINT = 12
const LEAST_KEY = 16
const LARGEST_KEY = 4096
