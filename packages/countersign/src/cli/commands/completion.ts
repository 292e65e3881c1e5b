/** `countersign completion`: the completion script of a shell, made from the rules of the commands. */
import { CliError } from '../cli-error.js'
import type { Command } from '../command.js'
import { COMMANDS } from '../command-list.js'
import { bashCompletion } from '../completion/bash.js'
import type { CompletedCommand } from '../completion/completed-command.js'
import { fishCompletion } from '../completion/fish.js'
import { zshCompletion } from '../completion/zsh.js'
import { nearest } from '../suggestion.js'
import { EXIT } from '../terminal-rules.js'

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion }
const NAMES = ['bash', 'zsh', 'fish'] as const

export const completion: Command = {
  name: 'completion',
  summary: 'print the completion script for bash, zsh or fish',
  usage: 'bash|zsh|fish',
  about: `Add the line for your shell to its start-up file: ~/.bashrc, ~/.zshrc (after compinit), or ~/.config/fish/config.fish.`,
  example: 'source <(countersign completion bash)\nsource <(countersign completion zsh)\ncountersign completion fish | source',
  rules: {},
  words: NAMES,
  run: async ({ files }, io) => {
    const [given, ...more] = files
    const name = NAMES.find((one) => one === given)
    if (name === undefined || more.length > 0) {
      const near = given === undefined ? undefined : nearest(given, NAMES)
      throw new CliError(`completion needs one shell: ${NAMES.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`)
    }
    io.stdout.write(SHELLS[name](await completedCommands()))
    return EXIT.valid
  },
}

async function completedCommands(): Promise<readonly CompletedCommand[]> {
  const listed = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, { summary, load }]) => ({ name, summary, command: await load() })),
  )
  return [
    ...listed.map(({ name, summary, command: { rules, words } }) => ({ name, summary, rules, ...(words === undefined ? {} : { words }) })),
    { name: 'help', summary: 'show the help of a command', rules: {}, words: Object.keys(COMMANDS) },
  ]
}
