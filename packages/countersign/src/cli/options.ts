/** Arguments, read strictly: an option that is not known, or lacks its value, is named with the one that was meant. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { CliError } from './cli-error.js'
import { WHERE_SECRETS_GO } from './secrets.js'
import { nearest } from './suggestion.js'
import type { Io } from './terminal-rules.js'

export interface OptionRule {
  readonly type: 'string' | 'boolean'
  /** It may be given several times, each with a value. */
  readonly multiple?: boolean
  readonly short?: string
  /** How the value is called in the help: FILE and DIR are completed as paths. */
  readonly value?: string
  /** The values it can have, where they are few. */
  readonly words?: readonly string[]
  /** What it is about. Default: "Options". */
  readonly group?: (typeof OPTION_GROUPS)[number]
  readonly help: string
}
/** In the order of the help. */
export const OPTION_GROUPS = ['Options', 'Output', 'Evidence', 'Request', 'Secrets', 'What you know', 'Server', 'Limits', 'Help'] as const
export type OptionRules = Readonly<Record<string, OptionRule>>

/** What was given. */
export interface Options {
  /** All words that are no options. */
  readonly files: readonly string[]
  /** Those of them that stand behind "--". */
  readonly behind: readonly string[]
  /** Options in the order given, with their values. */
  readonly given: readonly (readonly [name: string, value: string])[]
  /** The last value of an option. */
  one(name: string): string | undefined
  /** Every value of an option that may be repeated. */
  all(name: string): readonly string[]
  flag(name: string): boolean
}

/** Reads the arguments of a command. */
export function readOptions(args: readonly string[], rules: OptionRules, command: string): Options {
  const options: NonNullable<ParseArgsConfig['options']> = {}
  for (const [name, { type, short }] of Object.entries(rules))
    options[name] = { type, multiple: true, ...(short === undefined ? {} : { short }) }
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true })
  const end = tokens.find(({ kind }) => kind === 'option-terminator')?.index ?? args.length
  const [files, behind]: [string[], string[]] = [[], []]
  const given: [string, string][] = []
  for (const token of tokens) {
    if (token.kind === 'positional') {
      files.push(token.value)
      if (token.index > end) behind.push(token.value)
    }
    if (token.kind !== 'option') continue
    const rule = Object.hasOwn(rules, token.name) ? rules[token.name] : undefined
    if (rule === undefined) throw unknownOption(token.rawName, token.name, rules, command)
    if (rule.type === 'boolean') {
      if (token.value !== undefined) throw new CliError(`${token.rawName} takes no value`)
      given.push([token.name, ''])
      continue
    }
    if (token.value === undefined || (token.inlineValue !== true && /^-./.test(token.value))) {
      throw new CliError(`${token.rawName} needs a value (${rule.value ?? 'VALUE'}); ${helpNote(command)}`)
    }
    given.push([token.name, token.value])
  }
  const values = (name: string) => given.filter(([one]) => one === name).map(([, value]) => value)
  return { files, behind, given, one: (name) => values(name).at(-1), all: values, flag: (name) => values(name).length > 0 }
}

/** Refuses arguments that look like secrets or tokens, without repeating them. */
export function refuseSecrets(args: readonly string[], io: Io): void {
  for (const arg of args) {
    const option = /^--?([a-z-]+)(?:=|$)/i.exec(arg)?.[1]?.toLowerCase()
    if (option !== undefined && SECRET_OPTIONS.test(option)) {
      throw new CliError(`a secret is never taken from an argument (others can read it in the process list): ${WHERE_SECRETS_GO}`)
    }
    const value = option === undefined ? arg : arg.slice(arg.indexOf('=') + 1)
    if (/^https?:\/\/.*[?&]X-Amz-(?:Signature|Security-Token)=/i.test(value)) {
      throw new CliError('a presigned URL works like a key while it is valid: put it in a file, or pipe it in as "-"')
    }
    const looks = SECRET_SHAPE.test(value) || TOKEN_SHAPE.test(value)
    if (looks && !existsSync(resolve(io.cwd, value))) {
      throw new CliError(`an argument looks like a secret or a session token; it was not read. ${WHERE_SECRETS_GO}`)
    }
  }
}

/** One of some words; `undefined` where the option was not given. */
export function oneOf<Word extends string>(options: Options, name: string, words: readonly Word[]): Word | undefined {
  const value = options.one(name)
  if (value === undefined) return undefined
  const word = words.find((one) => one === value)
  if (word !== undefined) return word
  const meant = nearest(value, words)
  throw new CliError(
    `--${name} must be one of ${words.join(', ')}; not ${JSON.stringify(value)}${meant === undefined ? '' : `. Did you mean ${meant}?`}`,
  )
}

function unknownOption(raw: string, name: string, rules: OptionRules, command: string): CliError {
  const meant = nearest(name, Object.keys(rules))
  const next = meant === undefined ? helpNote(command) : `did you mean --${meant}?`
  return new CliError(`unknown option ${raw} of countersign ${command}; ${next}`)
}

function helpNote(command: string): string {
  return `countersign ${command} --help lists the options`
}

const SECRET_OPTIONS = /^(?:aws-)?(?:secret|secret-?key|secret-?access-?key|session-?token|security-?token|token)$/
// Forty characters of base64 with digits and both cases: what a secret access key looks like.
const SECRET_SHAPE = /^(?=.*[a-z])(?=.*[A-Z0-9/+])[A-Za-z0-9/+]{40}$/
const TOKEN_SHAPE = /^[A-Za-z0-9/+=]{100,}$/
