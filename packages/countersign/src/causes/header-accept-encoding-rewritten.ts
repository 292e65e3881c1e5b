/**
 * Accept-Encoding was signed and arrived with another value: front ends of Google and Cloudflare, proxies and HTTP clients set it.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding
 * @see https://github.com/aws/aws-sdk-go-v2/issues/1816
 * @see https://github.com/rclone/rclone/issues/6670
 */

import { signedHeaderValue } from '../sigv4/index.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { headerLabels, said } from './kit/header-labels.js'
import { type HeaderValues, type NamedHeaders, namedCandidates, narrowedTo, withHeaderValues } from './kit/headers-named.js'
import { suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

const NAME = 'accept-encoding'
const HEAD = {
  id: 'header-accept-encoding-rewritten',
  class: 'header.changed',
  part: 'canonical-headers',
  narrow: true,
  undo: withHeaderValues,
  plain: { values: [] },
} as const

const ABOUT: NamedHeaders = {
  cause: HEAD.id,
  owns: (name) => name === NAME,
  guesses: (name) => (name === NAME ? USUAL : []),
  seen: {
    weight: 0.35,
    ground: (name) => (name === NAME ? 'accept-encoding is among the signed headers, and proxies and HTTP clients rewrite it.' : undefined),
  },
}

export const headerAcceptEncodingRewritten = defineCause<HeaderValues>({
  ...HEAD,
  summary: 'Accept-Encoding was signed, and a proxy or the HTTP client wrote another value',
  schemes: 'version-4',
  refusedAt: ['signature'],
  suspect: (file) => narrowedTo(file, ABOUT.owns, suspicionsOf(file, HEAD, namedCandidates(file, ABOUT))),
  explain,
})

function explain(match: Match<HeaderValues>): Explanation {
  const labels = headerLabels(match, withHeaderValues, 'header-changed-in-transit', 'accept-encoding has to arrive as it was signed')
  const now = match.verifier === undefined ? undefined : signedHeaderValue(match.verifier, NAME)
  const google = now !== undefined && /gzip\(gfe\)/.test(now)
  return {
    what: said(labels, 'the Accept-Encoding header that was signed reached the service with another value'),
    why: google
      ? 'the front end of Google Cloud Storage writes "gzip(gfe)" into Accept-Encoding before the signature is checked; a signature that covers the header cannot match there'
      : 'Accept-Encoding says what the next proxy can unpack, so that proxies, CDNs and HTTP clients write their own; a signature that covers it breaks',
    labels,
    fixes: [
      { title: 'leave accept-encoding out of the signed headers; no service wants it signed', applicability: 'exact' },
      ...CLIENT_FIXES,
      {
        title: 'pass the header on as it came',
        applicability: 'maybe',
        command: 'proxy_set_header Accept-Encoding $http_accept_encoding;',
        appliesTo: ['nginx'],
      },
      { title: "sign after the step that sets Accept-Encoding, or switch the client's own compression off", applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'send the value that the proxy makes',
        why: 'a proxy appends to what it gets or replaces it by what it supports; the value changes with the next release of the proxy',
      },
      { title: 'remove Accept-Encoding from the request that is sent', why: 'it is among the signed headers then, and counts as empty' },
    ],
    check: 'sign the same request without accept-encoding among the signed headers: it passes through the same proxies with the same key',
  }
}

const USUAL = [
  'identity',
  'gzip',
  'gzip, deflate',
  'gzip, br',
  'gzip, deflate, br',
  'gzip, deflate, br, zstd',
  'gzip,deflate',
  'deflate, gzip',
  '*',
  'br',
  '',
]

const CLIENT_FIXES = [
  {
    title: 'take the header off before the "Signing" step and put it back after it',
    applicability: 'exact',
    command: 'req.Header.Del("Accept-Encoding")  // in a middleware of stack.Finalize, before "Signing"; restore it after',
    appliesTo: ['aws-sdk-go-v2'],
  },
  {
    title: 'tell rclone that the store rewrites the header',
    applicability: 'exact',
    command: 'use_accept_encoding_gzip = false',
    appliesTo: ['rclone'],
  },
  {
    title: 'leave the header unsigned',
    applicability: 'exact',
    command: "signer.sign(request, { unsignableHeaders: new Set(['accept-encoding']) })",
    appliesTo: ['smithy-signature-v4'],
  },
  {
    title: 'delete the header from what is signed; a Worker sends its own',
    applicability: 'exact',
    command: "headers.delete('accept-encoding')  // before aws.sign()",
    appliesTo: ['aws4fetch'],
  },
  {
    title: 'leave the header unsigned',
    applicability: 'exact',
    command: "client.meta.events.register_first('before-sign.s3', lambda request, **kw: request.headers.pop('Accept-Encoding', None))",
    appliesTo: ['boto3'],
  },
] as const
