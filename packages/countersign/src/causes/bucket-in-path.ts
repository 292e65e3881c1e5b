/**
 * The bucket stood in the signed path and not in the received one, or the other way round: virtual-hosted or path style.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 * @see https://github.com/s3tools/s3cmd/issues/675
 */

import { type CaseFile, cluesFor } from '../case/index.js'
import { type SigningInputs, signedHeaderValue, withPart, withSignedHeader } from '../sigv4/index.js'
import { labelOf, sidesOf, signerPart } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation, Fix } from './kit/explanation.js'
import { canonicalUriOf } from './kit/path-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { toolFixes } from './kit/tool-fixes.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** What the signer had: the bucket in the path, or not; and whether its host was of the other style too. */
interface Params {
  readonly signed: 'with-bucket' | 'without-bucket'
  readonly bucket: string
  readonly host: 'same' | 'other-style'
}

const HEAD = { id: 'bucket-in-path', class: 'endpoint.style', part: 'canonical-uri', undo } as const

export const bucketInPath = defineCause<Params>({
  ...HEAD,
  summary: 'the bucket was in the signed path and not in the received one, or the other way round',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  shownBy: () => ({ signed: 'without-bucket', bucket: '<bucket>', host: 'same' }),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  if (inputs === undefined) {
    yield { params: { signed: 'with-bucket', bucket: '', host: 'same' } }
    return
  }
  // Only S3 has the two styles.
  if (inputs.profile.pathEncoding !== 'once') return
  const host = signedHeaderValue(inputs, 'host') ?? ''
  const uri = canonicalUriOf(inputs)
  const inHost = bucketOfHost(host)
  const [first, second] = uri.split('/').slice(1)
  if (inHost !== undefined && first === inHost) {
    const grounds = [`The bucket ${inHost} stands in the host and in the path.`]
    yield { params: { signed: 'without-bucket', bucket: inHost, host: 'same' }, weight: 0.45, grounds }
  }
  if (first !== undefined && first !== '' && first === second) {
    yield { params: { signed: 'without-bucket', bucket: first, host: 'same' }, weight: 0.4, grounds: [`The path names ${first} twice.`] }
  }
  const styles = ['same', 'other-style'] as const
  if (inHost !== undefined) for (const style of styles) yield { params: { signed: 'with-bucket', bucket: inHost, host: style } }
  else if (first !== undefined && first !== '')
    for (const style of styles) yield { params: { signed: 'without-bucket', bucket: first, host: style } }
  const logged = signerPart(file, 'canonical-uri')
  const added = logged?.endsWith(uri) === true ? logged.slice(1, logged.length - uri.length) : ''
  if (added !== '' && !added.includes('/')) yield { params: { signed: 'with-bucket', bucket: added, host: 'same' } }
}

function undo(inputs: SigningInputs, { signed, bucket, host }: Params): SigningInputs {
  if (bucket === '') return inputs
  const uri = canonicalUriOf(inputs)
  const changed =
    signed === 'with-bucket'
      ? `/${bucket}${uri}`
      : uri.startsWith(`/${bucket}/`)
        ? uri.slice(bucket.length + 1)
        : uri === `/${bucket}`
          ? '/'
          : uri
  if (changed === uri) return inputs
  const moved = withPart(inputs, 'canonical-uri', changed)
  if (host === 'same') return moved
  const given = signedHeaderValue(inputs, 'host') ?? ''
  const other = signed === 'with-bucket' ? given.slice(bucket.length + 1) : `${bucket}.${given}`
  return given.length <= bucket.length + 1 && signed === 'with-bucket' ? moved : withSignedHeader(moved, 'host', other)
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const [calculated, signed] = sides === undefined ? ['', ''] : [canonicalUriOf(sides.verifier), canonicalUriOf(sides.signer)]
  const { bucket, signed: form } = match.params
  // Where nothing tells which side has it, path style is what every server of S3 knows.
  const withBucket = form === 'with-bucket' && bucket !== ''
  return {
    what:
      sides === undefined
        ? 'signer and service disagree on whether the bucket belongs to the path'
        : `the path was signed as ${signed}; the service calculates with ${calculated}`,
    why: 'in virtual-hosted style the bucket is part of the host and not of the path, in path style of the path only; the canonical URI is the path as it is sent, without the bucket of the host',
    labels:
      sides === undefined
        ? []
        : [
            labelOf(
              match.file,
              'canonical-uri',
              calculated,
              signed,
              withBucket ? `the bucket ${bucket} was signed as part of the path` : `the bucket ${bucket} is part of the received path only`,
            ),
          ],
    fixes: [
      ...outOfEndpoint(match.file),
      {
        title: withBucket
          ? 'leave the bucket out of the canonical URI, as the host names it already'
          : 'sign the path with the bucket, as it is sent; or send it in the host',
        applicability: 'exact',
      },
      ...toolFixes(match.file, 'pathStyle'),
      {
        title: 'set one addressing style for signing and sending',
        applicability: 'maybe',
        command: withBucket ? "Config(s3={'addressing_style': 'virtual'})" : "Config(s3={'addressing_style': 'path'})",
        appliesTo: ['boto3'],
      },
      {
        title: 'set one addressing style for signing and sending',
        applicability: 'maybe',
        command: `new S3Client({ forcePathStyle: ${!withBucket} })`,
        appliesTo: ['aws-sdk-js', 'aws-sdk-js-v3'],
      },
      { title: 'give the bucket as a name, without "/", and the endpoint without the bucket', applicability: 'maybe' },
      ...DOMAIN_OF_SERVER,
      { title: 'let no proxy turn one style into the other', applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'change the bucket policy or create the bucket again',
        why: 'the bucket was not looked up yet; the two sides only disagree on where its name stands',
      },
    ],
    check: 'send the same request in the other addressing style: one of the two passes with the same key',
  }
}

/** The repair where an endpoint was seen that holds the bucket. */
function outOfEndpoint(file: CaseFile): readonly Fix[] {
  const endpoint = cluesFor(file, HEAD.id).flatMap(({ values }) => values['endpoint'] ?? [])[0]
  if (endpoint === undefined) return []
  return [{ title: 'take the bucket out of the endpoint: the client adds it', applicability: 'exact', command: `https://${endpoint}` }]
}

/** The bucket of a virtual-hosted host; `undefined` for an endpoint's own host. */
function bucketOfHost(host: string): string | undefined {
  const aws = /^(.+)\.s3(?:[.-](?:[a-z0-9-]+|dualstack\.[a-z0-9-]+))?\.amazonaws\.com(?:\.cn)?(?::\d+)?$/.exec(host)
  if (aws !== null) return aws[1]
  if (/^s3[.-]|^\d+(?:\.\d+){3}|^localhost|^\[/.test(host)) return undefined
  const labels = host.replace(/:\d+$/, '').split('.')
  return labels.length > 2 && labels[0]!.length >= 3 ? labels[0] : undefined
}

/** How each server learns the domain below which buckets are names of hosts. */
const DOMAIN_OF_SERVER: readonly Fix[] = (
  [
    ['minio', 'MINIO_DOMAIN=<domain>'],
    ['ceph', 'rgw_dns_name = <domain>'],
    ['seaweedfs', 'weed s3 -domainName=<domain>'],
    ['garage', 'root_domain = ".<domain>"  # in [s3_api] of garage.toml'],
    ['versitygw', 'VGW_VIRTUAL_DOMAIN=<domain>'],
  ] as const
).map(([server, command]) => ({
  title: 'or tell the server below which domain the first name of a host is a bucket',
  applicability: 'has-placeholders',
  command,
  appliesTo: [server],
}))
