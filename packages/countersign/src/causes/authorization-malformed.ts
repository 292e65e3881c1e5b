/**
 * The Authorization header (or the X-Amz-* query) is missing, or is not of its form: a part left out, other separators, the name inside the value.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html
 */

import { authorizationFault, type CaseFile, cluesFor, deniedThroughout, type ObservationOf, signedAsSent } from '../case/index.js'
import { isAuthorizationPart } from '../credentials/index.js'
import { authorizationOf, HEADER, headerValues, type SigningInputs } from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import { accessKeyIdsSeen, looksLikeSecret } from './kit/access-key-seen.js'
import { factsStated, isTemplate, REPLACE_THE_SECRET, requestsSeen } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES } from './kit/wrong-fixes.js'

/** What is wrong with it, in words; absent where the service does not say. */
interface Params {
  readonly fault?: string
  readonly missing?: boolean
  /** The client sent it, and it did not reach the service. */
  readonly lost?: boolean
  /** The signature stood in the query. */
  readonly inQuery?: boolean
}

const HEAD = { id: 'authorization-malformed', class: 'authorization.malformed', undo } as const

export const authorizationMalformed = defineCause<Params>({
  ...HEAD,
  part: 'signature',
  summary: 'the Authorization header was missing, or not of the form that services read',
  schemes: 'any',
  refusedAt: ['mechanism', 'authorization-parts', 'credential'],
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  shownBy: ({ values }) => ({ fault: values['fault'] ?? '', ...(values['in'] === 'query' && { inQuery: true }) }),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const shown = shownFaults(file)
  const fault = shown[0]?.fault
  for (const stated of factsStated(file, ['authorization-malformed'])) {
    const part = stated.values['part']
    const said = fault ?? (part === undefined ? undefined : unreadable(part))
    const inQuery = file.refusal !== undefined && (QUERY_CODE.test(file.refusal.code) || QUERY_TEXT.test(file.refusal.message))
    const escaped = inQuery && requestsSeen(file).some(({ request }) => /[?&]amp;X-Amz-/i.test(request.target))
    const named = inQuery ? (escaped ? ESCAPED : undefined) : said
    // Parameters are missing or unreadable: where the evidence says what became of them, that is the answer.
    const elsewhere = (inQuery || part === 'Credential') && explainedElsewhere(file)
    yield {
      params: { ...(named === undefined ? {} : { fault: named }), ...(inQuery && { inQuery }) },
      weight: elsewhere ? 0.5 : 0.95,
      grounds: ['The service says that it cannot read the authorization.'],
      ...(!elsewhere && { stated }),
    }
  }
  yield* missing(file)
  const group = file.refusal?.check?.group
  const open = file.refusal === undefined || (group !== undefined && BEFORE_THE_CLOCK.has(group))
  // Where a service came to a later check, it had read the header; what is shown then is not what was sent.
  if (!open) return
  for (const one of shown) {
    const sure = one.seen.fidelity === 'exact' && group !== undefined
    yield {
      params: { fault: one.fault },
      weight: sure ? 0.95 : 0.6,
      grounds: [`In the Authorization header shown, ${one.fault}.`],
      ...(sure && { stated: one.seen }),
    }
  }
}

/** What tells how the parameters were lost, or what stands in the place of the access key ID. */
function explainedElsewhere(file: CaseFile): boolean {
  const clues = BEHIND_IT.flatMap((id) => cluesFor(file, id))
  return clues.some(({ strength }) => strength === 'strong') || accessKeyIdsSeen(file).some(looksLikeSecret)
}

/** What a service repeats can be the token that somebody sent. */
function unreadable(part: string): string {
  return isAuthorizationPart(part)
    ? `the service cannot read "${part}"`
    : 'the service cannot read a part of it, which is not repeated here'
}

/** "Missing Authentication Token" is also what API Gateway says of a route that does not exist. */
function* missing(file: CaseFile): Iterable<Candidate<Params>> {
  const requests = requestsSeen(file).filter(({ side }) => side !== 'signer')
  const sent = signedAsSent(file)
  const bare = requests.length > 0 && requests.every(({ request }) => authorizationOf(request) === undefined)
  for (const stated of factsStated(file, ['authentication-missing'])) {
    const plain = /^Request is missing Authentication Token/.test(file.refusal?.message ?? '')
    const sure = bare || (plain && requests.length === 0)
    const lost = !bare && sent !== undefined
    const grounds = [
      'The service says that the request carries no authentication.',
      ...(lost ? ['The client sent it with its signature: that was lost on the way.'] : []),
      ...(bare ? ['The request shown carries neither an Authorization header nor X-Amz-Algorithm in the query.'] : []),
      ...(plain ? [] : ['API Gateway says the same of a method or path that does not exist.']),
    ]
    yield {
      params: { missing: true, ...(lost && { lost }) },
      weight: sure ? 0.95 : lost ? 0.8 : 0.5,
      grounds,
      ...(sure && { stated }),
    }
  }
  // S3 takes a request without a signature for one of nobody's, and says only that nobody may.
  if (bare && file.refusal?.code === 'AccessDenied' && /^Access Denied\.?$/.test(file.refusal.message)) {
    const grounds = [
      'The request shown carries neither an Authorization header nor X-Amz-Algorithm in the query.',
      'S3 treats it as anonymous, and denies what anonymous callers may not do.',
      ...(sent === undefined ? [] : ['The client sent it with its signature: that was lost on the way.']),
    ]
    // Seen at both ends: it left with its signature, and arrived without.
    const arrived = sent === undefined ? undefined : requests.find(({ fidelity }) => fidelity === 'exact')
    yield {
      params: { missing: true, ...(sent !== undefined && { lost: true }) },
      weight: 0.9,
      grounds,
      ...(arrived && { stated: arrived }),
    }
  }
  if (!bare && sent !== undefined && deniedThroughout(file)) {
    const grounds = [
      'Every request with this key was denied in the same bare words, none passed, and the client signed them: the signature may have been lost on the way.',
    ]
    yield { params: { missing: true, lost: true }, weight: 0.45, grounds }
  }
}

/** The faults of the headers that the evidence shows whole. */
function shownFaults(
  file: CaseFile,
): { readonly fault: string; readonly seen: ObservationOf<'request'> | ObservationOf<'authorization'> }[] {
  const seen = [
    ...requestsSeen(file),
    ...file.observations.filter((one): one is ObservationOf<'authorization'> => one.kind === 'authorization'),
  ]
  return seen.flatMap((one) => {
    const values = one.kind === 'authorization' ? [one.value] : headerValues(one.request, HEADER.authorization)
    return values.flatMap((value) => {
      const fault = isMasked(value) || isTemplate(value) ? undefined : authorizationFault(value)
      return fault === undefined ? [] : [{ fault, seen: one }]
    })
  })
}

/** The signature was made rightly; it was written down wrongly. */
function undo(inputs: SigningInputs): SigningInputs {
  return inputs
}

function explain({ params }: Match<Params>): Explanation {
  if (params.inQuery === true) return explainQuery(params.fault)
  const gone = params.missing === true
  return {
    what: gone
      ? `the request arrived without an Authorization header and without a signature in the query${params.lost === true ? '; the client had signed it' : ''}`
      : `the Authorization header was malformed${params.fault === undefined ? '' : `: ${params.fault}`}`,
    why: 'the service reads algorithm, credential, signed headers and signature out of the header before anything else; what it cannot read it does not check',
    labels:
      gone || params.fault === undefined
        ? []
        : [{ part: 'authorization', calculated: FORM, signed: '(malformed)', note: 'the form of the header' }],
    fixes: gone
      ? [
          ...(params.lost === true ? [LET_THROUGH] : []),
          {
            title: 'sign the request: the client had no credentials, or was set not to sign',
            applicability: 'maybe',
            command: 'aws sts get-caller-identity',
            appliesTo: ['aws-cli'],
          },
          ...(params.lost === true ? [] : [LET_THROUGH]),
          {
            title: 'look whether stage, path and method exist: API Gateway answers the same for a route that does not',
            applicability: 'maybe',
            appliesTo: ['api-gateway'],
          },
        ]
      : [
          {
            title: 'write the header in one line, in this form, the parts separated by ", "',
            applicability: 'exact',
            command: `Authorization: ${FORM}`,
          },
          { title: 'let the signing function set the header, and pass its value on untouched', applicability: 'maybe' },
        ],
    wrongFixes: [REPLACE_THE_SECRET, CHANGE_IAM_POLICIES],
    check: gone
      ? 'print the headers that are sent (curl -v): there is no Authorization among them, or it is gone at the service'
      : 'print the value of the header that is sent: it does not fit the form',
  }
}

function explainQuery(fault: string | undefined): Explanation {
  return {
    what: `the X-Amz-* parameters of the presigned URL were incomplete or malformed${fault === undefined ? '' : `: ${fault}`}`,
    why: 'the service reads the six X-Amz-* parameters out of the query before anything else; what it cannot read it does not check',
    labels: [],
    fixes: [
      ...(fault === ESCAPED ? [{ title: 'write "&" for every "&amp;" of the URL', applicability: 'exact' } as const] : []),
      {
        title: 'send the URL as the presigning function gave it, whole and untouched, in quotes on a command line',
        applicability: 'maybe',
      },
    ],
    wrongFixes: [REPLACE_THE_SECRET, CHANGE_IAM_POLICIES],
    check: `print the URL right before it is sent: ${SIX} are in it, each once`,
  }
}

const LET_THROUGH = {
  title: 'let the header through: proxies, CORS preflights and clients that follow a redirect to another host take Authorization off',
  applicability: 'maybe',
} as const
const QUERY_CODE = /^AuthorizationQueryParametersError$/
const QUERY_TEXT = /^AWS query-string parameters must include/
const ESCAPED = 'names begin with "amp;", so the URL was copied out of HTML or XML with its "&amp;"'
const SIX = 'X-Amz-Algorithm, X-Amz-Credential, X-Amz-Date, X-Amz-Expires, X-Amz-SignedHeaders and X-Amz-Signature'
const FORM =
  'AWS4-HMAC-SHA256 Credential=<access key ID>/<YYYYMMDD>/<region>/<service>/aws4_request, SignedHeaders=<names;with;semicolons>, Signature=<64 hex digits>'
const BEHIND_IT = [
  'query-separator-escaped',
  'query-parameter-dropped',
  'query-encoded-differently',
  'access-key-and-secret-swapped',
] as const
const BEFORE_THE_CLOCK: ReadonlySet<string> = new Set(['mechanism', 'authorization-parts', 'credential'])
