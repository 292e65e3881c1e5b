/**
 * Reads the configuration of proxies, caches, gateways and CDNs: what in it changes a request after it was signed.
 * @see https://nginx.org/en/docs/http/ngx_http_proxy_module.html
 */
import { blank, type HintRule, hintAt, hintsOf, withoutBodies } from './hint-rules.js'
import type { EvidenceReader, EvidenceSource, Observation } from './reader.js'

export const proxyConfiguration: EvidenceReader = {
  id: 'proxy-configuration',
  reads: 'configuration of nginx, HAProxy, Apache, Caddy, Traefik, Envoy, Varnish, CloudFront and Kubernetes ingress',
  samples: [
    'location /files/ {\n  proxy_pass http://store:9000/;\n  proxy_set_header Host $proxy_host;\n}\n',
    'backend s3\n  http-request set-header Host files.internal\n  server one 10.0.0.5:9000\n',
  ],
  recognize(text) {
    return hintsIn(text, '').length > 0 ? 0.7 : 0
  },
  read({ name, text }: EvidenceSource) {
    return hintsIn(text, name)
  },
}

function hintsIn(text: string, source: string): readonly Observation[] {
  const configuration = withoutComments(withoutBodies(text))
  return [...hintsOf(RULES, configuration, source), ...missingHost(configuration, source)]
}

/** nginx sends the name in proxy_pass as Host unless it is told otherwise. */
function missingHost(text: string, source: string): readonly Observation[] {
  const pass = /^[ \t]{0,40}proxy_pass\s{1,20}https?:\/\/[^\s;]{1,200};/m.exec(text)
  // A module that signs in nginx itself signs what nginx then sends.
  const signsHere = /\baws_(?:sign|access_key|signing_key|s3_bucket|auth)\b|\bs3_auth_token\b|\bjs_set\s/.test(text)
  if (pass === null || signsHere || /proxy_set_header\s{1,20}Host\s/i.test(text)) return []
  return [
    hintAt(
      text,
      source,
      pass.index,
      'host-rewritten',
      0.6,
      'proxy_pass without proxy_set_header Host sends the name of the upstream as Host, and Host is always signed.',
      {},
    ),
  ]
}

