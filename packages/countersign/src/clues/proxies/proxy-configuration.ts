/** Reads configurations of proxies for what changes a request after it was signed. */

import { anyText, type Clue, type EvidenceReader, withoutBodies } from '../../case/index.js'
import { blank } from '../../text/index.js'
import { withMends } from '../mends.js'
import { APACHE } from './apache.js'
import { LOAD_BALANCERS } from './api-gateways-and-load-balancers.js'
import { APPLICATION_GATEWAYS } from './application-gateways.js'
import { CADDY } from './caddy.js'
import { CLOUDFLARE, CLOUDFRONT, EDGE_FUNCTION, FASTLY } from './cloudfront-and-cdn.js'
import { directiveClues, type Product } from './directives.js'
import { ENVOY } from './envoy.js'
import { HAPROXY } from './haproxy.js'
import { INGRESS } from './ingress.js'
import { APISIX, GATEWAY_API, ISTIO, KONG, TYK } from './istio-and-gateways.js'
import { nginxClues } from './nginx.js'
import { OPENRESTY } from './openresty.js'
import { toldDirectives } from './told-directives.js'
import { TRAEFIK } from './traefik.js'
import { TUNNELS } from './tunnels.js'
import { SQUID, VARNISH } from './varnish-and-squid.js'

const PRODUCTS: readonly Product[] = [
  ...[HAPROXY, APACHE, CADDY, VARNISH, SQUID, TRAEFIK, ENVOY, ISTIO, GATEWAY_API, INGRESS, KONG, APISIX, TYK],
  ...[CLOUDFRONT, EDGE_FUNCTION, CLOUDFLARE, FASTLY, ...LOAD_BALANCERS, OPENRESTY, ...TUNNELS, ...APPLICATION_GATEWAYS],
]

export const proxyConfiguration: EvidenceReader = {
  id: 'proxy-configuration',
  reads:
    'configuration of nginx, HAProxy, Apache, Caddy, Traefik, Envoy, Istio, Kong, Varnish, Squid, CloudFront, Cloudflare, tunnels, Spring, YARP and ingress',
  samples: [
    'location /files/ {\n  proxy_pass http://store:9000/;\n  proxy_set_header Host $proxy_host;\n}\n',
    'backend s3\n  http-request set-header Host files.internal\n  server one 10.0.0.5:9000\n',
    'We run HAProxy with `http-request set-header Host files.internal` and every call fails.\n',
    'route:\n  cluster: store\n  auto_host_rewrite: true\n',
  ],
  recognize: anyText,
  read({ name, text }) {
    const configuration = withoutComments(withoutBodies(text))
    const laidOut = [...nginxClues(configuration, name), ...withMends(directiveClues(PRODUCTS, configuration, name), text)]
    const known = new Set(laidOut.map(({ rule, location }) => `${rule} ${location.start}`))
    return [...laidOut, ...toldClues(configuration, name).filter(({ rule, location }) => !known.has(`${rule} ${location.start}`))]
  },
}

/** What directives do that stand in a sentence. */
function toldClues(text: string, source: string): readonly Clue[] {
  const [lines, statements] = [toldDirectives(text, '\n'), toldDirectives(text, ';')]
  return lines === '' ? [] : [...nginxClues(statements, source, text), ...directiveClues(PRODUCTS, lines, source, text)]
}

// Comments say what is not in force. "# Managed-AllViewer" after a setting says what it is, and is kept.
function withoutComments(text: string): string {
  return text.replace(/^[ \t]{0,40}#[^\n]*/gm, blank)
}
