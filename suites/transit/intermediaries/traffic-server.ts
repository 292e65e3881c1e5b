import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from '../../differential/place.mjs'
import { started } from '../../lab/proxies/process.ts'
import type { Intermediary, Slip } from './intermediary.ts'

const HOST = 'CONFIG proxy.config.url_remap.pristine_host_hdr INT 1'
const ENCODING = 'CONFIG proxy.config.http.normalize_ae INT 0'
const FORWARDED = 'CONFIG proxy.config.http.insert_squid_x_forwarded_for INT 0'
const CLIENT_IP = 'CONFIG proxy.config.http.insert_client_ip INT 0'
const VIA = 'CONFIG proxy.config.http.insert_request_via_str INT 0'
const MAP = 'map / http://127.0.0.1:UPSTREAM/'
const CACHE = 'CONFIG proxy.config.http.cache.http INT 0'
const removed = (name: string): Slip => [MAP, `${MAP} @plugin=header_rewrite.so @pparam=rm-header ${name}`]
const set = (name: string, value: string): Slip => [MAP, `${MAP} @plugin=header_rewrite.so @pparam=set-header ${name} ${value}`]

/** Lines of records.config, the mapping, and what the plugin of its line does. */
export const TRAFFIC_SERVER: Intermediary = {
  name: 'Traffic Server',
  debian: ['trafficserver'],
  version: ['traffic_server', '-V'],
  faithful: [HOST, ENCODING, FORWARDED, CLIENT_IP, VIA, CACHE, MAP].join('\n'),
  anchor: MAP,
  mistakes: {
    default: [
      [HOST, ''],
      [`${ENCODING}\n`, ''],
      [`${FORWARDED}\n`, ''],
      [`${CLIENT_IP}\n`, ''],
      [`${VIA}\n`, ''],
      [`${CACHE}\n`, ''],
    ],
    'host-of-upstream': [HOST, 'CONFIG proxy.config.url_remap.pristine_host_hdr INT 0'],
    'accept-encoding-normalized': [ENCODING, 'CONFIG proxy.config.http.normalize_ae INT 1'],
    'forwarded-for-added': [FORWARDED, 'CONFIG proxy.config.http.insert_squid_x_forwarded_for INT 1'],
    'prefix-added': [MAP, 'map / http://127.0.0.1:UPSTREAM/store/'],
    'prefix-stripped': [MAP, 'map /in-transit/ http://127.0.0.1:UPSTREAM/'],
    'user-agent-set': ['', 'CONFIG proxy.config.http.global_user_agent_header STRING edge'],
    'user-agent-dropped': ['', 'CONFIG proxy.config.http.anonymize_remove_user_agent INT 1'],
    'cookie-dropped': ['', 'CONFIG proxy.config.http.anonymize_remove_cookie INT 1'],
    'metadata-removed': removed('X-Amz-Meta-Origin'),
    'date-removed': removed('X-Amz-Date'),
    'authorization-removed': removed('Authorization'),
    'content-type-set': set('Content-Type', 'application/octet-stream'),
    'accept-encoding-removed': removed('Accept-Encoding'),
  },
  async start({ lines }, { to, folder }) {
    const [port] = (await freePorts(1)) as [number]
    const all = lines.replaceAll('UPSTREAM', `${to}`).split('\n')
    const root = join(folder, 'ts')
    for (const name of ['etc', 'run', 'log', 'cache']) mkdirSync(join(root, name), { recursive: true })
    const write = (name: string, text: string) => {
      writeFileSync(join(root, 'etc', name), text)
      return join(root, 'etc', name)
    }
    // What a plugin is to do stands in another file.
    const plugin = /^(map [^@]*)@plugin=header_rewrite\.so @pparam=(.*)$/
    const rules = all.map((line) => plugin.exec(line)?.[2]).find((rule) => rule !== undefined)
    const shown = [
      write(
        'remap.config',
        `${all
          .filter((line) => line.startsWith('map '))
          .map((line) => line.replace(plugin, `$1@plugin=header_rewrite.so @pparam=${root}/etc/edge.rules`))
          .join('\n')}\n`,
      ),
      write(
        'records.config',
        `${all.filter((line) => line.startsWith('CONFIG ')).join('\n')}\nCONFIG proxy.config.http.server_ports STRING ${port}:ip-in=127.0.0.1\nCONFIG proxy.config.admin.user_id STRING #-1\nCONFIG proxy.config.diags.output.error STRING E\nCONFIG proxy.config.exec_thread.autoconfig INT 0\nCONFIG proxy.config.exec_thread.limit INT 1\nCONFIG proxy.config.http.server_max_connections INT 64\n`,
      ),
      ...(rules === undefined ? [] : [write('edge.rules', `cond %{REMAP_PSEUDO_HOOK}\n${rules}\n`)]),
    ]
    write('storage.config', '')
    write('ip_allow.yaml', 'ip_allow:\n  - { apply: in, ip_addrs: 127.0.0.1, action: allow, methods: ALL }\n')
    const runRoot = join(root, 'runroot.yaml')
    const places = {
      prefix: '/usr',
      exec_prefix: '/usr',
      bindir: '/usr/bin',
      sbindir: '/usr/sbin',
      libexecdir: '/usr/lib/trafficserver/modules',
    }
    const own = {
      sysconfdir: `${root}/etc`,
      runtimedir: `${root}/run`,
      logdir: `${root}/log`,
      cachedir: `${root}/cache`,
      localstatedir: root,
    }
    writeFileSync(
      runRoot,
      `${Object.entries({ ...places, ...own })
        .map(([name, path]) => `${name}: ${path}`)
        .join('\n')}\n`,
    )
    return started(['traffic_server', `--run-root=${runRoot}`], port, folder, shown)
  },
}
