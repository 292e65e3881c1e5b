/**
 * Gateways that are a library of a program.
 * @see https://docs.spring.io/spring-cloud-gateway/reference/spring-cloud-gateway-server-webflux/gatewayfilter-factories.html
 * @see https://learn.microsoft.com/en-us/aspnet/core/fundamentals/servers/yarp/transforms
 * @see https://www.pomerium.com/docs/reference/routes/headers
 */
import type { Product } from './directives.js'

export const APPLICATION_GATEWAYS: readonly Product[] = [
  {
    name: 'Spring Cloud Gateway',
    needs: /spring[.:\s]{1,20}cloud[.:\s]{1,20}gateway|RouteLocatorBuilder|PreserveHostHeader|zuul\.|^zuul:/im,
    lines: [
      [
        'sends-other-host',
        /^[ \t]{0,40}(?:- )?(?:predicates:|\.route\()/gm,
        { strength: 'fair', name: 'route', unless: /preserveHostHeader/i, why: 'only the filter PreserveHostHeader keeps it' },
      ],
      ['strips-prefix', /^[ \t]{0,40}-[ \t]{1,10}StripPrefix=[1-9]/gm],
      ['strips-prefix', /\.stripPrefix\([1-9]\)/g, { name: 'stripPrefix' }],
      ['rewrites-path', /^[ \t]{0,40}-[ \t]{1,10}(?:RewritePath|SetPath)=/gm],
      ['sends-other-host', /^[ \t]{0,40}-[ \t]{1,10}SetRequestHost(?:Header)?=/gm],
    ],
    settings: [
      ['sends-other-host', 'addHostHeader=false'],
      ['strips-prefix', 'stripPrefix=true'],
    ],
  },
  {
    name: 'YARP',
    needs: /RequestHeaderOriginalHost|"?ReverseProxy"?\s{0,5}:|PathRemovePrefix/,
    settings: [
      [
        'sends-other-host',
        /\bDestinations\b[^\n]{0,200}\bAddress=/g,
        {
          strength: 'fair',
          name: 'Destinations',
          unless: /RequestHeaderOriginalHost"?\s{0,5}:\s{0,5}"?true/i,
          why: 'only RequestHeaderOriginalHost keeps it',
        },
      ],
      ['strips-prefix', 'PathRemovePrefix={prefix}'],
      ['adds-prefix', 'PathPrefix={prefix}'],
    ],
  },
  {
    name: 'Pomerium',
    needs: /pomerium|allow_any_authenticated_user|pass_identity_headers/i,
    lines: [
      [
        'sends-other-host',
        /^[ \t]{0,40}-?[ \t]{0,10}to:[ \t]{1,10}\S/gm,
        { strength: 'fair', name: 'to:', unless: /preserve_host_header:\s{0,5}true/i, why: 'only preserve_host_header keeps it' },
      ],
    ],
  },
]
