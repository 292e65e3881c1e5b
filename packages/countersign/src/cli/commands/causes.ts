/** `countersign causes`: the causes, class by class, or those of some words. */
import { CAUSE_CLASSES } from '../../catalog/index.js'
import { CAUSES, type Cause } from '../../causes/index.js'
import { VERDICTS } from '../../report/index.js'
import { CliError } from '../cli-error.js'
import { type Command, FORMAT_RULE } from '../command.js'
import { causesOfWords, KNOWN_WORDS } from '../matching.js'
import { type Options, oneOf } from '../options.js'
import { screen } from '../screen.js'
import { nearest } from '../suggestion.js'
import { EXIT, type Io } from '../terminal-rules.js'

export const causes: Command = {
  name: 'causes',
  summary: 'list the known causes, or those of some words',
  usage: '[--format json] [WORD...]',
  about: `Without words it lists every cause, class by class. With words it lists the causes that have all of them in their id, class or
summary. An id never changes; the class is the coarse label of the JSON output.`,
  example: 'countersign causes path encoded',
  rules: FORMAT_RULE,
  words: [...CAUSE_CLASSES],
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  const format = oneOf(options, 'format', ['terminal', 'json'] as const) ?? 'terminal'
  const words = options.files.join(' ')
  const found = words === '' ? new Set(CAUSES) : new Set(causesOfWords(words))
  if (found.size === 0) {
    const near = nearest(words, KNOWN_WORDS)
    throw new CliError(`no cause matches ${JSON.stringify(words)}${near === undefined ? '' : `; did you mean ${near}?`}`)
  }
  const shown = CAUSES.filter((cause) => found.has(cause))
  io.stdout.write(format === 'json' ? asJson(shown) : asPage(shown, io))
  return EXIT.valid
}

function asJson(shown: readonly Cause[]): string {
  const rows = shown.map(({ id, class: of, summary }) => ({ id, class: of, summary }))
  return `${JSON.stringify({ schemaVersion: 1, causes: rows }, undefined, 2)}\n`
}

function asPage(shown: readonly Cause[], io: Io): string {
  const page = screen(io)
  const count = shown.length === 1 ? '1 cause' : `${shown.length} causes`
  page.line(shown.length === CAUSES.length ? count : `${count} of ${CAUSES.length}`)
  for (const label of CAUSE_CLASSES) {
    const own = shown.filter((one) => one.class === label)
    if (own.length === 0) continue
    page.gap()
    page.line(`${page.in('label', label)}: ${VERDICTS[label]} (${own.length})`)
    for (const { id, summary } of own) page.fold(`  ${page.in('command', id)}  `, summary, 6)
  }
  page.gap()
  page.fold('', 'countersign explain ID explains one of them.')
  return page.text()
}
