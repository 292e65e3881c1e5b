/** Rules about settings that decide how a tool signs: version, addressing, checksums, endpoints. */
import type { Rule } from '../rule.js'

export const SIGNING_SETTINGS: readonly Rule[] = [
  {
    id: 'setting-version-2',
    about: 'algorithm.version',
    strength: 'fair',
    match:
      /^[ \t]{0,20}(?:signature_v2|v2_auth)\s{0,5}=\s{0,5}["']?true|^[ \t]{0,20}["']?(?:s3_)?signature_?version["']?\s{0,5}[:=]\s{0,5}["']?(?:s3|v2|2|s3v2)["']?\s{0,5}[,;\r]?$|"api"\s{0,5}:\s{0,5}"S3v2"|signing-algorithm[^\n]{0,40}\bS3SignerType\b|^[ \t]{0,20}sigv2\s{0,5}$/im,
    message: 'a setting asks for signature version 2.',
  },
  {
    id: 'setting-checksum',
    about: 'payload.chunked',
    strength: 'fair',
    match: /\b(?:request_checksum_calculation|AWS_REQUEST_CHECKSUM_CALCULATION)["']?\s{0,5}[:=]\s{0,5}["']?when_supported/i,
    message: 'a setting asks for checksums with every upload, which servers other than S3 may not know.',
    needs: /endpoint_?url|AWS_ENDPOINT_URL/i,
  },
  {
    id: 'setting-addressing',
    about: 'bucket-in-path',
    strength: 'fair',
    match:
      /\bpath[._]style[._]access["'<]?(?:\s{0,5}[:=]\s{0,5}|\/?[^\n]{0,20}<value>)["']?false|\bforce_path_style\s{0,5}=\s{0,5}["']?false/i,
    message: 'the bucket is put into the host, which servers other than S3 may take for a part of the path.',
    needs: /endpoint/i,
  },
  {
    id: 'setting-host-bucket',
    about: 'bucket-in-path',
    strength: 'fair',
    match: /^[ \t]{0,20}host_bucket\s{0,5}=\s{0,5}(?!%\(bucket\)s)[^\s%]{3,200}[ \t\r]{0,5}$/im,
    message: 'host_bucket names no bucket, so s3cmd puts the bucket into the path.',
    needs: /^[ \t]{0,20}host_base\s{0,5}=\s{0,5}[^\n]{0,60}amazonaws/im,
  },
  {
    id: 'setting-proxy',
    about: 'header.changed',
    strength: 'weak',
    match: /^[ \t]{0,20}(?:export )?(?:proxy_host|https?_proxy|HTTPS?_PROXY)\s{0,5}=\s{0,5}["']?[\w.:/-]{4,200}/m,
    message: 'requests go through a proxy, which may change headers.',
  },
]
