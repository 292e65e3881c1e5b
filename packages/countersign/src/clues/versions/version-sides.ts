/**
 * The releases of one client that a text names, each with what is said of it: it works, it is refused, or it came before or after a
 * change ("from a to b", the two sides of a difference).
 */

export interface VersionSide {
  readonly version: readonly number[]
  /** "below 1.36": the releases before it. */
  readonly below: boolean
  /** Absent where nothing tells. */
  readonly works: boolean | undefined
  readonly at: number
}

/** In the order of the text. `named` finds the client, `others` any client: a version belongs to the one that was named last. */
export function versionSides(text: string, named: RegExp, others: readonly RegExp[]): readonly VersionSide[] {
  if (!named.test(text)) return []
  const sides: VersionSide[] = []
  for (const { at, said } of paragraphsOf(text)) {
    if (!named.test(said)) continue
    const names = placesOf(said, [named, ...others])
    for (const match of [...said.matchAll(VERSION)].slice(0, MOST_VERSIONS)) {
      const before = names.filter((one) => one.at <= match.index)
      const owner = before.at(-1) ?? names[0]
      if (owner?.own !== true) continue
      const works = workingAt(said, match.index, match.index + match[0].length)
      const below = BELOW.test(said.slice(Math.max(0, match.index - 12), match.index))
      sides.push({ version: match[1]!.split('.').map(Number), below, works, at: at + match.index })
    }
  }
  return sides
}

/** Negative: `a` is the older one. What a short number leaves out counts as 0. */
export function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) if ((a[i] ?? 0) !== (b[i] ?? 0)) return (a[i] ?? 0) - (b[i] ?? 0)
  return 0
}

function paragraphsOf(text: string): { readonly at: number; readonly said: string }[] {
  return [...text.matchAll(/[^\n]+(?:\n[^\n]+)*/g)].map((match) => ({ at: match.index, said: match[0].slice(0, LONGEST) }))
}

/** Names of clients; of two at one place the client that is asked about. */
function placesOf(said: string, patterns: readonly RegExp[]): { readonly at: number; readonly own: boolean }[] {
  return patterns
    .flatMap((one, i) => [...said.matchAll(new RegExp(one.source, 'gim'))].map(({ index }) => ({ at: index, own: i === 0 })))
    .sort((a, b) => a.at - b.at || Number(a.own) - Number(b.own))
}

/** What is said of a version: where it stands in a change, then the words of its clause, then the side of a difference. */
function workingAt(said: string, start: number, end: number): boolean | undefined {
  const clauseStart = lastBreak(said, start)
  const before = said.slice(clauseStart, start)
  const rest = said.slice(end, end + 200)
  const after = rest.slice(0, Math.max(0, rest.search(CLAUSE_END)) || (CLAUSE_END.test(rest) ? 0 : rest.length))
  if (LEADS_ON.test(rest)) return !/\bdowngrad|\brolled back/i.test(before)
  if (FOLLOWS.test(before)) return /\bdowngrad|\brolled back/i.test(before)
  if (BACK.test(before)) return !STILL.test(after)
  if (BELOW.test(before)) return true
  const good = GOOD.test(`${before} ${after}`.replace(NOT_WORKING, ''))
  const bad = BAD.test(`${before} ${after}`)
  if (good !== bad) return good
  if (UP.test(before)) return false
  const line = said.slice(said.lastIndexOf('\n', start) + 1, start)
  return /^-(?!-)/.test(line) && /^\+(?!\+)/m.test(said) ? true : /^\+(?!\+)/.test(line) && /^-(?!-)/m.test(said) ? false : undefined
}

function lastBreak(said: string, start: number): number {
  const from = Math.max(0, start - 160)
  const last = [...said.slice(from, start).matchAll(CLAUSE)].at(-1)
  return last === undefined ? from : from + last.index + last[0].length
}

const NUMBER = String.raw`v?\d{1,4}\.\d{1,4}(?:\.\d{1,4})?`
const VERSION = /(?<![\w.])[v^~]?(\d{1,4}\.\d{1,4}(?:\.\d{1,4})?)(?![\w-]|\.\d)/g
const CLAUSE = /[,;.!?](?=\s)|\n|\b(?:but|while|whereas|and|then)\b/g
const CLAUSE_END = /[,;.!?](?:\s|$)|\n|\b(?:but|while|whereas|and|then)\b/
/** "1.2 to 1.3", "1.2 -> 1.3". */
const LEADS_ON = new RegExp(String.raw`^["'\x60]?\s{0,3}(?:to|-+>|=+>|\xe2\x86\x92)\s{0,3}(?:version )?["'\x60]?[v^~]?${NUMBER}`, 'i')
const FOLLOWS = new RegExp(String.raw`${NUMBER}["'\x60]?\s{0,3}(?:to|-+>|=+>|\xe2\x86\x92)\s{0,3}(?:version )?["'\x60]?$`, 'i')
const BACK = /\b(?:downgrad\w{0,3}|pin(?:n?ed|ning)?|roll(?:ed|ing)? back|revert\w{0,3}|go(?:ing)? back|stay(?:ing)? (?:on|with|at))\b/i
const UP = /\b(?:upgrad\w{0,3}|updat\w{0,3}|bump\w{0,3}|mov(?:ed|ing) to|since|as of|start\w{0,3} (?:with|in|from))\b/i
const BELOW = /(?:<(?!=)|\b(?:below|before|older than|earlier than|prior to))\s{0,3}(?:version )?["'`v]{0,2}$/i
const STILL = /\b(?:still|also|does(?:n't| not)|no (?:change|difference))\b/i
const GOOD = /\b(?:works?|working|worked|ok|okay|fine|succe\w{2,8}|pass(?:es|ed)?|accepted|20[0146])\b/i
const BAD =
  /\b(?:fails?|failed|failing|failure|broken?|breaks?|refused|rejected|denied|40[013]|errors?|SignatureDoesNotMatch|mismatch)\b|\b(?:not|never|stopped|no longer) work|n't work/i
const NOT_WORKING = /\b(?:not|never|stopped|no longer) work\w{0,3}|n't work\w{0,3}/gi
const MOST_VERSIONS = 40
const LONGEST = 4000
