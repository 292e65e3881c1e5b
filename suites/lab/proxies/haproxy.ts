/** HAProxy, and rules that a signature does not survive. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from '../../differential/place.mjs'
import { type RunningProxy, started } from './process.ts'
import { type Configured, type Misconfigured, type Places, proxiesOf } from './proxy.ts'

const FAULTS: Readonly<Record<string, Misconfigured>> = {
  right: { lines: '', harmless: true },
  'host-set': { lines: 'http-request set-header Host store.internal' },
  'host-port-stripped': { lines: 'http-request set-header Host %[req.hdr(host),field(1,:)]' },
  'slashes-merged': { lines: 'http-request normalize-uri path-merge-slashes', odd: true },
  'path-decoded': { lines: 'http-request set-path %[path,url_dec]', odd: true },
  'prefix-added': { lines: 'http-request set-path /store%[path]' },
  'query-added': { lines: 'http-request set-query %[query]&via=edge if { query -m len gt 0 }' },
  'content-type-dropped': { lines: 'http-request del-header content-type' },
  'header-set': { lines: 'http-request set-header x-amz-meta-origin edge if { req.hdr(x-amz-meta-origin) -m found }' },
  'accept-encoding-dropped': { lines: 'http-request del-header accept-encoding' },
  'query-sorted': { lines: 'http-request normalize-uri query-sort-by-name', harmless: true },
  'authorization-dropped': { lines: 'http-request del-header authorization' },
  forbids: { lines: 'http-request deny deny_status 403 if { method HEAD DELETE }' },
}

export const HAPROXY = proxiesOf('haproxy', FAULTS, startHaproxy)

export async function startHaproxy({ lines }: Configured, { to, folder }: Places): Promise<RunningProxy> {
  const [port] = (await freePorts(1)) as [number]
  const shown = join(folder, 'haproxy.cfg')
  writeFileSync(
    shown,
    `global
    expose-experimental-directives
    maxconn 64
defaults
    mode http
    timeout connect 5s
    timeout client 30s
    timeout server 30s
frontend s3
    bind 127.0.0.1:${port}
    ${lines}
    default_backend store
backend store
    server one 127.0.0.1:${to}
`,
  )
  return started(['haproxy', '-db', '-f', shown], port, folder, [shown])
}
