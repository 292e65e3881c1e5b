/** What the options of `record` ask for: how it listens, what it reaches, and whether it is a proxy. */
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { limitedText } from '../environment/index.js'
import {
  createThrowAwayCa,
  type ForwardProxyOptions,
  openForwardProxy,
  openRelay,
  type Relay,
  type RelayListeners,
  type RelayOptions,
} from '../transit/index.js'
import { connectTo, listenAddress, upstreamOrigin } from './addresses.js'
import { CliError } from './cli-error.js'
import { type Options, oneOf } from './options.js'
import { reasonOf } from './pieces.js'
import type { Io } from './terminal-rules.js'

/** The options of how upstreams are reached. */
export const UPSTREAM_RULES = {
  'connect-to': {
    type: 'string',
    value: 'HOST:PORT:HOST:PORT',
    multiple: true,
    group: 'Server',
    help: 'reach the first place at the second; its name and certificate stay those of the first',
  },
  'upstream-ca': { type: 'string', value: 'FILE', group: 'Server', help: "trust the upstream's certificate where this signed it" },
  'upstream-cert': { type: 'string', value: 'FILE', group: 'Server', help: 'show this certificate to the upstream, with --upstream-key' },
  'upstream-key': { type: 'string', value: 'FILE', group: 'Server', help: 'the private key of --upstream-cert' },
} as const

export type UpstreamRules = NonNullable<ForwardProxyOptions['upstreamRules']>

export interface WantedRelay extends Pick<ForwardProxyOptions, 'listen'>, Pick<RelayOptions, 'host' | 'tls'> {
  readonly upstreamRules: UpstreamRules
  /** Absent: a forward proxy. */
  readonly upstream: RelayOptions['upstream'] | undefined
  /** Where a proxy puts the certificate that its clients have to trust. */
  readonly caFile: string
}

/** A relay that listens, and the variables that lead clients through it where it is a proxy. */
export interface OpenedRelay {
  readonly relay: Relay
  readonly variables: Readonly<Record<string, string>>
}

export async function wantedRelay(options: Options, io: Io): Promise<WantedRelay> {
  const [upstream, proxy] = [options.one('upstream'), options.flag('proxy')]
  if (upstream === undefined && !proxy) throw new CliError('--upstream URL is needed: where requests go; or --proxy, for clients of AWS')
  for (const name of ['upstream', 'host', 'tls-cert'])
    if (proxy && options.one(name) !== undefined) throw new CliError(`--proxy goes where each client asks it to; it takes no --${name}`)
  const expose = options.flag('expose')
  const [cert, key] = await pemPair(options, io, 'tls-cert', 'tls-key')
  return {
    listen: { ...listenAddress(options.one('listen') ?? '127.0.0.1:0', expose), expose, now: io.now },
    upstream: upstream === undefined ? undefined : upstreamOrigin(upstream),
    host: oneOf(options, 'host', ['kept', 'upstream'] as const) ?? 'kept',
    upstreamRules: await upstreamRules(options, io),
    ...(cert === undefined || key === undefined ? {} : { tls: { cert, key } }),
    caFile: join(resolve(io.cwd, options.one('dir') ?? '.'), 'countersign-ca.pem'),
  }
}

/**
 * How upstreams are reached, and by which certificates they are known.
 * @param trusted A file of certificates that are trusted where the options name none.
 */
export async function upstreamRules(options: Options, io: Io, trusted?: string): Promise<UpstreamRules> {
  const [cert, key] = await pemPair(options, io, 'upstream-cert', 'upstream-key')
  const ca = (await pemFile(options, io, 'upstream-ca')) ?? (trusted === undefined ? undefined : await pemText(trusted, trusted, io))
  return { ca, cert, key, connectTo: connectTo(options.all('connect-to')) }
}

export async function openWanted(wanted: WantedRelay, listeners: RelayListeners): Promise<OpenedRelay> {
  const { upstream } = wanted
  if (upstream !== undefined) return { relay: await openRelay({ ...wanted, upstream, ...listeners }), variables: {} }
  return openProxy(wanted, listeners)
}

/** A forward proxy, with the certificate that its clients have to trust in a file. */
export async function openProxy(
  { caFile, ...wanted }: Pick<WantedRelay, 'listen' | 'upstreamRules' | 'caFile'>,
  listeners: RelayListeners,
): Promise<OpenedRelay> {
  // A clock that was stopped for recordings is none for certificates.
  const ca = await createThrowAwayCa(Date.now())
  await writeFile(caFile, ca.certificate, { mode: 0o644 })
  const relay = await openForwardProxy({ ...wanted, ca, ...listeners })
  const trusted = ['AWS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE'].map((name) => [
    name,
    caFile,
  ])
  return { relay, variables: { HTTPS_PROXY: relay.url, ...Object.fromEntries(trusted) } }
}

async function pemPair(options: Options, io: Io, cert: string, key: string): Promise<readonly (string | undefined)[]> {
  if ((options.one(cert) === undefined) !== (options.one(key) === undefined)) throw new CliError(`--${cert} and --${key} belong together`)
  return [await pemFile(options, io, cert), await pemFile(options, io, key)]
}

async function pemFile(options: Options, io: Io, name: string): Promise<string | undefined> {
  const path = options.one(name)
  return path === undefined ? undefined : pemText(path, `--${name} ${path}`, io)
}

async function pemText(path: string, said: string, io: Io): Promise<string> {
  const text = await limitedText(resolve(io.cwd, path), MOST_PEM_BYTES).catch((error: unknown) => {
    throw new CliError(`cannot read ${said}: ${reasonOf(error)}`)
  })
  if (text === undefined || !text.includes('-----BEGIN ')) throw new CliError(`${said} is no file in PEM`)
  return text
}

const MOST_PEM_BYTES = 1024 * 1024
