import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proxyConfiguration } from '../../../src/clues/proxies/proxy-configuration.ts'
import { read, readerLaws, seenOf } from '../../evidence/reader-laws.ts'

readerLaws(proxyConfiguration)

const hints = (text: string) => seenOf(read(proxyConfiguration, text), 'clue')
/** What a configuration points to with some weight. */
const points = (text: string): string[] => hints(text).flatMap(({ about, strength }) => (strength === 'weak' ? [] : [about]))

/** A configuration that changes what was signed, and its twin that a store works behind. */
const PAIRS: readonly (readonly [points: string, changing: string, twin: string])[] = [
  [
    'host-rewritten',
    'server {\n proxy_set_header Host $http_host;\n location / {\n  proxy_set_header X-Real-IP $remote_addr;\n  proxy_pass http://store;\n }\n}\n',
    'server {\n proxy_set_header Host $http_host;\n location / {\n  client_max_body_size 0;\n  proxy_pass http://store;\n }\n}\n',
  ],
  [
    'host-rewritten',
    'location / { proxy_set_header Host $host; proxy_pass https://examplebucket.s3.amazonaws.com; }\n',
    'location / { proxy_set_header Host examplebucket.s3.amazonaws.com; proxy_set_header Authorization ""; proxy_pass https://examplebucket.s3.amazonaws.com; }\n',
  ],
  [
    'host-port-changed',
    'server { listen 9443 ssl; location / { proxy_set_header Host $host; proxy_pass http://store; } }\n',
    'server { listen 443 ssl; location / { proxy_set_header Host $host; proxy_pass http://store; } }\n',
  ],
  [
    'path-prefix-stripped',
    'location /files/ { proxy_set_header Host $http_host; proxy_pass http://store:9000/; }\n',
    'location /files/ { proxy_set_header Host $http_host; proxy_pass http://store:9000; }\n',
  ],
  [
    'path-encoded-differently',
    'location / { proxy_set_header Host $http_host; proxy_pass http://store$uri$is_args$args; }\n',
    'location / { proxy_set_header Host $http_host; proxy_pass http://store$request_uri; }\n',
  ],
  [
    'header-removed-in-transit',
    'location / { proxy_set_header Host $http_host; proxy_set_header Accept-Encoding ""; proxy_pass http://store; }\n',
    'location / { proxy_set_header Host $http_host; proxy_set_header Connection ""; proxy_pass http://store; }\n',
  ],
  [
    'header-changed-in-transit',
    'location / { proxy_set_header Host $http_host; proxy_set_header Content-Type application/octet-stream; proxy_pass http://store; }\n',
    'location / { proxy_set_header Host $http_host; proxy_set_header Content-Type $http_content_type; proxy_pass http://store; }\n',
  ],
  [
    'host-rewritten',
    'location / { proxy_set_header Host files.example.net; proxy_pass http://store; }\n',
    'js_import gateway from gateway.js;\nlocation / { proxy_set_header Host $store_host; proxy_set_header Authorization $store_auth; proxy_pass https://$store_host; }\n',
  ],
  [
    'path-rewritten',
    'location /media { auth_request /sign; auth_request_set $a $upstream_http_authorization; proxy_set_header Authorization $a; proxy_set_header Host store:9000; proxy_pass http://store:9000/b/; }\n',
    'location /b/ { auth_request /sign; auth_request_set $a $upstream_http_authorization; proxy_set_header Authorization $a; proxy_set_header Host store:9000; proxy_pass http://store:9000; }\n',
  ],
  ['path-prefix-stripped', 'rewrite ^/s3/(.*)$ /$1 break;\n', 'rewrite ^ $request_uri;\n'],
  [
    'host-rewritten',
    'ingress:\n  - service: http://localhost:9000\n    originRequest:\n      httpHostHeader: localhost:9000\n',
    'ingress:\n  - service: http://localhost:9000\n    originRequest:\n      noTLSVerify: true\n',
  ],
  ['query-changed-in-transit', 'ngx.req.set_uri_args(ngx.req.get_uri_args())\n', 'local a = ngx.req.get_uri_args()\n'],
  ['host-rewritten', 'ngx.req.set_header("Host", "store.lan")\n', 'ngx.req.set_header("X-Script", "store.lan")\n'],
  [
    'host-rewritten',
    'oauth2-proxy --upstream=http://store:9000/ --pass-host-header=false\n',
    'oauth2-proxy --upstream=http://store:9000/\n',
  ],
  ['host-rewritten', 'ngrok http 9000 --host-header=rewrite\n', 'ngrok http 9000 --host-header=preserve\n'],
  ['host-rewritten', '[[proxies]]\ntype = "http"\nhostHeaderRewrite = "store.lan"\n', '[[proxies]]\ntype = "http"\nlocalPort = 9000\n'],
  ['host-rewritten', 'lt --port 9000 --local-host store.lan\n', 'lt --port 9000 --subdomain store\n'],
  [
    'host-rewritten',
    'spring.cloud.gateway:\n  routes:\n  - id: s3\n    uri: http://store:9000\n    predicates:\n    - Path=/**\n',
    'spring.cloud.gateway:\n  routes:\n  - id: s3\n    uri: http://store:9000\n    predicates:\n    - Path=/**\n    filters:\n    - PreserveHostHeader\n',
  ],
  [
    'host-rewritten',
    '"ReverseProxy": { "Clusters": { "s3": { "Destinations": { "a": { "Address": "http://store:9000" } } } } }\n',
    '"ReverseProxy": { "Routes": { "s3": { "Transforms": [{ "RequestHeaderOriginalHost": "true" }] } }, "Clusters": { "s3": { "Destinations": { "a": { "Address": "http://store:9000" } } } } }\n',
  ],
  [
    'host-rewritten',
    'routes:\n- from: https://s3.example.net\n  to: http://store:9000\n  pass_identity_headers: true\n',
    'routes:\n- from: https://s3.example.net\n  to: http://store:9000\n  preserve_host_header: true\n  pass_identity_headers: true\n',
  ],
  [
    'path-normalized',
    'meshConfig:\n  istio: x\n  pathNormalization:\n    normalization: DECODE_AND_MERGE_SLASHES\n',
    'meshConfig:\n  istio: x\n  pathNormalization:\n    normalization: BASE\n',
  ],
  [
    'method-changed',
    'location / { proxy_set_header Host $http_host; proxy_cache zone1; proxy_pass http://s; }\n',
    'location / { proxy_set_header Host $http_host; proxy_cache off; proxy_pass http://s; }\n',
  ],
  ['path-prefix-stripped', 'backend s\n  http-request replace-path /s3/(.*) /\\1\n', 'backend s\n  use_backend s3 if { path_beg /s3 }\n'],
  ['path-normalized', 'http-request normalize-uri path-merge-slashes\n', 'http-request normalize-uri query-sort-by-name\n'],
  [
    'host-rewritten',
    'ProxyPass "/" "http://store:9000/" nocanon\n',
    'ProxyPreserveHost On\nAllowEncodedSlashes NoDecode\nProxyPass "/" "http://store:9000/" nocanon\n',
  ],
  [
    'path-encoded-differently',
    'ProxyPreserveHost On\nProxyPass / http://store/\n',
    'ProxyPreserveHost On\nProxyPass / http://store/ nocanon\n',
  ],
  [
    'path-prefix-stripped',
    'ProxyPreserveHost On\nProxyPass /s3 http://store:9000/ nocanon\n',
    'ProxyPreserveHost On\nProxyPass /s3 http://store:9000/s3 nocanon\n',
  ],
  [
    'host-rewritten',
    'reverse_proxy store:9000 {\n  header_up Host {upstream_hostport}\n}\n',
    'reverse_proxy store:9000 {\n  header_up Host {host}\n  header_up X-Real-IP {remote_host}\n}\n',
  ],
  ['host-rewritten', 'loadBalancer:\n  passHostHeader: false\n', 'loadBalancer:\n  passHostHeader: true\n'],
  [
    'path-prefix-stripped',
    '- "traefik.http.middlewares.m.stripprefix.prefixes=/s3"\n',
    '- "traefik.http.routers.m.rule=PathPrefix(`/s3`)"\n',
  ],
  [
    'host-rewritten',
    'route:\n  cluster: s3\n  host_rewrite_literal: store.internal\n',
    'route:\n  cluster: s3\n  auto_host_rewrite: false\n',
  ],
  ['path-normalized', 'normalize_path: true\n', 'normalize_path: false\nmerge_slashes: false\n'],
  [
    'path-prefix-stripped',
    'kind: VirtualService\nhttp:\n- match:\n  - uri:\n      prefix: /s3\n  rewrite:\n    uri: /\n',
    'kind: VirtualService\nhttp:\n- match:\n  - uri:\n      prefix: /s3\n  route:\n  - destination:\n      host: store\n',
  ],
  [
    'host-rewritten',
    'kind: VirtualService\nhttp:\n- rewrite:\n    authority: store.internal\n',
    'kind: VirtualService\nhttp:\n- timeout: 5s\n',
  ],
  ['path-rewritten', 'nginx.ingress.kubernetes.io/rewrite-target: /$2\n', 'nginx.ingress.kubernetes.io/proxy-body-size: "0"\n'],
  [
    'host-rewritten',
    'nginx.ingress.kubernetes.io/upstream-vhost: store.internal\n',
    'nginx.ingress.kubernetes.io/backend-protocol: HTTP\n',
  ],
  [
    'header-changed-in-transit',
    'nginx.ingress.kubernetes.io/configuration-snippet: |\n  proxy_set_header Accept-Encoding gzip;\n',
    'nginx.ingress.kubernetes.io/configuration-snippet: |\n  proxy_set_header X-Script-Name a;\n',
  ],
  [
    'host-rewritten',
    'routes:\n- name: s3\n  preserve_host: false\n  strip_path: false\n',
    'routes:\n- name: s3\n  preserve_host: true\n  strip_path: false\n',
  ],
  ['host-rewritten', 'sub vcl_backend_fetch { set bereq.http.host = "store.internal"; }\n', 'sub vcl_recv { return (pass); }\n'],
  ['header-removed-in-transit', 'sub vcl_recv { unset req.http.Accept-Encoding; }\n', 'sub vcl_recv { unset req.http.Cookie; }\n'],
  ['header-removed-in-transit', 'request_header_access User-Agent deny all\n', 'request_header_access User-Agent allow all\n'],
  [
    'host-rewritten',
    'origin_request_policy_id = "216adef6-5c7f-47e4-b989-5492eafa07d3"\n',
    'origin_request_policy_id = "b689b0a8-53d0-40ab-baf2-68738e2966ac"\n',
  ],
  [
    'host-rewritten',
    '"ForwardedValues": {"Headers": {"Quantity": 1, "Items": ["Host"]}}\n',
    '"ForwardedValues": {"Headers": {"Quantity": 1, "Items": ["Origin"]}}\n',
  ],
  [
    'host-rewritten',
    'resource "cloudflare_ruleset" "o" {\n phase = "http_request_origin"\n action_parameters { host_header = "store.example.net" }\n}\n',
    'resource "cloudflare_ruleset" "o" {\n phase = "http_request_origin"\n action_parameters { origin { port = 9000 } }\n}\n',
  ],
  [
    'host-rewritten',
    "createProxyMiddleware({ target: 'http://store:9000', changeOrigin: true })\n",
    "createProxyMiddleware({ target: 'http://store:9000', changeOrigin: false })\n",
  ],
  ['header-removed-in-transit', 'drop_invalid_header_fields = true\n', 'drop_invalid_header_fields = false\n'],
]

