/**
 * Another host was signed than the one that arrived: a proxy or CDN sets the Host header, or the signer signs the visitor's.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 * @see https://github.com/xcir/libvmod-awsrest/issues/8
 */

import { askerOf, type CaseFile, cluesFor } from '../case/index.js'
import { type SigningInputs, signedHeaderValue, withSignedHeader } from '../sigv4/index.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { differencesOfFault, FITS, narrowed, sameHostButPort } from './kit/header-differences.js'
import { headerLabels, said } from './kit/header-labels.js'
import { HOST_KEPT, HOST_KEPT_BY_INGRESS } from './kit/hop-fixes.js'
import { forwardedHosts, hostsSeen, s3Forms } from './kit/hosts-seen.js'
import { linesOfRequest, receiver } from './kit/logged-lines.js'
import { sentByApplication } from './kit/redirect-fixes.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The host that was signed; empty where it is not known. */
interface Params {
  readonly host: string
}

const HEAD = { id: 'host-rewritten', class: 'host.rewritten', part: 'canonical-headers', undo } as const

export const hostRewritten = defineCause<Params>({
  ...HEAD,
  summary: 'the Host header changed after signing',
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
  const logged = signerHost(file)
  if (logged !== undefined && /[/\s]/.test(logged))
    yield {
      params: { host: logged },
      weight: 0.85,
      grounds: [`The signer's canonical request has the host ${logged}, which no Host header can be.`],
    }
  for (const { values } of [...cluesFor(file, HEAD.id), ...cluesFor(file, HEAD.class)]) yield { params: { host: values['host'] ?? '' } }
  if (inputs === undefined) return
  for (const { host, where } of forwardedHosts(inputs.request?.headers ?? []))
    yield { params: { host }, weight: 0.5, grounds: [`The request came through a proxy: ${where} names ${host}.`] }
  const received = signedHeaderValue(inputs, 'host')
  // nginx sends both unless the configuration says otherwise: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header
  if (
    received !== undefined &&
    /^(?!localhost(?::|$))[a-z0-9_-]{1,63}(?::\d{1,5})?$/i.test(received) &&
    closes(inputs.request?.headers ?? [])
  )
    yield {
      params: { host: '' },
      weight: 0.45,
      grounds: [`The request came with the host ${received} and "Connection: close", as a proxy such as nginx sends it.`],
    }
  for (const { line } of linesOfRequest(file, inputs)) {
    if (line.host === undefined || received === undefined || sameHostButPort(line.host, received)) continue
    const grounds = [`A log of the refused request names the host ${line.host}; ${receiver(file)} ${received}.`]
    yield { params: { host: line.host }, weight: 0.45, grounds }
  }
  for (const { host } of hostsSeen(file, [HEAD.id, HEAD.class])) yield { params: { host } }
  const now = signedHeaderValue(inputs, 'host')
  if (now === undefined) return
  for (const host of [...s3Forms(now, inputs), ...LOCAL]) yield { params: { host } }
}

function closes(headers: readonly (readonly [string, string])[]): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === 'connection' && value.trim().toLowerCase() === 'close')
}

/** The host line of the signer's own canonical request. */
function signerHost(file: CaseFile): string | undefined {
  return /(?:^|\n)host:([^\n]*)/.exec(file.signer.parts?.['canonical-headers'] ?? '')?.[1]?.trim()
}

function undo(inputs: SigningInputs, { host }: Params): SigningInputs {
  const now = signedHeaderValue(inputs, 'host')
  // A port or the case alone is another cause's.
  return host === '' || now === undefined || sameHostButPort(now, host) ? inputs : withSignedHeader(inputs, 'host', host)
}

function explain(match: Match<Params>): Explanation {
  const labels = headerLabels(match, undo, HEAD.id, 'the host is always signed')
  const signed = match.params.host === '' ? '<host that was signed>' : match.params.host
  return {
    what: said(labels, 'the Host header that reached the service is not the host that was signed'),
    why: "the Host header is one of the signed headers; every proxy that sends its own upstream's name, or forwards the visitor's Host, breaks the signature",
    labels,
    fixes: [
      ...(askerOf(match.file).has('ingress-nginx') ? HOST_KEPT_BY_INGRESS : []),
      {
        title: 'pass the signed Host header through every proxy behind the signer',
        applicability: 'maybe',
        command: 'proxy_set_header Host $http_host;',
        appliesTo: ['nginx'],
      },
      {
        title: 'send the host that was signed to the service, where the signer is in front of nginx and signs one fixed host',
        applicability: match.params.host === '' ? 'has-placeholders' : 'maybe',
        command: `proxy_set_header Host ${signed};`,
        appliesTo: ['nginx'],
      },
      ...HOST_KEPT,
      ...sentByApplication(match.file),
      {
        title: 'let the origin request policy leave out the Host header, so that CloudFront sends and signs the host of the origin',
        applicability: 'maybe',
        command: 'origin_request_policy_id = "b689b0a8-53d0-40ab-baf2-68738e2966ac"  # Managed-AllViewerExceptHostHeader',
        appliesTo: ['cloudfront'],
      },
      {
        title: 'or set the host that was signed, where the signer is in front of HAProxy and signs one fixed host',
        applicability: match.params.host === '' ? 'has-placeholders' : 'maybe',
        command: `http-request set-header Host ${signed}`,
        appliesTo: ['haproxy'],
      },
      {
        title: 'switch the rewriting of the host off for this route, or sign in the filter that comes last',
        applicability: 'maybe',
        command: 'route: { cluster: <cluster> }  # without host_rewrite_literal and auto_host_rewrite',
        appliesTo: ['envoy'],
      },
      {
        title: 'set the host of the service before the signature is made',
        applicability: 'has-placeholders',
        command: 'set req.http.host = "<host of the service>";',
        appliesTo: ['varnish'],
      },
      { title: 'presign or sign for the host that the client will call', applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      { title: 'leave host out of the signed headers', why: 'the host must be signed; a request without it is refused earlier' },
      {
        title: 'replace the host in a presigned URL',
        why: 'the host is part of what the URL was signed for; another host needs another URL',
      },
    ],
    check:
      'send the same signed request straight to the service, without the proxy: it passes the signature check if the proxy changed the host',
  }
}

const LOCAL = ['localhost', '127.0.0.1', 'localhost:9000', 'localhost:4566', 'host.docker.internal', 'minio', 'minio:9000']
