/**
 * A parameter was added to the URL after it was signed: click tracking, cache busting, or options put on a finished presigned URL.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 * @see https://github.com/boto/boto3/issues/2836
 */

import { type CaseFile, cluesFor } from '../case/index.js'
import { type SigningInputs, withPart } from '../sigv4/index.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation, Fix } from './kit/explanation.js'
import { listed } from './kit/listed.js'
import { canonicalQueryOf, isAmzPiece, pieceName, piecesOf, queriesSeen, queriesShown, queryDifference } from './kit/query-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, DEBUG_THE_APPLICATION, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The canonical `name=value` pieces that were added. */
interface Params {
  readonly pieces: readonly string[]
}

const HEAD = {
  id: 'query-parameter-added',
  class: 'query.changed',
  part: 'canonical-query-string',
  narrow: true,
  undo,
} as const

export const queryParameterAdded = defineCause<Params>({
  ...HEAD,
  summary: 'a query parameter was added after signing',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  if (inputs === undefined) {
    yield { params: { pieces: [] } }
    return
  }
  const query = canonicalQueryOf(inputs)
  const pieces = piecesOf(query)
  for (const seen of queriesSeen(file, inputs).slice(0, 6)) {
    const added = queryDifference(seen, query)?.added ?? []
    const grounds = ['Elsewhere in the evidence the query stands without this parameter.']
    if (added.length > 1) yield { params: { pieces: added }, weight: 0.45, grounds }
    for (const piece of added) yield { params: { pieces: [piece] }, weight: 0.45, grounds }
  }
  const known = pieces.filter((piece) => kindOf(piece) !== undefined)
  for (const piece of known) {
    const kind = kindOf(piece)!
    // What signers sign as a rule is no oddity in a query.
    const odd = kind.odd || inputs.authentication === 'query'
    yield {
      params: { pieces: [piece] },
      ...(odd && { weight: 0.45, grounds: [`${pieceName(piece)} is a parameter that ${kind.who} to finished URLs.`] }),
    }
  }
  if (known.length > 1) yield { params: { pieces: known } }
  for (const piece of [...pieces].sort((a, b) => Number(isAmzPiece(a)) - Number(isAmzPiece(b))).slice(0, 20))
    yield { params: { pieces: [piece] } }
}

function undo(inputs: SigningInputs, { pieces }: Params): SigningInputs {
  const all = piecesOf(canonicalQueryOf(inputs))
  // Each once: of a repeated parameter one occurrence was added.
  const added = new Map<string, number>()
  for (const piece of pieces) added.set(piece, (added.get(piece) ?? 0) + 1)
  const left = all.filter((piece) => {
    const more = added.get(piece) ?? 0
    if (more > 0) added.set(piece, more - 1)
    return more === 0
  })
  // That no parameter at all was signed is another cause's.
  return left.length === all.length || (left.length === 0 && pieces.length > 1)
    ? inputs
    : withPart(inputs, 'canonical-query-string', left.join('&'))
}

function explain(match: Match<Params>): Explanation {
  const { pieces } = match.params
  const names = listed(pieces.map(pieceName)) || 'a parameter'
  const { clause, labels } = queriesShown(match, undo, `${names} ${pieces.length > 1 ? 'were' : 'was'} not signed`)
  const kinds = [...new Set(pieces.map(kindOf))].flatMap((kind) => (kind === undefined ? [] : [kind.fix]))
  return {
    what: `${names} ${pieces.length > 1 ? 'were' : 'was'} added to the query after signing${clause}`,
    why: 'the signature covers every parameter of the query but X-Amz-Signature; one that is added later stands in line 3 of the canonical request and in no signature',
    labels,
    fixes: [
      ...(named(match.file, pieces, /^(?:partnumber|uploadid)$/i) ? PRESIGN_PARTS : []),
      ...(named(match.file, pieces, /^x-amz-security-token$/i) ? [SIGN_TOKEN] : []),
      ...kinds,
      { title: `add ${names} before signing, or do not add it`, applicability: 'exact' },
      { title: 'sign at the last proxy, or let every proxy pass the query untouched', applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      DEBUG_THE_APPLICATION,
      {
        title: 'have the verifier ignore the parameter',
        why: 'a query that the signature does not cover can be changed by anyone on the way',
      },
    ],
    check: `take ${names} out of the URL and send it with no other change: it passes until it expires`,
  }
}

/** Whether one of these parameters was added, as far as the query or the code shows. */
function named(file: CaseFile, pieces: readonly string[], which: RegExp): boolean {
  const names = [...pieces.map(pieceName), ...cluesFor(file, HEAD.id).map(({ values }) => values['parameter'] ?? '')]
  return names.some((name) => which.test(name))
}

const SIGN_TOKEN = {
  title: 'give the presigner the session token with the key, so that X-Amz-Security-Token is signed with the other parameters',
  applicability: 'exact',
} as const
/** Each part is another operation than that which was presigned. */
const PRESIGN_PARTS = [
  { title: 'presign every part of the upload with its own number and the upload ID, and send each to its URL', applicability: 'exact' },
  {
    title: 'presign every part of the upload',
    applicability: 'exact',
    command: 'getSignedUrl(client, new UploadPartCommand({ Bucket, Key, UploadId, PartNumber }), { expiresIn: 3600 })',
    appliesTo: ['javascript'],
  },
  {
    title: 'presign every part of the upload',
    applicability: 'exact',
    command: "s3.generate_presigned_url('upload_part', Params={'Bucket': b, 'Key': k, 'UploadId': u, 'PartNumber': n})",
    appliesTo: ['boto3'],
  },
] as const

interface Kind {
  readonly names: RegExp
  readonly who: string
  readonly odd: boolean
  readonly fix: Fix
}

function kindOf(piece: string): Kind | undefined {
  return KINDS.find(({ names }) => names.test(piece))
}

const KINDS: readonly Kind[] = [
  {
    names:
      /^(?:utm_[a-z]+|fbclid|gclid|gbraid|wbraid|msclkid|dclid|mc_[ce]id|igshid|twclid|li_fat_id|_ga|_gl|_hsenc|_hsmi|mkt_tok|ref|ref_src)=/,
    who: 'mail tools, advertisements and social networks add',
    odd: true,
    fix: {
      title: 'switch click tracking off for links that hold a presigned URL, or link to a page of your own that redirects to a fresh one',
      applicability: 'exact',
    },
  },
  {
    names: /^(?:_|cb|cache|cachebuster|cache_bust|nocache|no-cache|_dc|_t|_ts|ts|timestamp|rand|random|rnd|v|ver|version)=/,
    who: 'HTTP libraries and page scripts add against caching',
    odd: true,
    fix: {
      title: 'switch the cache-busting parameter off for signed URLs; each presigned URL differs from the last anyway',
      applicability: 'exact',
      command: '$.ajax({ url, cache: true })',
      appliesTo: ['jquery'],
    },
  },
  {
    names: /^(?:response-(?:content-(?:disposition|type|language|encoding)|cache-control|expires)|versionId|partNumber|uploadId)=/,
    who: 'applications add',
    odd: false,
    fix: {
      title: 'hand the option to the presigner; it cannot be added to a finished URL',
      applicability: 'exact',
      command: "s3.generate_presigned_url('get_object', Params={'Bucket': b, 'Key': k, 'ResponseContentDisposition': 'attachment'})",
      appliesTo: ['boto3'],
    },
  },
  {
    names: /^(?:x-id|x-amz-user-agent|X-Amz-Security-Token|x-amz-checksum-mode)=/,
    who: 'SDKs and wrappers add',
    odd: false,
    fix: { title: 'let the signer see the parameter: presign with the client that adds it', applicability: 'exact' },
  },
]
