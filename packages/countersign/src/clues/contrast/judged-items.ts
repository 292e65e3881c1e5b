/**
 * What passes and what fails, as people lay it out: lines of lists, rows of tables, items below "These work:", and clauses of
 * sentences. An item is a name, a method, a host, a region, a size or a key; a text without a verdict says nothing of it.
 */
import { isLogRecord } from '../../text/index.js'

export type ItemKind = 'name' | 'method' | 'host' | 'region' | 'size' | 'key'

export interface JudgedItem {
  readonly kind: ItemKind
  readonly value: string
  readonly works: boolean
  readonly at: number
}

export function judgedItems(text: string): readonly JudgedItem[] {
  const items: JudgedItem[] = []
  let heading: boolean | undefined
  for (const { line, at } of linesOf(text)) {
    const list = ITEM.exec(line)?.[0].length ?? 0
    const heads = list === 0 && line.length <= LONGEST_HEADING && /:\s*$/.test(line)
    // An empty line may stand between a heading and its list; other words end it.
    if (list === 0 && line.trim() !== '') heading = heads ? verdict(line) : undefined
    if (heads) continue
    const body = line.slice(list)
    for (const piece of piecesOf(body)) {
      // A row that passes in one column and fails in another has what fails.
      const mixed = ROW.test(piece.text) && bothVerdicts(piece.text)
      const works = mixed ? false : (verdict(withoutNames(piece.text)) ?? (list > 0 ? heading : undefined))
      if (works === undefined) continue
      const laidOut = list > 0 || ROW.test(line)
      for (const item of itemsOf(piece.text, laidOut)) items.push({ ...item, works, at: at + list + piece.at })
      if (items.length >= MOST_ITEMS) return items
    }
  }
  return items
}

function linesOf(text: string): { readonly line: string; readonly at: number }[] {
  return [...text.matchAll(/[^\n]*\n|[^\n]+$/g)].flatMap(({ 0: line, index }) =>
    line.length > LONGEST_LINE || isLogRecord(line) ? [] : [{ line: line.replace(/\r?\n$/, ''), at: index }],
  )
}

/** A line whole where it has one verdict, by clauses where it has both. */
function piecesOf(line: string): { readonly text: string; readonly at: number }[] {
  if (!bothVerdicts(line) || ROW.test(line)) return [{ text: line, at: 0 }]
  const pieces: { text: string; at: number }[] = []
  let start = 0
  for (const { 0: split, index } of line.matchAll(CLAUSE)) {
    const text = line.slice(start, index)
    // "a and b work": what stands before "and" without a verdict shares the one that follows.
    if (/^\sand\s$/.test(split) && verdict(withoutNames(text)) === undefined) continue
    pieces.push({ text, at: start })
    start = index + split.length
  }
  return [...pieces, { text: line.slice(start), at: start }]
}

function bothVerdicts(said: string): boolean {
  const bare = withoutNames(said)
  return saysGood(bare) && BAD.test(bare)
}

/** What stands in quotes or looks like a file is a name: "error.txt" is no verdict. */
function withoutNames(said: string): string {
  return said
    .replace(QUOTED, ' ')
    .replace(FILE, ' ')
    .replace(/\bhttps?:\/\/\S+/g, ' ')
}

