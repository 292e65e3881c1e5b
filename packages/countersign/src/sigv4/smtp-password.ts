/**
 * The SMTP password of Amazon SES: made of a secret access key for one region, never the secret itself.
 * @see https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html#smtp-credentials-convert
 */
import { hmacSha256 } from '#sha256'
import { base64Of, bytesOf } from './byte-string.js'
import type { SecretAccessKey } from './signing-key.js'

/** The password that belongs to a secret access key in a region; its user name is the access key ID. */
export function dangerSmtpPassword(secret: SecretAccessKey, region: string): string {
  const chain = ['11111111', region, 'ses', 'aws4_request', 'SendRawEmail']
  const key = chain.reduce((key, message) => hmacSha256(key, bytesOf(message)), bytesOf(`AWS4${secret.dangerValue()}`))
  const bytes = new Uint8Array(key.length + 1)
  bytes[0] = VERSION
  bytes.set(key, 1)
  return base64Of(bytes)
}

const VERSION = 4
