/** Reads configurations of proxies for what changes a request after it was signed. */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { anyText, blank, cluesOf, type Rule, withoutBodies } from '../rule.js'
import { CLUSTER_RULES } from './proxy-cluster.js'
import { EDGE_RULES } from './proxy-edge.js'
import { nginxHints } from './proxy-nginx.js'
import { SERVER_RULES } from './proxy-servers.js'

export const proxyConfiguration: EvidenceReader = {
  id: 'proxy-configuration',
  reads: 'configuration of nginx, HAProxy, Apache, Caddy, Traefik, Envoy, Istio, Kong, Varnish, Squid, CloudFront, Cloudflare and ingress',
  samples: [
    'location /files/ {\n  proxy_pass http://store:9000/;\n  proxy_set_header Host $proxy_host;\n}\n',
    'backend s3\n  http-request set-header Host files.internal\n  server one 10.0.0.5:9000\n',
    'route:\n  cluster: store\n  auto_host_rewrite: true\n',
  ],
  recognize: anyText,
  read({ name, text }: EvidenceSource) {
    return hintsIn(text, name)
  },
}

function hintsIn(text: string, source: string): readonly Observation[] {
  const configuration = withoutComments(withoutBodies(text))
  return [...nginxHints(configuration, source), ...cluesOf(PROXY_RULES, configuration, source)]
}

// Comments say what is not in force. "# Managed-AllViewer" after a setting says what it is, and is kept.
function withoutComments(text: string): string {
  return text.replace(/^[ \t]{0,40}#[^\n]*/gm, blank)
}

export const PROXY_RULES: readonly Rule[] = [...SERVER_RULES, ...CLUSTER_RULES, ...EDGE_RULES]
