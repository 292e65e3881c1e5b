/** `countersign hops`: the same requests at several points, and what changed between which two. */
import { readdirSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { EvidenceSource } from '../../case/index.js'
import { CAUSES } from '../../causes/index.js'
import type { ReadingAndSearching } from '../../diagnosis/index.js'
import { compareHopsSteps, configOf, type HopConfig, type HopsCompared, type Point } from '../../hops/index.js'
import { readEvidenceSteps } from '../../intake/index.js'
import { cleanHops, renderHopsJson, renderHopsTerminal } from '../../report/index.js'
import { boundedDiagnosis } from '../bounded-search.js'
import { CliError } from '../cli-error.js'
import { type Command, FORMAT_RULE, knownFacts, LAW_RULES, SECRET_RULES } from '../command.js'
import { existing } from '../globs.js'
import { type Options, oneOf } from '../options.js'
import { LIMITS, readPieces } from '../pieces.js'
import { Progress } from '../progress.js'
import { knownKeys } from '../secrets.js'
import { COLOUR_WORDS, colourWanted, EXIT, type Io } from '../terminal-rules.js'

export const hops: Command = {
  name: 'hops',
  summary: 'say what changed between two points on the way of a request, and who changed it',
  usage: '[options] [NAME=]FILE|DIR...',
  about: `Each argument is one point on the way, the client's first. A point is a directory of "countersign record", a HAR, raw heads, an access
log, or the answer of a service that refuses. Requests are matched by signature, request ID, date with path, and last by order. You read
what changed between which two points, whether a signature covers it, and who did it. With the secret, a signature proves it. With
a hop's configuration you read the line. Exit code 1: something that is signed changed. 3: nothing could be compared.`,
  example: 'countersign hops client=before store=after --config nginx=nginx.conf --secret-file secret.txt',
  rules: {
    ...FORMAT_RULE,
    color: {
      type: 'string',
      value: 'WHEN',
      words: COLOUR_WORDS,
      group: 'Output',
      help: 'auto (default), always or never; NO_COLOR and FORCE_COLOR work, too',
    },
    config: {
      type: 'string',
      value: 'HOP=FILE',
      multiple: true,
      group: 'Evidence',
      help: 'the configuration of a hop: of the point of that name, or of a hop between two points',
    },
    ...SECRET_RULES,
    ...LAW_RULES,
    'max-seconds': { type: 'string', value: 'SECONDS', group: 'Limits', help: 'stop after this long and print what is compared so far' },
  },
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  const format = oneOf(options, 'format', ['terminal', 'json'] as const) ?? 'terminal'
  const given = named(options.files, io)
  if (given.length === 0)
    throw new CliError('hops needs the points of a request on its way, the client\'s first; see "countersign hops --help"')
  const maxSeconds = secondsOf(options)
  const progress = new Progress(io, options.one('format') === undefined)
  const points = await read(given, io, progress)
  const configs = await read(configNames(options), io, progress)
  const sources = [...points, ...configs].flatMap((one) => one.sources)
  const keys = await knownKeys(
    options,
    io,
    sources.map(({ text }) => text),
  )
  const compared = await boundedDiagnosis(readAndCompared(points, configs, knownFacts(options, keys)), io, maxSeconds, progress)
  const clean = cleanHops(compared, { secrets: keys.silent, redact: 'safe', evidence: sources })
  const { columns } = io.stdout
  const colour = colourWanted(io, oneOf(options, 'color', COLOUR_WORDS))
  io.stdout.write(
    format === 'json'
      ? renderHopsJson(compared, clean)
      : renderHopsTerminal(compared, clean, { colour, ...(columns === undefined ? {} : { columns }) }),
  )
  return { unchanged: EXIT.valid, 'signed-changed': EXIT.notValid, 'nothing-compared': EXIT.nothingRead }[compared.outcome]
}

interface Named {
  readonly name: string
  readonly path: string
}

interface Read {
  readonly name: string
  readonly sources: readonly EvidenceSource[]
}

/** Reading and comparing under one limit. */
function* readAndCompared(
  points: readonly Read[],
  configs: readonly Read[],
  known: ReturnType<typeof knownFacts>,
): ReadingAndSearching<HopsCompared> {
  const seen: Point[] = []
  for (const { name, sources } of points) seen.push({ name, observations: yield* readEvidenceSteps(sources) })
  const read: HopConfig[] = []
  for (const { name, sources } of configs) read.push(configOf(name, yield* readEvidenceSteps(sources)))
  return yield* compareHopsSteps(seen, { known, causes: CAUSES, configs: read })
}

async function read(given: readonly Named[], io: Io, progress: Progress): Promise<readonly Read[]> {
  const all: Read[] = []
  for (const { name, path } of given) {
    const paths = filesOf(path, io).map((one) => ({ path: one }))
    all.push({ name, sources: await readPieces(paths, io, LIMITS, 'kept', progress) })
  }
  return all
}

/** The files of a directory that holds no recordings; what is not a directory is read as it is named. */
function filesOf(path: string, io: Io): readonly string[] {
  try {
    const place = resolve(io.cwd, path)
    if (!statSync(place).isDirectory()) return [path]
    const names = readdirSync(place).sort()
    if (names.some((name) => name.endsWith('.jsonl'))) return [path]
    const files = names.filter((name) => statSync(join(place, name)).isFile()).map((name) => join(path, name))
    return files.length === 0 ? [path] : files
  } catch {
    return [path]
  }
}

/** "client=before.har": a name for what stands there. Without one it is called as its file is. */
function named(given: readonly string[], io: Io): readonly Named[] {
  const taken = new Map<string, number>()
  return given.map((word) => {
    const found = existing(word, io.cwd) ? null : NAME.exec(word)
    const path = found?.[2] ?? word
    const wanted = found?.[1] ?? (path === '-' ? 'standard input' : basename(path).replace(/(?<=.)\.\w{1,8}$/, ''))
    const count = (taken.get(wanted) ?? 0) + 1
    taken.set(wanted, count)
    return { name: count === 1 ? wanted : `${wanted} ${count}`, path }
  })
}

function configNames(options: Options): readonly Named[] {
  return options.all('config').map((word) => {
    const found = NAME.exec(word)
    if (found === null) throw new CliError('--config needs the name of a hop and a file: --config nginx=/etc/nginx/nginx.conf')
    return { name: found[1]!, path: found[2]! }
  })
}

function secondsOf(options: Options): number | undefined {
  const text = options.one('max-seconds')
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1)
    throw new CliError(`--max-seconds must be a whole number from 1; not ${JSON.stringify(text)}`)
  return Number(text)
}

const NAME = /^([\w. -]{1,60})=(.+)$/s
