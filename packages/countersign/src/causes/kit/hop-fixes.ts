/**
 * How each proxy passes on what was signed, by its own setting. The first of a proxy is what its documentation names for it.
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#custom-nginx-upstream-vhost
 * @see https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypreservehost
 * @see https://caddyserver.com/docs/caddyfile/directives/reverse_proxy#headers
 * @see https://doc.traefik.io/traefik/routing/services/#pass-host-header
 * @see https://developer.konghq.com/gateway/entities/route/
 * @see http://www.squid-cache.org/Doc/config/http_port/
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ProxyPathNormalization
 */
import type { Subject } from '../../catalog/index.js'
import type { Fix } from './explanation.js'

type Row = readonly [of: Subject, title: string, command?: string]

function fixesOf(rows: readonly Row[]): readonly Fix[] {
  return rows.map(([of, title, command]) => ({
    title,
    applicability: 'maybe',
    ...(command !== undefined && { command }),
    appliesTo: [of],
  }))
}

const HOST = 'pass the signed Host header on'
/** Before those of nginx, which fit it too. */
export const HOST_KEPT_BY_INGRESS: readonly Fix[] = fixesOf([
  ['ingress-nginx', `${HOST}: ingress-nginx does so without this annotation`, 'remove nginx.ingress.kubernetes.io/upstream-vhost'],
])

/** Host arrives as it was signed. */
export const HOST_KEPT: readonly Fix[] = fixesOf([
  ['apache', HOST, 'ProxyPreserveHost On'],
  ['caddy', `${HOST}, with its port`, 'reverse_proxy <upstream> { header_up Host {hostport} }'],
  ['haproxy', `${HOST}: HAProxy does so once no rule sets it`, 'remove http-request set-header Host'],
  ['istio', `${HOST}: take "authority" out of the rewrite`, 'http: [{ route: [...] }]  # without rewrite.authority'],
  ['gateway-api', `${HOST}: take hostname out of the filter URLRewrite`, 'urlRewrite: {}  # without hostname'],
  ['kong', HOST, 'preserve_host: true'],
  ['apisix', HOST, 'pass_host: pass'],
  ['tyk', HOST, 'preserve_host_header: true'],
  ['dev-proxy', HOST, 'changeOrigin: false'],
  ['squid', HOST, 'http_port 80 accel vhost  # and no forceddomain= in cache_peer'],
  ['traefik', HOST, 'traefik.http.services.<service>.loadbalancer.passhostheader=true'],
  ['cloudflare', `${HOST}: take the Host header override out of the origin rule`],
  ['cloudflared', `${HOST}: cloudflared does so without httpHostHeader`, 'originRequest: {}  # without httpHostHeader'],
  [
    'iis',
    `${HOST}: ARR does so with this setting`,
    'appcmd.exe set config -section:system.webServer/proxy /preserveHostHeader:"True" /commit:apphost',
  ],
  ['app-gateway', `${HOST}: take the override out of the backend settings`, 'pickHostNameFromBackendAddress: false'],
  ['oauth2-proxy', HOST, '--pass-host-header=true'],
  ['ngrok', `${HOST}: ngrok does so without --host-header`, 'ngrok http <port>  # without --host-header'],
  ['frp', `${HOST}: frp does so without hostHeaderRewrite`, 'remove hostHeaderRewrite'],
  ['spring-gateway', HOST, 'filters: [PreserveHostHeader]'],
  ['yarp', HOST, '"Transforms": [{ "RequestHeaderOriginalHost": "true" }]'],
  [
    'tunnel',
    'sign for the real host, and let its name lead to the tunnel on this machine; use the same port at both ends',
    'echo "127.0.0.1 <host>" | sudo tee -a /etc/hosts',
  ],
])

const OWN_HOST = 'give the service its own host name, so that nothing has to be taken off'
/** The front of the path arrives. A server of S3 takes it for the bucket, so that a host name comes first. */
export const PREFIX_KEPT: readonly Fix[] = fixesOf([
  ['ingress-nginx', OWN_HOST, 'rules: [{ host: s3.<domain>, http: { paths: [{ path: /, ... }] } }]  # without rewrite-target'],
  ['traefik', OWN_HOST, 'rule=Host(`s3.<domain>`)  # and no stripPrefix middleware'],
  ['nginx', OWN_HOST, 'server { server_name s3.<domain>; location / { proxy_set_header Host $http_host; proxy_pass http://<upstream>; } }'],
  ['caddy', OWN_HOST, 's3.<domain> { reverse_proxy <upstream> }'],
  ['apache', OWN_HOST, '<VirtualHost *:443> ServerName s3.<domain> ... ProxyPass / http://<upstream>/ nocanon'],
  ['haproxy', OWN_HOST, 'use_backend s3 if { hdr(host) -i s3.<domain> }  # and no replace-path'],
  ['kong', 'pass the path and the Host header on as they came', 'strip_path: false, preserve_host: true'],
  ['apisix', OWN_HOST, 'hosts: [s3.<domain>], uri: /*  # and no regex_uri'],
  ['tyk', 'pass the path and the Host header on as they came', 'strip_listen_path: false, preserve_host_header: true'],
  ['istio', OWN_HOST, 'hosts: [s3.<domain>]  # and no rewrite.uri'],
  ['envoy', OWN_HOST, 'domains: ["s3.<domain>"]  # and no prefix_rewrite'],
])

