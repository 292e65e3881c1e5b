/**
 * A header value with letters outside ASCII was signed in one character encoding and sent in another: metadata, file names.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html "Each name, value pair must conform to US-ASCII"
 * @see https://github.com/aws/aws-sdk-js/issues/820
 */

import { cluesFor } from '../case/index.js'
import { uriDecode, utf8ByteString } from '../sigv4/index.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { headerLabels } from './kit/header-labels.js'
import { type HeaderValues, type NamedHeaders, namedCandidates, narrowedTo, withHeaderValues } from './kit/headers-named.js'
import { utf8Text } from './kit/path-spelling.js'
import { suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

const HEAD = {
  id: 'header-value-transcoded',
  class: 'header.changed',
  part: 'canonical-headers',
  narrow: true,
  undo: withHeaderValues,
  plain: { values: [] },
} as const

const ABOUT: NamedHeaders = {
  cause: HEAD.id,
  owns: (name, signed, calculated) =>
    name !== 'host' && signed !== calculated && (forms(calculated).includes(signed) || forms(signed).includes(calculated)),
  guesses: (_, now) => forms(now),
  seen: {
    weight: 0.4,
    ground: (name, now) =>
      outsideAscii(now)
        ? `The signed header ${name} holds bytes outside ASCII, which HTTP clients and servers write and read in two encodings.`
        : undefined,
  },
}

export const headerValueTranscoded = defineCause<HeaderValues>({
  ...HEAD,
  summary: 'a header value with letters outside ASCII was signed in another character encoding than it was sent in',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => narrowedTo(file, ABOUT.owns, suspicionsOf(file, HEAD, namedCandidates(file, ABOUT))),
  explain,
})

/** The same text in the encodings that clients and servers use for it. */
function forms(value: string): string[] {
  if (value.includes('%') && !outsideAscii(value)) {
    const decoded = uriDecode(value)
    return outsideAscii(decoded) ? [decoded, latin1(decoded)].filter((form) => form !== value) : []
  }
  if (!outsideAscii(value)) return []
  const letters = value.replace(UTF8_LETTER, '?')
  return [
    latin1(value),
    utf8ByteString(value),
    letters,
    value.replace(/[\u0080-\u00ff]/g, '?'),
    value.replace(/[\u0080-\u00ff]/g, escaped),
  ].filter((form) => form !== value)
}

function latin1(bytes: string): string {
  const text = utf8Text(bytes)
  return text === undefined || /[^\0-\u00ff]/.test(text) ? bytes : text
}

function escaped(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase()}`
}

function outsideAscii(text: string): boolean {
  return /[\u0080-\uffff]/.test(text)
}

const COPY_SOURCE_FIXES = [
  { title: 'percent-encode the copy source, "/" between its segments left as it is: /bucket/key in UTF-8', applicability: 'exact' },
  {
    title: 'percent-encode the copy source',
    applicability: 'exact',
    command: "'/' + bucket + '/' + urllib.parse.quote(key)  # or CopySource={'Bucket': bucket, 'Key': key}",
    appliesTo: ['python'],
  },
] as const

function explain(match: Match<HeaderValues>): Explanation {
  const copied = cluesFor(match.file, HEAD.id).some(({ values }) => values['header'] === 'x-amz-copy-source')
  const labels = headerLabels(match, withHeaderValues, 'header-changed-in-transit', 'the same text in two encodings')
  const name = match.params.values[0]?.[0] ?? 'a header'
  return {
    what: `${name} was signed in one character encoding and reached the service in another`,
    why: 'HTTP gives header values no encoding: a letter outside ASCII is two bytes in UTF-8 and one in Latin-1, and the signature covers bytes; S3 wants user metadata in ASCII',
    labels,
    fixes: [
      ...(copied ? COPY_SOURCE_FIXES : []),
      {
        title: `encode the value as ASCII before it becomes a header: percent-encoding, base64, or RFC 2047 (=?UTF-8?B?...?=)`,
        applicability: 'exact',
      },
      ...(copied ? [] : CLIENT_FIXES),
      {
        title: 'in the source of a copy, percent-encode bucket and key',
        applicability: 'exact',
        command: "CopySource: encodeURI(bucket + '/' + key)",
        appliesTo: ['aws-sdk-js', 'aws-sdk-js-v3'],
      },
      {
        title: 'for a download name, use filename* of Content-Disposition',
        applicability: 'maybe',
        command: "Content-Disposition: attachment; filename*=UTF-8''<percent-encoded name>",
      },
      { title: 'keep such texts in the object, in tags or in a database, not in metadata headers', applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      { title: 'add "charset=utf-8" to Content-Type', why: 'it speaks of the body; header values have no declared encoding' },
      { title: 'replace the letters that fail one by one', why: 'the next name brings another letter; the two encodings still differ' },
    ],
    check: `send the same request with ${name} in plain ASCII: it passes with the same signer and key; with one "é" in it, it fails`,
  }
}

const UTF8_LETTER = /[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}/g
const CLIENT_FIXES = [
  { title: 'encode the value', applicability: 'exact', command: "Metadata={'name': urllib.parse.quote(name)}", appliesTo: ['boto3'] },
  {
    title: 'encode the value',
    applicability: 'exact',
    command: 'Metadata: { name: encodeURIComponent(name) }',
    appliesTo: ['aws-sdk-js', 'aws-sdk-js-v3'],
  },
  {
    title: 'encode the value',
    applicability: 'exact',
    command: '.metadata(Map.of("name", URLEncoder.encode(name, UTF_8)))',
    appliesTo: ['aws-sdk-java-v2'],
  },
] as const
