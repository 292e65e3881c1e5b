/**
 * The checks of a browser's POST with a signed policy, in S3's order, with S3's codes and texts.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html
 */

import type { CheckContext, Refused } from './check-context.js'
import type { FormField } from './form-field.js'
import { type FieldCondition, meetsCondition, type PolicyDocument } from './policy-conditions.js'
import { S3_RULES } from './s3-checks.js'
import { denied, invalidArgument, invalidRequest, OTHER_MECHANISM, spacedHex } from './s3-refusals.js'
import { AWS4_HMAC_SHA256 } from './wire-names.js'

/** A form on its way through the checks. */
export interface FormContext {
  /** What the checks of other requests look at, too: the fields stand where headers stand. */
  readonly context: CheckContext
  readonly fields: readonly FormField[]
  /** The first value of each field by its name in lower case; "bucket" and "key" as they are meant. */
  readonly values: ReadonlyMap<string, string>
  readonly policy: PolicyDocument | { readonly fault: string }
}

export type FormRule = (form: FormContext) => Refused | undefined

const alike =
  (id: string): FormRule =>
  ({ context }) =>
    S3_RULES[id]!(context)

/** The rule of each check of {@link S3_FORM_CHECKS}. */
export const FORM_RULES: Readonly<Record<string, FormRule>> = {
  mechanism: ({ values }) => {
    if (values.has('awsaccesskeyid') && !values.has('x-amz-algorithm')) return invalidRequest(OTHER_MECHANISM)
    return SIGNING_FIELDS.some((name) => values.has(name)) ? undefined : denied('Access Denied')
  },
  'form-fields': ({ values }) => {
    const missing = NEEDED.find((name) => !values.has(name))
    return missing === undefined
      ? undefined
      : invalidArgument(
          `Bucket POST must contain a field named '${missing}'.  If it is specified, please check the order of the fields.`,
          missing,
          '',
        )
  },
  algorithm: ({ context, values }) => {
    const algorithm = values.get('x-amz-algorithm') ?? ''
    return algorithm === AWS4_HMAC_SHA256 && context.algorithms.includes(algorithm)
      ? undefined
      : invalidArgument('Only AWS4-HMAC-SHA256 is supported', 'X-Amz-Algorithm', algorithm)
  },
  'request-date': ({ context, values }) =>
    context.time === undefined
      ? invalidArgument('X-Amz-Date must be formated via ISO8601 Long format', 'X-Amz-Date', values.get('x-amz-date') ?? '')
      : undefined,
  'credential-parts': alike('credential-parts'),
  service: alike('service'),
  terminator: alike('terminator'),
  'scope-date-format': alike('scope-date-format'),
  region: alike('region'),
  'session-token': alike('session-token'),
  'access-key': alike('access-key'),
  signature: ({ context, values }) => ({
    code: 'SignatureDoesNotMatch',
    message: 'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    status: 403,
    extra: [
      ['AWSAccessKeyId', context.credential?.accessKeyId ?? ''],
      ['StringToSign', values.get('policy') ?? ''],
      ['SignatureProvided', values.get('x-amz-signature') ?? ''],
      ['StringToSignBytes', spacedHex(values.get('policy') ?? '')],
    ],
  }),
  'unexpected-token': alike('unexpected-token'),
  'policy-document': ({ policy }) =>
    'fault' in policy ? { code: 'InvalidPolicyDocument', message: `Invalid Policy: ${policy.fault}`, status: 400 } : undefined,
  'policy-expired': ({ policy, context }) =>
    'fault' in policy || context.options.now < policy.expiration ? undefined : denied('Invalid according to Policy: Policy expired.'),
  'policy-conditions': (form) => {
    const failed = fieldConditions(form).find((condition) => !isMet(condition, form))
    return failed === undefined ? undefined : denied(`Invalid according to Policy: Policy Condition failed: ${failed.text}`)
  },
  'extra-fields': (form) => {
    const named = new Set(fieldConditions(form).map(({ name }) => name))
    const extra = form.fields.find(({ name }) => !isFree(name.toLowerCase()) && !named.has(name.toLowerCase()))
    return extra === undefined ? undefined : denied(`Invalid according to Policy: Extra input fields: ${extra.name}`)
  },
}

function fieldConditions({ policy }: FormContext): readonly FieldCondition[] {
  return 'fault' in policy ? [] : policy.conditions.filter((one): one is FieldCondition => one.kind !== 'content-length-range')
}

/** A field that was sent twice has to meet the condition both times: nobody knows which of the two a reader takes. */
function isMet(condition: FieldCondition, { fields, values }: FormContext): boolean {
  const { name } = condition
  const sent = fields.filter((field) => field.name.toLowerCase() === name).map(({ value }) => value)
  const others = name === 'bucket' ? [] : sent.slice(1)
  return [values.get(name) ?? '', ...others].every((value) => meetsCondition(condition, value))
}

/** The fields that no condition has to name. */
function isFree(name: string): boolean {
  return name === 'policy' || name === 'x-amz-signature' || name === 'file' || name.startsWith('x-ignore-')
}

/** A form with none of them is anonymous. */
const SIGNING_FIELDS = ['policy', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-signature']
const NEEDED = ['key', 'policy', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-signature']
