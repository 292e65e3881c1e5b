/** Envoy. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from '../../differential/place.mjs'
import { LAB } from '../install.ts'
import { type RunningProxy, started } from './process.ts'
import { type Configured, type Misconfigured, type Places, proxiesOf } from './proxy.ts'

/** Settings of the route, of the virtual host, of the connection manager or a filter, by the first word of each line. */
const FAULTS: Readonly<Record<string, Misconfigured>> = {
  right: { lines: '', harmless: true },
  'host-rewritten': { lines: 'route host_rewrite_literal: store.internal' },
  'prefix-rewritten': { lines: 'route prefix_rewrite: /store/' },
  'regex-rewritten': { lines: 'route regex_rewrite: { pattern: { regex: "^/(.*)$" }, substitution: "/edge/\\\\1" }' },
  'path-normalized': { lines: 'manager normalize_path: true', odd: true },
  'slashes-merged': { lines: 'manager merge_slashes: true', odd: true },
  'port-stripped': { lines: 'manager strip_any_host_port: true' },
  'underscores-dropped': { lines: 'manager common_http_protocol_options: { headers_with_underscores_action: DROP_HEADER }', odd: true },
  'header-removed': { lines: 'virtual request_headers_to_remove: [x-amz-meta-origin]' },
}

export const ENVOY = proxiesOf('envoy', FAULTS, startEnvoy)

export async function startEnvoy({ lines }: Configured, { to, folder }: Places): Promise<RunningProxy> {
  const [port] = (await freePorts(1)) as [number]
  const shown = join(folder, 'envoy.yaml')
  const given = (where: string, indent: number) =>
    lines
      .split('\n')
      .filter((line) => line.startsWith(`${where} `))
      .map((line) => `${' '.repeat(indent)}${line.slice(where.length + 1)}\n`)
      .join('')
  const prefix = /^match (.*)$/m.exec(lines)?.[1] ?? '/'
  writeFileSync(
    shown,
    `static_resources:
  listeners:
    - address: { socket_address: { address: 127.0.0.1, port_value: ${port} } }
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: s3
${given('manager', 16)}                route_config:
                  virtual_hosts:
                    - name: s3
                      domains: ["*"]
${given('virtual', 22)}                      routes:
                        - match: { prefix: "${prefix}" }
                          route:
                            cluster: store
${given('route', 28)}                http_filters:
${given('filter', 18)}                  - name: envoy.filters.http.router
                    typed_config: { "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router }
  clusters:
    - name: store
      type: STATIC
      load_assignment:
        cluster_name: store
        endpoints: [{ lb_endpoints: [{ endpoint: { hostname: store.internal, address: { socket_address: { address: 127.0.0.1, port_value: ${to} } } } }] }]
`,
  )
  return started(
    [join(LAB, 'proxies/bin/envoy'), '-c', shown, '--concurrency', '1', '--disable-hot-restart', '-l', 'error'],
    port,
    folder,
    [shown],
  )
}
