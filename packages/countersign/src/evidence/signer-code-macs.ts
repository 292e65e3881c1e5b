/**
 * Where code computes an HMAC: what it takes as the key, what as the message, and in which form the result is passed on.
 * Functions of the code's own that wrap one are followed, so that `sign(a, b)` is read with the parameters of its definition.
 */
import { type Arguments, argumentsAt, type Definition, definitionsOf } from './signer-code-calls.js'
import type { Code } from './signer-code-language.js'

/** 32 bytes, or a text of them. */
export type MacForm = 'bytes' | 'hex' | 'base64' | 'text'

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

/** A form in which text stands for bytes, turned back into them. */
export const UNHEX =
  /hex2bin|pack\(\s{0,5}['"]H|unhexlify|fromhex|hex\.DecodeString|,\s{0,5}['"]hex['"]\s{0,5}\)|Hex\.parse|HexFormat|decodeHex|hexkey:|From_?Hex|base16decode|decode16|hex_to_bytes|hexToBytes|['"]latin1['"]|['"]binary['"]/i

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
    const end = read.end ?? given.end
    const form = read.form ?? formAround(text, match.index, end)
    const keyAt = given.starts[given.texts.indexOf(read.key)] ?? match.index
    found.push({
      key: read.key,
      message: read.message,
      form,
      target: targetOf(text, match.index, given.end),
      at: match.index,
      end,
      keyAt,
      open,
      by: undefined,
    })
  }
  return found
}

