/**
 * The path was signed with other escapes than the correct ones: "+" for a space, "~" escaped, "%2F" decoded.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "UriEncode"
 * @see https://github.com/durch/rust-s3/issues/148
 */

import { askerOf, type CaseFile, cluesFor } from '../case/index.js'
import { SUBJECTS, TOOL_SETTINGS } from '../catalog/index.js'
import { normalizedPath, type SigningInputs, uriDecode, uriEncode, utf8ByteString, withPart } from '../sigv4/index.js'
import { labelOf, sidesOf, signerPart } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation, Fix } from './kit/explanation.js'
import { finishedUrlFixes } from './kit/finished-url.js'
import { ESCAPES_KEPT, ESCAPES_KEPT_BY_HOP } from './kit/hop-fixes.js'
import { canonicalUriOf, decodedOnly, encodedAs, pathsSeen, reencodedPath, spellSamePath, utf8Text, wirePath } from './kit/path-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** How the signer spelled it. `observed`: the text itself, seen in the evidence. */
interface Params {
  readonly spelling: keyof typeof SPELLINGS | 'as-sent' | 'observed'
  readonly observed?: string
}

const HEAD = { id: 'path-encoded-differently', class: 'path.encoding', part: 'canonical-uri', undo } as const

export const pathEncodedDifferently = defineCause<Params>({
  ...HEAD,
  summary: 'the path was signed with other percent-escapes than the service calculates with',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  shownBy: () => ({ spelling: 'as-sent' }),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  const logged = signerPart(file, 'canonical-uri')
  const odd = logged === undefined ? undefined : oddity(logged)
  if (inputs === undefined) {
    if (odd !== undefined)
      yield { params: { spelling: 'observed', observed: logged! }, weight: 0.6, grounds: [`The canonical URI that was signed ${odd}.`] }
    else yield { params: { spelling: 'as-sent' } }
    return
  }
  const sent = wirePath(inputs)
  const oddSent = inputs.request === undefined || inputs.profile.pathEncoding !== 'once' ? undefined : oddity(sent)
  const sentGrounds = oddSent === undefined ? [] : [`The path on the wire ${oddSent}.`]
  const canonical = canonicalUriOf(inputs)
  // Characters sent raw are the matter of path-not-encoded.
  if (/^[A-Za-z0-9\-._~/%]*$/.test(sent) && !onlyNormalized(sent, canonical))
    yield { params: { spelling: 'as-sent' }, ...(oddSent !== undefined && { weight: 0.3 }), grounds: sentGrounds }
  const names = Object.keys(SPELLINGS) as (keyof typeof SPELLINGS)[]
  for (const spelling of names) yield { params: { spelling } }
  for (const seen of pathsSeen(file, inputs)) {
    if (ownedElsewhere(inputs, canonical, seen)) continue
    yield {
      params: { spelling: 'observed', observed: seen },
      weight: seen === logged ? 0.5 : 0.1,
      grounds: odd === undefined ? [] : [`The canonical URI that was signed ${odd}.`],
    }
  }
}

function undo(inputs: SigningInputs, { spelling, observed }: Params): SigningInputs {
  if (spelling === 'observed') return observed === undefined ? inputs : withPart(inputs, 'canonical-uri', observed)
  const canonical = canonicalUriOf(inputs)
  if (spelling === 'as-sent') return inputs.profile.pathEncoding === 'once' ? withPart(inputs, 'canonical-uri', wirePath(inputs)) : inputs
  return withPart(inputs, 'canonical-uri', SPELLINGS[spelling](canonical))
}

/** Nobody mends the signer of a program that is only configured. */
function plainNames(file: CaseFile): readonly Fix[] {
  const asker = [...askerOf(file)]
  const tool = asker.find((subject) => Object.hasOwn(TOOL_SETTINGS, subject) && SUBJECTS[subject].kind === 'tool')
  if (tool === undefined || asker.some((subject) => SUBJECTS[subject].kind === 'language')) return []
  const { name } = SUBJECTS[tool]
  return [
    {
      title: `update ${name}: its signer spells this character differently from its HTTP client; or use names without it`,
      applicability: 'maybe',
      appliesTo: [tool],
    },
  ]
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const calculated = sides === undefined ? '' : canonicalUriOf(sides.verifier)
  const signed = sides === undefined ? (match.params.observed ?? '') : canonicalUriOf(sides.signer)
  const odd = oddity(signed)
  return {
    what: `the path was signed as ${signed}${calculated === '' ? '' : `; the service calculates with ${calculated}`}`,
    why: 'the canonical URI has one spelling only; every byte outside A-Z a-z 0-9 "-" "." "_" "~" as %XX in upper case, a space as %20, "/" left between segments and %2F within one',
    labels:
      calculated === ''
        ? []
        : [
            labelOf(
              match.file,
              'canonical-uri',
              calculated,
              signed,
              odd === undefined ? 'the same path, spelled differently' : `the signed path ${odd}`,
            ),
          ],
    fixes: [
      ...finishedUrlFixes(match.file, HEAD.id),
      ...ESCAPES_KEPT,
      ...(cluesFor(match.file, 'host-rewritten').length > 0 ? [ESCAPES_KEPT_BY_HOP] : []),
      ...plainNames(match.file),
      {
        title: 'split the path at "/", percent-encode the bytes of each segment with the unreserved set and upper-case hex, and join again',
        applicability: 'exact',
      },
      { title: 'sign with a maintained SDK, which holds this rule, in place of your own signer', applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'use the form-encoding function of the language',
        why: 'form encoding writes a space as "+" and leaves "*"; a path is not a form',
      },
      {
        title: 'let a library decode and re-encode the whole URL before signing',
        why: 'it decodes %2F into a separator and changes the case of escapes; the two sides differ again',
      },
    ],
    check:
      'compare line 2 of the canonical request on both sides byte by byte after the change; a path of plain letters passes before and after',
  }
}

/** What is wrong in a canonical URI, as the rest of a sentence. */
function oddity(path: string): string | undefined {
  if (/%(?:[0-9A-F]?[a-f][0-9A-Fa-f]?|[0-9][a-f])/.test(path)) return 'has escapes in lower case'
  if (path.includes('+')) return 'has an unescaped "+"'
  if (/%7E|%2D|%2E|%5F/i.test(path)) return 'has escapes of characters that must stay as they are'
  if (/^\/%2F/i.test(path)) return 'begins with an escaped slash: a segment was given with its own "/"'
  return undefined
}

/** Texts that a narrower cause explains: encoded again, once too few, left raw, or normalized. */
function ownedElsewhere(inputs: SigningInputs, canonical: string, seen: string): boolean {
  if (seen === canonical || !spellSamePath(seen, canonical)) return true
  if (onlyNormalized(seen, canonical)) return true
  const sent = wirePath(inputs)
  const others = [
    uriEncode(canonical, '/'),
    uriEncode(sent, '/'),
    sent,
    uriDecode(canonical),
    normalizedPath(canonical),
    normalizedPath(sent),
    encodedAs(sent, inputs),
  ]
  return others.includes(seen) || /[^A-Za-z0-9\-._~/%+]/.test(seen)
}

/** Only slashes or dot segments differ. */
function onlyNormalized(one: string, other: string): boolean {
  return one !== other && normalizedPath(one) === normalizedPath(other)
}

function latin1(bytes: string): string {
  const text = utf8Text(bytes)
  return text === undefined || [...text].some((char) => char.charCodeAt(0) > 0xff) ? bytes : text
}

const SPELLINGS = {
  'plus-for-space': (uri: string) => uri.replaceAll('%2520', '+').replaceAll('%20', '+'),
  'escaped-plus-for-space': (uri: string) => uri.replaceAll('%20', '%2B'),
  'space-for-plus': (uri: string) => uri.replaceAll('%2B', '%20'),
  'raw-plus': (uri: string) => uri.replaceAll('%2B', '+'),
  'slash-decoded': (uri: string) => uri.replaceAll('%252F', '/').replaceAll('%2F', '/'),
  'slashes-escaped': (uri: string) => `/${uri.slice(1).replaceAll('/', '%2F')}`,
  'all-slashes-escaped': (uri: string) => uri.replaceAll('/', '%2F'),
  'tilde-escaped': (uri: string) => uri.replaceAll('~', '%7E'),
  'unreserved-escaped': (uri: string) => uri.replace(/[-._~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`),
  'latin1-bytes': (uri: string) => reencodedPath(uri, latin1),
  'utf8-twice': (uri: string) => reencodedPath(uri, utf8ByteString),
  'form-encoded': (uri: string) => decodedOnly(uri.replaceAll('%20', '+').replaceAll('~', '%7E'), '*'),
} as const
