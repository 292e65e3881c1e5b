/**
 * The front of the path was signed and taken off on the way: a proxy's location, a sub-path of an ingress, a base path mapping.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html "a proxy that modifies the headers or the request"
 * @see https://github.com/minio/minio/issues/6546
 */

import { type CaseFile, cluesFor } from '../case/index.js'
import { type SigningInputs, withPart } from '../sigv4/index.js'
import { labelOf, sidesOf, signerPart } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import { WEIGHT_OF } from './kit/clue-weight.js'
import type { Explanation } from './kit/explanation.js'
import { PREFIX_KEPT } from './kit/hop-fixes.js'
import { linesOfRequest, receiver } from './kit/logged-lines.js'
import { canonicalUriOf, encodedAs, forwardedPaths, pathsSeen } from './kit/path-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, DEBUG_THE_APPLICATION, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** What was taken off, with its slash in front and none behind; empty where it is not known. */
interface Params {
  readonly prefix: string
}

const HEAD = {
  id: 'path-prefix-stripped',
  class: 'path.normalization',
  part: 'canonical-uri',
  narrow: true,
  plain: { prefix: '' },
  undo,
} as const

export const pathPrefixStripped = defineCause<Params>({
  ...HEAD,
  summary: 'the front of the path was signed and taken off on the way',
  schemes: 'signatures',
  refusedAt: ['signature'],
  shownBy: ({ values }) => ({ prefix: values['prefix'] ?? '' }),
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  if (inputs === undefined) return
  const canonical = canonicalUriOf(inputs)
  const forwarded = forwardedPaths(inputs)
  const logged = signerPart(file, 'canonical-uri')
  for (const prefix of frontsOf(logged === undefined ? [] : [logged], canonical)) yield { params: { prefix } }
  for (const prefix of [...frontsOf(forwarded.paths, canonical), ...(forwarded.prefix === undefined ? [] : [forwarded.prefix])])
    yield { params: { prefix }, weight: 0.6, grounds: [`A proxy says in its own header that it took ${prefix} off the path.`] }
  for (const { path } of linesOfRequest(file, inputs))
    for (const prefix of frontsOf([encodedAs(path, inputs)], canonical))
      yield {
        params: { prefix },
        weight: 0.5,
        grounds: [`A log of the refused request has the path ${path}; ${receiver(file)} ${canonical}.`],
      }
  for (const prefix of frontsOf(pathsSeen(file, inputs), canonical))
    yield { params: { prefix }, weight: 0.45, grounds: [`Elsewhere in the evidence the path has ${prefix} in front.`] }
  for (const hint of [...cluesFor(file, 'path-rewritten'), ...cluesFor(file, HEAD.id), ...cluesFor(file, HEAD.class)]) {
    const named = hint.values['prefix'] === undefined ? [] : [hint.values['prefix']]
    for (const prefix of [...frontsOf(named, canonical), ...named.filter((path) => !canonical.startsWith(path))])
      yield { params: { prefix }, weight: Math.min(0.45, WEIGHT_OF[hint.strength]), grounds: [hint.message] }
  }
  for (const prefix of COMMON) yield { params: { prefix } }
}

/** What stands before the canonical URI in paths that end with it. */
function frontsOf(paths: readonly string[], canonical: string): string[] {
  return paths.flatMap((path) => {
    const front = path.endsWith(canonical) ? path.slice(0, -canonical.length) : ''
    return front.startsWith('/') && front.length > 1 ? [front] : []
  })
}

function undo(inputs: SigningInputs, { prefix }: Params): SigningInputs {
  if (!/^\/[^?#\s]*[^/?#\s]$/.test(prefix)) return inputs
  return withPart(inputs, 'canonical-uri', prefix + canonicalUriOf(inputs))
}

function explain(match: Match<Params>): Explanation {
  const { prefix } = match.params
  const sides = sidesOf(match, undo)
  const [calculated, signed] = sides === undefined ? ['', ''] : [canonicalUriOf(sides.verifier), canonicalUriOf(sides.signer)]
  const known = prefix !== '' && calculated !== signed
  const shown = prefix === '' ? '/<prefix>' : prefix
  return {
    what: known
      ? `the path was signed as ${signed}, and ${prefix} was taken off on the way; the service received ${calculated}`
      : 'a proxy takes the front of the path off, and the path was signed with it',
    why: 'the canonical URI is the path that arrives; the signer signed the longer one, so that line 2 differs for every request that goes this way',
    labels: known ? [labelOf(match.file, 'canonical-uri', calculated, signed, `${prefix} was signed and did not arrive`)] : [],
    fixes: [
      ...PREFIX_KEPT,
      {
        title: 'sign the path without the prefix and send it with the prefix; or sign behind the proxy that takes it off',
        applicability: 'exact',
      },
      {
        title: 'pass the path as it came: no path and no slash after the upstream',
        applicability: 'maybe',
        command: `location ${shown}/ { proxy_pass http://<upstream>; }`,
        appliesTo: ['nginx'],
      },
      {
        title: 'pass the path as it came',
        applicability: 'maybe',
        command: 'remove nginx.ingress.kubernetes.io/rewrite-target',
        appliesTo: ['ingress-nginx'],
      },
      {
        title: 'pass the path as it came',
        applicability: 'maybe',
        command: 'handle instead of handle_path, and no "uri strip_prefix"',
        appliesTo: ['caddy'],
      },
      {
        title: 'pass the path as it came',
        applicability: 'maybe',
        command: 'remove the stripPrefix middleware from this router',
        appliesTo: ['traefik'],
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      DEBUG_THE_APPLICATION,
      {
        title: 'replace the host and path of a presigned URL by hand',
        why: 'both were signed; the URL has to be made for the path that arrives in the end',
      },
    ],
    check:
      'log the request line behind the last proxy: it lacks the prefix; sent there directly, with the path that was signed, the request passes',
  }
}

const COMMON = [
  '/prod',
  '/dev',
  '/stage',
  '/staging',
  '/test',
  '/default',
  '/v1',
  '/v2',
  '/api',
  '/s3',
  '/minio',
  '/storage',
  '/files',
  '/media',
  '/aws',
  '/proxy',
  '/latest',
  '/$default',
]
