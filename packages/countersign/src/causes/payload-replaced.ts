/**
 * Another body was hashed than the one that arrived: another encoding, other line ends, re-serialized JSON, an empty body.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "HashedPayload"
 */
import { type CaseFile, statedFacts } from '../evidence/case-file.js'
import { byteString, bytesOf, utf8ByteString } from '../sigv4/byte-string.js'
import { canonicalRequestPart } from '../sigv4/canonical-request.js'
import { withPart } from '../sigv4/edit-inputs.js'
import { headerValue } from '../sigv4/http-request.js'
import { payloadHashOf } from '../sigv4/payload-hash.js'
import type { SigningInputs } from '../sigv4/signing-inputs.js'
import { EMPTY_PAYLOAD_HASH, HEADER } from '../sigv4/wire-names.js'
import { defineCause, type Match, type Suspicion } from './cause.js'
import type { Explanation } from './explanation.js'
import { type Candidate, hintedWeight, inputsSeen, labelOf, sidesOf, signerPart, suspicionsOf } from './suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './wrong-fixes.js'

/** What was done to the body that arrived to make the one that was hashed; or the hash that was signed. */
interface Params {
  readonly as: keyof typeof BODIES | 'hash' | 'not-known'
  readonly hash?: string
}

const HEAD = { id: 'payload-replaced', class: 'payload.hash', part: 'payload-hash', undo } as const

export const payloadReplaced = defineCause<Params>({
  ...HEAD,
  summary: 'another body was hashed for the signature than the one that arrived',
  refusedAt: ['signature', 'payload'],
  suspect: suspicions,
  explain,
})

function* suspicions(file: CaseFile): Iterable<Suspicion<Params>> {
  for (const stated of statedFacts(file, 'payload-hash-mismatch')) {
    const { signed, received } = stated.values
    if (signed === undefined || received === undefined || signed === received) continue
    yield {
      params: { as: 'hash', hash: signed },
      weight: 1,
      grounds: ["The service's message holds both hashes: the one signed and that of the body received."],
      stated,
    }
  }
  yield* suspicionsOf(file, HEAD, candidates(file))
  const hinted = hintedWeight(file, HEAD.id, HEAD.class)
  // A hint holds also where no other body is known that could be tested.
  if (inputsSeen(file) !== undefined && hinted.weight >= 0.2) yield { params: { as: 'not-known' }, ...hinted }
  else if (/XAmzContentSHA256Mismatch/.test(file.refusal?.code ?? '') && statedFacts(file, 'payload-hash-mismatch').length === 0)
    yield {
      params: { as: 'not-known' },
      weight: 0.3,
      grounds: ['The service says that the body received has another hash than x-amz-content-sha256; it does not show both.'],
    }
}

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const logged = signerPart(file, 'payload-hash')
  const inputs = inputsSeen(file)
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
  if (as === 'empty') return withPart(inputs, 'payload-hash', EMPTY_PAYLOAD_HASH)
  const body = inputs.request?.body
  if (body === undefined || body.length === 0 || body.length > LONGEST_BODY) return inputs
  const text = byteString(body)
  const other = BODIES[as](text)
  return other === text ? inputs : withPart(inputs, 'payload-hash', payloadHashOf(bytesOf(other)))
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
  const empty = signed === EMPTY_PAYLOAD_HASH || match.params.as === 'empty'
  const { as } = match.params
  return {
    what: empty
      ? 'the hash of an empty body was signed, and a body arrived'
      : as === 'hash' || as === 'not-known'
        ? 'the body that was hashed for the signature is not the body that arrived'
        : `the body was hashed ${PHRASES[as]}`,
    why: 'the payload hash is the last line of the canonical request; it covers every byte of the body, so that a body serialized or encoded again has another hash',
    labels:
      calculated === signed
        ? []
        : [
            labelOf(
              match.file,
              'payload-hash',
              calculated,
              signed,
              empty ? 'this is the hash of no bytes at all' : 'the hashes of two bodies',
            ),
          ],
    fixes: [
      { title: 'turn the body into bytes once, hash those bytes and send the same bytes', applicability: 'exact' },
      {
        title: 'in JavaScript',
        applicability: 'maybe',
        command: 'const body = JSON.stringify(data)  // then sign({ body }) and fetch(url, { body })',
        appliesTo: 'JavaScript',
      },
      {
        title: 'in Python: give requests the signed bytes, not json=',
        applicability: 'maybe',
        command: "body = json.dumps(data).encode('utf-8'); requests.post(url, data=body, headers=signed)",
        appliesTo: 'Python',
      },
      {
        title: 'send a file byte for byte',
        applicability: 'maybe',
        command: 'curl --data-binary @<file> ...  # -d drops line ends',
        appliesTo: 'curl',
      },
      { title: 'let no hop or interceptor behind the signer change the body (compression, charset, JSON filters)', applicability: 'maybe' },
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
      'hash the body as it arrives at the last hop (openssl dgst -sha256) and compare it with the last line of the canonical request that was signed',
  }
}

