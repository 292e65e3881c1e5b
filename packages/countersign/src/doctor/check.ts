/** What the doctor says: a closed list of checks, each with what it looks at. */

/** Every check, in the order of the report. The manual lists them from here. */
export const CHECKS = {
  'clock.offset': 'how far this machine’s clock is off, from all that was measured',
  'clock.window': 'which services would refuse a request for that offset',
  'clock.time-zone': 'whether the offset is the size of a time zone or of summer time',
  'clock.daemon': 'what the daemon that keeps the clock says of it',
  'clock.correction': 'which SDKs correct a wrong clock, and whether that is switched off',
  'credentials.files': 'whether the shared files can be read, and are read alike by every SDK',
  'credentials.environment': 'whether the pair in the environment is whole',
  'credentials.aws-cli-v1': 'which source the AWS CLI v1 takes the keys from',
  'credentials.aws-cli-v2': 'which source the AWS CLI v2 takes the keys from',
  'credentials.botocore': 'which source boto3 and botocore take the keys from',
  'credentials.javascript-v3': 'which source the AWS SDK for JavaScript v3 takes the keys from',
  'credentials.java-v2': 'which source the AWS SDK for Java v2 takes the keys from',
  'credentials.go-v2': 'which source the AWS SDK for Go v2 takes the keys from',
  'credentials.agreement': 'whether all SDKs take the same keys',
  'credentials.shadowed': 'which other keys are passed over',
  'credentials.values': 'whether the values were changed on their way: spaces, quotes, comments, encodings',
  'credentials.token': 'whether the session token belongs to the kind of key',
  'credentials.fingerprint': 'the shape of the keys, and a fingerprint to compare machines by',
  'credentials.identity': 'what the service says to the keys (--online)',
  'credentials.key-status': 'what IAM says of the access key: active, when last used (--online)',
  'credentials.other-sdk': 'what the service says to another SDK with the same keys (--online)',
  'region.chosen': 'which region each SDK takes, and whether they agree',
  'region.form': 'whether the region is written as regions are',
  'region.parity': 'whether the endpoint is signed for that region',
  'endpoint.chosen': 'which endpoint each SDK takes, and whether they agree',
  'endpoint.form': 'whether the endpoint is a plain address',
  'endpoint.variants': 'FIPS, dual-stack and how buckets are addressed',
  'endpoint.checksums': 'whether the SDKs’ checksums suit the endpoint',
  'proxy.settings': 'which proxy the requests go through',
  'proxy.bypass': 'whether addresses of this machine and its metadata are kept away from the proxy',
  'proxy.certificates': 'whose certificates are trusted',
  'versions.aws-cli': 'the AWS CLI that is installed',
  'versions.sdks': 'the SDKs that are installed',
  'versions.defects': 'whether one of them has a known defect in how it signs',
  'versions.instrumentation': 'whether something adds headers to requests before they are signed',
} as const

export type CheckId = keyof typeof CHECKS
export type CheckStatus = 'ok' | 'warn' | 'fail' | 'skipped'
/** The system that a command is for. */
export type System = 'linux' | 'macos' | 'windows'

/** One check, fit to be printed. `detail` has several lines. */
export interface Check {
  readonly id: CheckId
  readonly status: CheckStatus
  readonly summary: string
  readonly detail?: string
  readonly fix?: { readonly command: string; readonly os: System | 'any' }
}

/** A check, its empty members left out. */
export function check(
  id: CheckId,
  status: CheckStatus,
  summary: string,
  { detail = [], fix }: { readonly detail?: readonly string[]; readonly fix?: Check['fix'] | undefined } = {},
): Check {
  return {
    id,
    status,
    summary: summary.slice(0, LONGEST_LINE),
    ...(detail.length > 0 && { detail: bounded(detail).join('\n') }),
    ...(fix !== undefined && { fix }),
  }
}

/** Files may say anything, thousands of times. */
function bounded(lines: readonly string[]): readonly string[] {
  const kept = lines.slice(0, MOST_LINES).map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}...` : line))
  return lines.length > MOST_LINES ? [...kept, `and ${lines.length - MOST_LINES} more`] : kept
}

/** Checks in the order of the list. */
export function inReportOrder(checks: readonly Check[]): readonly Check[] {
  return [...checks].sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id))
}

const ORDER = Object.keys(CHECKS)
const MOST_LINES = 24
const LONGEST_LINE = 500
