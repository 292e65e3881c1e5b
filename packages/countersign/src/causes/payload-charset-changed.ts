/**
 * The text of the body was hashed in another character encoding than it arrived in: Latin-1 for UTF-8, UTF-16, a byte order mark.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "HashedPayload"
 * @see https://github.com/Wantworthy/dynode/issues/16
 * @see https://www.rfc-editor.org/rfc/rfc3629#section-6
 */

import type { CaseFile } from '../case/index.js'
import { type SigningInputs, utf8ByteString } from '../sigv4/index.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { bodySeen, payloadHashLabels, withBodyHashed } from './kit/payload-bodies.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The encoding in which the text was hashed. */
interface Params {
  readonly as: keyof typeof BODIES
}

const HEAD = {
  id: 'payload-charset-changed',
  class: 'payload.hash',
  part: 'payload-hash',
  narrow: true,
  undo,
} as const

export const payloadCharsetChanged = defineCause<Params>({
  ...HEAD,
  summary: 'the text of the body was hashed in another character encoding than it arrived in',
  schemes: 'version-4',
  refusedAt: ['signature', 'payload'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  if (bodySeen(file).startsWith(BYTE_ORDER_MARK))
    yield {
      params: { as: 'without a byte order mark' },
      weight: 0.4,
      grounds: ['The body arrived with a byte order mark before its text.'],
    }
  for (const as of Object.keys(BODIES) as (keyof typeof BODIES)[]) yield { params: { as } }
}

function undo(inputs: SigningInputs, { as }: Params): SigningInputs {
  const change = BODIES[as]
  return change === undefined ? inputs : withBodyHashed(inputs, change)
}

function explain(match: Match<Params>): Explanation {
  return {
    what: `the body was hashed ${PHRASES[match.params.as]}`,
    why: 'a hash is made of bytes; where signer and HTTP client each turn the same text into bytes, in two encodings, every letter outside ASCII gives other bytes',
    labels: payloadHashLabels(match, undo, 'the hashes of the same text in two encodings'),
    fixes: [
      { title: 'turn the text into UTF-8 bytes once, hash those bytes and send the same bytes', applicability: 'exact' },
      ...CLIENT_FIXES,
      {
        title: 'write files without a byte order mark',
        applicability: 'maybe',
        command: 'Out-File -Encoding utf8NoBOM',
        appliesTo: ['windows', 'powershell'],
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'add "; charset=utf-8" to Content-Type',
        why: 'it names an encoding, and changes no byte of what was hashed; if content-type is signed it is a second difference',
      },
      { title: 'keep letters outside ASCII out of the text', why: 'it hides the fault until the next name, address or quotation mark' },
    ],
    check: 'send the same request with a body of plain ASCII letters: it passes with the same signer and key; with one "é" in it, it fails',
  }
}

/** A text's bytes as Latin-1 where they are UTF-8. */
function asLatin1(text: string): string {
  return text.replace(/[\u00c2\u00c3][\u0080-\u00bf]/g, (pair) =>
    String.fromCharCode(((pair.charCodeAt(0) & 0x03) << 6) | (pair.charCodeAt(1) & 0x3f)),
  )
}

function letterByLetter(text: string, write: (letter: string) => string): string {
  return text.replace(/[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}/g, write)
}

/** UTF-8 bytes as UTF-16 of this byte order; other bytes count as Latin-1. */
function asUtf16(text: string, littleEndian: boolean): string {
  const units = decoded(text)
  let made = ''
  for (let i = 0; i < units.length; i++) {
    const unit = units.charCodeAt(i)
    made += littleEndian ? String.fromCharCode(unit & 0xff, unit >> 8) : String.fromCharCode(unit >> 8, unit & 0xff)
  }
  return made
}

function decoded(text: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(text, (char) => char.charCodeAt(0)))
  } catch {
    return text
  }
}

const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf'
const BODIES = {
  'as Latin-1': asLatin1,
  'as UTF-8 twice': (text: string) => utf8ByteString(text),
  'as ASCII': (text: string) => letterByLetter(text, () => '?'),
  'with a byte order mark': (text: string) => (text.startsWith(BYTE_ORDER_MARK) ? text : BYTE_ORDER_MARK + text),
  'without a byte order mark': (text: string) => (text.startsWith(BYTE_ORDER_MARK) ? text.slice(3) : text),
  'as UTF-16': (text: string) => asUtf16(text, true),
  'as UTF-16 with a mark': (text: string) => `\u00ff\u00fe${asUtf16(text, true)}`,
  'as big-endian UTF-16': (text: string) => asUtf16(text, false),
} as const

const PHRASES: Readonly<Record<keyof typeof BODIES, string>> = {
  'as Latin-1': 'as Latin-1; it arrived as UTF-8',
  'as UTF-8 twice': 'as UTF-8 made of its UTF-8 bytes, so that each letter outside ASCII was encoded twice',
  'as ASCII': 'as ASCII, with "?" for every other letter; it arrived as UTF-8',
  'with a byte order mark': 'with a byte order mark, which did not arrive',
  'without a byte order mark': 'without the byte order mark with which it arrived',
  'as UTF-16': 'as UTF-16; it arrived as UTF-8',
  'as UTF-16 with a mark': 'as UTF-16 with a byte order mark; it arrived as UTF-8',
  'as big-endian UTF-16': 'as big-endian UTF-16; it arrived as UTF-8',
}

const CLIENT_FIXES = [
  {
    title: 'name the encoding; getBytes() alone takes that of the machine before Java 18',
    applicability: 'exact',
    command: 'byte[] body = text.getBytes(StandardCharsets.UTF_8);',
    appliesTo: ['java'],
  },
  {
    title: 'name the encoding; Encoding.Unicode is UTF-16',
    applicability: 'exact',
    command: 'byte[] body = new UTF8Encoding(false).GetBytes(text);',
    appliesTo: ['dotnet', 'powershell'],
  },
  {
    title: 'encode the text before signing; requests and http.client send a str as Latin-1 where it can',
    applicability: 'exact',
    command: "body = text.encode('utf-8')",
    appliesTo: ['python'],
  },
  {
    title: "hash UTF-8; 'binary' and 'latin1' are Latin-1",
    applicability: 'exact',
    command: "crypto.createHash('sha256').update(text, 'utf8').digest('hex')",
    appliesTo: ['javascript'],
  },
] as const
