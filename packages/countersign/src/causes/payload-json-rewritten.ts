/**
 * The body is JSON that was written a second time after it was hashed: other spaces, escapes, order of keys or numbers.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "HashedPayload"
 * @see https://github.com/mhart/aws4/issues/63
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-2
 */

import type { CaseFile } from '../case/index.js'
import type { SigningInputs } from '../sigv4/index.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { escapedLetters, indentedJson, parsedJson, respacedJson, sortedKeys, unescapedLetters } from './kit/json-spelling.js'
import { bodySeen, payloadHashLabels, withBodyHashed } from './kit/payload-bodies.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** How the JSON that was hashed was written. */
interface Params {
  readonly as: keyof typeof BODIES
}

const HEAD = {
  id: 'payload-json-rewritten',
  class: 'payload.hash',
  part: 'payload-hash',
  narrow: true,
  undo,
  plain: { as: 'compact' },
} as const

export const payloadJsonRewritten = defineCause<Params>({
  ...HEAD,
  summary: 'the JSON body was written again after it was hashed',
  schemes: 'version-4',
  refusedAt: ['signature', 'payload'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  if (!isJson(bodySeen(file))) return
  for (const as of Object.keys(BODIES) as (keyof typeof BODIES)[]) yield { params: { as } }
}

function undo(inputs: SigningInputs, { as }: Params): SigningInputs {
  const change = CHANGES.get(as)
  return change === undefined ? inputs : withBodyHashed(inputs, change)
}

function isJson(text: string): boolean {
  return /^\s{0,64}[[{"]/.test(text)
}

function explain(match: Match<Params>): Explanation {
  const labels = payloadHashLabels(match, undo, 'the hashes of the same data, written in two ways')
  return {
    what:
      labels.length === 0 ? 'the JSON body was written again after it was hashed' : `the JSON body was hashed ${PHRASES[match.params.as]}`,
    why: 'the payload hash covers bytes, not what they mean; the same data written by another JSON writer has other spaces, escapes or order of keys, and so another hash',
    labels,
    fixes: [
      { title: 'write the JSON once, into bytes; hash those bytes and hand the same bytes to the HTTP client', applicability: 'exact' },
      ...CLIENT_FIXES,
      {
        title: 'let no interceptor, gateway or body filter behind the signer parse and write the JSON again',
        applicability: 'maybe',
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'copy the spacing of the other writer by hand',
        why: 'it works until a value has a letter outside ASCII, or a number that the two write differently',
      },
      { title: 'sign UNSIGNED-PAYLOAD instead', why: 'S3 then no longer notices a changed body; most other services refuse the word' },
    ],
    check: 'send the body {} with the same signer and key: it passes, as both writers write it alike; a body with two keys fails',
  }
}

const BODIES = {
  compact: (text: string) => respacedJson(text, ':', ','),
  spaced: (text: string) => respacedJson(text, ': ', ', '),
  parsed: (text: string) => parsedJson(text, (data) => JSON.stringify(data)),
  'indented by 2': (text: string) => indentedJson(text, 2),
  'indented by 4': (text: string) => indentedJson(text, 4),
  'sorted, compact': (text: string) => parsedJson(text, (data) => JSON.stringify(sortedKeys(data))),
  'sorted, spaced': (text: string) => parsedJson(text, (data) => respacedJson(JSON.stringify(sortedKeys(data)), ': ', ', ')),
  'escaped letters': escapedLetters,
  'escaped letters, compact': (text: string) => respacedJson(escapedLetters(text), ':', ','),
  'escaped letters, spaced': (text: string) => respacedJson(escapedLetters(text), ': ', ', '),
  'letters not escaped': unescapedLetters,
  'escaped slashes': (text: string) => text.replace(/(?<!\\)\//g, '\\/'),
  'escaped slashes, compact': (text: string) => respacedJson(text.replace(/(?<!\\)\//g, '\\/'), ':', ','),
  'slashes not escaped': (text: string) => text.replaceAll('\\/', '/'),
  'as a string': (text: string) => JSON.stringify(text),
  'out of a string': (text: string) => parsedJson(text, (data) => (typeof data === 'string' ? data : text)),
} as const

/** The same, and what is no JSON left alone. One function each, so that its hash is made once for a body. */
const CHANGES: ReadonlyMap<string, (text: string) => string> = new Map(
  Object.entries(BODIES).map(([as, change]) => [as, (text: string) => (isJson(text) ? change(text) : text)]),
)

const PHRASES: Readonly<Record<keyof typeof BODIES, string>> = {
  compact: 'without spaces; it arrived with them',
  spaced: 'with spaces after ":" and ","; it arrived without them',
  parsed: 'as another JSON writer writes it',
  'indented by 2': 'indented by two spaces',
  'indented by 4': 'indented by four spaces',
  'sorted, compact': 'with its keys sorted',
  'sorted, spaced': 'with its keys sorted and with spaces',
  'escaped letters': 'with \\u escapes; it arrived as UTF-8',
  'escaped letters, compact': 'with \\u escapes and without spaces; it arrived in another form',
  'escaped letters, spaced': 'with \\u escapes and spaces; it arrived in another form',
  'letters not escaped': 'as UTF-8; it arrived with \\u escapes',
  'escaped slashes': 'with "\\/" for every slash',
  'escaped slashes, compact': 'with "\\/" for every slash and without spaces',
  'slashes not escaped': 'with plain slashes; it arrived with "\\/"',
  'as a string': 'as a JSON string with the body inside',
  'out of a string': 'as it was before it was put into a JSON string',
}

const CLIENT_FIXES = [
  {
    title: 'write the JSON once and send that string; an object is written again by axios and its like',
    applicability: 'exact',
    command: 'const body = JSON.stringify(data)  // sign({ body }), then axios.post(url, body, { transformRequest: [(b) => b] })',
    appliesTo: ['javascript'],
  },
  {
    title: 'give requests the signed bytes with data=; json= writes them again, with spaces and \\u escapes',
    applicability: 'exact',
    command: "body = json.dumps(payload).encode('utf-8'); requests.post(url, data=body, headers=signed)",
    appliesTo: ['python'],
  },
  {
    title: "write the JSON once; Guzzle's 'json' option writes it again, with escaped slashes",
    applicability: 'exact',
    command: '$body = json_encode($data); new Request("POST", $url, $headers, $body)',
    appliesTo: ['php'],
  },
  {
    title: 'write the JSON to bytes with one mapper and give both the signer and the HTTP client those bytes',
    applicability: 'exact',
    command: 'byte[] body = mapper.writeValueAsBytes(data);',
    appliesTo: ['java'],
  },
] as const
