/** `countersign causes`: every cause by id, class and summary. */
import { CAUSES } from '../../causes/index.js'
import { CliError } from '../cli-error.js'
import type { Command } from '../command.js'
import { type Options, oneOf } from '../options.js'
import { EXIT, type Io } from '../terminal-rules.js'

export const causes: Command = {
  name: 'causes',
  summary: 'list every cause that is known',
  usage: '[--format json]',
  about: 'An id stays for ever; the class is the coarse label of the JSON output.',
  example: 'countersign causes | grep path',
  rules: { format: { type: 'string', value: 'FORMAT', help: 'terminal (default) or json' } },
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  if (options.files.length > 0) throw new CliError('causes takes no file; countersign explain ID explains one cause')
  const format = oneOf(options, 'format', ['terminal', 'json'] as const) ?? 'terminal'
  const rows = CAUSES.map(({ id, class: of, summary }) => ({ id, class: of, summary }))
  if (format === 'json') {
    io.stdout.write(`${JSON.stringify({ schemaVersion: 1, causes: rows }, undefined, 2)}\n`)
    return EXIT.valid
  }
  const width = (column: 'id' | 'class') => rows.reduce((most, row) => Math.max(most, row[column].length), 0)
  const [ids, classes] = [width('id'), width('class')]
  const lines = rows.map((row) => `${row.id.padEnd(ids)}  ${row.class.padEnd(classes)}  ${row.summary}\n`)
  io.stdout.write(lines.join(''))
  return EXIT.valid
}
