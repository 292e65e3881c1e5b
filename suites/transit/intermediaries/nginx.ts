import { startNginx } from '../../lab/proxies/nginx.ts'
import type { Intermediary, Slip } from './intermediary.ts'

const HOST = 'proxy_set_header Host $http_host;'
const PASS = 'proxy_pass http://store;'
const UNDERSCORES = 'underscores_in_headers on;\n'
const LOCATION = 'location / {'
const sets = (name: string, value: string): Slip => ['', `proxy_set_header ${name} ${value};`]

export const NGINX: Intermediary = {
  name: 'nginx',
  debian: ['nginx'],
  inCi: true,
  version: ['nginx', '-v'],
  faithful: `${UNDERSCORES}${LOCATION}\n${HOST}\nproxy_request_buffering off;\n${PASS}\n}`,
  anchor: PASS,
  mistakes: {
    default: [
      [UNDERSCORES, ''],
      [`${HOST}\n`, ''],
    ],
    'host-missing': [`${HOST}\n`, ''],
    'host-without-port': [HOST, 'proxy_set_header Host $host;'],
    'host-of-upstream': [HOST, 'proxy_set_header Host $proxy_host;'],
    'host-literal': [HOST, 'proxy_set_header Host store.internal;'],
    'underscores-dropped': [UNDERSCORES, ''],
    'uri-part': [PASS, 'proxy_pass http://store/;'],
    'uri-variable': [PASS, 'proxy_pass http://store$uri$is_args$args;'],
    'prefix-stripped': [
      [LOCATION, 'location /in-transit/ {'],
      [PASS, 'proxy_pass http://store/;'],
    ],
    'prefix-added': ['', 'rewrite ^/(.*)$ /s3/$1 break;'],
    'path-rewritten': ['', 'rewrite ^/(.*)$ /$1 break;'],
    'trailing-slash-cut': ['', 'rewrite ^(.*)/$ $1 break;'],
    'query-dropped': ['', 'rewrite ^(.*)$ $1? break;'],
    'query-added': ['', 'set $args $args&via=edge;'],
    'accept-encoding-cleared': sets('Accept-Encoding', '""'),
    'content-type-forced': sets('Content-Type', 'application/octet-stream'),
    'user-agent-set': sets('User-Agent', 'edge'),
    'metadata-dropped': sets('x-amz-meta-origin', '""'),
    'date-dropped': sets('X-Amz-Date', '""'),
    'range-dropped': sets('Range', '""'),
    'hash-replaced': sets('X-Amz-Content-Sha256', 'UNSIGNED-PAYLOAD'),
    'authorization-dropped': sets('Authorization', '""'),
    'forwarded-for-appended': sets('X-Forwarded-For', '$proxy_add_x_forwarded_for'),
    'forwarded-proto-set': sets('X-Forwarded-Proto', '$scheme'),
    'headers-not-passed': ['', 'proxy_pass_request_headers off;'],
    'body-replaced': ['', 'proxy_set_body $replaced;'],
    'head-to-get': ['', 'proxy_cache kept;\nproxy_cache_key $request_id;'],
    'method-changed': ['', 'proxy_method POST;'],
  },
  start: startNginx,
}
