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

/** Ones of which a cause knows the value that is wrong, and the right one. */
export type SettingSet = 'region' | 'service' | 'expires'
export const SETTINGS_SET: Readonly<Record<SettingSet, ReadonlySet<string>>> = {
  region: new Set([
    ...['region', 'region_name', 'regionname', 'aws_region', 'aws_default_region', 'aws.region', 'awsregion', 'default_region'],
    ...['s3_region', 's3.region', 'bucket_location', 'aws_s3_region_name', 'signing_region', 'fs.s3a.endpoint.region', 'minio_location'],
  ]),
  service: new Set(['service', 'service_name', 'servicename', 'signing_name', 'signingname', 'aws_service']),
  expires: new Set(['expiresin', 'expires_in', 'expires-in', 'expires']),
}

/** Ones that only tell a value. */
export const PROFILE_SETTINGS: ReadonlySet<string> = new Set(['profile', 'aws_profile', 'aws_default_profile', 'profile_name'])
export const UPSTREAM_SETTINGS: ReadonlySet<string> = new Set(['proxy_pass', 'proxypass', 'reverse_proxy'])

/** All settings that a repair may make, or fill a value from. */
export const SETTING_NAMES: ReadonlySet<string> = new Set([...SET, ...PROFILE_SETTINGS, ...UPSTREAM_SETTINGS])

/** All settings that are looked for in evidence. */
export const SETTINGS_READ: ReadonlySet<string> = new Set([...SETTING_NAMES, ...Object.values(SETTINGS_SET).flatMap((names) => [...names])])
