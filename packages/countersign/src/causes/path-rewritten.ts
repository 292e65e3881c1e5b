/**
 * The path was rewritten between signer and verifier: a prefix stripped or added, a trailing slash, a stage name.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html "a proxy that modifies the headers or the request"
 * @see https://github.com/seaweedfs/seaweedfs/issues/6511
 */

import type { CaseFile } from '../evidence/case-file.js'
import { normalizedPath } from '../sigv4/canonical-uri.js'
import { withPart } from '../sigv4/edit-inputs.js'
import type { SigningInputs } from '../sigv4/signing-inputs.js'
import { defineCause, type Match } from './cause.js'
import type { Explanation } from './explanation.js'
import { linesOfRequest, receiver } from './logged-lines.js'
import { canonicalUriOf, encodedAs, pathsSeen, spellSamePath, wirePath } from './path-spelling.js'
import { type Candidate, hintedWeight, inputsSeen, labelOf, sidesOf, suspicionsOf } from './suspicion.js'
import { CHANGE_IAM_POLICIES, DEBUG_THE_APPLICATION, ROTATE_KEYS } from './wrong-fixes.js'

/** The canonical URI as it was signed; empty where it is not known. */
interface Params {
  readonly signed: string
}

const HEAD = { id: 'path-rewritten', class: 'path.normalization', part: 'canonical-uri', undo } as const

export const pathRewritten = defineCause<Params>({
  ...HEAD,
  summary: 'the path was rewritten after signing: a prefix stripped or added, or a trailing slash',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = inputsSeen(file)
  if (inputs === undefined) {
    yield { params: { signed: '' } }
    return
  }
  const canonical = canonicalUriOf(inputs)
  const hinted = hintedWeight(file, HEAD.id, HEAD.class)
  const segments = canonical.split('/').slice(1)
  for (const { path, same } of linesOfRequest(file, inputs)) {
    if (same) continue
    yield {
      params: { signed: encodedAs(path, inputs) },
      weight: 0.5,
      grounds: [`A log of the refused request has the path ${path}; ${receiver(file)} ${canonical}.`],
    }
  }
  yield { params: { signed: canonical.endsWith('/') ? canonical.slice(0, -1) || '/' : `${canonical}/` } }
  for (let n = 1; n <= Math.min(4, segments.length - 1); n++) yield { params: { signed: `/${segments.slice(n).join('/')}` } }
  for (const prefix of prefixesNamed(hinted.grounds))
    yield { params: { signed: `${prefix}${canonical}` }, weight: 0.4, grounds: hinted.grounds }
  for (const prefix of COMMON_PREFIXES) yield { params: { signed: `${prefix}${canonical === '/' ? '' : canonical}` } }
  for (const n of [1, 2, 3]) if (segments.length > n) yield { params: { signed: `/${segments.slice(0, -n).join('/')}` } }
  yield { params: { signed: '/' } }
  // Raw text of another request last: a difference in spelling alone is the matter of narrower causes.
  for (const seen of pathsSeen(file, inputs)) {
    if (spellSamePath(seen, canonical)) continue
    yield { params: { signed: seen }, weight: 0.4, grounds: [`Elsewhere in the evidence the path is ${seen}.`] }
  }
  if (wirePath(inputs) !== '/' && inputs.profile.normalizePath)
    yield { params: { signed: encodedAs(normalizedPath(`${wirePath(inputs)}/`), inputs) } }
}

function undo(inputs: SigningInputs, { signed }: Params): SigningInputs {
  return signed === '' ? inputs : withPart(inputs, 'canonical-uri', signed)
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const calculated = sides === undefined ? '' : canonicalUriOf(sides.verifier)
  const { signed } = match.params
  const how = difference(signed, calculated)
  return {
    what:
      signed === ''
        ? 'the path that reached the service is not the path that was signed'
        : `the path was signed as ${signed}; the service received ${calculated === '' ? 'another one' : calculated}`,
    why: `the canonical URI is the path that arrives; ${how.why}, so the verifier calculates over another line 2`,
    labels: sides === undefined ? [] : [labelOf(match.file, 'canonical-uri', calculated, signed, how.note)],
    fixes: [
      { title: 'sign the path that the last hop sends, or sign at the last hop', applicability: 'exact' },
      {
        title: 'stop the rewrite for signed requests',
        applicability: 'maybe',
        command: 'location /<prefix>/ { proxy_pass http://<upstream>; }   # no path after the host, no rewrite',
        appliesTo: 'nginx',
      },
      {
        title: 'stop the rewrite for signed requests',
        applicability: 'maybe',
        command: 'use "handle" in place of "handle_path", and no "uri strip_prefix"',
        appliesTo: 'Caddy',
      },
      { title: 'remove the origin path, or sign it as well', applicability: 'maybe', appliesTo: 'CloudFront' },
      {
        title: 'sign the path with the stage name as it is requested, and none behind a custom domain',
        applicability: 'maybe',
        appliesTo: 'API Gateway',
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      DEBUG_THE_APPLICATION,
      { title: 'let the verifier try several paths', why: 'it accepts signatures for resources other than the one requested' },
    ],
    check:
      'send the signed request straight to the service, past the proxy: it passes; or log the request line behind the last hop and compare its path',
  }
}

function difference(signed: string, calculated: string): { readonly why: string; readonly note: string } {
  if (`${signed}/` === calculated || `${calculated}/` === signed)
    return { why: 'a trailing slash was added or removed on the way', note: 'the trailing slash' }
  if (calculated !== '' && signed.endsWith(calculated))
    return {
      why: `the prefix ${signed.slice(0, signed.length - calculated.length)} was stripped on the way`,
      note: 'the prefix was stripped after signing',
    }
  if (signed !== '' && calculated.endsWith(signed))
    return {
      why: `the prefix ${calculated.slice(0, calculated.length - signed.length)} was added on the way`,
      note: 'the prefix was added after signing',
    }
  return { why: 'it was rewritten on the way', note: 'another path' }
}

function prefixesNamed(texts: readonly string[]): string[] {
  return texts.flatMap((text) => [...text.matchAll(/(?<![\w.:/])\/[\w.-]+(?:\/[\w.-]+)*/g)].map((found) => found[0])).slice(0, 6)
}

const COMMON_PREFIXES = [
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
  '/aws',
  '/proxy',
  '/latest',
  '/$default',
]
