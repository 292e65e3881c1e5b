/**
 * A change of a client that lies between a release that works and one that is refused: "1.35.99 works, 1.36.0 fails", a difference
 * of lock files, "since the upgrade from a to b". Only where the change concerns such requests does it say much. It proves nothing.
 */
import { anyText, clueAt, type EvidenceReader, type EvidenceSource, type Observation } from '../../case/index.js'
import { CLIENT_CHANGES, type ClientChange, type ClientRelease, SUBJECTS } from '../../catalog/index.js'
import { pattern } from '../prose/pattern.js'
import { STORE } from '../prose/words.js'
import { MOST_SCANNED, type RuleHead, said, type Twins, twins, withoutBodies } from '../rule.js'
import { compareVersions, type VersionSide, versionSides } from './version-sides.js'

export const clientVersions: EvidenceReader = {
  id: 'client-versions',
  reads:
    'releases of clients that work and that are refused, in sentences, tables and differences of lock files, and what changed between them',
  samples: [
    'Uploads to MinIO work with boto3 1.35.99, and fail with boto3 1.36.0.\n',
    '-    "@aws-sdk/client-s3": "^3.700.0",\n+    "@aws-sdk/client-s3": "^3.740.0",\nEvery upload to the store is refused.\n',
  ],
  recognize: anyText,
  read({ name, text }: EvidenceSource) {
    return [...cluesIn(withoutBodies(text.slice(0, MOST_SCANNED)), name)]
  },
}

const EXAMPLES: Readonly<Record<string, readonly Twins[]>> = {
  'default-checksums': [
    'Uploads to our Garage work with boto3 1.3«5.80 → 6.3», they fail with boto3 1.3«6.2 → 7.1».\n',
    '-boto3==1.35.«90 → 2»\n+boto3==1.3«7.0 → 5.90»\n\nput_object is refused.\n',
    'Since we moved service/s3 from v1.7«1.0 → 4.0» to v1.78.2 every upload is refused.\n',
    'boto3==1.36.2: put_object says SignatureDoesNotMatch.\n\nboto3==1.35.99 «works → fails».\n',
    'Downgrading aws-cli to 2.«22 → 30».4 helps: s3 cp works again.\n',
  ],
  'transfer-encoding-unsigned': ['Behind nginx botocore 1.3«5.99 → 6.8» fails, botocore 1.36.9 works.\n'],
  'hop-headers-unsigned': ['With Connection: close botocore 1.42.«60 → 62» is refused and botocore 1.42.70 works.\n'],
  'path-sanitized': ['Keys with // are refused behind traefik 3.«4.0 → 1.0», traefik 2.11 works.\n'],
  'accept-encoding-signed': ['Copies to Google Cloud Storage work with rclone 1.«59.2 → 61.0» but are refused with rclone 1.62.0.\n'],
}

export const VERSION_RULES: readonly RuleHead[] = CLIENT_CHANGES.map((change) => ({
  id: ruleOf(change),
  about: change.about,
  strength: 'strong',
  ...twins(...(EXAMPLES[change.id] ?? [])),
}))

function* cluesIn(text: string, source: string): Iterable<Observation> {
  for (const [i, change] of CLIENT_CHANGES.entries()) {
    const found = change.releases.flatMap((release) => crossing(text, change, release))[0]
    if (change.unless?.test(text) === true) continue
    if (found === undefined) {
      const alone =
        change.ofOtherServers === true && OTHER_SERVER.test(text) && change.concerns.test(text) ? releaseAlone(text, change) : undefined
      if (alone !== undefined) {
        const message = `${SUBJECTS[alone.release.client].name} from ${alone.release.from} on ${change.does}, and the server is none of AWS's.`
        const values = { client: alone.release.client, from: alone.release.from }
        yield clueAt(text, source, alone.at, said(VERSION_RULES[i]!, message, { strength: 'weak', values }))
      }
      continue
    }
    const { release, at, both } = found
    const message = `A release of ${SUBJECTS[release.client].name} ${change.refused === 'with' ? `from ${release.from} on` : `before ${release.from}`} is refused${both ? ', and one on the other side works' : ''}: it ${change.does}.`
    const strength = both && change.concerns.test(text) ? 'strong' : 'fair'
    yield clueAt(text, source, at, said(VERSION_RULES[i]!, message, { strength, values: { client: release.client, from: release.from } }))
  }
}

/** A release with the change that nothing is said of, or that it is refused, in a text about a refusal. */
function releaseAlone(text: string, { releases }: ClientChange): Pick<Crossing, 'release' | 'at'> | undefined {
  if (!REFUSAL.test(text)) return undefined
  for (const release of releases) {
    const from = release.from.split('.').map(Number)
    const sides = versionSides(
      text,
      release.named,
      EVERY_CLIENT.filter(({ source }) => source !== release.named.source),
    )
    const [first] = sides
    if (first !== undefined && sides.every(({ version, works }) => works !== true && compareVersions(version, from) >= 0))
      return { release, at: first.at }
  }
  return undefined
}

interface Crossing {
  readonly release: ClientRelease
  readonly at: number
  /** Both outcomes are told; otherwise only that the client was moved over the change, or back. */
  readonly both: boolean
}

/** Whether the outcomes of a client's releases are apart as the change would set them apart, and nowhere otherwise. */
function crossing(text: string, { refused }: ClientChange, release: ClientRelease): readonly Crossing[] {
  const others = EVERY_CLIENT.filter(({ source }) => source !== release.named.source)
  const named = versionSides(text, release.named, others)
  const sides = named.filter(({ works }) => works !== undefined)
  const from = release.from.split('.').map(Number)
  const fits = ({ version, below, works }: VersionSide): boolean => {
    const has = below ? compareVersions(version, from) > 0 : compareVersions(version, from) >= 0
    return (refused === 'with') === has ? works === false : works === true
  }
  const [failing, working] = [sides.find(({ works }) => works === false), sides.find(({ works }) => works === true)]
  if (sides.length === 0 || !sides.every(fits)) return []
  if (failing !== undefined && working !== undefined) return [{ release, at: failing.at, both: true }]
  // A text about a refusal that says of one release that it works speaks of the other one that it names.
  const other = named.filter(({ works }) => works === undefined)
  if (working !== undefined && other.length > 0 && REFUSAL.test(text) && other.every((one) => fits({ ...one, works: false })))
    return [{ release, at: other[0]!.at, both: true }]
  // One release alone that fails says nothing of a change; one that was gone back to does.
  return working !== undefined && /\bdowngrad|\broll(?:ed|ing)? back|\bpinn/i.test(text) ? [{ release, at: working.at, both: false }] : []
}

function ruleOf({ id }: ClientChange): string {
  return `releases-apart-by-${id}`
}

const OTHER_SERVER = pattern`${STORE}`
const REFUSAL = /SignatureDoesNotMatch|InvalidSignature|\b40[03]\b|AccessDenied|does not match the signature|NotImplemented/
const EVERY_CLIENT: readonly RegExp[] = CLIENT_CHANGES.flatMap(({ releases }) => releases.map(({ named }) => named))
