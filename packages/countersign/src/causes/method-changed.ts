/**
 * Signed for one HTTP method, sent with another: a presigned GET used with PUT, a method override, a form that knows only GET and POST.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "HTTPMethod"
 * @see https://github.com/aws/aws-sdk-js/issues/457
 */

import { type CaseFile, cluesFor } from '../case/index.js'
import { canonicalRequestPart, type SigningInputs, withPart } from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import { labelOf, signerPart, verifierPart } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { METHOD_KEPT } from './kit/hop-fixes.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The method that was signed. */
interface Params {
  readonly signed: string
}

const HEAD = { id: 'method-changed', class: 'method.mismatch', part: 'method', undo } as const

export const methodChanged = defineCause<Params>({
  ...HEAD,
  summary: 'the request was signed for one HTTP method and sent with another',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  shownBy: ({ values }) => ({ signed: values['signed'] ?? 'GET' }),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  const sent = verifierPart(file, 'method')
  for (const { values } of [...cluesFor(file, HEAD.id), ...cluesFor(file, HEAD.class)]) {
    if (values['signed'] !== undefined) yield { params: { signed: values['signed'] } }
  }
  const logged = signerPart(file, 'method')
  if (logged !== undefined && !isMasked(logged)) yield { params: { signed: logged } }
  // A presigned URL is made for GET unless somebody asked otherwise; used with another method, that is the first thing to doubt,
  // unless the program that made it shows that it asked for this one.
  if (inputs?.authentication === 'query' && sent !== undefined && sent !== 'GET' && sent !== 'HEAD' && !presignedFor(file, sent)) {
    yield {
      params: { signed: 'GET' },
      weight: 0.5,
      grounds: [`The URL is presigned and was used with ${sent}; presigning makes a URL for GET unless told otherwise.`],
    }
  }
  if (sent !== undefined && sent !== sent.toUpperCase()) {
    yield { params: { signed: sent.toUpperCase() }, weight: 0.5, grounds: [`The method on the wire is written "${sent}".`] }
  }
  for (const seen of methodsSeen(file))
    if (seen !== sent && !ofOneKind(seen, sent))
      yield { params: { signed: seen }, weight: 0.3, grounds: [`Elsewhere in the evidence the request is a ${seen}.`] }
  for (const signed of METHODS) if (!ofOneKind(signed, sent)) yield { params: { signed } }
  if (sent !== undefined) yield { params: { signed: sent.toLowerCase() } }
}

/** Whether a call in the evidence presigns for this method, and none for another. */
function presignedFor({ observations }: CaseFile, method: string): boolean {
  const made = observations.flatMap((one) => (one.kind === 'call' && one.call.does === 'presigns' ? [one.call.method] : []))
  return made.length > 0 && made.every((one) => one === method)
}

function undo(inputs: SigningInputs, { signed }: Params): SigningInputs {
  return withPart(inputs, 'method', signed)
}

function explain(match: Match<Params>): Explanation {
  const seen = match.verifier === undefined ? verifierPart(match.file, 'method') : canonicalRequestPart(match.verifier, 'method')
  const sent = seen ?? cluesFor(match.file, HEAD.id).find(({ values }) => values['signed'] === match.params.signed)?.values['sent']
  const signed = match.params.signed
  const presigned = (match.verifier ?? match.file.inputsSeen)?.authentication === 'query'
  return {
    what:
      sent === undefined
        ? `the request was signed for ${signed} and sent with another method`
        : `the request was signed for ${signed} and reached the service as ${sent}`,
    why: 'the method is line 1 of the canonical request, so a signature holds for one method only; a GET signature does not cover HEAD',
    labels:
      seen === undefined || sent === undefined ? [] : [labelOf(match.file, 'method', sent, signed, 'the method is part of what is signed')],
    fixes: [
      ...(cluesFor(match.file, HEAD.id).some(({ values }) => values['by'] === 'cache') ? METHOD_KEPT : []),
      ...(sent === undefined
        ? []
        : [{ title: `sign for ${sent}, the method that is sent, or send the request with ${signed}`, applicability: 'maybe' } as const]),
      ...(presigned || seen === undefined ? [presignFix(sent)] : []),
      // What is to be uploaded is not uploaded by a GET.
      ...(signed === 'GET' && (sent === 'PUT' || sent === 'POST')
        ? []
        : [
            {
              title: `send the request with ${signed}`,
              applicability: 'maybe',
              command: `curl -X ${signed} '<url>'`,
              appliesTo: ['curl'],
            } as const,
          ]),
      {
        title: 'sign again after anything that changes the method: a redirect, a method override, a cache that fetches HEAD as GET',
        applicability: 'maybe',
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'add the method to the CORS rules of the bucket',
        why: 'CORS decides what a browser may read; the signature is checked all the same',
      },
    ],
    check: `use the same signature with ${signed}: it passes the signature check while it has not expired`,
  }
}

function presignFix(sent: string | undefined) {
  const operation =
    sent === 'PUT'
      ? 'put_object'
      : sent === 'HEAD'
        ? 'head_object'
        : sent === 'DELETE'
          ? 'delete_object'
          : sent === 'GET'
            ? 'get_object'
            : '<operation>'
  return {
    title: `presign the operation that is called${sent === undefined ? '' : ` (${sent})`}; "aws s3 presign" makes URLs for GET only`,
    applicability: 'has-placeholders',
    command: `boto3.client('s3').generate_presigned_url('${operation}', Params={'Bucket': '<bucket>', 'Key': '<key>'})`,
    appliesTo: ['boto3', 'aws-cli'],
  } as const
}

/** HEAD and GET taken for each other are a narrower cause's. */
function ofOneKind(a: string, b: string | undefined): boolean {
  return (a === 'GET' && b === 'HEAD') || (a === 'HEAD' && b === 'GET')
}

function methodsSeen(file: CaseFile): string[] {
  return [
    ...new Set(file.observations.flatMap((seen) => (seen.kind === 'request' && seen.methodGuessed !== true ? [seen.request.method] : []))),
  ]
}

const METHODS = ['GET', 'PUT', 'POST', 'HEAD', 'DELETE', 'PATCH', 'OPTIONS']
