/**
 * A browser's upload by POST: a form whose policy is signed. What is signed is the policy's base64 text, byte for byte; the
 * signature says nothing of the fields by themselves, the policy's conditions do.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html
 */
import { hmacSha256Hex } from '#sha256'
import type { Authorization } from './authorization.js'
import { base64Of } from './byte-string.js'
import { checkContextOf, type VerifyOptions } from './check-context.js'
import { type Check, S3_FORM_CHECKS } from './checks.js'
import { type CredentialScope, credentialScope, credentialScopeText, parseLenientCredential, sameScope } from './credential-scope.js'
import { EcdsaPrivateKey } from './ecdsa-key.js'
import { FORM_RULES, type FormContext } from './form-checks.js'
import type { FormField } from './form-field.js'
import type { HttpRequest } from './http-request.js'
import { type PolicyDocument, parsePolicy } from './policy-conditions.js'
import { requestDateText } from './request-date.js'
import { type SignatureMatches, textMatches } from './signature.js'
import type { RequestKey } from './signing-inputs.js'
import { SecretAccessKey, SigningKey } from './signing-key.js'
import { cachedSigningKey } from './signing-key-cache.js'
import { S3_PROFILE } from './signing-profile.js'
import type { Credentials } from './signing-request.js'
import { UsageError } from './usage-error.js'
import type { VerifyError } from './verify-error.js'
import { AWS4_HMAC_SHA256 } from './wire-names.js'

/**
 * A policy to be signed.
 * @internal
 */
export interface PostPolicy {
  /** Milliseconds since 1970. */
  readonly expiration: number
  /** As AWS writes them: `{ acl: 'private' }`, `['starts-with', '$key', 'a/']`, `['content-length-range', 1, 1024]`. */
  readonly conditions: readonly unknown[]
}

/**
 * What a policy is signed for.
 * @internal
 */
export interface PostPolicyOptions {
  /** The signer's clock, milliseconds since 1970. */
  readonly now: number
  readonly region: string
  /** Default: "s3". */
  readonly service?: string
}

/**
 * Signs the policy of a browser's upload by POST.
 *
 * @param policy Conditions for the fields that signing adds are added to it. A text is a whole JSON document and is signed as it is.
 * @returns The fields that the form needs beside its own (key, file and what the conditions name).
 * @throws UsageError with a `code` if it cannot be signed as asked: `invalid-scope`, `invalid-credentials`, `invalid-date` and others.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html
 * @example
 * ```js
 * import { SecretAccessKey, signPostPolicy } from 'countersign/sigv4'
 *
 * const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY') }
 * const now = Date.UTC(2026, 2, 3, 8, 15, 31)
 * const policy = { expiration: now + 600_000, conditions: [{ bucket: 'uploads' }, ['starts-with', '$key', 'photos/']] }
 * const fields = signPostPolicy(policy, credentials, { now, region: 'eu-west-1' })
 * fields.map(({ name }) => name) // => ['policy', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-signature']
 * fields[2].value // => 'AKIAIOSFODNN7EXAMPLE/20260303/eu-west-1/s3/aws4_request'
 * ```
 * @public
 */
export function signPostPolicy(policy: PostPolicy | string, credentials: Credentials, options: PostPolicyOptions): readonly FormField[] {
  const { now, region, service = 's3' } = options
  const { accessKeyId, secretAccessKey: key, sessionToken } = credentials
  if (!/^[^/\s]+$/.test(region) || !/^[^/\s]+$/.test(service))
    throw new UsageError('invalid-scope', 'Region and service must be given, without "/".')
  if (!/^[\x21-\x7e]+$/.test(accessKeyId)) throw new UsageError('invalid-credentials', 'The access key ID is empty or holds blanks.')
  if (!(now >= 0 && now <= LAST_DATE)) throw new UsageError('invalid-date', 'now must be milliseconds since 1970.')
  const date = requestDateText(now)
  const scope = credentialScope(date.slice(0, 8), region, service)
  const added: FormField[] = [
    { name: 'x-amz-algorithm', value: AWS4_HMAC_SHA256 },
    { name: 'x-amz-credential', value: `${accessKeyId}/${credentialScopeText(scope)}` },
    { name: 'x-amz-date', value: date },
    ...(sessionToken === undefined ? [] : [{ name: 'x-amz-security-token', value: sessionToken }]),
  ]
  const text = base64Of(new TextEncoder().encode(typeof policy === 'string' ? policy : documentText(policy, added)))
  return [{ name: 'policy', value: text }, ...added, { name: 'x-amz-signature', value: hmacSha256Hex(keyBytes(key, scope), text) }]
}

