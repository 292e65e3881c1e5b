/** Rules about proxies that run beside a store: HAProxy, Apache httpd, Caddy, Varnish, Squid, IIS and proxies of Node. */
import type { HintRule } from '../rule.js'
import { proxyRule as rule, SIGNED } from './proxy-rule.js'

const HOST = 'host-rewritten'
const CHANGED = 'header-changed-in-transit'
const REMOVED = 'header-removed-in-transit'
const PATH = 'path-rewritten'
const QUERY = 'query-changed-in-transit'

/** @see https://docs.haproxy.org/3.0/configuration.html */
const HAPROXY: readonly HintRule[] = [
  rule(
    'haproxy-host',
    HOST,
    0.75,
    /^[ \t]*(?:http-request\s{1,10}(?:set|replace)-header|reqirep|reqrep|http-send-name-header)\s{1,10}\^?Host(?=[\s:\\]|$)(?!\s{1,10}%\[req\.hdr\(host\)\]\s{0,10}$)/im,
    'the Host is set anew, and Host is always signed.',
  ),
  rule(
    'haproxy-path',
    PATH,
    0.7,
    /^[ \t]*(?:http-request\s{1,10}(?:set|replace)-(?:path|uri|pathq)|req(?:i?)rep\s{1,10}\S{0,40}(?:GET|POST|\\ ))/m,
    'the path is set anew after it was signed.',
  ),
  rule(
    'haproxy-normalize',
    'path-normalized',
    0.65,
    /^[ \t]*http-request\s{1,10}normalize-uri\s{1,10}(?:path|percent)-[\w-]{1,40}/m,
    'normalize-uri changes the path after it was signed.',
  ),
  rule('haproxy-query', QUERY, 0.7, /^[ \t]*http-request\s{1,10}set-query\b/m, 'the query is set anew after it was signed.'),
  rule('haproxy-method', 'method-changed', 0.7, /^[ \t]*http-request\s{1,10}set-method\b/m, 'the method is set anew after it was signed.'),
  rule(
    'haproxy-header',
    CHANGED,
    0.7,
    new RegExp(`^[ \\t]*http-request\\s{1,10}(?:set|add|replace)-(?:header|value)\\s{1,10}(${SIGNED}|authorization)(?=\\s)`, 'im'),
    'the header {1} is set anew.',
    { value: 'header' },
  ),
  rule(
    'haproxy-removed',
    REMOVED,
    0.7,
    new RegExp(`^[ \\t]*(?:http-request\\s{1,10}del-header|reqidel|reqdel)\\s{1,10}\\^?(${SIGNED}|authorization)(?=[\\s:]|$)`, 'im'),
    'the header {1} is removed.',
    { value: 'header' },
  ),
  rule(
    'haproxy-compression',
    CHANGED,
    0.5,
    /^[ \t]*compression\s{1,10}offload\b/m,
    'compression offload takes accept-encoding out of the request.',
  ),
]

