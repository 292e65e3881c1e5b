/**
 * The body was hashed with other line endings than it arrived with: CR LF for LF, a last line feed more or less, none at all.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "HashedPayload"
 * @see https://curl.se/docs/manpage.html "--data-binary"
 */

import type { CaseFile } from '../case/index.js'
import type { SigningInputs } from '../sigv4/index.js'
import { clientSeen } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { bodySeen, payloadHashLabels, withBodyHashed } from './kit/payload-bodies.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** What the line endings were when the body was hashed. */
interface Params {
  readonly as: keyof typeof BODIES
}

const HEAD = {
  id: 'payload-line-endings-changed',
  class: 'payload.hash',
  part: 'payload-hash',
  narrow: true,
  undo,
} as const

export const payloadLineEndingsChanged = defineCause<Params>({
  ...HEAD,
  summary: 'the body was hashed with other line endings than it arrived with',
  schemes: 'version-4',
  refusedAt: ['signature', 'payload'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const body = bodySeen(file)
  const curl = clientSeen(file, /^curl$/i) !== undefined && /[\r\n]/.test(body)
  for (const as of Object.keys(BODIES) as (keyof typeof BODIES)[])
    yield {
      params: { as },
      ...(curl &&
        as === 'without line endings' && {
          weight: 0.15,
          grounds: ['The body has line endings, and curl -d drops those of a file it reads.'],
        }),
    }
}

function undo(inputs: SigningInputs, { as }: Params): SigningInputs {
  const change = BODIES[as]
  return change === undefined ? inputs : withBodyHashed(inputs, change)
}

function explain(match: Match<Params>): Explanation {
  const phrase = PHRASES[match.params.as]
  return {
    what: `the body was hashed ${phrase}`,
    why: 'the payload hash covers every byte; a line feed that a shell, an editor, a template or an upload tool adds, drops or doubles makes it another hash',
    labels: payloadHashLabels(match, undo, 'the hashes of the same text with other line endings'),
    fixes: [
      { title: 'read the body as bytes once, hash those bytes and send the same bytes', applicability: 'exact' },
      ...CLIENT_FIXES,
      {
        title: 'write the file without a line feed at its end',
        applicability: 'maybe',
        command: 'Set-Content -NoNewline -Encoding utf8 body.json $json',
        appliesTo: ['windows', 'powershell'],
      },
      {
        title: 'keep git from rewriting the line endings of files that are signed and sent',
        applicability: 'maybe',
        command: 'echo "<file> -text" >> .gitattributes',
        appliesTo: ['git'],
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'trim the body before it is hashed',
        why: 'the body that is sent keeps its line feed, so the two still differ; both have to be the same bytes',
      },
      { title: 'sign UNSIGNED-PAYLOAD instead', why: 'S3 then no longer notices a changed body; most other services refuse the word' },
    ],
    check:
      'send a body of one line without a line feed at its end ({"a":1}, written with printf): it passes with the same signer and key; with a line feed it fails',
  }
}

const BODIES = {
  'with a last line feed': (text: string) => `${text}\n`,
  'without the last line ending': (text: string) => text.replace(/\r?\n$/, ''),
  'with CR LF': (text: string) => text.replace(/\r?\n/g, '\r\n'),
  'with LF': (text: string) => text.replaceAll('\r\n', '\n'),
  'without line endings': (text: string) => text.replace(/[\r\n]/g, ''),
  trimmed: (text: string) => text.trim(),
  'with a last CR LF': (text: string) => `${text}\r\n`,
  'with spaces for line endings': (text: string) => text.replace(/\r?\n/g, ' '),
} as const

const PHRASES: Readonly<Record<keyof typeof BODIES, string>> = {
  'with a last line feed': 'with a line feed at its end, which did not arrive',
  'without the last line ending': 'without the line ending with which it arrived',
  'with CR LF': 'with CR LF line endings; it arrived with LF',
  'with LF': 'with LF line endings; it arrived with CR LF',
  'without line endings': 'without its line endings',
  trimmed: 'without the spaces and line endings around it',
  'with a last CR LF': 'with CR LF at its end, which did not arrive',
  'with spaces for line endings': 'with spaces where it has line endings',
}

const CLIENT_FIXES = [
  {
    title: 'send a file byte for byte; -d and --data drop its line endings',
    applicability: 'exact',
    command: 'curl --data-binary @<file> ...',
    appliesTo: ['curl'],
  },
  {
    title: 'hash with printf, which adds no line feed; echo adds one',
    applicability: 'exact',
    command: `printf '%s' "$body" | openssl dgst -sha256`,
    appliesTo: ['shell'],
  },
  {
    title: 'open the file in binary mode, so that Python translates no line endings',
    applicability: 'exact',
    command: "body = open(path, 'rb').read()",
    appliesTo: ['python'],
  },
] as const
