/**
 * The completion of fish.
 * @see https://fishshell.com/docs/current/completions.html
 */
import { type CompletedCommand, optionsOf, valuesOf } from './completed-command.js'

export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ')
  const first = `not __fish_seen_subcommand_from ${names}`
  const lines = commands.flatMap((command) => {
    const inside = `__fish_seen_subcommand_from ${command.name}`
    return [
      line(['-n', quoted(first), '-a', command.name, '-d', quoted(command.summary)]),
      ...(command.words === undefined ? [] : [line(['-n', quoted(inside), '-f', '-a', quoted(command.words.join(' '))])]),
      ...optionsOf(command).map(([name, rule]) => {
        const values = valuesOf(rule)
        return line([
          '-n',
          // Without a verb everything is diagnosed.
          quoted(command.name === 'diagnose' ? `${inside}; or ${first}` : inside),
          '-l',
          name,
          ...(rule.short === undefined ? [] : ['-s', rule.short]),
          ...(values === 'nothing' ? [] : values === 'paths' ? ['-r', '-F'] : ['-x']),
          ...(typeof values === 'string' ? [] : ['-a', quoted(values.join(' '))]),
          '-d',
          quoted(rule.help),
        ])
      }),
    ]
  })
  return `# fish completion for countersign: countersign completion fish | source\n${lines.join('')}`
}

function line(words: readonly string[]): string {
  return `complete -c countersign ${words.join(' ')}\n`
}

/** Single quotation marks of fish know two escapes. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}
