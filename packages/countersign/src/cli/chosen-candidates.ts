/** Which of many candidate secrets are tried, and which words of them a report must not show. */
import { type KnownSecret, MOST_SECRETS } from '../case/index.js'
import { type Io, say } from './terminal-rules.js'

/** Candidates as far as they are tried, and every one that a report must not show. */
export interface Candidates {
  readonly tried: readonly KnownSecret[]
  readonly silent: readonly string[]
}

/**
 * Of more candidates than are tried those come first whose access key ID stands in the evidence. A line says that the others are left out.
 *
 * @param evidence The texts of the evidence. A candidate that is not tried is kept silent where it stands in one of them.
 */
export function chosenCandidates(all: readonly KnownSecret[], evidence: readonly string[], io: Io): Candidates {
  const secretOf = ({ secretAccessKey }: KnownSecret): string => secretAccessKey.dangerValue()
  if (all.length <= MOST_SECRETS) return { tried: all, silent: all.map(secretOf) }
  const given = new Set(all.flatMap((one) => [secretOf(one), one.accessKeyId ?? '']))
  const shown = new Set<string>()
  for (const text of evidence) for (const words of WORDS) for (const [word] of text.matchAll(words)) if (given.has(word)) shown.add(word)
  const named = (one: KnownSecret): boolean => one.accessKeyId !== undefined && shown.has(one.accessKeyId)
  const tried = [...all.filter(named), ...all.filter((one) => !named(one))].slice(0, MOST_SECRETS)
  say(io, `${all.length.toLocaleString('en')} candidate secrets were given; only ${MOST_SECRETS} of them are tried`)
  const chosen = new Set(tried)
  return { tried, silent: all.filter((one) => chosen.has(one) || shown.has(secretOf(one))).map(secretOf) }
}

/** What a secret or an access key ID may be made of, beside other signs: AWS's, those of other stores, an ID. */
const WORDS = [/[A-Za-z0-9/+]{6,256}/g, /[A-Za-z0-9/+=_.-]{6,256}/g, /[A-Z0-9]{16,128}/g]
