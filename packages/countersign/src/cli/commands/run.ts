/** `countersign run`: a program through a private relay, then what became of each of its signatures. */
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { KnownSecret } from '../../case/index.js'
import { Page } from '../../report/index.js'
import { openFrontDoor } from '../../server/index.js'
import type { RelayListeners } from '../../transit/index.js'
import { CliError } from '../cli-error.js'
import { type Command, FORMAT_RULE, SECRET_RULES } from '../command.js'
import { type Options, oneOf } from '../options.js'
import { reasonOf } from '../pieces.js'
import { type KeptRecordings, keptRecordings, RECORDING_RULES } from '../recordings/kept-recordings.js'
import { UPSTREAM_RULES, upstreamRules } from '../relay-rules.js'
import { commandWords, NOT_FOUND, NOT_STARTED, startChild } from '../run/child.js'
import { expectedAccepted } from '../run/expected.js'
import { jsonReport, type ReportedRun, type RunReport, terminalReport } from '../run/run-report.js'
import { RequestCollector } from '../run/seen-requests.js'
import { endpointVariables, endpointWay, proxyWay, type Way } from '../run/ways.js'
import { knownKeys } from '../secrets.js'
import { CREDENTIALS_FILE_RULE, servedKeys } from '../served-keys.js'
import { colourWanted, EXIT, type Io, say } from '../terminal-rules.js'
import { unspokenOf } from '../unspoken.js'

export const run: Command = {
  name: 'run',
  summary: 'run a program through a private relay and say which of its signatures were accepted',
  usage: '[options] -- COMMAND [ARGUMENT...]',
  about: `Starts the command with variables that lead its requests through a relay of this process. Every byte is passed on. When the command
has ended, a table on standard error says of each request how it was signed, whether the signature was accepted, and why not. The
relay stands in front of the endpoint that AWS_ENDPOINT_URL or --upstream names. Without one it is a proxy, in front of AWS itself. The
command keeps its standard streams, and its exit code is the exit code. With --expect accepted it is 0 if every signature was accepted, else 1.`,
  example: 'countersign run --expect accepted -- aws s3 cp report.pdf s3://my-bucket/',
  rules: {
    upstream: { type: 'string', value: 'URL', group: 'Server', help: 'the endpoint; AWS_ENDPOINT_URL and its like by default' },
    proxy: { type: 'boolean', group: 'Server', help: 'be a proxy all the same, for commands that name their endpoint themselves' },
    offline: { type: 'boolean', group: 'Server', help: 'answer the requests here, as countersign serve does, with the keys given' },
    ...UPSTREAM_RULES,
    expect: {
      type: 'string',
      value: 'WHAT',
      words: ['accepted'],
      group: 'Output',
      help: 'accepted: exit with 0 if every signature was accepted, else with 1',
    },
    report: { type: 'string', value: 'FILE', group: 'Output', help: 'write the report as JSON to this file, too' },
    quiet: { type: 'boolean', group: 'Output', help: 'print the table alone, no diagnoses' },
    dir: RECORDING_RULES.dir,
    format: { ...FORMAT_RULE['format']!, help: "terminal (default) or json, with the command's standard output on standard error" },
    ...CREDENTIALS_FILE_RULE,
    ...SECRET_RULES,
  },
  run: runCommand,
}

async function runCommand(options: Options, io: Io): Promise<number> {
  const words = commandWords(options.files, options.behind)
  if (words.length === 0) throw new CliError('a command is needed: countersign run [options] -- COMMAND [ARGUMENT...]')
  const format = oneOf(options, 'format', ['terminal', 'json'] as const) ?? 'terminal'
  const expect = oneOf(options, 'expect', ['accepted'] as const)
  const means = await meansOf(options, io)
  const run = await once('through', words, format, means, io)
  means.end()
  const report: RunReport = {
    runs: [run],
    notes: [],
    ...(expect === undefined ? {} : { expected: expectedAccepted([run]) }),
  }
  if (!(await told(report, options, format, means.unspoken, io))) return EXIT.output
  if (report.expected !== undefined) return report.expected.met ? EXIT.valid : EXIT.notValid
  return run.exitCode
}

/** What every run of the command shares. */
interface Means {
  readonly secrets: () => readonly KnownSecret[]
  readonly unspoken: readonly string[]
  readonly kept: KeptRecordings | undefined
  open(listeners: RelayListeners): Promise<Way>
  end(): void
}

