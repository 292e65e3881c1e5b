/**
 * Where code computes an HMAC: what it takes as the key, what as the message, and in which form the result is passed on.
 * Functions of the code's own that wrap one are followed, so that `sign(a, b)` is read with the parameters of its definition.
 */
import { type Arguments, argumentsAt, type Definition, definitionsOf } from './calls.js'
import { formAround, LIBRARY, type MacForm, NAMED_FORMS, REACH, SHAPES } from './hmac-shapes.js'
import type { Code } from './language.js'
import { UNHEX } from './vocabulary.js'

export interface Mac {
  readonly key: string
  readonly message: string
  readonly form: MacForm
  /** The variable that gets the result. */
  readonly target: string | undefined
  readonly at: number
  readonly end: number
  /** Where the key stands, to tell an HMAC that stands within it. */
  readonly keyAt: number
  /** Just behind the function's name. */
  readonly open: number
  /** The function of the code's own that computes it; `undefined` where it is the library's. */
  readonly by: string | undefined
}

interface Wrapper {
  readonly definition: Definition
  readonly key: number
  readonly message: number
  readonly form: MacForm
  readonly at: number
}

/** The HMACs that code computes, in the order of the text; what stands in a function that wraps one is the function's. */
export function macsOf(code: Code): readonly Mac[] {
  const definitions = definitionsOf(code)
  const own = [...libraryMacs(code), ...keyedMacs(code)]
  const wrappers = own.flatMap((mac) => wrapperOf(code, mac, own, definitions))
  const wrapped = new Set(wrappers.map(({ at }) => at))
  const inLibrary = (at: number): boolean => own.some((mac) => mac.at <= at && at < mac.open)
  const calls = wrappers
    .filter(({ definition }, i) => wrappers.findIndex((one) => one.definition.name === definition.name) === i)
    .flatMap((wrapper) => callsOf(code, wrapper, definitions).filter(({ at }) => !inLibrary(at)))
  return [...own.filter(({ at }) => !wrapped.has(at)), ...calls].sort((a, b) => a.at - b.at).slice(0, MOST_MACS)
}

function libraryMacs({ text, language }: Code): Mac[] {
  const found: Mac[] = []
  let tried = 0
  for (const match of text.matchAll(LIBRARY)) {
    if (found.length >= MOST_MACS || ++tried > MOST_TRIED) break
    const open = match.index + match[0].length - 1
    const given = argumentsAt(text, open)
    const shape = SHAPES.find(([name]) => name.test(match[0]))?.[1]
    if (given === undefined || shape === undefined) continue
    const read = shape(given, text, language)
    if (read === undefined) continue
    const at = match.index
    const { key, message, end = given.end, form = formAround(text, at, end) } = read
    const keyAt = given.starts[given.texts.indexOf(key)] ?? at
    found.push({ key, message, form, target: targetOf(text, at, given.end), at, end, keyAt, open, by: undefined })
  }
  return found
}

