/** @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto */
import { type Product, ROUTE_STRIPS } from './directives.js'

export const ENVOY: Product = {
  name: 'Envoy',
  needs: /host_?rewrite|(?:prefix|regex|path)_?rewrite|normalize_?path|merge_?slashes|escaped_?slashes|_host_port|request_?headers_?to/i,
  settings: [
    ['sends-other-host', 'autoHostRewrite=true'],
    ['sends-other-host', 'hostRewrite={something}'],
    ['sends-other-host', 'hostRewriteLiteral={something}'],
    ['sends-other-host', 'hostRewriteHeader={something}'],
    ['sends-other-host', 'hostRewritePathRegex.substitution={something}'],
    ['strips-prefix', ROUTE_STRIPS, { name: 'prefix_rewrite' }],
    ['rewrites-path', 'prefixRewrite=/{something}'],
    ['rewrites-path', 'regexRewrite.substitution={value}'],
    ['normalizes-path', 'normalizePath=true'],
    ['normalizes-path', 'mergeSlashes=true'],
    ['decodes-path', 'pathWithEscapedSlashesAction=UNESCAPE'],
    ['changes-port', 'stripMatchingHostPort=true'],
    ['changes-port', 'stripAnyHostPort=true'],
    ['sets', 'requestHeadersToAdd.header.key={header}'],
    ['sets', 'requestHeadersToAdd.key={header}'],
    ['removes', 'requestHeadersToRemove={header}'],
  ],
}
