/**
 * Marks in code: the path and the query.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "UriEncode"
 */
import { type CodeRule, SIGNING } from './code-rule.js'

const QUERY = 'query-encoded-differently'
const PLUS_MENDED = /["']\+["']\s{0,5},\s{0,5}["'](?:%20|\\%20)|\/\\\+\/g|\\\+.{0,6}%20|rawurlencode|["']\+["']\s{0,3}:\s{0,3}["']%20|%20/

/** Encoders that are not the one of SigV4. */
export const ENCODER_MARKS: readonly CodeRule[] = [
  {
    id: 'encoded-then-built',
    about: QUERY,
    strength: 'strong',
    match: /rawurlencode\([\s\S]{1,600}?http_build_query\(/,
    message: 'the values are encoded with rawurlencode and once more by http_build_query.',
    in: ['php'],
  },
  {
    id: 'build-query-form',
    about: QUERY,
    strength: 'strong',
    match: /http_build_query\((?![^;\n]{0,120}RFC3986)/,
    message: 'http_build_query writes a space as "+"; the canonical query string needs %20.',
    needs: SIGNING,
    in: ['php'],
    unless: PLUS_MENDED,
  },
  {
    id: 'lower-case-hex',
    about: QUERY,
    strength: 'strong',
    match: /HttpUtility\]?(?:\.|::)UrlEncode\(/,
    message: 'HttpUtility.UrlEncode writes lower-case hex (%2f) and "+" for a space; the canonical form has %2F and %20.',
    needs: SIGNING,
    unless: /ToUpper|Regex\.Replace/,
  },
  {
    id: 'form-encoding',
    about: QUERY,
    strength: 'strong',
    match:
      /\bquote_plus\(|\burlencode\((?![^\n]{0,120}quote_via)|URLEncoder\.encode\(|(?<!Http)WebUtility\]?(?:\.|::)UrlEncode\(|url\.QueryEscape\(|CGI\.escape\(|encode_www_form|encodeQueryComponent\(|(?<![\w.])urlencode\(|EncodingUtil\.urlEncode\(|TNetEncoding\.URL\.Encode\(|TIdURI\.ParamsEncode|URI\.encode_query\(|URI\.encode_www_form|form_urlencoded|new URLSearchParams\([^\n]{0,60}\)\.toString|\bto_query\b|uri_string:compose_query/,
    message: 'this encoder is for forms: a space becomes "+", and other characters differ from the canonical form.',
    needs: SIGNING,
    unless: PLUS_MENDED,
  },
  {
    id: 'values-encode',
    about: QUERY,
    strength: 'fair',
    match: /\b(?:values|q|query|params)\.Encode\(\)/,
    message: 'Encode() writes a space as "+"; the canonical query string needs %20.',
    needs: SIGNING,
    in: ['go'],
    unless: PLUS_MENDED,
  },
  {
    id: 'reserved-left',
    about: QUERY,
    strength: 'strong',
    match: /urlQueryAllowed|urlHostAllowed|urlPathAllowed|URLQueryAllowedCharacterSet/,
    message: 'this set of characters leaves "/", ":", "+" and others as they are; the canonical form encodes all but A-Z a-z 0-9 - . _ ~.',
    needs: SIGNING,
  },
  {
    id: 'encode-uri',
    about: QUERY,
    strength: 'fair',
    match:
      /\bencodeURI\(|(?:Uri|uri\])(?:\.|::)EscapeUriString\(|Uri\.encodeFull\(|\bURI\.(?:encode|escape)\(|(?<![\w.])URLencode\([^\n)]{0,60}(?<!TRUE)\)/,
    message: 'this encoder leaves reserved characters as they are; the canonical form encodes all but A-Z a-z 0-9 - . _ ~.',
    needs: SIGNING,
    unless: /reserved\s{0,3}=\s{0,3}T/,
  },
  {
    id: 'escape',
    about: QUERY,
    strength: 'strong',
    match: /(?<![\w.])escape\(/,
    message: 'escape() writes %uXXXX and leaves "/", "+", "@" and "*" as they are.',
    needs: SIGNING,
    in: ['javascript'],
  },
  {
    id: 'quote-keeps-slash',
    about: QUERY,
    strength: 'fair',
    match:
      /canonical_?query[^\n]{0,160}\bquote\(\s{0,3}[^,()\n]{1,60}\)(?!\s{0,3}\.replace)|X-Amz-Credential[^\n]{0,60}\bquote\(\s{0,3}[^,()\n]{1,80}\)/,
    message: "quote() leaves '/' as it is; in the query it has to be %2F, which safe='' gives.",
    in: ['python'],
    unless: /safe\s{0,3}=/,
  },
  {
    id: 'path-escape',
    about: QUERY,
    strength: 'fair',
    match: /url\.PathEscape\(/,
    message: 'PathEscape leaves : @ & = + $ as they are; the canonical form encodes them.',
    needs: SIGNING,
    in: ['go'],
  },
  {
    id: 'encode-component',
    about: QUERY,
    strength: 'weak',
    match: /\bencodeURIComponent\(|Uri\.encodeComponent\(|querystring\.stringify\(|\buri_escape\(/,
    message: "this encoder leaves ! ' ( ) * as they are; the canonical form encodes them.",
    needs: SIGNING,
    unless: /%2A|\[!'\(\)\*\]|\[!\*'\(\)\]|toString\(16\)/,
  },
]

/** The query. */
export const QUERY_MARKS: readonly CodeRule[] = [
  {
    id: 'credential-slash',
    about: QUERY,
    strength: 'strong',
    match:
      /X-Amz-Credential=(?!\s)(?!(?:["'`]\s{0,3}[+.&]{1,2}\s{0,3}|[$#]?\{|\\\()?(?:await )?[$\w.:>\\-]{1,40}\()(?:(?!\bAWS4)[^\n&%]){0,90}?(?:\/(?!\s{0,3}g\b)|\bscope\b|credential_?scope)(?:(?!%2F|encode|escape|quote|replace)[^\n]){0,160}$/im,
    message: 'the slashes of X-Amz-Credential stand in the query as they are; in the canonical query string they are %2F.',
    unless:
      /Credential=[^\n]{0,120}(?:%2F|encode|escape|quote)|gsub|(?:quote|encode\w{0,20}|escape|rawurlencode)\(\s{0,3}\$?(?:credential|x_?amz_?credential)|AWS4-HMAC-SHA256 Credential=/i,
  },
  {
    id: 'decoded-before-split',
    about: QUERY,
    strength: 'strong',
    match:
      /(?:URLDecoder\.decode|unquote(?:_plus)?|urldecode|decodeURIComponent|UrlDecode|unescape)\(\s{0,5}\$?[\w.]{0,40}(?:query|search|qs|uri|url)\w{0,20}(?:\(\))?[^\n]{0,60}(?:\)\s{0,5}\.?\s{0,5}(?:split|explode)|\n[^\n]{0,120}(?:split|explode))/i,
    message: 'the query is decoded before it is split, so an encoded "&" or "=" separates.',
  },
  {
    id: 'java-get-query',
    about: QUERY,
    strength: 'fair',
    match: /\.getQuery\(\)/,
    message: 'getQuery() gives the query decoded; an encoded "&", "=" or "+" in it is lost.',
    needs: SIGNING,
    unless: /getRawQuery/,
  },
  {
    id: 'raw-query-unsorted',
    about: 'query-not-sorted',
    strength: 'fair',
    match: /canonical_?query\w{0,20}\s{0,5}:?=\s{0,5}[^\n]{0,60}(?:\.search\b|\.RawQuery\b|\.query\b|QUERY_STRING|getRawQuery|\.Query\b)/i,
    message: 'the query is signed in the order of the URL; the canonical query string is sorted by name.',
    unless: /sort/i,
  },
  {
    id: 'query-joined-unsorted',
    about: 'query-not-sorted',
    strength: 'fair',
    match:
      /canonical_?query\w{0,20}\s{0,5}:?=\s{0,5}[^\n]{0,100}(?:http_build_query\(|urlencode\(|\.items\(\)|Object\.(?:keys|entries)\(|array_keys|\.entrySet\(|join\(|implode\()/i,
    message: 'nothing sorts the parameters; the canonical query string is sorted by name.',
    unless: /sort|TreeMap|SortedDictionary|OrderBy|BTreeMap|SplayTree|\.Encode\(\)/i,
  },
  {
    id: 'query-literal-plus',
    about: QUERY,
    strength: 'strong',
    match: /["'`]https?:\/\/[^"'`\s?]{1,200}\?[^"'`\s]{0,200}\+/,
    message: 'the query of the URL holds "+"; the canonical query string needs %2B for it, or %20 where it is meant as a space.',
    needs: /sign/i,
  },
  {
    id: 'query-value-with-blank',
    about: QUERY,
    strength: 'strong',
    match: /canonical_?query\w{0,20}\s{0,5}:?=\s{0,5}["'`][^"'`\n]{0,200}=[^"'`\n&=]{0,80}[ :/,@][^"'`\n]{0,120}["'`]/i,
    message: 'the canonical query string holds a character that has to be percent-encoded.',
  },
  {
    id: 'query-left-empty',
    about: 'query-changed-in-transit',
    strength: 'strong',
    match: /canonical_?query\w{0,20}\s{0,5}(?::?=|<-)\s{0,5}(?:""|''|``)\s{0,5}(?:;|$)/im,
    message: 'the canonical query string is left empty, and the URL has parameters.',
    needs:
      /\b(?:requests|axios|httpx|session)\.\w{3,7}\([^\n]{0,200}\bparams\b|["'`]https?:\/\/[^"'`\s?]{1,200}\?[\w.-]{1,60}=|["'`][^"'`\n]{0,80}\/[^"'`\n?]{0,80}\?[\w.-]{1,60}=|["'`]\?["'`]\s{0,3}[+.&]|\?(?:\$\{|\{)\w{0,20}(?:query|params|search)/i,
  },
  {
    id: 'query-in-path',
    about: 'query-changed-in-transit',
    strength: 'strong',
    match:
      /canonical_?(?:uri|path|resource)\w{0,10}\s{0,5}(?::?=|<-)\s{0,5}["'`][^"'`\n]{0,200}\?[\w.-]{1,60}=|["'`](?:GET|POST|PUT|DELETE|HEAD)(?:\\n|["'`]\s{0,3}[+.&]\s{0,3}["'`]\\n["'`]\s{0,3}[+.&]\s{0,3}["'`])\/[^"'`\n\\]{0,200}\?[\w.-]{1,60}=/i,
    message: 'the query stands on the line of the path; it has a line of its own, without the "?".',
  },
  {
    id: 'query-with-question-mark',
    about: 'query-changed-in-transit',
    strength: 'strong',
    match:
      /canonical_?query\w{0,20}\s{0,5}(?::?=|<-)\s{0,5}(?:["'`]\?[\w${]|(?:new )?\w{0,10}(?:url|uri|location|parsed)\w{0,10}\.search\b(?!\w|\.(?:slice|sub|replace)))/i,
    message: 'the canonical query string starts with "?", which does not belong to it.',
  },
]

/** The path. */
export const PATH_MARKS: readonly CodeRule[] = [
  {
    id: 'path-reserved',
    about: 'path-not-encoded',
    strength: 'strong',
    match:
      /["'`]https?:\/\/(?!s3[.-])(?![^"'`\s/]{0,100}\.s3[.-])[^"'`\s/:]{1,160}amazonaws\.com(?::\d+)?\/[^"'`\s?#]{0,300}[:*!()@,+=][^"'`\s]{0,200}["'`]/,
    message: 'the path of the URL holds a reserved character, which the canonical URI must hold percent-encoded.',
    unless: /\bboto3\b|@aws-sdk\/client|software\.amazon\.awssdk\.services/,
  },
  {
    id: 'path-with-blank',
    about: 'path-not-encoded',
    strength: 'strong',
    match: /canonical_?(?:uri|path)\w{0,10}\s{0,5}(?::?=|<-)\s{0,5}["'`]\/[^"'`\n?]{0,120}[^"'`\n?] [^"'`\n?]{1,120}["'`]/i,
    message: 'the canonical URI holds a space, which has to be %20.',
  },
  {
    id: 'path-signed-plain',
    about: 'path-not-encoded',
    strength: 'strong',
    match:
      /canonical_?(?:uri|path)\w{0,10}\s{0,5}(?::?=|<-)\s{0,5}["'`]\/(?:["'`]\s{0,3}[+.&]{1,2}\s{0,3}[$@]?\w{1,30}|\$?\{\w{1,30}\}["'`])\s{0,3}(?:;|$)/im,
    message: 'the key is signed as it is, and sent percent-encoded.',
    needs:
      /(?:encodeURI\w{0,10}|quote|rawurlencode|EscapeDataString|EscapeUriString|url_encode|PathEscape|URLEncoder\.encode)\(\s{0,3}[$@]?\w{0,20}(?:key|path|name|object|file)\w{0,10}\s{0,3}[,)]/i,
  },
  {
    id: 'path-whole-encoded',
    about: 'path-encoded-differently',
    strength: 'strong',
    match:
      /canonical_?(?:uri|path)\w{0,10}\s{0,5}(?::?=|<-)\s{0,5}(?:["'`]\/["'`]\s{0,3}[+.&]\s{0,3})?(?:encodeURIComponent|rawurlencode|urlencode|quote_plus|URLEncoder\.encode|url\.QueryEscape|CGI\.escape|(?:Uri|\[uri\]::)\.?EscapeDataString)\(\s{0,3}(?:[$@]?\w{0,20}(?:path|uri|key|object|name)\w{0,10}\s{0,3}[,)]|["'`]\/)/i,
    message: 'the whole path is encoded as one piece, its slashes too; each piece between the slashes is encoded by itself.',
    unless: /%2F["'`]\s{0,3},\s{0,3}["'`]\/|%2F\/g/i,
  },
  {
    id: 'path-joined-then-encoded',
    about: 'path-encoded-differently',
    strength: 'strong',
    match:
      /\b(?:path|uri)\w{0,6}\s{0,5}:?=\s{0,5}(?:["'`]\/["'`]\s{0,3}[+.&]{1,2}\s{0,3})?(?:encodeURIComponent|rawurlencode|urlencode|quote_plus|URLEncoder\.encode|url\.QueryEscape|CGI\.escape)\([^()\n]{0,80}["'`]\/["'`]/,
    message: 'the whole path is encoded as one piece, its slashes too; each piece between the slashes is encoded by itself.',
  },
  {
    id: 'path-empty',
    about: 'path-not-encoded',
    strength: 'fair',
    match: /canonical_?(?:uri|path)\w{0,10}\s{0,5}(?::?=|<-)\s{0,5}(?:""|'')\s{0,5}(?:;|$)/im,
    message: 'the canonical URI is left empty; an empty path is signed as "/".',
  },
  {
    id: 'path-without-slash',
    about: 'path-rewritten',
    strength: 'strong',
    match:
      /canonical_?(?:uri|path)\w{0,10}\s{0,5}(?::?=|<-)\s{0,5}["'](?!https?:)[a-zA-Z0-9][\w.-]{0,60}(?:\/[^"'\n]{0,100})?["']\s{0,3}(?:;|$)/im,
    message: 'the canonical URI does not start with "/".',
  },
  {
    id: 'path-is-url',
    about: 'path-rewritten',
    strength: 'strong',
    match: /canonical_?(?:uri|path)\w{0,10}\s{0,5}(?::?=|<-)\s{0,5}["'`]https?:\/\//i,
    message: 'the canonical URI is a whole URL; it is the path only.',
  },
  {
    id: 'path-cleaned',
    about: 'path-normalized',
    strength: 'fair',
    match: /(?:path|posixpath|filepath)\.(?:normalize|normpath|Clean|join|Join)\(|\.normalize\(\)/,
    message: 'the path is normalized before it is signed; S3 keys keep "//" and "..".',
    needs: /canonical|AWS4-HMAC/i,
  },
  {
    id: 'encoded-twice',
    about: 'path-encoded-twice',
    strength: 'strong',
    match:
      /(?:quote|encodeURIComponent|rawurlencode|uri_?encode)\(\s{0,3}(?:[\w.]{1,20}\.)?(?:quote|encodeURIComponent|rawurlencode|uri_?encode)\(/i,
    message: 'the value is encoded twice; S3 encodes the path once.',
  },
  {
    id: 'bucket-with-slash',
    about: 'path.encoding',
    strength: 'fair',
    match: /\bbucket(?:_?name)?["']?\)?\s{0,5}(?:[:=(]|=>)\s{0,5}["'](?:\/[\w.-]{1,63}|[\w.-]{1,63}\/[\w./-]{0,200})["']/i,
    message: 'the bucket name holds a slash, which is signed as %2F or moves part of the key.',
  },
  {
    id: 'default-port',
    about: 'host-port-changed',
    strength: 'strong',
    match: /["'`](?:https:\/\/[^"'`\s/:]{1,200}:443|http:\/\/[^"'`\s/:]{1,200}:80)(?=["'`/])/,
    message: 'the endpoint names the default port, which the HTTP library leaves out of Host and the signer keeps.',
  },
]
