/** Installs what a run needs, says what cannot be had, and goes on without it. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { install as installClients } from '../interop/install.mjs'
import { installProxiesOfDebian, installProxyOfPypi, LAB } from '../lab/install.ts'
import type { RunningProxy } from '../lab/proxies/process.ts'
import { HAPROXY as GATEWAY } from './intermediaries/haproxy.ts'
import type { Intermediary } from './intermediaries/intermediary.ts'

export interface Ready {
  readonly intermediaries: readonly Intermediary[]
  readonly clients: readonly string[]
  /** Starts HAProxy with nothing in it that changes a request; undefined where it could not be had. */
  readonly gateway: ((to: number) => Promise<RunningProxy>) | undefined
  /** By name of the intermediary. */
  readonly versions: ReadonlyMap<string, string>
}

/** The kind of packages that brings a client; our own signer needs none. */
const KINDS: Readonly<Record<string, string>> = { boto3: 'python', 'js-v3': 'npm', curl: 'debian' }

export async function installed(wanted: readonly Intermediary[], clients: readonly string[], say: (line: string) => void): Promise<Ready> {
  mkdirSync(LAB, { recursive: true })
  const missing = await installClients([...new Set(clients.flatMap((name) => KINDS[name] ?? []))], say)
  const has = (name: string) => !missing.has(KINDS[name])
  for (const name of clients) if (!has(name)) say(`skipped: ${name} could not be installed (see ${missing.get(KINDS[name])})`)
  const versions = new Map<string, string>()
  // All of Debian's at once; where that fails, each says for itself whether it is there.
  tries(() => installProxiesOfDebian([...GATEWAY.debian!, ...wanted.flatMap(({ debian = [] }) => debian)]))
  const intermediaries = wanted.filter((one) => {
    const why = tries(() => one.install?.() ?? (one.wheel === undefined ? undefined : installProxyOfPypi(one.wheel)))
    const version = versionOf(one)
    if (version === undefined) say(`skipped: ${one.name} could not be installed${why === undefined ? '' : `: ${why}`}`)
    else versions.set(one.name, version)
    return version !== undefined
  })
  const folder = mkdtempSync(join(tmpdir(), 'countersign-gateway-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const gateway = (to: number) => GATEWAY.start({ lines: GATEWAY.faithful }, { to, aside: to, folder })
  return { intermediaries, clients: clients.filter(has), gateway: versionOf(GATEWAY) === undefined ? undefined : gateway, versions }
}

function tries(install: () => void): string | undefined {
  try {
    install()
  } catch (error) {
    return (error as Error).message.replace(/\s+/g, ' ').slice(-200)
  }
  return undefined
}

function versionOf({ version: [program, ...args] }: Intermediary): string | undefined {
  const { stdout, stderr, error } = spawnSync(program!, args, { encoding: 'utf8' })
  return error === undefined ? (/\d+\.\d[\w.+~-]*/.exec(`${stdout}${stderr}`)?.[0] ?? '?') : undefined
}
