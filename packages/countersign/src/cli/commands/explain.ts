/** `countersign explain`: a cause, an AWS code, a status or a message; several where the words mean several. */
import { CAUSES, type Cause } from '../../causes/index.js'
import { type Page, VERDICTS, visible } from '../../report/index.js'
import { causeMarkdown } from '../cause-markdown.js'
import { CliError } from '../cli-error.js'
import { type Command, FORMAT_RULE } from '../command.js'
import { printSection, sectionsOf } from '../markdown-page.js'
import { causesBehind, causesOnPages, EXPLAINED_CODES, type ExplainedCode, KNOWN_WORDS, type Meant, meantBy } from '../matching.js'
import { type Options, oneOf } from '../options.js'
import { screen } from '../screen.js'
import { nearest } from '../suggestion.js'
import { EXIT, type Io } from '../terminal-rules.js'

export const explain: Command = {
  name: 'explain',
  summary: 'explain a cause, an AWS error code, a status or a message',
  usage: '[--format json] CAUSE|CODE|STATUS|MESSAGE|WORDS',
  about: `Takes the id of a cause, an AWS error code, an HTTP status, a whole error message, or a few words. One match is explained in
full; several are listed, the best first.`,
  example:
    'countersign explain path-encoded-twice\ncountersign explain 403\ncountersign explain clock\ncountersign explain "Signature expired"',
  rules: FORMAT_RULE,
  words: [...CAUSES.map(({ id }) => id), ...EXPLAINED_CODES.map(({ code }) => code)],
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  const asked = options.files.join(' ')
  if (asked.trim() === '') throw new CliError('explain needs a cause, a code, a status or a message: countersign explain 403')
  const format = oneOf(options, 'format', ['terminal', 'json'] as const) ?? 'terminal'
  const meant = await found(asked)
  if (meant.causes.length + meant.codes.length === 0) {
    const near = nearest(asked, KNOWN_WORDS)
    const next = near === undefined ? 'countersign causes lists the causes' : `did you mean ${near}?`
    throw new CliError(`no cause or code matches ${asked.length > MOST_REPEATED ? 'that' : JSON.stringify(asked)}; ${next}`)
  }
  io.stdout.write(format === 'json' ? await asJson(meant) : await asPage(screen(io), meant))
  return EXIT.valid
}

/** What is meant by name; else the causes whose pages speak of it. */
async function found(asked: string): Promise<Meant> {
  const named = meantBy(asked)
  if (named.causes.length + named.codes.length > 0) return named
  const pages = new Map(await Promise.all(CAUSES.map(async ({ id }) => [id, (await causeMarkdown(id)) ?? ''] as const)))
  return { causes: causesOnPages(asked, pages), codes: [] }
}

async function asPage(page: Page, meant: Meant): Promise<string> {
  const { causes, codes } = meant
  const [cause] = causes
  const [code] = codes
  if (causes.length + codes.length === 1) {
    if (cause !== undefined) await causePage(page, cause)
    if (code !== undefined) codePage(page, code)
    return page.text()
  }
  list(
    page,
    plural(codes.length, 'AWS error code'),
    codes.map(({ code: name, meaning }) => [name, meaning]),
  )
  if (codes.length > 0) page.gap()
  list(
    page,
    plural(causes.length, 'cause'),
    causes.map(({ id, summary }) => [id, summary]),
  )
  page.gap()
  page.fold('', `countersign explain ${cause?.id ?? code!.code} explains one of them.`)
  return page.text()
}

async function causePage(page: Page, cause: Cause): Promise<void> {
  page.fold(`${page.in('label', cause.id)}: `, `${cause.summary}.`, 2)
  page.fold('  ', `${VERDICTS[cause.class]}; class ${cause.class}`)
  for (const section of sectionsOf((await causeMarkdown(cause.id)) ?? '')) printSection(page, section)
  const codes = EXPLAINED_CODES.filter(({ checks }) => cause.refusedAt.some((at) => checks.includes(at))).map(({ code }) => code)
  if (codes.length > 0) {
    page.gap()
    page.line(page.in('label', 'Refused with'))
    page.fold('  ', codes.join(', '))
  }
  page.gap()
  list(
    page,
    'See also',
    mistakenFor(cause).map(({ id, summary }) => [id, summary]),
  )
}

function codePage(page: Page, code: ExplainedCode): void {
  const { statuses, meaning, checks } = code
  page.line(`${page.in('label', code.code)}${statuses.length === 0 ? '' : ` (HTTP ${statuses.join(' or ')})`}`)
  page.fold('  ', meaning)
  page.fold('  Checks that answer with it: ', checks.join(', '), 4)
  const behind = causesBehind(code)
  page.gap()
  if (behind.length <= MOST_LISTED) {
    list(
      page,
      plural(behind.length, 'cause'),
      behind.map(({ id, summary }) => [id, summary]),
    )
    return
  }
  page.line(page.in('label', `${plural(behind.length, 'cause')}, by what went wrong`))
  const verdicts = [...new Set(behind.map((one) => VERDICTS[one.class]))]
  for (const verdict of verdicts) {
    const ids = behind.filter((one) => VERDICTS[one.class] === verdict).map(({ id }) => id)
    page.fold(`  ${page.in('label', verdict)} (${ids.length}): `, ids.join(', '), 4)
  }
}

function list(page: Page, title: string, rows: readonly (readonly [name: string, text: string])[]): void {
  if (rows.length === 0) return
  page.line(page.in('label', title))
  for (const [name, text] of rows) page.fold(`  ${page.in('command', name)}  `, visible(text), 6)
}

/** The causes that are mistaken for this one: those of its class, and of its part. */
function mistakenFor(cause: Cause): readonly Cause[] {
  const others = CAUSES.filter(({ id }) => id !== cause.id)
  const same = others.filter((one) => one.class === cause.class)
  return [...same, ...others.filter((one) => one.part === cause.part && one.class !== cause.class)].slice(0, MOST_NEAR)
}

async function asJson({ causes, codes }: Meant): Promise<string> {
  const whole = causes.length + codes.length === 1
  const matches = [
    ...codes.map((code) => ({
      kind: 'code',
      code: code.code,
      meaning: code.meaning,
      statuses: code.statuses,
      checks: code.checks,
      causes: causesBehind(code).map(({ id }) => id),
    })),
    ...(await Promise.all(
      causes.map(async ({ id, class: of, summary }) => {
        const sections = whole ? sectionsOf((await causeMarkdown(id)) ?? '') : []
        return { kind: 'cause', id, class: of, summary, ...(sections.length === 0 ? {} : { sections }) }
      }),
    )),
  ]
  return `${JSON.stringify({ schemaVersion: 1, matches }, undefined, 2)}\n`
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

const MOST_NEAR = 6
/** Of a code: more are named by what went wrong. */
const MOST_LISTED = 12
const MOST_REPEATED = 80