async function meansOf(options: Options, io: Io): Promise<Means> {
  const upstream = options.one('upstream')
  const [proxy, offline] = [options.flag('proxy'), options.flag('offline')]
  if ([upstream !== undefined, proxy, offline].filter(Boolean).length > 1)
    throw new CliError('--upstream, --proxy and --offline are three ways: give one of them')
  // What the command trusted, the relay trusts in its place.
  const rules = await upstreamRules(options, io, io.env['AWS_CA_BUNDLE'] || undefined)
  const kept = (unspoken: readonly string[]) => keptRecordings(options, io, { hop: HOP, unspoken, note: (text) => say(io, text) })
  if (offline) {
    const keys = await servedKeys(options, io)
    const unspoken = [...new Set([...unspokenOf(io), ...keys.unspoken()])]
    return {
      secrets: keys.secrets,
      unspoken,
      kept: kept(unspoken),
      open: async (listeners) => {
        const door = await openFrontDoor({ port: 0, credentials: keys.store, clock: io.now })
        const way = await endpointWay(door.url, io, rules, listeners)
        return {
          ...way,
          to: 'the endpoint of this process',
          close: async (milliseconds) => {
            await way.close(milliseconds)
            await door.close()
          },
        }
      },
      end: keys.close,
    }
  }
  const keys = await knownKeys(options, io)
  const unspoken = [...new Set([...unspokenOf(io), ...keys.silent])]
  const byProxy = proxy || (upstream === undefined && endpointVariables(io.env).size === 0)
  return {
    secrets: () => keys.secrets,
    unspoken,
    kept: kept(unspoken),
    open: (listeners) => (byProxy ? proxyWay(io, rules, listeners) : endpointWay(upstream, io, rules, listeners)),
    end: () => {},
  }
}

/** The command, once. */
async function once(
  way: ReportedRun['way'],
  words: readonly string[],
  format: 'terminal' | 'json',
  { secrets, kept, open }: Means,
  io: Io,
): Promise<ReportedRun> {
  const collector = new RequestCollector(secrets, HOP)
  const opened = await open({
    onExchange: (seen) => {
      collector.add(seen)
      kept?.keep(seen)
    },
    onRefused: ({ reason }) => say(io, `not passed on: ${reason}`),
    settled: kept?.settled,
  })
  try {
    const child = startChild({
      words,
      env: { ...io.env, ...opened.variables },
      cwd: io.cwd,
      stdout: format === 'json' ? 'stderr' : 'inherit',
    })
    const exitCode = await child.ended
    if (exitCode === NOT_FOUND || exitCode === NOT_STARTED) say(io, `${words[0]}: ${NOT_RUN[exitCode]}`)
    await opened.close(CLOSING_MILLISECONDS)
    return { way, to: opened.to, exitCode, ...(await collector.finished(DIAGNOSING_MILLISECONDS)) }
  } finally {
    kept?.close()
  }
}

/** Whether the report could be written. */
async function told(
  report: RunReport,
  options: Options,
  format: 'terminal' | 'json',
  unspoken: readonly string[],
  io: Io,
): Promise<boolean> {
  const path = options.one('report')
  let written = true
  if (path !== undefined)
    await writeFile(resolve(io.cwd, path), jsonReport(report, { unspoken }), { mode: 0o600 }).catch((error: unknown) => {
      written = false
      say(io, `cannot write the report to ${path}: ${reasonOf(error)}`)
    })
  if (format === 'json') {
    io.stdout.write(jsonReport(report, { unspoken }))
    return written
  }
  const colour = io.stderr.isTTY === true && colourWanted(io)
  const page = new Page(colour, Math.max(60, Math.min(io.stderr.columns ?? 100, 120)))
  // Apart from what the command has written.
  io.stderr.write(`\n${terminalReport(report, page, { unspoken, colour, now: io.now(), diagnoses: !options.flag('quiet') })}`)
  return written
}

const HOP = 'run'
const NOT_RUN = { [NOT_FOUND]: 'there is no such command', [NOT_STARTED]: 'it cannot be started' } as const
const CLOSING_MILLISECONDS = 2000
const DIAGNOSING_MILLISECONDS = 60_000
