/**
 * Signed for one service, sent to another: many services sign with a name that is not the one in their host or in their SDK.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 * @see https://github.com/aws/aws-sdk-js-v3/issues/1831
 */

import { type CaseFile, cluesFor, WORTH_REPORTING } from '../case/index.js'
import { COMMON_SERVICES, MISTAKEN_SERVICES, renamedServices } from '../endpoints/index.js'
import type { SigningInputs } from '../sigv4/index.js'
import { comparedSignatures, REPLACE_THE_SECRET } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { hostSeen, loggedScope, type ScopeParams, scopeLabels, scopeSigned, statedScope, withScope } from './kit/scope-candidates.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES } from './kit/wrong-fixes.js'

const HEAD = { id: 'service-mismatch', class: 'scope.service', undo } as const

export const serviceMismatch = defineCause<ScopeParams>({
  ...HEAD,
  part: 'credential-scope',
  summary: 'the credential scope names another service than the one that checks it',
  schemes: 'version-4',
  refusedAt: ['scope', 'signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  shownBy: ({ values }) => values,
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<ScopeParams>> {
  yield* statedScope(file, 'service-wrong', 'service')
  yield* loggedScope(file, 'service')
  const service = scopeSigned(file)?.service
  const host = hostSeen(file)
  const open = !(comparedSignatures(file) && host !== undefined)
  if (service !== undefined && open && host?.service !== undefined && host.service !== service) {
    // Where only the prefix is known, the service may well sign with another name.
    const weight = host.source === 'endpoint-prefix' ? 0.3 : 0.6
    const grounds = [`The host ${host.host} belongs to ${host.service}; the credential scope names "${service}".`]
    yield { params: { signed: service, wanted: host.service }, weight, grounds }
  }
  for (const { values } of [...cluesFor(file, HEAD.id), ...cluesFor(file, HEAD.class)]) {
    const signed = values['signed'] ?? values['service']
    const wanted = values['wanted']
    if (signed !== undefined)
      yield { params: { signed, ...(wanted !== undefined && { wanted }) }, ...(wanted !== undefined && { weight: WORTH_REPORTING }) }
  }
  if (file.known.service !== undefined) yield { params: { signed: file.known.service } }
  const wanted = file.inputsSeen?.scope.service
  if (wanted === undefined) return
  for (const signed of [...mistakenFor(wanted), ...COMMON_SERVICES, wanted.toUpperCase(), '']) yield { params: { signed, wanted } }
}

/** What signers write where this name is wanted. */
function mistakenFor(wanted: string): string[] {
  const prefixes = [...renamedServices()].filter(([, name]) => name === wanted).map(([prefix]) => prefix)
  const others = [...MISTAKEN_SERVICES].filter(([, names]) => names.includes(wanted)).map(([name]) => name)
  return [...others, ...prefixes.slice(0, MOST_PREFIXES)]
}

function undo(inputs: SigningInputs, { signed }: ScopeParams): SigningInputs {
  return withScope(inputs, 'service', signed)
}

function explain({ params }: Match<ScopeParams>): Explanation {
  const { signed } = params
  const renamed = signed === undefined ? undefined : renamedServices().get(signed)
  const options =
    params.wanted !== undefined ? [params.wanted] : renamed !== undefined ? [renamed] : (MISTAKEN_SERVICES.get(signed ?? '') ?? [])
  const to = options[0] ?? '<signing name>'
  return {
    what: `the request was signed for ${signed === undefined ? 'another service than the one it was sent to' : `the service "${signed}"`}${params.wanted === undefined ? '' : `; the service checks with "${params.wanted}"`}`,
    why: `the signing name of the service stands in the credential scope, in the string to sign and in the signing key; every service accepts its own name only${renamed === undefined ? '' : `; "${signed}" is the prefix of a host, and that service signs as "${renamed}"`}`,
    labels: scopeLabels(params, 'the service of the credential scope'),
    fixes: [
      {
        title:
          options.length === 0
            ? 'sign with the signing name of the service (signingName in its model, not endpointPrefix)'
            : `sign for ${options.join(' or ')}`,
        applicability: params.wanted !== undefined ? 'exact' : options.length === 0 ? 'has-placeholders' : 'maybe',
        ...(signed !== undefined && options.length === 1 && { sets: { what: 'service', from: signed, to } }),
      },
      {
        title: 'name the service to the signer',
        applicability: 'maybe',
        command: `new SignatureV4({ service: '${to}', ... })  // of a client: signingName`,
        appliesTo: ['smithy-signature-v4'],
      },
      {
        title: 'name the service',
        applicability: 'maybe',
        command: `curl --aws-sigv4 "aws:amz:<region>:${to}" <url>`,
        appliesTo: ['curl'],
      },
      {
        title: 'name the service to the signer',
        applicability: 'maybe',
        command: `SigV4Auth(credentials, '${to}', region)  # requests-aws4auth: AWS4Auth(key, secret, region, '${to}')`,
        appliesTo: ['botocore', 'requests-aws4auth'],
      },
      {
        title: 'name the service, as a custom domain does not tell it',
        applicability: 'maybe',
        command: `new AwsClient({ service: '${to}', ... })`,
        appliesTo: ['aws4fetch', 'aws4'],
      },
      {
        title: 'name the service',
        applicability: 'maybe',
        command: `awscurl --service ${to} --region <region> <url>`,
        appliesTo: ['awscurl'],
      },
      { title: 'update the SDK, where its own table holds the wrong name', applicability: 'maybe' },
    ],
    wrongFixes: [
      REPLACE_THE_SECRET,
      CHANGE_IAM_POLICIES,
      {
        title: 'take the name out of the host',
        why: 'some 80 services sign with a name that is not in their host: ses for email, iotdata for data.iot',
      },
    ],
    check: `sign the same request for ${to === '<signing name>' ? 'the signing name of the service' : `"${to}"`}: the message about the service goes away`,
  }
}

const MOST_PREFIXES = 12
