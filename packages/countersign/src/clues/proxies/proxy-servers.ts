/** Rules about proxies that run beside a store: HAProxy, Apache httpd, Caddy, Varnish, Squid, IIS and proxies of Node. */
import type { Rule } from '../rule.js'
import { SIGNED } from './proxy-rule.js'

const HOST = 'host-rewritten'
const CHANGED = 'header-changed-in-transit'
const REMOVED = 'header-removed-in-transit'
const PATH = 'path-rewritten'
const QUERY = 'query-changed-in-transit'

/** @see https://docs.haproxy.org/3.0/configuration.html */
const HAPROXY: readonly Rule[] = [
  {
    id: 'haproxy-host',
    about: HOST,
    strength: 'strong',
    match:
      /^[ \t]*(?:http-request\s{1,10}(?:set|replace)-header|reqirep|reqrep|http-send-name-header)\s{1,10}\^?Host(?=[\s:\\]|$)(?!\s{1,10}%\[req\.hdr\(host\)\]\s{0,10}$)/im,
    message: 'the Host is set anew, and Host is always signed.',
  },
  {
    id: 'haproxy-path',
    about: PATH,
    strength: 'strong',
    match: /^[ \t]*(?:http-request\s{1,10}(?:set|replace)-(?:path|uri|pathq)|req(?:i?)rep\s{1,10}\S{0,40}(?:GET|POST|\\ ))/m,
    message: 'the path is set anew after it was signed.',
  },
  {
    id: 'haproxy-normalize',
    about: 'path-normalized',
    strength: 'strong',
    match: /^[ \t]*http-request\s{1,10}normalize-uri\s{1,10}(?:path|percent)-[\w-]{1,40}/m,
    message: 'normalize-uri changes the path after it was signed.',
  },
  {
    id: 'haproxy-query',
    about: QUERY,
    strength: 'strong',
    match: /^[ \t]*http-request\s{1,10}set-query\b/m,
    message: 'the query is set anew after it was signed.',
  },
  {
    id: 'haproxy-method',
    about: 'method-changed',
    strength: 'strong',
    match: /^[ \t]*http-request\s{1,10}set-method\b/m,
    message: 'the method is set anew after it was signed.',
  },
  {
    id: 'haproxy-header',
    about: CHANGED,
    strength: 'strong',
    match: new RegExp(`^[ \\t]*http-request\\s{1,10}(?:set|add|replace)-(?:header|value)\\s{1,10}(${SIGNED}|authorization)(?=\\s)`, 'im'),
    message: 'the header {1} is set anew.',
    value: 'header',
  },
  {
    id: 'haproxy-removed',
    about: REMOVED,
    strength: 'strong',
    match: new RegExp(`^[ \\t]*(?:http-request\\s{1,10}del-header|reqidel|reqdel)\\s{1,10}\\^?(${SIGNED}|authorization)(?=[\\s:]|$)`, 'im'),
    message: 'the header {1} is removed.',
    value: 'header',
  },
  {
    id: 'haproxy-compression',
    about: CHANGED,
    strength: 'fair',
    match: /^[ \t]*compression\s{1,10}offload\b/m,
    message: 'compression offload takes accept-encoding out of the request.',
  },
]

