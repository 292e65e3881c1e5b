/** Writes evidence of a broken request as files: the service's error body and the signer's debug log, in the forms people paste. */

import { canonicalRequest } from '../../src/sigv4/canonical-request.ts'
import { stringToSign } from '../../src/sigv4/string-to-sign.ts'
import { arrivedRequest, type Broken, providedSignature } from './inject/injection.ts'
import { standardInputs } from './standard-inputs.ts'

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const hexPairs = (text: string): string =>
  Buffer.from(text, 'latin1')
    .toString('hex')
    .replace(/..(?=.)/g, '$& ')

/** S3's error body for a mismatch, with the texts it calculated with. */
export function errorXml(broken: Broken): string {
  const [canonical, toSign] = [canonicalRequest(broken.verifier), stringToSign(broken.verifier)]
  return `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message><AWSAccessKeyId>AKIAIOSFODNN7EXAMPLE</AWSAccessKeyId><StringToSign>${escaped(toSign)}</StringToSign><SignatureProvided>${escaped(providedSignature(broken))}</SignatureProvided><StringToSignBytes>${hexPairs(toSign)}</StringToSignBytes><CanonicalRequest>${escaped(canonical)}</CanonicalRequest><CanonicalRequestBytes>${hexPairs(canonical)}</CanonicalRequestBytes><RequestId>4442587FB7D0A2F9</RequestId><HostId>ExampleHostId=</HostId></Error>
`
}

/** The AWS CLI's debug log of the signing. */
export function debugLog(broken: Broken): string {
  const head = (what: string): string => `2015-08-30 12:36:00,123 - MainThread - botocore.auth - DEBUG - ${what}:\n`
  const signer = { ...broken.signer }
  return `2015-08-30 12:36:00,120 - MainThread - botocore.auth - DEBUG - Calculating signature using v4 auth.
${head('CanonicalRequest')}${canonicalRequest(signer)}
${head('StringToSign')}${stringToSign(signer)}
${head('Signature')}${providedSignature(broken)}
2015-08-30 12:36:00,125 - MainThread - botocore.endpoint - DEBUG - Sending http request
`
}

/** The request as it arrived, raw. */
export function requestText(broken: Broken): string {
  const { method, target, headers, body } = arrivedRequest(broken)
  const lines = [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)]
  return `${lines.join('\r\n')}\r\n\r\n${body === undefined ? '' : Buffer.from(body).toString('latin1')}`
}

/** A refusal that quotes a request which is right, its payload announced by `word`. */
export function streamedRefusal(word: string): Readonly<Record<string, string>> {
  const correct = standardInputs({ target: '/b/k', method: 'PUT' })
  const headers = correct.request!.headers.map(([name, value]) => [name, name === 'X-Amz-Content-Sha256' ? word : value] as const)
  const inputs = { ...correct, request: { ...correct.request!, headers }, payloadHash: word }
  const broken = { signer: inputs, verifier: inputs }
  return { 'error.xml': errorXml(broken), 'request.http': requestText(broken) }
}
