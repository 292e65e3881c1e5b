/**
 * Authorization header values that no request in the same text holds.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html
 */

import { clue, type EvidenceReader, type EvidenceSource, type Observation } from '../../case/index.js'
import { headerValues } from '../../sigv4/index.js'
import { botocoreDebugLog } from '../clients/botocore-debug-log.js'
import { clientWireLog } from '../clients/client-wire-log.js'
import { curlCommand } from '../clients/curl-command.js'
import { curlTrace, isCurlTrace } from '../clients/curl-trace.js'
import { curlVerbose } from '../clients/curl-verbose.js'
import { har } from '../clients/har.js'
import { httpMessage } from '../clients/http-message.js'
import { packetText } from '../clients/packet-text.js'
import { signerDebugLog } from '../clients/signer-debug-log.js'

export const authorizationHeader: EvidenceReader = {
  id: 'authorization-header',
  reads: 'a lone Authorization header value, of signature version 4 or 2',
  samples: [
    'Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;range;x-amz-date, Signature=***\n',
    "Invalid header value 'AWS AKIAIOSFODNN7EXAMPLE:HcObfuscatedB64Sig8='\n",
  ],
  recognize: (text) => V4_SEEN.test(text) || V2_SEEN.test(text),
  read,
}

function read(source: EvidenceSource): readonly Observation[] {
  // A trace cuts the header into rows; its reader puts them together.
  if (!authorizationHeader.recognize(source.text) || isCurlTrace(source.text)) return []
  const held = new Set(requestsIn(source).map(squeezed))
  const side = source.side ?? (signerDebugLog.recognize(source.text) || botocoreDebugLog.recognize(source.text) ? 'signer' : 'wire')
  const found: Observation[] = []
  const at = (match: RegExpExecArray): Observation['location'] => ({
    source: source.name,
    start: match.index,
    end: match.index + match[0].length,
  })
  for (const match of source.text.matchAll(V4)) {
    const value = match[0].replace(/[\s,;'"`]{1,20}$/, '')
    // A pattern in a program that writes the header is no header.
    if (held.has(squeezed(value)) || /(?:Credential|Signature)=(?:$|[$#{%]|\\\()/.test(value)) continue
    held.add(squeezed(value))
    found.push({ kind: 'authorization', side, value, location: at(match), fidelity: 'exact' })
  }
  for (const match of source.text.matchAll(V2)) {
    const value = match[1]!
    const seen = { location: at(match), fidelity: 'exact' } as const
    if (!held.has(squeezed(value))) found.push({ ...seen, kind: 'authorization', side, value })
    held.add(squeezed(value))
    // A client that refuses the value speaks of a character in it, not of the signature version.
    if (value.includes('\\')) continue
    const message = 'The Authorization header has the form of signature version 2 ("AWS", key ID, colon, signature).'
    found.push(clue({ rule: 'authorization-version-2', about: 'algorithm.version', strength: 'fair', message }, seen.location))
  }
  return found
}

/** The Authorization values that requests of the same text hold: those are not alone. */
function requestsIn(source: EvidenceSource): readonly string[] {
  return [httpMessage, clientWireLog, curlTrace, packetText, curlVerbose, curlCommand, botocoreDebugLog, signerDebugLog, har]
    .filter((reader) => reader.recognize(source.text))
    .flatMap((reader) => reader.read(source))
    .flatMap((seen) => (seen.kind === 'request' ? headerValues(seen.request, 'authorization') : []))
}

function squeezed(value: string): string {
  return value.replace(/\s+/g, '')
}

const V4_SEEN = /(?:AWS4|GOOG4|OSS4)-(?:HMAC|ECDSA-P256|RSA)-SHA256\s{1,4}Credential=/
const V2_SEEN = /\bAWS [A-Z0-9*]{4,32}(?:\\[nr])?:[A-Za-z0-9+/*]{4,64}/
/** Spaces between the parts may be missing (s3cmd) or be a line break with an indent (a wrapped log). */
const V4 =
  /(?:AWS4|GOOG4|OSS4)-(?:HMAC|ECDSA-P256|RSA)-SHA256\s{1,4}Credential=[^\s,'"]{0,400}(?:\\n[^\s,'"]{0,200})?(?:,?\s{0,8}(?:SignedHeaders|AdditionalHeaders|Signature|Credential)=[^\s,'"]{0,4000}){0,3}/g
const V2 = /\b(AWS [A-Z0-9*]{4,32}(?:\\[nr])?:[A-Za-z0-9+/*]{4,64}={0,2})/g
