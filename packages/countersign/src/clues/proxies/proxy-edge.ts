/** Rules about what stands at the edge: CloudFront, Cloudflare, API Gateway, load balancers of AWS, Fastly. */
import type { HintRule } from '../rule.js'
import { proxyRule as rule, SIGNED } from './proxy-rule.js'

const HOST = 'host-rewritten'
const CHANGED = 'header-changed-in-transit'
const PATH = 'path-rewritten'
const QUERY = 'query-changed-in-transit'
const AT_THE_EDGE = /Records\[0\]|\bcf\.request\b|event\.request\b|cloudfront|lambda@edge/i

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
const CLOUDFRONT: readonly HintRule[] = [
  rule(
    'cloudfront-all-viewer',
    HOST,
    0.8,
    /Managed-AllViewer(?!ExceptHost)|216adef6-5c7f-47e4-b989-5492eafa07d3|(?:policy\w{0,20}\.|["'])all_?viewer(?!_?except)|header_?behavior["']?\s{0,5}[:=]\s{0,5}["']allViewer\w{0,40}["']/i,
    "the origin request policy AllViewer forwards the visitor's Host to the origin.",
  ),
  rule(
    'cloudfront-forwards-host',
    HOST,
    0.75,
    /(?:whitelisted_?names|headers|items|allowList)["']?\s{0,5}[:=(]\s{0,5}\[?[^\]]{0,300}["'](?:Host|\*)["']/i,
    "the visitor's Host is forwarded to the origin.",
    { needs: /cloudfront|forwarded_values|ForwardedValues|cache_behavior|OriginRequestPolicy/i },
  ),
  rule(
    'cloudfront-path',
    PATH,
    0.5,
    /\borigin_?path["']?\s{0,5}[:=]\s{0,5}["'](\/[\w./-]{1,100})["']/i,
    'the origin path {1} is put before the path that the visitor asked for.',
    { needs: /cloudfront|distribution|origin_id|OriginId/i },
  ),
  rule(
    'cloudfront-query',
    QUERY,
    0.42,
    /\bquery_?string["']?\s{0,5}[:=]\s{0,5}["']?false|query_?string_?behavior["']?\s{0,5}[:=]\s{0,5}["']none["']/i,
    'the query is not forwarded to the origin.',
    { needs: /cloudfront|forwarded_values|ForwardedValues|cache_behavior|origin_request_policy|OriginRequestPolicy/i },
  ),
  rule(
    'cloudfront-access-control',
    'authorization-sent-twice',
    0.4,
    /signing_behavior["']?\s{0,5}=\s{0,5}["']always|SigningBehavior["']?\s{0,5}:\s{0,5}["']?always/i,
    'the origin access control signs every request anew, one that has a signature already too.',
  ),
  rule('edge-function-path', PATH, 0.55, /\brequest\.uri\s{0,5}=(?!=)/, 'a function at the edge changes the path.', {
    unless: /sign\w{0,12}\(/i,
  }),
  rule(
    'edge-function-host',
    HOST,
    0.6,
    /\brequest\.headers(?:\.host|\[["']host["']\])\s{0,5}=(?!=)/i,
    'a function at the edge sets the Host.',
    { needs: AT_THE_EDGE, unless: /sign\w{0,12}\(/i },
  ),
]

/** @see https://developers.cloudflare.com/rules/origin-rules/features/ */
const CLOUDFLARE: readonly HintRule[] = [
  rule(
    'cloudflare-host',
    HOST,
    0.75,
    /\bhost_?header(?:_?override)?["']?\s{0,5}[:=]\s{0,5}["'][\w.-]{3,200}["']/i,
    'an origin rule sends another Host, and Host is always signed.',
    {
      needs: /cloudflare|http_request_origin|page_rule/i,
    },
  ),
  rule(
    'cloudflare-path',
    PATH,
    0.65,
    /\buri\s{0,5}(?:=\s{0,5})?\{\s{0,40}path\b|\buri_?path\b[^\n]{0,40}(?:expression|value)|regex_replace\(http\.request\.uri\.path/i,
    'a transform rule rewrites the path after it was signed.',
    { needs: /cloudflare|http_request_transform|ruleset/i },
  ),
  rule(
    'cloudflare-query',
    QUERY,
    0.6,
    /\buri\s{0,5}(?:=\s{0,5})?\{[^}]{0,200}\bquery\s{0,5}(?:=\s{0,5})?\{/i,
    'a transform rule rewrites the query after it was signed.',
    {
      needs: /cloudflare|http_request_transform|ruleset/i,
    },
  ),
  rule(
    'cloudflare-header',
    CHANGED,
    0.6,
    new RegExp(`\\bheaders?\\s{0,5}(?:=\\s{0,5})?\\{[^}]{0,120}\\bname\\s{0,5}=\\s{0,5}["'](${SIGNED}|authorization)["']`, 'i'),
    'a transform rule sets or removes {1}.',
    { needs: /cloudflare|http_request_late_transform|ruleset/i, value: 'header' },
  ),
  rule(
    'cloudflare-normalize',
    'path-normalized',
    0.55,
    /\burl_normalization_settings\b[\s\S]{0,200}\bscope\s{0,5}=\s{0,5}["']both["']/,
    'URLs are normalized before they are sent to the origin.',
  ),
  rule(
    'worker-host',
    HOST,
    0.6,
    /\b\w{0,20}url\.host(?:name)?\s{0,5}=(?!=)\s{0,5}["'`\w]/i,
    'the worker sends the request to another host than it was signed for.',
    { needs: /addEventListener\(\s{0,5}["']fetch|export default\s{0,5}\{|new Request\(/, unless: /\.sign\(|aws4fetch|SignatureV4/i },
  ),
]

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html */
const GATEWAYS: readonly HintRule[] = [
  rule(
    'gateway-stage',
    PATH,
    0.4,
    /\b(?:basePath|base_path|stage_name|stageName)["']?\s{0,5}[:=]\s{0,5}["']?(\/?[\w.-]{1,60})/,
    'a base path or stage is put before the path, or taken off it: {1}.',
    { needs: /proxy|gateway|apigateway/i },
  ),
  rule('gateway-host', HOST, 0.6, /integration\.request\.header\.Host\b|overwrite:header\.host\b/i, 'the integration sends another Host.'),
  rule(
    'gateway-path',
    PATH,
    0.55,
    /overwrite:path["']?\s{0,5}[:=]|integration\.request\.path\.proxy/i,
    'the integration puts the path together anew.',
  ),
  rule(
    'load-balancer-drops',
    'header-removed-in-transit',
    0.45,
    /drop_invalid_header_fields(?:\.enabled)?["']?\s{0,5}[:=]\s{0,5}["']?true/i,
    'the load balancer drops headers whose names are not plain, as those with an underscore.',
  ),
  rule(
    'load-balancer-host',
    HOST,
    0.3,
    /preserve_host_header(?:\.enabled)?["']?\s{0,5}[:=]\s{0,5}["']?false/i,
    'the load balancer may send another Host than it received.',
  ),
  rule(
    'fastly-host',
    HOST,
    0.7,
    /\boverride_host\s{0,5}=\s{0,5}["'][\w.-]{3,200}["']|\bdefault_host\s{0,5}=\s{0,5}["'][\w.-]{3,200}["']/,
    'the service at the edge sends another Host.',
    { needs: /fastly/i },
  ),
]

export const EDGE_RULES: readonly HintRule[] = [...CLOUDFRONT, ...CLOUDFLARE, ...GATEWAYS]
