/** The options of `countersign doctor`: what they ask for, checked before anything is asked of anybody. */
import { createHmac, randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import type { Examined } from '../doctor/index.js'
import { limitedText, type TimeServer } from '../environment/index.js'
import { CliError } from './cli-error.js'
import { FORMAT_RULE } from './command.js'
import type { OptionRules, Options } from './options.js'
import { reasonOf } from './pieces.js'
import type { Io } from './terminal-rules.js'
import { keepUnspoken } from './unspoken.js'

export const DOCTOR_RULES: OptionRules = {
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

/** What is asked for, as far as it makes sense. */
export interface AskedFor {
  readonly online: boolean
  readonly offline: boolean
  readonly region: string | undefined
  readonly endpoint: string | undefined
  readonly servers: readonly TimeServer[]
}

export function askedFor(options: Options): AskedFor {
  if (options.files.length > 0) throw new CliError('doctor takes no arguments')
  const [online, offline, endpoint] = [options.flag('online'), options.flag('offline'), options.one('endpoint-url')]
  if (online && offline) throw new CliError('give --online or --offline, not both')
  if (endpoint !== undefined && httpAddress(endpoint) === undefined)
    throw new CliError(`--endpoint-url must be an address with http or https; not ${JSON.stringify(endpoint)}`)
  const named = options.all('ntp-server').map(timeServer)
  return { online, offline, endpoint, region: options.one('region'), servers: named.length > 0 ? named : [TIME_SERVER] }
}

function timeServer(text: string): TimeServer {
  const [, host, port] = /^(\[[0-9a-f:.]{2,45}\]|[\w.-]{1,253})(?::(\d{1,5}))?$/i.exec(text) ?? []
  if (host === undefined || Number(port ?? 123) > 65_535 || Number(port ?? 123) === 0)
    throw new CliError(`--ntp-server must be a host with or without a port, for example time.aws.com; not ${JSON.stringify(text)}`)
  return { host, port: Number(port ?? 123) }
}

/** An address that can be asked; `undefined` for any other text. */
export function httpAddress(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const address = new URL(text)
  return /^https?:$/.test(address.protocol) && address.username === '' ? address : undefined
}

/** The fingerprint of a value, with the key of a file or of this run. */
export async function fingerprintOf(options: Options, io: Io): Promise<Examined['fingerprint']> {
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

/** AWS's own, reachable from anywhere. */
const TIME_SERVER: TimeServer = { host: 'time.aws.com', port: 123 }
const FINGERPRINT = 12
const LEAST_KEY = 16
const LARGEST_KEY = 4096
