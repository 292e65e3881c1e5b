/**
 * The completion of bash.
 * @see https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html
 */
import { type CompletedCommand, optionsOf, quoted, valuesOf } from './completed-command.js'

export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name)
  return `# bash completion for countersign: source <(countersign completion bash)
_countersign() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command= i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${names.join('|')}) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  case $command:$before in
${commands.flatMap(valueCases).join('\n')}
  esac
  case $command:$current in
${commands.map(optionCase).join('\n')}
    :-*) COMPREPLY=($(compgen -W ${quoted(defaultOptions(commands))} -- "$current")); return ;;
  esac
  case $command in
${commands.flatMap(wordCase).join('\n')}
    '') COMPREPLY=($(compgen -W ${quoted(names.join(' '))} -- "$current") $(compgen -f -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _countersign countersign
`
}

function valueCases(command: CompletedCommand): readonly string[] {
  // Without a verb everything is diagnosed.
  const name = command.name === 'diagnose' ? ['diagnose', ''] : [command.name]
  return optionsOf(command).flatMap(([option, rule]) => {
    const values = valuesOf(rule)
    if (values === 'nothing') return []
    const pattern = name.map((one) => `${one}:--${option}`).join('|')
    if (values === 'anything') return [`    ${pattern}) return ;;`]
    const given = values === 'paths' ? '-f' : `-W ${quoted(values.join(' '))}`
    return [`    ${pattern}) COMPREPLY=($(compgen ${given} -- "$current")); return ;;`]
  })
}

function optionCase(command: CompletedCommand): string {
  return `    ${command.name}:-*) COMPREPLY=($(compgen -W ${quoted(optionWords(command))} -- "$current")); return ;;`
}

function wordCase({ name, words }: CompletedCommand): readonly string[] {
  if (words === undefined) return []
  return [`    ${name}) COMPREPLY=($(compgen -W ${quoted(words.join(' '))} -- "$current")) ;;`]
}

function optionWords(command: CompletedCommand): string {
  return optionsOf(command)
    .map(([option]) => `--${option}`)
    .join(' ')
}

function defaultOptions(commands: readonly CompletedCommand[]): string {
  return `${commands
    .filter(({ name }) => name === 'diagnose')
    .map(optionWords)
    .join(' ')} --version`
}
