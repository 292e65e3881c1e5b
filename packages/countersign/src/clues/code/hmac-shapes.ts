/**
 * How the HMACs of some thirty libraries are called: where the key stands, where the message, and in which form the result comes.
 * A table of facts about libraries; macs.ts finds which of them code uses, and for what.
 */
import { type Arguments, argumentsAt } from './calls.js'
import type { Code } from './language.js'
import { oneOf, words } from './pattern.js'

/** 32 bytes, or a text of them. */
export type MacForm = 'bytes' | 'hex' | 'base64' | 'text'

/** What a call of a library's HMAC takes and gives. */
interface Read {
  readonly key: string
  readonly message: string
  readonly form?: MacForm
  readonly end?: number
}

export type Shape = (given: Arguments, text: string, language: Code['language']) => Read | undefined

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

export const NAMED_FORMS: readonly (readonly [RegExp, MacForm])[] = [
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

/** How each library's HMAC takes its arguments, by the name that is called. */
export const SHAPES: readonly (readonly [RegExp, Shape])[] = [
  [/hash_hmac/i, php],
  [/HMAC\.(?:hex)?digest\(/, (given, text, l) => at(1, 2)(given, text, l)],
  [/hmac\.(?:new|digest)\(|hmac:new\(/, hmacNew],
  [/createHmac/, then(1, /\.\s{0,3}update\(/, /^[^()]{0,80}?\.\s{0,3}digest\(\s{0,3}(?:['"]([\w-]{1,10})['"])?/)],
  [/hmac\.New\(/, then(1, /\.Write\(/)],
  [/SecretKeySpec\(/, then(0, /\.doFinal\(/)],
  [/HashData\(/, at(0, 1)],
  [/new HMACSHA256\(/i, then(0, /\.ComputeHash\w{0,6}\(/)],
  // Of crypto-js. In other languages a program's own function has this name, with the arguments in its own order.
  [
    /HmacSHA256\(/,
    (given, text, l) => (l === 'csharp' || l === 'java' || l === 'kotlin' || l === 'swift' ? undefined : at(1, 0)(given, text, l)),
  ],
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
/** The calls of libraries' HMACs. */
export const LIBRARY = new RegExp(
  String.raw`\b${oneOf(
    words('hash_hmac, hmac.new, hmac.digest, hmac.New, hmac:new, OpenSSL::HMAC.digest, OpenSSL::HMAC.hexdigest, HMAC, Hmac'),
    words('hmac, createHmac, crypto.createHmac, SecretKeySpec, new SecretKeySpec, new HMACSHA256, New HMACSHA256'),
    words('HMACSHA256.HashData, HmacSHA256, CryptoJS.HmacSHA256, crypto.HmacSHA256, hmac_sha256, hmac_sha256_hex'),
    words('hmac_sha256_base64, computeHmacSha256Signature, Crypto.generateMac, crypto.mac, crypto:mac, crypto.hmac', 'crypto:hmac'),
    words('authenticationCode, CCHmac, hmac.start, sha256.hmac, sha256.hmac.array, sha256.hmac.arrayBuffer', 'sha256.hmac.digest'),
    words('HmacUtils.hmacSha256, HmacUtils.hmacSha256Hex, QMessageAuthenticationCode::hash, new_from_slice, new_varkey', 'importKey'),
    words('setHMACKey, GetHMAC, GetHMACAsBytes'),
  )}\(`,
  'g',
)

/** What encodes the result: a call around it on its line, or one that follows. */
export function formAround(text: string, start: number, end: number): MacForm {
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

// What may stand between a call's parenthesis and the name that is called within it.
const OPENED = String.raw`\s{0,3}\(\s{0,3}(?:await |new |[\w$]{1,30}(?:\.|::|->)?)?$`
const FOLLOWS = String.raw`^[\s)]{0,4}(?:\.|->|::|\|>)\s{0,3}`
const HEX_CALLS = oneOf(
  String.raw`(?:to_?|encode_?)hex\w{0,8}|\bhex\w{0,10}`,
  words('bin2hex, hex.EncodeToString, hex::encode, BitConverter.ToString, printHexBinary, bytesToHex, convertToHex', 'DigestAsString'),
)
const BASE64_CALLS = oneOf(
  String.raw`base64_?encode|(?:strict_|urlsafe_)?encode64|encodeBase64\w{0,8}|base64\.\w{3,20}\.EncodeToString`,
  words('b64encode, ToBase64String, Base64.stringify'),
)
const HEX_HEAD = new RegExp(HEX_CALLS + OPENED, 'i')
const HEX_TAIL = new RegExp(
  String.raw`${FOLLOWS}(?:hexdigest|digest\(\s{0,3}['"]hex|toString\(\s{0,3}\)|toString\([^)\n]{0,20}Hex|(?:to|encode)_?hex|hex\(\)|unpack1?\(\s{0,3}['"]H|(?:Base\.)?encode16)`,
  'i',
)
const BASE64_HEAD = new RegExp(BASE64_CALLS + OPENED, 'i')
const BASE64_TAIL = new RegExp(
  String.raw`${FOLLOWS}(?:digest\(\s{0,3}['"]base64|toString\([^)\n]{0,20}Base64|base64EncodedString|Base\.encode64)`,
  'i',
)

/** How far behind a key the message may follow. */
export const REACH = 300
