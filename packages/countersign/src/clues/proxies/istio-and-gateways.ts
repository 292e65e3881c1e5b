/**
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRewrite
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httproutefilter
 * @see https://docs.konghq.com/gateway/latest/key-concepts/routes/
 */
import { type Product, ROUTE_STRIPS } from './directives.js'

export const ISTIO: Product = {
  name: 'Istio',
  needs: /VirtualService|istio/i,
  lines: [
    // Values that no other setting has, so that it does not matter how they are quoted.
    ['decodes-path', /\bDECODE_AND_MERGE_SLASHES\b/g, { name: 'pathNormalization' }],
    ['normalizes-path', /\b(?:DECODE_AND_)?MERGE_SLASHES\b/g, { name: 'pathNormalization' }],
  ],
  settings: [
    ['sends-other-host', 'rewrite.authority={something}'],
    ['strips-prefix', ROUTE_STRIPS, { name: 'rewrite.uri' }],
    ['rewrites-path', 'rewrite.uri=/{something}'],
    ['rewrites-path', 'uriRegexRewrite.rewrite={value}'],
    ['sets', 'headers.request.(set|add).{header}={value}'],
    ['removes', 'headers.request.remove={header}'],
  ],
}

export const GATEWAY_API: Product = {
  name: 'Gateway API',
  needs: /requestHeaderModifier|urlRewrite|hostRewrite|pathPrefixRewrite/,
  settings: [
    ['sends-other-host', 'urlRewrite.hostname={something}'],
    ['rewrites-path', 'urlRewrite.path.(replacePrefixMatch|replaceFullPath)={value}'],
    ['rewrites-path', 'pathPrefixRewrite={something}'],
    ['sets', 'requestHeaderModifier.(set|add).name={header}'],
    ['removes', 'requestHeaderModifier.remove={header}'],
  ],
}

/**
 * @see https://apisix.apache.org/docs/apisix/plugins/proxy-rewrite/
 * @see https://apisix.apache.org/docs/apisix/admin-api/#upstream
 */
export const APISIX: Product = {
  name: 'APISIX',
  needs: /proxy-rewrite|regex_uri|pass_host|upstream_host/,
  lines: [
    [
      'strips-prefix',
      /\bregex_uri["']?[ \t]{0,3}[:=]?[ \t]{0,3}\[\s{0,20}["']\^?(?<prefix>\/[\w.~-]{1,60})\/?\(\.[*+]\)\$?["'],\s{0,20}["']\/\$1["']/g,
      { name: 'regex_uri' },
    ],
    ['rewrites-path', /\bregex_uri\b/g],
  ],
  settings: [
    ['sends-other-host', /\bpass_host=(?:node|rewrite)\b/g, { name: 'pass_host' }],
    ['sends-other-host', 'proxy-rewrite.host={something}'],
    ['rewrites-path', 'proxy-rewrite.uri={something}'],
  ],
}

/** @see https://tyk.io/docs/api-management/gateway-config-tyk-classic/ */
export const TYK: Product = {
  name: 'Tyk',
  needs: /listen_?path|preserve_?host_?header/i,
  settings: [
    ['strips-prefix', 'stripListenPath=true'],
    ['sends-other-host', 'preserveHostHeader=false'],
  ],
}

export const KONG: Product = {
  name: 'Kong',
  needs: /strip_?(?:path|uri)|preserve_?host|request-transformer/i,
  settings: [
    ['strips-prefix', 'stripPath=true'],
    ['strips-prefix', 'stripUri=true'],
    ['sends-other-host', 'preserveHost=false'],
    ['sets', 'config.(add|append|replace|rename).headers={header}'],
    ['removes', 'config.remove.headers={header}'],
    ['changes-query', 'config.(add|append|replace|rename|remove).querystring={something}'],
  ],
}
