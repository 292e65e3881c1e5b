/**
 * Tunnels that lead a public name to a service on another machine, and that can send another Host on the way.
 * @see https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/configure-tunnels/cloudflared-parameters/origin-parameters/#httphostheader
 * @see https://ngrok.com/docs/agent/cli/#ngrok-http
 * @see https://github.com/fatedier/frp#rewriting-the-http-host-header
 * @see https://github.com/localtunnel/localtunnel#arguments
 */
import type { Product } from './directives.js'

export const TUNNELS: readonly Product[] = [
  {
    // https://oauth2-proxy.github.io/oauth2-proxy/configuration/overview
    name: 'oauth2-proxy',
    needs: /pass[-_]host[-_]header/i,
    lines: [['sends-other-host', /(?:--pass-host-header=|\bpass_host_header\s{0,5}[:=]\s{0,5}["']?)false/gi, { name: 'pass-host-header' }]],
  },
  {
    name: 'cloudflared',
    needs: /http[-_]?host[-_]?header/i,
    lines: [['sends-other-host', /--http-host-header[= ]["']?[^\s"'$]/g, { name: '--http-host-header' }]],
    settings: [['sends-other-host', 'httpHostHeader={something}']],
  },
  {
    name: 'ngrok',
    needs: /\bngrok\b/i,
    lines: [['sends-other-host', /--host-header[= ]["']?(?!preserve)[^\s"'$]/g, { name: '--host-header' }]],
    settings: [['sends-other-host', /\bhost_header=(?!preserve)\S/g, { name: 'host_header' }]],
  },
  { name: 'frp', needs: /host_?header_?rewrite/i, settings: [['sends-other-host', 'hostHeaderRewrite={something}']] },
  {
    name: 'localtunnel',
    needs: /\b(?:lt|localtunnel)\b[^\n]{0,200}--local-host/,
    lines: [['sends-other-host', /--local-host[= ]["']?[^\s"'$]/g, { name: '--local-host' }]],
  },
]
