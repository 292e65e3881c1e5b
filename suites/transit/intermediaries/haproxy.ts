import { startHaproxy } from '../../lab/proxies/haproxy.ts'
import type { Intermediary, Slip } from './intermediary.ts'

const ANCHOR = '# s3'
const rule = (text: string): Slip => ['', `http-request ${text}`]

export const HAPROXY: Intermediary = {
  name: 'HAProxy',
  debian: ['haproxy'],
  inCi: true,
  version: ['haproxy', '-v'],
  faithful: ANCHOR,
  anchor: ANCHOR,
  mistakes: {
    default: [ANCHOR, ''],
    'host-set': rule('set-header Host store.internal'),
    'host-port-stripped': rule('set-header Host %[req.hdr(host),field(1,:)]'),
    'slashes-merged': rule('normalize-uri path-merge-slashes'),
    'dots-resolved': rule('normalize-uri path-strip-dotdot'),
    'dot-stripped': rule('normalize-uri path-strip-dot'),
    'unreserved-decoded': rule('normalize-uri percent-decode-unreserved'),
    'escapes-upper-cased': rule('normalize-uri percent-to-uppercase'),
    'query-sorted': rule('normalize-uri query-sort-by-name'),
    'path-decoded': rule('set-path %[path,url_dec]'),
    'prefix-added': rule('set-path /store%[path]'),
    'prefix-stripped': rule('replace-path /in-transit/(.*) /\\1'),
    'trailing-slash-cut': rule('replace-path (.*)/$ \\1'),
    'path-lower-cased': rule('set-path %[path,lower]'),
    'query-added': rule('set-query %[query]&via=edge if { query -m len gt 0 }'),
    'query-dropped': rule('set-query "%[str()]"'),
    'content-type-dropped': rule('del-header content-type'),
    'content-type-set': rule('set-header Content-Type application/octet-stream'),
    'metadata-set': rule('set-header x-amz-meta-origin edge if { req.hdr(x-amz-meta-origin) -m found }'),
    'metadata-appended': rule('add-header x-amz-meta-origin edge if { req.hdr(x-amz-meta-origin) -m found }'),
    'accept-encoding-dropped': rule('del-header accept-encoding'),
    'compression-offload': ['', 'compression algo gzip\n    compression offload'],
    'date-dropped': rule('del-header x-amz-date'),
    'range-dropped': rule('del-header range'),
    'cookie-dropped': rule('del-header cookie'),
    'user-agent-set': rule('set-header User-Agent edge'),
    'hash-replaced': rule('set-header X-Amz-Content-Sha256 UNSIGNED-PAYLOAD'),
    'authorization-dropped': rule('del-header authorization'),
    'forwarded-for-added': ['', 'option forwardfor'],
    'forwarded-proto-set': rule('set-header X-Forwarded-Proto http'),
    'method-changed': rule('set-method GET if METH_HEAD'),
  },
  start: startHaproxy,
}
