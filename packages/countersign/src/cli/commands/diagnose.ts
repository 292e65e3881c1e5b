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
import { Progress } from '../progress.js'
import { knownKeys } from '../secrets.js'
import { COLOUR_WORDS, colourWanted, EXIT, type Io } from '../terminal-rules.js'

const FORMATS = ['terminal', 'json', 'markdown', 'html', 'sarif', 'junit', 'github'] as const
const FAIL_ON = ['any', 'likely', 'proven'] as const

/** @public */
export const diagnose: Command = {
  name: 'diagnose',
  summary: 'say why a request was refused, what proves it, and how to fix it',
  usage: '[options] FILE...',
  about: `Give everything you have, in any order: the error body, the request as sent, a debug log, a curl command, a presigned URL,
code or configuration. "-" is standard input. Without a secret, the texts that the service quotes
prove most causes. With the secret, every proof is a signature that matches.`,
  example: 'countersign diagnose error.xml --signer debug.log --secret-file secret.txt',
  rules: {
    format: {
      type: 'string',
      value: 'FORMAT',
      words: FORMATS,
      group: 'Output',
      help: 'terminal (default), json, markdown, html, sarif, junit or github',
    },
    verbose: {
      type: 'boolean',
      short: 'v',
      group: 'Output',
      help: 'print everything: why, every fix, the facts of the request, the causes ruled out',
    },
    diff: { type: 'boolean', group: 'Output', help: 'show the two canonical requests side by side, where both are known' },
    color: {
      type: 'string',
      value: 'WHEN',
      words: COLOUR_WORDS,
      group: 'Output',
      help: 'auto (default), always or never; NO_COLOR and FORCE_COLOR work, too',
    },
    redact: {
      type: 'string',
      value: 'LEVEL',
      words: REDACT_LEVELS,
      group: 'Output',
      help: 'keys (show access key IDs), safe (default) or strict (hide your names too)',
    },
    'fail-on': {
      type: 'string',
      value: 'OUTCOME',
      words: FAIL_ON,
      group: 'Output',
      help: 'exit with 1 for any refusal (default), or only where the cause is likely, or proven',
    },
    'json-version': {
      type: 'string',
      value: 'NUMBER',
      words: ['1', '2'],
      group: 'Output',
      help: 'the schema of --format json: 2 (default), or 1 for one more release',
    },
    signer: { type: 'string', value: 'FILE', multiple: true, group: 'Evidence', help: 'what your client wrote when it signed' },
    wire: { type: 'string', value: 'FILE', multiple: true, group: 'Evidence', help: 'the request as sent' },
    verifier: { type: 'string', value: 'FILE', multiple: true, group: 'Evidence', help: 'what the service answered or calculated' },
    ...SECRET_RULES,
    'candidate-secrets': {
      type: 'string',
      value: 'FILE',
      multiple: true,
      group: 'Secrets',
      help: 'find which of these secrets was used: a credentials, .env or CSV file, or one secret per line',
    },
    ...LAW_RULES,
    'max-trials': { type: 'string', value: 'NUMBER', group: 'Limits', help: 'stop after this many attempts (100000 by default)' },
    'max-seconds': { type: 'string', value: 'SECONDS', group: 'Limits', help: 'stop after this long and print the best answer so far' },
  },
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  const format = oneOf(options, 'format', FORMATS) ?? 'terminal'
  const redact = oneOf(options, 'redact', REDACT_LEVELS) ?? 'safe'
  const failOn = oneOf(options, 'fail-on', FAIL_ON) ?? 'any'
  const version = oneOf(options, 'json-version', ['1', '2'] as const) === '1' ? 1 : 2
  const [maxTrials, maxSeconds] = [wholeNumber(options, 'max-trials'), wholeNumber(options, 'max-seconds')]
  const names = pieceNames(options)
  // A program reads the other formats, and what it starts may keep standard error.
  const progress = new Progress(io, options.one('format') === undefined)
  const sources = await readPieces(names, io, LIMITS, 'kept', progress)
  const keys = await knownKeys(
    options,
    io,
    sources.map(({ text }) => text),
  )
  const { observations, found } = await boundedDiagnosis(
    readAndDiagnosed(sources, knownFacts(options, keys), maxTrials),
    io,
    maxSeconds,
    progress,
  )
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

function exitOf({ outcome }: Diagnosis, failOn: (typeof FAIL_ON)[number]): number {
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

/** The pieces in the order given, sides first. Nothing named: standard input, piped in or pasted. */
function pieceNames(options: Options): readonly PieceName[] {
  const sides = options.given.flatMap(([name, path]) =>
    name === 'signer' || name === 'wire' || name === 'verifier' ? [{ path, side: name } as const] : [],
  )
  const names: PieceName[] = [...sides, ...options.files.map((path) => ({ path }))]
  return names.length > 0 ? names : [{ path: '-' }]
}

function wholeNumber(options: Options, name: string): number | undefined {
  const text = options.one(name)
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1)
    throw new CliError(`--${name} must be a whole number from 1; not ${JSON.stringify(text)}`)
  return Number(text)
}

const RENDERERS = {
  json: renderJson,
  markdown: renderMarkdown,
  html: renderHtml,
  sarif: renderSarif,
  junit: renderJunit,
  github: renderGithub,
} as const
