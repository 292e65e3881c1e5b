/** `countersign scope`: what hosts are signed for, by their names. */
import { resolve } from 'node:path'
import { withoutUnnamed } from '../../credentials/index.js'
import { type HostScope, scopeOf } from '../../endpoints/index.js'
import { decoded, redacted, visible } from '../../report/index.js'
import { CliError } from '../cli-error.js'
import { type Command, FORMAT_RULE } from '../command.js'
import { isFile } from '../globs.js'
import { type Options, oneOf } from '../options.js'
import { LIMITS, type Limits, readPieces } from '../pieces.js'
import { EXIT, type Io, say } from '../terminal-rules.js'

export const scope: Command = {
  name: 'scope',
  summary: 'say what hosts are signed for: service, region, partition, algorithm',
  usage: '[--format json] HOST|FILE...',
  about: `A HOST may be a URL, or have a port. A FILE, or "-" for standard input, holds a host on each line; "#" begins a comment. Nothing is
sent anywhere: the name alone answers, and what it does not say is null, with the reason. Exit code 3: there was no host to read.`,
  example: 'countersign scope email.eu-west-1.amazonaws.com my.bucket.s3.us-east-2.amazonaws.com',
  rules: { format: { ...FORMAT_RULE['format']!, help: 'terminal (default) or json: one array, in the order of the hosts' } },
  run,
}

async function run(options: Options, io: Io): Promise<number> {
  const format = oneOf(options, 'format', ['terminal', 'json'] as const) ?? 'terminal'
  const given = options.files.length > 0 ? options.files : ['-']
  if (options.files.length === 0 && io.stdin.isTTY === true) throw new CliError('no host was given: name one, a file of hosts, or "-"')
  if (given.filter((one) => one === '-').length > 1) throw new CliError('"-" (standard input) can be read only once')
  const hosts: string[] = []
  for (const one of given) for (const host of isFileName(one, io) ? await hostsOf(one, io) : [one]) hosts.push(host)
  if (hosts.length === 0) {
    say(io, 'no host was read')
    return EXIT.nothingRead
  }
  const scopes = hosts.map(shownScope)
  io.stdout.write(format === 'json' ? `${JSON.stringify(scopes, undefined, 2)}\n` : scopes.map(lines).join('\n'))
  return EXIT.valid
}

/** Whether a word is the name of a file: it says so, or it is no host of AWS and a file of that name exists. */
function isFileName(word: string, io: Io): boolean {
  if (word === '-' || /^(?:\.{0,2}|~)[\\/](?![\\/])/.test(word)) return true
  const { service, services, partition } = scopeOf(word)
  if (word === '' || (service ?? services ?? partition) !== null) return false
  return isFile(resolve(io.cwd, word))
}

async function hostsOf(path: string, io: Io): Promise<readonly string[]> {
  const sources = await readPieces([{ path }], io, ALL_LINES).catch((error: unknown) => {
    if (error instanceof CliError) return []
    throw error
  })
  return sources.flatMap(({ text }) =>
    text
      .split(/[\r\n]+/)
      .map((line) => decoded(line).trim())
      .filter((line) => line !== '' && !line.startsWith('#')),
  )
}

/** A list is no log: its lines count all, up to a size. */
const ALL_LINES: Limits = { ...LIMITS, whole: 2 * LIMITS.whole, wholeLog: 2 * LIMITS.whole, most: LIMITS.whole }

/** The answer fit to be shown. What was given for a host may be anything: a line of a file of keys, where the wrong file was named. */
function shownScope(given: string): HostScope {
  const scope = scopeOf(given)
  const why = redacted(scope.why)
  const clean = /\.[^.]/.test(given) ? redacted(given) : withoutUnnamed(redacted(given))
  return scope.partition === null && scope.service === null && clean !== given
    ? { ...scope, host: clean, why }
    : { ...scope, host: redacted(scope.host), why }
}

function lines({ host, service, services, region, regions, partition, algorithm, why }: HostScope): string {
  const name = service ?? services?.join(' or ') ?? 'service not known'
  const place = region ?? (regions?.join() === '*' ? 'a region set' : regions?.join(' or ')) ?? 'region not known'
  const more = [partition, algorithm].filter((one) => one !== null).join(', ')
  const found =
    service === null && services === undefined && region === null ? 'not known' : `${name}, ${place}${more === '' ? '' : `  (${more})`}`
  return `${visible(host)}\n  scope  ${found}\n  why    ${visible(why)}\n`
}
