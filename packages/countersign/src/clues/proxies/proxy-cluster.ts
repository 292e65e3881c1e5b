/** Rules about proxies of clusters: Traefik, Envoy, Istio, ingress controllers, the Gateway API, Kong. */
import type { Rule } from '../rule.js'
import { SIGNED } from './proxy-rule.js'

const HOST = 'host-rewritten'
const CHANGED = 'header-changed-in-transit'
const REMOVED = 'header-removed-in-transit'
const PATH = 'path-rewritten'

/** @see https://doc.traefik.io/traefik/middlewares/http/overview/ */
const TRAEFIK: readonly Rule[] = [
  {
    id: 'traefik-prefix',
    about: PATH,
    strength: 'strong',
    match: /strip_?prefix(?:regex)?\b|replace_?path(?:regex)?\b|add_?prefix["']?\s{0,3}[:.\]]/i,
    message: 'the middleware changes the path after it was signed.',
    needs: /traefik|middleware/i,
  },
  {
    id: 'traefik-host',
    about: HOST,
    strength: 'strong',
    match: /passHostHeader["']?\s{0,5}[:=]\s{0,5}["']?false/i,
    message: 'passHostHeader false sends the name of the backend as Host.',
  },
  {
    id: 'traefik-custom-host',
    about: HOST,
    strength: 'strong',
    match: /customRequestHeaders["']?(?:\.|\]|:\s{0,40}|\s{0,3}=\s{0,3}\{\s{0,40}|\s{1,40})["']?Host["']?\s{0,5}[:=]/i,
    message: 'customRequestHeaders sets the Host anew.',
  },
  {
    id: 'traefik-header',
    about: CHANGED,
    strength: 'strong',
    match: new RegExp(
      `customRequestHeaders["']?(?:\\.|\\]|:\\s{0,40}|\\s{0,3}=\\s{0,3}\\{\\s{0,40}|\\s{1,40})["']?(${SIGNED}|authorization)["']?\\s{0,5}[:=]`,
      'i',
    ),
    message: 'customRequestHeaders sets {1} anew.',
    value: 'header',
  },
  {
    id: 'traefik-sanitize',
    about: 'path-normalized',
    strength: 'fair',
    match: /sanitizePath["']?\s{0,5}[:=]\s{0,5}["']?true/i,
    message: 'sanitizePath takes dot segments and double slashes out of the path.',
  },
]

/** @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto */
const ENVOY: readonly Rule[] = [
  {
    id: 'envoy-host',
    about: HOST,
    strength: 'strong',
    match: /\b(?:auto_host_rewrite["']?\s{0,5}:\s{0,5}true|host_rewrite(?:_literal|_header|_path_regex)?["']?\s{0,5}:)/,
    message: 'the Host is rewritten, and Host is always signed.',
    unless: /aws_request_signing/,
  },
  {
    id: 'envoy-path',
    about: PATH,
    strength: 'strong',
    match: /\b(?:prefix_rewrite["']?\s{0,5}:|regex_rewrite["']?\s{0,5}:|path_rewrite_policy["']?\s{0,5}:)/,
    message: 'the path is rewritten after it was signed.',
    unless: /\bprefix["']?\s{0,5}:\s{0,5}["']?\/["']?\s[\s\S]{0,200}prefix_rewrite["']?\s{0,5}:\s{0,5}["']?\/["']?\s/,
  },
  {
    id: 'envoy-normalize',
    about: 'path-normalized',
    strength: 'fair',
    match: /\b(?:normalize_path|merge_slashes)["']?\s{0,5}:\s{0,5}true|\bpath_with_escaped_slashes_action["']?\s{0,5}:\s{0,5}["']?UNESCAPE/,
    message: 'the path is normalized after it was signed.',
  },
  {
    id: 'envoy-port',
    about: 'host-port-changed',
    strength: 'fair',
    match: /\bstrip_(?:matching|any)_host_port["']?\s{0,5}:\s{0,5}true/,
    message: 'the port is taken off the Host, and it was signed with it.',
  },
  {
    id: 'envoy-header',
    about: CHANGED,
    strength: 'fair',
    match: new RegExp(
      `request_headers_to_add["']?\\s{0,5}:[\\s\\S]{0,200}?\\bkey["']?\\s{0,5}:\\s{0,5}["']?(${SIGNED}|authorization)["']?\\s`,
      'i',
    ),
    message: 'the header {1} is added or set anew.',
    value: 'header',
  },
  {
    id: 'envoy-removed',
    about: REMOVED,
    strength: 'fair',
    match: new RegExp(`request_headers_to_remove["']?\\s{0,5}:[\\s\\S]{0,100}?["'\\s-](${SIGNED})["'\\s,\\]]`, 'i'),
    message: 'the header {1} is removed.',
    value: 'header',
  },
]

/** @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRewrite */
const ISTIO: readonly Rule[] = [
  {
    id: 'istio-authority',
    about: HOST,
    strength: 'strong',
    match: /\brewrite:\s{0,40}(?:[^\n]{0,120}\n\s{0,40}){0,2}authority:/,
    message: 'the route rewrites the authority, which is the Host that was signed.',
    needs: /VirtualService|istio/i,
  },
  {
    id: 'istio-path',
    about: PATH,
    strength: 'strong',
    match: /\brewrite:\s{0,40}(?:[^\n]{0,120}\n\s{0,40}){0,2}uri(?:RegexRewrite)?:/,
    message: 'the route rewrites the path after it was signed.',
    needs: /VirtualService|istio/i,
  },
  {
    id: 'istio-normalize',
    about: 'path-normalized',
    strength: 'fair',
    match: /\bnormalization:\s{0,5}["']?(?:MERGE_SLASHES|DECODE_AND_MERGE_SLASHES)/,
    message: 'the mesh normalizes the path after it was signed.',
  },
  {
    id: 'route-header',
    about: CHANGED,
    strength: 'fair',
    match: new RegExp(
      `\\b(?:request:\\s{1,40}(?:set|add):|requestHeaderModifier:\\s{1,40}(?:set|add):\\s{0,40}-?\\s{0,40}name:)\\s{1,40}["']?(${SIGNED}|authorization)["']?\\s{0,3}[:\\n]`,
      'i',
    ),
    message: 'the route sets {1} anew.',
    value: 'header',
  },
  {
    id: 'route-removed',
    about: REMOVED,
    strength: 'fair',
    match: new RegExp(
      `\\b(?:request|requestHeaderModifier):\\s{1,40}remove:\\s{0,5}(?:\\[|-|\\n)[\\s\\S]{0,80}?["'\\s-](${SIGNED})["'\\s,\\]]`,
      'i',
    ),
    message: 'the route removes {1}.',
    value: 'header',
  },
]

/** @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/ */
const INGRESS: readonly Rule[] = [
  {
    id: 'ingress-target',
    about: PATH,
    strength: 'strong',
    match:
      /(?:nginx\.ingress\.kubernetes\.io|haproxy\.org|haproxy-ingress\.github\.io|ingress\.kubernetes\.io|nginx\.org)\/(?:rewrite-target|app-root|path-rewrite|rewrites)(?!["']?:\s{0,5}["']?(?:\/?\$1|\/)["']?\s{0,5}\n[\s\S]{0,600}path:\s{0,5}["']?\/["']?\s)/,
    message: 'the ingress rewrites the path after it was signed.',
  },
  {
    id: 'ingress-host',
    about: HOST,
    strength: 'strong',
    match: /nginx\.ingress\.kubernetes\.io\/upstream-vhost|haproxy\.org\/set-host|konghq\.com\/host-header/,
    message: 'the ingress sends another Host, and Host is always signed.',
  },
  {
    id: 'ingress-merge',
    about: 'path-normalized',
    strength: 'fair',
    match: /\bmerge-?slashes["']?\s{0,5}:\s{0,5}["']?true/i,
    message: 'several slashes in a row become one after the path was signed.',
  },
  {
    id: 'route-host',
    about: HOST,
    strength: 'strong',
    match: /\burlRewrite:\s{0,40}(?:[^\n]{0,120}\n\s{0,40}){0,4}hostname:|\bhostRewrite:/,
    message: 'the route sends another Host, and Host is always signed.',
  },
  {
    id: 'route-path',
    about: PATH,
    strength: 'strong',
    match: /\bReplacePrefixMatch\b|\bReplaceFullPath\b|\bpathPrefixRewrite:/,
    message: 'the route rewrites the path after it was signed.',
  },
]

/** @see https://docs.konghq.com/gateway/latest/key-concepts/routes/ */
const KONG: readonly Rule[] = [
  {
    id: 'kong-strip',
    about: PATH,
    strength: 'fair',
    match: /\bstrip[_-]?(?:path|uri)["']?\s{0,5}[:=]\s{0,5}["']?true/i,
    message: 'strip_path takes the path of the route off the path that was signed.',
  },
  {
    id: 'kong-host',
    about: HOST,
    strength: 'strong',
    match: /\bpreserve[_-]?host["']?\s{0,5}[:=]\s{0,5}["']?false/i,
    message: 'preserve_host false sends the name of the upstream as Host.',
  },
  {
    id: 'kong-transformer',
    about: CHANGED,
    strength: 'fair',
    match: new RegExp(
      `request-transformer(?:-advanced)?[\\s\\S]{0,400}?\\bheaders["']?\\s{0,5}[:=][\\s\\S]{0,60}?["'\\s-](${SIGNED}|authorization|host)\\b`,
      'i',
    ),
    message: 'a plugin transforms the header {1}.',
    value: 'header',
  },
  {
    id: 'kong-query',
    about: 'query-changed-in-transit',
    strength: 'fair',
    match: /request-transformer(?:-advanced)?[\s\S]{0,400}?\bquerystring["']?\s{0,5}[:=]\s{0,5}(?!\[\])/,
    message: 'a plugin transforms the query after it was signed.',
  },
]

export const CLUSTER_RULES: readonly Rule[] = [...TRAEFIK, ...ENVOY, ...ISTIO, ...INGRESS, ...KONG]
