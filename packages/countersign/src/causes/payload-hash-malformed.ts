/**
 * The payload hash is not 64 lower-case hex digits: base64, capitals, quotes, the hash of the hash, or nothing at all.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html "x-amz-content-sha256"
 * @see https://github.com/aws/aws-sdk-java-v2/issues/3807
 */

import { type CaseFile, statedFacts } from '../case/index.js'
import {
  bytesOf,
  canonicalRequestPart,
  EMPTY_PAYLOAD_HASH,
  HEADER,
  headerValues,
  payloadHashOf,
  type SigningInputs,
  UNSIGNED_PAYLOAD,
  withPart,
} from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import { labelOf, sidesOf, signerPart } from './kit/case-views.js'
import { defineCause, type Match, type Suspicion } from './kit/cause.js'
import type { Explanation, Label } from './kit/explanation.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The form that was signed or sent, and the value where it is shown. */
interface Params {
  readonly as: 'base64' | 'HEX' | 'quoted' | 'none' | 'hash-of-hash' | 'prefixed' | 'other'
  readonly given?: string
}

const HEAD = { id: 'payload-hash-malformed', class: 'payload.hash', part: 'payload-hash', undo } as const

export const payloadHashMalformed = defineCause<Params>({
  ...HEAD,
  summary: 'the payload hash was not written as 64 lower-case hex digits',
  schemes: 'version-4',
  refusedAt: ['content-sha256', 'signature'],
  suspect: suspicions,
  explain,
})

function* suspicions(file: CaseFile): Iterable<Suspicion<Params>> {
  for (const stated of statedFacts(file, 'content-sha256-malformed')) {
    const given = stated.values['given']
    const params: Params = given === undefined ? { as: 'other' } : { as: formOf(given) ?? 'other', given }
    yield { params, weight: 1, grounds: ["The service's message says that x-amz-content-sha256 is not valid."], stated }
  }
  for (const stated of statedFacts(file, 'content-sha256-missing'))
    yield { params: { as: 'none' }, weight: 1, grounds: ["The service's message says that x-amz-content-sha256 is missing."], stated }
  for (const seen of file.observations) {
    if (seen.kind !== 'request') continue
    for (const value of headerValues(seen.request, HEADER.contentSha256).map((text) => text.trim())) {
      const as = formOf(value)
      if (as === undefined) continue
      const grounds = [`The request shown has x-amz-content-sha256 ${NAMES[as]}.`]
      if (isPlain(file, as, value, seen.fidelity)) yield { params: { as, given: value }, weight: 0.95, grounds, stated: seen }
      else yield { params: { as, given: value }, weight: 0.5, grounds }
    }
  }
  yield* suspicionsOf(file, HEAD, candidates(file))
}

/** Whether the value alone shows the fault: S3 reads capitals, and other services hash the body whatever the header says. */
function isPlain(file: CaseFile, as: Params['as'], value: string, fidelity: string): boolean {
  const inputs = file.inputsSeen
  const group = file.refusal?.check?.group
  if (inputs !== undefined && inputs.scope.service !== '' && inputs.profile.contentSha256Header === 'optional') return false
  if (as === 'HEX' || (group !== undefined && group !== 'content-sha256' && group !== 'signature')) return false
  // A part of a request is shown as it was put together, but nobody's tool turns hex into base64.
  return fidelity === 'exact' || (as === 'base64' && value.endsWith('='))
}

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const logged = signerPart(file, 'payload-hash')
  const form = logged === undefined ? undefined : formOf(logged)
  if (form !== undefined && logged !== undefined)
    yield {
      params: { as: form, given: logged },
      weight: 0.85,
      grounds: [`The last line of the signer's canonical request is a hash ${NAMES[form]}.`],
    }
  for (const as of ['HEX', 'base64', 'quoted', 'none', 'hash-of-hash', 'prefixed'] as const) yield { params: { as } }
}

function undo(inputs: SigningInputs, { as }: Params): SigningInputs {
  const hash = canonicalRequestPart(inputs, 'payload-hash')
  if (!/^[0-9a-f]{64}$/.test(hash)) return inputs
  if (as === 'HEX') return withPart(inputs, 'payload-hash', hash.toUpperCase())
  if (as === 'base64') return withPart(inputs, 'payload-hash', base64OfHex(hash))
  if (as === 'quoted') return withPart(inputs, 'payload-hash', `"${hash}"`)
  if (as === 'none') return withPart(inputs, 'payload-hash', '')
  if (as === 'hash-of-hash') return withPart(inputs, 'payload-hash', payloadHashOf(bytesOf(hash)))
  return as === 'prefixed' ? withPart(inputs, 'payload-hash', `sha256=${hash}`) : inputs
}

