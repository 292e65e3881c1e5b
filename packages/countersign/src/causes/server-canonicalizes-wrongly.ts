/**
 * The signature is right and the service calculates wrongly: it rebuilds a header, collapses slashes or decodes the path first.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @see https://github.com/vinyldns/vinyldns/issues/560
 */

import { type CaseFile, WORTH_REPORTING } from '../case/index.js'
import {
  CANONICAL_REQUEST_PARTS,
  type CanonicalRequestPart,
  canonicalRequestPart,
  headerLines,
  headerValue,
  type SigningInputs,
} from '../sigv4/index.js'
import { labelOf, signerPart } from './kit/case-views.js'
import { defineCause, type Match, type Suspicion } from './kit/cause.js'
import type { Explanation, Label } from './kit/explanation.js'
import { shownBlock } from './kit/header-differences.js'
import { listed } from './kit/listed.js'
import { spellSamePath } from './kit/path-spelling.js'
import { bareQuery } from './kit/query-spelling.js'
import { cluesWeigh } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The parts the service wrote differently from the specification; none where its own text is not shown. */
interface Params {
  readonly parts: readonly CanonicalRequestPart[]
}

const HEAD = { id: 'server-canonicalizes-wrongly', class: 'server.bug', part: 'canonical-uri', undo } as const

export const serverCanonicalizesWrongly = defineCause<Params>({
  ...HEAD,
  summary: 'the request was signed correctly, and the service made another canonical request of it',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: suspicions,
  shownBy: () => ({ parts: [] }),
  explain,
})

function* suspicions(file: CaseFile): Iterable<Suspicion<Params>> {
  const hinted = cluesWeigh(file, HEAD)
  const inputs = file.inputsSeen
  const refused = refusesSignature(file)
  const received = file.inputsFrom === 'wire' && !file.asSent
  if (received && refused && file.inputs?.key !== undefined && !isAws(file.inputs))
    yield {
      params: { parts: [] },
      weight: Math.max(0.5, hinted.weight),
      grounds: ['The service refused the signature of a request that is shown whole, and the secret is known.', ...hinted.grounds],
      unedited: true,
    }
  const type = file.inputs === undefined ? undefined : headerLines(file.inputs).find(([name]) => name === 'content-type')?.[1]
  if (received && refused && file.inputs !== undefined && file.inputs.key === undefined && !isAws(file.inputs) && type?.includes(';'))
    yield {
      params: { parts: [] },
      weight: Math.max(0.3, hinted.weight),
      grounds: [
        'The service is not one of AWS, and content-type is signed with a parameter; frameworks parse and rebuild that header.',
        ...hinted.grounds,
      ],
    }
  if (inputs !== undefined && !isAws(inputs)) {
    const parts = rewritten(inputs)
    const agrees = parts.length > 0 && parts.every((part) => signerPart(file, part) === canonicalRequestPart(undo(inputs, { parts }), part))
    const grounds = [`The service's own canonical request is not what the rules make of the request on the wire: ${listed(parts)}.`]
    if (parts.length > 0) yield { params: { parts }, weight: agrees ? 0.9 : 0.5, grounds: [...grounds, ...hinted.grounds] }
  }
  if (hinted.weight >= WORTH_REPORTING) yield { params: { parts: [] }, ...hinted }
}

/** Whether the refusal is one of the signature: a server's own words for it, too, but no error that follows a right signature. */
function refusesSignature({ refusal }: CaseFile): boolean {
  if (refusal === undefined || refusal.check !== undefined) return refusal?.check?.group === 'signature'
  return refusal.code === '' || OF_AUTHENTICATION.test(`${refusal.code} ${refusal.message}`)
}

const OF_AUTHENTICATION = /signature|signing|authenti|unauthori[sz]ed|credential/i

function undo(inputs: SigningInputs, { parts }: Params): SigningInputs {
  if (inputs.request === undefined) return inputs
  const correct: SigningInputs = {
    ...inputs,
    verbatim: Object.fromEntries(Object.entries(inputs.verbatim).filter(([name]) => !(parts as readonly string[]).includes(name))),
  }
  return parts.some((part) => canonicalRequestPart(correct, part) !== canonicalRequestPart(inputs, part)) ? correct : inputs
}

