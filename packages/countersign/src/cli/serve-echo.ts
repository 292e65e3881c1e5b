/** `countersign serve --echo`: answers every request with the head that came, so that one sees what a proxy made of it. */
import { requestDateText } from '../sigv4/index.js'
import { type EchoedRequest, openEcho } from '../transit/index.js'
import { CliError } from './cli-error.js'
import { type Options, oneOf } from './options.js'
import { shownPath } from './shown-path.js'
import { stopped } from './stopped.js'
import { EXIT, type Io, say } from './terminal-rules.js'
import { unspokenOf } from './unspoken.js'

export async function serveEcho(options: Options, io: Io, port: number, cannotListen: (error: unknown) => string): Promise<number> {
  const other = options.given.find(([name]) => !OF_ECHO.has(name))
  if (other !== undefined) throw new CliError(`--echo verifies nothing and needs no keys; it takes --port and --format, not --${other[0]}`)
  const format = oneOf(options, 'format', ['text', 'json'] as const)
  const echo = await openEcho({
    listen: { host: '127.0.0.1', port, now: io.now },
    format,
    onEchoed: (request) => say(io, lineOf(request, io)),
    onRefused: ({ status, reason }) => say(io, `${requestDateText(io.now())} ${status}: ${reason}`),
  }).catch((error: unknown) => {
    throw new CliError(cannotListen(error))
  })
  say(io, `listening on ${echo.url}; every request is answered with the head that came; Ctrl-C ends it`)
  await stopped(io)
  await echo.close(CLOSING_MILLISECONDS)
  return EXIT.valid
}

/** What a head holds goes to its sender alone: the line has its method, path and sizes. */
function lineOf({ at, head, read, body }: EchoedRequest, io: Io): string {
  const sizes = `a head of ${head.length} bytes, a body of ${body.length}`
  if (!('method' in read)) return `${requestDateText(at)} a head that cannot be read (${read.reason}): echoed, ${sizes}`
  return `${requestDateText(at)} ${read.method} ${shownPath(read.target, unspokenOf(io))}: echoed, ${sizes}`
}

const OF_ECHO: ReadonlySet<string> = new Set(['echo', 'port', 'format', 'color'])
const CLOSING_MILLISECONDS = 2000