test('what changes a request points to its cause, and the twin that works points nowhere', () => {
  const wrong = PAIRS.flatMap(([cause, changing, twin]) => [
    ...(hints(changing).some(({ about }) => about === cause) ? [] : [`${cause}: ${changing} -> ${points(changing)}`]),
    ...(points(twin).length === 0 ? [] : [`twin of ${cause}: ${twin} -> ${points(twin)}`]),
  ])
  assert.deepEqual(wrong, [])
})

test('the block for a store as its own manual has it points nowhere', () => {
  const block = `upstream store { least_conn; server s1:9000; server s2:9000; }
server {
  listen 80;
  server_name files.example.net;
  ignore_invalid_headers off;   # names with dots and underscores pass
  client_max_body_size 0;
  proxy_buffering off;
  proxy_request_buffering off;
  location / {
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    chunked_transfer_encoding off;
    proxy_pass http://store;
  }
}
`
  assert.deepEqual(points(block), [])
})

test('the prefix that is taken off is named, whatever the notation', () => {
  for (const text of [
    'location /s3/ { proxy_set_header Host $http_host; proxy_pass http://store:9000/; }\n',
    'location ~ ^/s3/(.*)$ { proxy_set_header Host $http_host; proxy_pass http://store:9000/$1; }\n',
    'backend s\n  http-request replace-path /s3/(.*) /\\1\n',
    'routes:\n- match:\n    prefix: "/s3/"\n  route:\n    cluster: store\n    prefix_rewrite: "/"\n',
    '[http.middlewares.m.stripPrefix]\n  prefixes = ["/s3"]\n',
    'metadata:\n  annotations:\n    nginx.ingress.kubernetes.io/rewrite-target: /$2\nspec:\n  rules:\n  - http:\n      paths:\n      - path: /s3(/|$)(.*)\n',
    "createProxyMiddleware({ target: 'http://store:9000', pathRewrite: { '^/s3': '' } })\n",
  ])
    assert.deepEqual(
      hints(text).flatMap(({ about, values }) => (about === 'path-prefix-stripped' ? [values['prefix']] : [])),
      ['/s3'],
      text,
    )
})

