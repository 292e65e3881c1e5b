/**
 * What is wrong with the HMACs of the signing key: HMAC(HMAC(HMAC(HMAC("AWS4" + secret, date), region), service), "aws4_request").
 * Each HMAC of the code is read for what its key and its message are; where that cannot be told, nothing is said.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Calculate the signature"
 */

import type { About } from '../../case/index.js'
import type { Fault } from './code-rule.js'
import type { MacForm } from './hmac-shapes.js'
import type { Code } from './language.js'
import { type Mac, macsOf } from './macs.js'
import { UNHEX } from './vocabulary.js'

/** What goes into an HMAC. */
type Part = 'secret' | 'date' | 'region' | 'service' | 'terminator' | 'string-to-sign' | 'canonical-request' | 'mac'

interface Step extends Mac {
  /** What its message is. */
  readonly part: Part | undefined
  /** The HMAC whose result is its key. */
  readonly from: Step | undefined
  readonly keyPart: Part | undefined
}

/** The faults of the HMACs in code. */
export function chainFaults(code: Code): readonly Fault[] {
  if (!OF_A_SIGNER.test(code.text)) return []
  const steps = stepsOf(macsOf(code))
  const faults = [swapped(steps), asText(steps), order(steps), prefix(steps, code.text), hashed(steps), encoded(steps, code.text)]
  return faults.filter((one) => one !== undefined).slice(0, 4)
}

const OF_A_SIGNER = /aws4|\bk_?(?:date|region|service|signing)\b|signing_?key|string_?to_?sign/i

function stepsOf(macs: readonly Mac[]): readonly Step[] {
  const steps: Step[] = []
  // Inner calls end before the calls they stand in.
  for (const mac of [...macs].sort((a, b) => a.end - b.end || b.at - a.at)) {
    const inner = steps.filter((one) => one.at >= mac.keyAt && one.end <= mac.keyAt + mac.key.length)
    const named = bareName(mac.key)
    const from = inner.at(-1) ?? steps.filter((one) => one.target !== undefined && one.target === named && one.end <= mac.at).at(-1)
    steps.push({ ...mac, from, part: partOf(mac.message), keyPart: from !== undefined ? 'mac' : partOf(mac.key) })
  }
  return steps.sort((a, b) => a.at - b.at)
}

/** The variable that an expression is: `k_date`, `$kDate`, `&k_date`, `Buffer.from(kDate)`. */
function bareName(text: string): string | undefined {
  return /^&?(?:[\w.]{1,30}\(\s{0,3}){0,3}([$@]?\w{1,40})(?:\s{0,3}[,)][\s\S]{0,40}|\.[\s\S]{0,60})?$/.exec(text)?.[1]
}

function partOf(text: string): Part | undefined {
  return PARTS.find(([pattern]) => pattern.test(text))?.[1]
}

