/** Traefik, with its configuration in files. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from '../../differential/place.mjs'
import { LAB } from '../install.ts'
import { type RunningProxy, started } from './process.ts'
import { type Configured, type Misconfigured, type Places, proxiesOf } from './proxy.ts'

/** Settings of the entry point, of the service or of the one middleware, by the first word of each line. */
const UNCHANGED = 'entry sanitizePath: false'
const FAULTS: Readonly<Record<string, Misconfigured>> = {
  right: { lines: UNCHANGED, harmless: true },
  default: { lines: '', odd: true },
  'host-not-passed': { lines: `${UNCHANGED}\nservice passHostHeader: false` },
  'prefix-added': { lines: `${UNCHANGED}\nmiddleware addPrefix: { prefix: /store }` },
  'path-replaced': { lines: `${UNCHANGED}\nmiddleware replacePathRegex: { regex: "^/(.*)", replacement: "/edge/$1" }` },
  'header-set': { lines: `${UNCHANGED}\nmiddleware headers: { customRequestHeaders: { X-Amz-Meta-Origin: edge } }` },
  'authorization-removed': { lines: `${UNCHANGED}\nmiddleware headers: { customRequestHeaders: { Authorization: "" } }` },
}

export const TRAEFIK = proxiesOf('traefik', FAULTS, startTraefik)

export async function startTraefik({ lines }: Configured, { to, folder }: Places): Promise<RunningProxy> {
  const [port] = (await freePorts(1)) as [number]
  const shown = join(folder, 'traefik-dynamic.yaml')
  const given = (where: string, indent: number) =>
    lines
      .split('\n')
      .filter((line) => line.startsWith(`${where} `))
      .map((line) => `${' '.repeat(indent)}${line.slice(where.length + 1)}\n`)
      .join('')
  const middleware = given('middleware', 6)
  writeFileSync(
    shown,
    `http:
  routers:
    s3: { rule: "PathPrefix(\`/\`)", service: store, entryPoints: [web]${middleware === '' ? '' : ', middlewares: [edge]'} }
${middleware === '' ? '' : `  middlewares:\n    edge:\n${middleware}`}  services:
    store:
      loadBalancer:
${given('service', 8)}        servers: [{ url: "http://127.0.0.1:${to}" }]
`,
  )
  const main = join(folder, 'traefik.yaml')
  const entry = given('entry', 6)
  writeFileSync(
    main,
    `global: { checkNewVersion: false, sendAnonymousUsage: false }
log: { level: ERROR }
entryPoints:
  web:
    address: "127.0.0.1:${port}"
${entry === '' ? '' : `    http:\n${entry}`}providers: { file: { filename: ${shown} } }
`,
  )
  const running = await started([join(LAB, 'proxies/bin/traefik'), `--configFile=${main}`], port, folder, [shown, main])
  // It listens before it has read its routes.
  await new Promise((wake) => setTimeout(wake, 600))
  return running
}