/** @see https://httpd.apache.org/docs/2.4/mod/mod_proxy.html */
const APACHE: readonly Rule[] = [
  {
    id: 'apache-host-off',
    about: HOST,
    strength: 'strong',
    match: /^[ \t]*ProxyPreserveHost\s{1,10}Off/im,
    message: 'ProxyPreserveHost Off sends the name of the backend as Host.',
  },
  {
    id: 'apache-host-default',
    about: HOST,
    strength: 'fair',
    match: /^[ \t]*(?:ProxyPass(?:Match)?\s{1,10}\S|RewriteRule\s{1,10}\S{1,200}\s{1,10}"?https?:\S{1,300}\s{1,10}\[[^\]]{0,40}\bP\b)/im,
    message: 'ProxyPass without ProxyPreserveHost On sends the name of the backend as Host.',
    unless: /ProxyPreserveHost/i,
  },
  {
    id: 'apache-canon',
    about: 'path-encoded-differently',
    strength: 'fair',
    match: /^[ \t]*ProxyPass(?:Match)?\s{1,10}[^\n]{1,300}/im,
    message: 'ProxyPass without nocanon encodes the path anew.',
    unless: /\bnocanon\b/i,
  },
  {
    id: 'apache-rewrite',
    about: 'path-encoded-differently',
    strength: 'fair',
    match: /^[ \t]*RewriteRule\s{1,10}\S{1,200}\s{1,10}"?(?:https?|balancer):\S{1,300}\s{1,10}\[[^\]]{0,40}\bP\b/im,
    message: 'RewriteRule with [P] passes the path on decoded and encoded anew.',
    unless: /THE_REQUEST/,
  },
  {
    id: 'apache-prefix',
    about: PATH,
    strength: 'fair',
    match: /^[ \t]*ProxyPass\s{1,10}"?(\/[\w.-]{1,60})\/?"?\s{1,10}"?https?:\/\/[^\s/"]{1,200}\/?"?(?=\s|$)/im,
    message: 'ProxyPass takes {1} off the path, and the path is signed.',
  },
  {
    id: 'apache-slashes',
    about: 'path-encoded-differently',
    strength: 'fair',
    match: /^[ \t]*AllowEncodedSlashes\s{1,10}On\b/im,
    message: 'AllowEncodedSlashes On decodes %2F in the path; NoDecode keeps it.',
  },
  {
    id: 'apache-merge',
    about: 'path-normalized',
    strength: 'fair',
    match: /^[ \t]*MergeSlashes\s{1,10}On\b/im,
    message: 'MergeSlashes makes one slash of several.',
  },
  {
    id: 'apache-host',
    about: HOST,
    strength: 'strong',
    match: /^[ \t]*RequestHeader\s{1,10}(?:set|edit)\s{1,10}"?Host\b/im,
    message: 'RequestHeader changes Host.',
  },
  {
    id: 'apache-header',
    about: CHANGED,
    strength: 'strong',
    match: new RegExp(
      `^[ \\t]*RequestHeader\\s{1,10}(?:set|append|add|edit\\*?|merge)\\s{1,10}"?(${SIGNED}|authorization)(?=["\\s])`,
      'im',
    ),
    message: 'RequestHeader changes {1}.',
    value: 'header',
  },
  {
    id: 'apache-removed',
    about: REMOVED,
    strength: 'strong',
    match: new RegExp(`^[ \\t]*RequestHeader\\s{1,10}unset\\s{1,10}"?(${SIGNED})(?=["\\s]|$)`, 'im'),
    message: 'RequestHeader unset removes {1}.',
    value: 'header',
  },
]

/** @see https://caddyserver.com/docs/caddyfile/directives/reverse_proxy */
const CADDY: readonly Rule[] = [
  {
    id: 'caddy-host',
    about: HOST,
    strength: 'strong',
    match: /^[ \t]*header_up\s{1,10}\+?Host\s{1,10}(?!"?\{(?:http\.request\.)?(?:host|hostport)\}"?\s{0,10}$)\S/im,
    message: 'header_up sets the Host anew, and Host is always signed.',
  },
  {
    id: 'caddy-prefix',
    about: PATH,
    strength: 'strong',
    match:
      /^[ \t]*(?:uri\s{1,10}(?:strip_prefix|strip_suffix|replace|path_regexp)\s{1,10}(\/[\w.-]{1,60})?|handle_path\s{1,10}(?:\/[\w.-]{1,60})?|rewrite\s{1,10}(?:\*|\/))/m,
    message: 'the path is changed after it was signed.',
  },
  {
    id: 'caddy-query',
    about: QUERY,
    strength: 'strong',
    match: /^[ \t]*uri\s{1,10}query\s/m,
    message: 'the query is changed after it was signed.',
  },
  {
    id: 'caddy-header',
    about: CHANGED,
    strength: 'fair',
    match: new RegExp(`^[ \\t]*header_up\\s{1,10}\\+?(${SIGNED}|authorization)\\s`, 'im'),
    message: 'header_up changes {1}.',
    value: 'header',
  },
  {
    id: 'caddy-removed',
    about: REMOVED,
    strength: 'fair',
    match: new RegExp(`^[ \\t]*header_up\\s{1,10}-(${SIGNED})(?=\\s|$)`, 'im'),
    message: 'header_up removes {1}.',
    value: 'header',
  },
]

