import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from '../../differential/place.mjs'
import { started } from '../../lab/proxies/process.ts'
import type { Intermediary, Slip } from './intermediary.ts'

const PASS = 'return (pass);'
const set = (text: string): Slip => ['', text]

export const VARNISH: Intermediary = {
  name: 'Varnish',
  debian: ['varnish'],
  version: ['varnishd', '-V'],
  // Requests that it may answer from its store it makes others of.
  faithful: PASS,
  anchor: PASS,
  mistakes: {
    default: [PASS, ''],
    'host-set': set('set req.http.Host = "store.internal";'),
    'host-without-port': set('set req.http.Host = regsub(req.http.Host, ":[0-9]+$", "");'),
    'authorization-unset': set('unset req.http.Authorization;'),
    'query-cut': set('set req.url = regsub(req.url, "\\?.*$", "");'),
    'query-added': set('set req.url = req.url + "&via=edge";'),
    'query-sorted': set('set req.url = std.querysort(req.url);'),
    'path-lower-cased': set('set req.url = std.tolower(req.url);'),
    'prefix-stripped': set('set req.url = regsub(req.url, "^/in-transit", "");'),
    'prefix-added': set('set req.url = "/store" + req.url;'),
    'slashes-merged': set('set req.url = regsuball(req.url, "//+", "/");'),
    'cookie-unset': set('unset req.http.Cookie;'),
    'metadata-unset': set('unset req.http.X-Amz-Meta-Origin;'),
    'accept-encoding-unset': set('unset req.http.Accept-Encoding;'),
    'accept-encoding-set': set('set req.http.Accept-Encoding = "gzip";'),
    'date-unset': set('unset req.http.X-Amz-Date;'),
    'content-type-set': set('set req.http.Content-Type = "application/octet-stream";'),
    'headers-collected': set('std.collect(req.http.X-Amz-Meta-Tag, ", ");'),
    'method-changed': set('set req.method = "GET";'),
  },
  async start({ lines }, { to, folder }) {
    const [port] = (await freePorts(1)) as [number]
    const shown = join(folder, 'default.vcl')
    writeFileSync(shown, `vcl 4.1;\nimport std;\nbackend store { .host = "127.0.0.1"; .port = "${to}"; }\nsub vcl_recv {\n${lines}\n}\n`)
    const work = join(folder, 'varnish')
    return started(
      [
        'varnishd',
        '-j',
        'none',
        '-F',
        '-n',
        work,
        '-a',
        `127.0.0.1:${port}`,
        '-f',
        shown,
        '-s',
        'malloc,16m',
        '-p',
        'vcc_allow_inline_c=off',
      ],
      port,
      folder,
      [shown],
    )
  },
}
