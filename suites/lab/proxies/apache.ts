/** Apache httpd with mod_proxy. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from '../../differential/place.mjs'
import { type RunningProxy, started } from './process.ts'
import { type Configured, type Misconfigured, type Places, proxiesOf } from './proxy.ts'

const KEEP = 'AllowEncodedSlashes NoDecode\nProxyPreserveHost On'
const PASS = 'ProxyPass / http://127.0.0.1:UPSTREAM/ nocanon'

const FAULTS: Readonly<Record<string, Misconfigured>> = {
  right: { lines: `${KEEP}\n${PASS}`, harmless: true },
  'host-upstream': { lines: `AllowEncodedSlashes NoDecode\n${PASS}` },
  canonical: { lines: `${KEEP}\nProxyPass / http://127.0.0.1:UPSTREAM/`, odd: true },
  'prefix-added': { lines: `${KEEP}\nProxyPass / http://127.0.0.1:UPSTREAM/store/ nocanon` },
  'header-unset': { lines: `${KEEP}\nRequestHeader unset x-amz-meta-origin\n${PASS}` },
  'content-type-set': { lines: `${KEEP}\nRequestHeader set Content-Type application/octet-stream\n${PASS}` },
  'body-edited': { lines: `${KEEP}\n<Location "/">\nSetInputFilter Sed\nInputSed "s/a/A/g"\n</Location>\n${PASS}` },
  rewritten: { lines: `${KEEP}\nRewriteEngine On\nRewriteRule "^/(.*)$" "http://127.0.0.1:UPSTREAM/$1" [P]`, odd: true },
  'query-added': { lines: `${KEEP}\nRewriteEngine On\nRewriteRule "^/(.*)$" "http://127.0.0.1:UPSTREAM/$1?via=edge" [P,QSA]` },
  'authorization-unset': { lines: `${KEEP}\nRequestHeader unset Authorization\n${PASS}` },
}

const MODULES = ['mpm_event', 'authz_core', 'headers', 'proxy', 'proxy_http', 'rewrite', 'sed']

export const APACHE = proxiesOf('apache', FAULTS, startApache)

export async function startApache({ lines }: Configured, { to, folder }: Places): Promise<RunningProxy> {
  const [port] = (await freePorts(1)) as [number]
  const shown = join(folder, 'apache.conf')
  writeFileSync(shown, `<VirtualHost 127.0.0.1:${port}>\n${lines.replaceAll('UPSTREAM', `${to}`)}\n</VirtualHost>\n`)
  const main = join(folder, 'apache-main.conf')
  const loaded = MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`)
  const servers = 'StartServers 1\nServerLimit 1\nThreadsPerChild 8\nMaxRequestWorkers 8\nMinSpareThreads 1\nMaxSpareThreads 8'
  writeFileSync(
    main,
    `ServerRoot ${folder}\nServerName lab\nPidFile ${folder}/apache.pid\nErrorLog ${folder}/apache-error.log\nDefaultRuntimeDir ${folder}\n${loaded.join('\n')}\n${servers}\nListen 127.0.0.1:${port}\nInclude ${shown}\n`,
  )
  return started(['apache2', '-X', '-f', main], port, folder, [shown])
}
