/**
 * The slash at the end of the path was signed and not sent, or sent and not signed.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalUri"
 * @see https://github.com/bryanjos/aws_auth/issues/36
 * @see https://github.com/boto/boto/pull/1541
 */

import type { CaseFile } from '../case/index.js'
import { type SigningInputs, withPart } from '../sigv4/index.js'
import { labelOf, sidesOf } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { canonicalUriOf, pathsSeen } from './kit/path-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** How the signed path ended. */
interface Params {
  readonly signed: 'with-slash' | 'without-slash' | 'empty' | 'not-known'
}

const HEAD = {
  id: 'path-trailing-slash-changed',
  class: 'path.normalization',
  part: 'canonical-uri',
  narrow: true,
  plain: { signed: 'not-known' },
  undo,
} as const

export const pathTrailingSlashChanged = defineCause<Params>({
  ...HEAD,
  summary: 'the slash at the end of the path was signed and not sent, or sent and not signed',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  shownBy: () => ({ signed: 'not-known' }),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  if (inputs === undefined) return
  const uri = canonicalUriOf(inputs)
  for (const signed of ['with-slash', 'without-slash'] as const) {
    const other = ended(uri, signed)
    const seen = other !== uri && other !== '/' && pathsSeen(file, inputs).includes(other)
    yield { params: { signed }, ...(seen && { weight: 0.45, grounds: [`Elsewhere in the evidence the path is ${other}.`] }) }
  }
  yield { params: { signed: 'empty' } }
}

function ended(uri: string, signed: Params['signed']): string {
  if (signed === 'empty') return uri === '/' ? '' : uri
  if (signed === 'with-slash') return uri.endsWith('/') ? uri : `${uri}/`
  return signed === 'without-slash' && uri.length > 1 ? uri.replace(/\/$/, '') : uri
}

function undo(inputs: SigningInputs, { signed }: Params): SigningInputs {
  return withPart(inputs, 'canonical-uri', ended(canonicalUriOf(inputs), signed))
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const [calculated, signed] = sides === undefined ? ['', ''] : [canonicalUriOf(sides.verifier), canonicalUriOf(sides.signer)]
  const empty = match.params.signed === 'empty'
  return {
    what:
      calculated === signed
        ? 'the slash at the end of the path differs between signer and service'
        : empty
          ? 'the path was signed as an empty line; the service calculates with /'
          : `the path was signed as ${signed}; the service received ${calculated}`,
    why: empty
      ? 'a URL without a path asks for "/", and the canonical URI is then "/", never empty'
      : '"/a" and "/a/" are two paths; frameworks, HTTP clients and proxies add or remove the last slash after signing',
    labels:
      calculated === signed
        ? []
        : [labelOf(match.file, 'canonical-uri', calculated, signed, empty ? 'an empty path is signed as "/"' : 'the slash at the end')],
    fixes: [
      empty
        ? { title: 'write "/" as line 2 where the URL has no path', applicability: 'exact' }
        : { title: 'sign the path exactly as it is sent, with or without its last slash', applicability: 'exact' },
      ...(empty
        ? []
        : ([
            {
              title: 'switch the redirect off that adds the slash',
              applicability: 'maybe',
              command: 'APPEND_SLASH = False',
              appliesTo: ['django'],
            },
            {
              title: 'match the path without a slash, so that nginx does not redirect to the one with it',
              applicability: 'maybe',
              command: 'location = /<path> { proxy_pass http://<upstream>; }',
              appliesTo: ['nginx'],
            },
            { title: 'give the endpoint without a slash at its end, and paths with one in front', applicability: 'maybe' },
          ] as const)),
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'have every path end in a slash',
        why: 'in S3 "a" and "a/" are two objects, and elsewhere two resources; it mends one request and breaks another',
      },
    ],
    check: 'send the request once with and once without the last slash, signed alike: exactly one of the two passes',
  }
}
