/** Expressions of a program, as far as their values can be told from the text: texts, names, sums of texts, maps, lists, calls. */
import { OPEN, type ProgramToken } from './program-tokens.js'

export type Expression =
  | { readonly kind: 'text'; readonly value: string; readonly filled: readonly string[]; readonly at: number }
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'sum'; readonly parts: readonly Expression[]; readonly at: number }
  | { readonly kind: 'map'; readonly entries: readonly Entry[]; readonly at: number }
  | { readonly kind: 'call'; readonly call: ProgramCall; readonly at: number }
  /** Something else: nothing is known of it but the calls and texts that stand in it. */
  | { readonly kind: 'other'; readonly parts: readonly Expression[]; readonly at: number }

/** A member of a map, an argument of a call. Without a name it stands by its place; a `spread` brings members that are not shown. */
export interface Entry {
  readonly name: string | undefined
  readonly value: Expression
  readonly spread?: true
  /** A call on the way to the last one: `a.b(c).d()` has b(c). */
  readonly chained?: true
}

export interface ProgramCall {
  /** As written, without arguments: "client.Objects.put". */
  readonly callee: string
  readonly entries: readonly Entry[]
  readonly start: number
  readonly end: number
}

/** An expression, and the place of the token behind it. */
export interface Parsed {
  readonly value: Expression
  readonly next: number
}

/** Reads one expression. It ends before a separator that is not its own. */
export function expressionAt(tokens: readonly ProgramToken[], from: number, budget: Budget, depth = 0): Parsed {
  const parts: Expression[] = []
  let at = from
  let summed = true
  let joined = 1
  for (;;) {
    const token = tokens[at]
    if (token === undefined || ENDS.has(token.value) || --budget.left < 0 || depth > DEEPEST) break
    // A statement that ends with its line.
    if (token.first && at > from && parts.length > 0 && !continues(tokens, at)) break
    if (token.kind === 'sign' && JOINS.has(token.value) && parts.length > 0) {
      at++
      joined = 1
      continue
    }
    // `.put`: a member of a type that is left out.
    if (PREFIXES.has(token.value) || (token.value === '.' && parts.length === 0 && tokens[at + 1]?.kind === 'name')) {
      at++
      continue
    }
    const primary = primaryAt(tokens, at, budget, depth)
    if (primary === undefined) {
      summed = false
      at++
      continue
    }
    // Two texts side by side are one, two other things are an operator that is not known.
    if (joined === 0 && !(primary.value.kind === 'text' && parts.at(-1)?.kind === 'text')) summed = false
    parts.push(primary.value)
    at = primary.next
    joined = 0
  }
  const start = tokens[from]?.start ?? 0
  const [only] = parts
  if (summed && only !== undefined) return { value: parts.length === 1 ? only : { kind: 'sum', parts, at: start }, next: at }
  return { value: { kind: 'other', parts, at: start }, next: at }
}

/** How many steps may still be taken: parts of a text that nest without end are left. */
export interface Budget {
  left: number
}

function primaryAt(tokens: readonly ProgramToken[], at: number, budget: Budget, depth: number): Parsed | undefined {
  const token = tokens[at]!
  if (token.kind === 'text')
    return { value: { kind: 'text', value: token.value, filled: token.filled ?? [], at: token.start }, next: at + 1 }
  if (token.kind === 'number') return { value: { kind: 'text', value: token.value, filled: [], at: token.start }, next: at + 1 }
  if (token.kind === 'name') return nameOrCall(tokens, at, budget, depth)
  if (token.value === ':' && tokens[at + 1]?.kind === 'name' && tokens[at + 1]!.start === token.end) {
    const symbol = tokens[at + 1]!
    return { value: { kind: 'text', value: symbol.value, filled: [], at: token.start }, next: at + 2 }
  }
  if (OPENS[token.value] === undefined) return undefined
  const { entries, next } = entriesAt(tokens, at, budget, depth + 1)
  // A group of one is what stands in it.
  const [one] = entries
  if (token.value === '(' && entries.length === 1 && one?.name === undefined && one?.spread !== true) return { value: one!.value, next }
  return { value: { kind: 'map', entries, at: token.start }, next }
}

/** A dotted name, with its calls: `a.b(c).d(e)` is a call of `a.b.d` whose entries are those of both. */
export function nameOrCall(tokens: readonly ProgramToken[], at: number, budget: Budget, depth: number): Parsed {
  const start = tokens[at]!.start
  let callee = bareName(tokens[at]!.value)
  let next = at + 1
  let call: ProgramCall | undefined
  const calls: Expression[] = []
  for (;;) {
    const token = tokens[next]
    if (token === undefined || --budget.left < 0) break
    const after = tokens[next + 1]
    const before = tokens[next - 1]!
    if (CHAINS.has(token.value) && after?.kind === 'name' && !isConcatenation(token, after, before) && !isArrow(token, after, before)) {
      next += 2
      if (after.value === 'await') continue
      if (call !== undefined) calls.push({ kind: 'call', call, at: call.start })
      call = undefined
      callee += `.${bareName(after.value)}`
    } else if (token.value === '(' && (!token.first || call === undefined)) {
      const { entries, next: behind } = entriesAt(tokens, next, budget, depth + 1)
      call = {
        callee,
        entries: call === undefined ? entries : [...call.entries, ...entries],
        start,
        end: tokens[behind - 1]?.end ?? token.end,
      }
      next = behind
    } else if (token.value === '{' && !token.first && /(?:^|\.)[A-Z]\w*$/.test(callee)) {
      const { entries, next: behind } = entriesAt(tokens, next, budget, depth + 1)
      call = { callee, entries: [...(call?.entries ?? []), ...entries], start, end: tokens[behind - 1]?.end ?? token.end }
      next = behind
    } else if (token.value === '[' && token.start === before.end && after?.kind === 'text' && tokens[next + 2]?.value === ']') {
      callee += `.${after.value}`
      next += 3
    } else break
  }
  if (call === undefined && calls.length === 0) return { value: { kind: 'name', name: callee, at: start }, next }
  const last = call ?? { callee, entries: [], start, end: tokens[next - 1]!.end }
  // What was called before on the way is told as unnamed entries of the last: a chain of settings is one thing.
  const chained = calls.map((value): Entry => ({ name: undefined, value, chained: true }))
  return { value: { kind: 'call', call: { ...last, entries: [...last.entries, ...chained] }, at: start }, next }
}

