/**
 * Repeated slashes or dot segments were resolved on one side and kept on the other.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalUri"
 * @see https://github.com/versity/versitygw/issues/2274
 */

import { type CaseFile, ownCanonicalization } from '../case/index.js'
import { normalizedPath, type SigningInputs, withPart } from '../sigv4/index.js'
import { labelOf, sidesOf, signerPart } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { SLASHES_KEPT } from './kit/hop-fixes.js'
import { OWN_CANONICALIZATION } from './kit/own-canonicalization.js'
import { canonicalUriOf, encodedAs, pathsSeen, wirePath } from './kit/path-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/**
 * resolved, slashes, dots: the signer resolved both, slashes only, dots only. kept: the signer kept what this service
 * resolves. doubled: the signer had a second slash at `at`, which a hop resolved. observed: the text itself.
 */
type Params =
  | { readonly form: 'resolved' | 'slashes' | 'dots' | 'kept' }
  | { readonly form: 'doubled'; readonly at: number }
  | { readonly form: 'observed'; readonly observed: string }

const HEAD = { id: 'path-normalized', class: 'path.normalization', part: 'canonical-uri', undo } as const

export const pathNormalized = defineCause<Params>({
  ...HEAD,
  summary: 'repeated slashes or dot segments of the path were resolved on one side only',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  if (inputs === undefined) {
    const logged = signerPart(file, 'canonical-uri')
    if (logged !== undefined && unresolved(logged))
      yield {
        params: { form: 'observed', observed: logged },
        weight: 0.4,
        grounds: ['The canonical URI that was signed has repeated slashes or dot segments.'],
      }
    else yield { params: { form: 'resolved' } }
    return
  }
  const canonical = canonicalUriOf(inputs)
  const sent = wirePath(inputs)
  if (ownCanonicalization(file).some((mark) => mark !== 'escape'))
    yield { params: { form: 'resolved' }, weight: 0.65, grounds: [OWN_CANONICALIZATION] }
  for (const seen of pathsSeen(file, inputs)) {
    if (seen === canonical || normalizedPath(seen) !== normalizedPath(canonical)) continue
    yield {
      params: { form: 'observed', observed: seen },
      weight: 0.6,
      grounds: [`Elsewhere in the evidence the same path stands as ${seen}.`],
    }
  }
  const grounds = unresolved(sent) ? ['The path on the wire has repeated slashes or dot segments.'] : []
  for (const form of ['resolved', 'slashes', 'dots', 'kept'] as const) {
    yield { params: { form }, ...(grounds.length > 0 && (form === 'resolved' || form === 'kept') && { weight: 0.45 }), grounds }
  }
  const slashes = [...canonical.matchAll(/\//g)].map((slash) => slash.index)
  for (const at of slashes.slice(0, 24)) yield { params: { form: 'doubled', at } }
}

function undo(inputs: SigningInputs, params: Params): SigningInputs {
  return withPart(inputs, 'canonical-uri', signedUri(inputs, params))
}

function signedUri(inputs: SigningInputs, params: Params): string {
  const canonical = canonicalUriOf(inputs)
  switch (params.form) {
    case 'observed':
      return params.observed
    case 'doubled':
      return canonical[params.at] === '/' ? `${canonical.slice(0, params.at)}/${canonical.slice(params.at)}` : canonical
    case 'kept':
      return unresolved(wirePath(inputs)) ? encodedAs(wirePath(inputs), inputs) : canonical
    case 'resolved':
      return normalizedPath(canonical)
    case 'slashes':
      return canonical.replace(/\/{2,}/g, '/')
    case 'dots':
      return withoutDots(canonical)
  }
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const [calculated, signed] =
    sides === undefined
      ? ['', match.params.form === 'observed' ? match.params.observed : '']
      : [canonicalUriOf(sides.verifier), canonicalUriOf(sides.signer)]
  const signerKept = unresolved(signed)
  const s3 = sides?.verifier.profile.normalizePath !== true
  return {
    what:
      sides === undefined
        ? `the path was signed ${signed === '' ? 'in another normalization' : `as ${signed}`}`
        : `the path was signed as ${signed}; the service calculates with ${calculated}`,
    why: signerKept
      ? s3
        ? 'the repeated slash or dot segment was signed, and something between signer and verifier, or the verifier itself, resolved it; in S3 every slash and dot belongs to the key'
        : 'this service removes repeated slashes and dot segments before it calculates; the signer kept them'
      : 'the signer resolved repeated slashes or dot segments that were sent; the verifier calculates with them, because in S3 they belong to the key',
    labels:
      sides === undefined
        ? []
        : [
            labelOf(
              match.file,
              'canonical-uri',
              calculated,
              signed,
              signerKept
                ? 'a repeated slash or dot segment was signed, and is gone at the verifier'
                : 'a repeated slash or dot segment was resolved before signing',
            ),
          ],
    fixes: signerKept
      ? [
          {
            title: 'let every proxy pass the path as it came; nginx: no path and no slash after the upstream, and no merging',
            applicability: 'maybe',
            command: 'merge_slashes off;',
            appliesTo: ['nginx'],
          },
          {
            title: 'let every proxy pass the path as it came',
            applicability: 'maybe',
            command: 'AllowEncodedSlashes NoDecode, ProxyPass ... nocanon, MergeSlashes Off',
            appliesTo: ['apache'],
          },
          ...SLASHES_KEPT,
          { title: 'build keys without a leading or repeated slash', applicability: 'maybe' },
          { title: 'upgrade a gateway that resolves slashes in keys before it verifies', applicability: 'maybe' },
        ]
      : [
          { title: s3 ? 'switch path normalization off when signing for S3' : 'send the path that was signed', applicability: 'exact' },
          {
            title: 'do not let a URL class touch the path before it is signed (new URL(), fetch and curl resolve dot segments)',
            applicability: 'maybe',
          },
        ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      { title: 'escape the slash as %2F', why: 'that names another key, and many proxies decode it back into a slash' },
    ],
    check: 'send the same request for a path with neither "//" nor dot segments: it passes through the same proxies with the same key',
  }
}

function unresolved(path: string): boolean {
  return normalizedPath(path) !== path
}

function withoutDots(path: string): string {
  const kept: string[] = []
  for (const segment of path.split('/').slice(1)) {
    if (segment === '..') kept.pop()
    else if (segment !== '.') kept.push(segment)
  }
  return `/${kept.join('/')}`
}
