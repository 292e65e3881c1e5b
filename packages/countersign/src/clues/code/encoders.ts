// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of programs
/**
 * Functions that percent-encode, and where they differ from UriEncode of Version 4, which leaves A-Z a-z 0-9 - . _ ~ as they are.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "UriEncode"
 */

import { twins } from '../rule.js'
import { type CodeRule, codeRules } from './code-rule.js'
import { GO, JAVA, NODE, PHP, PYTHON } from './example-code.js'
import { exactly, words } from './pattern.js'
import { SIGNING } from './vocabulary.js'

/** Encoders of forms: a space becomes "+". */
const FORM_ENCODERS = words(
  'quote_plus(, URLEncoder.encode(, WebUtility.UrlEncode(, WebUtility]::UrlEncode(, HttpUtility.UrlEncode(',
  'HttpUtility]::UrlEncode(, url.QueryEscape(, CGI.escape(, encode_www_form, encodeQueryComponent(',
  'EncodingUtil.urlEncode(, URI.encode_query(, form_urlencoded, to_query(',
)
/** What turns that "+" into %20. */
const PLUS_MENDED = /["']\+["']\s{0,5},\s{0,5}["'](?:%20|\\%20)|\/\\\+\/g|\\\+.{0,6}%20|rawurlencode|["']\+["']\s{0,3}:\s{0,3}["']%20|%20/
/** Encoders that leave reserved characters such as "/", ":" and "+" as they are. */
const URL_ENCODERS = words(
  'encodeURI(, Uri.EscapeUriString(, uri]::EscapeUriString(, Uri.encodeFull(, URI.encode(, URI.escape(',
  'url.PathEscape(, urlQueryAllowed, urlHostAllowed, urlPathAllowed, URLQueryAllowedCharacterSet',
)
/** Encoders that leave only ! ' ( ) * as they are. */
const COMPONENT_ENCODERS = words('encodeURIComponent(, Uri.encodeComponent(, querystring.stringify(, uri_escape(')

export const ENCODER_RULES: readonly CodeRule[] = codeRules([
  {
    id: 'encoder-of-forms',
    about: 'query.encoding',
    tags: ['query-plus-and-space-confused'],
    strength: 'strong',
    message: 'This encoder is for forms: a space becomes "+". The canonical query string needs %20.',
    needs: SIGNING,
    ...twins(
      [PHP, "$canonicalQuery = http_build_query($params« → , '', '&', PHP_QUERY_RFC3986»);"],
      [PYTHON, 'canonical_query = urlencode(sorted(params.items())« → , quote_via=quote»)'],
      [PYTHON, 'canonical_query = urllib.parse.urlencode(sorted(pairs)« → , quote_via=quote»)'],
      [JAVA, 'String q = name + "=" + URLEncoder.encode(value, "UTF-8")« → .replace("+", "%20")»;'],
      [GO, 'var canonicalQuery = «values.Encode( → strings.ReplaceAll(values.Encode(), "+", "%20"»)'],
    ),
    idioms: [
      { match: /http_build_query\((?![^;\n]{0,120}RFC3986)/, in: ['php'], unless: PLUS_MENDED },
      {
        match: exactly`(?<![\w.])(?:\w{1,20}\.){0,2}urlencode\((?![^\n]{0,120}quote_via)|${FORM_ENCODERS}|new URLSearchParams\([^\n]{0,60}\)\.toString`,
        unless: PLUS_MENDED,
      },
      { match: /\b(?:values|q|query|params)\.Encode\(\)/, in: ['go'], unless: PLUS_MENDED },
    ],
  },
  {
    id: 'encoder-leaves-reserved',
    about: 'query-encoded-differently',
    strength: 'fair',
    message: 'This encoder leaves reserved characters as they are. The canonical form encodes all but A-Z a-z 0-9 - . _ ~.',
    needs: SIGNING,
    ...twins(
      'import Foundation\nlet canonicalQuery = name.addingPercentEncoding(withAllowedCharacters: «.urlQueryAllowed → unreserved»)',
      [PYTHON, "canonical_query = 'prefix=' + quote(prefix« → , safe=''»)"],
      [NODE, "const canonicalQuery = 'prefix=' + «encodeURI → uriEncode»(prefix)"],
      [GO, 'var q = «url.PathEscape → escapeAll»(name) + hmacOf(name)'],
    ),
    idioms: [
      exactly`\b${URL_ENCODERS}`,
      {
        match: /(?:canonical_?query[^\n]{0,160}|X-Amz-Credential[^\n]{0,60})\bquote\(\s{0,3}[^,()\n]{1,80}\)(?!\s{0,3}\.replace)/,
        in: ['python'],
        unless: /safe\s{0,3}=/,
        message: "quote() leaves '/' as it is. In the query it has to be %2F, which safe='' gives.",
      },
    ],
  },
  {
    id: 'encoder-leaves-five',
    about: 'query-encoded-differently',
    strength: 'weak',
    message: "This encoder leaves ! ' ( ) * as they are. The canonical form encodes them.",
    needs: SIGNING,
    unless: /%2A|\[!\*?'\(\)\*?\]|toString\(16\)/i,
    ...twins([NODE, "const q = encodeURIComponent(name)« → .replace(/[!'()*]/g, hex)»"]),
    idioms: [exactly`\b${COMPONENT_ENCODERS}`],
  },
  {
    id: 'query-encoded-twice',
    about: 'query-encoded-differently',
    strength: 'strong',
    message: 'The values are encoded with rawurlencode, and once more by http_build_query.',
    ...twins([PHP, "$e[$k] = «rawurlencode($v) → $v»;\n$s = http_build_query($e, '', '&', PHP_QUERY_RFC3986);"]),
    idioms: [{ match: /rawurlencode\([\s\S]{1,600}?http_build_query\(/, in: ['php'] }],
  },
])
