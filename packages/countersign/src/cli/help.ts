/** The help of the program and of its commands, as pages as wide as the terminal. */
import { bare, type Page } from '../report/index.js'
import { type Command, HELP_RULE } from './command.js'
import { COMMANDS } from './command-list.js'
import { OPTION_GROUPS, type OptionRule, type OptionRules } from './options.js'

/** What `countersign --help` prints. */
export function mainHelp(page: Page): string {
  page.fold('countersign: ', 'why was this AWS request refused, what proves it, and how is it fixed', 2)
  page.gap()
  for (const usage of ['[diagnose] [options] FILE...', 'COMMAND [options] [FILE...]'])
    page.fold(`${page.in('label', 'Usage:')} countersign `, usage)
  page.line('       ... | countersign')
  heading(page, 'Commands')
  rows(
    page,
    Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary]),
  )
  page.gap()
  page.fold('', 'countersign COMMAND --help shows the options of a command. "-" as a file is standard input.')
  page.fold('', `Defaults of options: countersign.config.json, or "countersign" in package.json, in the working directory.`)
  heading(page, 'Exit codes')
  rows(page, EXIT_CODES)
  heading(page, 'Example')
  page.line(`  ${page.in('command', 'countersign upload.log error.xml')}`)
  return page.text()
}

/** What `countersign COMMAND --help` prints. */
export function commandHelp(page: Page, { name, summary, usage, about, rules, example }: Command): string {
  page.fold(`countersign ${name}: `, summary, 2)
  page.gap()
  page.fold(`${page.in('label', 'Usage:')} `, `countersign ${name} ${usage}`.trimEnd())
  page.gap()
  page.fold('', about.replaceAll('\n', ' '))
  for (const [group, options] of optionGroups(rules)) {
    heading(page, group)
    rows(
      page,
      options.map(([option, rule]) => [optionText(option, rule), `${rule.help}${rule.multiple === true ? ' (repeatable)' : ''}`]),
    )
  }
  heading(page, 'Example')
  for (const line of example.split('\n')) page.line(`  ${page.in('command', line)}`)
  return page.text()
}

/** The options of a command, `--help` last, by what they are about. */
export function optionGroups(rules: OptionRules): readonly (readonly [group: string, options: readonly [string, OptionRule][]])[] {
  const all = Object.entries({ ...rules, ...HELP_RULE })
  return OPTION_GROUPS.map((group) => [group, all.filter(([, rule]) => (rule.group ?? 'Options') === group)] as const).filter(
    ([, options]) => options.length > 0,
  )
}

/** "-v, --verbose", "--format FORMAT". */
export function optionText(name: string, { short, type, value }: OptionRule): string {
  return `${short === undefined ? '' : `-${short}, `}--${name}${type === 'string' ? ` ${value ?? 'VALUE'}` : ''}`
}

function heading(page: Page, text: string): void {
  page.gap()
  page.line(`${page.in('label', text)}:`)
}

/** Names and what is said of them: beside each other, or below each other where that leaves too little room. */
function rows(page: Page, all: readonly (readonly [name: string, text: string])[]): void {
  const width = all.reduce((most, [name]) => Math.max(most, bare(name).length), 0)
  const beside = width + 4 <= page.columns / 2.2
  for (const [name, text] of all) {
    if (beside) page.fold(`  ${page.in('command', name)}${' '.repeat(width - name.length + 2)}`, text)
    else {
      page.line(`  ${page.in('command', name)}`)
      page.fold('      ', text)
    }
  }
}

export const EXIT_CODES = [
  ['0', 'nothing to repair: accepted, valid, or done'],
  ['1', 'a refusal was found, or the request is not valid'],
  ['2', 'wrong usage, or a file that cannot be read'],
  ['3', 'nothing that could be read as evidence'],
  ['70', 'a bug in countersign'],
  ['74', 'the output could not be written'],
] as const