/** PHP and Perl join texts with a dot; a variable of theirs behind one is never a member. */
function isConcatenation(sign: ProgramToken, after: ProgramToken, before: ProgramToken): boolean {
  return (
    sign.value === '.' &&
    (after.value.startsWith('$') || (before.value.startsWith('$') && before.end < sign.start && sign.end < after.start))
  )
}

/** `x -> x.y()`: the blanks around it tell it from a member. */
function isArrow(sign: ProgramToken, after: ProgramToken, before: ProgramToken): boolean {
  return sign.value === '->' && before.end < sign.start && sign.end < after.start
}

export function bareName(name: string): string {
  return name.replace(/^[$@]+|[!?]$/g, '')
}

/** What stands between brackets: members of a map, arguments, items of a list. */
export function entriesAt(
  tokens: readonly ProgramToken[],
  open: number,
  budget: Budget,
  depth = 0,
): { readonly entries: readonly Entry[]; readonly next: number } {
  const entries: Entry[] = []
  let at = open + 1
  while (at < tokens.length && budget.left > 0) {
    const token = tokens[at]!
    if (CLOSES.has(token.value)) return { entries, next: at + 1 }
    const before = at
    if (token.value === '...' || token.value === '**') {
      const spread = expressionAt(tokens, at + 1, budget, depth)
      entries.push({ name: undefined, value: spread.value, spread: true })
      at = spread.next
    } else if (SEPARATES.has(token.value)) at++
    else {
      const name = entryName(tokens, at)
      const value = expressionAt(tokens, name?.next ?? at, budget, depth)
      entries.push({ name: name?.name, value: value.value })
      at = value.next
      // A closing bracket of another kind, a colon of a ternary: not ours.
      if (at < tokens.length && !CLOSES.has(tokens[at]!.value) && !SEPARATES.has(tokens[at]!.value) && at === before) at++
    }
    if (at === before) at++
  }
  return { entries, next: Math.max(at, open + 1) }
}

/** `name:`, `"name" =>`, `:name =>`, `name =`, `.name =`, `["name"] =`. */
function entryName(tokens: readonly ProgramToken[], at: number): { readonly name: string; readonly next: number } | undefined {
  for (const skip of [0, 1]) {
    if (skip === 1 && !/^[:.[]$/.test(tokens[at]!.value)) return undefined
    const word = tokens[at + skip]
    if (word === undefined || (word.kind !== 'name' && word.kind !== 'text') || word.filled !== undefined) continue
    let next = at + skip + 1
    if (tokens[at]!.value === '[' && tokens[next]?.value === ']') next++
    const sign = tokens[next]
    if (sign?.value === '->' && sign.start === tokens[next - 1]!.end) return undefined
    if (NAMES.has(sign?.value ?? '')) return { name: bareName(word.value), next: next + 1 }
  }
  return undefined
}

/** Whether the token that begins a line goes on with what stood before. */
function continues(tokens: readonly ProgramToken[], at: number): boolean {
  const token = tokens[at]!
  return token.kind === 'sign'
    ? token.value !== '{' && token.value !== '[' && token.value !== '@'
    : JOINS.has(tokens[at - 1]!.value) || token.kind === 'text'
}

/** The value of an expression, where all of it is known; a part that is filled in is {@link OPEN}. */
export function textOf(value: Expression, known: (name: string) => string | undefined = () => undefined): string {
  if (value.kind === 'text') {
    let next = 0
    return value.value.replaceAll(OPEN, () => known(value.filled[next++] ?? '') ?? OPEN)
  }
  if (value.kind === 'name') return known(value.name) ?? OPEN
  if (value.kind === 'call') {
    const { callee, entries } = value.call
    return entries.length === 1 && WRAPPERS.test(callee) ? textOf(entries[0]!.value, known) : OPEN
  }
  return value.kind === 'sum' ? value.parts.map((part) => textOf(part, known)).join('') : OPEN
}

const ENDS: ReadonlySet<string> = new Set([',', ';', ')', ']', '}', '=>'])
const SEPARATES: ReadonlySet<string> = new Set([',', ';'])
const CLOSES: ReadonlySet<string> = new Set([')', ']', '}'])
const OPENS: Readonly<Record<string, true>> = { '(': true, '[': true, '{': true }
const JOINS: ReadonlySet<string> = new Set(['+', '.', '..', '<>'])
const CHAINS: ReadonlySet<string> = new Set(['.', '->', '::', '?.'])
const NAMES: ReadonlySet<string> = new Set([':', '=>', '=', '->', ':='])
const PREFIXES: ReadonlySet<string> = new Set([
  'new',
  'await',
  'return',
  'yield',
  '&',
  'const',
  'final',
  'val',
  'var',
  'let',
  'mut',
  'try',
  '@',
  '%',
])
/** Calls that give back the text they are given. */
const WRAPPERS =
  /(?:^|\.)(?:String|StringPtr|str|ptr|of|new|create|parse|URL|URI|Uri|Url|to_string|toString|fromString|HttpUrl|encode|into|from)$/
const DEEPEST = 12