function documentText({ expiration, conditions }: PostPolicy, added: readonly FormField[]): string {
  if (!(expiration >= 0 && expiration <= LAST_DATE)) throw new UsageError('invalid-expires', 'expiration must be milliseconds since 1970.')
  const document = {
    expiration: new Date(expiration).toISOString(),
    conditions: [...conditions, ...added.map(({ name, value }) => ({ [name]: value }))],
  }
  return JSON.stringify(document)
}

function keyBytes(key: Credentials['secretAccessKey'], scope: CredentialScope): Uint8Array {
  if (key instanceof EcdsaPrivateKey) throw new UsageError('wrong-key-scope', 'A policy is signed with the secret or a signing key.')
  if (!(key instanceof SigningKey)) return cachedSigningKey(key, scope).dangerBytes()
  if (!sameScope(key.scope, scope)) throw new UsageError('wrong-key-scope', 'The signing key was derived for another scope.')
  return key.dangerBytes()
}

/**
 * How to verify a form.
 * @internal
 */
export interface VerifyFormOptions extends VerifyOptions {
  /** The bucket that the form was sent to, as the URL or the host names it. */
  readonly bucket: string
  /** The file's name, which takes the place of `${filename}` in the key. Default: none was sent. */
  readonly fileName?: string
}

/**
 * What came of it.
 * @internal
 */
export type FormVerdict =
  | {
      readonly ok: true
      readonly accessKeyId: string
      readonly scope: CredentialScope
      readonly proof: SignatureMatches
      /** How many checks it passed: all of its order. */
      readonly passed: number
      /** The key, with the file's name in it where the form asked for it. */
      readonly key: string
      /** The fields by their names in lower case, as they met the conditions. */
      readonly fields: ReadonlyMap<string, string>
      /** How many bytes the file may have; `undefined` where the policy leaves it open. To be held against the file as it is read. */
      readonly contentLength: { readonly least: number; readonly most: number } | undefined
    }
  | { readonly ok: false; readonly error: VerifyError }

/**
 * Checks the fields of a form that stand before its file, as S3 does, in S3's order of checks.
 *
 * @param fields In the order sent, without the file.
 * @param key The secret of the access key ID, or the signing key of the credential's scope.
 * @param options As for `verify`, and the bucket that the form was sent to.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 * @example
 * ```js
 * import { SecretAccessKey, signPostPolicy, verifyPostForm } from 'countersign/sigv4'
 *
 * const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY') }
 * const now = Date.UTC(2026, 2, 3, 8, 15, 31)
 * const policy = { expiration: now + 600_000, conditions: [{ bucket: 'uploads' }, ['starts-with', '$key', 'photos/']] }
 * const signed = signPostPolicy(policy, credentials, { now, region: 'eu-west-1' })
 * const judged = (key) => verifyPostForm([{ name: 'key', value: key }, ...signed], credentials.secretAccessKey, { now, bucket: 'uploads' })
 * judged('photos/a.jpg').ok // => true
 * judged('other/a.jpg').error.code // => 'AccessDenied'
 * ```
 * @public
 */
