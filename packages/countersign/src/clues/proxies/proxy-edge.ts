/** Rules about what stands at the edge: CloudFront, Cloudflare, API Gateway, load balancers of AWS, Fastly. */
import type { Rule } from '../rule.js'
import { SIGNED } from './proxy-rule.js'

const HOST = 'host-rewritten'
const CHANGED = 'header-changed-in-transit'
const PATH = 'path-rewritten'
const QUERY = 'query-changed-in-transit'
const AT_THE_EDGE = /Records\[0\]|\bcf\.request\b|event\.request\b|cloudfront|lambda@edge/i

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
const CLOUDFRONT: readonly Rule[] = [
  {
    id: 'cloudfront-all-viewer',
    about: HOST,
    strength: 'strong',
    match:
      /Managed-AllViewer(?!ExceptHost)|216adef6-5c7f-47e4-b989-5492eafa07d3|(?:policy\w{0,20}\.|["'])all_?viewer(?!_?except)|header_?behavior["']?\s{0,5}[:=]\s{0,5}["']allViewer\w{0,40}["']/i,
    message: "the origin request policy AllViewer forwards the visitor's Host to the origin.",
  },
  {
    id: 'cloudfront-forwards-host',
    about: HOST,
    strength: 'strong',
    match: /(?:whitelisted_?names|headers|items|allowList)["']?\s{0,5}[:=(]\s{0,5}\[?[^\]]{0,300}["'](?:Host|\*)["']/i,
    message: "the visitor's Host is forwarded to the origin.",
    needs: /cloudfront|forwarded_values|ForwardedValues|cache_behavior|OriginRequestPolicy/i,
  },
  {
    id: 'cloudfront-path',
    about: PATH,
    strength: 'fair',
    match: /\borigin_?path["']?\s{0,5}[:=]\s{0,5}["'](\/[\w./-]{1,100})["']/i,
    message: 'the origin path {1} is put before the path that the visitor asked for.',
    needs: /cloudfront|distribution|origin_id|OriginId/i,
  },
  {
    id: 'cloudfront-query',
    about: QUERY,
    strength: 'fair',
    match: /\bquery_?string["']?\s{0,5}[:=]\s{0,5}["']?false|query_?string_?behavior["']?\s{0,5}[:=]\s{0,5}["']none["']/i,
    message: 'the query is not forwarded to the origin.',
    needs: /cloudfront|forwarded_values|ForwardedValues|cache_behavior|origin_request_policy|OriginRequestPolicy/i,
  },
  {
    id: 'cloudfront-access-control',
    about: 'authorization-sent-twice',
    strength: 'fair',
    match: /signing_behavior["']?\s{0,5}=\s{0,5}["']always|SigningBehavior["']?\s{0,5}:\s{0,5}["']?always/i,
    message: 'the origin access control signs every request anew, one that has a signature already too.',
  },
  {
    id: 'edge-function-path',
    about: PATH,
    strength: 'fair',
    match: /\brequest\.uri\s{0,5}=(?!=)/,
    message: 'a function at the edge changes the path.',
    unless: /sign\w{0,12}\(/i,
  },
  {
    id: 'edge-function-host',
    about: HOST,
    strength: 'fair',
    match: /\brequest\.headers(?:\.host|\[["']host["']\])\s{0,5}=(?!=)/i,
    message: 'a function at the edge sets the Host.',
    needs: AT_THE_EDGE,
    unless: /sign\w{0,12}\(/i,
  },
]

/** @see https://developers.cloudflare.com/rules/origin-rules/features/ */
const CLOUDFLARE: readonly Rule[] = [
  {
    id: 'cloudflare-host',
    about: HOST,
    strength: 'strong',
    match: /\bhost_?header(?:_?override)?["']?\s{0,5}[:=]\s{0,5}["'][\w.-]{3,200}["']/i,
    message: 'an origin rule sends another Host, and Host is always signed.',
    needs: /cloudflare|http_request_origin|page_rule/i,
  },
  {
    id: 'cloudflare-path',
    about: PATH,
    strength: 'strong',
    match:
      /\buri\s{0,5}(?:=\s{0,5})?\{\s{0,40}path\b|\buri_?path\b[^\n]{0,40}(?:expression|value)|regex_replace\(http\.request\.uri\.path/i,
    message: 'a transform rule rewrites the path after it was signed.',
    needs: /cloudflare|http_request_transform|ruleset/i,
  },
  {
    id: 'cloudflare-query',
    about: QUERY,
    strength: 'fair',
    match: /\buri\s{0,5}(?:=\s{0,5})?\{[^}]{0,200}\bquery\s{0,5}(?:=\s{0,5})?\{/i,
    message: 'a transform rule rewrites the query after it was signed.',
    needs: /cloudflare|http_request_transform|ruleset/i,
  },
  {
    id: 'cloudflare-header',
    about: CHANGED,
    strength: 'fair',
    match: new RegExp(`\\bheaders?\\s{0,5}(?:=\\s{0,5})?\\{[^}]{0,120}\\bname\\s{0,5}=\\s{0,5}["'](${SIGNED}|authorization)["']`, 'i'),
    message: 'a transform rule sets or removes {1}.',
    needs: /cloudflare|http_request_late_transform|ruleset/i,
    value: 'header',
  },
  {
    id: 'cloudflare-normalize',
    about: 'path-normalized',
    strength: 'fair',
    match: /\burl_normalization_settings\b[\s\S]{0,200}\bscope\s{0,5}=\s{0,5}["']both["']/,
    message: 'URLs are normalized before they are sent to the origin.',
  },
  {
    id: 'worker-host',
    about: HOST,
    strength: 'fair',
    match: /\b\w{0,20}url\.host(?:name)?\s{0,5}=(?!=)\s{0,5}["'`\w]/i,
    message: 'the worker sends the request to another host than it was signed for.',
    needs: /addEventListener\(\s{0,5}["']fetch|export default\s{0,5}\{|new Request\(/,
    unless: /\.sign\(|aws4fetch|SignatureV4/i,
  },
]

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html */
const GATEWAYS: readonly Rule[] = [
  {
    id: 'gateway-stage',
    about: PATH,
    strength: 'fair',
    match: /\b(?:basePath|base_path|stage_name|stageName)["']?\s{0,5}[:=]\s{0,5}["']?(\/?[\w.-]{1,60})/,
    message: 'a base path or stage is put before the path, or taken off it: {1}.',
    needs: /proxy|gateway|apigateway/i,
  },
  {
    id: 'gateway-host',
    about: HOST,
    strength: 'fair',
    match: /integration\.request\.header\.Host\b|overwrite:header\.host\b/i,
    message: 'the integration sends another Host.',
  },
  {
    id: 'gateway-path',
    about: PATH,
    strength: 'fair',
    match: /overwrite:path["']?\s{0,5}[:=]|integration\.request\.path\.proxy/i,
    message: 'the integration puts the path together anew.',
  },
  {
    id: 'load-balancer-drops',
    about: 'header-removed-in-transit',
    strength: 'fair',
    match: /drop_invalid_header_fields(?:\.enabled)?["']?\s{0,5}[:=]\s{0,5}["']?true/i,
    message: 'the load balancer drops headers whose names are not plain, as those with an underscore.',
  },
  {
    id: 'load-balancer-host',
    about: HOST,
    strength: 'weak',
    match: /preserve_host_header(?:\.enabled)?["']?\s{0,5}[:=]\s{0,5}["']?false/i,
    message: 'the load balancer may send another Host than it received.',
  },
  {
    id: 'fastly-host',
    about: HOST,
    strength: 'strong',
    match: /\boverride_host\s{0,5}=\s{0,5}["'][\w.-]{3,200}["']|\bdefault_host\s{0,5}=\s{0,5}["'][\w.-]{3,200}["']/,
    message: 'the service at the edge sends another Host.',
    needs: /fastly/i,
  },
]

export const EDGE_RULES: readonly Rule[] = [...CLOUDFRONT, ...CLOUDFLARE, ...GATEWAYS]
