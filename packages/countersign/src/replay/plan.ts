/** A replay: what is sent in place of the refused request, signed afresh, and what that changes in the canonical request. Pure. */
import {
  askedAbout,
  assembleCase,
  type CaseFile,
  exchangesOf,
  isPublishedExample,
  type KnownFacts,
  type Observation,
} from '../case/index.js'
import { type ComparedLine, comparedLines, type Diagnosis, type Finding } from '../diagnosis/index.js'
import { hostScope } from '../endpoints/index.js'
import {
  authorizationOf,
  type Credentials,
  canonicalRequest,
  credentialIn,
  type HttpRequest,
  headerValue,
  payloadHashOf,
  presign,
  regionSetOf,
  sign,
  signingInputsOf,
  signingProfileOf,
  UNSIGNED_HEADERS,
} from '../sigv4/index.js'
import { type MeantRequest, meantRequest, type NotMeant } from './meant-request.js'

export interface PlanOptions {
  readonly facts: KnownFacts
  readonly credentials: Omit<Credentials, 'accessKeyId'> & { readonly accessKeyId?: string }
  readonly now: number
  readonly body?: Uint8Array
  /** Where it goes, where that is not the host that the client called: what the Host header says there. */
  readonly to?: { readonly host: string }
}

export interface ReplayPlan {
  /** The finding whose fix this is; `undefined` where nothing is proven, and the request is only signed rightly. */
  readonly finding: Finding | undefined
  /** Signed. It never leaves the process but by being sent. */
  readonly request: HttpRequest
  readonly scheme: 'http' | 'https' | undefined
  readonly scope:
    | { readonly region: string; readonly service: string }
    | { readonly regionSet: readonly string[]; readonly service: string }
  /** What the client signed for. */
  readonly scopeBefore: { readonly region: string | undefined; readonly service: string } | undefined
  readonly carrier: 'header' | 'query'
  /** Whose text "before" is. */
  readonly before: 'signer' | 'verifier'
  /** The canonical requests before (`signer`) and after (`verifier`). */
  readonly lines: readonly ComparedLine[]
  readonly notes: readonly string[]
}

/** The replay of the request that the diagnosis is about. A UsageError of signing is thrown as it is. */
export function planReplay(observations: readonly Observation[], diagnosis: Diagnosis, options: PlanOptions): ReplayPlan | NotMeant {
  const file = caseAskedAbout(observations, options.facts)
  const finding = diagnosis.outcome === 'proven' ? diagnosis.findings[0] : undefined
  const hopeless = finding === undefined ? undefined : notMendable(finding)
  if (hopeless !== undefined) return { why: hopeless }
  const meant = meantRequest(file, diagnosis, options.to !== undefined)
  if ('why' in meant) return meant
  const { body } = options
  const request = withHost({ ...meant.request, body: body ?? meant.request.body }, options.to?.host)
  const seen = seenCredential(file)
  const scope = scopeOf(request, file, finding, options.facts)
  if ('why' in scope) return scope
  if (request.body === undefined && !meant.unsignedPayload) return { why: 'the evidence does not show the body: give it with --body FILE' }
  if (request.body === undefined && !/^(?:GET|HEAD|DELETE)$/.test(request.method))
    return { why: 'the evidence does not show the body that is to be sent: give it with --body FILE' }
  const accessKeyId = options.credentials.accessKeyId ?? seen?.accessKeyId
  if (accessKeyId === undefined) return { why: 'the evidence names no access key ID: add --access-key-id' }
  const credentials = { ...options.credentials, accessKeyId }
  const signed = signedAs(meant, request, credentials, scope, options)
  const after = signingInputsOf(signed, options.facts.profile === undefined ? {} : { profile: options.facts.profile })!
  const [before, text] = textBefore(diagnosis, file)
  return {
    finding,
    request: signed,
    scheme: meant.scheme,
    scope,
    scopeBefore: seen?.scope,
    carrier: meant.carrier,
    before,
    lines: text === undefined ? comparedLines('', canonicalRequest(after)) : comparedLines(text, canonicalRequest(after)),
    notes: [
      ...otherRequests(diagnosis),
      ...meant.notes,
      ...(meant.methodGuessed ? [`A URL alone has no method; ${request.method} is a guess.`] : []),
      ...(body === undefined ? [] : bodyNotes(body, file)),
      ...tokenNotes(file, credentials),
      ...(seen !== undefined && seen.accessKeyId !== accessKeyId
        ? [`The client signed with another access key ID (${seen.accessKeyId}) than this does (${accessKeyId}).`]
        : []),
    ],
  }
}

function caseAskedAbout(observations: readonly Observation[], facts: KnownFacts): CaseFile {
  const { exchanges, shared } = exchangesOf(observations)
  const own = exchanges.filter((one) => !isPublishedExample(one))
  const lead = askedAbout(own) ?? own.filter(({ outcome }) => outcome === 'unknown').at(-1)
  return assembleCase(lead === undefined ? observations : [...lead.observations, ...shared], facts)
}

function otherRequests({ requests }: Diagnosis): readonly string[] {
  const refused = requests.filter(({ outcome, overcome }) => outcome === 'refused' && !overcome).length
  return refused > 1 ? [`The evidence shows ${refused} refused requests; this is the one that diagnose explains first.`] : []
}

