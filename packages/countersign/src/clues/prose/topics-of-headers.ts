/**
 * Topics of the headers, as data. A pattern may match code, configuration, logs and sentences alike.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
import { type HintRule, hintRule as rule } from '../rule.js'

const SIGNING = /sign|canonical|x-amz-date|aws4/i

/** Headers: which are signed, how, and what becomes of them. */
export const HEADER_TOPICS: readonly HintRule[] = [
  rule(
    'all-headers',
    'header.changed',
    0.55,
    /\bsign(?:s|ed|ing)? (?:all|every)(?: (?:of|the|request)){0,3} headers?\b|\ball (?:the )?(?:request )?headers (?:are |get )?signed|\bsign(?:s|ed|ing)?\b[^.\n]{0,60}\b(?:via|x-forwarded-\w{2,6}|user-agent|accept-encoding)\b/i,
    'headers are signed that hops on the way add to or rewrite.',
  ),
  rule(
    'signed-and-behind-cdn',
    'header-changed-in-transit',
    0.56,
    /SignedHeaders=[\w;%-]{0,300}accept-encoding/i,
    'accept-encoding is signed, and the request came through a content delivery network, which sets it anew.',
    { needs: /cf-ray|cdn-loop|cloudflare|x-amz-cf-id|fastly|akamai/i },
  ),
  rule(
    'replaced-after-canonical',
    'header.changed',
    0.55,
    /\bafter\b[^.\n]{0,30}\b(?:canonical request|signing|signature|(?:it|request) (?:was|is|has been) signed)\b/i,
    'something is changed after the request was signed.',
    { needs: /header|content-type|user-agent|accept|x-amz/i },
  ),
  rule(
    'header-line-repeated',
    'header-repeated-wrongly',
    0.5,
    /\b(x-amz-[\w-]{1,40}): ?([^\n]{1,120})\n[^\n]{0,80}\1: ?\2/i,
    'one header is sent more than once.',
  ),
  rule(
    'headers-taken-over',
    'header.changed',
    0.5,
    /headers\s{0,3}[:=]\s{0,3}(?:dict\(|\{\s{0,3}\.\.\.|Object\.assign\(\{\},)\s{0,3}(?:\w{1,20}\.)?(?:request|req|event|r)\.headers/i,
    'all headers of a request are taken over into the one that is signed; hops on the way rewrite some of them.',
    { needs: /SigV4|aws4|\.sign\(|AWSRequest/ },
  ),
  rule(
    'metadata-not-ascii',
    'header-changed-in-transit',
    0.6,
    /(?:metadata|x-amz-meta-[\w-]{1,40})[^\n]{0,120}[\x80-\xff]/i,
    'a metadata value holds characters outside ASCII, which are sent in other bytes than were signed.',
  ),
  rule(
    'metadata-said',
    'header-changed-in-transit',
    0.5,
    /\bmetadata\b[^.\n]{0,100}\b(?:non-?(?:us-?)?ascii|unicode|umlauts?|utf-?8|special char\w{0,6}|emojis?|chinese|accent\w{0,3})\b|\b(?:non-?(?:us-?)?ascii|unicode|umlauts?)\b[^.\n]{0,80}\bmetadata\b/i,
    'metadata outside ASCII is sent in other bytes than were signed.',
  ),
  rule(
    'blanks-in-value',
    'header-value-not-trimmed',
    0.62,
    /\b(?:two|double|multiple|consecutive|several|extra) (?:spaces|blanks|whitespaces?)\b|(?:metadata|x-amz-meta-[\w-]{1,40})[^\n]{0,80}["'][^"'\n]{0,80}\S {2,}\S/i,
    'spaces in a row are one space in the canonical headers.',
  ),
  rule(
    'signed-headers-order',
    'headers-not-sorted',
    0.56,
    /\b(?:order|sort\w{0,3}|unsorted|alphabet\w{0,8}|(?:at|to) the end|last|appended)\b[^.#(\n]{0,50}\bsigned ?headers?\b|\bsigned ?headers?\b[^.#(\n]{0,50}\b(?:order|sort\w{0,3}|unsorted|alphabet\w{0,8}|at the end)\b|\bheaders? (?:names )?(?:are|is|were) (?:not |un)sorted\b/i,
    'the order of the signed headers is spoken of; they are sorted by name in lower case.',
  ),
  rule(
    'sorted-then-lowered',
    'headers-not-sorted',
    0.65,
    /\.sort(?:_by|By|With)?(?:\([^)\n]{0,60}\)|\s?\{[^}\n]{0,60}\})?\s{0,5}\.map\w{0,4}[({\s][^\n]{0,40}(?:downcase|toLowerCase|to_lower|\.lower)/,
    'the names are sorted before they are put into lower case; capitals sort before small letters.',
    { needs: SIGNING },
  ),
  rule(
    'header-added-by-option',
    'header.changed',
    0.36,
    /--add-header|--header-upload|--metadata-directive|\b(?:Content-?Encoding|contentEncoding|poContent\w{3,12})\b(?!["']?\s{0,3}[:=]\s{0,3}["']?aws-chunked)/i,
    'a header of its own goes with the upload, and has to arrive as it was signed.',
    { unless: /<CanonicalRequest>|SignedHeaders=/ },
  ),
]
