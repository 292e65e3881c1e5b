/** Texts that make a regular expression work hard: what leads to each of its loops, and what runs through it, over and over. */

type Node =
  | { readonly kind: 'set'; readonly source: string }
  | { readonly kind: 'list'; readonly nodes: readonly Node[] }
  | { readonly kind: 'either'; readonly options: readonly Node[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly least: number; readonly most: number }
  | { readonly kind: 'around'; readonly node: Node }
  | { readonly kind: 'nothing' }

/** A piece of a way through the pattern: a text, and the other texts that a loop there takes. */
interface Piece {
  readonly text: string
  readonly pumps: readonly string[]
}

/** A text that grows: what stands before, and what is repeated. */
export interface Attack {
  readonly before: string
  readonly repeated: string
}

/** The attacks on a pattern, each once: every pair of loops on a way is led to, and what lies between them is repeated. */
export function attacksOn(pattern: RegExp): readonly Attack[] {
  const flags = pattern.flags.replace(/[gyd]/g, '')
  const ways = waysThrough(parsed(pattern.source), flags).slice(0, MOST_WAYS)
  const found = new Map<string, Attack>()
  const add = (before: string, repeated: string): void => {
    if (repeated !== '' && before.length < 500 && repeated.length < 500) found.set(`${before}\u0001${repeated}`, { before, repeated })
  }
  for (const way of ways) {
    const loops = way.flatMap(({ pumps }, i) => (pumps.length > 0 ? [i] : []))
    for (const [nth, at] of loops.entries()) {
      for (const pump of way[at]!.pumps) {
        const lead = textOf(way.slice(0, at))
        add(lead, pump)
        add('', pump)
        add('', lead)
        add('', lead + pump)
        for (const from of loops.slice(Math.max(0, nth - 2), nth)) {
          const middle = textOf(way.slice(from + 1, at))
          add(textOf(way.slice(0, from)), middle + pump)
          add(textOf(way.slice(0, from)), middle)
        }
      }
    }
  }
  return [...found.values()]
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('')
}

function waysThrough(node: Node, flags: string): readonly (readonly Piece[])[] {
  switch (node.kind) {
    case 'nothing':
      return [[]]
    case 'set':
      return [[{ text: samples(node.source, flags)[0] ?? '', pumps: [] }]]
    case 'around':
      return [[], ...waysThrough(node.node, flags).filter((way) => way.some(({ pumps }) => pumps.length > 0))]
    case 'either': {
      const ways = node.options.flatMap((option) => waysThrough(option, flags))
      const looping = ways.filter((way) => way.some(({ pumps }) => pumps.length > 0))
      return [...ways.filter((way) => !looping.includes(way)).slice(0, 2), ...looping].slice(0, MOST_WAYS)
    }
    case 'list': {
      let ways: readonly (readonly Piece[])[] = [[]]
      for (const one of node.nodes) {
        const next = waysThrough(one, flags)
        ways =
          next.length === 1
            ? ways.map((way) => [...way, ...next[0]!])
            : ways.flatMap((way) => next.map((more) => [...way, ...more])).slice(0, MOST_WAYS)
      }
      return ways
    }
    case 'repeat': {
      const inner = waysThrough(node.node, flags)
      if (node.most <= FEW)
        return node.least === 0
          ? [[], ...inner].slice(0, MOST_WAYS)
          : inner.map((way) => Array.from({ length: node.least }, () => way).flat())
      const pumps =
        node.node.kind === 'set'
          ? samples(node.node.source, flags)
          : inner
              .map(textOf)
              .filter((text) => text !== '')
              .slice(0, 3)
      const least: Piece = { text: (pumps[0] ?? '').repeat(node.least), pumps }
      const nested = inner.filter((way) => way.some((piece) => piece.pumps.length > 0))
      return [[least], ...nested.map((way) => [...way, { ...least, text: '' }])]
    }
  }
}

/** Up to five unlike characters of a class. */
function samples(source: string, flags: string): readonly string[] {
  const key = `${flags}/${source}`
  const known = SAMPLES.get(key)
  if (known !== undefined) return known
  const one = new RegExp(`^(?:${source})$`, flags.replace('m', ''))
  const fit = ALPHABET.filter((character) => one.test(character))
  const found = fit.slice(0, 5)
  SAMPLES.set(key, found)
  return found
}

/** Reads the source of a pattern. Only what the tree uses is known: no named groups' references, no class operations. */
function parsed(source: string): Node {
  let at = 0
  const either = (): Node => {
    const options: Node[] = [list()]
    while (source[at] === '|') {
      at++
      options.push(list())
    }
    return options.length === 1 ? options[0]! : { kind: 'either', options }
  }
  const list = (): Node => {
    const nodes: Node[] = []
    while (at < source.length && source[at] !== '|' && source[at] !== ')') nodes.push(quantified(atom()))
    return { kind: 'list', nodes }
  }
  const atom = (): Node => {
    const start = at++
    switch (source[start]) {
      case '^':
      case '$':
        return { kind: 'nothing' }
      case '[':
        for (; source[at] !== ']'; at++) if (source[at] === '\\') at++
        at++
        return { kind: 'set', source: source.slice(start, at) }
      case '\\': {
        const escaped = /^\\(?:u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Z]|[pP]\{[^}]*\}|k<[^>]*>|\d+|[\s\S])/.exec(
          source.slice(start),
        )![0]
        at = start + escaped.length
        return /^\\(?:[bB]|[1-9]|k)/.test(escaped) ? { kind: 'nothing' } : { kind: 'set', source: escaped }
      }
      case '(': {
        const opening = /^\((?:\?(?::|<?[=!]|<[^>]*>))?/.exec(source.slice(start))![0]
        at = start + opening.length
        const node = either()
        at++
        return /[=!]$/.test(opening) ? { kind: 'around', node } : node
      }
      default:
        return { kind: 'set', source: source[start]! === '/' ? '\\/' : source[start]! }
    }
  }
  const quantified = (node: Node): Node => {
    const match = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(source.slice(at))
    if (match === null) return node
    at += match[0].length
    const [, sign, from, comma, to] = match
    const least = sign === undefined ? Number(from) : sign === '+' ? 1 : 0
    const most = sign !== undefined ? (sign === '?' ? 1 : Infinity) : comma === undefined ? least : to === '' ? Infinity : Number(to)
    return { kind: 'repeat', node, least, most }
  }
  return either()
}

const MOST_WAYS = 60
/** A loop that ends after so many rounds costs no more than so many times as much. */
const FEW = 64
const SAMPLES = new Map<string, readonly string[]>()
const ALPHABET = [
  ...new Set([...'a0 \n-_./"=:\t{[(<\'A,;&%\\\r*#>|', ...Array.from({ length: 256 }, (_, i) => String.fromCharCode(i)), '\u2028']),
]