/** How a value of x-amz-content-sha256 is malformed; `undefined` where it is correct, painted over or not a hash at all. */
function formOf(value: string): Params['as'] | undefined {
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(value)) return 'base64'
  if (isMasked(value)) return undefined
  if (/^(?=.*[A-F])[0-9A-F]{64}$/.test(value)) return 'HEX'
  if (/^(["'])[0-9A-Fa-f]{64}\1$/.test(value)) return 'quoted'
  if (/^(?:sha-?256[:=]|0x)[0-9A-Za-z+/=]{43,64}$/i.test(value)) return 'prefixed'
  return /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{96}|[0-9a-f]{128})$/i.test(value) ? 'other' : undefined
}

function explain(match: Match<Params>): Explanation {
  const { as, given } = match.params
  const sides = sidesOf(match, undo)
  const [calculated, signed] =
    sides === undefined
      ? ['', '']
      : [canonicalRequestPart(sides.verifier, 'payload-hash'), canonicalRequestPart(sides.signer, 'payload-hash')]
  const labels =
    calculated === signed || /^[^0-9a-f]/.test(calculated) ? [] : [labelOf(match.file, 'payload-hash', calculated, signed, NOTE)]
  return {
    what: as === 'none' ? 'the payload hash was left out' : `the payload hash was written ${NAMES[as]}`,
    why: 'the last line of the canonical request, and x-amz-content-sha256 where it is sent, is the SHA-256 of the body in 64 lower-case hex digits; S3 also knows some words in its place',
    labels: labels.length > 0 ? labels : shownAlone(match.file, as, given),
    fixes: [
      {
        title: 'write the SHA-256 of the body in lower-case hex',
        applicability: 'exact',
        command: 'openssl dgst -sha256 -hex <file>',
        appliesTo: ['openssl', 'shell'],
      },
      {
        title: 'in JavaScript',
        applicability: 'maybe',
        command: "createHash('sha256').update(body).digest('hex')",
        appliesTo: ['javascript'],
      },
      { title: 'in Python', applicability: 'maybe', command: 'hashlib.sha256(body).hexdigest()', appliesTo: ['python'] },
      {
        title:
          'do not name x-amz-content-sha256 as the header of a flexible checksum: checksums are base64, and the signer writes this header itself',
        applicability: 'maybe',
        command: '.checksumHeaderName("x-amz-checksum-sha256")',
        appliesTo: ['aws-sdk-java-v2'],
      },
      { title: 'for S3, send x-amz-content-sha256 with every request, and sign it', applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      { title: 'sign UNSIGNED-PAYLOAD instead', why: 'S3 then checks no body at all; other services refuse the word' },
      { title: 'drop the header', why: 'S3 requires it; other services hash the body and need the same hex text in the canonical request' },
    ],
    check: `for an empty body the value has to be ${EMPTY_PAYLOAD_HASH}; sign a request without a body and compare`,
  }
}

function shownAlone(file: CaseFile, as: Params['as'], given: string | undefined): Label[] {
  if (given === undefined) return []
  const correct =
    as === 'HEX'
      ? given.toLowerCase()
      : as === 'base64'
        ? hexOfBase64(given)
        : as === 'quoted'
          ? given.slice(1, -1).toLowerCase()
          : '<64 lower-case hex digits>'
  return [labelOf(file, 'payload-hash', correct, given, NOTE)]
}

function base64OfHex(hex: string): string {
  let bits = ''
  for (const digit of hex) bits += Number.parseInt(digit, 16).toString(2).padStart(4, '0')
  const text = (bits.match(/.{1,6}/g) ?? []).map((six) => BASE64.charAt(Number.parseInt(six.padEnd(6, '0'), 2))).join('')
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

function hexOfBase64(text: string): string {
  const letters = text
    .replace(/(?<!=)=+$/, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
  const bits = [...letters].map((letter) => BASE64.indexOf(letter).toString(2).padStart(6, '0')).join('')
  return (bits.slice(0, 256).match(/.{4}/g) ?? []).map((four) => Number.parseInt(four, 2).toString(16)).join('')
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const NOTE = `64 lower-case hex digits or a word such as ${UNSIGNED_PAYLOAD} belong here`
const NAMES: Readonly<Record<Params['as'], string>> = {
  base64: 'in base64',
  HEX: 'in upper-case hex',
  quoted: 'in quotes',
  none: 'that is empty',
  'hash-of-hash': 'of the hash instead of the body',
  prefixed: 'with the name of the algorithm in front',
  other: 'in a form that is not a SHA-256 in lower-case hex',
}
