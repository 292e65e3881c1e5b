/** Numbers of options. */
import { CliError } from './cli-error.js'
import type { Options } from './options.js'

/** The whole number that an option gives; `undefined` where it is not given. */
export function wholeNumber(options: Options, name: string, least: number, most: number): number | undefined {
  const text = options.one(name)
  if (text === undefined) return undefined
  if (!/^\d{1,10}$/.test(text) || Number(text) < least || Number(text) > most)
    throw new CliError(`--${name} must be a whole number from ${least} to ${most}; not ${JSON.stringify(text)}`)
  return Number(text)
}
