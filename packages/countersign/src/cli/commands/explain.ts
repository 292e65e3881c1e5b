/** `countersign explain`: the page of a cause, or what an AWS code means and which causes can be behind it. */
import { readFile } from 'node:fs/promises'
import { AWS_ERROR_CODES, type AwsErrorCodeRow } from '../../catalog/index.js'
import { CAUSES, type Cause } from '../../causes/index.js'
import { visibleLines } from '../../report/index.js'
import { CliError } from '../cli-error.js'
import type { Command } from '../command.js'
import type { Options } from '../options.js'
import { nearest } from '../suggestion.js'
import { EXIT, type Io } from '../terminal-rules.js'

export const explain: Command = {
  name: 'explain',
  summary: 'explain a cause or an AWS error code',
  usage: 'CAUSE|CODE',
  about: 'countersign causes lists the ids of the causes. A code is one that AWS answers with, such as RequestTimeTooSkewed.',
  example: 'countersign explain path-encoded-twice\ncountersign explain SignatureDoesNotMatch',
  rules: {},
  run,
}

async function run({ files }: Options, io: Io): Promise<number> {
  const [name, more] = files
  if (name === undefined || more !== undefined) throw new CliError('explain takes the id of one cause, or one AWS code')
  const cause = CAUSES.find(({ id }) => id === name.toLowerCase())
  if (cause !== undefined) {
    io.stdout.write(`${(await page(cause.id)) ?? summaryOf(cause)}${seeAlso(cause)}`)
    return EXIT.valid
  }
  const code = EXPLAINED.find((one) => one.code.toLowerCase() === name.toLowerCase())
  if (code !== undefined) {
    io.stdout.write(codeText(code))
    return EXIT.valid
  }
  const meant = nearest(name, [...CAUSES.map(({ id }) => id), ...EXPLAINED.map((one) => one.code)])
  throw new CliError(
    `there is no cause or code "${name}"; ${meant === undefined ? 'countersign causes lists the causes' : `did you mean ${meant}?`}`,
  )
}

/** The page of a cause: of the package where it is built, else of the repository. */
async function page(id: string): Promise<string | undefined> {
  for (const folder of ['../docs/causes/', '../../docs/causes/', '../../../../../docs/causes/']) {
    const text = await readFile(new URL(`${folder}${id}.md`, import.meta.url), 'utf8').catch(() => undefined)
    if (text !== undefined) return `${visibleLines(text).trimEnd()}\n`
  }
  return undefined
}

function summaryOf(cause: Cause): string {
  return [`# ${cause.id}`, '', `${cause.summary}.`, '', `Class: ${cause.class}`, `Refused at: ${cause.refusedAt.join(', ')}`, ''].join('\n')
}

/** The causes that are mistaken for this one: those of its class, and of its part. Made from the list, so that no page has to keep it. */
function seeAlso(cause: Cause): string {
  const others = CAUSES.filter(({ id }) => id !== cause.id)
  const near = others.filter((one) => one.class === cause.class)
  const sameClass = new Set(near)
  const ofPart = others.filter((one) => one.part === cause.part && !sameClass.has(one))
  const shown = [...near, ...ofPart].slice(0, MOST_NEAR)
  const codes = EXPLAINED.filter(({ checks }) => cause.refusedAt.some((at) => checks.includes(at))).map(({ code }) => code)
  const width = Math.max(0, ...shown.map(({ id }) => id.length))
  return [
    '',
    '## See also',
    '',
    ...shown.map(({ id, summary }) => `  ${id.padEnd(width)}  ${summary}`),
    ...(codes.length === 0 ? [] : ['', `Codes it is refused with: ${codes.join(', ')}`]),
    '',
  ].join('\n')
}

function codeText({ code, meaning, checks }: ExplainedCode): string {
  const behind = CAUSES.filter(({ refusedAt }) => refusedAt.some((check) => checks.includes(check)))
  const width = Math.max(0, ...behind.map(({ id }) => id.length))
  return [
    `# ${code}`,
    '',
    meaning,
    '',
    `Checks that answer with it: ${checks.join(', ')}`,
    '',
    'Causes that can be behind it:',
    '',
    ...behind.map(({ id, summary }) => `  ${id.padEnd(width)}  ${summary}`),
    '',
  ].join('\n')
}

type ExplainedCode = Required<Pick<AwsErrorCodeRow, 'meaning' | 'checks'>> & { readonly code: string }

const EXPLAINED: readonly ExplainedCode[] = [...AWS_ERROR_CODES].flatMap(([code, { meaning, checks }]) =>
  meaning === undefined || checks === undefined ? [] : [{ code, meaning, checks }],
)
const MOST_NEAR = 8
