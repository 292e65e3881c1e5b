/**
 * Characters of the path were signed raw that the canonical URI must hold percent-encoded, such as ":" "*" "(" "=".
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "UriEncode"
 * @see https://github.com/wojtekmach/req/issues/374
 * @see https://github.com/curl/curl/issues/7559
 */

import type { CaseFile } from '../case/index.js'
import { encodedOnce, type SigningInputs, withPart } from '../sigv4/index.js'
import { clientSeen, labelOf, sidesOf, signerPart } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { listed } from './kit/listed.js'
import { canonicalUriOf, decodedOnly, wirePath } from './kit/path-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The characters that were left raw, as a set; "once": of the path encoded once where the service encodes twice. */
interface Params {
  readonly raw: string
  readonly of: 'canonical' | 'once'
}

const HEAD = { id: 'path-not-encoded', class: 'path.encoding', part: 'canonical-uri', undo } as const

export const pathNotEncoded = defineCause<Params>({
  ...HEAD,
  summary: 'characters of the path that must be percent-encoded were signed unescaped',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  const onWire = inputs?.request === undefined ? '' : reservedIn(wirePath(inputs))
  const logged = reservedIn(signerPart(file, 'canonical-uri') ?? '')
  const present = onWire === '' ? logged : onWire
  const grounds: string[] = []
  if (onWire !== '')
    grounds.push(
      `The path on the wire holds ${named(onWire)} unencoded; the canonical URI must hold ${onWire.length === 1 ? 'it' : 'them'} percent-encoded.`,
    )
  if (logged !== '') grounds.push(`The canonical URI that was signed holds ${named(logged)} unencoded.`)
  const curl = clientSeen(file, /^curl$/i) !== undefined && onWire !== ''
  if (curl) grounds.push('curl --aws-sigv4 signs these characters of the path as they stand in the URL.')
  const weight = logged !== '' ? 0.7 : curl ? 0.65 : onWire !== '' ? 0.5 : 0
  if (present !== '') yield { params: { raw: present, of: 'canonical' }, weight, grounds }
  // The service's own text is all there is: its escapes are where a signer's may lack them.
  const quoted = signerPart(file, 'canonical-uri') === undefined ? (file.verifier.parts?.['canonical-uri'] ?? '') : ''
  const escaped = /%(?!2F|20|25)[0-9A-F]{2}/.test(quoted)
    ? { weight: 0.34, grounds: ["The service's canonical URI holds escapes, which a signer may have left out."] }
    : {}
  for (const raw of [...SETS, ...ALL]) yield { params: { raw, of: 'canonical' }, ...escaped }
  if (inputs?.profile.pathEncoding === 'twice') for (const raw of SETS) yield { params: { raw, of: 'once' } }
}

function undo(inputs: SigningInputs, { raw, of }: Params): SigningInputs {
  if (of === 'once' && inputs.profile.pathEncoding !== 'twice') return inputs
  const source = of === 'canonical' ? canonicalUriOf(inputs) : encodedOnce(wirePath(inputs))
  const signed = decodedOnly(source, raw)
  return signed === source ? inputs : withPart(inputs, 'canonical-uri', signed)
}

function explain(match: Match<Params>): Explanation {
  const sides = sidesOf(match, undo)
  const [calculated, signed] = sides === undefined ? ['', ''] : [canonicalUriOf(sides.verifier), canonicalUriOf(sides.signer)]
  const found = reservedIn(signed)
  const characters = found === '' ? 'characters' : named(found)
  return {
    what:
      sides === undefined
        ? 'characters of the path were signed unescaped'
        : `the path was signed as ${signed}, with ${characters} unescaped; the service calculates with ${calculated}`,
    why: 'in the canonical URI every byte is percent-encoded but A-Z a-z 0-9 "-" "." "_" "~" and "/", even characters that a URL may carry unescaped',
    labels:
      sides === undefined ? [] : [labelOf(match.file, 'canonical-uri', calculated, signed, `${characters} must be signed percent-encoded`)],
    fixes: [
      { title: 'percent-encode each segment of the path with the unreserved set only, for the canonical URI', applicability: 'exact' },
      ...CLIENT_FIXES,
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: "encode with the language's own URL function",
        why: 'encodeURI, encodeURIComponent, quote or rawurlencode each leave some of !\'()*:=@ or "/" as they are',
      },
      {
        title: 'encode the character in the URL only',
        why: 'that mends a signer which signs the URL as given for S3; any other service encodes the "%" once more',
      },
    ],
    check: `repeat the call with a path of letters and digits only: it passes with the same key; with ${characters} it fails`,
  }
}

function reservedIn(path: string): string {
  return [...new Set(path.replace(/[A-Za-z0-9\-._~/%]/g, ''))].join('')
}

function named(characters: string): string {
  const names = [...characters].map((character) =>
    /[!-~]/.test(character) ? `"${character}"` : character === ' ' ? 'a space' : 'bytes outside ASCII',
  )
  return listed(new Set(names))
}

const CLIENT_FIXES = [
  {
    title: 'write the character percent-encoded in the URL, with a curl whose signer then encodes it for the service',
    applicability: 'maybe',
    command: "curl --aws-sigv4 'aws:amz:<region>:<service>' 'https://<host>/<path with %2A for *>'",
    appliesTo: ['curl'],
  },
  {
    title: 'encode what encodeURIComponent leaves',
    applicability: 'maybe',
    command: "encodeURIComponent(s).replace(/[!'()*]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase())",
    appliesTo: ['javascript'],
  },
  {
    title: 'encode each segment',
    applicability: 'maybe',
    command: "'/'.join(urllib.parse.quote(s, safe='-_.~') for s in path.split('/'))",
    appliesTo: ['python'],
  },
] as const
const SUB_DELIMITERS = "!$&'()*+,;=:@"
const SETS = [
  SUB_DELIMITERS,
  '*',
  ':',
  '=',
  '@',
  '+',
  ',',
  "!'()*",
  "!'()",
  '()',
  '$',
  '&',
  '!$&*',
  ":@!$&'()*+,=",
  '[]',
  '|',
  ' ',
  '!*',
  "*'()",
  ':@',
  '=:',
  '{}',
  '^',
  "'",
  "-_.!~*'()",
]
const HIGH = Array.from({ length: 128 }, (_, i) => String.fromCharCode(128 + i)).join('')
const ALL = [`${SUB_DELIMITERS}[]{}|^"<>\\\` #?`, HIGH, `${SUB_DELIMITERS}[]{}|^"<>\\\` #?%${HIGH}`]
