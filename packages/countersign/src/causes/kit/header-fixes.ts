/**
 * How each client leaves a header out of the signed headers.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "SignedHeaders"
 */
import type { Fix } from './explanation.js'

/** The ways to leave this header unsigned, by the client they are for. */
export function unsignedHeaderFixes(name: string): readonly (readonly [client: RegExp, fix: Fix])[] {
  const title = `leave ${name} unsigned`
  const place = name.includes('<') ? 'has-placeholders' : 'maybe'
  return [
    [
      /js|smithy|node/i,
      {
        title,
        applicability: place,
        command: `signer.sign(request, { unsignableHeaders: new Set(['${name}']) })`,
        appliesTo: '@smithy/signature-v4',
      },
    ],
    [
      /aws4fetch|worker/i,
      { title, applicability: place, command: `headers.delete('${name}')  // on the headers given to aws.sign()`, appliesTo: 'aws4fetch' },
    ],
    [
      /go/i,
      {
        title: `take ${name} off the request before the "Signing" step and put it back after it`,
        applicability: place,
        command: `req.Header.Del("${name}")  // in a middleware of stack.Finalize, before "Signing"`,
        appliesTo: 'AWS SDK for Go v2',
      },
    ],
    [
      /boto|python|aws-cli/i,
      {
        title,
        applicability: place,
        command: `client.meta.events.register_first('before-sign.s3', lambda request, **kw: request.headers.pop('${name}', None))`,
        appliesTo: 'boto3',
      },
    ],
    [
      /ruby/i,
      { title, applicability: place, command: `Aws::Sigv4::Signer.new(..., unsigned_headers: ['${name}'])`, appliesTo: 'aws-sigv4 (Ruby)' },
    ],
    [
      /rust/i,
      { title, applicability: place, command: `settings.excluded_headers = Some(vec!["${name}".into()])`, appliesTo: 'aws-sigv4 (Rust)' },
    ],
  ]
}
