/** What the rules about proxies have in common. */
import type { Rule } from '../rule.js'

/** Names of headers that clients sign, as the source of a pattern. */
export const SIGNED =
  'accept-encoding|accept|range|content-type|content-length|content-md5|content-encoding|content-disposition|date|expect|user-agent|x-amz-[\\w-]{1,40}|cache-control|if-[\\w-]{1,30}'
export const SIGNED_NAME = new RegExp(`^(?:${SIGNED}|authorization)$`, 'i')
export const HOP_BY_HOP = /^(?:connection|keep-alive|upgrade|te|trailer|transfer-encoding|x-(?:real-ip|forwarded-.*)|forwarded)$/i