/** A text's bytes as Latin-1 where they are UTF-8. */
function asLatin1(text: string): string {
  return text.replace(/[\u00c2\u00c3][\u0080-\u00bf]/g, (pair) =>
    String.fromCharCode(((pair.charCodeAt(0) & 0x03) << 6) | (pair.charCodeAt(1) & 0x3f)),
  )
}

/** JSON spaced again; strings are kept as they are. */
function respaced(text: string, colon: string, comma: string): string {
  if (!/^\s*[[{]/.test(text)) return text
  return text.replace(/("(?:[^"\\]|\\.)*")|\s+|([:,])/g, (_, string: string | undefined, mark: string | undefined) =>
    string !== undefined ? string : mark === ':' ? colon : mark === ',' ? comma : '',
  )
}

/** Escapes letters outside ASCII as \uXXXX, as Python's json does. Only two-byte letters; longer ones are rare in keys. */
function escaped(text: string): string {
  return text.replace(
    /[\u00c2-\u00df][\u0080-\u00bf]/g,
    (pair) => `\\u${((((pair.charCodeAt(0) & 0x1f) << 6) | (pair.charCodeAt(1) & 0x3f)) + 0x10000).toString(16).slice(1)}`,
  )
}

const BODIES = {
  empty: () => '',
  'trailing newline': (text: string) => `${text}\n`,
  'no trailing newline': (text: string) => text.replace(/\r?\n$/, ''),
  CRLF: (text: string) => text.replace(/\r?\n/g, '\r\n'),
  LF: (text: string) => text.replaceAll('\r\n', '\n'),
  'no line ends': (text: string) => text.replace(/[\r\n]/g, ''),
  trimmed: (text: string) => text.trim(),
  'compact JSON': (text: string) => respaced(text, ':', ','),
  'spaced JSON': (text: string) => respaced(text, ': ', ', '),
  'escaped JSON': (text: string) => escaped(text),
  'escaped and spaced JSON': (text: string) => respaced(escaped(text), ': ', ', '),
  'slashes escaped': (text: string) => text.replace(/(?<!\\)\//g, '\\/'),
  'Latin-1': asLatin1,
  'UTF-8 twice': (text: string) => utf8ByteString(text),
  'byte order mark': (text: string) => `\u00ef\u00bb\u00bf${text}`,
  'no byte order mark': (text: string) => text.replace(/^\u00ef\u00bb\u00bf/, ''),
  'plus as %20': (text: string) => text.replaceAll('+', '%20'),
  '%20 as plus': (text: string) => text.replaceAll('%20', '+'),
  'JSON string': (text: string) => `"${text.replace(/["\\]/g, (mark) => `\\${mark}`)}"`,
} as const satisfies Record<string, (text: string) => string>

const PHRASES: Readonly<Record<keyof typeof BODIES, string>> = {
  empty: 'as if it were empty',
  'trailing newline': 'with a line feed at its end, which did not arrive',
  'no trailing newline': 'without the line feed at its end',
  CRLF: 'with CR LF line ends; it arrived with LF',
  LF: 'with LF line ends; it arrived with CR LF',
  'no line ends': 'without its line ends',
  trimmed: 'without the blanks around it',
  'compact JSON': 'as JSON without blanks; it arrived with them',
  'spaced JSON': 'as JSON with blanks after ":" and ","; it arrived without them',
  'escaped JSON': 'as JSON with \\u escapes; it arrived as UTF-8',
  'escaped and spaced JSON': 'as JSON with \\u escapes and blanks; it arrived otherwise',
  'slashes escaped': 'with "\\/" for every slash',
  'Latin-1': 'as Latin-1; it arrived as UTF-8',
  'UTF-8 twice': 'with its letters encoded as UTF-8 twice',
  'byte order mark': 'with a byte order mark, which did not arrive',
  'no byte order mark': 'without the byte order mark',
  'plus as %20': 'with "%20" for the blanks; it arrived with "+"',
  '%20 as plus': 'with "+" for the blanks; it arrived with "%20"',
  'JSON string': 'as a JSON string',
}
const HEX = /^[0-9a-f]{64}$/
const LONGEST_BODY = 1_000_000
