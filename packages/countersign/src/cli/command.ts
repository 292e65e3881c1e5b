/** What a command is, and the options that several share. */
import type { KnownFacts } from '../case/index.js'
import { IOT_PROFILE, parseLenientDate, S3_PROFILE, type SigningProfile, STANDARD_PROFILE } from '../sigv4/index.js'
import { CliError } from './cli-error.js'
import { type OptionRules, type Options, oneOf } from './options.js'
import type { KnownKeys } from './secrets.js'
import type { Io } from './terminal-rules.js'

const KNOWN = 'What you know'

export interface Command {
  readonly name: string
  /** What it does, in a line. */
  readonly summary: string
  /** "[options] FILE...". */
  readonly usage: string
  /** What is worth knowing before the options; whole sentences. */
  readonly about: string
  readonly example: string
  readonly rules: OptionRules
  /** What its arguments can be, for completion. Absent: files. */
  readonly words?: readonly string[]
  run(options: Options, io: Io): Promise<number>
}

export const HELP_RULE: OptionRules = { help: { type: 'boolean', short: 'h', group: 'Help', help: 'show this help' } }

export const FORMAT_RULE: OptionRules = {
  format: { type: 'string', value: 'FORMAT', words: ['terminal', 'json'], group: 'Output', help: 'terminal (default) or json' },
}

export const SECRET_RULES: OptionRules = {
  'secret-file': { type: 'string', value: 'FILE', multiple: true, group: 'Secrets', help: 'read the secret access key from this file' },
  profile: {
    type: 'string',
    value: 'NAME',
    multiple: true,
    group: 'Secrets',
    help: 'use the keys of this profile of the shared AWS files',
  },
  'session-token-file': {
    type: 'string',
    value: 'FILE',
    group: 'Secrets',
    help: 'read the session token of temporary keys from this file',
  },
  'ask-secret': { type: 'boolean', group: 'Secrets', help: 'ask for the secret access key on the terminal' },
  'access-key-id': { type: 'string', value: 'ID', group: 'Secrets', help: 'the access key ID that the secret belongs to' },
}

/** What the service goes by, where the request does not say it. */
export const LAW_RULES: OptionRules = {
  region: { type: 'string', value: 'REGION', group: KNOWN, help: "the service's region" },
  service: { type: 'string', value: 'NAME', group: KNOWN, help: 'the signing name of the service, for example s3 or execute-api' },
  now: { type: 'string', value: 'TIME', group: KNOWN, help: "the service's clock, for example 20150830T123600Z" },
  rules: {
    type: 'string',
    value: 'RULES',
    words: ['s3', 'standard', 'iot'],
    group: KNOWN,
    help: 'canonicalize as s3, standard or iot does',
  },
}

/** The same for signing. */
export const SIGNING_RULES: OptionRules = {
  ...LAW_RULES,
  region: { ...LAW_RULES['region']!, help: 'the region to sign for' },
  now: { ...LAW_RULES['now']!, help: 'the time to sign at, for example 20150830T123600Z; the clock of this machine by default' },
}

/** The time of --now in milliseconds since 1970. */
export function nowOption(options: Options): number | undefined {
  const text = options.one('now')
  if (text === undefined) return undefined
  const time = parseLenientDate(text)
  if (time === undefined)
    throw new CliError(`--now must be a time such as 20150830T123600Z or 2015-08-30T12:36:00Z; not ${JSON.stringify(text)}`)
  return time
}

/** The signing profile of --rules. */
export function rulesOption(options: Options): SigningProfile | undefined {
  const word = oneOf(options, 'rules', ['s3', 'standard', 'iot'] as const)
  return word === undefined ? undefined : { s3: S3_PROFILE, standard: STANDARD_PROFILE, iot: IOT_PROFILE }[word]
}

/** What the user knows beyond the evidence. */
export function knownFacts(options: Options, keys: KnownKeys): KnownFacts {
  const now = nowOption(options)
  const profile = rulesOption(options)
  const region = options.one('region')
  const service = options.one('service')
  return {
    secrets: keys.secrets,
    ...(keys.sessionToken === undefined ? {} : { sessionToken: keys.sessionToken }),
    ...(now === undefined ? {} : { now }),
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
    ...(service === undefined ? {} : { service }),
  }
}
