import { startApache } from '../../lab/proxies/apache.ts'
import type { Intermediary, Slip } from './intermediary.ts'

const HOST = 'ProxyPreserveHost On'
const SLASHES = 'AllowEncodedSlashes NoDecode'
const MERGE = 'MergeSlashes Off'
const ADDS = 'ProxyAddHeaders Off'
const PASS = 'ProxyPass / http://127.0.0.1:UPSTREAM/ nocanon'
const header = (text: string): Slip => ['', `RequestHeader ${text}`]
const rewrite = (text: string): Slip => [PASS, `RewriteEngine On\nRewriteRule ${text}`]

export const APACHE: Intermediary = {
  name: 'Apache',
  debian: ['apache2'],
  inCi: true,
  version: ['apache2', '-v'],
  faithful: [SLASHES, MERGE, HOST, ADDS, PASS].join('\n'),
  anchor: PASS,
  mistakes: {
    default: [
      [`${SLASHES}\n`, ''],
      [`${MERGE}\n`, ''],
      [`${HOST}\n`, ''],
      [`${ADDS}\n`, ''],
      [PASS, 'ProxyPass / http://127.0.0.1:UPSTREAM/'],
    ],
    'host-of-upstream': [`${HOST}\n`, ''],
    'forwarded-added': [`${ADDS}\n`, ''],
    'path-canonicalized': [PASS, 'ProxyPass / http://127.0.0.1:UPSTREAM/'],
    'slashes-decoded': [
      [SLASHES, 'AllowEncodedSlashes On'],
      [PASS, 'ProxyPass / http://127.0.0.1:UPSTREAM/'],
    ],
    'prefix-added': [PASS, 'ProxyPass / http://127.0.0.1:UPSTREAM/store/ nocanon'],
    'prefix-stripped': [PASS, 'ProxyPass /in-transit/ http://127.0.0.1:UPSTREAM/ nocanon'],
    'path-rewritten': rewrite('"^/(.*)$" "http://127.0.0.1:UPSTREAM/$1" [P]'),
    'query-added': rewrite('"^/(.*)$" "http://127.0.0.1:UPSTREAM/$1?via=edge" [P,QSA,B]'),
    'query-dropped': rewrite('"^/(.*)$" "http://127.0.0.1:UPSTREAM/$1" [P,QSD,B]'),
    'metadata-unset': header('unset x-amz-meta-origin'),
    'metadata-appended': header('append x-amz-meta-origin edge'),
    'content-type-set': header('set Content-Type application/octet-stream'),
    'charset-edited': header('edit Content-Type "charset=UTF-8" "charset=utf-8"'),
    'accept-encoding-unset': header('unset Accept-Encoding'),
    'accept-set': header('set Accept "*/*"'),
    'date-unset': header('unset X-Amz-Date'),
    'user-agent-set': header('set User-Agent edge'),
    'forwarded-proto-set': header('set X-Forwarded-Proto http'),
    'authorization-unset': header('unset Authorization'),
    'hash-replaced': header('set X-Amz-Content-Sha256 UNSIGNED-PAYLOAD'),
    'body-edited': ['', '<Location "/">\nSetInputFilter Sed\nInputSed "s/a/A/g"\n</Location>'],
  },
  start: startApache,
}