export function verifyPostForm(fields: readonly FormField[], key: RequestKey, options: VerifyFormOptions): FormVerdict {
  const form = formContext(fields, key, options)
  const { credential } = form.context
  let proof: SignatureMatches | undefined
  for (const check of S3_FORM_CHECKS) {
    if (check.group === 'signature' && credential !== undefined && (key instanceof SecretAccessKey || key instanceof SigningKey)) {
      proof = textMatches(key, credential.scope, form.values.get('policy')!, form.values.get('x-amz-signature')!)
      if (proof !== undefined) continue
    }
    const refused = FORM_RULES[check.id]!(form)
    if (refused !== undefined) return { ok: false, error: numbered(refused, check) }
  }
  const { accessKeyId, scope } = credential!
  const passed = S3_FORM_CHECKS.length
  const contentLength = contentLengthOf(form.policy as PolicyDocument)
  return { ok: true, accessKeyId, scope, proof: proof!, passed, key: form.values.get('key')!, fields: form.values, contentLength }
}

/**
 * The refusal of a file whose length the policy does not allow; `undefined` where it does.
 * @internal
 */
export function fileLengthRefused(
  length: number,
  allowed: { readonly least: number; readonly most: number } | undefined,
): { readonly code: string; readonly message: string; readonly status: number; readonly extra: VerifyError['extra'] } | undefined {
  if (allowed === undefined || (length >= allowed.least && length <= allowed.most)) return undefined
  const proposed = ['ProposedSize', String(length)] as const
  return length > allowed.most
    ? {
        code: 'EntityTooLarge',
        message: 'Your proposed upload exceeds the maximum allowed size',
        status: 400,
        extra: [proposed, ['MaxSizeAllowed', String(allowed.most)]],
      }
    : {
        code: 'EntityTooSmall',
        message: 'Your proposed upload is smaller than the minimum allowed size',
        status: 400,
        extra: [proposed, ['MinSizeAllowed', String(allowed.least)]],
      }
}

/** Several ranges have to be met all together. */
function contentLengthOf({ conditions }: PolicyDocument): { readonly least: number; readonly most: number } | undefined {
  const ranges = conditions.flatMap((one) => (one.kind === 'content-length-range' ? [one] : []))
  if (ranges.length === 0) return undefined
  return ranges.reduce(({ least, most }, range) => ({ least: Math.max(least, range.least), most: Math.min(most, range.most) }), {
    least: 0,
    most: Number.POSITIVE_INFINITY,
  })
}

function formContext(sent: readonly FormField[], key: RequestKey, options: VerifyFormOptions): FormContext {
  const fields = sent.map(({ name, value }) => ({ name, value: name.toLowerCase() === 'key' ? namedKey(value, options) : value }))
  const values = new Map<string, string>()
  for (const { name, value } of fields) if (!values.has(name.toLowerCase())) values.set(name.toLowerCase(), value)
  values.set('bucket', options.bucket)
  const request: HttpRequest = { method: 'POST', target: '/', headers: fields.map(({ name, value }) => [name, value]), body: undefined }
  const credentialText = values.get('x-amz-credential')
  const authorization: Authorization = {
    by: 'header',
    algorithm: values.get('x-amz-algorithm') ?? '',
    credential: credentialText,
    signedHeaders: undefined,
    signature: values.get('x-amz-signature'),
    malformed: undefined,
  }
  const credential = parseLenientCredential(credentialText ?? '')
  const date = values.get('x-amz-date')
  const known = { request, key, options, authorization, credential, date, inputs: undefined, profile: options.profile ?? S3_PROFILE }
  return { context: checkContextOf({ ...known, by: 'form' }), fields, values, policy: parsePolicy(values.get('policy') ?? '') }
}

/** The key with the file's name in it where the form asked for it. */
function namedKey(key: string, { fileName = '' }: VerifyFormOptions): string {
  return key.replaceAll(FILE_NAME, () => lastPart(fileName))
}

/** Browsers of old sent the whole path of the file. */
function lastPart(fileName: string): string {
  return fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1)
}

function numbered(refused: { code: string; message: string; status: number; extra?: VerifyError['extra'] }, check: Check): VerifyError {
  const { code, message, status, extra = [] } = refused
  return { code, message, status, check: check.id, group: check.group, number: check.number, of: S3_FORM_CHECKS.length, extra }
}

// Escaped, so that no reader takes it for a template.
const FILE_NAME = '$\u007bfilename}'
/** The last millisecond of the year 9999. */
const LAST_DATE = 253402300799999
