/** The same command through the intermediaries and around them: what the pair of runs says. */
import { type ReportedRun, whyOf } from './run-report.js'
import type { SeenRequest } from './seen-requests.js'

/** Whole sentences. Requests are paired by method and path, in their order. */
export function comparedPair(through: ReportedRun, direct: ReportedRun): readonly string[] {
  const left = new Map<string, SeenRequest[]>()
  for (const one of direct.requests) left.set(nameOf(one), [...(left.get(nameOf(one)) ?? []), one])
  const pairs = through.requests.flatMap((one) => {
    const other = left.get(nameOf(one))?.shift()
    return other === undefined || one.signed.length === 0 ? [] : [{ one, other }]
  })
  if (pairs.length === 0) return ['The two runs have no signed request in common: nothing can be compared.']
  const alone = through.requests.length + direct.requests.length - 2 * pairs.length
  const broken = pairs.filter(({ one, other }) => one.answer === 'refused' && isAccepted(other))
  const both = pairs.filter(({ one, other }) => one.answer === 'refused' && other.answer === 'refused')
  const only = pairs.filter(({ one, other }) => isAccepted(one) && other.answer === 'refused')
  return [
    ...broken
      .slice(0, MOST_SAID)
      .map(
        ({ one }) =>
          `What stands between refuses or changes ${nameOf(one)}: it is accepted straight, and refused through ${through.to}${causeOf(one)}.`,
      ),
    ...(broken.length > MOST_SAID ? [`So it is with ${broken.length - MOST_SAID} more.`] : []),
    ...both
      .slice(0, MOST_SAID)
      .map(
        ({ one, other }) =>
          `${nameOf(one)} is refused on both ways${causeOf(one) === causeOf(other) ? `${causeOf(one)}: it is not what stands between` : ', for different reasons'}.`,
      ),
    ...only
      .slice(0, MOST_SAID)
      .map(({ one, other }) => `${nameOf(one)} is refused straight${causeOf(other)}, and accepted through ${through.to}.`),
    ...(broken.length + both.length + only.length === 0
      ? [
          pairs.every(({ one, other }) => isAccepted(one) && isAccepted(other))
            ? 'All of the pair are accepted on both ways: nothing that stands between breaks a signature.'
            : 'Nothing is refused on either way, but not every answer says that the signature was accepted.',
        ]
      : []),
    ...(alone === 0 ? [] : [`${alone} requests were made on one way only, or carried no signature.`]),
  ]
}

function nameOf({ seen: { received } }: SeenRequest): string {
  return `${received.method} ${received.target.split('?', 1)[0]!.slice(0, MOST_NAME)}`
}

function causeOf({ diagnosis }: SeenRequest): string {
  const first = diagnosis?.findings[0]
  return first === undefined ? '' : `, for ${whyOf(first)}`
}

function isAccepted({ answer }: SeenRequest): boolean {
  return answer === 'accepted' || answer === 'denied'
}

const MOST_SAID = 5
const MOST_NAME = 160
