/** Every product of the matrix. */
import { APACHE } from './apache.ts'
import { HAPROXY } from './haproxy.ts'
import type { Intermediary } from './intermediary.ts'
import { NGINX } from './nginx.ts'

export const INTERMEDIARIES: readonly Intermediary[] = [NGINX, HAPROXY, APACHE]