/** The parts in which the service's text and the right one differ in spelling only: what a hop changed differs in more. */
function rewritten(inputs: SigningInputs): CanonicalRequestPart[] {
  if (inputs.request === undefined) return []
  const correct: SigningInputs = { ...inputs, verbatim: {} }
  const pair = (part: CanonicalRequestPart): [string, string] => [canonicalRequestPart(inputs, part), canonicalRequestPart(correct, part)]
  const differing = CANONICAL_REQUEST_PARTS.filter((part) => inputs.verbatim[part] !== undefined && pair(part)[0] !== pair(part)[1])
  const spelling = differing.every((part) => {
    const [theirs, right] = pair(part)
    if (part === 'canonical-uri') return spellSamePath(theirs, right)
    if (part === 'canonical-query-string') return bareQuery(theirs) === bareQuery(right)
    return part === 'canonical-headers' && sameMediaTypes(inputs, correct)
  })
  return spelling ? differing : []
}

/** Header lines that differ in the parameters or the spelling of a media type only. */
function sameMediaTypes(a: SigningInputs, b: SigningInputs): boolean {
  const bare = (inputs: SigningInputs): string =>
    JSON.stringify(
      headerLines(inputs).map(([name, value]) => [
        name,
        name === 'content-type' || name === 'accept' ? value.split(';')[0]!.trim().toLowerCase() : value,
      ]),
    )
  return bare(a) === bare(b)
}

function isAws(inputs: SigningInputs): boolean {
  const host =
    (inputs.request === undefined ? undefined : headerValue(inputs.request, 'host')) ??
    headerLines(inputs).find(([name]) => name === 'host')?.[1] ??
    ''
  return host === '' || /amazonaws\.com|amazonaws\.eu|\.api\.aws|\.on\.aws/i.test(host)
}

function explain(match: Match<Params>): Explanation {
  const { parts } = match.params
  const verifier = match.verifier ?? match.file.inputsSeen
  const correct = verifier === undefined ? undefined : undo(verifier, match.params)
  const labels = parts.flatMap((part): Label[] => {
    if (verifier === undefined || correct === undefined) return []
    const show = (inputs: SigningInputs): string =>
      part === 'canonical-headers' ? shownBlock(canonicalRequestPart(inputs, part)) : canonicalRequestPart(inputs, part)
    return show(verifier) === show(correct)
      ? []
      : [labelOf(match.file, part, show(verifier), show(correct), 'the rules make the signed text of the request received')]
  })
  const type = verifier === undefined ? undefined : headerLines(verifier).find(([name]) => name === 'content-type')?.[1]
  return {
    what:
      parts.length > 0
        ? `the service calculates with another ${parts.join(' and ')} than the rules make of the request it received`
        : 'the request is signed by the rules, and the service refused it all the same',
    why: 'a verifier has to take the bytes as they came; one that parses and rebuilds a header, collapses slashes or decodes the path first makes another canonical request',
    labels,
    fixes: [
      {
        title:
          'in the service, canonicalize the request as received: the raw target and the literal header values, before any framework parses them',
        applicability: 'exact',
      },
      {
        title: 'update the service, or report it with the request and the canonical request that the rules make of it',
        applicability: 'maybe',
      },
      ...(type?.includes(';')
        ? ([
            {
              title: 'until then, leave content-type unsigned, or send it without parameters',
              applicability: 'maybe',
              command: `-H 'content-type: ${type.split(';')[0]!.trim()}'`,
              appliesTo: ['curl'],
            },
          ] as const)
        : []),
      {
        title: 'until then, avoid what it rewrites: repeated slashes, %2F and other escapes in the path, parameters of a media type',
        applicability: 'maybe',
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'make the signer sign what the service makes of it',
        why: 'requests to every correct service then fail; keep it a workaround for this one service',
      },
      { title: 'switch the signature check off in the service', why: 'anybody can then send requests in the name of anybody else' },
    ],
    check:
      'verify the recorded request and the secret with a second implementation: it passes there; the same request without the rewritten part passes at the service too',
  }
}
