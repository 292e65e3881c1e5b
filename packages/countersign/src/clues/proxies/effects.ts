/** What a hop can do to a request that was signed before it: one rule each, whichever product and directive it is. */
import type { RuleHead } from '../rule.js'

type Meaning = Omit<RuleHead, 'id'> & { readonly message: string }

/** The rest of a sentence that begins with a directive; "{value}" stands for the header or the prefix. */
export const EFFECTS = {
  // RFC 9110, 7.2; AWS's signing steps: Host is in every signature.
  'sends-other-host': {
    about: 'host-rewritten',
    strength: 'strong',
    message: 'sends another Host than the one that was signed, and Host is always signed',
    fires: ['backend s\n  http-request set-header Host store.internal\n', 'location / {\n proxy_pass http://store:9000;\n}\n'],
    silent: [
      'backend s\n  http-request set-header X-Forwarded-Host %[req.hdr(host)]\n  http-check send hdr Host store.internal\n',
      'location / {\n proxy_set_header Host $http_host;\n proxy_pass http://store:9000;\n}\n',
    ],
  },
  'changes-port': {
    about: 'host-port-changed',
    strength: 'fair',
    message: 'changes the port in the Host that was signed',
    fires: ['strip_matching_host_port: true\n'],
    silent: ['strip_matching_host_port: false\n'],
  },
  'strips-prefix': {
    about: 'path-prefix-stripped',
    strength: 'strong',
    message: 'takes {value} off the front of the path, and the path is signed',
    fires: ['handle_path /s3/* {\n  reverse_proxy store:9000\n}\n'],
    silent: ['handle /s3/* {\n  reverse_proxy store:9000\n}\n'],
  },
  'adds-prefix': {
    about: 'path-prefix-added',
    strength: 'fair',
    message: 'puts {value} before the path that was signed',
    fires: ['resource "aws_cloudfront_distribution" "d" { origin { origin_path = "/site" } }\n'],
    silent: ['resource "aws_cloudfront_distribution" "d" { origin { origin_path = "" } }\n'],
  },
  'rewrites-path': {
    about: 'path-rewritten',
    strength: 'fair',
    message: 'rewrites the path after it was signed',
    fires: ['rewrite ^/old/(.*)$ /new/$1 break;\n'],
    silent: ['rewrite ^ $request_uri;\n'],
  },
  // RFC 3986, 6.2.2: what S3 keeps and a normalizing hop folds.
  'normalizes-path': {
    about: 'path-normalized',
    strength: 'fair',
    message: 'folds slashes or dot segments of the path, and the path is signed with them',
    fires: ['merge_slashes on;\n'],
    silent: ['merge_slashes off;\n'],
  },
  'decodes-path': {
    about: 'path-encoded-differently',
    strength: 'fair',
    message: 'sends the path on decoded and encoded again, in another spelling than was signed',
    fires: ['location ~ ^/(?<b>[^/]+)/(?<key>.*)$ {\n  proxy_pass https://$b.store.example/$key$is_args$args;\n}\n'],
    silent: ['location ~ ^/(?<b>[^/]+)/(?<key>.*)$ {\n  proxy_pass https://$b.store.example$request_uri;\n}\n'],
  },
  'changes-query': {
    about: 'query-changed-in-transit',
    strength: 'fair',
    message: 'changes or drops the query after it was signed',
    fires: ['config:\n  add:\n    querystring:\n    - via:edge\nname: request-transformer\n'],
    silent: ['config:\n  add:\n    headers:\n    - via:edge\nname: request-transformer\n'],
  },
  'changes-header': {
    about: 'header-changed-in-transit',
    strength: 'strong',
    message: 'sets the header {value}, which clients sign',
    fires: ['"traefik.http.middlewares.m.headers.customrequestheaders.Accept-Encoding=gzip"\n'],
    silent: ['"traefik.http.middlewares.m.headers.customrequestheaders.X-Script-Name=a"\n'],
  },
  'removes-header': {
    about: 'header-removed-in-transit',
    strength: 'fair',
    message: 'removes {value}, a header that clients sign',
    fires: ['http-request del-header Expect\n'],
    silent: ['http-request del-header X-Debug\n'],
  },
  'changes-method': {
    about: 'method-changed',
    strength: 'fair',
    message: 'sends another method than was signed',
    fires: ['http-request set-method GET if METH_HEAD\n'],
    silent: ['http-request deny if METH_HEAD\n'],
  },
  'changes-body': {
    about: 'payload-replaced',
    strength: 'fair',
    message: 'sends another body than was signed',
    fires: ['location / { proxy_pass http://s; proxy_pass_request_body off; }\n'],
    silent: ['location / { proxy_pass http://s; proxy_pass_request_body on; }\n'],
  },
  redirects: {
    about: 'redirect-followed',
    strength: 'fair',
    message: 'redirects to another host, where the signature does not hold',
    fires: ['rewrite ^/(.*)$ https://files.example.net/$1 permanent;\n'],
    silent: ['rewrite ^/(.*)$ https://$host/$1 permanent;\n'],
  },
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
  'signs-again': {
    about: 'authorization-sent-twice',
    strength: 'fair',
    message: 'signs every request again, also one that carries a signature already',
    fires: ['resource "aws_cloudfront_origin_access_control" "c" { signing_behavior = "always" }\n'],
    silent: ['resource "aws_cloudfront_origin_access_control" "c" { signing_behavior = "no-override" }\n'],
  },
} as const satisfies Readonly<Record<string, Meaning>>

export type Effect = keyof typeof EFFECTS

export const HOP_RULES: readonly RuleHead[] = Object.entries(EFFECTS).map(([effect, meaning]) => ({ id: `hop-${effect}`, ...meaning }))
