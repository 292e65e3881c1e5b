/** @see https://doc.traefik.io/traefik/middlewares/http/overview/ */
import type { Product } from './directives.js'

export const TRAEFIK: Product = {
  name: 'Traefik',
  needs: /traefik|middleware|passHostHeader|customRequestHeaders|sanitizePath/i,
  settings: [
    ['sends-other-host', 'passHostHeader=false'],
    ['sets', 'customRequestHeaders.{header}={value}'],
    ['strips-prefix', 'stripPrefix.prefixes={prefix}'],
    ['strips-prefix', 'stripPrefixRegex.regex={value}'],
    ['adds-prefix', 'addPrefix.prefix={prefix}'],
    ['rewrites-path', 'replacePath.path={value}'],
    ['rewrites-path', 'replacePathRegex.replacement={value}'],
    ['normalizes-path', 'sanitizePath=true'],
    ['redirects', 'redirectRegex.replacement=http'],
  ],
}
