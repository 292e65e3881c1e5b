/** What every run of a command shares: keys, recordings, and the way that its requests take. */
import type { KnownSecret } from '../../case/index.js'
import { openFrontDoor } from '../../server/index.js'
import { type Credentials, SecretAccessKey } from '../../sigv4/index.js'
import type { RelayListeners, SeenExchange } from '../../transit/index.js'
import { CliError } from '../cli-error.js'
import type { Options } from '../options.js'
import { type KeptRecordings, keptRecordings } from '../recordings/kept-recordings.js'
import { upstreamRules } from '../relay-rules.js'
import { knownKeys } from '../secrets.js'
import { servedKeys } from '../served-keys.js'
import { type Io, say } from '../terminal-rules.js'
import { unspokenOf } from '../unspoken.js'
import { endpointVariables, endpointWay, proxyWay, type Way } from './ways.js'

export interface Means {
  readonly secrets: () => readonly KnownSecret[]
  /** The keys to sign with, where this program itself signs. */
  readonly signer: () => Credentials | undefined
  readonly unspoken: readonly string[]
  readonly kept: KeptRecordings | undefined
  /** Whether it goes through a proxy: then requests have no endpoint that could be named. */
  readonly byProxy: boolean
  /** @param straight Another endpoint than the one that was asked for. */
  open(listeners: RelayListeners, straight?: string): Promise<Way>
  /** The code of a refusal whose answer does not say it, where the endpoint is in this process. */
  codeBehind(seen: SeenExchange): string | undefined
  end(): void
}

export async function meansOf(options: Options, io: Io): Promise<Means> {
  const upstream = options.one('upstream')
  const [proxy, offline] = [options.flag('proxy'), options.flag('offline')]
  if ([upstream !== undefined, proxy, offline].filter(Boolean).length > 1)
    throw new CliError('--upstream, --proxy and --offline are three ways: give one of them')
  if (!offline && options.one('credentials-file') !== undefined) throw new CliError('--credentials-file goes with --offline')
  // What the command trusted, the relay trusts in its place.
  const rules = await upstreamRules(options, io, io.env['AWS_CA_BUNDLE'] || undefined)
  const recordings = (unspoken: readonly string[]) => keptRecordings(options, io, { hop: HOP, unspoken, note: (text) => say(io, text) })
  if (offline) {
    const keys = await servedKeys(options, io)
    const unspoken = [...new Set([...unspokenOf(io), ...keys.unspoken()])]
    const kept = recordings(unspoken)
    const codes = new Map<string, string>()
    return {
      secrets: keys.secrets,
      signer: () => {
        const [[accessKeyId, { key, sessionToken }] = ['', { key: undefined, sessionToken: undefined }]] = [...keys.known()]
        return key instanceof SecretAccessKey
          ? { accessKeyId, secretAccessKey: key, ...(sessionToken === undefined ? {} : { sessionToken }) }
          : undefined
      },
      unspoken,
      kept,
      byProxy: false,
      open: async (listeners) => {
        const door = await openFrontDoor({
          port: 0,
          credentials: keys.store,
          clock: io.now,
          onRefused: ({ requestId, error }) => {
            if (codes.size < MOST_CODES) codes.set(requestId, error.code)
          },
        })
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
      codeBehind: ({ response }) => {
        const id = response?.headers.find(([name]) => REQUEST_ID.test(name))?.[1]
        return id === undefined ? undefined : codes.get(id)
      },
      end: () => {
        keys.close()
        kept?.close()
      },
    }
  }
  const keys = await knownKeys(options, io)
  const unspoken = [...new Set([...unspokenOf(io), ...keys.silent])]
  const byProxy = proxy || (upstream === undefined && endpointVariables(io.env).size === 0)
  const kept = recordings(unspoken)
  return {
    secrets: () => keys.secrets,
    signer: () => {
      const [first] = keys.secrets
      const accessKeyId = first?.accessKeyId ?? keys.accessKeyId
      if (first === undefined || accessKeyId === undefined) return undefined
      const { sessionToken } = keys
      return { accessKeyId, secretAccessKey: first.secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
    },
    unspoken,
    kept,
    byProxy,
    open: (listeners, straight) => (byProxy ? proxyWay(io, rules, listeners) : endpointWay(straight ?? upstream, io, rules, listeners)),
    codeBehind: () => undefined,
    end: () => kept?.close(),
  }
}

export const HOP = 'run'
const MOST_CODES = 10_000
const REQUEST_ID = /^x-amzn?-request-?id$/i