test('a header is named, and the hop', () => {
  const [seen] = hints('backend s\n  http-request del-header Accept-Encoding\n')
  assert.deepEqual(seen?.values, { hop: 'HAProxy', header: 'accept-encoding' })
})

test('a value that is set is nowhere', () => {
  for (const text of [
    'RequestHeader set Authorization "Basic c2VjcmV0OnNlY3JldA=="\nProxyPreserveHost On\n',
    'location / { proxy_set_header Host $http_host; proxy_set_header Authorization "Basic c2VjcmV0OnNlY3JldA=="; proxy_pass http://s; }\n',
  ]) {
    assert.equal(hints(text).length, 1)
    assert.ok(!JSON.stringify(hints(text)).includes('c2Vjcm'))
  }
})

test('nginx that sets another Host is named with its line, and with the name that visitors use', () => {
  const [seen] = hints(
    'server {\n  server_name files.example.net;\n  location / {\n    proxy_set_header Host store;\n    proxy_pass http://10.0.0.5;\n  }\n}\n',
  )
  assert.match(seen!.message, /^Line 4: .* store /)
  assert.equal(seen!.values['host'], 'files.example.net')
})

test('a directive in a comment is not in force', () => {
  assert.deepEqual(
    points(
      'location / {\n  # proxy_set_header Host store;\n  proxy_set_header Host $http_host; # rewrite ^/a /b;\n  proxy_pass http://s;\n}\n',
    ),
    [],
  )
})

test('an error body, prose and a request are no configuration', () => {
  for (const text of [
    '<Error><Code>SignatureDoesNotMatch</Code></Error>',
    'We use proxy_pass to reach the store.\n',
    'GET / HTTP/1.1\nHost: store\n',
  ])
    assert.deepEqual(proxyConfiguration.read({ name: 'x', text }), [], text)
})