// Comments say what is not in force. "# Managed-AllViewer" after a setting says what it is, and is kept.
function withoutComments(text: string): string {
  return text.replace(/^[ \t]{0,40}#[^\n]*/gm, blank)
}

function rule(
  id: string,
  hint: string,
  weight: number,
  pattern: RegExp,
  why: string,
  more: Pick<HintRule, 'needs' | 'unless' | 'value'> = {},
): HintRule {
  return { id, hint, weight, pattern, why, ...more }
}

const HOST = 'host-rewritten'
const CHANGED = 'header-changed-in-transit'
const REMOVED = 'header-removed-in-transit'
const PATH = 'path-rewritten'
const SIGNED =
  'accept-encoding|range|content-type|content-length|content-encoding|date|expect|user-agent|te|x-amz-[\\w-]{1,40}|cache-control|if-[\\w-]{1,30}'

const RULES: readonly HintRule[] = [
  rule(
    'nginx-host',
    HOST,
    0.7,
    /^[ \t]*proxy_set_header\s{1,20}Host\s{1,20}(?!"?\$(?:http_)?host\b)(\S{1,120});/im,
    'proxy_set_header Host sends {1} instead of the Host that was signed.',
    // Where the signature itself comes from an upstream, it was made for the Host that is set here.
    { unless: /proxy_set_header\s{1,20}Authorization\s{1,20}"?\$/i },
  ),
  rule(
    'nginx-host-to-aws',
    HOST,
    0.7,
    /^[ \t]*proxy_set_header\s{1,20}Host\s{1,20}"?\$(?:http_)?host/im,
    "proxy_set_header Host passes the visitor's Host on to a service that knows another name.",
    { needs: /proxy_pass\s{1,20}https:\/\/[^\s;]{1,200}(?:amazonaws|backblazeb2|digitaloceanspaces|r2\.cloudflarestorage)/ },
  ),
  rule(
    'nginx-host-port',
    'host-port-changed',
    0.45,
    /^[ \t]*proxy_set_header\s{1,20}Host\s{1,20}"?\$host"?\s{0,5};/im,
    'proxy_set_header Host $host leaves the port out; $http_host keeps the Host as it was signed.',
  ),
  rule(
    'nginx-pass-path',
    PATH,
    0.5,
    /^[ \t]*location\s{1,5}(?:\^~\s{1,5})?\/[^\s{]{1,100}\s{0,5}\{[^}]{0,1000}?proxy_pass\s{1,20}https?:\/\/[^\s/;]{1,120}\/[^\s;]{0,120};/m,
    'proxy_pass with a path replaces the path of the location, and the path is signed.',
  ),
  rule(
    'nginx-pass-slash',
    'path-encoded-differently',
    0.3,
    /^[ \t]*proxy_pass\s{1,20}https?:\/\/[^\s/;]{1,120}\/[^\s;]{0,120};/m,
    'proxy_pass with a path makes nginx send the path decoded and encoded anew; without a path it passes the request line on as it came.',
  ),
  rule('nginx-rewrite', PATH, 0.6, /^[ \t]*rewrite\s{1,10}[\^/"]\S{0,200}\s{1,10}\S/m, 'rewrite changes the path after it was signed.'),
  rule(
    'nginx-merge',
    'path-normalized',
    0.55,
    /^[ \t]*merge_slashes\s{1,10}on|merge_slashes["']?\s{0,5}:\s{0,5}true/m,
    'merge_slashes makes one slash of several, and the path is signed with all of them.',
  ),
  rule(
    'nginx-header',
    CHANGED,
    0.65,
    new RegExp(`^[ \\t]*proxy_set_header\\s{1,20}(${SIGNED}|authorization)\\s{1,20}(?!"?\\$(?:http_|auth|s3|aws))`, 'im'),
    'proxy_set_header sets {1} anew.',
    { value: 'header' },
  ),
  rule(
    'nginx-slice',
    REMOVED,
    0.4,
    /^[ \t]*proxy_cache\s{1,10}(?!off)\S/m,
    'proxy_cache leaves out Range and the If- headers of the request.',
  ),
  rule(
    'haproxy-host',
    HOST,
    0.75,
    /^[ \t]*(?:http-request\s{1,10}(?:set|replace)-header|reqirep)\s{1,10}\^?Host\b/im,
    'the Host is set anew, and Host is always signed.',
  ),
  rule(
    'haproxy-path',
    PATH,
    0.7,
    /^[ \t]*http-request\s{1,10}(?:set|replace)-(?:path|uri|pathq)\b/m,
    'the path is set anew after it was signed.',
  ),
  rule(
    'haproxy-query',
    'query-changed-in-transit',
    0.7,
    /^[ \t]*http-request\s{1,10}set-query\b|std\.querysort\(|querystring\.(?:sort|filter|clean)/m,
    'the query is changed after it was signed.',
  ),
  rule(
    'haproxy-header',
    CHANGED,
    0.7,
    new RegExp(`^[ \\t]*http-request\\s{1,10}(?:set|replace)-header\\s{1,10}(${SIGNED}|authorization)\\b`, 'im'),
    'the header {1} is set anew.',
    { value: 'header' },
  ),
  rule(
    'haproxy-removed',
    REMOVED,
    0.7,
    new RegExp(`^[ \\t]*http-request\\s{1,10}del-header\\s{1,10}(${SIGNED}|authorization)\\b`, 'im'),
    'the header {1} is removed.',
    { value: 'header' },
  ),
  rule(
    'apache-host-off',
    HOST,
    0.7,
    /^[ \t]*ProxyPreserveHost\s{1,10}Off/im,
    'ProxyPreserveHost Off sends the name of the backend as Host.',
  ),
  rule(
    'apache-host-default',
    HOST,
    0.55,
    /^[ \t]*ProxyPass\s{1,10}\S/im,
    'ProxyPass without ProxyPreserveHost On sends the name of the backend as Host.',
    { unless: /ProxyPreserveHost/i },
  ),
  rule(
    'apache-canon',
    'path-encoded-differently',
    0.5,
    /^[ \t]*ProxyPass\s{1,10}[^\n]{1,300}/im,
    'ProxyPass without nocanon encodes the path anew.',
    { unless: /nocanon/i },
  ),
  rule(
    'apache-slashes',
    'path-encoded-differently',
    0.5,
    /^[ \t]*AllowEncodedSlashes\s{1,10}On\b/im,
    'AllowEncodedSlashes On decodes %2F in the path; NoDecode keeps it.',
  ),
  rule(
    'apache-header',
    CHANGED,
    0.65,
    new RegExp(`^[ \\t]*RequestHeader\\s{1,10}(?:set|append|edit|merge)\\s{1,10}"?(${SIGNED}|host|authorization)\\b`, 'im'),
    'RequestHeader changes {1}.',
    { value: 'header' },
  ),
  rule(
    'apache-removed',
    REMOVED,
    0.65,
    new RegExp(`^[ \\t]*RequestHeader\\s{1,10}unset\\s{1,10}"?(${SIGNED}|authorization)\\b`, 'im'),
    'RequestHeader unset removes {1}.',
    { value: 'header' },
  ),
  rule('caddy-host', HOST, 0.7, /^[ \t]*header_up\s{1,10}\+?Host\s/im, 'header_up sets the Host anew, and Host is always signed.', {
    unless: /header_up\s{1,10}Host\s{1,10}\{(?:http\.request\.)?(?:host(?:port)?)\}/i,
  }),
  rule(
    'caddy-prefix',
    PATH,
    0.7,
    /^[ \t]*(?:uri\s{1,10}(?:strip_prefix|strip_suffix|replace|path_regexp)|handle_path\s|rewrite\s{1,10}\*)/m,
    'the path is changed after it was signed.',
  ),
  rule(
    'caddy-header',
    CHANGED,
    0.6,
    new RegExp(`^[ \\t]*header_up\\s{1,10}[-+]?(${SIGNED}|authorization)\\b`, 'im'),
    'header_up changes {1}.',
    { value: 'header' },
  ),
  rule(
    'traefik-prefix',
    PATH,
    0.7,
    /strip_?prefix(?:regex)?\b|replace_?path(?:regex)?\b|add_?prefix["']?\s{0,3}[:.]/i,
    'the middleware changes the path after it was signed.',
    { needs: /traefik|middleware/i },
  ),
  rule(
    'traefik-host',
    HOST,
    0.7,
    /passHostHeader["']?\s{0,5}[:=]\s{0,5}["']?false/i,
    'passHostHeader false sends the name of the backend as Host.',
  ),
  rule(
    'envoy-host',
    HOST,
    0.75,
    /\b(?:auto_)?host_rewrite(?:_literal|_header|_path_regex)?["']?\s{0,5}:/,
    'the Host is rewritten, and Host is always signed.',
  ),
  rule(
    'envoy-path',
    PATH,
    0.7,
    /\b(?:prefix_rewrite|regex_rewrite|path_rewrite_policy)["']?\s{0,5}:/,
    'the path is rewritten after it was signed.',
  ),
  rule(
    'envoy-normalize',
    'path-normalized',
    0.6,
    /\bnormalize_path["']?\s{0,5}:\s{0,5}true/,
    'normalize_path changes the path after it was signed.',
  ),
  rule(
    'vcl-signs-visitor-host',
    HOST,
    0.75,
    /["']host:["']\s{0,5}\+\s{0,5}req\.http\.host/i,
    "the Host of the visitor is signed, and the backend's name is what the service checks.",
    { unless: /set\s{1,5}(?:be)?req\.http\.host\s{0,5}=/i },
  ),
  rule('vcl-host', HOST, 0.6, /set\s{1,5}bereq\.http\.host\s{0,5}=/i, 'the Host is set anew for the backend, and Host is always signed.'),
  rule(
    'vcl-url',
    PATH,
    0.6,
    /set\s{1,5}(?:be)?req\.url\s{0,5}=\s{0,5}(?!std\.querysort|querystring)/i,
    'the URL is changed after it was signed.',
  ),
  rule(
    'vcl-header',
    CHANGED,
    0.55,
    new RegExp(`(?:un)?set\\s{1,5}(?:be)?req\\.http\\.(${SIGNED}|authorization)\\b`, 'i'),
    'the header {1} is set or removed.',
    { value: 'header' },
  ),
  rule(
    'squid-header',
    REMOVED,
    0.65,
    /^[ \t]*request_header_(?:access|replace)\s{1,10}([\w-]{1,40})/im,
    'Squid removes or replaces the header {1}.',
    { value: 'header' },
  ),
  rule(
    'cloudfront-all-viewer',
    HOST,
    0.8,
    /Managed-AllViewer(?!ExceptHost)|216adef6-5c7f-47e4-b989-5492eafa07d3|(?:policy\w{0,20}\.|["'])all_?viewer(?!_?except)/i,
    "the origin request policy AllViewer forwards the visitor's Host to the origin.",
  ),
  rule(
    'cloudfront-forwards-host',
    HOST,
    0.75,
    /(?:whitelisted_?names|headers|items)["']?\s{0,5}[:=]\s{0,5}\[[^\]]{0,300}["'](?:Host|\*)["']/i,
    "the visitor's Host is forwarded to the origin.",
    { needs: /cloudfront|forwarded_values|ForwardedValues|cache_behavior|origin/i },
  ),
  rule(
    'cloudfront-access-control',
    'authorization-sent-twice',
    0.4,
    /signing_behavior["']?\s{0,5}=\s{0,5}["']always|SigningBehavior["']?\s{0,5}:\s{0,5}["']?always/i,
    'the origin access control signs every request anew, one that has a signature already too.',
  ),
  rule(
    'ingress-target',
    PATH,
    0.7,
    /(?:nginx\.ingress\.kubernetes\.io|haproxy\.org|ingress\.kubernetes\.io)\/(?:rewrite-target|app-root|path-rewrite)/,
    'the ingress rewrites the path after it was signed.',
  ),
  rule(
    'ingress-host',
    HOST,
    0.75,
    /nginx\.ingress\.kubernetes\.io\/upstream-vhost/,
    'the ingress sends another Host, and Host is always signed.',
  ),
  rule(
    'gateway-stage',
    PATH,
    0.4,
    /\b(?:basePath|base_path|pathRewrite|stage_name|URLRewrite|ReplacePrefixMatch)["']?\s{0,5}[:=]/,
    'a base path or stage is put before the path, or taken off it.',
    { needs: /proxy|gateway|apigateway|HTTPRoute/i },
  ),
]
