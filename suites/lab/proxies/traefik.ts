/** Traefik, with its configuration in files. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from '../../differential/place.mjs'
import { LAB } from '../install.ts'
import { started } from './process.ts'
import { type Misconfigured, type Places, proxiesOf } from './proxy.ts'

/** The one middleware, and whether the service passes the host on. */
const FAULTS: Readonly<Record<string, Misconfigured>> = {
  right: { lines: '', harmless: true },
  default: { lines: 'sanitized', odd: true },
  'host-not-passed': { lines: 'passHostHeader: false' },
  'prefix-added': { lines: 'addPrefix: { prefix: /store }' },
  'path-replaced': { lines: 'replacePathRegex: { regex: "^/(.*)", replacement: "/edge/$1" }' },
  'header-set': { lines: 'headers: { customRequestHeaders: { X-Amz-Meta-Origin: edge } }' },
  'authorization-removed': { lines: 'headers: { customRequestHeaders: { Authorization: "" } }' },
}

export const TRAEFIK = proxiesOf('traefik', FAULTS, async ({ lines }: Misconfigured, { to, folder }: Places) => {
  const [port] = (await freePorts(1)) as [number]
  const shown = join(folder, 'traefik-dynamic.yaml')
  const passes = lines === 'passHostHeader: false' ? lines : 'passHostHeader: true'
  const middleware = /^(?:addPrefix|replacePathRegex|headers):/.test(lines) ? lines : undefined
  writeFileSync(
    shown,
    `http:
  routers:
    s3: { rule: "PathPrefix(\`/\`)", service: store, entryPoints: [web]${middleware === undefined ? '' : ', middlewares: [edge]'} }
${middleware === undefined ? '' : `  middlewares:\n    edge:\n      ${middleware}\n`}  services:
    store:
      loadBalancer:
        ${passes}
        servers: [{ url: "http://127.0.0.1:${to}" }]
`,
  )
  const main = join(folder, 'traefik.yaml')
  writeFileSync(
    main,
    `global: { checkNewVersion: false, sendAnonymousUsage: false }
log: { level: ERROR }
entryPoints:
  web:
    address: "127.0.0.1:${port}"
${lines === 'sanitized' ? '' : '    http: { sanitizePath: false }\n'}providers: { file: { filename: ${shown} } }
`,
  )
  const running = await started([join(LAB, 'proxies/bin/traefik'), `--configFile=${main}`], port, folder, [shown])
  // It listens before it has read its routes.
  await new Promise((wake) => setTimeout(wake, 600))
  return running
})