/** @see https://varnish-cache.org/docs/trunk/users-guide/vcl.html */
const VARNISH: readonly Rule[] = [
  {
    id: 'vcl-signs-visitor-host',
    about: HOST,
    strength: 'strong',
    match: /["']host:["']\s{0,5}\+\s{0,5}req\.http\.host/i,
    message: "the Host of the visitor is signed, and the backend's name is what the service checks.",
    unless: /set\s{1,5}(?:be)?req\.http\.host\s{0,5}=/i,
  },
  {
    id: 'vcl-host',
    about: HOST,
    strength: 'fair',
    match: /set\s{1,5}(?:be)?req\.http\.host\s{0,5}=/i,
    message: 'the Host is set anew for the backend, and Host is always signed.',
    unless: /awsrest\.|aws\.v4|sign\w*\(/i,
  },
  {
    id: 'vcl-url',
    about: PATH,
    strength: 'fair',
    match: /set\s{1,5}(?:be)?req\.url\s{0,5}=\s{0,5}(?!std\.querysort|querystring)/i,
    message: 'the URL is changed after it was signed.',
  },
  {
    id: 'vcl-query',
    about: QUERY,
    strength: 'strong',
    match: /querystring\.(?:filter|clean|remove|globfilter|regfilter)\w{0,12}\(/,
    message: 'parameters of the query are taken out after it was signed.',
  },
  {
    id: 'vcl-method',
    about: 'method-changed',
    strength: 'strong',
    match: /set\s{1,5}(?:be)?req\.method\s{0,5}=/i,
    message: 'the method is changed after it was signed.',
  },
  {
    id: 'vcl-header',
    about: CHANGED,
    strength: 'fair',
    match: new RegExp(`(?:\\bset|\\bunset|\\bremove)\\s{1,5}(?:be)?req\\.http\\.(${SIGNED})(?=[\\s;=])`, 'i'),
    message: 'the header {1} is set or removed.',
    value: 'header',
  },
]

/** @see http://www.squid-cache.org/Doc/config/request_header_access/ */
const SQUID: readonly Rule[] = [
  {
    id: 'squid-removed',
    about: REMOVED,
    strength: 'strong',
    match: new RegExp(`^[ \\t]*request_header_access\\s{1,10}(${SIGNED}|authorization|all|other)\\s{1,10}deny\\b`, 'im'),
    message: 'Squid removes the header {1}.',
    value: 'header',
  },
  {
    id: 'squid-replaced',
    about: CHANGED,
    strength: 'strong',
    match: new RegExp(`^[ \\t]*request_header_replace\\s{1,10}(${SIGNED})\\s`, 'im'),
    message: 'Squid replaces the header {1}.',
    value: 'header',
  },
  {
    id: 'squid-host',
    about: HOST,
    strength: 'strong',
    match: /^[ \t]*cache_peer\s[^\n]{0,200}\bforceddomain=/m,
    message: 'forceddomain sends another Host than was signed.',
  },
  {
    id: 'squid-url',
    about: PATH,
    strength: 'fair',
    match: /^[ \t]*url_rewrite_program\s/m,
    message: 'a program changes the URL after it was signed.',
  },
]

const OTHERS: readonly Rule[] = [
  {
    id: 'node-origin',
    about: HOST,
    strength: 'strong',
    match: /\bchangeOrigin["']?\s{0,5}:\s{0,5}true/,
    message: 'changeOrigin sends the name of the target as Host, and Host is always signed.',
    unless: /\baws4\b|SignatureV4|\.sign\(/,
  },
  {
    id: 'node-path',
    about: PATH,
    strength: 'fair',
    match: /\bpathRewrite["']?\s{0,5}:\s{0,5}[{(]/,
    message: 'pathRewrite changes the path after it was signed.',
  },
  {
    id: 'iis-host',
    about: HOST,
    strength: 'strong',
    match: /preserveHostHeader["']?\s{0,3}[:=]\s{0,3}["']?false/i,
    message: 'preserveHostHeader false sends the name of the backend as Host.',
  },
  {
    id: 'app-gateway-host',
    about: HOST,
    strength: 'strong',
    match: /pick_?host_?name_?from_?backend_?(?:address|http_settings)["']?\s{0,5}[:=]\s{0,5}["']?true/i,
    message: 'the gateway sends the name of the backend as Host.',
  },
]

export const SERVER_RULES: readonly Rule[] = [...HAPROXY, ...APACHE, ...CADDY, ...VARNISH, ...SQUID, ...OTHERS]
