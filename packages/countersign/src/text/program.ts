/** A program as its calls and assignments, and what is put together in a value: the members of a map, of a builder, of a request. */
import { OPEN, type ProgramToken, programTokens } from './program-tokens.js'
import { type Budget, bareName, type Entry, type Expression, expressionAt, nameOrCall, type ProgramCall, textOf } from './program-values.js'

interface Assignment {
  /** With its members: "config.region". */
  readonly name: string
  readonly value: Expression
  readonly at: number
}

/** One thing that is set in a value, with the names on the way to it: ["headers", "Content-Type"]. */
export interface ProgramMember {
  readonly path: readonly string[]
  readonly value: Expression
}

export interface ProgramMembers {
  readonly members: readonly ProgramMember[]
  /** Names of parts that are put in from elsewhere and are not shown, or of the variables that hold them. */
  readonly unknown: readonly string[]
}

export class Program {
  readonly calls: readonly ProgramCall[]
  readonly #assignments: ReadonlyMap<string, readonly Assignment[]>
  readonly #keptIn: ReadonlyMap<number, string>
  readonly #ofVariable: ReadonlyMap<string, readonly (Assignment | ProgramCall)[]>

  constructor(text: string) {
    const tokens = programTokens(text)
    // Calls that never close would be read to the end from each of them: a text may take so many steps a token.
    const steps = MOST_STEPS * tokens.length
    this.calls = callsIn(tokens, { left: steps })
    const assignments = assignmentsIn(tokens, { left: steps })
    this.#assignments = grouped(assignments, ({ name }) => name)
    this.#keptIn = new Map(assignments.flatMap(({ name, value }) => (value.kind === 'call' ? [[value.call.start, name] as const] : [])))
    const settings = assignments.filter(({ name }) => name.includes('.'))
    this.#ofVariable = grouped<Assignment | ProgramCall>(
      [...settings, ...this.calls],
      (one) => ('callee' in one ? one.callee : one.name).split('.', 1)[0]!,
    )
  }

  /** The text of an expression; what is not known of it is {@link OPEN}. */
  textOf(value: Expression, depth = 0): string {
    return textOf(value, (name) => {
      const assigned = depth > DEEPEST ? undefined : this.#assigned(name, value.at)
      return assigned === undefined ? undefined : this.textOf(assigned, depth + 1)
    })
  }

  /** What a variable was set to last before a place. */
  #assigned(name: string, before: number): Expression | undefined {
    const all = this.#assignments.get(name) ?? []
    let [low, high] = [0, all.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (all[middle]!.at < before) low = middle + 1
      else high = middle
    }
    return all[low - 1]?.value
  }

  /** The variable that a call's result is kept in. */
  variableOf(call: ProgramCall): Expression | undefined {
    const kept = this.#keptIn.get(call.start)
    return kept === undefined ? undefined : { kind: 'name', name: kept, at: call.end }
  }

  /** What a name stands for, as far as the text says. */
  resolved(value: Expression, depth = 0): Expression {
    if (value.kind !== 'name' || depth > DEEPEST) return value
    const assigned = this.#assigned(value.name, value.at)
    return assigned === undefined ? value : this.resolved(assigned, depth + 1)
  }

  /** What is set in a variable by assignments to its members. */
  settingsOf(value: Expression): readonly ProgramMember[] {
    const settings = value.kind === 'name' ? (this.#ofVariable.get(value.name) ?? []) : []
    return settings
      .slice(0, MOST_MEMBERS)
      .flatMap((one) => ('callee' in one ? [] : [{ path: one.name.split('.').slice(1), value: one.value }]))
  }

  /** All that is set in a value: in a map, by a builder's calls, in a variable by assignments and calls before and after. */
  membersOf(value: Expression, path: readonly string[] = [], depth = 0): ProgramMembers {
    const members: ProgramMember[] = []
    const unknown: string[] = []
    if (depth <= DEEPEST) this.#collect(value, path, depth, members, unknown)
    return { members: members.slice(0, MOST_MEMBERS), unknown }
  }

  #collect(value: Expression, path: readonly string[], depth: number, members: ProgramMember[], unknown: string[]): void {
    if (depth > DEEPEST || members.length > MOST_MEMBERS) return
    const deeper = (one: Expression, at: readonly string[]): void => this.#collect(one, at, depth + 1, members, unknown)
    if (value.kind === 'name') {
      const assigned = this.#assigned(value.name, value.at)
      if (assigned !== undefined) deeper(assigned, path)
      const settings = (this.#ofVariable.get(value.name) ?? []).slice(0, MOST_MEMBERS)
      for (const one of settings)
        if ('callee' in one) this.#call(one, path, depth, members, unknown)
        else members.push({ path: [...path, ...one.name.split('.').slice(1)], value: one.value })
      if (assigned === undefined && settings.length === 0) unknown.push(path.at(-1) ?? value.name)
    } else if (value.kind === 'call') this.#call(value.call, path, depth, members, unknown)
    else if (value.kind === 'map')
      for (const entry of value.entries) {
        // `{ Key }` is a member of its own name.
        const short = entry.name === undefined && entry.spread !== true && entry.value.kind === 'name' ? entry.value.name : undefined
        this.#entry(short === undefined || short.includes('.') ? entry : { name: short, value: entry.value }, path, depth, members, unknown)
      }
    else if (value.kind === 'other') for (const part of value.parts) if (part.kind !== 'name') deeper(part, path)
  }

  #call(call: ProgramCall, path: readonly string[], depth: number, members: ProgramMember[], unknown: string[]): void {
    const name = call.callee.split('.').at(-1)!
    const own = call.entries.filter((one) => one.name === undefined && one.chained !== true)
    const [first, second] = own
    // set("name", value); name(value). A list of names and values in turn is a map.
    if (own.length === 2 && first?.value.kind === 'text')
      members.push({ path: [...path, ...(MAP_OF.test(name) ? [] : [name]), first.value.value], value: second!.value })
    else if (own.length === 1) members.push({ path: [...path, name], value: first!.value })
    else if (own.length > 2 && own.length % 2 === 0 && MAP_OF.test(name))
      for (let i = 0; i < own.length; i += 2)
        if (own[i]!.value.kind === 'text') members.push({ path: [...path, this.textOf(own[i]!.value)], value: own[i + 1]!.value })
    const inner = own.length === 1 && /^(?:set|with)?[A-Za-z]/.test(name) ? [...path, name] : path
    for (const entry of call.entries) this.#entry(entry, own.includes(entry) ? inner : path, depth, members, unknown)
  }

  #entry({ name, value, spread }: Entry, path: readonly string[], depth: number, members: ProgramMember[], unknown: string[]): void {
    if (name !== undefined) {
      members.push({ path: [...path, name], value })
      if (value.kind !== 'name' || CONTAINERS.test(name)) this.#collect(value, [...path, name], depth + 1, members, unknown)
      return
    }
    if (spread === true) {
      const shown = this.resolved(value)
      if (shown.kind === 'name' || shown.kind === 'other') unknown.push(path.at(-1) ?? '')
      else this.#collect(shown, path, depth + 1, members, unknown)
      return
    }
    const pair = value.kind === 'map' && value.entries.length === 2 && value.entries.every((one) => one.name === undefined)
    if (pair && value.entries[0]!.value.kind === 'text')
      members.push({ path: [...path, value.entries[0]!.value.value], value: value.entries[1]!.value })
    else this.#collect(value, path, depth + 1, members, unknown)
  }
}

