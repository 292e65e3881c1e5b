/** nginx, and how people get it wrong in front of a store. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePorts } from '../../differential/place.mjs'
import { type RunningProxy, started } from './process.ts'
import { type Configured, type Misconfigured, type Places, proxiesOf } from './proxy.ts'

const HOST = 'proxy_set_header Host $http_host;'
const TO = 'proxy_pass http://store;'
const KEPT = `${HOST}\nproxy_request_buffering off;\n${TO}`

const FAULTS: Readonly<Record<string, Misconfigured>> = {
  right: { lines: `underscores_in_headers on;\nlocation / {\n${KEPT}\n}`, harmless: true },
  'host-upstream': { lines: `location / {\n${TO}\n}` },
  'host-without-port': { lines: `location / {\nproxy_set_header Host $host;\n${TO}\n}` },
  'uri-part': { lines: `location / {\n${HOST}\nproxy_pass http://store/;\n}`, odd: true },
  'uri-variable': { lines: `location / {\n${HOST}\nproxy_pass http://store$uri$is_args$args;\n}`, odd: true },
  'prefix-added': { lines: `location / {\nrewrite ^/(.*)$ /s3/$1 break;\n${KEPT}\n}` },
  'query-dropped': { lines: `location / {\nrewrite ^(.*)$ $1? break;\n${KEPT}\n}` },
  'query-added': { lines: `location / {\nset $args $args&via=edge;\n${KEPT}\n}` },
  'accept-encoding': { lines: `location / {\nproxy_set_header Accept-Encoding "";\n${KEPT}\n}` },
  'content-type-forced': { lines: `location / {\nproxy_set_header Content-Type application/octet-stream;\n${KEPT}\n}` },
  'header-dropped': { lines: `location / {\nproxy_set_header x-amz-meta-origin "";\n${KEPT}\n}` },
  'underscores-dropped': { lines: `location / {\n${KEPT}\n}`, odd: true },
  'authorization-dropped': { lines: `location / {\nproxy_set_header Authorization "";\n${KEPT}\n}` },
  'body-replaced': { lines: `location / {\n${HOST}\nproxy_set_body $replaced;\n${TO}\n}` },
  'head-to-get': { lines: `location / {\nproxy_cache kept;\nproxy_cache_valid 200 1s;\nproxy_cache_key $request_id;\n${HOST}\n${TO}\n}` },
  forbids: { lines: `location / {\nif ($request_method ~ ^(PUT|DELETE)$) { return 403; }\n${KEPT}\n}` },
  redirects: { lines: `location / {\nif ($request_method != PUT) { return 307 http://$host:ASIDE$request_uri; }\n${KEPT}\n}` },
}

export const NGINX = proxiesOf('nginx', FAULTS, startNginx)

export async function startNginx({ lines }: Configured, { to, aside, folder }: Places): Promise<RunningProxy> {
  const [port] = (await freePorts(1)) as [number]
  const work = join(folder, 'nginx')
  mkdirSync(work, { recursive: true })
  const shown = join(folder, 'nginx.conf')
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${work}/${kind};`)
  const site = `upstream store { server 127.0.0.1:${to}; }
server {
listen 127.0.0.1:${port};
client_max_body_size 0;
proxy_http_version 1.1;
${lines.replaceAll('ASIDE', `${aside}`)}
}
`
  writeFileSync(shown, site)
  const main = join(work, 'main.conf')
  writeFileSync(
    main,
    `daemon off;
master_process off;
pid ${work}/pid;
error_log ${work}/error.log;
worker_processes 1;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 64; }
http {
access_log off;
${kinds.join('\n')}
proxy_cache_path ${work}/cache keys_zone=kept:1m;
map $request_method $replaced { PUT "replaced by a filter at the edge\\n"; default ""; }
include ${shown};
}
`,
  )
  return started(['nginx', '-c', main, '-e', `${work}/error.log`], port, folder, [shown])
}
