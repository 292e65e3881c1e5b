/**
 * Marks in code: the signing key, where the HMACs themselves do not tell (see chain.ts).
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Calculate the signature"
 */

import { type CodeRule, VERSION_4 } from './code-rule.js'
import { UNHEX } from './macs.js'

// Names that programs give the keys of the chain after the first HMAC.
const STEP = String.raw`\b[$@]?(?:k_?(?:date|region|service|signing|sign)|(?:date|region|service|signing|date_?region|date_?region_?service)_?key|signature_?key)\b`
const STEP_IS = String.raw`${STEP}\s{0,10}(?::|:?=|<-)\s{0,10}`
const HEX = 'signing-key-from-hex-text'
const PREFIX = 'signing-key-without-aws4-prefix'

export const KEY_MARKS: readonly CodeRule[] = [
  {
    id: 'step-as-hex',
    about: HEX,
    strength: 'strong',
    match: new RegExp(
      `${STEP_IS}[^\\n;]{0,200}(?:hexdigest|digest\\(\\s{0,5}['"]hex|to_?hex|hexlify|encode_?hex|hex\\.encode|EncodeToString|\\.hex\\(\\)|bin2hex|hmac_sha256_hex|convertToHex|BitConverter)`,
      'i',
    ),
    message: 'a step of the signing key is turned into hex text; each step needs the raw 32 bytes of the one before.',
    unless: UNHEX,
  },
  {
    id: 'step-as-base64',
    about: 'signing-key-from-base64-text',
    strength: 'strong',
    match: new RegExp(`${STEP_IS}[^\\n;]{0,200}(?:digest\\(\\s{0,5}['"]base64|ToBase64String|b64encode|base64_encode)`, 'i'),
    message: 'a step of the signing key is turned into base64 text; each step needs the raw 32 bytes of the one before.',
    unless: /base64_?decode|b64decode|FromBase64/i,
  },
  {
    id: 'crypto-js-to-string',
    about: HEX,
    strength: 'strong',
    match: new RegExp(`${STEP_IS}[^\\n;]{0,40}HmacSHA256\\([^\\n;]{1,200}\\)\\.toString\\(`, 'i'),
    message: 'toString() turns a step of the signing key into hex text; pass the WordArray itself to the next HMAC.',
    unless: UNHEX,
  },
  {
    id: 'step-as-text',
    about: HEX,
    strength: 'strong',
    match: new RegExp(
      `(?:GetBytes\\w{0,4}|utf8\\.encode|getBytes|bytes|Buffer\\.from|TextEncoder\\(\\)\\.encode|\\[\\]byte)\\(\\s{0,5}${STEP}(?!\\s{0,5},\\s{0,5}['"](?:hex|latin1|binary))`,
      'i',
    ),
    message: 'a step of the signing key is encoded as text; each step needs the raw 32 bytes of the one before.',
    unless: UNHEX,
  },
  {
    id: 'step-encoded',
    about: HEX,
    strength: 'strong',
    match: new RegExp(`${STEP}\\.(?:encode|getBytes|toByteArray|data\\(using)\\(`, 'i'),
    message: 'a step of the signing key is encoded as text; each step needs the raw 32 bytes of the one before.',
    unless: UNHEX,
  },
  {
    id: 'key-as-text-parameter',
    about: HEX,
    strength: 'fair',
    match: /\.Key\s{0,5}=\s{0,5}[\w.]{1,60}\.GetBytes\w{0,4}\(\s{0,5}\w{1,30}/,
    message: 'the HMAC function takes its key as text; a step of the signing key passed on as hex text is then the wrong key.',
    needs: /As String|string\s+\w{0,20}(?:key|secret)/i,
  },
  {
    id: 'openssl-text-key',
    about: HEX,
    strength: 'strong',
    match: /openssl\s{1,5}(?:dgst|sha256)[^\n]{0,60}\s-hmac\s{1,5}["']?\$/i,
    message: 'openssl -hmac takes its key as text; a step of the signing key is bytes, and needs -mac HMAC -macopt hexkey: instead.',
    needs: /aws4_request/,
    unless: /hexkey:/,
  },
  {
    id: 'openssl-key-not-hex',
    about: HEX,
    strength: 'strong',
    match: new RegExp(`-macopt\\s{1,5}["']?key:\\$\\{?${STEP.replace('[$@]?', '')}`, 'i'),
    message: 'a step of the signing key goes to openssl as key:, which takes its hex digits as text; write hexkey:.',
  },
  {
    id: 'openssl-step-mixed',
    about: HEX,
    strength: 'strong',
    match: /-hmac\s{1,5}["']?\$\{?(?:\w{0,20}(?:date|region|service|signing)\w{0,20}|k[1-4])\}?/i,
    message: 'openssl -hmac takes the variable as text; a step of the signing key needs -mac HMAC -macopt hexkey: instead.',
    needs: /hexkey:/,
  },
  {
    id: 'hex-literal-key',
    about: HEX,
    strength: 'strong',
    match: /hmac\w{0,20}\(\s{0,5}["'][0-9a-f]{64}["']\s{0,5},/i,
    message: 'the HMAC is given 64 hex digits in quotes as its key; the key is the 32 bytes that they spell.',
    unless: UNHEX,
  },
  {
    id: 'prefix-wrong',
    about: PREFIX,
    strength: 'strong',
    match:
      /(?:["'`](?:AWS|aws4|Aws4|AWS4 |AWS4-|AWS3|AWSV4|AWS_4)["'`]\s{0,5}(?:[+.&,]|\.\.|\|\||<>)\s{0,5}[$@]?[\w.[\]'"]{0,40}(?:secret|key)|["'`](?:AWS|aws4|Aws4|AWS3)(?:\$\{?|#\{|\{|\\\()[\w.[\]'"]{0,30}(?:secret|key))/i,
    message: 'the text put before the secret access key is not "AWS4".',
    unless: /["'`]AWS4(?:["'`]\s{0,5}(?:[+.&,]|\.\.|\|\||<>)|\$|#|\{|\\\()/,
  },
  {
    id: 'prefix-missing',
    about: PREFIX,
    strength: 'strong',
    match: /\b[$@]?(?:k_?date|date_?key)\s{0,5}:?=\s{0,5}[^\n]{1,60}(?<!k_?)secret/i,
    message: 'the first HMAC of the chain takes the secret access key, and no "AWS4" is put before it.',
    unless: /AWS4(?!-HMAC|_|Auth)/,
  },
  {
    id: 'sha1-in-sigv4',
    about: 'key.derivation',
    strength: 'strong',
    match:
      /\bHmacSHA1\b|hash_hmac\(\s{0,5}['"]sha1|createHmac\(\s{0,5}['"]sha1|hashlib\.sha1|HMACSHA1\b|OpenSSL::Digest\.new\(\s{0,3}['"]sha1|-sha1\b[^\n]{0,20}-hmac/i,
    message: 'SHA-1 is used; SigV4 takes SHA-256 in every step.',
    needs: VERSION_4,
  },
  {
    id: 'terminator-misspelled',
    about: 'scope-terminator-mismatch',
    strength: 'strong',
    match:
      /(["'`/])(?:aws_request|aws4-request|aws4request|aws4_requst|aws4_reqest|aws4_requests|AWS4_REQUEST|Aws4_Request|aws_4_request|aws4 request|aws4_req)\b/,
    message: 'the credential scope and the last HMAC of the chain end in "aws4_request", spelled exactly so.',
  },
  {
    id: 'hash-for-hmac',
    about: 'key.derivation',
    strength: 'strong',
    match:
      /\bsignature\s{0,5}:?=\s{0,5}(?:(?!hmac)[^\n;]){0,40}(?:\bsha256\w{0,8}\(|hash\(\s{0,3}['"]sha256['"]|createHash\(|hashlib\.sha256\(|SHA256\.(?:HashData|Create)|MessageDigest)[^\n;]{0,80}(?:string_?to_?sign|to_?sign|signing_?key)/i,
    message: 'the signature is a plain hash; it is an HMAC of the string to sign under the signing key.',
    unless: /\bsha256\.hmac|hmac_sha256/i,
  },
]
