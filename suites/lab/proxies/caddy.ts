/** Caddy. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from '../../differential/place.mjs'
import { LAB } from '../install.ts'
import { type RunningProxy, started } from './process.ts'
import { type Configured, type Misconfigured, type Places, proxiesOf } from './proxy.ts'

const FAULTS: Readonly<Record<string, Misconfigured>> = {
  right: { lines: 'reverse_proxy UPSTREAM', harmless: true },
  'host-upstream': { lines: 'reverse_proxy UPSTREAM {\n\t\theader_up Host {upstream_hostport}\n\t}' },
  'prefix-added': { lines: 'rewrite * /store{uri}\n\treverse_proxy UPSTREAM' },
  'header-dropped': { lines: 'reverse_proxy UPSTREAM {\n\t\theader_up -X-Amz-Meta-Origin\n\t}' },
  'content-type-set': { lines: 'reverse_proxy UPSTREAM {\n\t\theader_up Content-Type application/octet-stream\n\t}' },
  'query-added': { lines: 'rewrite * {path}?{query}&via=edge\n\treverse_proxy UPSTREAM' },
  'authorization-dropped': { lines: 'reverse_proxy UPSTREAM {\n\t\theader_up -Authorization\n\t}' },
}

/** The program of PyPI's package. */
export const CADDY_PROGRAM = join(LAB, 'proxies/bin/caddy')
export const CADDY = proxiesOf('caddy', FAULTS, (configured, places) => startCaddy(CADDY_PROGRAM, configured, places))

export async function startCaddy(program: string, { lines }: Configured, { to, folder }: Places): Promise<RunningProxy> {
  const [port] = (await freePorts(1)) as [number]
  const shown = join(folder, 'Caddyfile')
  const site = lines.replaceAll('UPSTREAM', `127.0.0.1:${to}`)
  writeFileSync(shown, `{\n\tadmin off\n\tauto_https off\n}\nhttp://:${port} {\n\tbind 127.0.0.1\n\t${site}\n}\n`)
  const home = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  return started([program, 'run', '--config', shown, '--adapter', 'caddyfile'], port, folder, [shown], home)
}
