/** Every proxy of the lab, by product and misconfiguration. */
import { APACHE } from './apache.ts'
import { HAPROXY } from './haproxy.ts'
import { NGINX } from './nginx.ts'
import type { StandsBetween } from './proxy.ts'

export const PROXIES: Readonly<Record<string, StandsBetween>> = { ...NGINX, ...HAPROXY, ...APACHE }