/** For every proxy, where the evidence names one that stands in between. */
export const ESCAPES_KEPT_BY_HOP: Fix = {
  title: 'let the proxy in between pass the path on byte for byte: it decodes the path, or encodes it again',
  applicability: 'maybe',
}

const PATH = 'pass the path on with the escapes that it came with'
/** The escapes of the path arrive. */
export const ESCAPES_KEPT: readonly Fix[] = fixesOf([
  ['ingress-nginx', `${PATH}: no rewrite-target and no regular expression in the path`, 'path: /  # pathType: Prefix'],
  ['nginx', `${PATH}: no path and no variable but $request_uri after the upstream`, 'proxy_pass http://<upstream>$request_uri;'],
  ['apache', PATH, 'AllowEncodedSlashes NoDecode  # and: ProxyPass / http://<upstream>/ nocanon'],
  ['istio', PATH, 'meshConfig: { pathNormalization: { normalization: NONE } }'],
  ['envoy', PATH, 'path_with_escaped_slashes_action: KEEP_UNCHANGED, normalize_path: false'],
  ['haproxy', PATH, 'remove http-request normalize-uri and set-path'],
])

/** Slashes and dot segments arrive. */
export const SLASHES_KEPT: readonly Fix[] = fixesOf([
  ['istio', PATH, 'meshConfig: { pathNormalization: { normalization: NONE } }'],
  ['envoy', PATH, 'merge_slashes: false, normalize_path: false'],
  ['traefik', PATH, 'entryPoints: { websecure: { http: { sanitizePath: false } } }'],
])

const UNDERSCORES = 'let headers with "_" in their name pass: it drops them by default'
/**
 * Headers with an underscore in their name arrive.
 * @see https://nginx.org/en/docs/http/ngx_http_core_module.html#underscores_in_headers
 */
export const UNDERSCORES_KEPT: readonly Fix[] = fixesOf([
  ['ingress-nginx', UNDERSCORES, 'enable-underscores-in-headers: "true"'],
  ['nginx', UNDERSCORES, 'underscores_in_headers on;'],
  ['envoy', 'let headers with "_" in their name pass', 'headers_with_underscores_action: ALLOW'],
])

const METHOD = 'pass HEAD on as it came: a cache that stores the answer asks with GET'
/** The method arrives. */
export const METHOD_KEPT: readonly Fix[] = fixesOf([
  ['varnish', METHOD, 'if (req.method == "HEAD") { return (pass); }  # in vcl_recv'],
  ['nginx', METHOD, 'proxy_cache_convert_head off;'],
])

const QUERY = 'pass the query on as it came'
/** The query arrives. */
export const QUERY_KEPT: readonly Fix[] = fixesOf([
  ['nginx', `${QUERY}: without "set $args", and with no variable but $request_uri after the upstream`, 'proxy_pass http://<upstream>;'],
  ['haproxy', QUERY, 'remove http-request set-query'],
  ['kong', QUERY, 'take querystring out of request-transformer'],
  ['fastly', `${QUERY}: no querystring function on req.url`],
  ['cloudfront', `${QUERY}: forward all query strings to the origin`, 'query_string_behavior = "all"'],
  ['varnish', QUERY, 'no regsub and std.querysort of bereq.url'],
])

const RULE = 'take the rule out that removes or sets the header'
/** Headers arrive. */
export const HEADERS_KEPT: readonly Fix[] = fixesOf([
  ['varnish', RULE, 'no unset or set of bereq.http.<header>'],
  ['haproxy', RULE, 'no http-request del-header, set-header or replace-header of <header>'],
  ['apache', RULE, 'no RequestHeader unset or set of <header>'],
  ['squid', RULE, 'request_header_access <header> allow all'],
  ['inspector', 'let the inspecting proxy pass the service by: put its host on the list that is not decrypted', 'NO_PROXY=.amazonaws.com'],
  ['cloudflare', 'let the name resolve to the server and not to Cloudflare: "DNS only" (grey cloud) in its DNS record'],
])
