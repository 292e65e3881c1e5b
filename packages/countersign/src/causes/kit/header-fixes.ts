/**
 * How each client leaves a header out of the signed headers.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "SignedHeaders"
 */
import type { Fix } from './explanation.js'

/** The ways to leave this header unsigned, by the client they are for. */
export function unsignedHeaderFixes(name: string): readonly Fix[] {
  const title = `leave ${name} unsigned`
  const place = name.includes('<') ? 'has-placeholders' : 'maybe'
  return [
    {
      title,
      applicability: place,
      command: `signer.sign(request, { unsignableHeaders: new Set(['${name}']) })`,
      appliesTo: ['smithy-signature-v4'],
    },
    {
      title,
      applicability: place,
      command: `headers.delete('${name}')  // on the headers given to aws.sign()`,
      appliesTo: ['aws4fetch'],
    },
    {
      title: `take ${name} off the request before the "Signing" step and put it back after it`,
      applicability: place,
      command: `req.Header.Del("${name}")  // in a middleware of stack.Finalize, before "Signing"`,
      appliesTo: ['aws-sdk-go-v2'],
    },
    {
      title,
      applicability: place,
      command: `client.meta.events.register_first('before-sign.s3', lambda request, **kw: request.headers.pop('${name}', None))`,
      appliesTo: ['boto3'],
    },
    { title, applicability: place, command: `Aws::Sigv4::Signer.new(..., unsigned_headers: ['${name}'])`, appliesTo: ['aws-sdk-ruby'] },
    { title, applicability: place, command: `settings.excluded_headers = Some(vec!["${name}".into()])`, appliesTo: ['aws-sdk-rust'] },
  ]
}