/** @see https://httpd.apache.org/docs/2.4/mod/mod_proxy.html */
const APACHE: readonly HintRule[] = [
  rule(
    'apache-host-off',
    HOST,
    0.7,
    /^[ \t]*ProxyPreserveHost\s{1,10}Off/im,
    'ProxyPreserveHost Off sends the name of the backend as Host.',
  ),
  rule(
    'apache-host-default',
    HOST,
    0.55,
    /^[ \t]*(?:ProxyPass(?:Match)?\s{1,10}\S|RewriteRule\s{1,10}\S{1,200}\s{1,10}"?https?:\S{1,300}\s{1,10}\[[^\]]{0,40}\bP\b)/im,
    'ProxyPass without ProxyPreserveHost On sends the name of the backend as Host.',
    { unless: /ProxyPreserveHost/i },
  ),
  rule(
    'apache-canon',
    'path-encoded-differently',
    0.45,
    /^[ \t]*ProxyPass(?:Match)?\s{1,10}[^\n]{1,300}/im,
    'ProxyPass without nocanon encodes the path anew.',
    { unless: /\bnocanon\b/i },
  ),
  rule(
    'apache-rewrite',
    'path-encoded-differently',
    0.5,
    /^[ \t]*RewriteRule\s{1,10}\S{1,200}\s{1,10}"?(?:https?|balancer):\S{1,300}\s{1,10}\[[^\]]{0,40}\bP\b/im,
    'RewriteRule with [P] passes the path on decoded and encoded anew.',
    { unless: /THE_REQUEST/ },
  ),
  rule(
    'apache-prefix',
    PATH,
    0.55,
    /^[ \t]*ProxyPass\s{1,10}"?(\/[\w.-]{1,60})\/?"?\s{1,10}"?https?:\/\/[^\s/"]{1,200}\/?"?(?=\s|$)/im,
    'ProxyPass takes {1} off the path, and the path is signed.',
  ),
  rule(
    'apache-slashes',
    'path-encoded-differently',
    0.5,
    /^[ \t]*AllowEncodedSlashes\s{1,10}On\b/im,
    'AllowEncodedSlashes On decodes %2F in the path; NoDecode keeps it.',
  ),
  rule('apache-merge', 'path-normalized', 0.5, /^[ \t]*MergeSlashes\s{1,10}On\b/im, 'MergeSlashes makes one slash of several.'),
  rule('apache-host', HOST, 0.7, /^[ \t]*RequestHeader\s{1,10}(?:set|edit)\s{1,10}"?Host\b/im, 'RequestHeader changes Host.'),
  rule(
    'apache-header',
    CHANGED,
    0.65,
    new RegExp(`^[ \\t]*RequestHeader\\s{1,10}(?:set|append|add|edit\\*?|merge)\\s{1,10}"?(${SIGNED}|authorization)(?=["\\s])`, 'im'),
    'RequestHeader changes {1}.',
    { value: 'header' },
  ),
  rule(
    'apache-removed',
    REMOVED,
    0.65,
    new RegExp(`^[ \\t]*RequestHeader\\s{1,10}unset\\s{1,10}"?(${SIGNED})(?=["\\s]|$)`, 'im'),
    'RequestHeader unset removes {1}.',
    { value: 'header' },
  ),
]

/** @see https://caddyserver.com/docs/caddyfile/directives/reverse_proxy */
const CADDY: readonly HintRule[] = [
  rule(
    'caddy-host',
    HOST,
    0.7,
    /^[ \t]*header_up\s{1,10}\+?Host\s{1,10}(?!"?\{(?:http\.request\.)?(?:host|hostport)\}"?\s{0,10}$)\S/im,
    'header_up sets the Host anew, and Host is always signed.',
  ),
  rule(
    'caddy-prefix',
    PATH,
    0.7,
    /^[ \t]*(?:uri\s{1,10}(?:strip_prefix|strip_suffix|replace|path_regexp)\s{1,10}(\/[\w.-]{1,60})?|handle_path\s{1,10}(?:\/[\w.-]{1,60})?|rewrite\s{1,10}(?:\*|\/))/m,
    'the path is changed after it was signed.',
  ),
  rule('caddy-query', QUERY, 0.65, /^[ \t]*uri\s{1,10}query\s/m, 'the query is changed after it was signed.'),
  rule(
    'caddy-header',
    CHANGED,
    0.6,
    new RegExp(`^[ \\t]*header_up\\s{1,10}\\+?(${SIGNED}|authorization)\\s`, 'im'),
    'header_up changes {1}.',
    { value: 'header' },
  ),
  rule('caddy-removed', REMOVED, 0.6, new RegExp(`^[ \\t]*header_up\\s{1,10}-(${SIGNED})(?=\\s|$)`, 'im'), 'header_up removes {1}.', {
    value: 'header',
  }),
]

/** @see https://varnish-cache.org/docs/trunk/users-guide/vcl.html */
const VARNISH: readonly HintRule[] = [
  rule(
    'vcl-signs-visitor-host',
    HOST,
    0.75,
    /["']host:["']\s{0,5}\+\s{0,5}req\.http\.host/i,
    "the Host of the visitor is signed, and the backend's name is what the service checks.",
    { unless: /set\s{1,5}(?:be)?req\.http\.host\s{0,5}=/i },
  ),
  rule(
    'vcl-host',
    HOST,
    0.6,
    /set\s{1,5}(?:be)?req\.http\.host\s{0,5}=/i,
    'the Host is set anew for the backend, and Host is always signed.',
    {
      unless: /awsrest\.|aws\.v4|sign\w{0,40}\(/i,
    },
  ),
  rule(
    'vcl-url',
    PATH,
    0.6,
    /set\s{1,5}(?:be)?req\.url\s{0,5}=\s{0,5}(?!std\.querysort|querystring)/i,
    'the URL is changed after it was signed.',
  ),
  rule(
    'vcl-query',
    QUERY,
    0.65,
    /querystring\.(?:filter|clean|remove|globfilter|regfilter)\w{0,12}\(/,
    'parameters of the query are taken out after it was signed.',
  ),
  rule('vcl-method', 'method-changed', 0.65, /set\s{1,5}(?:be)?req\.method\s{0,5}=/i, 'the method is changed after it was signed.'),
  rule(
    'vcl-header',
    CHANGED,
    0.55,
    new RegExp(`(?:\\bset|\\bunset|\\bremove)\\s{1,5}(?:be)?req\\.http\\.(${SIGNED})(?=[\\s;=])`, 'i'),
    'the header {1} is set or removed.',
    { value: 'header' },
  ),
]

/** @see http://www.squid-cache.org/Doc/config/request_header_access/ */
const SQUID: readonly HintRule[] = [
  rule(
    'squid-removed',
    REMOVED,
    0.65,
    new RegExp(`^[ \\t]*request_header_access\\s{1,10}(${SIGNED}|authorization|all|other)\\s{1,10}deny\\b`, 'im'),
    'Squid removes the header {1}.',
    { value: 'header' },
  ),
  rule(
    'squid-replaced',
    CHANGED,
    0.65,
    new RegExp(`^[ \\t]*request_header_replace\\s{1,10}(${SIGNED})\\s`, 'im'),
    'Squid replaces the header {1}.',
    { value: 'header' },
  ),
  rule('squid-host', HOST, 0.7, /^[ \t]*cache_peer\s[^\n]{0,200}\bforceddomain=/m, 'forceddomain sends another Host than was signed.'),
  rule('squid-url', PATH, 0.45, /^[ \t]*url_rewrite_program\s/m, 'a program changes the URL after it was signed.'),
]

const OTHERS: readonly HintRule[] = [
  rule(
    'node-origin',
    HOST,
    0.65,
    /\bchangeOrigin["']?\s{0,5}:\s{0,5}true/,
    'changeOrigin sends the name of the target as Host, and Host is always signed.',
    { unless: /\baws4\b|SignatureV4|\.sign\(/ },
  ),
  rule('node-path', PATH, 0.55, /\bpathRewrite["']?\s{0,5}:\s{0,5}[{(]/, 'pathRewrite changes the path after it was signed.'),
  rule(
    'iis-host',
    HOST,
    0.65,
    /preserveHostHeader["']?\s{0,3}[:=]\s{0,3}["']?false/i,
    'preserveHostHeader false sends the name of the backend as Host.',
  ),
  rule(
    'app-gateway-host',
    HOST,
    0.65,
    /pick_?host_?name_?from_?backend_?(?:address|http_settings)["']?\s{0,5}[:=]\s{0,5}["']?true/i,
    'the gateway sends the name of the backend as Host.',
  ),
]

export const SERVER_RULES: readonly HintRule[] = [...HAPROXY, ...APACHE, ...CADDY, ...VARNISH, ...SQUID, ...OTHERS]
