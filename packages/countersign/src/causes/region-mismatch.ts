/**
 * Signed for one region, sent to an endpoint of another: a default that was not changed, an empty setting, a bucket elsewhere.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 * @see https://github.com/TTLabs/EvaporateJS/issues/364
 */

import { askerOf, type CaseFile, cluesFor } from '../case/index.js'
import type { Subject } from '../catalog/index.js'
import { AWS_REGIONS } from '../endpoints/index.js'
import type { SigningInputs } from '../sigv4/index.js'
import { comparedSignatures, REPLACE_THE_SECRET } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { hostSeen, loggedScope, named, type ScopeParams, scopeLabels, scopeSigned, statedScope, withScope } from './kit/scope-candidates.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { toolFixes } from './kit/tool-fixes.js'
import { CHANGE_IAM_POLICIES } from './kit/wrong-fixes.js'

const HEAD = { id: 'region-mismatch', class: 'scope.region', undo } as const

export const regionMismatch = defineCause<ScopeParams>({
  ...HEAD,
  part: 'credential-scope',
  summary: 'the credential scope names another region than the service checks with',
  schemes: 'version-4',
  refusedAt: ['scope', 'signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  shownBy: ({ values }) => values,
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<ScopeParams>> {
  yield* statedScope(file, 'region-wrong', 'region')
  yield* loggedScope(file, 'region')
  const region = scopeSigned(file)?.region
  const host = hostSeen(file)
  // Where AWS compared signatures, it had accepted the region before.
  const open = !(comparedSignatures(file) && host !== undefined)
  if (region !== undefined && open && host?.region !== undefined && host.region !== region) {
    const grounds = [`The host ${host.host} belongs to ${host.region}; the credential scope names ${named(region)}.`]
    yield { params: { signed: region, wanted: host.region }, weight: 0.6, grounds }
  }
  const bucket = bucketRegion(file)
  if (region !== undefined && open && bucket !== undefined && bucket !== region) {
    const grounds = [`A response says that the bucket is in ${bucket}; the credential scope names ${named(region)}.`]
    yield { params: { signed: region, wanted: bucket }, weight: 0.6, grounds }
  }
  if (region !== undefined && open && oddity(region) !== undefined) {
    yield { params: { signed: region }, weight: 0.4, grounds: [`The region ${named(region)} is ${oddity(region)}.`] }
  }
  for (const { values } of [...cluesFor(file, HEAD.id), ...cluesFor(file, HEAD.class)]) {
    const signed = values['signed'] ?? values['region']
    const wanted = values['wanted']
    if (signed !== undefined) yield { params: { signed, ...(wanted !== undefined && wanted !== signed && { wanted }) } }
  }
  if (file.known.region !== undefined) yield { params: { signed: file.known.region } }
  const wanted = file.inputsSeen?.scope.region
  for (const signed of [...AWS_REGIONS.slice(0, MOST_REGIONS), '', 'auto', 'us', 'default', 'aws-global'])
    yield { params: { signed, ...(wanted !== undefined && { wanted }) } }
}

function bucketRegion(file: CaseFile): string | undefined {
  for (const seen of file.observations) {
    if (seen.kind !== 'response') continue
    const value = seen.headers.find(([name]) => name.toLowerCase() === 'x-amz-bucket-region')?.[1].trim()
    if (value !== undefined && value !== '') return value
  }
  return undefined
}

function undo(inputs: SigningInputs, { signed }: ScopeParams): SigningInputs {
  return withScope(inputs, 'region', signed)
}

/** What is wrong with a text that cannot be a region. */
function oddity(region: string): string | undefined {
  if (region === '') return 'empty: no region was configured'
  if (/\s/.test(region)) return 'not a region: it has white space'
  if (/^[a-z]{2}(?:_[a-z]+)+_\d$/.test(region)) return 'not a region: it has underscores in place of hyphens'
  if (/^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$/.test(region)) return 'an availability zone, not a region'
  if (/[A-Z]/.test(region)) return 'not a region: regions are written in lower case'
  return undefined
}

function explain({ params, file }: Match<ScopeParams>): Explanation {
  const { signed, wanted } = params
  const odd = signed === undefined ? undefined : oddity(signed)
  const to = wanted ?? usualRegion(file) ?? OPEN
  return {
    what: `the request was signed for ${signed === undefined ? 'another region than the service wants' : signed === '' ? 'an empty region' : `the region "${signed}"`}${wanted === undefined ? '' : `; the service checks with "${wanted}"`}${odd === undefined || signed === '' ? '' : ` (${odd})`}`,
    why: 'the region stands in the credential scope, in the string to sign and in the signing key; an endpoint accepts its own region only, and a bucket the region it lies in',
    labels: scopeLabels(params, odd ?? 'the region of the credential scope'),
    fixes: [
      ...toolFixes(file, 'region', { region: to }),
      {
        title: wanted === undefined ? 'sign for the region of the endpoint' : `sign for ${wanted}`,
        applicability: wanted === undefined ? 'has-placeholders' : 'exact',
        command: `AWS_REGION=${to} <command>`,
        ...(wanted !== undefined && signed !== undefined && { sets: { what: 'region', from: signed, to: wanted } }),
      },
      {
        title: 'name the region',
        applicability: 'maybe',
        command: `boto3.client('<service>', region_name='${to}')`,
        appliesTo: ['boto3'],
      },
      {
        title: 'write the region into the profile',
        applicability: 'maybe',
        command: `aws configure set region ${to}`,
        appliesTo: ['aws-cli'],
      },
      {
        title: 'name the region',
        applicability: 'maybe',
        command: `new S3Client({ region: '${to}' })`,
        appliesTo: ['aws-sdk-js-v3'],
      },
      {
        title: 'name the region',
        applicability: 'maybe',
        command: `curl --aws-sigv4 "aws:amz:${to}:<service>" <url>`,
        appliesTo: ['curl'],
      },
      {
        title: 'name the region',
        applicability: 'maybe',
        command: `minio.New(endpoint, &minio.Options{Region: "${to}"})`,
        appliesTo: ['minio-go'],
      },
      {
        title: 'ask where the bucket lies, and use the endpoint of that region',
        applicability: 'has-placeholders',
        command: 'aws s3api get-bucket-location --bucket <bucket>   # an empty answer means us-east-1',
        appliesTo: ['s3'],
      },
      {
        title: 'configure the server with the region that its clients sign for (MinIO: MINIO_SITE_REGION)',
        applicability: 'maybe',
        appliesTo: ['s3-compatible'],
      },
    ],
    wrongFixes: [
      REPLACE_THE_SECRET,
      CHANGE_IAM_POLICIES,
      {
        title: 'change the endpoint only',
        why: 'the signer takes the region from its own setting; with a custom endpoint nothing ties the two together',
      },
    ],
    check: `sign the same request for ${to === OPEN ? 'the region in the name of the host' : to}: the message about the region goes away`,
  }
}

/** What a server of one's own is set to where its documentation is followed. */
function usualRegion(file: CaseFile): string | undefined {
  const asker = askerOf(file)
  return USUAL.find(([server]) => asker.has(server))?.[1]
}

/**
 * @see https://garagehq.deuxfleurs.fr/documentation/quick-start/ s3_region
 * @see https://developers.cloudflare.com/r2/api/s3/api/
 */
const USUAL: readonly (readonly [server: Subject, region: string])[] = [
  ['garage', 'garage'],
  ['r2', 'auto'],
]
/** Not `<region>`: the region of the case is the one that is wrong. */
const OPEN = '<region of the endpoint>'
/** The empty region and the made-up ones have to fit in too. */
const MOST_REGIONS = 50
