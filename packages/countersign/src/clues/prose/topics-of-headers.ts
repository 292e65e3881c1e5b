/**
 * Topics of the headers, as data. A pattern may match code, configuration, logs and sentences alike.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
import type { Rule } from '../rule.js'

const SIGNING = /sign|canonical|x-amz-date|aws4/i

/** Headers: which are signed, how, and what becomes of them. */
export const HEADER_TOPICS: readonly Rule[] = [
  {
    id: 'all-headers',
    about: 'header.changed',
    strength: 'fair',
    match:
      /\bsign(?:s|ed|ing)? (?:all|every)(?: (?:of|the|request)){0,3} headers?\b|\ball (?:the )?(?:request )?headers (?:are |get )?signed|\bsign(?:s|ed|ing)?\b[^.\n]{0,60}\b(?:via|x-forwarded-\w{2,6}|user-agent|accept-encoding)\b/i,
    message: 'headers are signed that hops on the way add to or rewrite.',
  },
  {
    id: 'signed-and-behind-cdn',
    about: 'header-changed-in-transit',
    strength: 'fair',
    match: /SignedHeaders=[\w;%-]{0,300}accept-encoding/i,
    message: 'accept-encoding is signed, and the request came through a content delivery network, which sets it anew.',
    needs: /cf-ray|cdn-loop|cloudflare|x-amz-cf-id|fastly|akamai/i,
  },
  {
    id: 'replaced-after-canonical',
    about: 'header.changed',
    strength: 'fair',
    match: /\bafter\b[^.\n]{0,30}\b(?:canonical request|signing|signature|(?:it|request) (?:was|is|has been) signed)\b/i,
    message: 'something is changed after the request was signed.',
    needs: /header|content-type|user-agent|accept|x-amz/i,
  },
  {
    id: 'header-line-repeated',
    about: 'header-repeated-wrongly',
    strength: 'fair',
    match: /\b(x-amz-[\w-]{1,40}): ?([^\n]{1,120})\n[^\n]{0,80}\1: ?\2/i,
    message: 'one header is sent more than once.',
  },
  {
    id: 'headers-taken-over',
    about: 'header.changed',
    strength: 'fair',
    match:
      /headers\s{0,3}[:=]\s{0,3}(?:dict\(|\{\s{0,3}\.\.\.|Object\.assign\(\{\},)\s{0,3}(?:\w{1,20}\.)?(?:request|req|event|r)\.headers/i,
    message: 'all headers of a request are taken over into the one that is signed; hops on the way rewrite some of them.',
    needs: /SigV4|aws4|\.sign\(|AWSRequest/,
  },
  {
    id: 'metadata-not-ascii',
    about: 'header-changed-in-transit',
    strength: 'fair',
    match: /(?:metadata|x-amz-meta-[\w-]{1,40})[^\n]{0,120}[\x80-\xff]/i,
    message: 'a metadata value holds characters outside ASCII, which are sent in other bytes than were signed.',
  },
  {
    id: 'metadata-said',
    about: 'header-changed-in-transit',
    strength: 'fair',
    match:
      /\bmetadata\b[^.\n]{0,100}\b(?:non-?(?:us-?)?ascii|unicode|umlauts?|utf-?8|special char\w{0,6}|emojis?|chinese|accent\w{0,3})\b|\b(?:non-?(?:us-?)?ascii|unicode|umlauts?)\b[^.\n]{0,80}\bmetadata\b/i,
    message: 'metadata outside ASCII is sent in other bytes than were signed.',
  },
  {
    id: 'blanks-in-value',
    about: 'header-value-not-trimmed',
    strength: 'strong',
    match:
      /\b(?:two|double|multiple|consecutive|several|extra) (?:spaces|blanks|whitespaces?)\b|(?:metadata|x-amz-meta-[\w-]{1,40})[^\n]{0,80}["'][^"'\n]{0,80}\S {2,}\S/i,
    message: 'spaces in a row are one space in the canonical headers.',
  },
  {
    id: 'signed-headers-order',
    about: 'headers-not-sorted',
    strength: 'fair',
    match:
      /\b(?:order|sort\w{0,3}|unsorted|alphabet\w{0,8}|(?:at|to) the end|last|appended)\b[^.#(\n]{0,50}\bsigned ?headers?\b|\bsigned ?headers?\b[^.#(\n]{0,50}\b(?:order|sort\w{0,3}|unsorted|alphabet\w{0,8}|at the end)\b|\bheaders? (?:names )?(?:are|is|were) (?:not |un)sorted\b/i,
    message: 'the order of the signed headers is spoken of; they are sorted by name in lower case.',
  },
  {
    id: 'sorted-then-lowered',
    about: 'headers-not-sorted',
    strength: 'strong',
    match:
      /\.sort(?:_by|By|With)?(?:\([^)\n]{0,60}\)|\s?\{[^}\n]{0,60}\})?\s{0,5}\.map\w{0,4}[({\s][^\n]{0,40}(?:downcase|toLowerCase|to_lower|\.lower)/,
    message: 'the names are sorted before they are put into lower case; capitals sort before small letters.',
    needs: SIGNING,
  },
  {
    id: 'header-added-by-option',
    about: 'header.changed',
    strength: 'weak',
    match:
      /--add-header|--header-upload|--metadata-directive|\b(?:Content-?Encoding|contentEncoding|poContent\w{3,12})\b(?!["']?\s{0,3}[:=]\s{0,3}["']?aws-chunked)/i,
    message: 'a header of its own goes with the upload, and has to arrive as it was signed.',
    unless: /<CanonicalRequest>|SignedHeaders=/,
  },
]
