/** `countersign keys`: fingerprints of the keys in use, and many machines compared by them. */
import { basename, resolve } from 'node:path'
import { distinctPairs, leaf, meaningOf, takenBy } from '../../doctor/index.js'
import { limitedText } from '../../environment/index.js'
import { visible } from '../../report/index.js'
import { CliError } from '../cli-error.js'
import { type Command, FORMAT_RULE } from '../command.js'
import { askedOnline } from '../doctor-online.js'
import { DOCTOR_RULES, fingerprintOf, httpAddress } from '../doctor-options.js'
import { expandedPath } from '../globs.js'
import { ACCEPTED, type Divergence, divergences, type KeyFingerprint, type MachineKeys, type NamedMachine } from '../keys/fleet.js'
import { machineHere } from '../machine-here.js'
import { type Options, oneOf } from '../options.js'
import { reasonOf } from '../pieces.js'
import { EXIT, fitToSay, type Io, say } from '../terminal-rules.js'

export const keys: Command = {
  name: 'keys',
  summary: 'fingerprint the keys of this machine, and find the machine that has another secret',
  usage: 'verify [options] [--fleet FILE...]',
  about: `"keys verify" prints a keyed fingerprint of every pair that an SDK takes on this machine; no value of a key is shown. Run it with the same
--fingerprint-key-file on each of your machines, and keep what --format json prints. Give these files to --fleet: you read which machine has
another secret for the same access key ID. With --online each machine asks STS, and it is known whose secret is right. Exit code 1:
machines differ, or a key is refused. 3: no keys were found.`,
  example:
    'countersign keys verify --fingerprint-key-file fleet.key --format json > worker-17.json\ncountersign keys verify --fleet worker-*.json',
  words: ['verify'],
  rules: {
    fleet: { type: 'boolean', help: 'compare machines: the arguments are files of "keys verify --format json"' },
    online: { type: 'boolean', help: 'send a signed probe: ask STS with the keys' },
    profile: { type: 'string', value: 'NAME', group: 'What you know', help: 'the profile that your program or --profile names' },
    region: { type: 'string', value: 'REGION', group: 'What you know', help: 'the region that your program names' },
    'endpoint-url': {
      type: 'string',
      value: 'URL',
      group: 'What you know',
      help: 'ask this endpoint in place of STS, for example "serve"',
    },
    'fingerprint-key-file': DOCTOR_RULES['fingerprint-key-file']!,
    ...FORMAT_RULE,
  },
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  const [verb, ...files] = options.files
  if (verb !== 'verify') throw new CliError('keys needs what to do: "countersign keys verify"')
  const json = oneOf(options, 'format', ['terminal', 'json'] as const) === 'json'
  if (options.flag('fleet')) return fleet(files, json, io)
  if (files.length > 0) throw new CliError('"keys verify" takes files only with --fleet')
  return thisMachine(options, json, io)
}

async function thisMachine(options: Options, json: boolean, io: Io): Promise<number> {
  const endpoint = options.one('endpoint-url')
  if (endpoint !== undefined && httpAddress(endpoint) === undefined)
    throw new CliError(`--endpoint-url must be an address with http or https; not ${JSON.stringify(endpoint)}`)
  const fingerprint = await fingerprintOf(options, io)
  const machine = await machineHere(io, options.one('profile'))
  const query = { deadline: DEADLINE, now: () => io.now(), folder: io.cwd }
  const asked = options.flag('online') ? await askedOnline(machine, { ...query, endpoint, region: options.one('region') }) : []
  const found = distinctPairs(takenBy(machine)).map(({ keys: pair, place }): KeyFingerprint => {
    const identity = asked.find(({ pair: { keys: one } }) => JSON.stringify(one) === JSON.stringify(pair))?.identity
    const answer = identity !== undefined && 'answer' in identity ? identity.answer : undefined
    const probe =
      answer === undefined ? undefined : meaningOf(answer) === 'accepted' ? ACCEPTED : (leaf(answer, 'Code') ?? `${answer.status}`)
    return {
      accessKeyId: shown(pair.accessKeyId),
      id: fingerprint(pair.accessKeyId),
      secret: fingerprint(pair.secretAccessKey),
      place: fitToSay(io, place),
      ...(probe !== undefined && { probe: probe.slice(0, LONGEST_NAME) }),
    }
  })
  const told: MachineKeys = { keyedWith: fingerprint(''), keys: found }
  io.stdout.write(json ? jsonOf(told) : found.map((one) => `${visible(lineOf(one))}\n`).join(''))
  if (options.flag('online') && found.some(({ probe }) => probe === undefined)) say(io, 'the service did not answer for every key')
  if (found.length > 0) return found.some(({ probe }) => probe !== undefined && probe !== ACCEPTED) ? EXIT.notValid : EXIT.valid
  say(io, 'no SDK takes keys that stand on this machine')
  return EXIT.nothingRead
}