/** A path of two pieces or more that stands alone in a sentence. */
const BARE_PATH = /(?<![\w:/.\-"'`])\/[\w.~%+@()=*,!-]{1,80}(?:\/[\w.~%+@()=!$&'*:-]{1,80}){1,8}/g

function verdict(said: string): boolean | undefined {
  const [good, bad] = [saysGood(said), BAD.test(said)]
  return good === bad ? undefined : good
}

function saysGood(said: string): boolean {
  return GOOD.test(said.replace(NOT_GOOD, ' '))
}

function* itemsOf(said: string, laidOut: boolean): Iterable<Pick<JudgedItem, 'kind' | 'value'>> {
  const names = [...said.matchAll(QUOTED)].map((match) => match[1] ?? match[2] ?? match[3] ?? '').filter((one) => !NO_NAME.test(one))
  if (names.length > 0) for (const value of names) yield { kind: 'name', value }
  else if (laidOut) {
    const value = FIRST_CELL.exec(said.replace(LEAD, ''))?.[1]
    if (value !== undefined && !/https?:\/\//.test(value)) yield { kind: 'name', value }
  } else for (const [value] of said.matchAll(BARE_PATH)) yield { kind: 'name', value }
  const rest = said.replace(QUOTED, (quoted) => (/:\/\/|^.[a-z]{2}-[a-z]+-\d.$/.test(quoted) ? quoted : ' '))
  for (const [kind, sought] of SOUGHT)
    for (const match of rest.matchAll(sought)) {
      const value = (match[1] ?? match[0]).replace(/ /g, '')
      // "10:30" is a time.
      if (!/^\d+:/.test(value)) yield { kind, value }
    }
}

const ROW = /^\s{0,8}\|/
const ITEM = /^[ \t>]{0,10}(?:[-*+] |\d{1,3}[.)] |\xe2\x80\xa2 )/
const QUOTED = /"([^"\n]{1,200})"|`([^`\n]{1,200})`|(?<!\w)'([^'\n]{1,200})'(?!\w)/g
const FILE = /[^\s|,;:"'`]{1,200}\.[a-z][a-z0-9]{1,4}\b/gi
/** A name that ends in an extension, with what it holds, at the begin of an item or in the first cell of a row. */
const FIRST_CELL =
  /^\s{0,8}\|?\s{0,8}([^|\n]{1,120}?\.[a-z][a-z0-9]{1,4})(?=\s{0,8}\||\s{0,8}$|\s{1,8}[-=:(]|\s{0,8}(?:\xe2|[-=]>)|:?\s{1,8}(?:is |are )?[a-z0-9]{1,40}\b)/i
const SOUGHT: readonly (readonly [kind: ItemKind, sought: RegExp])[] = [
  ['method', /\b(GET|HEAD|PUT|POST|PATCH|DELETE)s?\b/g],
  ['region', /(?<![\w.-])((?:us|eu|ap|ca|sa|me|af|il|mx|cn)-(?:gov-)?(?:north|south|east|west|central){1,2}-\d)(?![\w.-])/g],
  [
    'host',
    /(?<![\w.@/-])(?:https?:\/\/)?((?:[a-z0-9](?:[a-z0-9-]{0,62})\.){0,6}[a-z0-9-]{1,63}:\d{2,5}|(?<=:\/\/)[a-z0-9.-]{1,200})(?![\w.])/gi,
  ],
  ['size', /(?<![\w.])(\d{1,6}(?:\.\d{1,3})? ?(?:[kmgt]i?b|bytes?))\b/gi],
  ['key', /(?<!\w)(A[KS]IA)[A-Z0-9*.]{0,20}/g],
]
const CLAUSE = /[,;.](?=\s)|\s(?:but|while|whereas|and)\s|\s[-\xe2]{1,2}\s/g
const GOOD =
  /\b(?:works?|working|worked|ok|okay|fine|succe\w{2,8}|pass(?:es|ed)?|accepted|goes through|20[0146])\b|\|\s{0,5}yes\s{0,5}(?:\||$)|\xe2\x9c[\x85\x93\x94]/i
const BAD =
  /\b(?:fail|fails|failed|failing|failure|broken|breaks?|bad|refused|rejected|denied|forbidden|40[013]|errors?|SignatureDoesNotMatch|mismatch)\b|\b(?:not|never|no longer|stopped) work|n't work|\|\s{0,5}no\s{0,5}(?:\||$)|\xe2\x9d\x8c|\xe2\x9c[\x96-\x98]/i
const NOT_GOOD = /\b(?:not|never|no longer|stopped) (?:work\w{0,3}|ok|accepted)|n't work\w{0,3}|\bno\b[^.]{0,20}\b(?:works?|succe\w{2,8})/gi
/** What stands in quotes and is no name: methods, outcomes, regions, URLs, media types, signatures, headers, sentences and code. */
const NO_NAME =
  /^(?:GET|HEAD|PUT|POST|PATCH|DELETE|ok|yes|no|\d{3}|[a-z]{4,120}|[a-z]{2}-[a-z-]{1,40}-\d|[a-z-]{1,60}:\d{1,9})$|:\/\/|^[\w+/]{20,}={1,2}$|^(?:application|text|image|audio|video|multipart)\/|: |[{}<>]|(?:\S{1,60} ){6}|\w\(['"]/i
/** "ok: a.txt", "PUT a.txt". */
const LEAD = /^\s*(?:[a-z]{1,20}(?: [a-z]{1,20})?:\s+|(?:GET|HEAD|PUT|POST|PATCH|DELETE)\s+)/i
const LONGEST_LINE = 500
const LONGEST_HEADING = 120
const MOST_ITEMS = 200
