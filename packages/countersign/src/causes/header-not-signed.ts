/**
 * A header that has to be signed was left out: the host, an x-amz-* header that a tool added, or one the verifier expects.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "SignedHeaders"
 * @see https://github.com/odysseyscience/react-s3-uploader/issues/106
 */

import { type CaseFile, cluesFor, statedFacts, WORTH_REPORTING } from '../case/index.js'
import { authorizationOf, headerLines, type SigningInputs, withoutSignedHeaders } from '../sigv4/index.js'
import { defineCause, type Match, type Suspicion } from './kit/cause.js'
import type { Explanation, Label } from './kit/explanation.js'
import { differencesOfFault, narrowed, shownLine } from './kit/header-differences.js'
import { headerLabels } from './kit/header-labels.js'
import { saidByAws } from './kit/hosts-seen.js'
import { listed } from './kit/listed.js'
import { type Candidate, cluesWeigh, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The headers, in lower case, that were not signed. */
interface Params {
  readonly names: readonly string[]
}

const HEAD = { id: 'header-not-signed', class: 'header.unsigned', part: 'canonical-headers', undo } as const

export const headerNotSigned = defineCause<Params>({
  ...HEAD,
  summary: 'a header that has to be signed was not among the signed headers',
  schemes: 'signatures',
  refusedAt: ['host-signed', 'headers-signed', 'signature'],
  suspect: (file) => narrowed(file, HEAD.id, suspicions(file)),
  shownBy: ({ names }) => ({ names }),
  explain,
})

function* suspicions(file: CaseFile): Iterable<Suspicion<Params>> {
  for (const stated of statedFacts(file, 'headers-not-signed')) {
    const names = (stated.values['names'] ?? '')
      .toLowerCase()
      .split(/[,;\s]+/)
      .filter((name) => name !== '')
    // A session token that was not signed has a cause of its own.
    const weight = names.length === 1 && names[0] === 'x-amz-security-token' ? 0.9 : 1
    const grounds = ["The service's message says that headers of the request were not signed."]
    // MinIO and its kin say the same where a signed header is missing; only names, or a header that is seen unsigned, tell the two apart.
    if (names.length > 0 || unsignedAmzHeaders(file).length > 0 || saidByAws(file)) yield { params: { names }, weight, grounds, stated }
    else yield { params: { names }, weight: 0.5, grounds }
  }
  for (const stated of statedFacts(file, 'host-not-signed'))
    yield { params: { names: ['host'] }, weight: 1, grounds: ["The service's message says that the host has to be signed."], stated }
  const added = unsignedAmzHeaders(file)
  // A refusal of the signature itself came after this check, or from a service that does not make it.
  const passed = /^(?:SignatureDoesNotMatch|InvalidSignatureException)$/.test(file.refusal?.code ?? '')
  if (added.length > 0)
    yield {
      params: { names: added },
      weight: passed ? 0.1 : 0.4,
      grounds: [`The request carries ${listed(added)}, and SignedHeaders does not list ${added.length === 1 ? 'it' : 'them'}.`],
    }
  const hinted = cluesWeigh(file, HEAD)
  if (hinted.weight >= WORTH_REPORTING) {
    const named = [...cluesFor(file, HEAD.id), ...cluesFor(file, HEAD.class)].flatMap(({ values }) => values['header']?.toLowerCase() ?? [])
    yield { params: { names: [...new Set(named)] }, ...hinted }
  }
  yield* suspicionsOf(file, HEAD, candidates(file))
}

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  const left = differencesOfFault(file, HEAD.id).map(({ name }) => name)
  if (left.length > 0) yield { params: { names: left }, weight: 0.8, grounds: [`The signer's header lines lack ${listed(left)}.`] }
  if (inputs === undefined) return
  const names = headerLines(inputs).map(([name]) => name)
  for (const name of names) if (name !== '' && name !== 'host') yield { params: { names: [name] } }
  const others = names.filter((name) => name !== 'host' && !name.startsWith('x-amz-'))
  if (others.length > 1) yield { params: { names: others } }
  if (names.length > 2) yield { params: { names: names.filter((name) => name !== 'host') } }
}

