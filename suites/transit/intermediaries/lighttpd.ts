import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from '../../differential/place.mjs'
import { started } from '../../lab/proxies/process.ts'
import type { Intermediary, Slip } from './intermediary.ts'

const URLS = 'server.http-parseopts = ( "url-normalize" => "disable" )'
const header = (text: string): Slip => ['proxy.header = ( )', `proxy.header = ( ${text} )`]

export const LIGHTTPD: Intermediary = {
  name: 'lighttpd',
  debian: ['lighttpd'],
  version: ['lighttpd', '-v'],
  faithful: `${URLS}\nproxy.header = ( )`,
  anchor: 'proxy.header = ( )',
  mistakes: {
    default: [URLS, ''],
    'path-normalized': [
      URLS,
      'server.http-parseopts = ( "url-normalize" => "enable", "url-path-2f-decode" => "enable", "url-path-dotseg-remove" => "enable" )',
    ],
    'slashes-kept-escaped': [URLS, 'server.http-parseopts = ( "url-normalize" => "enable", "url-normalize-required" => "enable" )'],
    'plus-decoded': [URLS, 'server.http-parseopts = ( "url-normalize" => "enable", "url-query-20-plus" => "enable" )'],
    'prefix-stripped': header('"map-urlpath" => ( "/in-transit/" => "/" )'),
    'prefix-added': header('"map-urlpath" => ( "/in-transit" => "/store/in-transit" )'),
    'host-mapped': header('"map-host-request" => ( "-" => "store.internal" )'),
  },
  async start({ lines }, { to, folder }) {
    const [port] = (await freePorts(1)) as [number]
    const shown = join(folder, 'lighttpd.conf')
    writeFileSync(
      shown,
      `server.modules = ( "mod_proxy" )\nserver.document-root = "${folder}"\nserver.bind = "127.0.0.1"\nserver.port = ${port}\nserver.errorlog = "${folder}/lighttpd.log"\n${lines}\nproxy.server = ( "" => ( ( "host" => "127.0.0.1", "port" => ${to} ) ) )\n`,
    )
    return started(['lighttpd', '-D', '-f', shown], port, folder, [shown])
  },
}
