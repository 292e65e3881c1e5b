/**
 * Options that a project gives once: `countersign.config.json`, or "countersign" in package.json, in the working directory. Each command has
 * its own part: {"diagnose": {"redact": "strict"}}. What the command line says counts instead.
 */
import { join } from 'node:path'
import { limitedText } from '../environment/index.js'
import { CliError } from './cli-error.js'
import { COMMANDS } from './command-list.js'
import type { OptionRule, OptionRules } from './options.js'
import { nearest } from './suggestion.js'
import type { Io } from './terminal-rules.js'

/** The defaults of a command, written as its arguments; the options that `args` has are left out. */
export async function defaultArguments(command: string, rules: OptionRules, args: readonly string[], io: Io): Promise<readonly string[]> {
  const found = (await configFile(io)) ?? (await manifest(io))
  if (found === undefined) return []
  const { file, value: config } = found
  for (const name of Object.keys(objectOf(config, file))) {
    if (!Object.hasOwn(COMMANDS, name)) throw unknownKey(file, name, Object.keys(COMMANDS))
  }
  const own = objectOf(objectOf(config, file)[command] ?? {}, `${file}: "${command}"`)
  return Object.entries(own).flatMap(([name, value]) => {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
    if (rule === undefined) throw unknownKey(`${file}: "${command}"`, name, Object.keys(rules))
    if (ONLY_BY_HAND.has(name)) throw new CliError(`${file}: "${name}" works on the command line only`)
    const words = argumentsOf(name, rule, value, `${file}: "${command}"`)
    return isGiven(name, rule, args) ? [] : words
  })
}

function argumentsOf(name: string, rule: OptionRule, value: unknown, where: string): readonly string[] {
  if (rule.type === 'boolean') {
    if (typeof value !== 'boolean') throw new CliError(`${where}: "${name}" must be true or false`)
    return value ? [`--${name}`] : []
  }
  const values = Array.isArray(value) && rule.multiple === true ? (value as unknown[]) : [value]
  return values.map((one) => {
    if (typeof one === 'string' || typeof one === 'number') return `--${name}=${one}`
    throw new CliError(`${where}: "${name}" must be a text or a number${rule.multiple === true ? ', or a list of them' : ''}`)
  })
}

function isGiven(name: string, { short }: OptionRule, args: readonly string[]): boolean {
  return args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`) || (short !== undefined && arg === `-${short}`))
}

interface Found {
  readonly file: string
  readonly value: unknown
}

async function configFile(io: Io): Promise<Found | undefined> {
  const text = await textOf(CONFIG, io)
  if (text === undefined) return undefined
  try {
    return { file: CONFIG, value: JSON.parse(text) }
  } catch {
    throw new CliError(`${CONFIG} is not valid JSON`)
  }
}

/** A manifest that cannot be read is not ours to complain of. */
async function manifest(io: Io): Promise<Found | undefined> {
  try {
    const text = await textOf(MANIFEST, io)
    const value: unknown = text === undefined ? undefined : JSON.parse(text)
    const own = typeof value === 'object' && value !== null && KEY in value ? (value as Record<string, unknown>)[KEY] : undefined
    return own === undefined ? undefined : { file: `"${KEY}" in ${MANIFEST}`, value: own }
  } catch {
    return undefined
  }
}

async function textOf(name: string, io: Io): Promise<string | undefined> {
  try {
    const text = await limitedText(join(io.cwd, name), LARGEST)
    return text === undefined
      ? undefined
      : Buffer.from(text, 'latin1')
          .toString('utf8')
          .replace(/^\ufeff/, '')
  } catch {
    return undefined
  }
}

function objectOf(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new CliError(`${where} must be an object: {"diagnose": {"redact": "strict"}}`)
}

function unknownKey(where: string, name: string, names: readonly string[]): CliError {
  const near = nearest(name, names)
  return new CliError(
    `${where}: unknown key ${JSON.stringify(name)}; ${near === undefined ? `the keys are ${names.join(', ')}` : `did you mean ${near}?`}`,
  )
}

const CONFIG = 'countersign.config.json'
const MANIFEST = 'package.json'
const KEY = 'countersign'
const LARGEST = 1_048_576
/** What shows keys is asked for each time. */
const ONLY_BY_HAND: ReadonlySet<string> = new Set(['danger-show-keys', 'ask-secret'])
