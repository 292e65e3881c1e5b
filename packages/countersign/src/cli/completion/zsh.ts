/**
 * The completion of zsh.
 * @see https://zsh.sourceforge.io/Doc/Release/Completion-System.html
 */
import type { OptionRule } from '../options.js'
import { type CompletedCommand, optionsOf, quoted, valuesOf } from './completed-command.js'

export function zshCompletion(commands: readonly CompletedCommand[]): string {
  const described = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`)
  return `#compdef countersign
# zsh completion for countersign: source <(countersign completion zsh)
_countersign() {
  local -a commands
  commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    _files
    return
  fi
  local command=\${words[2]}
  shift words
  (( CURRENT-- ))
  case $command in
${commands.map(branch).join('\n')}
    *) _files ;;
  esac
}
compdef _countersign countersign
`
}

function branch(command: CompletedCommand): string {
  const options = optionsOf(command).flatMap(([name, rule]) => optionSpecs(name, rule).map(quoted))
  const rest = quoted(`*:argument:${command.words === undefined ? '_files' : `(${command.words.join(' ')})`}`)
  return `    ${command.name}) _arguments ${[...options, rest].join(' \\\n        ')} ;;`
}

function optionSpecs(name: string, rule: OptionRule): readonly string[] {
  const values = valuesOf(rule)
  const help = `[${rule.help.replace(/[[\]\\:]/g, '\\$&')}]`
  const action = values === 'paths' ? '_files' : typeof values === 'string' ? ' ' : `(${values.join(' ')})`
  const value = values === 'nothing' ? '' : `:${(rule.value ?? 'value').toLowerCase()}:${action}`
  const repeat = rule.multiple === true ? '*' : ''
  return [`${repeat}--${name}${help}${value}`, ...(rule.short === undefined ? [] : [`${repeat}-${rule.short}${help}${value}`])]
}
