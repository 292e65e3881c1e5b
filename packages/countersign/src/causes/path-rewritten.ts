/**
 * The path was rewritten between signer and verifier in a way that no narrower cause names: another folder, an index file, other case.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html "a proxy that modifies the headers or the request"
 * @see https://github.com/seaweedfs/seaweedfs/issues/6511
 */

import type { CaseFile } from '../case/index.js'
import { type SigningInputs, withPart } from '../sigv4/index.js'
import { labelOf, sidesOf } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { canonicalUriOf, forwardedPaths, pathsSeen, spellSamePath } from './kit/path-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, DEBUG_THE_APPLICATION, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The canonical URI as it was signed; empty where it is not known. */
interface Params {
  readonly signed: string
}

const HEAD = { id: 'path-rewritten', class: 'path.normalization', part: 'canonical-uri', plain: { signed: '' }, undo } as const

export const pathRewritten = defineCause<Params>({
  ...HEAD,
  summary: 'the path was rewritten after signing, into another one',
  schemes: 'signatures',
  replaces: 'names',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  shownBy: () => ({ signed: '' }),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  if (inputs === undefined) {
    yield { params: { signed: '' } }
    return
  }
  const canonical = canonicalUriOf(inputs)
  const segments = canonical.split('/').slice(1)
  // A front put before the path or taken off it, and a slash at its end, are the matter of narrower causes.
  for (const seen of [...forwardedPaths(inputs).paths, ...pathsSeen(file, inputs)]) {
    if (spellSamePath(seen, canonical)) continue
    yield { params: { signed: seen }, weight: 0.4, grounds: [`Elsewhere in the evidence the path is ${seen}.`] }
  }
  for (const n of [1, 2, 3]) {
    if (segments.length <= n) continue
    const folder = segments.slice(0, -n).join('/')
    for (const end of ['', '/']) yield { params: { signed: `/${folder}${end}` } }
  }
  yield { params: { signed: '/' } }
  for (const end of ENDS)
    yield { params: { signed: canonical.endsWith(end) ? canonical.slice(0, -end.length) || '/' : `${canonical}${end}` } }
  if (canonical !== canonical.toLowerCase()) yield { params: { signed: lowerCaseLetters(canonical) } }
}

/** Letters in lower case; the hex digits of escapes stay. */
function lowerCaseLetters(path: string): string {
  return path.replace(/%[0-9A-F]{2}|[A-Z]/g, (found) => (found.length > 1 ? found : found.toLowerCase()))
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
    labels: sides === undefined || signed === '' ? [] : [labelOf(match.file, 'canonical-uri', calculated, signed, how.note)],
    fixes: [
      { title: 'sign the path that the last proxy sends, or sign at the last proxy', applicability: 'exact' },
      {
        title: 'stop the rewrite for signed requests',
        applicability: 'maybe',
        command: 'location /<prefix>/ { proxy_pass http://<upstream>; }   # no path after the host, no rewrite',
        appliesTo: ['nginx'],
      },
      {
        title: 'stop the rewrite for signed requests',
        applicability: 'maybe',
        command: 'use "handle" in place of "handle_path", and no "uri strip_prefix"',
        appliesTo: ['caddy'],
      },
      { title: 'remove the origin path, or sign it as well', applicability: 'maybe', appliesTo: ['cloudfront'] },
      {
        title: 'sign the path with the stage name as it is requested, and none behind a custom domain',
        applicability: 'maybe',
        appliesTo: ['api-gateway'],
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      DEBUG_THE_APPLICATION,
      { title: 'let the verifier try several paths', why: 'it accepts signatures for resources other than the one requested' },
    ],
    check:
      'send the signed request straight to the service, past the proxy: it passes; or log the request line behind the last proxy and compare its path',
  }
}

function difference(signed: string, calculated: string): { readonly why: string; readonly note: string } {
  if (`${signed}/` === calculated || `${calculated}/` === signed)
    return { why: 'a trailing slash was added or removed on the way', note: 'the trailing slash' }
  if (signed !== '' && calculated !== '' && signed.endsWith(calculated))
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

const ENDS = ['/index.html', '/default.htm', 'index.html', '.html', '.json']
