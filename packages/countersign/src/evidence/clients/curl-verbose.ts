/**
 * What `curl -v` prints: the request as sent, the response, and from 8.14 on what aws_sigv4 signed.
 * @see https://curl.se/docs/manpage.html#-v
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { httpMessages, type Line, locationOf, logLines } from '../../text/index.js'
import { signingTexts } from '../quoted/signing-text.js'
import { messageObservations } from './http-observations.js'

export const curlVerbose: EvidenceReader = {
  id: 'curl-verbose',
  reads: 'the output of curl -v, with the canonical request and string to sign where curl prints them',
  samples: [
    "* Connected to 127.0.0.1 (127.0.0.1) port 9900 (#0)\n* Server auth using AWS_SIGV4 with user 'AKIAIOSFODNN7EXAMPLE'\n> GET /a%20b.jpg?versionId=1&acl HTTP/1.1\n> Host: 127.0.0.1:9900\n> X-Amz-Date: 20261122T041557Z\n> User-Agent: curl/7.88.1\n> \n< HTTP/1.1 403 Forbidden\n< Server: AmazonS3\n< \n",
    '* using HTTP/1.x\n* aws_sigv4: String to sign (enclosed in []) - [AWS4-HMAC-SHA256\n20261122T041557Z\n20261122/us-east-1/s3/aws4_request\n80b43126fb6661943debb6cc6dd2b0b68bb8629dac02cc608a1ab4fa049296a6]\n* aws_sigv4: Signature - ***\n> GET /?acl HTTP/1.1\n> Host: 127.0.0.1:9900\n> User-Agent: curl/8.21.0\n> \n',
  ],
  recognize: (text) => isCurlVerbose(text),
  read,
}

/** Whether a text is what curl -v prints (s3fs prints the same with a log header): "* " notes, and a request, or a signing text. */
export function isCurlVerbose(text: string): boolean {
  return text.includes('* aws_sigv4: ') || (NOTE.test(text) && /^(?:.{0,80}\] )?> [A-Z]{3,10} /m.test(text))
}

function read({ name, text, side }: EvidenceSource): readonly Observation[] {
  if (!isCurlVerbose(text)) return []
  const lines = logLines(text)
  const messages = httpMessages(text, withoutAsides(lines)).flatMap((message) =>
    messageObservations(name, message, side ?? 'wire', message.cut || !message.closed ? 'normalized' : 'exact', 'client'),
  )
  const signed = signingTexts(lines)
    .filter(({ label }) => label.includes('aws_sigv4: '))
    .map(
      (one): Observation => ({
        kind: one.kind,
        side: 'signer',
        text: one.text,
        location: locationOf(name, one.first, one.last),
        fidelity: one.cut ? 'normalized' : 'exact',
      }),
    )
  const signatures = lines.flatMap((line) => signature(name, line))
  return [...messages, ...signed, ...signatures].sort((a, b) => a.location.start - b.location.start)
}

/** Without the notes that curl prints among the headers of an answer: "* Please rewind output before next send". */
function withoutAsides(lines: readonly Line[]): readonly Line[] {
  const isHeader = (line: Line | undefined): boolean => line !== undefined && ANSWERED.test(line.text.slice(0, LONGEST_HEAD))
  return lines.filter((line, i) => !(ASIDE.test(line.text.slice(0, LONGEST_HEAD)) && isHeader(lines[i - 1]) && isHeader(lines[i + 1])))
}

function signature(source: string, line: Line): readonly Observation[] {
  const match = /\* aws_sigv4: Signature - ([0-9a-fA-F]{64})\b/.exec(line.text.slice(0, 300))
  return match === null
    ? []
    : [{ kind: 'signature', side: 'signer', value: match[1]!, location: locationOf(source, line), fidelity: 'exact' }]
}

const ANSWERED = /^(?:.{0,80}\] )?< \S/
const ASIDE = /^(?:.{0,80}\] )?\* \S/
const LONGEST_HEAD = 100
const NOTE =
  /^(?:.{0,80}\] )?\* (?: {0,2}Trying|Connect|Established|using HTTP|Request completely|Server auth|Host |Hostname |ALPN|SSL|TLS|upload completely|We are|Found bundle|Re-using|\[HTTP\/2\])/m
