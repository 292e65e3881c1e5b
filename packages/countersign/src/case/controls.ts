/** What the client's own capture, and the accepted requests beside a refused one, say of the refusal. */
import { PERMISSION_CODES } from '../catalog/index.js'
import { authorizationOf, headerValue, splitTarget } from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import type { CaseFile } from './case-file.js'
import type { Exchange } from './exchange.js'
import type { ObservationOf } from './observation.js'

/** The exchanges of the same log that were accepted with the same access key ID. */
export function acceptedBeside({ exchange, others }: CaseFile): readonly Exchange[] {
  const id = exchange?.credential?.accessKeyId
  if (exchange === undefined || others === undefined || id === undefined) return []
  return others.filter(
    ({ outcome, credential, start }) => outcome === 'accepted' && credential?.accessKeyId === id && start.source === exchange.start.source,
  )
}

/**
 * The request as it was sent makes exactly the text that the service calculated: nothing changed on the way. What the signer itself
 * wrote is not shown, so it may have written another text.
 */
export function sentAsCalculated({ signer, verifier, inputsFrom, edited, disagreements }: CaseFile): boolean {
  const theirs = verifier.canonicalRequest?.text
  if (signer.canonicalRequest !== undefined || signer.parts === undefined || theirs === undefined) return false
  if (inputsFrom !== 'verifier' || edited || disagreements.length > 0) return false
  return !isMasked(Object.values(signer.parts).join('\n') + theirs)
}

/** What clients are known to canonicalize each in its own way. */
export type PathMark = 'repeated-slash' | 'dot-segment' | 'escape'

/**
 * The marks of the refused path that no accepted path of the same log and key has, where nothing changed on the way: the key is right,
 * so the client wrote another canonical request of such a path. None without an accepted request to compare with.
 */
export function ownCanonicalization(file: CaseFile): readonly PathMark[] {
  const request = file.exchange?.request
  const passed = acceptedBeside(file)
  if (request === undefined || passed.length === 0 || !sentAsCalculated(file)) return []
  const cleared = new Set(passed.flatMap((one) => (one.request === undefined ? [] : marksOf(one.request.target))))
  return marksOf(request.target).filter((mark) => !cleared.has(mark))
}

function marksOf(target: string): readonly PathMark[] {
  const { path } = splitTarget(target)
  return MARKS.filter(([, pattern]) => pattern.test(path)).map(([mark]) => mark)
}

/** A HEAD that was refused without a word, where a GET of the same object with the same key passed. */
export function getPassedBesideHead(file: CaseFile): Exchange | undefined {
  const { exchange } = file
  if (exchange?.request?.method !== 'HEAD' || exchange.outcome !== 'refused' || exchange.explained) return undefined
  const passed = acceptedBeside(file)
  // A HEAD that passed shows that the method arrives.
  if (passed.some(({ request }) => request?.method === 'HEAD')) return undefined
  return passed.find(({ request }) => request?.method === 'GET' && sameObject(request, exchange.request!))
}

function sameObject(a: NonNullable<Exchange['request']>, b: NonNullable<Exchange['request']>): boolean {
  return splitTarget(a.target).path === splitTarget(b.target).path && headerValue(a, 'host') === headerValue(b, 'host')
}

/** The request as the client shows that it sent it: signed, and on its way to a host that is not straight at AWS. */
export function signedAsSent(file: CaseFile): ObservationOf<'request'> | undefined {
  return file.observations.find(
    (one): one is ObservationOf<'request'> =>
      one.kind === 'request' &&
      (one.side === 'signer' || (one.vantage === 'client' && one.hop === undefined)) &&
      authorizationOf(one.request)?.signature !== undefined,
  )
}

/**
 * Whether every request with this key was denied in bare words, at least two of them, and none passed. A service denies so, too, where
 * no signature arrives: it takes the request for one of nobody's. Straight at AWS nothing is lost on the way.
 */
export function deniedThroughout({ exchange, others = [] }: CaseFile): boolean {
  const id = exchange?.credential?.accessKeyId
  if (exchange === undefined || id === undefined || !deniedBarely(exchange)) return false
  const same = others.filter(({ credential }) => credential?.accessKeyId === id)
  if (same.some(({ outcome }) => outcome === 'accepted') || /\.amazonaws\.com(?:\.cn)?(?::\d+)?$/i.test(hostOf(exchange) ?? ''))
    return false
  return same.some((other) => deniedBarely(other) && other.request?.target !== exchange.request?.target)
}

function deniedBarely({ observations, outcome }: Exchange): boolean {
  const errors = observations.filter((one): one is ObservationOf<'error'> => one.kind === 'error')
  return outcome === 'unknown' && errors.some(({ code, message }) => PERMISSION_CODES.has(code) && BARE_DENIAL.test(message))
}

function hostOf({ request }: Exchange): string | undefined {
  return request === undefined ? undefined : headerValue(request, 'host')
}

const BARE_DENIAL = /^(?:Access Denied|Forbidden|Access denied)?\.?$/
const MARKS: readonly (readonly [PathMark, RegExp])[] = [
  ['repeated-slash', /\/\//],
  ['dot-segment', /\/\.{1,2}(?:\/|$)/],
  ['escape', /%[0-9A-Fa-f]{2}/],
]
