/**
 * The signature was written in another form than 64 lower-case hexadecimal digits: in upper case, or in base64.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Calculate the signature"
 * @see https://github.com/r7kamura/rapa/pull/1
 */

import type { CaseFile, Deviation } from '../case/index.js'
import type { SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { USE_A_LIBRARY } from './kit/signing-key-edit.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS, SEND_AGAIN } from './kit/wrong-fixes.js'

/** The form it was written in. other: no edit of it gives it back; `says` tells what stands there. */
interface Params {
  readonly encoding: 'HEX' | 'base64' | 'other'
  readonly says?: string
}

const HEAD = { id: 'signature-encoding-changed', class: 'signature.encoding', undo } as const

export const signatureEncodingChanged = defineCause<Params>({
  ...HEAD,
  part: 'signature',
  summary: 'the signature was sent in upper case, in base64, or with characters lost on the way',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, { encoding: 'base64' }, candidates(file)),
  shownBy: shown,
  explain: ({ params }) => ({
    what: WHAT[params.encoding] + (params.says === undefined ? '' : `: ${params.says}`),
    why: 'a signature is compared as text: 64 lower-case hexadecimal digits; in a URL a "+" of base64 is read as a space as well',
    labels: [
      {
        part: 'signature',
        calculated: '<64 lower-case hexadecimal digits>',
        signed: SIGNED[params.encoding],
        note: params.encoding === 'other' ? 'not the form that is compared' : 'the same bytes in another form',
      },
    ],
    fixes: [
      ...(params.encoding === 'other' ? [DIGITS_ALONE] : []),
      { title: 'write the signature as 64 lower-case hexadecimal digits', applicability: 'exact' },
      {
        title: 'write the signature as lower-case hexadecimal digits',
        applicability: 'exact',
        command: "hmac.digest('hex')",
        appliesTo: ['javascript'],
      },
      {
        title: 'write the signature as lower-case hexadecimal digits',
        applicability: 'exact',
        command: 'Convert.ToHexString(mac).ToLowerInvariant()',
        appliesTo: ['dotnet'],
      },
      {
        title: 'write the signature as lower-case hexadecimal digits',
        applicability: 'exact',
        command: 'hmac.new(key, text, hashlib.sha256).hexdigest()',
        appliesTo: ['python'],
      },
      {
        title: 'where a protocol does want base64 (Signature Version 2), percent-encode it in the URL: "+" is %2B, "/" is %2F, "=" is %3D',
        applicability: 'maybe',
      },
      USE_A_LIBRARY,
    ],
    wrongFixes: [ROTATE_KEYS, CHANGE_IAM_POLICIES, SEND_AGAIN],
    check: 'count the characters of the signature that is sent: 64 digits of 0-9 and a-f; where it is so already, this is not the cause',
  }),
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const { provided } = file
  if (provided !== undefined && /^(?=.*[A-F])[0-9A-F]{64}$/.test(provided))
    yield { params: { encoding: 'HEX' }, weight: 0.7, grounds: ['The signature provided is in upper-case hexadecimal digits.'] }
  if (provided !== undefined && /^[A-Za-z0-9+/ ]{43}=$/.test(provided))
    yield {
      params: { encoding: 'base64' },
      weight: 0.7,
      grounds: ['The signature provided is 44 characters of base64, not 64 hexadecimal digits.'],
    }
  yield { params: { encoding: 'HEX' } }
  yield { params: { encoding: 'base64' } }
}

const DIGITS_ALONE = {
  title: 'take the digits alone: openssl prints a label before them',
  applicability: 'exact',
  command: "openssl dgst -sha256 ... | sed 's/^.*= *//'",
  appliesTo: ['shell'],
} as const

/** What the checks of a view saw in its place. */
function shown({ values: { form, says } }: Deviation): Params {
  return form === 'HEX' || form === 'base64' ? { encoding: form } : { encoding: 'other', ...(says !== undefined && { says }) }
}

const WHAT: Readonly<Record<Params['encoding'], string>> = {
  HEX: 'the signature was sent in upper-case hexadecimal digits',
  base64: 'the signature was sent in base64',
  other: 'the signature was not sent as 64 lower-case hexadecimal digits',
}
const SIGNED: Readonly<Record<Params['encoding'], string>> = {
  HEX: '<64 upper-case hexadecimal digits>',
  base64: '<base64>',
  other: '<another text>',
}

function undo(inputs: SigningInputs, { encoding }: Params): SigningInputs {
  return encoding === 'other' || inputs.signatureEncoding === encoding ? inputs : { ...inputs, signatureEncoding: encoding }
}
