/** Rules about settings that decide how a tool signs: version, addressing, checksums, endpoints. */
import type { HintRule } from '../rule.js'

function rule(
  id: string,
  hint: string,
  weight: number,
  pattern: RegExp,
  why: string,
  more: Pick<HintRule, 'needs' | 'unless' | 'value'> = {},
): HintRule {
  return { id, hint, weight, pattern, why, ...more }
}

export const SIGNING_SETTINGS: readonly HintRule[] = [
  rule(
    'setting-version-2',
    'algorithm.version',
    0.6,
    /^[ \t]{0,20}(?:signature_v2|v2_auth)\s{0,5}=\s{0,5}["']?true|^[ \t]{0,20}["']?(?:s3_)?signature_?version["']?\s{0,5}[:=]\s{0,5}["']?(?:s3|v2|2|s3v2)["']?\s{0,5}[,;\r]?$|"api"\s{0,5}:\s{0,5}"S3v2"|signing-algorithm[^\n]{0,40}\bS3SignerType\b|^[ \t]{0,20}sigv2\s{0,5}$/im,
    'a setting asks for signature version 2.',
  ),
  rule(
    'setting-checksum',
    'payload.chunked',
    0.4,
    /\b(?:request_checksum_calculation|AWS_REQUEST_CHECKSUM_CALCULATION)["']?\s{0,5}[:=]\s{0,5}["']?when_supported/i,
    'a setting asks for checksums with every upload, which servers other than S3 may not know.',
    { needs: /endpoint_?url|AWS_ENDPOINT_URL/i },
  ),
  rule(
    'setting-addressing',
    'bucket-in-path',
    0.4,
    /\bpath[._]style[._]access["'<]?(?:\s{0,5}[:=]\s{0,5}|\/?[^\n]{0,20}<value>)["']?false|\bforce_path_style\s{0,5}=\s{0,5}["']?false/i,
    'the bucket is put into the host, which servers other than S3 may take for a part of the path.',
    { needs: /endpoint/i },
  ),
  rule(
    'setting-host-bucket',
    'bucket-in-path',
    0.42,
    /^[ \t]{0,20}host_bucket\s{0,5}=\s{0,5}(?!%\(bucket\)s)[^\s%]{3,200}[ \t\r]{0,5}$/im,
    'host_bucket names no bucket, so s3cmd puts the bucket into the path.',
    { needs: /^[ \t]{0,20}host_base\s{0,5}=\s{0,5}[^\n]{0,60}amazonaws/im },
  ),
  rule(
    'setting-proxy',
    'header.changed',
    0.3,
    /^[ \t]{0,20}(?:export )?(?:proxy_host|https?_proxy|HTTPS?_PROXY)\s{0,5}=\s{0,5}["']?[\w.:/-]{4,200}/m,
    'requests go through a proxy, which may change headers.',
  ),
]
