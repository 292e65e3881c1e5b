/** What a hop can do to a request that was signed before it: one rule each, whichever product and directive it is. */
import type { Strength } from '../../case/index.js'
import type { CauseId } from '../../catalog/index.js'
import { type RuleHead, twins } from '../rule.js'

/** The rest of a sentence that begins with a directive; "{value}" stands for the header or the prefix. */
type Meaning = readonly [about: CauseId, strength: Strength, says: string]

export const EFFECTS = {
  // RFC 9110, 7.2; AWS's signing steps: Host is in every signature.
  'sends-other-host': ['host-rewritten', 'strong', 'sends another Host than the one that was signed, and Host is always signed'],
  'changes-port': ['host-port-changed', 'fair', 'changes the port in the Host that was signed'],
  'strips-prefix': ['path-prefix-stripped', 'strong', 'takes {value} off the front of the path, and the path is signed'],
  'adds-prefix': ['path-prefix-added', 'fair', 'puts {value} before the path that was signed'],
  'rewrites-path': ['path-rewritten', 'fair', 'rewrites the path after it was signed'],
  // RFC 3986, 6.2.2: what S3 keeps and a normalizing hop folds.
  'normalizes-path': ['path-normalized', 'fair', 'folds slashes or dot segments of the path, and the path is signed with them'],
  'decodes-path': ['path-encoded-differently', 'fair', 'sends the path on decoded and encoded again, in another spelling than was signed'],
  'changes-query': ['query-changed-in-transit', 'fair', 'changes or drops the query after it was signed'],
  'changes-header': ['header-changed-in-transit', 'strong', 'sets {value}, and a signed header has to arrive as it was'],
  'removes-header': ['header-removed-in-transit', 'fair', 'removes {value}, and a signed header has to arrive'],
  'changes-method': ['method-changed', 'fair', 'sends another method than was signed'],
  'changes-body': ['payload-replaced', 'fair', 'sends another body than was signed'],
  redirects: ['redirect-followed', 'fair', 'redirects to another host, where the signature does not hold'],
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
  'signs-again': ['authorization-sent-twice', 'fair', 'signs every request again, also one that carries a signature already'],
} as const satisfies Readonly<Record<string, Meaning>>

export type Effect = keyof typeof EFFECTS

/** By effect: a text with it. More of them, for every product, are in the tests. */
const EXAMPLES: Readonly<Record<Effect, string>> = {
  'sends-other-host': 'backend s\n  http-request set-header «Host → X-Forwarded-Host» store.internal\n',
  'changes-port': 'strip_matching_host_port: «true → false»\n',
  'strips-prefix': '«handle_path → handle» /s3/* {\n  reverse_proxy store:9000\n}\n',
  'adds-prefix': 'resource "aws_cloudfront_distribution" "d" { origin { origin_path = "«/site → »" } }\n',
  'rewrites-path': 'rewrite ^«/old/(.*)$ /new/$1 break →  $request_uri»;\n',
  'normalizes-path': 'merge_slashes «on → off»;\n',
  'decodes-path': 'location ~ ^/(?<b>[^/]+)/(?<key>.*)$ {\n  proxy_pass https://$b.store.example«/$key$is_args$args → $request_uri»;\n}\n',
  'changes-query': 'config:\n  add:\n    «querystring → headers»:\n    - via:edge\nname: request-transformer\n',
  'changes-header': '"traefik.http.middlewares.m.headers.customrequestheaders.«Accept-Encoding=gzip → X-Script-Name=a»"\n',
  'removes-header': 'http-request del-header «Expect → X-Debug»\n',
  'changes-method': 'http-request «set-method GET → deny» if METH_HEAD\n',
  'changes-body': 'location / { proxy_pass http://s; proxy_pass_request_body «off → on»; }\n',
  redirects: 'rewrite ^/(.*)$ https://«files.example.net → $host»/$1 permanent;\n',
  'signs-again': 'resource "aws_cloudfront_origin_access_control" "c" { signing_behavior = "«always → no-override»" }\n',
}

export const HOP_RULES: readonly RuleHead[] = (Object.keys(EFFECTS) as Effect[]).map((effect) => {
  const [about, strength] = EFFECTS[effect]
  return { id: `hop-${effect}`, about, strength, ...twins(EXAMPLES[effect]) }
})
