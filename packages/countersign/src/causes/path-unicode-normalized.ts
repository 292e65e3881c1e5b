/**
 * A name in the path was signed in one Unicode form and sent in the other: "ü" as one letter, or as "u" and two dots (macOS).
 * @see https://www.unicode.org/reports/tr15/
 * @see https://github.com/aws/aws-cli/issues/1639
 */

import type { CaseFile } from '../case/index.js'
import { type SigningInputs, utf8ByteString, withPart } from '../sigv4/index.js'
import { labelOf, sidesOf } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { canonicalUriOf, reencodedPath, utf8Text } from './kit/path-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The form in which the path was signed. */
interface Params {
  readonly signed: 'NFC' | 'NFD' | 'NFKC'
}

const HEAD = {
  id: 'path-unicode-normalized',
  class: 'path.encoding',
  part: 'canonical-uri',
  narrow: true,
  undo,
} as const

export const pathUnicodeNormalized = defineCause<Params>({
  ...HEAD,
  summary: 'a name in the path was signed in one Unicode form and sent in the other',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  // Combining marks are U+0300 to U+036F: %CC%80 to %CD%AF.
  const decomposed = inputs !== undefined && /%(?:25)?CC%(?:25)?[89AB]|%(?:25)?CD%(?:25)?[89A]/i.test(canonicalUriOf(inputs))
  const grounds = ['The path on the wire has letters written as a base letter and a mark after it, as macOS writes file names.']
  yield { params: { signed: 'NFC' }, ...(decomposed && { weight: 0.35, grounds }) }
  yield { params: { signed: 'NFD' } }
  yield { params: { signed: 'NFKC' } }
}

function undo(inputs: SigningInputs, { signed }: Params): SigningInputs {
  const uri = canonicalUriOf(inputs)
  if (!uri.includes('%')) return inputs
  return withPart(
    inputs,
    'canonical-uri',
    reencodedPath(uri, (text) => utf8ByteString(utf8Text(text)?.normalize(signed) ?? '') || text),
  )
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const [calculated, signed] = sides === undefined ? ['', ''] : [canonicalUriOf(sides.verifier), canonicalUriOf(sides.signer)]
  const composed = match.params.signed !== 'NFD'
  return {
    what:
      calculated === signed
        ? 'a name in the path was signed in one Unicode form and sent in the other'
        : `the path was signed as ${signed}; the service received ${calculated}: the same letters in ${composed ? 'decomposed' : 'composed'} form`,
    why: 'a letter such as "é" can be one code point (NFC) or a base letter with a mark (NFD); both look alike and are other bytes, and the signature covers bytes',
    labels:
      calculated === signed
        ? []
        : [labelOf(match.file, 'canonical-uri', calculated, signed, 'the same letters, composed on one side and decomposed on the other')],
    fixes: [
      { title: 'bring the key into one form (NFC) where it enters the program, before it is signed and sent', applicability: 'exact' },
      { title: 'in JavaScript', applicability: 'maybe', command: "key.normalize('NFC')", appliesTo: ['javascript'] },
      { title: 'in Python', applicability: 'maybe', command: "unicodedata.normalize('NFC', key)", appliesTo: ['python'] },
      { title: 'in Go', applicability: 'maybe', command: 'norm.NFC.String(key)   // golang.org/x/text/unicode/norm', appliesTo: ['go'] },
      {
        title: 'rename files whose names are decomposed before uploading them',
        applicability: 'maybe',
        command: 'convmv -f utf8 -t utf8 --nfc --notest -r <folder>',
        appliesTo: ['linux', 'macos'],
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      { title: 'encode the path once more', why: 'it escapes other bytes than before, and still two different sets of them' },
      {
        title: 'leave it to the file system or the browser',
        why: 'macOS, browsers and databases each convert to their own form, at another moment',
      },
    ],
    check: 'rename the object to plain ASCII letters: it passes with the same signer and key; with the accented letter it fails',
  }
}