/** .NET's other way: the key is a property, then ComputeHash takes the message. */
function keyedMacs({ text }: Code): Mac[] {
  const found: Mac[] = []
  for (const match of text.matchAll(/\w{1,30}\.Key\s{0,3}=\s{0,3}([^\n;]{1,160})/gi)) {
    if (found.length >= MOST_MACS) break
    const [, key = ''] = match
    const open = match.index + match[0].length
    const call = /\.ComputeHash\w{0,6}\(/.exec(text.slice(open, open + REACH))
    const taken = call === null ? undefined : argumentsAt(text, open + call.index + call[0].length - 1)
    if (call === null || taken?.texts[0] === undefined) continue
    const [{ end }, from] = [taken, open + call.index]
    const [form, target] = [formAround(text, from, end), targetOf(text, from, end)]
    found.push({ key, message: taken.texts[0], form, target, at: match.index, end, keyAt: open - key.length, open, by: undefined })
  }
  return found
}

/** The wrapper that an HMAC makes of the function around it: one whose parameters are its key and its message. */
function wrapperOf({ text }: Code, mac: Mac, all: readonly Mac[], definitions: readonly Definition[]): Wrapper[] {
  const definition = definitions.filter(({ body, end }) => body <= mac.at && mac.at < end).at(-1)
  if (definition === undefined || mac.at - definition.body > LONGEST_WRAPPER) return []
  const { parameters, body, end } = definition
  // A function with several of them derives a key.
  if (all.some((other) => other !== mac && body <= other.at && other.at < end && other.message !== mac.message)) return []
  const key = parameters.findIndex((name) => name !== '' && holds(mac.key, name))
  const message = parameters.findIndex((name, i) => i !== key && name !== '' && holds(mac.message, name))
  const both = key >= 0 && message >= 0 ? [key, message] : byNames(parameters, text.slice(body, end))
  if (both === undefined) return []
  const later = mac.form === 'bytes' ? laterForm(text.slice(mac.end, Math.min(end, mac.end + 240))) : mac.form
  const form = UNHEX.test(text.slice(body, mac.at) + mac.key) ? 'bytes' : later
  return [{ definition, key: both[0]!, message: both[1]!, form, at: mac.at }]
}

// Where the parameters reach the HMAC through variables, their names tell.
function byNames(parameters: readonly string[], body: string): readonly [number, number] | undefined {
  if (parameters.length < 2 || parameters.length > 4) return undefined
  const key = parameters.findIndex((name) => /key|secret/i.test(name))
  const message = parameters.findIndex(
    (name, i) => i !== key && /msg|message|data|text|string|value|content|str$|input|payload/i.test(name),
  )
  if (key < 0 || message < 0) return undefined
  return [key, message].every((one) => holds(body, parameters[one]!)) ? [key, message] : undefined
}

/** The form given to the result in a later statement of the function. */
function laterForm(after: string): MacForm {
  const returned = after.slice(0, 240)
  if (
    /\b(?:encode_?)?hex\w{0,12}\(|hex::encode|to_?hex|%02h{0,2}x|%x\b|\.hex\(|\.hex$|base16\(|BitConverter|encode16|["']x2["']|hexdigest|EncodeToString/i.test(
      returned,
    )
  )
    return /base64/i.test(returned) ? 'base64' : 'hex'
  if (/base64/i.test(returned)) return 'base64'
  return /GetString\(|new String\(/.test(returned) ? 'text' : 'bytes'
}

function callsOf({ text, language }: Code, wrapper: Wrapper, definitions: readonly Definition[]): Mac[] {
  const { definition } = wrapper
  const heads = new Set(definitions.map(({ body }) => body))
  const shell = language === 'powershell'
  const found: Mac[] = []
  for (const match of text.matchAll(
    new RegExp(`(?<![\\w-])${definition.name.replace(/[!?]/, '')}[!?]?\\s{0,2}${shell ? ' ' : '\\('}`, 'g'),
  )) {
    if (found.length >= MOST_MACS) break
    const at = match.index
    const open = at + match[0].length - 1
    const plain = shell ? wordsAt(text, open) : argumentsAt(text, open)
    const given = plain === undefined || heads.has(plain.end) ? undefined : piped(text, at, plain)
    const [key, message] = [argumentFor(given, wrapper.key, definition), argumentFor(given, wrapper.message, definition)]
    if (given === undefined || key === undefined || message === undefined) continue
    const { end } = given
    const around = formAround(text, at, end)
    const form = around === 'bytes' ? formTold(given, wrapper.form) : around
    const keyAt = given.starts[given.texts.findIndex((one) => one.endsWith(key))] ?? at
    found.push({ key, message, form, target: targetOf(text, at, end), at, end, keyAt, open, by: definition.name })
  }
  return found
}

/** An argument by its label, where it has one, else by its place. */
function argumentFor(given: Arguments | undefined, place: number, { parameters }: Definition): string | undefined {
  const labelled = given?.texts.map((one) => /^(\w{1,30})\s{0,3}(?::(?!:)|=(?!=))\s{0,3}(\S[\s\S]*)$/.exec(one))
  const named = labelled?.find((one) => one?.[1] === parameters[place])
  return named?.[2] ?? labelled?.[place]?.[2] ?? given?.texts[place]
}

/** The arguments of a call that takes its first one from a pipe. */
function piped(text: string, at: number, given: Arguments): Arguments {
  const pipe = /([^\n|=]{1,200}?)\s{0,60}\|>\s{0,5}$/.exec(text.slice(Math.max(0, at - 300), at))
  if (pipe === null) return given
  const first = pipe[1]!.replace(/^>?\s{0,40}/, '')
  const start = at - pipe[0].length + pipe[1]!.length - first.length
  return { texts: [first, ...given.texts], starts: [start, ...given.starts], end: given.end }
}

/** PowerShell's arguments: words, and what parentheses hold together. */
function wordsAt(text: string, from: number): Arguments | undefined {
  const texts: string[] = []
  const starts: number[] = []
  let i = from
  while (texts.length < 6) {
    while (text.charAt(i) === ' ') i++
    const char = text.charAt(i)
    const group = char === '(' ? argumentsAt(text, i) : undefined
    const word =
      group === undefined
        ? /^(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'|[^\s()|;]{1,100})/.exec(text.slice(i, i + 220))?.[0]
        : text.slice(i, group.end)
    if (word === undefined) break
    if (!/^-[A-Za-z]/.test(word)) {
      texts.push(word)
      starts.push(i)
    }
    i += word.length
  }
  return texts.length === 0 ? undefined : { texts, starts, end: i }
}

// A last argument may name the form: hmac(key, text, 'hex').
function formTold(given: Arguments, form: MacForm): MacForm {
  const last = given.texts.length > 2 ? given.texts.at(-1)! : ''
  return /^['"]/.test(last) ? (NAMED_FORMS.find(([name]) => name.test(last))?.[1] ?? form) : form
}

/** The variable to which the result goes that starts at an offset, on that line or on the one before. */
function targetOf(text: string, start: number, end: number): string | undefined {
  // What goes on into another call is not what the variable gets.
  if (/^[\s)]{0,4}\.(?:inject|reduce|fold)/.test(text.slice(end, end + 30))) return undefined
  const before = text.slice(Math.max(0, start - 200), start)
  const line = before.slice(before.lastIndexOf('\n') + 1)
  const whole = /^\s*$/.test(line) ? before.slice(before.lastIndexOf('\n', before.length - line.length - 2) + 1) : line
  const fold = FOLD.exec(whole)
  if (fold !== null) return fold[1] ?? fold[2] ?? fold[3]
  return /\b(?:inject|reduce|fold\w{0,5}|accumulate)\b/.test(whole) ? undefined : TARGET.exec(whole)?.[1]
}

// The parameter of a fold that holds what the step before gave.
const FOLDED = String.raw`\|\s{0,3}(\w{1,30})\s{0,3},[^|]{1,40}\||\(\s{0,3}(\w{1,30})\s{0,3},\s{0,3}\w{1,30}\s{0,3}\)\s{0,3}=>|lambda\s{1,3}(\w{1,30})\s{0,3},\s{0,3}\w{1,30}\s{0,3}:`
const FOLD = new RegExp(String.raw`\b(?:inject|reduce|fold\w{0,5}|accumulate)\b[^\n]{0,120}(?:${FOLDED})\s{0,5}$`)

const TARGET =
  /([$@]?\w{1,40})(?:\(\))?(?:\s{1,4}As\s{1,4}[\w().]{1,30}|\s{0,4}:\s{0,4}[\w<>[\]?.]{1,30})?\s{0,4}(?::=|<-|=(?![=>]))\s{0,20}(?:[^=,;]{0,120})$/

/** Whether a name stands in a text, and not only as a part of another one. */
function holds(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!/\w/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at + name.length))) return true
  return false
}

const LONGEST_WRAPPER = 700
const MOST_MACS = 100
const MOST_TRIED = 500
