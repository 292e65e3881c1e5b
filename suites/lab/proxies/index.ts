/** Every proxy of the lab, by product and misconfiguration. */
import { APACHE } from './apache.ts'
import { CADDY } from './caddy.ts'
import { ENVOY } from './envoy.ts'
import { HAPROXY } from './haproxy.ts'
import { NGINX } from './nginx.ts'
import type { StandsBetween } from './proxy.ts'
import { TRAEFIK } from './traefik.ts'

export const PROXIES: Readonly<Record<string, StandsBetween>> = { ...NGINX, ...HAPROXY, ...APACHE, ...CADDY, ...ENVOY, ...TRAEFIK }
