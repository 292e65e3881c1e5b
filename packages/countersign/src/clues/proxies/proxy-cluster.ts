/** Rules about proxies of clusters: Traefik, Envoy, Istio, ingress controllers, the Gateway API, Kong. */
import type { HintRule } from '../rule.js'
import { proxyRule as rule, SIGNED } from './proxy-rule.js'

const HOST = 'host-rewritten'
const CHANGED = 'header-changed-in-transit'
const REMOVED = 'header-removed-in-transit'
const PATH = 'path-rewritten'

/** @see https://doc.traefik.io/traefik/middlewares/http/overview/ */
const TRAEFIK: readonly HintRule[] = [
  rule(
    'traefik-prefix',
    PATH,
    0.7,
    /strip_?prefix(?:regex)?\b|replace_?path(?:regex)?\b|add_?prefix["']?\s{0,3}[:.\]]/i,
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
    'traefik-custom-host',
    HOST,
    0.7,
    /customRequestHeaders["']?(?:\.|\]|:\s{0,40}|\s{0,3}=\s{0,3}\{\s{0,40}|\s{1,40})["']?Host["']?\s{0,5}[:=]/i,
    'customRequestHeaders sets the Host anew.',
  ),
  rule(
    'traefik-header',
    CHANGED,
    0.65,
    new RegExp(
      `customRequestHeaders["']?(?:\\.|\\]|:\\s{0,40}|\\s{0,3}=\\s{0,3}\\{\\s{0,40}|\\s{1,40})["']?(${SIGNED}|authorization)["']?\\s{0,5}[:=]`,
      'i',
    ),
    'customRequestHeaders sets {1} anew.',
    { value: 'header' },
  ),
  rule(
    'traefik-sanitize',
    'path-normalized',
    0.4,
    /sanitizePath["']?\s{0,5}[:=]\s{0,5}["']?true/i,
    'sanitizePath takes dot segments and double slashes out of the path.',
  ),
]

/** @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto */
const ENVOY: readonly HintRule[] = [
  rule(
    'envoy-host',
    HOST,
    0.75,
    /\b(?:auto_host_rewrite["']?\s{0,5}:\s{0,5}true|host_rewrite(?:_literal|_header|_path_regex)?["']?\s{0,5}:)/,
    'the Host is rewritten, and Host is always signed.',
    { unless: /aws_request_signing/ },
  ),
  rule(
    'envoy-path',
    PATH,
    0.7,
    /\b(?:prefix_rewrite["']?\s{0,5}:|regex_rewrite["']?\s{0,5}:|path_rewrite_policy["']?\s{0,5}:)/,
    'the path is rewritten after it was signed.',
    { unless: /\bprefix["']?\s{0,5}:\s{0,5}["']?\/["']?\s[\s\S]{0,200}prefix_rewrite["']?\s{0,5}:\s{0,5}["']?\/["']?\s/ },
  ),
  rule(
    'envoy-normalize',
    'path-normalized',
    0.6,
    /\b(?:normalize_path|merge_slashes)["']?\s{0,5}:\s{0,5}true|\bpath_with_escaped_slashes_action["']?\s{0,5}:\s{0,5}["']?UNESCAPE/,
    'the path is normalized after it was signed.',
  ),
  rule(
    'envoy-port',
    'host-port-changed',
    0.6,
    /\bstrip_(?:matching|any)_host_port["']?\s{0,5}:\s{0,5}true/,
    'the port is taken off the Host, and it was signed with it.',
  ),
  rule(
    'envoy-header',
    CHANGED,
    0.6,
    new RegExp(
      `request_headers_to_add["']?\\s{0,5}:[\\s\\S]{0,200}?\\bkey["']?\\s{0,5}:\\s{0,5}["']?(${SIGNED}|authorization)["']?\\s`,
      'i',
    ),
    'the header {1} is added or set anew.',
    { value: 'header' },
  ),
  rule(
    'envoy-removed',
    REMOVED,
    0.6,
    new RegExp(`request_headers_to_remove["']?\\s{0,5}:[\\s\\S]{0,100}?["'\\s-](${SIGNED})["'\\s,\\]]`, 'i'),
    'the header {1} is removed.',
    { value: 'header' },
  ),
]

/** @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRewrite */
const ISTIO: readonly HintRule[] = [
  rule(
    'istio-authority',
    HOST,
    0.75,
    /\brewrite:\s{0,40}(?:[^\n]{0,120}\n\s{0,40}){0,2}authority:/,
    'the route rewrites the authority, which is the Host that was signed.',
    {
      needs: /VirtualService|istio/i,
    },
  ),
  rule(
    'istio-path',
    PATH,
    0.7,
    /\brewrite:\s{0,40}(?:[^\n]{0,120}\n\s{0,40}){0,2}uri(?:RegexRewrite)?:/,
    'the route rewrites the path after it was signed.',
    {
      needs: /VirtualService|istio/i,
    },
  ),
  rule(
    'istio-normalize',
    'path-normalized',
    0.6,
    /\bnormalization:\s{0,5}["']?(?:MERGE_SLASHES|DECODE_AND_MERGE_SLASHES)/,
    'the mesh normalizes the path after it was signed.',
  ),
  rule(
    'route-header',
    CHANGED,
    0.6,
    new RegExp(
      `\\b(?:request:\\s{1,40}(?:set|add):|requestHeaderModifier:\\s{1,40}(?:set|add):\\s{0,40}-?\\s{0,40}name:)\\s{1,40}["']?(${SIGNED}|authorization)["']?\\s{0,3}[:\\n]`,
      'i',
    ),
    'the route sets {1} anew.',
    { value: 'header' },
  ),
  rule(
    'route-removed',
    REMOVED,
    0.6,
    new RegExp(
      `\\b(?:request|requestHeaderModifier):\\s{1,40}remove:\\s{0,5}(?:\\[|-|\\n)[\\s\\S]{0,80}?["'\\s-](${SIGNED})["'\\s,\\]]`,
      'i',
    ),
    'the route removes {1}.',
    { value: 'header' },
  ),
]

/** @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/ */
const INGRESS: readonly HintRule[] = [
  rule(
    'ingress-target',
    PATH,
    0.7,
    /(?:nginx\.ingress\.kubernetes\.io|haproxy\.org|haproxy-ingress\.github\.io|ingress\.kubernetes\.io|nginx\.org)\/(?:rewrite-target|app-root|path-rewrite|rewrites)(?!["']?:\s{0,5}["']?(?:\/?\$1|\/)["']?\s{0,5}\n[\s\S]{0,600}path:\s{0,5}["']?\/["']?\s)/,
    'the ingress rewrites the path after it was signed.',
  ),
  rule(
    'ingress-host',
    HOST,
    0.75,
    /nginx\.ingress\.kubernetes\.io\/upstream-vhost|haproxy\.org\/set-host|konghq\.com\/host-header/,
    'the ingress sends another Host, and Host is always signed.',
  ),
  rule(
    'ingress-merge',
    'path-normalized',
    0.45,
    /\bmerge-?slashes["']?\s{0,5}:\s{0,5}["']?true/i,
    'several slashes in a row become one after the path was signed.',
  ),
  rule(
    'route-host',
    HOST,
    0.75,
    /\burlRewrite:\s{0,40}(?:[^\n]{0,120}\n\s{0,40}){0,4}hostname:|\bhostRewrite:/,
    'the route sends another Host, and Host is always signed.',
  ),
  rule(
    'route-path',
    PATH,
    0.65,
    /\bReplacePrefixMatch\b|\bReplaceFullPath\b|\bpathPrefixRewrite:/,
    'the route rewrites the path after it was signed.',
  ),
]

/** @see https://docs.konghq.com/gateway/latest/key-concepts/routes/ */
const KONG: readonly HintRule[] = [
  rule(
    'kong-strip',
    PATH,
    0.6,
    /\bstrip[_-]?(?:path|uri)["']?\s{0,5}[:=]\s{0,5}["']?true/i,
    'strip_path takes the path of the route off the path that was signed.',
  ),
  rule(
    'kong-host',
    HOST,
    0.65,
    /\bpreserve[_-]?host["']?\s{0,5}[:=]\s{0,5}["']?false/i,
    'preserve_host false sends the name of the upstream as Host.',
  ),
  rule(
    'kong-transformer',
    CHANGED,
    0.55,
    new RegExp(
      `request-transformer(?:-advanced)?[\\s\\S]{0,400}?\\bheaders["']?\\s{0,5}[:=][\\s\\S]{0,60}?["'\\s-](${SIGNED}|authorization|host)\\b`,
      'i',
    ),
    'a plugin transforms the header {1}.',
    { value: 'header' },
  ),
  rule(
    'kong-query',
    'query-changed-in-transit',
    0.5,
    /request-transformer(?:-advanced)?[\s\S]{0,400}?\bquerystring["']?\s{0,5}[:=]\s{0,5}(?!\[\])/,
    'a plugin transforms the query after it was signed.',
  ),
]

export const CLUSTER_RULES: readonly HintRule[] = [...TRAEFIK, ...ENVOY, ...ISTIO, ...INGRESS, ...KONG]
