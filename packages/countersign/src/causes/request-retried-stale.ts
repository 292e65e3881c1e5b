/**
 * A signed request was sent again: unchanged after a delay, or signed once more on top of the headers of the first signing.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 * @see https://github.com/wojtekmach/req/issues/564
 */

import type { CaseFile } from '../case/index.js'
import {
  authorizationOf,
  HEADER,
  headerLines,
  headerValues,
  parseRequestDate,
  requestDateOf,
  type SigningInputs,
  signedHeaderValue,
  withSignedHeader,
} from '../sigv4/index.js'
import { factsStated, labelOf, requestsSeen } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import { durationText } from './kit/clock-offset.js'
import type { Explanation } from './kit/explanation.js'
import { listed } from './kit/listed.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS, SEND_AGAIN } from './kit/wrong-fixes.js'

/** sent-again: the very same bytes, later. doubled: the headers of two signings; which of the values was signed. */
type Params = { readonly how: 'sent-again'; readonly waitedSeconds?: number } | { readonly how: 'doubled'; readonly keep: 'first' | 'last' }

const HEAD = { id: 'request-retried-stale', class: 'retry.stale', undo } as const

export const requestRetriedStale = defineCause<Params>({
  ...HEAD,
  part: 'canonical-headers',
  summary: 'a signed request was sent again without a fresh signature, or signed on top of its old signing headers',
  schemes: 'signatures',
  refusedAt: ['mechanism', 'clock', 'date', 'signature', 'payload'],
  suspect: (file) => suspicionsOutside(file, HEAD, { how: 'sent-again' }, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const doubled = requestsSeen(file).flatMap(({ request }) => SIGNING_HEADERS.filter((name) => headerValues(request, name).length > 1))
  if (doubled.length > 0) {
    const grounds = [`The request carries ${listed(new Set(doubled))} more than once, as a request that was signed twice does.`]
    yield { params: { how: 'doubled', keep: 'last' }, weight: 0.7, grounds }
    yield { params: { how: 'doubled', keep: 'first' }, weight: 0.4, grounds }
  }
  const joined = joinedHeaders(file.inputsSeen)
  if (doubled.length === 0 && joined.length > 0) {
    const grounds = [`The canonical headers hold two values of ${listed(joined)}, as a request that was signed twice does.`]
    yield { params: { how: 'doubled', keep: 'last' }, weight: 0.7, grounds }
  }
  const wait = sentAgain(file)
  if (wait !== undefined) {
    const grounds = [
      `The evidence shows the same request date and signature at different times, ${durationText(wait)} apart: the request was sent again without being signed again.`,
    ]
    yield { params: { how: 'sent-again', waitedSeconds: wait }, weight: 0.7, grounds }
  }
  yield { params: { how: 'doubled', keep: 'first' } }
  yield { params: { how: 'doubled', keep: 'last' } }
}

/** Seconds between two refusals of one and the same request date; `undefined` where there are not two. */
function sentAgain(file: CaseFile): number | undefined {
  const times = new Map<string, Set<number>>()
  for (const { values } of factsStated(file, ['request-expired', 'time-skewed'])) {
    const now = parseRequestDate(values['now'] ?? '')
    if (values['requestDate'] !== undefined && now !== undefined) add(times, values['requestDate'], now)
  }
  for (const apart of times.values()) {
    const inOrder = [...apart].sort((a, b) => a - b)
    if (inOrder.length > 1) return (inOrder.at(-1)! - inOrder[0]!) / 1000
  }
  // Two sendings with a signature of one date, and the response dates of two moments.
  const signatures = requestsSeen(file)
    .filter(({ side }) => side === 'wire')
    .map(({ request }) => {
      const authorization = authorizationOf(request)
      return authorization?.by === 'header' ? `${authorization.signature} ${requestDateOf(request, 'header')}` : undefined
    })
  const known = new Set<string | undefined>()
  const repeated = signatures.find((one) => one !== undefined && known.size === known.add(one).size)
  const date = parseRequestDate(repeated?.split(' ')[1] ?? '')
  return repeated === undefined || date === undefined || file.now === undefined || file.now - date < 60_000
    ? undefined
    : (file.now - date) / 1000
}

function add(times: Map<string, Set<number>>, date: string, now: number): void {
  const known = times.get(date)
  if (known === undefined) times.set(date, new Set([now]))
  else known.add(now)
}

/** The signing headers of which the canonical request has two values, joined by a comma. */
function joinedHeaders(inputs: SigningInputs | undefined): string[] {
  if (inputs === undefined) return []
  return headerLines(inputs)
    .filter(([name, value]) => SIGNING_HEADERS.includes(name) && parts(value).length > 1)
    .map(([name]) => name)
}

function undo(inputs: SigningInputs, params: Params): SigningInputs {
  if (params.how === 'sent-again') return inputs
  let undone = inputs
  for (const name of joinedHeaders(inputs)) {
    const values = parts(signedHeaderValue(undone, name) ?? '')
    undone = withSignedHeader(undone, name, (params.keep === 'first' ? values[0] : values.at(-1)) ?? '')
  }
  const date = signedHeaderValue(undone, HEADER.amzDate)
  const dated = undone !== inputs && date !== undefined && parseRequestDate(date) !== undefined && date !== inputs.requestDate
  return dated ? { ...undone, requestDate: date } : undone
}

function parts(value: string): string[] {
  return value.split(',').map((one) => one.trim())
}

function explain(match: Match<Params>): Explanation {
  const { params, file } = match
  const verifier = match.verifier ?? file.inputsSeen
  const signer = verifier === undefined ? undefined : undo(verifier, params)
  const names = joinedHeaders(verifier)
  const waited = params.how === 'sent-again' ? params.waitedSeconds : undefined
  return {
    what:
      params.how === 'doubled'
        ? `the request was signed again with the headers of its first signing still on it${names.length === 0 ? '' : ` (${listed(names)})`}`
        : `the request was sent again with its old signature${waited === undefined ? '' : `, ${durationText(waited)} later`}`,
    why:
      params.how === 'doubled'
        ? 'the service joins the values of a repeated header with a comma and signs that; the signer put only one of them into its canonical request'
        : 'a signature holds for its request date, and that may lie only minutes back; a retry that waits longer, or changes a header or the body, needs a new one',
    labels:
      verifier === undefined || signer === undefined
        ? []
        : names.flatMap((name) => {
            const [calculated, signed] = [signedHeaderValue(verifier, name) ?? '', signedHeaderValue(signer, name) ?? '']
            return calculated === signed
              ? []
              : [labelOf(file, 'canonical-headers', `${name}:${calculated}`, `${name}:${signed}`, 'the header is there twice')]
          }),
    fixes: [
      {
        title: 'sign inside the retry, as the last step before each sending: the signing handler must run once per attempt',
        applicability: 'exact',
      },
      {
        title: 'start each attempt from the unsigned request, or take the signing headers off first',
        applicability: 'exact',
        command: 'Authorization, X-Amz-Date, X-Amz-Content-Sha256, X-Amz-Security-Token',
      },
      { title: 'take signed requests out of queues and caches: queue what is to be sent, and sign on sending', applicability: 'maybe' },
      { title: 'switch the retry of the HTTP client off where the SDK retries itself', applicability: 'maybe' },
    ],
    wrongFixes: [
      SEND_AGAIN,
      ROTATE_KEYS,
      CHANGE_IAM_POLICIES,
      { title: 'retry more often, or wait longer between retries', why: 'the old signature only grows older' },
    ],
    check: `log Authorization and X-Amz-Date of each attempt: ${params.how === 'doubled' ? 'the second attempt has them twice' : 'they are the same in both attempts'}; with retries off, the first attempt passes`,
  }
}

const SIGNING_HEADERS: readonly string[] = [HEADER.amzDate, HEADER.contentSha256, HEADER.securityToken]
