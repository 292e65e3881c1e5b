/** `countersign diagnose`: evidence in, the cause out. */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  CAUSES,
  type Diagnosis,
  type EvidenceSource,
  investigationSteps,
  type KnownFacts,
  type Observation,
  type ReadingAndSearching,
  readEvidenceSteps,
} from '../../index.js'
import {
  REDACT_LEVELS,
  renderGithub,
  renderHtml,
  renderJson,
  renderJunit,
  renderMarkdown,
  renderSarif,
  renderTerminal,
} from '../../report/index.js'
import { boundedDiagnosis } from '../bounded-search.js'
import { CliError } from '../cli-error.js'
import { type Command, knownFacts, LAW_RULES, SECRET_RULES } from '../command.js'
import { type Options, oneOf } from '../options.js'
import { LIMITS, type PieceName, readPieces } from '../pieces.js'
import { knownKeys } from '../secrets.js'
import { COLOUR_WORDS, colourWanted, EXIT, type Io } from '../terminal-rules.js'

/** @public */
export const diagnose: Command = {
  name: 'diagnose',
  summary: 'say why a request was refused, what proves it, and how to fix it',
  usage: '[options] FILE...',
  about: `Give everything there is, in any order: the error body, the request as it was sent, a debug log of the signer, a curl
command, a presigned URL, the code or configuration. "-" is standard input. Without a secret most causes can still be
proven from the texts that the service quotes; with it, every proof is a signature that comes out right.`,
  example: 'countersign diagnose error.xml --signer debug.log --secret-file secret.txt',
  rules: {
    format: { type: 'string', value: 'FORMAT', help: 'terminal (default), json, markdown, html, sarif, junit or github' },
    verbose: { type: 'boolean', short: 'v', help: 'print everything: why, every fix, the facts of the request, what was ruled out' },
    diff: { type: 'boolean', help: 'show the two canonical requests side by side, where both are known' },
    color: { type: 'string', value: 'WHEN', help: 'auto (default), always or never; NO_COLOR and FORCE_COLOR work, too' },
    redact: { type: 'string', value: 'LEVEL', help: 'keys (show access key IDs), safe (default) or strict (hide your names too)' },
    signer: { type: 'string', value: 'FILE', help: 'what the program that signed wrote (may be repeated)' },
    wire: { type: 'string', value: 'FILE', help: 'the request as it travelled (may be repeated)' },
    verifier: { type: 'string', value: 'FILE', help: 'what the service answered or calculated (may be repeated)' },
    ...SECRET_RULES,
    'candidate-secrets': {
      type: 'string',
      value: 'FILE',
      help: 'find which of these secrets signed: a credentials, .env or CSV file, or one a line (may be repeated)',
    },
    ...LAW_RULES,
    'fail-on': {
      type: 'string',
      value: 'OUTCOME',
      help: 'exit with 1 for any refusal (default), or only for one whose cause is likely or proven',
    },
    'json-version': { type: 'string', value: 'NUMBER', help: 'the shape of --format json: 2 (default), or 1, for one more release' },
    'max-trials': { type: 'string', value: 'NUMBER', help: 'the most hypotheses to try before giving up (100000 by default)' },
    'max-seconds': { type: 'string', value: 'SECONDS', help: 'the longest to read and search; the best answer so far is printed then' },
  },
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  const format = oneOf(options, 'format', FORMATS) ?? 'terminal'
  const redact = oneOf(options, 'redact', REDACT_LEVELS) ?? 'safe'
  const failOn = oneOf(options, 'fail-on', ['any', 'likely', 'proven'] as const) ?? 'any'
  const version = oneOf(options, 'json-version', ['1', '2'] as const) === '1' ? 1 : 2
  const [maxTrials, maxSeconds] = [wholeNumber(options, 'max-trials'), wholeNumber(options, 'max-seconds')]
  const names = pieceNames(options, io)
  const sources = await readPieces(names, io, LIMITS, 'kept')
  const keys = await knownKeys(
    options,
    io,
    sources.map(({ text }) => text),
  )
  const { observations, found } = await boundedDiagnosis(readAndDiagnosed(sources, knownFacts(options, keys), maxTrials), io, maxSeconds)
  const leftOut = sources.flatMap((source) => (source.leftOut === undefined ? [] : [`${source.name}: ${source.leftOut}`]))
  const diagnosis = { ...found, notes: [...found.notes, ...leftOut] }
  const report = { secrets: keys.silent, redact, evidence: sources, observations, now: io.now(), directory: io.cwd, version } as const
  const { columns } = io.stdout
  const addressOf = (name: string): string | undefined =>
    names.some(({ path }) => path === name) ? pathToFileURL(resolve(io.cwd, name)).href : undefined
  const terminal = {
    ...report,
    colour: colourWanted(io, oneOf(options, 'color', COLOUR_WORDS)),
    diff: options.flag('diff'),
    verbose: options.flag('verbose'),
    addressOf,
    ...(columns === undefined ? {} : { columns }),
  }
  io.stdout.write(format === 'terminal' ? renderTerminal(diagnosis, terminal) : RENDERERS[format](diagnosis, report))
  return exitOf(diagnosis, failOn)
}

function exitOf({ outcome }: Diagnosis, failOn: 'any' | 'likely' | 'proven'): number {
  if (outcome === 'nothing-read') return EXIT.nothingRead
  if (outcome === 'accepted') return EXIT.valid
  const enough = { any: true, likely: outcome !== 'unexplained', proven: outcome === 'proven' }
  return enough[failOn] ? EXIT.notValid : EXIT.valid
}

/** Reading and diagnosis under one limit. */
function* readAndDiagnosed(
  sources: readonly EvidenceSource[],
  known: KnownFacts,
  maxTrials: number | undefined,
): ReadingAndSearching<{ readonly observations: readonly Observation[]; readonly found: Diagnosis }> {
  const observations = yield* readEvidenceSteps(sources)
  const limits = maxTrials === undefined ? {} : { maxTrials }
  return { observations, found: yield* investigationSteps(observations, known, { causes: CAUSES, ...limits }) }
}

/** The pieces in the order given, sides first. Nothing named and something piped in: standard input. */
function pieceNames(options: Options, io: Io): readonly PieceName[] {
  const sides = options.given.flatMap(([name, path]) =>
    name === 'signer' || name === 'wire' || name === 'verifier' ? [{ path, side: name } as const] : [],
  )
  const names: PieceName[] = [...sides, ...options.files.map((path) => ({ path }))]
  if (names.length > 0) return names
  if (io.stdin.isTTY === true) throw new CliError('no evidence was given; countersign diagnose --help tells what can be given')
  return [{ path: '-' }]
}

function wholeNumber(options: Options, name: string): number | undefined {
  const text = options.one(name)
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) throw new CliError(`--${name} takes a whole number from 1; not ${JSON.stringify(text)}`)
  return Number(text)
}

const FORMATS = ['terminal', 'json', 'markdown', 'html', 'sarif', 'junit', 'github'] as const
const RENDERERS = {
  json: renderJson,
  markdown: renderMarkdown,
  html: renderHtml,
  sarif: renderSarif,
  junit: renderJunit,
  github: renderGithub,
} as const
