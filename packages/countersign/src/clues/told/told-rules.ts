/** The rules about settings and told values that are held against each other: heads only; told-hints.ts finds them. */
import type { About, Strength } from '../../case/index.js'
import { type RuleHead, type Twins, twins } from '../rule.js'

const head = (id: string, about: About, strength: Strength, ...examples: readonly Twins[]): RuleHead => ({
  id,
  about,
  strength,
  ...twins(...examples),
})

/** A store checks with the region that it is set to: https://garagehq.deuxfleurs.fr/documentation/reference-manual/configuration/ */
export const REGION_OF_SERVER = head(
  'region-not-of-server',
  'region-mismatch',
  'strong',
  "s3 = boto3.client('s3', endpoint_url='http://nas.lan:3900', region_name='eu-west-1')\n# garage.toml\n[s3_api]\ns3_region = \"«garage → eu-west-1»\"\n",
  'AWS_REGION=eu-west-2\nMINIO_SITE_REGION=eu-west-«1 → 2»\n',
)
/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html: what the list names has to be sent as it was signed. */
export const PRESIGNED_WITH_HEADER = head(
  'presigned-with-header',
  'header-removed-in-transit',
  'fair',
  'The URL has X-Amz-SignedHeaders=host«%3Brange → » and seeking in the video is refused.\n',
)
/** https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding: a hop may negotiate its own coding. */
export const SIGNS_REWRITTEN = head(
  'list-names-rewritten',
  'header-changed-in-transit',
  'fair',
  'SignedHeaders=«accept-encoding;host → host» and the store says 403.\n',
  'SignedHeaders=host;«user-agent;x-amz-date → x-amz-date» and the store says 403.\n',
)
/** https://www.rfc-editor.org/rfc/rfc9110#name-connection: every hop sets these for itself. */
export const SIGNS_HEADER_OF_HOP = head(
  'list-names-header-of-hop',
  'header-of-hop-signed',
  'fair',
  'SignedHeaders=«expect; → »host;x-amz-date and the store says 403.\n',
)
export const SIGNED_HEADER_SEEN_OTHERWISE = head(
  'call-header-seen-otherwise',
  'header-changed-in-transit',
  'strong',
  "signRequest({ method: 'POST', headers: { 'Content-Type': 'application/json' } })\nPOST /a HTTP/1.1\nHost: b.example\nContent-Type: application/json«;charset=utf-8 → »\nX-Amz-Date: 20240713T151841Z\n\n",
)
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html: five minutes, S3: fifteen. */
export const TIMES_TOLD = head(
  'times-told-apart',
  'clock-skewed',
  'strong',
  'We sent X-Amz-Date: 20240713T151841Z, the answer says 20240713T15«36 → 18»41Z.\n',
)
export const CLOCK_OF_MACHINE = head(
  'clock-of-machine',
  'clock-skewed',
  'strong',
  'System time     : «412.803711534 → 0.000711534» seconds slow of NTP time\nLeap status     : Normal\n',
  '               Local time: Tue 2026-02-03 11:11:12 CET\nSystem clock synchronized: «no → yes»\n',
)
export const SECRET_IN_CONNECTION = head(
  'secret-in-connection-string',
  'secret-url-encoded',
  'strong',
  'jdbc:iampostgresql://db.example/app?awsRegion=eu-west-1&aws«SecretAccessKey → Profile»=EXAMPLE/secret\n',
)
/** A secret access key of AWS has 40 characters. */
export const SECRET_LENGTH = head(
  'secret-length-measured',
  'secret.mangled',
  'strong',
  'AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\n$ printf %s "$AWS_SECRET_ACCESS_KEY" | wc -c\n4«1 → 0»\n',
)
export const FAILS_WITH_REDIRECT = head(
  'fails-with-redirect',
  'redirect-followed',
  'strong',
  'Only requests for which the function returns a «302 → 201» fail; all others are fine.\n',
)

export const TOLD_RULES: readonly RuleHead[] = [
  REGION_OF_SERVER,
  PRESIGNED_WITH_HEADER,
  SIGNS_REWRITTEN,
  SIGNS_HEADER_OF_HOP,
  SIGNED_HEADER_SEEN_OTHERWISE,
  TIMES_TOLD,
  CLOCK_OF_MACHINE,
  SECRET_IN_CONNECTION,
  SECRET_LENGTH,
  FAILS_WITH_REDIRECT,
]
