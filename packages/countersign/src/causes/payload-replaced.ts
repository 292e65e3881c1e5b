/**
 * Another body was hashed than the one that arrived, in a way that no narrower cause about bodies names; form fields, above all.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "HashedPayload"
 */

import { type CaseFile, statedFacts, WORTH_REPORTING } from '../case/index.js'
import { canonicalRequestPart, EMPTY_PAYLOAD_HASH, HEADER, headerValue, type SigningInputs, uriDecode, withPart } from '../sigv4/index.js'
import { labelOf, sidesOf, signerPart } from './kit/case-views.js'
import { defineCause, type Match, type Suspicion } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { withBodyHashed } from './kit/payload-bodies.js'
import { type Candidate, cluesWeigh, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** What was done to the body that arrived to make the one that was hashed; or the hash that was signed. */
interface Params {
  readonly as: keyof typeof BODIES | 'hash' | 'not-known'
  readonly hash?: string
}

const HEAD = { id: 'payload-replaced', class: 'payload.hash', part: 'payload-hash', undo } as const

export const payloadReplaced = defineCause<Params>({
  ...HEAD,
  summary: 'another body was hashed for the signature than the one that arrived',
  schemes: 'version-4',
  refusedAt: ['signature', 'payload'],
  suspect: suspicions,
  shownBy: () => ({ as: 'not-known' }),
  explain,
})

function* suspicions(file: CaseFile): Iterable<Suspicion<Params>> {
  for (const stated of statedFacts(file, 'payload-hash-mismatch')) {
    const { signed, received } = stated.values
    if (signed === undefined || received === undefined || signed === received) continue
    // That nothing was hashed at all is a narrower cause's.
    if (signed === EMPTY_PAYLOAD_HASH) continue
    yield {
      params: { as: 'hash', hash: signed },
      weight: 1,
      grounds: ["The service's message holds both hashes: the one signed and that of the body received."],
      stated,
    }
  }
  yield* suspicionsOf(file, HEAD, candidates(file))
  const hinted = cluesWeigh(file, HEAD)
  // A hint holds also where no other body is known that could be tested.
  if (file.inputsSeen !== undefined && hinted.weight >= WORTH_REPORTING) yield { params: { as: 'not-known' }, ...hinted }
  else if (/XAmzContentSHA256Mismatch/.test(file.refusal?.code ?? '') && statedFacts(file, 'payload-hash-mismatch').length === 0)
    yield {
      params: { as: 'not-known' },
      weight: 0.3,
      grounds: ['The service says that the body received has another hash than x-amz-content-sha256; it does not show both.'],
    }
}

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const logged = signerPart(file, 'payload-hash')
  const inputs = file.inputsSeen
  const calculated = inputs === undefined ? '' : canonicalRequestPart(inputs, 'payload-hash')
  if (logged !== undefined && HEX.test(logged) && HEX.test(calculated))
    yield { params: { as: 'hash', hash: logged }, weight: 0.9, grounds: ["The signer's payload hash is another one than the service's."] }
  if (inputs === undefined) {
    yield { params: { as: 'not-known' } }
    return
  }
  for (const hash of hashesSeen(file))
    yield { params: { as: 'hash', hash }, weight: 0.4, grounds: ['Elsewhere in the evidence the payload hash is another one.'] }
  for (const as of Object.keys(BODIES) as (keyof typeof BODIES)[]) yield { params: { as } }
}

function undo(inputs: SigningInputs, { as, hash }: Params): SigningInputs {
  // A word in place of a hash is another cause's.
  if (as === 'not-known' || !HEX.test(canonicalRequestPart(inputs, 'payload-hash'))) return inputs
  if (as === 'hash') return hash === undefined || !HEX.test(hash) ? inputs : withPart(inputs, 'payload-hash', hash)
  return BODIES[as] === undefined ? inputs : withBodyHashed(inputs, BODIES[as])
}

/** Payload hashes in any request of the evidence. */
function hashesSeen(file: CaseFile): string[] {
  const seen = file.observations.flatMap((one) => (one.kind === 'request' ? (headerValue(one.request, HEADER.contentSha256) ?? []) : []))
  return [...new Set(seen)].filter((value) => HEX.test(value)).slice(0, 6)
}

