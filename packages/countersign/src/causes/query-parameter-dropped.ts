/**
 * A signed parameter did not arrive: a CDN that does not forward the query, a proxy, or a shell that took "&" for its own.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/QueryStringParameters.html
 * @see https://github.com/nulib/dc-api-v2/pull/389
 * @see https://github.com/TTLabs/EvaporateJS/pull/49
 */

import type { CaseFile } from '../case/index.js'
import { type SigningInputs, withPart } from '../sigv4/index.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { listed } from './kit/listed.js'
import { canonicalQueryOf, pieceName, piecesOf, queriesSeen, queriesShown, queryDifference, sortedPieces } from './kit/query-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, DEBUG_THE_APPLICATION, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The canonical `name=value` pieces that did not arrive. */
interface Params {
  readonly pieces: readonly string[]
}

const HEAD = {
  id: 'query-parameter-dropped',
  class: 'query.changed',
  part: 'canonical-query-string',
  narrow: true,
  undo,
  plain: { pieces: [] },
} as const

export const queryParameterDropped = defineCause<Params>({
  ...HEAD,
  summary: 'a query parameter was signed and did not arrive',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  if (inputs === undefined) return
  const query = canonicalQueryOf(inputs)
  for (const seen of queriesSeen(file, inputs).slice(0, 6)) {
    const dropped = queryDifference(seen, query)?.dropped ?? []
    const grounds = [`Elsewhere in the evidence the query also has ${listed(dropped.map(pieceName))}.`]
    if (dropped.length > 1) yield { params: { pieces: dropped }, weight: 0.45, grounds }
    for (const piece of dropped) yield { params: { pieces: [piece] }, weight: 0.45, grounds }
  }
  for (const piece of COMMON) yield { params: { pieces: [piece] } }
}

function undo(inputs: SigningInputs, { pieces }: Params): SigningInputs {
  const all = piecesOf(canonicalQueryOf(inputs))
  const arrived = new Set(all)
  const lost = pieces.filter((piece) => !arrived.has(piece))
  return lost.length === 0 ? inputs : withPart(inputs, 'canonical-query-string', sortedPieces([...all, ...lost]).join('&'))
}

function explain(match: Match<Params>): Explanation {
  const { pieces } = match.params
  const names = listed(pieces.map(pieceName)) || 'a parameter'
  const were = pieces.length > 1 ? 'were' : 'was'
  const { clause, labels } = queriesShown(match, undo, `${names} ${were} signed`)
  return {
    what: `${names} ${were} signed and did not arrive${clause}`,
    why: 'the signature covers every parameter of the query; the service calculates with those that arrive, so one that is dropped is missing in line 3',
    labels,
    fixes: [
      { title: 'send the URL that was signed, with its whole query', applicability: 'exact' },
      {
        title: 'let CloudFront forward all query strings to the origin; its default forwards none',
        applicability: 'maybe',
        command: 'origin_request_policy_id = "b689b0a8-53d0-40ab-baf2-68738e2966ac"  # Managed-AllViewerExceptHostHeader',
        appliesTo: ['cloudfront'],
      },
      {
        title: 'pass the query on: a proxy_pass with its own path or variable drops it',
        applicability: 'maybe',
        command: 'proxy_pass http://<upstream>$uri$is_args$args;',
        appliesTo: ['nginx'],
      },
      {
        title: 'put the URL in quotes, or the shell ends the command at the first "&"',
        applicability: 'maybe',
        command: "curl '<url>'",
        appliesTo: ['shell'],
      },
      {
        title: 'put the URL in double quotes (cmd.exe takes "&" as the end of the command)',
        applicability: 'maybe',
        command: 'curl "<url>"',
        appliesTo: ['windows'],
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      DEBUG_THE_APPLICATION,
      { title: 'sign without the parameter', why: 'the signature then holds, and the operation runs without what the parameter asked for' },
    ],
    check: `log the request line behind the last proxy: ${names} is not in it; sent straight to the service the same request passes`,
  }
}

const COMMON = [
  'x-id=GetObject',
  'x-id=PutObject',
  'list-type=2',
  'x-id=ListBuckets',
  'x-id=HeadObject',
  'x-id=DeleteObject',
  'x-id=UploadPart',
  'x-id=ListObjectsV2',
  'delete=',
  'uploads=',
  'location=',
  'acl=',
  'versioning=',
  'max-keys=1000',
  'prefix=',
  'delimiter=%2F',
  'encoding-type=url',
  'fetch-owner=true',
]
