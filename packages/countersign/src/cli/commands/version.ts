/** `countersign version`: which version this is. */
import { readFile } from 'node:fs/promises'
import { CliError } from '../cli-error.js'
import type { Command } from '../command.js'
import { EXIT } from '../terminal-rules.js'

export const version: Command = {
  name: 'version',
  summary: 'print the version',
  usage: '',
  about: 'The same as countersign --version.',
  example: 'countersign version',
  rules: {},
  words: [],
  run: async ({ files }, io) => {
    if (files.length > 0) throw new CliError('version takes no arguments')
    io.stdout.write(`countersign ${await versionText()}\n`)
    return EXIT.valid
  },
}

/** The version of the package: where it is bundled, or its source. */
export async function versionText(): Promise<string> {
  for (const place of ['../../package.json', '../../../package.json']) {
    const text = await readFile(new URL(place, import.meta.url), 'utf8').catch(() => undefined)
    if (text !== undefined) return (JSON.parse(text) as { version: string }).version
  }
  throw new Error('package.json is not beside the program')
}
