/** What a command is, the options that several share, and the help made of them. */
import type { KnownFacts } from '../case/index.js'
import { IOT_PROFILE, parseLenientDate, S3_PROFILE, type SigningProfile, STANDARD_PROFILE } from '../sigv4/index.js'
import { CliError } from './cli-error.js'
import { type OptionRules, type Options, oneOf } from './options.js'
import type { KnownKeys } from './secrets.js'
import type { Io } from './terminal-rules.js'

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
  run(options: Options, io: Io): Promise<number>
}

export const HELP_RULE: OptionRules = { help: { type: 'boolean', short: 'h', help: 'show this help' } }

export const SECRET_RULES: OptionRules = {
  'secret-file': { type: 'string', value: 'FILE', help: 'the secret access key is what this file holds (may be repeated)' },
  profile: { type: 'string', value: 'NAME', help: 'take the keys of a profile of the shared AWS files' },
  'ask-secret': { type: 'boolean', help: 'ask for the secret access key on the terminal' },
  'access-key-id': { type: 'string', value: 'ID', help: 'the access key ID the secret belongs to' },
}

export const LAW_RULES: OptionRules = {
  region: { type: 'string', value: 'REGION', help: 'the region of the verifier' },
  service: { type: 'string', value: 'NAME', help: 'the signing name of the service, for example s3 or execute-api' },
  now: { type: 'string', value: 'TIME', help: "the verifier's clock, for example 20150830T123600Z" },
  rules: { type: 'string', value: 'RULES', help: 'canonicalize by the rules of s3, standard or iot' },
}

/** The time of --now in milliseconds since 1970. */
export function nowOption(options: Options): number | undefined {
  const text = options.one('now')
  if (text === undefined) return undefined
  const time = parseLenientDate(text)
  if (time === undefined)
    throw new CliError(`--now takes a time such as 20150830T123600Z or 2015-08-30T12:36:00Z; not ${JSON.stringify(text)}`)
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

/** The help of one command. */
export function commandHelp(command: Command): string {
  const rules = { ...command.rules, ...HELP_RULE }
  const names = Object.entries(rules).map(([name, rule]) => {
    const value = rule.type === 'string' ? ` ${rule.value ?? 'VALUE'}` : ''
    return [`${rule.short === undefined ? '' : `-${rule.short}, `}--${name}${value}`, rule.help] as const
  })
  const width = names.reduce((most, [name]) => Math.max(most, name.length), 0)
  const lines = names.map(([name, help]) => `  ${name.padEnd(width)}  ${help}`)
  return [
    `countersign ${command.name}: ${command.summary}`,
    '',
    `Usage: countersign ${command.name} ${command.usage}`,
    '',
    command.about,
    '',
    'Options:',
    ...lines,
    '',
    'Example:',
    ...command.example.split('\n').map((line) => `  ${line}`),
    '',
  ].join('\n')
}