/** What no signature mends. */
function notMendable({ class: cause, causes, proof }: Finding): string | undefined {
  if (cause === 'server.bug') return 'the server refuses a right signature: no request that is signed rightly passes it'
  if (cause === 'policy.mismatch') return 'a POST form is signed by its policy; make another form'
  if (causes[0] === 'secret-mismatch' && proof.level === 'signature')
    return 'the request was signed rightly with the secret you give: the service holds another one for this access key ID'
  return undefined
}

function signedAs(
  meant: MeantRequest,
  request: HttpRequest,
  credentials: Credentials,
  scope: ReplayPlan['scope'],
  { now, facts: { profile } }: PlanOptions,
): HttpRequest {
  const { signedNames, carrier, expiresSeconds = 900, unsignedPayload } = meant
  // What the client left unsigned stays so; what must be signed is.
  const left = request.headers
    .map(([name]) => name.toLowerCase())
    .filter((name) => name !== 'host' && !name.startsWith('x-amz-') && signedNames?.includes(name) === false)
  const unsignedHeaders = [...new Set([...UNSIGNED_HEADERS.filter((name) => signedNames?.includes(name) !== true), ...left])]
  const common = { now, ...scope, unsignedHeaders, ...(profile === undefined ? {} : { profile }) }
  if (carrier === 'query') return presign(request, credentials, { ...common, expiresSeconds })
  const takesUnsigned = unsignedPayload && (profile ?? signingProfileOf(scope.service)).unsignedPayload === 'accepted'
  return sign(request, credentials, { ...common, ...(takesUnsigned ? { unsignedPayload: true } : {}) })
}

function withHost(request: HttpRequest, host: string | undefined): HttpRequest {
  if (host === undefined) return request
  const others = request.headers.filter(([name]) => name.toLowerCase() !== 'host')
  return { ...request, headers: [['Host', host], ...others] }
}

/** What the user says, then what the finding or the host says, then what the client signed for. */
function scopeOf(request: HttpRequest, file: CaseFile, finding: Finding | undefined, facts: KnownFacts): ReplayPlan['scope'] | NotMeant {
  const named = hostScope(headerValue(request, 'host') ?? '')
  const seen = seenCredential(file)?.scope
  const right = finding?.labels.find(({ part }) => part === 'credential-scope')?.calculated || undefined
  const service = facts.service ?? (finding?.class === 'scope.service' ? right : undefined) ?? named?.service ?? seen?.service
  if (service === undefined) return { why: 'neither the host nor the evidence says the service: add --service' }
  const regionSet = facts.region === undefined ? seenRegionSet(file) : undefined
  if (regionSet !== undefined) return { regionSet: regionSet.split(','), service }
  const region = facts.region ?? (finding?.class === 'scope.region' ? right : undefined) ?? named?.region ?? seen?.region
  if (region === undefined) return { why: 'neither the host nor the evidence says the region: add --region' }
  return { region, service }
}

function seenCredential({ request, exchange, inputsSeen, inputs }: CaseFile) {
  const authorization = request === undefined ? undefined : authorizationOf(request)
  const carried = authorization === undefined ? undefined : credentialIn(authorization)
  if (carried !== undefined) return carried
  if (exchange?.credential !== undefined) return exchange.credential
  const one = inputs ?? inputsSeen
  return one?.accessKeyId === undefined ? undefined : { accessKeyId: one.accessKeyId, scope: one.scope }
}

function seenRegionSet({ request }: CaseFile): string | undefined {
  const authorization = request === undefined ? undefined : authorizationOf(request)
  return request === undefined || authorization === undefined ? undefined : regionSetOf(request, authorization)
}

/** What was signed; where that is not known what the service calculated with. */
function textBefore(
  { comparison }: Diagnosis,
  { inputs, inputsSeen, inputsFrom }: CaseFile,
): readonly [ReplayPlan['before'], string | undefined] {
  if (comparison !== undefined) return ['signer', comparison.lines.flatMap(({ signer }) => signer ?? []).join('\n')]
  const one = inputs ?? inputsSeen
  return [inputsFrom === 'signer' ? 'signer' : 'verifier', one === undefined ? undefined : canonicalRequest(one)]
}

function bodyNotes(body: Uint8Array, { inputs, request }: CaseFile): readonly string[] {
  const hashes = [inputs?.payloadHash, request === undefined ? undefined : headerValue(request, 'x-amz-content-sha256')]
  const known = hashes.filter((one) => /^[0-9a-f]{64}$/.test(one ?? ''))
  return known.length === 0 || known.includes(payloadHashOf(body)) ? [] : ['The body given is not the one that was signed, by its SHA-256.']
}

function tokenNotes({ request }: CaseFile, { sessionToken, accessKeyId }: Credentials): readonly string[] {
  if (sessionToken !== undefined) return []
  const had = request !== undefined && /x-amz-security-token/i.test(`${request.target} ${request.headers.map(([name]) => name).join(' ')}`)
  return had || accessKeyId.startsWith('ASIA')
    ? ['Temporary keys need their session token: give it with --session-token-file or AWS_SESSION_TOKEN.']
    : []
}
