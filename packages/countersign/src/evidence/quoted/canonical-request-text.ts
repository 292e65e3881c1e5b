/**
 * A canonical request alone, with or without a label before it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { type Line, locationOf, logLines } from '../../text/index.js'
import { loneBeginning, loneTexts } from './lone-texts.js'

export const canonicalRequestText: EvidenceReader = {
  id: 'canonical-request-text',
  reads: 'a canonical request alone, its beginning with a mark for the rest, or some of its header lines',
  samples: [
    'GET\n/test.txt\n\nhost:examplebucket.s3.amazonaws.com\nrange:bytes=0-9\nx-amz-date:20130524T000000Z\n\nhost;range;x-amz-date\nUNSIGNED-PAYLOAD\n',
    'canonical_request=PUT\n/%2Fexamplebucket/a.txt\nx-id=PutObject\nhost:s3.us-east-1.amazonaws.com\nx-amz-date:20241109T003349Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD\n',
    'PUT\n/a.txt\npartNumber=1&uploadId=x\n[...]\n',
    "canonicalRequest: 'GET\\n/\\n\\nhost:example.amazonaws.com\\nx-amz-date:20150830T123600Z\\n\\nhost;x-amz-date\\nUNSIGNED-PAYLOAD'\n",
  ],
  recognize,
  read,
}

function recognize(text: string): boolean {
  if (/(?:^|[\s='"[(>:])(?:GET|PUT|POST|DELETE|HEAD|PATCH|OPTIONS)\r?(?:\n|\\n)/i.test(text)) return true
  return text.length < 20_000 && headerLines(logLines(text)) !== undefined
}

function read(source: EvidenceSource): readonly Observation[] {
  if (!recognize(source.text)) return []
  const whole = loneTexts(source, 'canonical-request')
  if (whole.length > 0) return whole
  const cut = loneBeginning(source)
  if (cut.length > 0 || source.side === undefined) return cut
  const lines = logLines(source.text)
  const block = headerLines(lines)
  if (block === undefined) return []
  const [first, last] = [block[0], block.at(-1)]
  return [
    {
      kind: 'canonical-request',
      side: source.side,
      text: block.map(({ text }) => text).join('\n'),
      location: locationOf(source.name, first, last),
      fidelity: 'exact',
    },
  ]
}

/** Canonical header lines ("name:value", lower case, no space) and nothing else. */
function headerLines(lines: readonly Line[]): readonly Line[] | undefined {
  const full = lines.filter(({ text }) => text.trim() !== '')
  const canonical =
    full.length > 0 && full.length <= 200 && full.every(({ text }) => /^[a-z0-9_-]{1,128}:(?:\S|$)/.test(text.slice(0, 140)))
  return canonical && full.some(({ text }) => /^(?:x-amz-|host:)/.test(text)) ? full : undefined
}
