/** Settings that repairs speak of, in lower case: where the evidence has one already so, it is not offered once more. */

/** Ones whose value a repair may set. */
const SET = [
  ...['aws_region', 'aws_default_region', 'region', 'region_name', 'minio_site_region', 's3_region', 'minio_region'],
  ...['request_checksum_calculation', 'aws_request_checksum_calculation', 'requestchecksumcalculation'],
  ...['response_checksum_validation', 'aws_response_checksum_validation', 'responsechecksumvalidation'],
  ...['signature_version', 'signatureversion', 'signature_v2', 'addressing_style', 'forcepathstyle', 's3forcepathstyle'],
  ...['force_path_style', 'use_path_style_endpoint', 'use_path_style', 's3forcepathstyle', 'path_style', 'bucket_lookup_type'],
  ...['proxy_set_header', 'proxy_cache_convert_head', 'merge_slashes', 'preserve_host', 'proxypreservehost', 'passhostheader'],
  ...['header_up', 'allowencodedslashes', 'underscores_in_headers', 'host_rewrite_literal', 'correctclockskew', 'maxredirects'],
  ...[
    'chunkedencodingenabled',
    'useChunkEncoding'.toLowerCase(),
    'followregionredirects',
    'unsignableheaders',
    'v2_auth',
    'list_objects_version',
  ],
]

/** Ones that only tell a value. */
export const PROFILE_SETTINGS: ReadonlySet<string> = new Set(['profile', 'aws_profile', 'aws_default_profile', 'profile_name'])
export const UPSTREAM_SETTINGS: ReadonlySet<string> = new Set(['proxy_pass', 'proxypass', 'reverse_proxy'])

/** All settings that are looked for. */
export const SETTING_NAMES: ReadonlySet<string> = new Set([...SET, ...PROFILE_SETTINGS, ...UPSTREAM_SETTINGS])
