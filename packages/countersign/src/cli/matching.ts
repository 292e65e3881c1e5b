/** Which causes and AWS codes some words mean, best first. */
import { AWS_ERROR_CODES, type AwsErrorCodeRow, type CauseId } from '../catalog/index.js'
import { CAUSES, type Cause } from '../causes/index.js'
import { diagnoseEvidence } from '../index.js'
import { VERDICTS } from '../report/index.js'
import { utf8ByteString } from '../sigv4/index.js'

export type ExplainedCode = Required<Pick<AwsErrorCodeRow, 'meaning' | 'checks'>> & {
  readonly code: string
  readonly statuses: readonly number[]
}

/** The codes of which something can be said. */
export const EXPLAINED_CODES: readonly ExplainedCode[] = [...AWS_ERROR_CODES].flatMap(([code, { meaning, checks, statuses = [] }]) =>
  meaning === undefined || checks === undefined ? [] : [{ code, meaning, checks, statuses }],
)

/** The causes that a code can stand for. */
export function causesBehind({ checks }: ExplainedCode): readonly Cause[] {
  return CAUSES.filter(({ refusedAt }) => refusedAt.some((check) => checks.includes(check)))
}

export interface Meant {
  readonly causes: readonly Cause[]
  readonly codes: readonly ExplainedCode[]
}

/** What a person asks about: an id, a code, a status, a whole message, or words. */
export function meantBy(asked: string): Meant {
  const lower = asked.trim().toLowerCase()
  const exact = CAUSES.filter(({ id }) => id === lower)
  if (exact.length > 0) return { causes: exact, codes: [] }
  const code = EXPLAINED_CODES.filter((one) => one.code.toLowerCase() === lower)
  if (code.length > 0) return { causes: [], codes: code }
  const status = /^(?:http )?([1-5]\d\d)$/.exec(lower)?.[1]
  if (status !== undefined) return { causes: [], codes: EXPLAINED_CODES.filter(({ statuses }) => statuses.includes(Number(status))) }
  const message = /\s/.test(lower) ? ofMessage(asked) : NOTHING
  return message.causes.length + message.codes.length > 0 ? message : { causes: causesOfWords(asked), codes: codesOfWords(asked) }
}

/** A message is read as `diagnose` reads it: the causes that it states or leads to, and the codes that it names. */
function ofMessage(text: string): Meant {
  const { findings } = diagnoseEvidence([{ name: 'the message', text: utf8ByteString(text) }])
  const ids = new Set<string>(findings.flatMap(({ causes }) => causes))
  return {
    causes: [...ids].flatMap((id) => CAUSES.filter((one) => one.id === id)),
    codes: EXPLAINED_CODES.filter(({ code }) => new RegExp(`\\b${code}\\b`).test(text)),
  }
}

/** The causes whose pages have every word, those that have them most often first. */
export function causesOnPages(asked: string, pages: ReadonlyMap<CauseId, string>): readonly Cause[] {
  const words = [...new Set(wordsOf(asked))]
  const counted = CAUSES.map((cause) => {
    const counts = new Map<string, number>()
    for (const one of wordsOf(pages.get(cause.id) ?? '', LARGEST)) counts.set(one, (counts.get(one) ?? 0) + 1)
    return { cause, least: words.reduce((least, word) => Math.min(least, counts.get(word) ?? 0), words.length === 0 ? 0 : LARGEST) }
  })
  return counted
    .filter(({ least }) => least > 0)
    .sort((a, b) => b.least - a.least)
    .map(({ cause }) => cause)
}

/** The causes that some words are about: the names before the sentences, the shorter names first. */
export function causesOfWords(asked: string): readonly Cause[] {
  return best(asked, CAUSES, ({ id, class: of, summary }) => [id, of, VERDICTS[of], summary])
}

function codesOfWords(asked: string): readonly ExplainedCode[] {
  return best(asked, EXPLAINED_CODES, ({ code }) => [code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ')])
}

/**
 * Things that every word speaks of. Of several words that together mean nothing: what most of them, and at least half, speak of.
 * @param textsOf What is looked through, the most important first.
 */
function best<Thing>(asked: string, things: readonly Thing[], textsOf: (thing: Thing) => readonly string[]): readonly Thing[] {
  const words = wordsOf(asked)
  const least = /\s/.test(asked.trim()) ? words.length / 2 : words.length
  const weighed = things.map((thing) => {
    const texts = textsOf(thing).map((text) => wordsOf(text))
    const weights = words.map((word) => {
      const at = texts.findIndex((text) => text.some((one) => one.startsWith(word)))
      return at < 0 ? 0 : texts.length - at
    })
    const hits = weights.filter((weight) => weight > 0).length
    return { thing, hits, weight: weights.reduce((sum, one) => sum + one, 0), length: texts[0]?.length ?? 0 }
  })
  const most = weighed.reduce((top, { hits }) => Math.max(top, hits), 1)
  return weighed
    .filter(({ hits }) => hits === most && hits >= least)
    .sort((a, b) => b.weight - a.weight || a.length - b.length)
    .map(({ thing }) => thing)
}

/** The words that say what is meant, without their endings: "clocks" is "clock", "expired" is "expir". */
function wordsOf(text: string, most = MOST_WORDS): readonly string[] {
  return (text.toLowerCase().match(/[a-z0-9]+/g) ?? [])
    .filter((word) => !SMALL.has(word))
    .slice(0, most)
    .map((word) => (word.length > 4 ? word.replace(/(?:s|es|ed|e|ing)$/, '') : word))
}

/** Every word that the search knows, for "did you mean". */
export const KNOWN_WORDS: readonly string[] = [
  ...new Set([
    ...CAUSES.map(({ id }) => id),
    ...EXPLAINED_CODES.map(({ code }) => code),
    ...CAUSES.flatMap(({ id, class: of }) => `${id} ${of}`.split(/[^a-z0-9]+/).filter((word) => word.length > 2)),
  ]),
]

const NOTHING: Meant = { causes: [], codes: [] }
const MOST_WORDS = 40
const LARGEST = Number.POSITIVE_INFINITY
const SMALL: ReadonlySet<string> = new Set(
  'a an and are as at be been by did do does for from had has have i in is it its me my no not of on or so that the this to was what when why with you your'.split(
    ' ',
  ),
)
