/** The way that a program's requests take: relays or a proxy of this process, and the variables that lead the program through them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Relay, RelayListeners } from '../../transit/index.js'
import { openRelay } from '../../transit/index.js'
import { upstreamOrigin } from '../addresses.js'
import { openProxy, type UpstreamRules } from '../relay-rules.js'
import type { Io } from '../terminal-rules.js'

export interface Way {
  /** "http://127.0.0.1:9000", or "AWS" where a proxy goes wherever the program asks it to. */
  readonly to: string
  /** Where the relay of the general endpoint listens, or the proxy. */
  readonly url: string
  /** Variables of the program; `undefined` takes one away. */
  readonly variables: Readonly<Record<string, string | undefined>>
  close(milliseconds: number): Promise<void>
}

type Variables = Readonly<Record<string, string | undefined>>

/** The endpoints that the environment names: each variable with its URL. */
export function endpointVariables(env: Variables): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(env).flatMap(([name, value]) =>
      /^AWS_ENDPOINT_URL(?:_[A-Z0-9_]{1,60})?$/.test(name) && value !== undefined && value !== '' ? [[name, value]] : [],
    ),
  )
}

/** A relay for each endpoint. With `upstream` all of them are that one. */
export async function endpointWay(
  upstream: string | undefined,
  { env, now }: Pick<Io, 'env' | 'now'>,
  upstreamRules: UpstreamRules,
  listeners: RelayListeners,
): Promise<Way> {
  const named = endpointVariables(env)
  const wanted = upstream === undefined ? named : new Map([...named.keys(), GENERAL].map((name) => [name, upstream]))
  const endpoints = [...wanted].map(([name, url]) => ({ name, ...endpointOf(url, upstream === undefined ? name : '--upstream') }))
  const relays = new Map<string, Relay>()
  for (const { origin } of endpoints) {
    if (relays.has(origin)) continue
    const listen = { host: '127.0.0.1', port: 0, now }
    relays.set(origin, await openRelay({ listen, upstream: upstreamOrigin(origin), upstreamRules, ...listeners }))
  }
  const urlOf = ({ origin, path }: Endpoint): string => `${relays.get(origin)!.url}${path}`
  return {
    to: [...relays.keys()].join(', '),
    url: [...relays.values()][0]!.url,
    variables: {
      ...Object.fromEntries(endpoints.map(({ name, ...one }) => [name, urlOf(one)])),
      // It would have the client pass over all of them.
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: undefined,
      // A proxy of the user's would be asked for the relay, which is on this machine.
      ...Object.fromEntries(['NO_PROXY', 'no_proxy'].map((name) => [name, [env[name] ?? '', '127.0.0.1'].filter(Boolean).join(',')])),
    },
    close: async (milliseconds) => {
      await Promise.all([...relays.values()].map((relay) => relay.close(milliseconds)))
    },
  }
}

/** A forward proxy with an authority of this run. */
export async function proxyWay({ now }: Pick<Io, 'now'>, upstreamRules: UpstreamRules, listeners: RelayListeners): Promise<Way> {
  const dir = await mkdtemp(join(tmpdir(), 'countersign-run-'))
  const gone = () => rm(dir, { recursive: true, force: true })
  const listen = { host: '127.0.0.1', port: 0, now }
  try {
    const { relay, variables } = await openProxy({ listen, upstreamRules, caFile: join(dir, 'ca.pem') }, listeners)
    return {
      to: 'AWS, or where the command asks for',
      url: relay.url,
      variables: {
        ...variables,
        // curl takes no HTTP_PROXY in capitals, others no small letters.
        ...Object.fromEntries(['HTTP_PROXY', 'http_proxy', 'https_proxy'].map((name) => [name, relay.url])),
        ...Object.fromEntries(['ALL_PROXY', 'all_proxy'].map((name) => [name, undefined])),
        ...Object.fromEntries(['NO_PROXY', 'no_proxy'].map((name) => [name, METADATA_SERVICES])),
        // Node from 24 on takes a proxy where it is asked to.
        NODE_USE_ENV_PROXY: '1',
      },
      close: async (milliseconds) => {
        await relay.close(milliseconds)
        await gone()
      },
    }
  } catch (error) {
    await gone()
    throw error
  }
}

interface Endpoint {
  readonly origin: string
  readonly path: string
}

function endpointOf(url: string, name: string): Endpoint {
  const [, origin = url, path = ''] = /^(https?:\/\/[^/?#]*)(\/[^?#]*)?$/i.exec(url) ?? []
  // Said with the name of what was given.
  upstreamOrigin(origin, name)
  return { origin, path: path === '/' ? '' : path }
}

const GENERAL = 'AWS_ENDPOINT_URL'
/** What gives keys to a machine is no part of what is looked at. */
const METADATA_SERVICES = '169.254.169.254,169.254.170.2,169.254.170.23,fd00:ec2::254,fd00:ec2::23'
