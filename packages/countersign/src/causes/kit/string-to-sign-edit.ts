/**
 * What the causes about the string to sign have in common: named faults of it, both texts side by side, and repairs.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Create a string to sign"
 */
import { type SigningInputs, stringToSign } from '../../sigv4/index.js'
import type { Match } from './cause.js'
import type { Fix, Label, WrongFix } from './explanation.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './wrong-fixes.js'

/** One way in which the text that was signed is not the string to sign. */
export interface StringToSignFault {
  readonly end: SigningInputs['stringToSignEnd']
  /** The fact, as a sentence. */
  readonly says: string
}

/** Faults by name; the names are parameters and stay for ever. */
export type StringToSignFaults = Readonly<Record<string, StringToSignFault>>

/** Which fault. */
export interface StringToSignParams {
  readonly fault: string
}

/** The inputs with the string to sign as a fault makes it. */
export function withFault(inputs: SigningInputs, faults: StringToSignFaults, { fault }: StringToSignParams): SigningInputs {
  const end = faults[fault]?.end
  return end === undefined || end === inputs.stringToSignEnd ? inputs : { ...inputs, stringToSignEnd: end }
}

/** Every fault, to be tested. */
export function* faultCandidates(faults: StringToSignFaults): Iterable<{ readonly params: StringToSignParams }> {
  for (const fault of Object.keys(faults)) yield { params: { fault } }
}

/** The fact, where both sides are known; else what all of them share. */
export function faultSaid({ params, verifier, signer }: Match<StringToSignParams>, faults: StringToSignFaults, plain: string): string {
  return verifier === undefined || signer === verifier ? plain : (faults[params.fault]?.says ?? plain)
}

/** What was to be signed, and what was. */
export function faultLabels({ verifier, signer }: Match<StringToSignParams>, note: string): Label[] {
  if (verifier === undefined || signer === undefined || signer === verifier) return []
  return [{ part: 'string-to-sign', calculated: stringToSign(verifier), signed: stringToSign(signer), note }]
}

/** The text as it has to be, in the languages in which it is written by hand. */
export const STANDARD_STRING_TO_SIGN: readonly Fix[] = [
  {
    title: 'build the four lines so, and sign that text',
    applicability: 'exact',
    command:
      "string_to_sign = '\\n'.join(['AWS4-HMAC-SHA256', amz_date, f'{date}/{region}/{service}/aws4_request', hashlib.sha256(canonical_request.encode()).hexdigest()])",
    appliesTo: ['python'],
  },
  {
    title: 'build the four lines so, and sign that text',
    applicability: 'exact',
    command:
      "const stringToSign = ['AWS4-HMAC-SHA256', amzDate, [date, region, service, 'aws4_request'].join('/'), sha256Hex(canonicalRequest)].join('\\n')",
    appliesTo: ['javascript'],
  },
]

/** What tempts here and mends nothing. */
export const STRING_TO_SIGN_WRONG_FIXES: readonly WrongFix[] = [
  {
    title: 'change the canonical request until it passes',
    why: 'it is right, or at least not what this finding is about; the text made from it is wrong all the same',
  },
  { ...ROTATE_KEYS, why: 'the key is right; the text it signs is not, and a new secret signs the same wrong text' },
  CHANGE_IAM_POLICIES,
]

/** The one that AWS publishes. */
export const FOUR_LINES =
  'print the text that goes into the last HMAC: it is four lines, "AWS4-HMAC-SHA256", the request date, the scope and 64 lower-case hex digits; where it is so already, this is not the cause'