function callsIn(tokens: readonly ProgramToken[], budget: Budget): readonly ProgramCall[] {
  const calls: ProgramCall[] = []
  for (let at = 0; at < tokens.length && budget.left > 0 && calls.length < MOST_CALLS; at++) {
    const token = tokens[at]!
    const before = tokens[at - 1]
    if (token.kind !== 'name' || (before !== undefined && /^(?:\.|->|::|\?\.)$/.test(before.value) && before.end === token.start)) continue
    const { value } = nameOrCall(tokens, at, budget, 0)
    if (value.kind === 'call') calls.push(value.call)
  }
  return calls
}

/** `name = value`, `name := value`, `name: Type = value`, `name.member = value`, `name["member"] = value`. */
function assignmentsIn(tokens: readonly ProgramToken[], budget: Budget): readonly Assignment[] {
  const found: Assignment[] = []
  for (let at = 1; at < tokens.length && budget.left > 0; at++) {
    const sign = tokens[at]!
    if (sign.value !== '=' && sign.value !== ':=') continue
    const target = targetBefore(tokens, at)
    if (target === undefined) continue
    const { value } = expressionAt(tokens, at + 1, budget)
    found.push({ name: target, value, at: sign.start })
  }
  return found
}

function targetBefore(tokens: readonly ProgramToken[], at: number): string | undefined {
  const parts: string[] = []
  let i = at - 1
  // A type between the name and the sign: "x: string =".
  if (tokens[i]?.kind === 'name' && tokens[i - 1]?.value === ':' && tokens[i - 2]?.kind === 'name') i -= 2
  for (let step = 0; step < 8 && i >= 0; step++) {
    const token = tokens[i]!
    if (token.value === ']' && tokens[i - 1]?.kind === 'text' && tokens[i - 2]?.value === '[') {
      parts.unshift(tokens[i - 1]!.value)
      i -= 3
      continue
    }
    if (token.kind !== 'name') return undefined
    parts.unshift(bareName(token.value))
    // An argument that is given by its name is no variable.
    if (/^[(,]$/.test(tokens[i - 1]?.value ?? '')) return undefined
    if (!/^(?:\.|->|::)$/.test(tokens[i - 1]?.value ?? '')) break
    i -= 2
  }
  return parts.length === 0 ? undefined : parts.join('.')
}

function grouped<One>(all: readonly One[], key: (one: One) => string): ReadonlyMap<string, readonly One[]> {
  const groups = new Map<string, One[]>()
  for (const one of all) {
    const list = groups.get(key(one))
    if (list === undefined) groups.set(key(one), [one])
    else list.push(one)
  }
  return groups
}

/** Whether all of a text is known. */
export function isClosed(text: string): boolean {
  return !text.includes(OPEN)
}

/** Functions that make a map of names and values in turn. */
const MAP_OF = /^(?:of|mapOf|hash|singletonMap|hashMapOf)$/
const CONTAINERS = /headers?|params|metadata|options|config|input|request/i
const DEEPEST = 6
const MOST_MEMBERS = 200
const MOST_CALLS = 3000
const MOST_STEPS = 8
