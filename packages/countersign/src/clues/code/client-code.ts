/**
 * Code that asks a client, an SDK or a browser to send or presign requests: what it asks for that a signature does not
 * survive, and own signers in which no known mistake stands out. Orders suspicions, proves nothing.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { anyText, cluesOf, type Rule, withoutBodies } from '../rule.js'
import { isCode } from './signer-code.js'

export const clientCode: EvidenceReader = {
  id: 'client-code',
  reads: 'code that presigns with an SDK, sends to a presigned URL or configures a client: what a signature does not survive',
  samples: [
    "const form = new FormData()\nform.append('file', file)\nawait fetch(uploadUrl, { method: 'PUT', body: form })\n",
    'var settings = new ConnectionSettings(pool);\nsettings.EnableHttpCompression(true);\n',
  ],
  recognize: anyText,
  read({ name, text }: EvidenceSource) {
    return hintsIn(text, name)
  },
}

function hintsIn(text: string, source: string): readonly Observation[] {
  const code = withoutBodies(text)
  if (!isCode(code)) return []
  return cluesOf(COMPUTES.test(code) && SIGNS.test(code) ? [...CLIENT_RULES, ...OWN_MARKS] : CLIENT_RULES, code, source)
}

export const CLIENT_RULES: readonly Rule[] = [
  {
    id: 'body-compressed',
    about: 'payload-replaced',
    strength: 'fair',
    match: /\w{0,20}compress(?:ion|ed)?["']?\s{0,3}(?:[:=]|=>|\()\s{0,3}true\b|\b(?:gzip|use_?gzip)["']?\s{0,3}[:=]\s{0,3}true\b/i,
    message: 'the client compresses the body; the payload hash has to be that of the compressed bytes.',
  },
  {
    id: 'type-sent-to-presigned',
    about: 'header.changed',
    strength: 'fair',
    match: /["'`]Content-Type["'`]\s{0,3}[,:\]]|\bcontentType\s{0,3}:/i,
    message: 'a Content-Type is sent to a presigned URL; where it was not signed, or another one was, the signature does not hold.',
    needs: /presign|signed_?url/i,
  },
  {
    id: 'iot-token-signed',
    about: 'query-changed-in-transit',
    strength: 'fair',
    match: /iotdevicegateway|\.iot\.[a-z0-9-]{5,20}\.amazonaws\.com/,
    message:
      'AWS IoT takes X-Amz-Security-Token after the signature is made; a presigner that signs it along makes a signature that does not hold.',
    needs: /presign|wss:|X-Amz-Signature/i,
  },
  {
    id: 'line-feeds-removed',
    about: 'headers-block-malformed',
    strength: 'strong',
    match:
      /str_replace\(\s{0,3}(?:["']\\r?\\?n["']|PHP_EOL|array\([^)]{0,30}\\n)\s{0,3}[^,\n]{0,20},\s{0,3}["']["']\s{0,3},\s{0,3}\$\w{0,20}can|\bcan\w{0,20}(?:request|req)?\w{0,5}\.(?:replace|gsub|ReplaceAll)\(\s{0,3}(?:\/\\n\/g?|["']\\n["'])\s{0,3},\s{0,3}["']["']/i,
    message: 'the line feeds are taken out of the canonical request; they part its lines.',
  },
  {
    id: 'form-to-presigned',
    about: 'header-changed-in-transit',
    strength: 'strong',
    match: /new FormData\(|multipart\/form-data|MultipartFormDataContent|\bfiles\s{0,3}=\s{0,3}\{/,
    message: 'the file is sent as a multipart form: its Content-Type is not the one that was signed, and its bytes are not the file.',
    needs: /["'`]PUT["'`]|\.put\(|\bPutAsync\(/i,
    unless: /Policy|presigned_?post|createPresignedPost/i,
  },
  {
    id: 'slash-escaped',
    about: 'path-encoded-twice',
    strength: 'strong',
    match: /\breplace\w{0,4}\(\s{0,3}(?:["']\/["']|\/\\\/\/g)\s{0,3},\s{0,3}["']%2F["']/i,
    message: 'the slashes of the key are escaped before an encoder that escapes the "%" once more.',
  },
  {
    id: 'encoded-key-given',
    about: 'path-encoded-twice',
    strength: 'fair',
    match:
      /\b(?:object_?)?key["']?\)?\s{0,3}(?:=>|[:=(,])\s{0,3}[^\n]{0,40}(?:encodeURIComponent|encodeURI|quote(?:_plus)?|rawurlencode|urlencode|UrlEncode|URLEncoder\.encode|EscapeDataString|CGI\.escape|QueryEscape|PathEscape)\(/i,
    message: 'the key is given to the client percent-encoded, which encodes it once more.',
    unless: /canonical/i,
  },
  {
    id: 'iot-service',
    about: 'service-mismatch',
    strength: 'fair',
    match: /\bAWSService\.iot\b|service(?:_?name)?["']?\s{0,3}[:=]\s{0,3}["']iot["']/i,
    message: 'the MQTT gateway of AWS IoT is signed for with the service name iotdevicegateway, not iot.',
    needs: /wss|mqtt/i,
  },
  {
    id: 'signing-key-as-signature',
    about: 'string-to-sign-malformed',
    strength: 'fair',
    match: /\bsignature\w{0,10}\s{0,3}:?=\s{0,3}(?:await )?(?:\w{1,20}[.>-]{1,2})?get_?signature_?key\(/i,
    message: 'what is called the signature is the signing key; the string to sign is not signed with it.',
    unless: /string_?to_?sign|tosign/i,
  },
  {
    id: 'headers-end-lost',
    about: 'headers-block-malformed',
    strength: 'strong',
    match: /["'](?:(?:\{\d?\}|%s)\\n){3}(?:\{\d?\}|%s){2}\\n(?:\{\d?\}|%s)["']/,
    message: 'the pattern of the canonical request has no empty line between the headers and the signed headers.',
  },
  {
    id: 'hex-key-variable',
    about: 'signing-key-from-hex-text',
    strength: 'strong',
    match: /\b\w{0,12}key\w{0,8}\s{0,3}:?=\s{0,3}["'][0-9a-f]{64}["']/i,
    message: 'the key of an HMAC is 64 hex digits as text; the key is the 32 bytes that they spell.',
    needs: /hmac/i,
    unless: /hex2bin|unhexlify|fromhex|parseHex|Hex\.parse|DecodeString|parseInt\(/i,
  },
  {
    id: 'digest-as-text',
    about: 'signing-key-from-hex-text',
    strength: 'strong',
    match: /\.digest\(\s{0,3}["'](?:utf-?8|binary|ascii|latin1|ucs2)["']\s{0,3}\)/i,
    message: 'the result of the HMAC is turned into text, which loses bytes; the next key needs the raw 32 bytes.',
    needs: /aws4_request|signature/i,
  },
  {
    id: 'gcs-endpoint',
    about: 'header-changed-in-transit',
    strength: 'weak',
    match: /storage\.googleapis\.com/,
    message: 'Google Cloud Storage changes accept-encoding on the way in, and reads no trailing checksums; AWS SDKs sign and send both.',
  },
]

/** What a signer of one's own is to be compared in first, where no known mistake stands out in it. */
export const OWN_MARKS: readonly Rule[] = [
  {
    id: 'own-query',
    about: 'query.encoding',
    strength: 'weak',
    match: /canonical_?query\w{0,10}|query_?string|querystring|params\b/i,
    message: 'an own signer builds the canonical query string; its encoding is the first thing to compare.',
    unless: /\bPOST\b|\bPUT\b/,
  },
  {
    id: 'own-body',
    about: 'payload.hash',
    strength: 'weak',
    match: /\b(?:POST|PUT|PATCH)\b/,
    message: 'an own signer hashes a body; the bytes that are hashed have to be the bytes that are sent.',
  },
  {
    id: 'own-headers',
    about: 'header.canonical',
    strength: 'weak',
    match: /signed_?headers|canonical_?headers/i,
    message: 'an own signer writes the canonical headers; names, order and line feeds are the first thing to compare.',
  },
]

// An HMAC that is computed, not the name of the algorithm in a header; and the texts of version 4.
const COMPUTES = /(?<!AWS4-)\bhmac|(?<!AWS4-)hmac_?sha|createHmac|hash_hmac/i
const SIGNS = /aws4_request|string_?to_?sign/i