// The first that fits; from what is sure to what only its name says.
const PARTS: readonly (readonly [RegExp, Part])[] = [
  [/aws4_request|terminat/i, 'terminator'],
  [/["'`]AWS4["'`]|["'`]AWS4(?:\$|#|\{|\\\(|%s)|\bAWS4\$|^["'`]AWS4[\w/+]{8}/, 'secret'],
  [/string_?to_?sign|to_?sign\b|\bsts\b|str2sign/i, 'string-to-sign'],
  [/canonical_?req|\bcanonical\b|\bcreq\b|\bcanon\w{0,8}req/i, 'canonical-request'],
  [
    /^[^\w]{0,3}(?:[\w.]{0,30}\()?[^\w]{0,3}k_?(?:date|region|service|sign)\w{0,4}\b|(?:date|region|service|signing|sign|signature)_?key\b/i,
    'mac',
  ],
  [/secret|k_?secret|private_?key|\bsk\b/i, 'secret'],
  [/region|["'`][a-z]{2}(?:-[a-z]{2,9}){1,2}-\d["'`]/i, 'region'],
  [
    /serv(?:ice)?(?:_?name)?\b|service|["'`](?:s3|es|iam|sqs|sns|ses|sts|ec2|execute-api|dynamodb|lambda|iot\w{0,16}|kinesis|aoss|bedrock|polly|translate|rekognition)["'`]/i,
    'service',
  ],
  [/date|\bday\b|stamp|\bymd\b|yyyymmdd|["'`]20\d{6}["'`]/i, 'date'],
]

/** A key where the message belongs, and the message where the key belongs. */
function swapped(steps: readonly Step[]): Fault | undefined {
  const step = steps.find(({ key, message, part, keyPart, from }) => {
    const messageIsKey = part === 'secret' || part === 'mac' || isResult(steps, message)
    const keyIsMessage =
      from === undefined && keyPart !== undefined && keyPart !== 'secret' && keyPart !== 'mac' && !/secret|AWS4["'`]/i.test(key)
    return messageIsKey && keyIsMessage
  })
  if (step === undefined) return undefined
  const message = `This HMAC gets ${says(step.keyPart)} as its key and ${step.part === 'secret' ? 'the secret' : 'the key'} as its message. They belong the other way round.`
  return { at: step.at, rule: 'key-arguments-swapped', about: 'signing-key-arguments-swapped', message }
}

function isResult(steps: readonly Step[], message: string): boolean {
  const name = bareName(message)
  return name !== undefined && steps.some(({ target }) => target === name) && !/sign|string|canonical|hash/i.test(name)
}

/** The result of an HMAC that goes on as a text. */
function asText(steps: readonly Step[]): Fault | undefined {
  const from = steps.find(
    (one) =>
      one.form !== 'bytes' && !UNHEX.test(one.key) && (feedsItself(one) || steps.some(({ from, key }) => from === one && !UNHEX.test(key))),
  )
  if (from === undefined || from.form === 'bytes') return namedHex(steps)
  const [rule, about, says] = AS_TEXT[from.form]
  const message = `This step of the signing key is turned into ${says}, which then is the key of the next HMAC. ${RAW_BYTES}`
  return { at: from.at, rule, about, message }
}

/** A loop in which the result is the next key: the variable is its own key. */
function feedsItself({ target, key }: Step): boolean {
  return target !== undefined && bareName(key) === target
}

/** A key that is made hexadecimal text where it is used. */
function namedHex(steps: readonly Step[]): Fault | undefined {
  const step = steps.find(({ key, from, keyPart }) => (from !== undefined || keyPart === 'mac') && HEX_OF.test(key) && !UNHEX.test(key))
  if (step === undefined) return undefined
  const message = `The key of this HMAC is turned into hexadecimal text before it is used. ${RAW_BYTES}`
  return { at: step.at, rule: 'key-step-as-hex', about: 'signing-key-from-hex-text', message }
}

const HEX_OF =
  /(?:bin2hex|\bhex(?:_?(?:encode|string|str|of))?|to_?hex|hexlify|hexdigest|encode_?hex\w{0,6}|EncodeToString|ToHexString)\s{0,3}\(\s{0,3}[$@]?\w|\.(?:hex|toHex|hexdigest|encodeHex)\(\)|\.toString\(\s{0,3}(?:['"]hex['"])?\s{0,3}\)/i

const RAW_BYTES = 'Each step needs the raw 32 bytes of the one before.'
/** What it means that a step goes on in a form. */
const AS_TEXT: Readonly<Record<Exclude<MacForm, 'bytes'>, readonly [rule: string, about: About, says: string]>> = {
  hex: ['key-step-as-hex', 'signing-key-from-hex-text', 'hexadecimal text'],
  base64: ['key-step-as-base64', 'signing-key-from-base64-text', 'base64 text'],
  text: ['key-step-decoded', 'signing-key-decoded-as-text', 'text, which changes its bytes'],
}

/** A step that follows another than the one it belongs behind. */
function order(steps: readonly Step[]): Fault | undefined {
  for (const step of steps) {
    const before = step.from === undefined ? step.keyPart : step.from.part
    const wanted = BEHIND[step.part ?? '']
    if (wanted === undefined || before === undefined || before === 'mac' || before === wanted) continue
    // Without an HMAC before it, only the bare secret tells that something was left out.
    if (step.from === undefined && before !== 'secret') continue
    const message =
      step.from === undefined
        ? `The HMAC of ${says(step.part)} takes the secret as its key. The key comes from the HMAC of ${says(wanted)}.`
        : `The HMAC of ${says(step.part)} takes its key from that of ${says(before)}. The order is date, region, service, aws4_request.`
    return { at: step.at, rule: 'key-steps-out-of-order', about: 'signing-key-chain-order', message }
  }
  return undefined
}

const BEHIND: Readonly<Record<string, Part | undefined>> = {
  date: 'secret',
  region: 'date',
  service: 'region',
  terminator: 'service',
  'string-to-sign': 'terminator',
}

/** The first HMAC takes the secret, and no "AWS4" comes before it. */
function prefix(steps: readonly Step[], text: string): Fault | undefined {
  const step = steps.find(({ part, keyPart, from }) => part === 'date' && from === undefined && keyPart === 'secret')
  if (step === undefined) return chainWithoutPrefix(steps, text)
  if (/["'`]AWS4(?!-|_)|\bAWS4(?:\$|"|'|\{|%s)/.test(text)) return undefined
  const message = 'The first HMAC takes the secret access key, and no "AWS4" is put before it.'
  return { at: step.at, rule: 'key-prefix', about: 'signing-key-without-aws4-prefix', message }
}

/** Four HMACs that end in "aws4_request", whatever their parameters are called, and no "AWS4" anywhere. */
function chainWithoutPrefix(steps: readonly Step[], text: string): Fault | undefined {
  const last = steps.find(({ part }) => part === 'terminator')
  const first = last?.from?.from?.from
  if (first === undefined || first.from !== undefined || /AWS4(?!-HMAC|-ECDSA|_|Auth)/.test(text)) return undefined
  const message = 'The first HMAC of the chain takes a key before which no "AWS4" is put.'
  return { at: first.at, rule: 'key-prefix', about: 'signing-key-without-aws4-prefix', message }
}

/** What is to be hashed goes through HMAC. */
function hashed(steps: readonly Step[]): Fault | undefined {
  const step = steps.find(
    ({ part, message, target, from }) =>
      from === undefined && (part === 'canonical-request' || (PAYLOAD.test(message) && /hash|payload|body/i.test(target ?? ''))),
  )
  if (step === undefined) return undefined
  if (step.part === 'canonical-request') {
    const message = 'The canonical request goes through HMAC. The string to sign holds its plain SHA-256 hash.'
    return { at: step.at, rule: 'hmac-of-canonical-request', about: 'string-to-sign-malformed', message }
  }
  const message = 'The payload goes through HMAC. The canonical request holds its plain SHA-256 hash.'
  return { at: step.at, rule: 'hmac-of-payload', about: 'payload-hash-malformed', message }
}

/** The last HMAC gives the signature, in lower-case hex. */
function encoded(steps: readonly Step[], text: string): Fault | undefined {
  const step = steps.find(
    ({ part, form, from, keyPart }) => part === 'string-to-sign' && form === 'base64' && (from !== undefined || keyPart === 'mac'),
  )
  if (step === undefined || !/aws4_request|AWS4-HMAC/.test(text)) return undefined
  const message = 'The signature is encoded in base64. Version 4 takes lower-case hex.'
  return { at: step.at, rule: 'signature-form', about: 'signature-encoding-changed', message }
}

const PAYLOAD = /^[$@]?(?:\w{0,12}payload|\w{0,12}body|content)\b|^["']{2}$/i

function says(part: Part | undefined): string {
  return part === undefined ? 'another text' : SAYS[part]
}

const SAYS: Readonly<Record<Part, string>> = {
  secret: 'the secret',
  date: 'the date',
  region: 'the region',
  service: 'the service',
  terminator: '"aws4_request"',
  'string-to-sign': 'the string to sign',
  'canonical-request': 'the canonical request',
  mac: 'a key',
}