/** .NET's other way: the key is a property, then ComputeHash takes the message. */
function keyedMacs({ text }: Code): Mac[] {
  const found: Mac[] = []
  for (const match of text.matchAll(/\w{1,30}\.Key\s{0,3}=\s{0,3}([^\n;]{1,160})/gi)) {
    if (found.length >= MOST_MACS) break
    const end = match.index + match[0].length
    const call = /\.ComputeHash\w{0,6}\(/.exec(text.slice(end, end + REACH))
    const taken = call === null ? undefined : argumentsAt(text, end + call.index + call[0].length - 1)
    if (call === null || taken?.texts[0] === undefined) continue
    const at = end + call.index
    const form = formAround(text, at, taken.end)
    const keyAt = match.index + match[0].length - match[1]!.length
    found.push({
      key: match[1]!,
      message: taken.texts[0],
      form,
      target: targetOf(text, at, taken.end),
      at: match.index,
      end: taken.end,
      keyAt,
      open: end,
      by: undefined,
    })
  }
  return found
}

interface Read {
  readonly key: string
  readonly message: string
  readonly form?: MacForm
  readonly end?: number
}

type Shape = (given: Arguments, text: string, language: Code['language']) => Read | undefined

const at =
  (key: number, message: number, form?: (given: Arguments) => MacForm | undefined): Shape =>
  (given) => {
    const [k, m] = [given.texts[key], given.texts[message]]
    if (k === undefined || m === undefined) return undefined
    const told = form?.(given)
    return { key: k, message: m, ...(told !== undefined && { form: told }) }
  }

/** A key here, the message in a call that follows, and perhaps the form in one after that. */
const then =
  (key: number, message: RegExp, form?: RegExp): Shape =>
  (given, text) => {
    const k = given.texts[key]
    const rest = text.slice(given.end, given.end + REACH)
    const call = message.exec(rest)
    if (k === undefined || call === null) return undefined
    const taken = argumentsAt(text, given.end + call.index + call[0].length - 1)
    const m = taken?.texts.at(-1) === undefined ? undefined : messageOf(taken)
    if (taken === undefined || m === undefined) return undefined
    const ended = form === undefined ? null : form.exec(text.slice(taken.end, taken.end + REACH / 2))
    const end = taken.end + (ended === null ? 0 : ended.index + ended[0].length)
    const told = ended?.[1] === undefined ? undefined : NAMED_FORMS.find(([name]) => name.test(ended[1]!))?.[1]
    if (ended !== null) return { key: k, message: m, end, form: told ?? 'bytes' }
    // What encodes the result stands around the second call.
    const around = formAround(text, given.end + call.index, end)
    return { key: k, message: m, end, ...(around !== 'bytes' && { form: around }) }
  }

// `update(text, 'utf8')` and `sign('HMAC', key, text)` alike.
function messageOf(taken: Arguments): string | undefined {
  const plain = taken.texts.filter((one) => !/^['"](?:utf-?8|ascii|binary|latin1|HMAC)['"]$/i.test(one))
  return plain.at(-1)
}

const NAMED_FORMS: readonly (readonly [RegExp, MacForm])[] = [
  [/hex/i, 'hex'],
  [/base64/i, 'base64'],
  [/utf|ascii|string/i, 'text'],
  [/binary|latin1|buffer|bytes/i, 'bytes'],
]

const k6: Shape = (given) => {
  const [, key, message, form] = given.texts
  if (key === undefined || message === undefined) return undefined
  return { key, message, form: NAMED_FORMS.find(([name]) => name.test(form ?? ''))?.[1] ?? 'hex' }
}

const php: Shape = at(2, 1, (given) => (/^(?:true|1)$/i.test(given.texts[3] ?? '') ? 'bytes' : 'hex'))

const hmacNew: Shape = (given, text) => {
  if (/^\s{0,5}[:.](?:final|update)\(/.test(text.slice(given.end, given.end + 20)))
    return then(0, /[:.](?:final|update)\(/)(given, text, undefined)
  const form = /^\)?\s{0,20}\.\s{0,3}(hexdigest|digest)\b/.exec(text.slice(given.end, given.end + 40))?.[1]
  return at(0, 1, () => (form === undefined ? undefined : form === 'hexdigest' ? 'hex' : 'bytes'))(given, text, undefined)
}

const r: Shape = (given) => {
  if (!given.texts.some((one) => /algo\s{0,3}=|^["']sha256["']$/.test(one))) return undefined
  const raw = given.texts.some((one) => /^raw\s{0,3}=\s{0,3}T/.test(one))
  return at(0, 1, () => (raw ? 'bytes' : 'hex'))(given, '', undefined)
}

const swift: Shape = (given) => {
  const message = given.texts.find((one) => one.startsWith('for:'))
  const key = /SymmetricKey\(\s{0,3}data:\s{0,3}([\s\S]{1,200}?)\)$/.exec(given.texts.find((one) => one.startsWith('using:')) ?? '')?.[1]
  return message === undefined || key === undefined ? undefined : { key, message }
}

const SHAPES: readonly (readonly [RegExp, Shape])[] = [
  [/hash_hmac/i, php],
  [/HMAC\.(?:hex)?digest\(/, (given, text, l) => at(1, 2)(given, text, l)],
  [/hmac\.(?:new|digest)\(|hmac:new\(/, hmacNew],
  [/createHmac/, then(1, /\.\s{0,3}update\(/, /^[^()]{0,80}?\.\s{0,3}digest\(\s{0,3}(?:['"]([\w-]{1,10})['"])?/)],
  [/hmac\.New\(/, then(1, /\.Write\(/)],
  [/SecretKeySpec\(/, then(0, /\.doFinal\(/)],
  [/HashData\(/, at(0, 1)],
  [/new HMACSHA256\(/i, then(0, /\.ComputeHash\w{0,6}\(/)],
  [/HmacSHA256\(/, at(1, 0)],
  [/hmac_sha256_hex\(/, at(1, 0, () => 'hex')],
  [/hmac_sha256_base64\(/, at(1, 0, () => 'base64')],
  [/hmac_sha256\(/, at(1, 0, () => 'bytes')],
  [/computeHmacSha256Signature\(/, at(1, 0)],
  [/generateMac\(/, at(2, 1)],
  [/crypto[:.]mac\(/, at(2, 3)],
  [/crypto[:.]hmac\(/, (given, text, l) => (/^['"]/.test(given.texts[0] ?? '') ? k6 : at(1, 2))(given, text, l)],
  [/GetHMACAsBytes\(/i, at(1, 0, () => 'bytes')],
  [/GetHMAC\(/i, at(1, 0, () => 'hex')],
  [/HMAC\(\s{0,3}EVP_sha256|HMAC\(/, (given, text, l) => (/^EVP_sha256/.test(given.texts[0] ?? '') ? at(1, 3)(given, text, l) : undefined)],
  [/authenticationCode\(/, swift],
  [/CCHmac\(/, at(1, 3)],
  [/forge\.hmac|hmac\.start\(/, then(1, /\.update\(/)],
  [/sha256\.hmac\(/, at(0, 1, () => 'hex')],
  [/sha256\.hmac\.(?:array|arrayBuffer|digest)\(/, at(0, 1, () => 'bytes')],
  [/HmacUtils\.hmacSha256Hex\(/, at(0, 1, () => 'hex')],
  [/HmacUtils\.hmacSha256\(/, at(0, 1, () => 'bytes')],
  [/hashing\.HMAC|QMessageAuthenticationCode::hash\(/, at(1, 0)],
  [/new_from_slice\(|new_varkey\(/, then(0, /\.(?:update|input)\(/)],
  [/importKey\(/, then(1, /\.sign\(\s{0,3}/)],
  [/Hmac\(\s{0,3}sha256|\bHmac\(/, then(1, /\.convert\(/)],
  [/setHMACKey\(/, then(0, /\.update\(/, /getHMAC\(\s{0,3}['"](\w{1,10})/)],
  [/\bhmac\(/, r],
]
const LIBRARY =
  /\b(?:hash_hmac|OpenSSL::HMAC\.(?:hex)?digest|hmac\.(?:new|digest|New)|hmac:new|(?:crypto\.)?createHmac|new SecretKeySpec|SecretKeySpec|HMACSHA256\.HashData|new HMACSHA256|New HMACSHA256|(?:CryptoJS\.|crypto\.)?HmacSHA256|hmac_sha256(?:_hex|_base64)?|computeHmacSha256Signature|Crypto\.generateMac|crypto[:.](?:mac|hmac)|GetHMAC(?:AsBytes)?|HMAC|authenticationCode|CCHmac|hmac\.start|sha256\.hmac(?:\.array|\.arrayBuffer|\.digest)?|HmacUtils\.hmacSha256(?:Hex)?|QMessageAuthenticationCode::hash|new_from_slice|new_varkey|importKey|Hmac|setHMACKey|hmac)\(/g

/** What encodes the result: a call around it on its line, or one that follows. */
function formAround(text: string, start: number, end: number): MacForm {
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1) + 1, start - 120)
  const before = text.slice(lineStart, start)
  const head = before.slice(Math.max(before.lastIndexOf('='), before.lastIndexOf('return '), before.lastIndexOf(',')) + 1)
  const tail = /^[^\n;,]{0,100}(?:\n\s{0,20}\.[^\n;,]{0,60})?/.exec(text.slice(end, end + 200))?.[0] ?? ''
  return formIn(text.slice(start, start + 30), head, tail)
}

function formIn(name: string, head: string, tail: string): MacForm {
  if (/hexdigest/.test(name) || HEX_HEAD.test(head) || HEX_TAIL.test(tail)) return 'hex'
  if (BASE64_HEAD.test(head) || BASE64_TAIL.test(tail)) return 'base64'
  return /(?:new String|GetString)\(\s{0,3}(?:[\w$]{1,30}\.)?$/.test(head) ? 'text' : 'bytes'
}

const HEX_HEAD =
  /(?:bin2hex|to_?hex\w{0,8}|\bhex\w{0,10}|encode_?hex\w{0,8}|hexlify|hex\.EncodeToString|hex::encode|BitConverter\.ToString|printHexBinary|bytesToHex|convertToHex|DigestAsString)\s{0,3}\(\s{0,3}(?:await |new |[\w$]{1,30}(?:\.|::|->)?)?$/i
const HEX_TAIL =
  /^[\s)]{0,4}(?:\.|->|::|\|>)\s{0,3}(?:hexdigest|digest\(\s{0,3}['"]hex|toString\(\s{0,3}\)|toString\([^)\n]{0,20}Hex|to_?hex|encode_?hex|hex\(\)|unpack1?\(\s{0,3}['"]H|Base\.encode16|encode16)/i
const BASE64_HEAD =
  /(?:base64_?encode|(?:strict_|urlsafe_)?encode64|b64encode|encodeBase64\w{0,8}|ToBase64String|base64\.\w{3,20}\.EncodeToString|Base64\.stringify)\s{0,3}\(\s{0,3}(?:await |new |[\w$]{1,30}(?:\.|::|->)?)?$/i
const BASE64_TAIL =
  /^[\s)]{0,4}(?:\.|->|::|\|>)\s{0,3}(?:digest\(\s{0,3}['"]base64|toString\([^)\n]{0,20}Base64|base64EncodedString|Base\.encode64)/i

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
  const { definition, key, message } = wrapper
  const heads = new Set(definitions.map(({ body }) => body))
  const shell = language === 'powershell'
  const found: Mac[] = []
  for (const match of text.matchAll(
    new RegExp(`(?<![\\w-])${definition.name.replace(/[!?]/, '')}[!?]?\\s{0,2}${shell ? ' ' : '\\('}`, 'g'),
  )) {
    if (found.length >= MOST_MACS) break
    const open = match.index + match[0].length - 1
    const plain = shell ? wordsAt(text, open) : argumentsAt(text, open)
    const given = plain === undefined || heads.has(plain.end) ? undefined : piped(text, match.index, plain)
    const [k, m] = [argumentFor(given, key, definition), argumentFor(given, message, definition)]
    if (given === undefined || k === undefined || m === undefined) continue
    const around = formAround(text, match.index, given.end)
    const form = around === 'bytes' ? formTold(given, wrapper.form) : around
    const keyAt = given.starts[given.texts.findIndex((one) => one.endsWith(k))] ?? match.index
    found.push({
      key: k,
      message: m,
      form,
      target: targetOf(text, match.index, given.end),
      at: match.index,
      end: given.end,
      keyAt,
      open,
      by: definition.name,
    })
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
const FOLD =
  /\b(?:inject|reduce|fold\w{0,5}|accumulate)\b[^\n]{0,120}(?:\|\s{0,3}(\w{1,30})\s{0,3},[^|]{1,40}\||\(\s{0,3}(\w{1,30})\s{0,3},\s{0,3}\w{1,30}\s{0,3}\)\s{0,3}=>|lambda\s{1,3}(\w{1,30})\s{0,3},\s{0,3}\w{1,30}\s{0,3}:)\s{0,5}$/

const TARGET =
  /([$@]?\w{1,40})(?:\(\))?(?:\s{1,4}As\s{1,4}[\w().]{1,30}|\s{0,4}:\s{0,4}[\w<>[\]?.]{1,30})?\s{0,4}(?::=|<-|=(?![=>]))\s{0,20}(?:[^=,;]{0,120})$/

function holds(text: string, name: string): boolean {
  const at = text.indexOf(name)
  if (at < 0) return false
  return !/\w/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at + name.length))
}

const REACH = 300
const LONGEST_WRAPPER = 700
const MOST_MACS = 100
const MOST_TRIED = 500
