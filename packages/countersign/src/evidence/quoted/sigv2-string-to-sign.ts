/**
 * A version 2 string to sign as a service quotes it: method, Content-MD5, Content-Type, date, x-amz- headers, resource.
 * What stands on the Content-Type line reached the service, whatever the signer had there.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html
 */

import { type About, clueAt, type EvidenceReader, type EvidenceSource, type Observation, type Strength } from '../../case/index.js'

export const sigv2StringToSign: EvidenceReader = {
  id: 'sigv2-string-to-sign',
  reads: "a service's string to sign of signature version 2: the Content-Type and the x-amz- headers that reached it",
  samples: [
    '<StringToSign>PUT\n\nimage/png; charset=utf-8\n1531992617\n/photos/one.png</StringToSign>',
    '15 req 1 s3:get_obj string_to_sign=GET\n\ntext/plain; charset=UTF-8\nTue, 08 Oct 2019 07:00:45 GMT\n/photos/one.txt\n',
  ],
  recognize(text) {
    return MARK.test(text)
  },
  read({ name, text }: EvidenceSource) {
    const match = MARK.exec(text)
    return match === null ? [] : hintsIn(match[1]!, text, name, match.index)
  },
}

function hintsIn(text: string, whole: string, source: string, at: number): readonly Observation[] {
  const lines = text.split(/\r?\n/)
  const [, , type = '', date = ''] = lines
  const presigned = /^\d{9,11}$/.test(date.trim())
  const seen: Observation[] = []
  const add = (about: About, strength: Strength, message: string, values: Readonly<Record<string, string>> = {}): void => {
    seen.push(clueAt(whole, source, at, { rule: `version-2-${about}`, about, strength, message, values }))
  }
  const sent = type.trim()
  if (sent !== '' && presigned)
    add(
      'header-changed-in-transit',
      'strong',
      `the request arrived with Content-Type ${sent}, which is part of the version 2 string to sign; the presigned URL holds only if exactly this one was signed.`,
      { header: 'content-type' },
    )
  else if (/charset/i.test(sent))
    add(
      'header-changed-in-transit',
      'fair',
      `the request arrived with Content-Type ${sent}; browsers and HTTP libraries add or rewrite the charset after signing.`,
      { header: 'content-type' },
    )
  const added = lines.slice(4).filter((line) => /^x-amz-[a-z0-9-]{1,60}:/.test(line))
  if (presigned && added.length > 0)
    add(
      'header-not-signed',
      'fair',
      `the request arrived with ${added.map((line) => line.split(':', 1)[0]).join(', ')}, which the presigned URL has to cover.`,
    )
  const resource =
    lines
      .slice(4)
      .find((line) => line.startsWith('/'))
      ?.split('?', 1)[0] ?? ''
  if (/^\/\[/.test(resource))
    add(
      'server-canonicalizes-wrongly',
      'fair',
      'the resource in the string to sign of the service begins with a piece of an IPv6 address, which it took for a bucket.',
    )
  else if (/%25|[+()*!'\x80-\xff]/.test(resource))
    add('path.encoding', 'weak', 'the resource in the string to sign holds characters that are spelled in more than one way.')
  return seen
}

// The first line is a method, and the second is not the algorithm of version 4.
const MARK = /(?:<StringToSign>|string_to_sign=|StringToSign["']?\s{0,3}[:=]\s{0,3}["']?)((?:GET|PUT|POST|HEAD|DELETE)\r?\n[^<]{0,2000})/