function explain(match: Match<Params>): Explanation {
  const stated = statedFacts(match.file, 'payload-hash-mismatch').find(
    ({ values }) => values['signed'] !== undefined && values['received'] !== undefined,
  )
  const sides = sidesOf(match, undo)
  const [calculated, signed] =
    match.params.as === 'hash' && stated?.values['signed'] === match.params.hash
      ? [stated?.values['received'] ?? '', stated?.values['signed'] ?? '']
      : sides === undefined
        ? ['', '']
        : [canonicalRequestPart(sides.verifier, 'payload-hash'), canonicalRequestPart(sides.signer, 'payload-hash')]
  const lost = calculated === EMPTY_PAYLOAD_HASH
  const { as } = match.params
  return {
    what: lost
      ? 'a body was hashed for the signature, and none arrived'
      : as === 'hash' || as === 'not-known'
        ? 'the body that was hashed for the signature is not the body that arrived'
        : `the body was hashed ${PHRASES[as]}`,
    why: 'the payload hash is the last line of the canonical request; it covers every byte of the body, so that a body serialized or encoded again has another hash',
    labels:
      calculated === signed
        ? []
        : [labelOf(match.file, 'payload-hash', calculated, signed, lost ? 'calculated over no bytes at all' : 'the hashes of two bodies')],
    fixes: [
      { title: 'turn the body into bytes once, hash those bytes and send the same bytes', applicability: 'exact' },
      {
        title: 'in JavaScript',
        applicability: 'maybe',
        command: 'const body = JSON.stringify(data)  // then sign({ body }) and fetch(url, { body })',
        appliesTo: ['javascript'],
      },
      {
        title: 'in Python: give requests the signed bytes, not json=',
        applicability: 'maybe',
        command: "body = json.dumps(data).encode('utf-8'); requests.post(url, data=body, headers=signed)",
        appliesTo: ['python'],
      },
      {
        title: 'with OkHttp: write the body to a buffer and hash its bytes; toString() of a RequestBody does not give them',
        applicability: 'exact',
        command: 'val buffer = okio.Buffer().also { request.body?.writeTo(it) }; val hash = buffer.readByteString().sha256().hex()',
        appliesTo: ['okhttp'],
      },
      {
        title: 'send a file byte for byte',
        applicability: 'maybe',
        command: 'curl --data-binary @<file> ...  # -d drops line endings',
        appliesTo: ['curl'],
      },
      {
        title: 'let no proxy or interceptor behind the signer change the body (compression, charset, JSON filters)',
        applicability: 'maybe',
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'sign UNSIGNED-PAYLOAD instead',
        why: 'S3 then no longer notices a changed body, which hides the fault; most other services refuse it',
      },
      { title: 'remove x-amz-content-sha256', why: 'S3 requires it, and other services hash the body that arrives all the same' },
    ],
    check:
      'hash the body as it arrives at the last proxy (openssl dgst -sha256) and compare it with the last line of the canonical request that was signed',
  }
}

const BODIES = {
  'plus as %20': (text: string) => text.replaceAll('+', '%20'),
  '%20 as plus': (text: string) => text.replaceAll('%20', '+'),
  'pairs sorted': (text: string) => (FORM.test(text) ? text.split('&').sort().join('&') : text),
  'lower-case escapes': (text: string) => (FORM.test(text) ? text.replace(/%[0-9A-F]{2}/g, (found) => found.toLowerCase()) : text),
  'upper-case escapes': (text: string) => (FORM.test(text) ? text.replace(/%[0-9a-f]{2}/g, (found) => found.toUpperCase()) : text),
  'form decoded': (text: string) => (FORM.test(text) ? text.replaceAll('+', ' ').replace(/%[0-9A-Fa-f]{2}/g, uriDecode) : text),
  'HTML escaped': (text: string) => text.replaceAll('&', '&amp;'),
} as const satisfies Record<string, (text: string) => string>

const PHRASES: Readonly<Record<keyof typeof BODIES, string>> = {
  'plus as %20': 'with "%20" for the spaces; it arrived with "+"',
  '%20 as plus': 'with "+" for the spaces; it arrived with "%20"',
  'pairs sorted': 'with its form fields sorted',
  'lower-case escapes': 'with its escapes in lower case',
  'upper-case escapes': 'with its escapes in upper case',
  'form decoded': 'before its form fields were percent-encoded',
  'HTML escaped': 'with "&amp;" for "&"',
}
// A form, one field after another; bounded by its class, so that one pass decides.
const FORM = /^[A-Za-z0-9._~*+%=&-]+$/
const HEX = /^[0-9a-f]{64}$/