function undo(inputs: SigningInputs, { names }: Params): SigningInputs {
  const signed = new Set(headerLines(inputs).map(([given]) => given))
  const wanted = names.filter((name) => signed.has(name))
  return wanted.length === 0 ? inputs : withoutSignedHeaders(inputs, wanted)
}

/** The x-amz-* headers of the request shown that its SignedHeaders do not list. */
function unsignedAmzHeaders(file: CaseFile): string[] {
  const request = file.wire.request?.request ?? file.request
  const signed =
    request === undefined
      ? undefined
      : authorizationOf(request)
          ?.signedHeaders?.toLowerCase()
          .split(/[;\s]+/)
  if (request === undefined || signed === undefined || signed.length === 0 || signed[0] === '') return []
  const sent = request.headers.map(([name]) => name.toLowerCase()).filter((name) => name.startsWith('x-amz-') && !EXEMPT.includes(name))
  const listed = new Set(signed)
  return [...new Set(sent)].filter((name) => !listed.has(name))
}

function explain(match: Match<Params>): Explanation {
  const { names } = match.params
  const list = names.length === 0 ? 'a header' : listed(names)
  const labels = [...headerLabels(match, undo, HEAD.id, 'the signer left this header out'), ...listLabel(match)]
  const first = names[0] ?? '<header>'
  const presigned = (match.verifier ?? match.file.inputsSeen)?.authentication === 'query'
  return {
    what: names.includes('host')
      ? 'the host was not among the signed headers'
      : `${list} was in the request and not among the signed headers`,
    why: 'the host and every x-amz-* header of the request have to be signed, so that nobody can add one to a signed request',
    labels,
    fixes: [
      {
        title: `add ${list} to the headers before signing, so that SignedHeaders lists ${names.length > 1 ? 'them' : 'it'}`,
        applicability: 'maybe',
      },
      {
        title: `do not send ${list} where it is not wanted: look for the tool or component that adds it after signing`,
        applicability: 'maybe',
      },
      ...(presigned
        ? ([
            {
              title: 'presign with the same parameters that the upload will send',
              applicability: 'has-placeholders',
              command:
                "boto3.client('s3').generate_presigned_url('put_object', Params={'Bucket': '<bucket>', 'Key': '<key>', 'ACL': '<acl>'})",
              appliesTo: ['boto3'],
            },
            {
              title: 'keep the header a header instead of a query parameter',
              applicability: 'maybe',
              command: `getSignedUrl(client, command, { unhoistableHeaders: new Set(['${first}']) })`,
              appliesTo: ['aws-sdk-js-v3'],
            },
          ] as const)
        : []),
      ...(first === 'x-amz-acl'
        ? ([
            {
              title: 'switch the header off in the uploader',
              applicability: 'maybe',
              command: 'uploadRequestHeaders={{}}',
              appliesTo: ['react-s3-uploader'],
            },
          ] as const)
        : []),
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: `write ${list} into SignedHeaders of the finished request`,
        why: 'SignedHeaders itself is signed; the signature has to be made again',
      },
      { title: 'open the bucket or its CORS rules', why: 'neither is looked at before the signature check has passed' },
    ],
    check: `send the request without ${list}: if it is the cause, this refusal goes away (what the header asked for is then not done)`,
  }
}

/** Where nothing else shows it: the header beside the list that lacks it. */
function listLabel({ file, params }: Match<Params>): Label[] {
  const request = file.wire.request?.request ?? file.request
  const signed = request === undefined ? undefined : authorizationOf(request)?.signedHeaders
  if (request === undefined || signed === undefined) return []
  const listed = new Set(signed.toLowerCase().split(';'))
  const wanted = new Set(params.names)
  const sent = request.headers.filter(([name]) => wanted.has(name.toLowerCase()) && !listed.has(name.toLowerCase()))
  if (sent.length === 0) return []
  return [
    {
      part: 'signed-headers',
      calculated: sent.map(([name, value]) => shownLine(name.toLowerCase(), value.trim())).join('\n'),
      signed,
      note: 'the request has a header that this list lacks',
    },
  ]
}

// S3 takes these as they come.
const EXEMPT = ['x-amz-cf-id', 'x-amz-cf-pop']
