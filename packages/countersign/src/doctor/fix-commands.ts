/** Commands that mend, as the shell of each system takes them. */
import type { Check, System } from './check.js'

type Fix = NonNullable<Check['fix']>

/** @param value Plain letters, digits and marks that no shell reads. */
export function setVariable(system: System, name: string, value: string): Fix {
  return system === 'windows' ? { command: `setx ${name} "${value}"`, os: system } : { command: `export ${name}='${value}'`, os: system }
}

export function unsetVariables(system: System, names: readonly string[]): Fix {
  if (system === 'windows') return { command: `Remove-Item ${names.map((name) => `Env:${name}`).join(', ')}`, os: system }
  return { command: `unset ${names.join(' ')}`, os: system }
}

/** Asks for both keys of a profile; none of them stands in the command. */
export function configureProfile(system: System, profile: string): Fix | undefined {
  const word = shellWord(profile, system)
  return word === undefined ? undefined : { command: `aws configure --profile ${word}`, os: 'any' }
}

/** A text as one word of the system's shell; `undefined` where no quoting is sure. */
export function shellWord(text: string, system: System): string | undefined {
  if (/^[\w./:@~+-]+$/.test(text) && !text.startsWith('-')) return text
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a control character in a command is obeyed by the terminal
  if (/[\u0000-\u001f\u007f-\u009f]/.test(text) || (system === 'windows' && /["%!^&|<>]/.test(text))) return undefined
  return system === 'windows' ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`
}
