/** `countersign run`: a program through a private relay, then what became of each of its signatures. */
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Page } from '../../report/index.js'
import { upstreamOrigin } from '../addresses.js'
import { CliError } from '../cli-error.js'
import { type Command, FORMAT_RULE, SECRET_RULES } from '../command.js'
import { type Options, oneOf } from '../options.js'
import { reasonOf } from '../pieces.js'
import { moreFrom } from '../recordings/kept-directory.js'
import { RECORDING_RULES } from '../recordings/kept-recordings.js'
import { UPSTREAM_RULES } from '../relay-rules.js'
import { browserUpload } from '../run/browser.js'
import { commandWords, NOT_FOUND } from '../run/child.js'
import { comparedControl, controlOf } from '../run/control.js'
import { expectedAccepted, nothingCame } from '../run/expected.js'
import { type Means, meansOf } from '../run/means.js'
import { once } from '../run/once.js'
import { comparedPair } from '../run/pair.js'
import { jsonReport, type ReportedRun, type RunReport, terminalReport } from '../run/run-report.js'
import { CREDENTIALS_FILE_RULE } from '../served-keys.js'
import { colourWanted, EXIT, type Io, say } from '../terminal-rules.js'

export const run: Command = {
  name: 'run',
  summary: 'run a program through a private relay and say which of its signatures were accepted',
  usage: '[options] -- COMMAND [ARGUMENT...]',
  about: `Starts the command with variables that lead its requests through a relay of this process. Every byte is passed on. When the command
has ended, a table on standard error says of each request how it was signed, whether the signature was accepted, and why not. The
relay stands in front of the endpoint that AWS_ENDPOINT_URL or --upstream names. Without one it is a proxy, in front of AWS itself. The
command keeps its standard streams, and its exit code is the exit code. With --expect accepted it is 0 if every signature was accepted, else 1.`,
  example: 'countersign run --expect accepted -- aws s3 cp report.pdf s3://my-bucket/\ncountersign run --offline --browser -- chromium',
  rules: {
    upstream: { type: 'string', value: 'URL', group: 'Server', help: 'the endpoint; AWS_ENDPOINT_URL and its like by default' },
    proxy: { type: 'boolean', group: 'Server', help: 'be a proxy all the same, for commands that name their endpoint themselves' },
    offline: { type: 'boolean', group: 'Server', help: 'answer the requests here, as countersign serve does, with the keys given' },
    ...UPSTREAM_RULES,
    direct: {
      type: 'string',
      value: 'URL',
      group: 'Server',
      help: 'run the command again, straight to this endpoint, and compare the two',
    },
    control: {
      type: 'string',
      value: 'CLIENT',
      words: ['aws'],
      group: 'Output',
      help: 'aws: make the first refused call again with the AWS CLI, where it only reads',
    },
    browser: {
      type: 'boolean',
      group: 'Server',
      help: 'show a page that uploads to a presigned URL; the command is the browser, without one you open the page',
    },
    object: {
      type: 'string',
      value: 'BUCKET/KEY',
      group: 'Server',
      help: 'where the page of --browser uploads to (countersign/upload.txt)',
    },
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
  const browser = options.flag('browser')
  if (words.length === 0 && !browser) throw new CliError('a command is needed: countersign run [options] -- COMMAND [ARGUMENT...]')
  const format = oneOf(options, 'format', ['terminal', 'json'] as const) ?? 'terminal'
  const expect = oneOf(options, 'expect', ['accepted'] as const)
  const control = oneOf(options, 'control', ['aws'] as const)
  const straight = options.one('direct')
  if (browser && (straight !== undefined || control !== undefined)) throw new CliError('--browser goes with neither --direct nor --control')
  if (!browser && options.one('object') !== undefined) throw new CliError('--object goes with --browser')
  if (straight !== undefined) upstreamOrigin(straight, '--direct')
  const object = objectOf(options, io)
  const means = await meansOf(options, io)
  try {
    if (straight !== undefined && (means.byProxy || options.flag('offline')))
      throw new CliError('--direct compares with an endpoint behind intermediaries: name that with --upstream or AWS_ENDPOINT_URL')
    const rules = { words, stdout: format === 'json' ? 'stderr' : 'inherit' } as const
    const uploaded = browser ? await browserUpload({ ...rules, ...object }, means, io) : undefined
    const through = uploaded?.run ?? (await once({ ...rules, way: 'through' }, means, io))
    const direct = straight === undefined ? undefined : await once({ ...rules, way: 'direct', straight }, means, io)
    const controlled = control === undefined ? undefined : await withControl(through, means, io)
    const runs = [through, ...(direct === undefined ? [] : [direct])]
    const report: RunReport = {
      runs: [...runs, ...(controlled?.run === undefined ? [] : [controlled.run])],
      notes: [
        ...(uploaded?.notes ?? (expect === undefined ? nothingCame(through, means.byProxy) : [])),
        ...(direct === undefined ? [] : comparedPair(through, direct)),
        ...(controlled === undefined ? [] : [controlled.note]),
      ],
      ...(expect === undefined ? {} : { expected: expectedAccepted(runs) }),
    }
    if (!(await told(report, options, format, means.unspoken, io))) return EXIT.output
    if (report.expected !== undefined) return report.expected.met ? EXIT.valid : EXIT.notValid
    return through.exitCode
  } finally {
    // A file of keys that is watched would keep the process.
    means.end()
  }
}

/** What the page uploads to. */
function objectOf(options: Options, { env }: Io) {
  const object = options.one('object') ?? 'countersign/upload.txt'
  const [, bucket, key] = /^([^/]{1,255})\/(.{1,1024})$/s.exec(object) ?? []
  if (bucket === undefined || key === undefined) throw new CliError(`--object must be BUCKET/KEY; not ${JSON.stringify(object)}`)
  return { bucket, key, region: env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || 'us-east-1' }
}

async function withControl(through: ReportedRun, means: Means, io: Io): Promise<{ readonly run?: ReportedRun; readonly note: string }> {
  const control = controlOf(through)
  if ('why' in control) return { note: control.why }
  const run = await once({ way: 'control', words: control.words, stdout: 'none' }, means, io)
  return run.exitCode === NOT_FOUND
    ? { note: 'There is no control: the AWS CLI (aws) is not installed.' }
    : { run, note: comparedControl(control, run) }
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
  const rules = { unspoken, colour, now: io.now(), diagnoses: !options.flag('quiet'), more: moreFrom(options.one('dir')) }
  io.stderr.write(`\n${terminalReport(report, page, rules)}`)
  return written
}