async function fleet(files: readonly string[], json: boolean, io: Io): Promise<number> {
  const paths = files.flatMap((path) => expandedPath(path, io.cwd))
  if (paths.length < 2) throw new CliError('--fleet needs the files of two machines or more')
  const machines = await Promise.all(paths.map((path) => machineOf(path, io)))
  const [first] = machines
  const foreign = machines.find(({ keyedWith }) => keyedWith !== first!.keyedWith)
  if (foreign !== undefined)
    throw new CliError(
      `${foreign.name} was made with another fingerprint key than ${first!.name}: use one --fingerprint-key-file everywhere`,
    )
  const found = divergences(machines)
  const lines = found.map((one) => sentenceOf(one))
  const all = lines.length > 0 ? lines : [`${machines.length} machines agree`]
  io.stdout.write(
    json ? jsonOf({ machines: machines.length, divergences: found }) : all.map((line) => `${visible(fitToSay(io, line))}\n`).join(''),
  )
  return found.length === 0 ? EXIT.valid : EXIT.notValid
}

function sentenceOf({ accessKeyId, agreeing, others, probed }: Divergence): string {
  const who = others.join(', ')
  if (agreeing.length === 0) return `${accessKeyId}: these machines have different secrets for the same ID: ${who}`
  const of = agreeing.length === 1 ? agreeing[0] : `${agreeing.length} others`
  const stale = probed ? `; its secret is stale, since the service accepts that of ${of}` : ''
  return `${accessKeyId}: ${who} ${others.length === 1 ? 'has' : 'have'} another secret for the same ID than ${of}${stale}`
}

async function machineOf(path: string, io: Io): Promise<NamedMachine> {
  const text = await limitedText(resolve(io.cwd, path), LARGEST).catch((error: unknown) => {
    throw new CliError(`cannot read ${path}: ${reasonOf(error)}`)
  })
  const name = basename(path).replace(/(?<=.)\.json$/, '')
  const value = parsed(text ?? '')
  if (!isMachine(value)) throw new CliError(`${path} is no output of "countersign keys verify --format json"`)
  return { keyedWith: value.keyedWith, keys: value.keys, name }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isMachine(value: unknown): value is MachineKeys {
  if (typeof value !== 'object' || value === null) return false
  const { keyedWith, keys } = value as Partial<MachineKeys>
  const isText = (one: unknown): boolean => typeof one === 'string' && one.length <= LONGEST_NAME
  return (
    isText(keyedWith) &&
    Array.isArray(keys) &&
    keys.every((one) => typeof one === 'object' && one !== null && isText(one.accessKeyId) && isText(one.id) && isText(one.secret))
  )
}

function shown(accessKeyId: string): string {
  return accessKeyId.length < 12 ? `(${accessKeyId.length} characters)` : `${accessKeyId.slice(0, 4)}...${accessKeyId.slice(-4)}`
}

function lineOf({ accessKeyId, secret, place, probe }: KeyFingerprint): string {
  return `${accessKeyId}  fingerprint ${secret}  ${place}${probe === undefined ? '' : `: ${probe}`}`
}

function jsonOf(value: object): string {
  return `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...value }, undefined, 2)}\n`
}

const SCHEMA_VERSION = 1
const DEADLINE = 3000
const LARGEST = 1024 * 1024
const LONGEST_NAME = 120
