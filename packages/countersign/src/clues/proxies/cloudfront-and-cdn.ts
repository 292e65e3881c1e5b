/**
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 * @see https://developers.cloudflare.com/rules/origin-rules/features/
 */
import type { Product } from './directives.js'

const VISITORS = { why: "the visitor's Host reaches the origin", signing: true } as const

export const CLOUDFRONT: Product = {
  name: 'CloudFront',
  needs:
    /cloudfront|forwarded_?values|cache_?behavior|origin_?(?:request_?policy|access_?control|path)|signing_?behavior|all_?viewer|cf\.request/i,
  lines: [
    [
      'sends-other-host',
      /Managed-AllViewer(?!ExceptHost)|216adef6-5c7f-47e4-b989-5492eafa07d3|(?:policy\w{0,20}\.|["'])all_?viewer(?!_?except)/gi,
      { name: 'AllViewer', ...VISITORS },
    ],
  ],
  settings: [
    ['sends-other-host', 'headerBehavior=allViewer', VISITORS],
    ['sends-other-host', /\bheaders(?:\.items|\.allow_?list)?=(?:Host|\*)$/gim, { name: 'headers', ...VISITORS }],
    ['adds-prefix', 'originPath={prefix}'],
    ['changes-query', 'queryString=false'],
    ['changes-query', 'queryStringBehavior=none'],
    ['signs-again', 'signingBehavior=always'],
  ],
}

/** Functions at the edge, which change the request that they are given. */
export const EDGE_FUNCTION: Product = {
  name: 'edge function',
  needs:
    /Records\[0\]|\bcf\.request\b|event\.request\b|lambda@edge|addEventListener\(\s{0,5}["']fetch|export default\s{0,5}\{|new Request\(/i,
  lines: [
    [
      'sends-other-host',
      /\b(?:request\.headers(?:\.host|\[["']host["']\])|\w{0,20}url\.host(?:name)?)[ \t]{0,5}=(?!=)/gi,
      { strength: 'fair', name: 'host =' },
    ],
    ['rewrites-path', /\brequest\.uri[ \t]{0,5}=(?!=)/gi, { name: 'request.uri =' }],
  ],
}

export const CLOUDFLARE: Product = {
  name: 'Cloudflare',
  needs: /cloudflare|http_request_(?:origin|transform|late_transform)|page_?rule/i,
  settings: [
    ['sends-other-host', 'hostHeader={something}'],
    ['sends-other-host', 'hostHeaderOverride={something}'],
    ['rewrites-path', 'uri.path.(expression|value)={something}'],
    ['changes-query', 'uri.query.(expression|value)={value}'],
    ['sets', 'headers.name={header}'],
    ['normalizes-path', /\bscope=both$/gm, { name: 'url_normalization_settings' }],
  ],
}

export const FASTLY: Product = {
  name: 'Fastly',
  needs: /fastly/i,
  settings: [
    ['sends-other-host', 'overrideHost={something}'],
    ['sends-other-host', 'defaultHost={something}'],
  ],
}
