/** Correct signing inputs made by hand: what signer and verifier agree on before a mistake is made. */
import { type Header, splitTarget } from '../../src/sigv4/http-request.ts'
import { payloadHashOf } from '../../src/sigv4/payload-hash.ts'
import type { SigningInputs } from '../../src/sigv4/signing-inputs.ts'
import { SecretAccessKey, STANDARD_DERIVATION } from '../../src/sigv4/signing-key.ts'
import { signingProfileOf } from '../../src/sigv4/signing-profile.ts'

/** What to vary; everything else is a plain GET of S3 in us-east-1 on 30 August 2015. */
export interface StandardRequest {
  readonly method?: string
  readonly target?: string
  readonly host?: string
  readonly service?: string
  /** Further headers; all are signed unless listed in `unsigned`. */
  readonly headers?: readonly Header[]
  readonly unsigned?: readonly string[]
  readonly body?: string
  /** A presigned URL: only Host is signed, all else about the signature stands in the query. `headers` go unsigned. */
  readonly presigned?: boolean
}

/** The inputs that a correct signer and a correct verifier both have. */
export function standardInputs(request: StandardRequest = {}): SigningInputs {
  if (request.presigned === true) return standardPresigned(request)
  const service = request.service ?? 's3'
  const profile = signingProfileOf(service)
  const hash = payloadHashOf(new TextEncoder().encode(request.body ?? ''))
  const headers: Header[] = [
    ['Host', request.host ?? (service === 's3' ? 'examplebucket.s3.us-east-1.amazonaws.com' : `${service}.us-east-1.amazonaws.com`)],
    ['X-Amz-Date', '20150830T123600Z'],
    ...(service === 's3' ? [['X-Amz-Content-Sha256', hash] as const] : []),
    ...(request.headers ?? []),
  ]
  const unsigned = (request.unsigned ?? []).map((name) => name.toLowerCase())
  const names = [...new Set(headers.map(([name]) => name.toLowerCase()))].filter((name) => !unsigned.includes(name))
  return {
    request: {
      method: request.method ?? 'GET',
      target: request.target ?? '/',
      headers,
      body: new TextEncoder().encode(request.body ?? ''),
    },
    authentication: 'header',
    profile,
    signedHeaders: names.sort(),
    payloadHash: hash,
    algorithm: 'AWS4-HMAC-SHA256',
    requestDate: '20150830T123600Z',
    scope: { date: '20150830', region: 'us-east-1', service, terminator: 'aws4_request' },
    key: new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'),
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    derivation: STANDARD_DERIVATION,
    verbatim: {},
    stringToSignEnd: 'hash',
    lineBreak: '\n',
    signatureEncoding: 'hex',
  }
}

function standardPresigned({ presigned, unsigned, target = '/', ...rest }: StandardRequest): SigningInputs {
  const inputs = standardInputs(rest)
  const { date, region, service, terminator } = inputs.scope
  const parameters = [
    'X-Amz-Algorithm=AWS4-HMAC-SHA256',
    `X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F${[date, region, service, terminator].join('%2F')}`,
    `X-Amz-Date=${inputs.requestDate}`,
    'X-Amz-Expires=3600',
    'X-Amz-SignedHeaders=host',
  ].join('&')
  const headers = inputs.request!.headers.filter(([name]) => !/^x-amz-(?:date|content-sha256)$/i.test(name))
  return {
    ...inputs,
    request: { ...inputs.request!, target: `${target}${target.includes('?') ? '&' : '?'}${parameters}`, headers },
    authentication: 'query',
    signedHeaders: ['host'],
    payloadHash: inputs.profile.presignedPayloadHash === 'body' ? inputs.payloadHash : 'UNSIGNED-PAYLOAD',
  }
}

/** The raw query of some inputs. */
export function rawQuery(inputs: SigningInputs): string | undefined {
  return inputs.request === undefined ? undefined : splitTarget(inputs.request.target).query
}
