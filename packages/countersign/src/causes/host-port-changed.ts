/**
 * The port of the host was signed and not sent, or sent and not signed; or the host's letters are in different case.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-host-and-authority
 * @see https://github.com/aws/aws-cli/issues/2883
 * @see https://github.com/awslabs/aws-sdk-rust/issues/1244
 */

import type { CaseFile } from '../case/index.js'
import { headerValue, type SigningInputs, signedHeaderValue, withSignedHeader } from '../sigv4/index.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { bareHost, differencesOfFault, FITS, narrowed, sameHostButPort } from './kit/header-differences.js'
import { headerLabels, said } from './kit/header-labels.js'
import { hostsSeen } from './kit/hosts-seen.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { toolFixes } from './kit/tool-fixes.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The host as it was signed. */
interface Params {
  readonly host: string
}

const HEAD = { id: 'host-port-changed', class: 'host.port', part: 'canonical-headers', undo } as const

export const hostPortChanged = defineCause<Params>({
  ...HEAD,
  summary: 'the port in the Host header was signed and not sent, or sent and not signed',
  schemes: 'signatures',
  refusedAt: ['signature'],
  shownBy: ({ values }) => ({ host: values['host'] ?? '' }),
  suspect: (file) => narrowed(file, HEAD.id, suspicionsOf(file, HEAD, candidates(file))),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  for (const { signed, calculated } of differencesOfFault(file, HEAD.id))
    yield { params: { host: signed }, weight: FITS, grounds: [`The signer has the host ${signed}, the service ${calculated}.`] }
  const now = inputs === undefined ? undefined : signedHeaderValue(inputs, 'host')
  if (now === undefined || inputs === undefined) {
    yield { params: { host: '' } }
    return
  }
  const bare = now.replace(/:\d*$/, '')
  for (const { host, where } of hostsSeen(file, [HEAD.id, HEAD.class]))
    if (sameHostButPort(host, now)) yield { params: { host }, weight: 0.5, grounds: [`The host is written ${host} in ${where}.`] }
  if (/:(?:80|443)$/.test(now))
    yield { params: { host: bare }, weight: 0.5, grounds: [`The Host header is ${now}; most signers leave a default port out.`] }
  yield { params: { host: bare } }
  const forwarded = inputs.request === undefined ? undefined : headerValue(inputs.request, 'x-forwarded-port')
  if (forwarded !== undefined && /^\d+$/.test(forwarded) && bare === now)
    yield { params: { host: `${bare}:${forwarded}` }, weight: 0.35, grounds: [`A proxy says that the client used port ${forwarded}.`] }
  for (const port of PORTS) yield { params: { host: `${bare}:${port}` } }
  for (const host of [now.toLowerCase(), bare.toLowerCase(), now.toUpperCase(), `${bare}.`, titled(now)]) yield { params: { host } }
}

function undo(inputs: SigningInputs, { host }: Params): SigningInputs {
  const now = signedHeaderValue(inputs, 'host')
  return host === '' || now === undefined || !sameHostButPort(now, host) ? inputs : withSignedHeader(inputs, 'host', host)
}

function explain(match: Match<Params>): Explanation {
  const labels = headerLabels(match, undo, HEAD.id, 'the port is part of the signed host')
  const host = bareHost(match.params.host === '' ? '<host>' : match.params.host)
  return {
    what: said(labels, 'the Host header that was signed and the one that was sent differ in the port'),
    why: 'HTTP clients leave a default port (:80, :443) out of the Host header, and proxies drop or add ports; the signer signed the other form',
    labels,
    fixes: [
      ...toolFixes(match.file, 'endpoint', { host }),
      {
        title: 'leave the default port out of the endpoint',
        applicability: 'maybe',
        command: `--endpoint-url https://${host}`,
        appliesTo: ['aws-cli'],
      },
      {
        title: 'give the SDK an endpoint without :443 or :80',
        applicability: 'maybe',
        command: `endpoint_url = https://${host}`,
        appliesTo: ['aws-cli', 'aws-sdk'],
      },
      {
        title: 'pass the Host header on with its port: $http_host keeps it, $host drops it',
        applicability: 'maybe',
        command: 'proxy_set_header Host $http_host;',
        appliesTo: ['nginx'],
      },
      {
        title: 'keep the port in the Host header',
        applicability: 'maybe',
        command: 'strip_any_host_port: false',
        appliesTo: ['envoy'],
      },
      {
        title: 'in a signer of your own, sign the Host header that the HTTP client sends: without the port if it is the default one',
        applicability: 'maybe',
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'add the default port to the URL on every side',
        why: 'HTTP clients drop it again before sending, so that it is signed and never sent',
      },
    ],
    check: 'record the Host header behind the last proxy and compare it with the host line that was signed, byte for byte, with the port',
  }
}

function titled(host: string): string {
  return host.charAt(0).toUpperCase() + host.slice(1)
}

const PORTS = ['443', '80', '9000', '8080', '4566', '8443', '8000', '9200', '3000', '3900', '8333', '7480', '5000']
