/**
 * The escapes of the path were signed in lower case, %2f for %2F; the canonical URI has them in upper case.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "UriEncode"
 * @see https://github.com/xach/zs3/issues/21
 * @see https://github.com/aws/aws-sdk-js-v3/pull/2500
 */

import type { CaseFile } from '../case/index.js'
import { type SigningInputs, withPart } from '../sigv4/index.js'
import { labelOf, sidesOf, signerPart } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { canonicalUriOf, lowerCaseEscapes, wirePath } from './kit/path-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/**
 * all: every escape in lower case. as-sent: where they are so on the wire. observed: as the log shows it. upper-case: signed
 * so where the service leaves the case of what was sent.
 */
interface Params {
  readonly signed: 'all' | 'as-sent' | 'observed' | 'upper-case'
  readonly text?: string
}

const HEAD = {
  id: 'path-escapes-lower-cased',
  class: 'path.encoding',
  part: 'canonical-uri',
  narrow: true,
  undo,
  plain: { signed: 'all' },
} as const

export const pathEscapesLowerCased = defineCause<Params>({
  ...HEAD,
  summary: 'the escapes of the path were signed in lower case',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  if (inputs === undefined) {
    if (LOWER.test(signerPart(file, 'canonical-uri') ?? ''))
      yield { params: { signed: 'all' }, weight: 0.6, grounds: ['The canonical URI that was signed has escapes in lower case.'] }
    return
  }
  const lower = LOWER.test(wirePath(inputs))
  const grounds = lower ? ['The path on the wire has escapes in lower case.'] : []
  const logged = signerPart(file, 'canonical-uri')
  if (logged !== undefined) yield { params: { signed: 'observed', text: logged } }
  yield { params: { signed: 'as-sent' }, ...(lower && { weight: 0.35, grounds }) }
  yield { params: { signed: 'all' } }
  yield { params: { signed: 'upper-case' } }
}

function undo(inputs: SigningInputs, { signed, text }: Params): SigningInputs {
  const uri = canonicalUriOf(inputs)
  if (signed === 'upper-case')
    return withPart(
      inputs,
      'canonical-uri',
      uri.replace(/%25([0-9A-Fa-f]{2})/g, (_, hex: string) => `%25${hex.toUpperCase()}`),
    )
  if (signed === 'all') return withPart(inputs, 'canonical-uri', lowerCaseEscapes(uri))
  const sent = signed === 'observed' ? (text ?? '') : wirePath(inputs)
  // As it was written, and no other difference than the case of the escapes.
  return LOWER.test(sent) && upperCaseEscapes(sent) === uri ? withPart(inputs, 'canonical-uri', sent) : inputs
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const [calculated, signed] =
    sides === undefined
      ? ['', signerPart(match.file, 'canonical-uri') ?? '']
      : [canonicalUriOf(sides.verifier), canonicalUriOf(sides.signer)]
  const twice = match.params.signed === 'upper-case'
  return {
    what:
      sides === undefined && signed === ''
        ? 'the path was signed with its escapes in lower case'
        : twice
          ? `the path was signed as ${signed}, and sent with its escapes in lower case; the service calculates with ${calculated}`
          : `the path was signed as ${signed}, with escapes in lower case${calculated === '' ? '' : `; the service calculates with ${calculated}`}`,
    why: twice
      ? 'this service encodes the path as sent once more and leaves the case of its escapes; the signer wrote them in upper case first'
      : 'every escape in the canonical URI is "%" and two hex digits in upper case; %2f and %2F mean the same and are other bytes',
    labels:
      calculated === '' ? [] : [labelOf(match.file, 'canonical-uri', calculated, signed, 'the hex digits of the escapes differ in case')],
    fixes: [
      { title: 'write escapes in upper case, both in the URL that is sent and in the canonical URI', applicability: 'exact' },
      ...CLIENT_FIXES,
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      { title: 'make the whole path upper or lower case', why: 'names keep their case: /Photos and /photos are two keys' },
    ],
    check:
      'send the same request for a path of plain letters and digits: it passes with the same signer and key; with an escape in it, it fails',
  }
}

function upperCaseEscapes(text: string): string {
  return text.replace(/%[0-9A-Fa-f]{2}/g, (found) => found.toUpperCase())
}

const LOWER = /%(?:[a-f][0-9A-Fa-f]|[0-9A-Fa-f][a-f])/
const CLIENT_FIXES = [
  {
    title: 'use Uri.EscapeDataString; HttpUtility.UrlEncode writes lower case and "+"',
    applicability: 'exact',
    command: 'string.Join("/", key.Split(\'/\').Select(Uri.EscapeDataString))',
    appliesTo: ['dotnet'],
  },
  {
    title: 'encodeURIComponent writes upper case; hand-made escapes need toUpperCase()',
    applicability: 'exact',
    command: "'%' + c.charCodeAt(0).toString(16).toUpperCase()",
    appliesTo: ['javascript'],
  },
  {
    title: 'pass the path as it came; a decoded and newly encoded one can change case',
    applicability: 'maybe',
    command: 'proxy_pass http://<upstream>;',
    appliesTo: ['nginx'],
  },
] as const
