/**
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 * @see https://learn.microsoft.com/en-us/azure/application-gateway/configuration-http-settings
 */
import type { Product } from './directives.js'

export const LOAD_BALANCERS: readonly Product[] = [
  {
    name: 'load balancer',
    needs: /drop_invalid_header_fields/,
    settings: [
      [
        'removes-header',
        /drop_invalid_header_fields(?:\.enabled)?=true/g,
        { why: 'names with an underscore or a dot are not let through' },
      ],
    ],
  },
  {
    name: 'API Gateway',
    needs: /integration\.request\.|overwrite:/,
    settings: [
      ['sets', 'integration.request.header.{header}={value}'],
      ['sets', 'overwrite:header.{header}={value}'],
      ['rewrites-path', 'overwrite:path={value}'],
    ],
  },
  {
    name: 'Application Gateway',
    needs: /pick_?host_?name_?from_?backend/i,
    settings: [['sends-other-host', 'pickHostNameFromBackend(Address|HttpSettings|_address|_http_settings)=true']],
  },
  { name: 'IIS', needs: /preserveHostHeader/i, settings: [['sends-other-host', 'preserveHostHeader=false']] },
  {
    name: 'http-proxy-middleware',
    needs: /changeOrigin|pathRewrite/,
    settings: [
      ['sends-other-host', 'changeOrigin=true'],
      ['strips-prefix', /\bpathRewrite\.\^(?<prefix>\/[\w.~-]{1,60})\/?=\/?$/gm, { name: 'pathRewrite' }],
      ['rewrites-path', /\bpathRewrite\.[^\n=]{1,200}=/gm, { name: 'pathRewrite' }],
    ],
  },
]
