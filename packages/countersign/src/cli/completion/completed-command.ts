/** What a shell has to know of a command to complete it. */
import { HELP_RULE } from '../command.js'
import type { OptionRule, OptionRules } from '../options.js'

export interface CompletedCommand {
  readonly name: string
  readonly summary: string
  readonly rules: OptionRules
  /** What its arguments can be; absent: files. */
  readonly words?: readonly string[]
}

/** The options of a command with `--help`. */
export function optionsOf({ rules }: CompletedCommand): readonly (readonly [name: string, rule: OptionRule])[] {
  return Object.entries({ ...rules, ...HELP_RULE })
}

/** What can follow an option. */
export function valuesOf({ type, words, value }: OptionRule): 'nothing' | 'paths' | 'anything' | readonly string[] {
  if (type === 'boolean') return 'nothing'
  return words ?? (value === 'FILE' || value === 'DIR' ? 'paths' : 'anything')
}

/** A word in single quotation marks, for the shells of POSIX. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
