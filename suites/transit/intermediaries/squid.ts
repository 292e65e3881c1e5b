import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from '../../differential/place.mjs'
import { started } from '../../lab/proxies/process.ts'
import type { Intermediary, Slip } from './intermediary.ts'

const PORT = 'http_port 127.0.0.1:LISTEN accel vhost allow-direct'
const PEER = 'cache_peer 127.0.0.1 parent UPSTREAM 0 no-query originserver login=PASSTHRU name=store'
const FORWARDED = 'forwarded_for transparent'
const VIA = 'via off'
const denied = (name: string): Slip => ['', `request_header_access ${name} deny all`]
const replaced = (name: string, value: string): Slip => [
  '',
  `request_header_access ${name} deny all\nrequest_header_replace ${name} ${value}`,
]

export const SQUID: Intermediary = {
  name: 'Squid',
  debian: ['squid'],
  version: ['squid', '-v'],
  faithful: [PORT, PEER, FORWARDED, VIA].join('\n'),
  anchor: VIA,
  mistakes: {
    default: [
      [PORT, 'http_port 127.0.0.1:LISTEN accel defaultsite=store.internal'],
      [PEER, 'cache_peer 127.0.0.1 parent UPSTREAM 0 no-query originserver name=store'],
      [FORWARDED, ''],
      [VIA, '# s3'],
    ],
    'host-of-site': [PORT, 'http_port 127.0.0.1:LISTEN accel defaultsite=store.internal'],
    'host-forced': [PEER, `${PEER} forceddomain=store.internal`],
    'authorization-dropped': [PEER, 'cache_peer 127.0.0.1 parent UPSTREAM 0 no-query originserver name=store'],
    'forwarded-for-added': [FORWARDED, 'forwarded_for on'],
    'via-added': [VIA, 'via on'],
    'accept-encoding-denied': denied('Accept-Encoding'),
    'user-agent-replaced': replaced('User-Agent', 'edge'),
    'content-type-replaced': replaced('Content-Type', 'application/octet-stream'),
    'metadata-denied': denied('X-Amz-Meta-Origin'),
    'date-denied': denied('X-Amz-Date'),
    'range-denied': denied('Range'),
    'cookie-denied': denied('Cookie'),
  },
  async start({ lines }, { to, folder }) {
    const [port] = (await freePorts(1)) as [number]
    const shown = join(folder, 'squid.conf')
    writeFileSync(shown, `${lines.replaceAll('LISTEN', `${port}`).replaceAll('UPSTREAM', `${to}`)}\n`)
    const main = join(folder, 'squid-main.conf')
    const work = join(folder, 'squid')
    mkdirSync(work, { recursive: true })
    // As root it becomes its own user, who has to get here.
    const asRoot = process.getuid?.() === 0
    if (asRoot) for (const path of [folder, work]) chmodSync(path, path === work ? 0o777 : 0o755)
    const user = asRoot ? 'cache_effective_user proxy\n' : ''
    writeFileSync(
      main,
      `${user}visible_hostname edge\npid_filename ${work}/pid\ncoredump_dir ${work}\ncache_log ${work}/cache.log\naccess_log none\ncache_store_log none\nnetdb_filename none\npinger_enable off\ncache deny all\ncache_mem 8 MB\nshutdown_lifetime 1 seconds\nuri_whitespace allow\nhttp_access allow all\nnever_direct allow all\ninclude ${shown}\n`,
    )
    return started(['squid', '-N', '-n', `transit${port}`, '-f', main], port, folder, [shown])
  },
}
