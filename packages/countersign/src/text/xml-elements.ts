/**
 * The leaf elements of a small XML body, whole or cut, read without ever backtracking.
 */
import { decodeEntities } from './escapes.js'

/** The elements of one error body, in order, and where it stands. */
export interface XmlBody {
  readonly start: number
  readonly end: number
  readonly elements: readonly (readonly [string, string])[]
  /** The element in which the text ends, where the body is cut short. */
  readonly cutIn: string | undefined
  /** Whether another body opens inside: a tool showed the beginning of a body, then the whole. */
  readonly restarts: boolean
}

/** Every body that opens with one of `roots` and holds a Code or a Message; at most 1,000 of them. */
export function xmlBodies(text: string, roots: readonly string[]): readonly XmlBody[] {
  const bodies: XmlBody[] = []
  let at = 0
  while (bodies.length < MOST_BODIES) {
    const start = firstOf(text, roots, at)
    if (start === undefined) break
    const body = xmlBody(text, start.at, start.root)
    if (!body.restarts && body.elements.some(([name]) => name === 'Code' || name === 'Message')) bodies.push(body)
    at = Math.max(body.end, start.at + 1)
  }
  return bodies
}

/**
 * Leaf elements that stand alone, as people cut them out of a body: each run of them as a body. One of `first` begins a run, and words
 * may stand between; a name that comes again begins the next.
 */
export function looseElements(text: string, first: ReadonlySet<string>): readonly XmlBody[] {
  const bodies: XmlBody[] = []
  let run: XmlBody | undefined
  for (const { 0: whole, 1: name = '', 2: raw = '', index } of text.matchAll(LOOSE)) {
    const end = index + whole.length
    const element = [name, contentOf(raw)] as const
    if (run !== undefined && index - run.end <= LONGEST_GAP && !run.elements.some(([known]) => known === name)) {
      run = { ...run, end, elements: [...run.elements, element] }
      bodies[bodies.length - 1] = run
    } else if (!first.has(name)) run = undefined
    else if (bodies.length >= MOST_BODIES) break
    else {
      run = { start: index, end, elements: [element], cutIn: undefined, restarts: false }
      bodies.push(run)
    }
  }
  return bodies
}

/** The first value of an element; `undefined` where it is absent. */
export function elementOf(elements: XmlBody['elements'], name: string): string | undefined {
  return elements.find(([given]) => given === name)?.[1]
}

function firstOf(text: string, roots: readonly string[], from: number): { at: number; root: string } | undefined {
  const opening = new RegExp(`<(${roots.join('|')})(?:\\s[^<>]{0,200})?>`, 'g')
  opening.lastIndex = from
  const match = opening.exec(text)
  return match === null ? undefined : { at: match.index, root: match[1] ?? '' }
}

function xmlBody(text: string, start: number, root: string): XmlBody {
  const limit = Math.min(text.length, start + LONGEST_BODY)
  const room = text.slice(start, limit)
  const closed = room.indexOf(`</${root}>`)
  const again = room.indexOf(`<${root}>`, 1)
  const restarts = again >= 0 && closed >= 0 && again < closed
  const closing = restarts ? -1 : closed
  const end = restarts ? start + again : closing < 0 ? limit : start + closing + root.length + 3
  const within = text.slice(start, end)
  const closings = closingsIn(within)
  const elements: (readonly [string, string])[] = []
  let at = 0
  while (elements.length < MOST_ELEMENTS) {
    OPENING.lastIndex = at
    const match = OPENING.exec(within)
    if (match === null) break
    const name = match[1] ?? ''
    const from = match.index + match[0].length
    at = from
    if (match[2] === '/') {
      elements.push([name, ''])
      continue
    }
    if (PARENTS.has(name)) continue
    const to = firstFrom(closings.get(name) ?? [], from)
    if (to !== undefined) {
      elements.push([name, contentOf(within.slice(from, to))])
      at = to + name.length + 3
    } else if (closing < 0 && LEAVES.has(name)) {
      elements.push([name, contentOf(within.slice(from))])
      return { start, end, elements, cutIn: name, restarts }
    }
  }
  return { start, end, elements, cutIn: closing < 0 ? root : undefined, restarts }
}

/** Where the closing tags of each name stand: to search for each of many open elements up to the end would take quadratic time. */
function closingsIn(within: string): ReadonlyMap<string, readonly number[]> {
  const closings = new Map<string, number[]>()
  for (const { 1: name = '', index } of within.matchAll(CLOSING)) {
    const known = closings.get(name)
    if (known === undefined) closings.set(name, [index])
    else known.push(index)
  }
  return closings
}

/** The first of some ascending numbers that is not below `from`. */
function firstFrom(ascending: readonly number[], from: number): number | undefined {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! < from) low = middle + 1
    else high = middle
  }
  return ascending[low]
}

function contentOf(raw: string): string {
  const cdata = /^\s{0,20}<!\[CDATA\[/.exec(raw)
  if (cdata === null) return decodeEntities(raw)
  const end = raw.indexOf(']]>')
  return raw.slice(cdata[0].length, end < 0 ? raw.length : end)
}

const LOOSE = /<([A-Z][A-Za-z-]{1,40})>([^<]{0,65536})<\/\1>/g
/** A sentence, not a page. */
const LONGEST_GAP = 200
const MOST_BODIES = 1000
const MOST_ELEMENTS = 100
const LONGEST_BODY = 131_072
const OPENING = /<([A-Za-z][A-Za-z0-9_.:-]{0,60})(?:\s[^<>]{0,200}?)?(\/?)>/g
const CLOSING = /<\/([A-Za-z][A-Za-z0-9_.:-]{0,60})>/g
const PARENTS: ReadonlySet<string> = new Set(['Error', 'Errors', 'ErrorResponse', 'Response', 'Detail'])
const LEAVES: ReadonlySet<string> = new Set(
  'Code Message AWSAccessKeyId StringToSign SignatureProvided StringToSignBytes CanonicalRequest CanonicalRequestBytes RequestTime ServerTime HeadersNotSigned Region Details RequestId HostId Endpoint'.split(
    ' ',
  ),
)
