/**
 * The client followed a redirect with the signature it had: the redirect names another host, and the host is signed.
 * Seen from the host alone, this is a host that was changed on the way.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingRouting.html
 * @see https://github.com/ansible-collections/community.aws/issues/637
 */

import type { CaseFile, ObservationOf } from '../case/index.js'
import { hostScope } from '../endpoints/index.js'
import {
  authorizationOf,
  HEADER,
  type HttpRequest,
  headerValue,
  queryAuthorization,
  type SigningInputs,
  signedHeaderValue,
  splitTarget,
  withSignedHeader,
} from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import { comparedSignatures, factsStated, requestsSeen } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { toolFixes } from './kit/tool-fixes.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The host that was signed, and the one the redirect led to. */
interface Params {
  readonly signed?: string
  readonly redirectedTo?: string
  readonly status?: string
}

/** What services answer to a request that is not signed. */
const NEEDS_SIGNATURE = /^(?:MissingAuthenticationToken(?:Exception)?|MissingSecurityHeader|AccessDenied)$/

const HEAD = { id: 'redirect-followed', class: 'endpoint.redirect', undo } as const

export const redirectFollowed = defineCause<Params>({
  ...HEAD,
  part: 'canonical-headers',
  summary: 'a redirect to another host was followed with the signature for the first',
  schemes: 'any',
  refusedAt: ['signature', 'scope', 'mechanism', 'not-by-the-verifier'],
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  for (const seen of file.observations) {
    if (seen.kind !== 'response' || !REDIRECTS.has(seen.status)) continue
    const location = seen.headers.find(([name]) => name.toLowerCase() === 'location')?.[1].trim()
    const redirectedTo = location === undefined ? undefined : hostOf(location)
    const signed = redirectedTo === undefined ? undefined : hostBefore(file, seen, redirectedTo, location ?? '')
    if (redirectedTo === undefined || signed === undefined) continue
    const grounds = [`The service answered ${seen.status} and sent the client from ${signed} to ${redirectedTo}.`]
    const followed = followedAfter(file, seen)
    const sure = refusedAfter(file) || (followed && NEEDS_SIGNATURE.test(file.refusal?.code ?? ''))
    const refused = sure || (followed && refusedBare(file, seen))
    const params = { signed, redirectedTo, status: String(seen.status) }
    yield { params, weight: refused ? 0.95 : 0.6, grounds, ...(sure && { stated: seen }) }
  }
  for (const { values } of factsStated(file, ['redirected'])) {
    const endpoint = values['endpoint']
    const signed = file.request === undefined ? undefined : headerValue(file.request, 'host')
    const params = {
      ...(signed !== undefined && signed !== endpoint && { signed }),
      ...(endpoint !== undefined && { redirectedTo: endpoint }),
      ...(values['status'] !== undefined && { status: values['status'] }),
    }
    const grounds = [`The service says that the request belongs to another endpoint${endpoint === undefined ? '' : `, ${endpoint}`}.`]
    yield { params, weight: 0.6, grounds }
  }
  const host = hostIn(file.inputsSeen)
  for (const signed of redirectingHosts(host)) yield { params: { signed, ...(host !== undefined && { redirectedTo: host }) } }
}

/** The host the redirect came from: of a signed request in the evidence, whose signature is what went to the other host. */
function hostBefore(file: CaseFile, response: ObservationOf<'response'>, after: string, location: string): string | undefined {
  for (const { request, location: place } of requestsSeen(file)) {
    if (place.source === response.location.source && place.start > response.location.start) continue
    const host = headerValue(request, HEADER.host)?.toLowerCase()
    if (host !== undefined && host !== '' && host !== after && carriesOn(request, location)) return host
  }
  return undefined
}

/** Whether the redirect leads on with the request's own signature. A Location that brings a signature of its own is signed for its host. */
function carriesOn(request: HttpRequest, location: string): boolean {
  const authorization = authorizationOf(request)
  if (authorization === undefined || !authorization.algorithm.startsWith('AWS4-')) return false
  const brought = queryAuthorization(splitTarget(location).query)?.signature
  if (authorization.by === 'header') return brought === undefined
  const own = authorization.signature
  return brought === undefined || own === undefined || isMasked(own) || isMasked(brought) || own === brought
}

/** A refusal that following the redirect explains: a mismatch, or a signature that the client left behind. */
function refusedAfter(file: CaseFile): boolean {
  const code = file.refusal?.code ?? ''
  return (
    comparedSignatures(file) ||
    /^(?:SignatureDoesNotMatch|InvalidSignatureException|InvalidSignature)$/.test(code) ||
    factsStated(file, ['signature-mismatch']).length > 0
  )
}

/** Whether the evidence shows that the client went where the redirect led, without a signature or with the same. */
function followedAfter(file: CaseFile, redirect: ObservationOf<'response'>): boolean {
  const { source, start } = redirect.location
  const signatures = (after: boolean): readonly (string | undefined)[] =>
    requestsSeen(file)
      .filter(({ location }) => location.source === source && location.start > start === after)
      .map(({ request }) => authorizationOf(request)?.signature)
  const before = signatures(false)
  return signatures(true).some((one) => one === undefined || before.includes(one))
}

/** Whether a status is all that says that the request was refused after it was redirected. */
function refusedBare(file: CaseFile, redirect: ObservationOf<'response'>): boolean {
  const { source, start } = redirect.location
  return file.observations.some(
    (one) =>
      one.kind === 'response' && one.location.source === source && one.location.start > start && /^40[013]$/.test(String(one.status)),
  )
}

/** S3's global host redirects to the regional one while a bucket is new, or lies elsewhere. */
function redirectingHosts(host: string | undefined): string[] {
  const scope = host === undefined ? undefined : hostScope(host)
  if (host === undefined || scope?.service !== 's3' || scope.region === undefined) return []
  const global = host.replace(/\bs3[.-](?:dualstack\.)?[a-z0-9-]{1,40}\.amazonaws/, 's3.amazonaws')
  return global === host
    ? []
    : [global, host.replace(/\bs3[.-](?:dualstack\.)?[a-z0-9-]{1,40}\.amazonaws/, 's3.us-east-1.amazonaws')].filter((one) => one !== host)
}

function hostIn(inputs: SigningInputs | undefined): string | undefined {
  return inputs === undefined ? undefined : signedHeaderValue(inputs, HEADER.host)
}

function hostOf(location: string): string | undefined {
  return /^https?:\/\/([^/?#@]+)/i.exec(location)?.[1]?.toLowerCase()
}

function undo(inputs: SigningInputs, { signed }: Params): SigningInputs {
  return signed === undefined ? inputs : withSignedHeader(inputs, HEADER.host, signed)
}

function explain({ params, file }: Match<Params>): Explanation {
  const { signed, redirectedTo, status } = params
  const to = redirectedTo ?? '<regional host>'
  const region = redirectedTo === undefined ? undefined : hostScope(redirectedTo)?.region
  const known = signed !== undefined && redirectedTo !== undefined && signed !== redirectedTo
  return {
    what: known
      ? `the request was signed for ${signed}, and a redirect${status === undefined ? '' : ` (${status})`} led it to ${redirectedTo}`
      : `the service redirected the request${redirectedTo === undefined ? '' : ` to ${redirectedTo}`}${status === undefined ? '' : ` (${status})`}`,
    why: 'the host is always signed; a client that follows a redirect sends the old signature to a new host, or leaves the Authorization header behind. Seen from the service, the host was changed on the way',
    labels: known
      ? [
          {
            part: 'canonical-headers',
            calculated: `host:${redirectedTo}`,
            signed: `host:${signed}`,
            note: 'the signature is for the host before the redirect',
          },
        ]
      : [],
    fixes: [
      {
        title: `sign for the endpoint the redirect names: ${to}`,
        applicability: redirectedTo === undefined ? 'has-placeholders' : 'exact',
      },
      ...toolFixes(file, 'region', { region: region ?? '<region of the bucket>' }),
      {
        title: 'presign for the regional host',
        applicability: 'has-placeholders',
        command: `boto3.client('s3', region_name='${region ?? '<region>'}', endpoint_url='https://s3.${region ?? '<region>'}.amazonaws.com', config=Config(s3={'addressing_style': 'virtual'}))`,
        appliesTo: ['boto3'],
      },
      {
        title: 'use the regional client, and let it follow regions itself',
        applicability: 'maybe',
        command: `new S3Client({ region: '${region ?? '<region>'}', followRegionRedirects: true })`,
        appliesTo: ['aws-sdk-js-v3'],
      },
      {
        title: 'do not follow redirects in the HTTP client: take the Location, and sign a new request for it',
        applicability: 'maybe',
        command: 'curl without -L',
        appliesTo: ['curl'],
      },
      {
        title: 'wait until the name of a new bucket is known everywhere (up to a day), or use the regional host from the start',
        applicability: 'maybe',
        appliesTo: ['s3'],
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'send the Authorization header on to the new host (curl --location-trusted)',
        why: 'it arrives there, and it is still for the other host',
      },
    ],
    check: `send the request without following redirects: the answer is ${status ?? '301 or 307'} with a Location, not 403; signed for ${to} it passes`,
  }
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])
