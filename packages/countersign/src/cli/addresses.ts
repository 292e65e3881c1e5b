/** Addresses on the command line: where to listen, and what to reach. */
import { isLoopback, type Origin } from '../transit/index.js'
import { CliError } from './cli-error.js'

/** "HOST:PORT" or a port alone, on this machine only unless others were let in. */
export function listenAddress(text: string, expose: boolean): { readonly host: string; readonly port: number } {
  const found = /^(?:(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253}):)?(\d{1,5})$/.exec(text)
  if (found === null || Number(found[2]) > 65_535)
    throw new CliError(`--listen must be HOST:PORT, for example 127.0.0.1:9000; not ${JSON.stringify(text)}`)
  const host = (found[1] ?? '127.0.0.1').replace(/^\[|\]$/g, '')
  if (!expose && !isLoopback(host))
    throw new CliError(
      `${host} may be reached by other machines: they could send requests through this one and read the answers. Listen on 127.0.0.1, or say --expose`,
    )
  return { host, port: Number(found[2]) }
}

/** "http://host:port": an origin and nothing else. */
export function upstreamOrigin(text: string, name = '--upstream'): Origin {
  const found = /^(https?):\/\/(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::(\d{1,5}))?\/?$/i.exec(text)
  const port = Number(found?.[3] ?? 0)
  if (found === null || port > 65_535)
    throw new CliError(`${name} must be http://HOST:PORT or https://HOST:PORT without a path; not ${JSON.stringify(text)}`)
  const tls = found[1]!.toLowerCase() === 'https'
  return { tls, host: found[2]!.replace(/^\[|\]$/g, ''), port: found[3] === undefined ? (tls ? 443 : 80) : port }
}

/** "HOST:PORT:HOST:PORT" as curl has it: an empty one of the first two means any. */
export function connectTo(rules: readonly string[]): (origin: Origin) => { readonly host: string; readonly port: number } | undefined {
  const read = rules.map((text) => {
    const found =
      /^(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{0,253}):(\d{0,5}):(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253}):(\d{1,5})$/.exec(text)
    if (found === null || Number(found[4]) > 65_535)
      throw new CliError(
        `--connect-to must be HOST:PORT:HOST:PORT, for example s3.amazonaws.com:443:127.0.0.1:8443; not ${JSON.stringify(text)}`,
      )
    const [from, to] = [found[1]!, found[3]!].map((host) => host.replace(/^\[|\]$/g, '').toLowerCase())
    return { from, fromPort: found[2] === '' ? undefined : Number(found[2]), to: { host: to!, port: Number(found[4]) } }
  })
  return ({ host, port }) =>
    read.find(({ from, fromPort }) => (from === '' || from === host.toLowerCase()) && (fromPort === undefined || fromPort === port))?.to
}
