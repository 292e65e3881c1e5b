/** Every product of the matrix. */
import { APACHE } from './apache.ts'
import { CADDIES } from './caddy.ts'
import { ENVOY } from './envoy.ts'
import { H2O } from './h2o.ts'
import { HAPROXY } from './haproxy.ts'
import type { Intermediary } from './intermediary.ts'
import { LIGHTTPD } from './lighttpd.ts'
import { MITMPROXY } from './mitmproxy.ts'
import { NGHTTPX } from './nghttpx.ts'
import { NGINX } from './nginx.ts'
import { SQUID } from './squid.ts'
import { TRAEFIK } from './traefik.ts'
import { TRAFFIC_SERVER } from './traffic-server.ts'
import { VARNISH } from './varnish.ts'

export const INTERMEDIARIES: readonly Intermediary[] = [
  NGINX,
  HAPROXY,
  APACHE,
  ENVOY,
  TRAEFIK,
  ...CADDIES,
  VARNISH,
  SQUID,
  TRAFFIC_SERVER,
  LIGHTTPD,
  H2O,
  NGHTTPX,
  MITMPROXY,
]
