/**
 * Marks in code: the path and the query.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "UriEncode"
 */
import { rule, SIGNING } from './signer-code-rule.js'

const QUERY = 'query-encoded-differently'
const PLUS_MENDED = /["']\+["']\s{0,5},\s{0,5}["'](?:%20|\\%20)|\/\\\+\/g|\\\+.{0,6}%20|rawurlencode|["']\+["']\s{0,3}:\s{0,3}["']%20|%20/

/** Encoders that are not the one of SigV4. */
export const ENCODER_MARKS = [
  rule(
    'encoded-then-built',
    QUERY,
    0.88,
    /rawurlencode\([\s\S]{1,600}?http_build_query\(/,
    'the values are encoded with rawurlencode and once more by http_build_query.',
    { in: ['php'] },
  ),
  rule(
    'build-query-form',
    QUERY,
    0.62,
    /http_build_query\((?![^;\n]{0,120}RFC3986)/,
    'http_build_query writes a space as "+"; the canonical query string needs %20.',
    { needs: SIGNING, in: ['php'], unless: PLUS_MENDED },
  ),
  rule(
    'lower-case-hex',
    QUERY,
    0.72,
    /HttpUtility\]?(?:\.|::)UrlEncode\(/,
    'HttpUtility.UrlEncode writes lower-case hex (%2f) and "+" for a space; the canonical form has %2F and %20.',
    { needs: SIGNING, unless: /ToUpper|Regex\.Replace/ },
  ),
  rule(
    'form-encoding',
    QUERY,
    0.65,
    /\bquote_plus\(|\burlencode\((?![^\n]{0,120}quote_via)|URLEncoder\.encode\(|(?<!Http)WebUtility\]?(?:\.|::)UrlEncode\(|url\.QueryEscape\(|CGI\.escape\(|encode_www_form|encodeQueryComponent\(|(?<![\w.])urlencode\(|EncodingUtil\.urlEncode\(|TNetEncoding\.URL\.Encode\(|TIdURI\.ParamsEncode|URI\.encode_query\(|URI\.encode_www_form|form_urlencoded|new URLSearchParams\([^\n]{0,60}\)\.toString|\bto_query\b|uri_string:compose_query/,
    'this encoder is for forms: a space becomes "+", and other characters differ from the canonical form.',
    { needs: SIGNING, unless: PLUS_MENDED },
  ),
  rule(
    'values-encode',
    QUERY,
    0.5,
    /\b(?:values|q|query|params)\.Encode\(\)/,
    'Encode() writes a space as "+"; the canonical query string needs %20.',
    { needs: SIGNING, in: ['go'], unless: PLUS_MENDED },
  ),
  rule(
    'reserved-left',
    QUERY,
    0.62,
    /urlQueryAllowed|urlHostAllowed|urlPathAllowed|URLQueryAllowedCharacterSet/,
    'this set of characters leaves "/", ":", "+" and others as they are; the canonical form encodes all but A-Z a-z 0-9 - . _ ~.',
    { needs: SIGNING },
  ),
  rule(
    'encode-uri',
    QUERY,
    0.6,
    /\bencodeURI\(|(?:Uri|uri\])(?:\.|::)EscapeUriString\(|Uri\.encodeFull\(|\bURI\.(?:encode|escape)\(|(?<![\w.])URLencode\([^\n)]{0,60}(?<!TRUE)\)/,
    'this encoder leaves reserved characters as they are; the canonical form encodes all but A-Z a-z 0-9 - . _ ~.',
    { needs: SIGNING, unless: /reserved\s{0,3}=\s{0,3}T/ },
  ),
  rule('escape', QUERY, 0.72, /(?<![\w.])escape\(/, 'escape() writes %uXXXX and leaves "/", "+", "@" and "*" as they are.', {
    needs: SIGNING,
    in: ['javascript'],
  }),
  rule(
    'quote-keeps-slash',
    QUERY,
    0.5,
    /canonical_?query[^\n]{0,160}\bquote\(\s{0,3}[^,()\n]{1,60}\)(?!\s{0,3}\.replace)|X-Amz-Credential[^\n]{0,60}\bquote\(\s{0,3}[^,()\n]{1,80}\)/,
    "quote() leaves '/' as it is; in the query it has to be %2F, which safe='' gives.",
    { in: ['python'], unless: /safe\s{0,3}=/ },
  ),
  rule('path-escape', QUERY, 0.4, /url\.PathEscape\(/, 'PathEscape leaves : @ & = + $ as they are; the canonical form encodes them.', {
    needs: SIGNING,
    in: ['go'],
  }),
  rule(
    'encode-component',
    QUERY,
    0.3,
    /\bencodeURIComponent\(|Uri\.encodeComponent\(|querystring\.stringify\(|\buri_escape\(/,
    "this encoder leaves ! ' ( ) * as they are; the canonical form encodes them.",
    { needs: SIGNING, unless: /%2A|\[!'\(\)\*\]|\[!\*'\(\)\]|toString\(16\)/ },
  ),
]

/** The query. */
export const QUERY_MARKS = [
  rule(
    'credential-slash',
    QUERY,
    0.85,
    /X-Amz-Credential=(?!\s)(?!(?:["'`]\s{0,3}[+.&]{1,2}\s{0,3}|[$#]?\{|\\\()?(?:await )?[$\w.:>\\-]{1,40}\()(?:(?!\bAWS4)[^\n&%]){0,90}?(?:\/(?!\s{0,3}g\b)|\bscope\b|credential_?scope)(?:(?!%2F|encode|escape|quote|replace)[^\n]){0,160}$/im,
    'the slashes of X-Amz-Credential stand in the query as they are; in the canonical query string they are %2F.',
    {
      unless:
        /Credential=[^\n]{0,120}(?:%2F|encode|escape|quote)|gsub|(?:quote|encode\w{0,20}|escape|rawurlencode)\(\s{0,3}\$?(?:credential|x_?amz_?credential)|AWS4-HMAC-SHA256 Credential=/i,
    },
  ),
  rule(
    'decoded-before-split',
    QUERY,
    0.78,
    /(?:URLDecoder\.decode|unquote(?:_plus)?|urldecode|decodeURIComponent|UrlDecode|unescape)\(\s{0,5}\$?[\w.]{0,40}(?:query|search|qs|uri|url)\w{0,20}(?:\(\))?[^\n]{0,60}(?:\)\s{0,5}\.?\s{0,5}(?:split|explode)|\n[^\n]{0,120}(?:split|explode))/i,
    'the query is decoded before it is split, so an encoded "&" or "=" separates.',
  ),
  rule('java-get-query', QUERY, 0.5, /\.getQuery\(\)/, 'getQuery() gives the query decoded; an encoded "&", "=" or "+" in it is lost.', {
    needs: SIGNING,
    unless: /getRawQuery/,
  }),
  rule(
    'raw-query-unsorted',
    'query-not-sorted',
    0.5,
    /canonical_?query\w{0,20}\s{0,5}:?=\s{0,5}[^\n]{0,60}(?:\.search\b|\.RawQuery\b|\.query\b|QUERY_STRING|getRawQuery|\.Query\b)/i,
    'the query is signed in the order of the URL; the canonical query string is sorted by name.',
    { unless: /sort/i },
  ),
  rule(
    'query-joined-unsorted',
    'query-not-sorted',
    0.55,
    /canonical_?query\w{0,20}\s{0,5}:?=\s{0,5}[^\n]{0,100}(?:http_build_query\(|urlencode\(|\.items\(\)|Object\.(?:keys|entries)\(|array_keys|\.entrySet\(|join\(|implode\()/i,
    'nothing sorts the parameters; the canonical query string is sorted by name.',
    { unless: /sort|TreeMap|SortedDictionary|OrderBy|BTreeMap|SplayTree|\.Encode\(\)/i },
  ),
  rule(
    'query-literal-plus',
    QUERY,
    0.65,
    /["'`]https?:\/\/[^"'`\s?]{1,200}\?[^"'`\s]{0,200}\+/,
    'the query of the URL holds "+"; the canonical query string needs %2B for it, or %20 where it is meant as a space.',
    { needs: /sign/i },
  ),
  rule(
    'query-value-with-blank',
    QUERY,
    0.82,
    /canonical_?query\w{0,20}\s{0,5}:?=\s{0,5}["'`][^"'`\n]{0,200}=[^"'`\n&=]{0,80}[ :/,@][^"'`\n]{0,120}["'`]/i,
    'the canonical query string holds a character that has to be percent-encoded.',
  ),
  rule(
    'query-left-empty',
    'query-changed-in-transit',
    0.78,
    /canonical_?query\w{0,20}\s{0,5}(?::?=|<-)\s{0,5}(?:""|''|``)\s{0,5}(?:;|$)/im,
    'the canonical query string is left empty, and the URL has parameters.',
    {
      needs:
        /\b(?:requests|axios|httpx|session)\.\w{3,7}\([^\n]{0,200}\bparams\b|["'`]https?:\/\/[^"'`\s?]{1,200}\?[\w.-]{1,60}=|["'`][^"'`\n]{0,80}\/[^"'`\n?]{0,80}\?[\w.-]{1,60}=|["'`]\?["'`]\s{0,3}[+.&]|\?(?:\$\{|\{)\w{0,20}(?:query|params|search)/i,
    },
  ),
  rule(
    'query-in-path',
    'query-changed-in-transit',
    0.82,
    /canonical_?(?:uri|path|resource)\w{0,10}\s{0,5}(?::?=|<-)\s{0,5}["'`][^"'`\n]{0,200}\?[\w.-]{1,60}=|["'`](?:GET|POST|PUT|DELETE|HEAD)(?:\\n|["'`]\s{0,3}[+.&]\s{0,3}["'`]\\n["'`]\s{0,3}[+.&]\s{0,3}["'`])\/[^"'`\n\\]{0,200}\?[\w.-]{1,60}=/i,
    'the query stands on the line of the path; it has a line of its own, without the "?".',
  ),
  rule(
    'query-with-question-mark',
    'query-changed-in-transit',
    0.75,
    /canonical_?query\w{0,20}\s{0,5}(?::?=|<-)\s{0,5}(?:["'`]\?[\w${]|(?:new )?\w{0,10}(?:url|uri|location|parsed)\w{0,10}\.search\b(?!\w|\.(?:slice|sub|replace)))/i,
    'the canonical query string starts with "?", which does not belong to it.',
  ),
]

/** The path. */
export const PATH_MARKS = [
  rule(
    'path-reserved',
    'path-not-encoded',
    0.8,
    /["'`]https?:\/\/(?!s3[.-])(?![^"'`\s/]{0,100}\.s3[.-])[^"'`\s/:]{1,160}amazonaws\.com(?::\d+)?\/[^"'`\s?#]{0,300}[:*!()@,+=][^"'`\s]{0,200}["'`]/,
    'the path of the URL holds a reserved character, which the canonical URI must hold percent-encoded.',
    { unless: /\bboto3\b|@aws-sdk\/client|software\.amazon\.awssdk\.services/ },
  ),
  rule(
    'path-with-blank',
    'path-not-encoded',
    0.82,
    /canonical_?(?:uri|path)\w{0,10}\s{0,5}(?::?=|<-)\s{0,5}["'`]\/[^"'`\n?]{0,120}[^"'`\n?] [^"'`\n?]{1,120}["'`]/i,
    'the canonical URI holds a space, which has to be %20.',
  ),
  rule(
    'path-signed-plain',
    'path-not-encoded',
    0.72,
    /canonical_?(?:uri|path)\w{0,10}\s{0,5}(?::?=|<-)\s{0,5}["'`]\/(?:["'`]\s{0,3}[+.&]{1,2}\s{0,3}[$@]?\w{1,30}|\$?\{\w{1,30}\}["'`])\s{0,3}(?:;|$)/im,
    'the key is signed as it is, and sent percent-encoded.',
    {
      needs:
        /(?:encodeURI\w{0,10}|quote|rawurlencode|EscapeDataString|EscapeUriString|url_encode|PathEscape|URLEncoder\.encode)\(\s{0,3}[$@]?\w{0,20}(?:key|path|name|object|file)\w{0,10}\s{0,3}[,)]/i,
    },
  ),
  rule(
    'path-whole-encoded',
    'path-encoded-differently',
    0.8,
    /canonical_?(?:uri|path)\w{0,10}\s{0,5}(?::?=|<-)\s{0,5}(?:["'`]\/["'`]\s{0,3}[+.&]\s{0,3})?(?:encodeURIComponent|rawurlencode|urlencode|quote_plus|URLEncoder\.encode|url\.QueryEscape|CGI\.escape|(?:Uri|\[uri\]::)\.?EscapeDataString)\(\s{0,3}(?:[$@]?\w{0,20}(?:path|uri|key|object|name)\w{0,10}\s{0,3}[,)]|["'`]\/)/i,
    'the whole path is encoded as one piece, its slashes too; each piece between the slashes is encoded by itself.',
    { unless: /%2F["'`]\s{0,3},\s{0,3}["'`]\/|%2F\/g/i },
  ),
  rule(
    'path-joined-then-encoded',
    'path-encoded-differently',
    0.75,
    /\b(?:path|uri)\w{0,6}\s{0,5}:?=\s{0,5}(?:["'`]\/["'`]\s{0,3}[+.&]{1,2}\s{0,3})?(?:encodeURIComponent|rawurlencode|urlencode|quote_plus|URLEncoder\.encode|url\.QueryEscape|CGI\.escape)\([^()\n]{0,80}["'`]\/["'`]/,
    'the whole path is encoded as one piece, its slashes too; each piece between the slashes is encoded by itself.',
  ),
  rule(
    'path-empty',
    'path-not-encoded',
    0.6,
    /canonical_?(?:uri|path)\w{0,10}\s{0,5}(?::?=|<-)\s{0,5}(?:""|'')\s{0,5}(?:;|$)/im,
    'the canonical URI is left empty; an empty path is signed as "/".',
  ),
  rule(
    'path-without-slash',
    'path-rewritten',
    0.72,
    /canonical_?(?:uri|path)\w{0,10}\s{0,5}(?::?=|<-)\s{0,5}["'](?!https?:)[a-zA-Z0-9][\w.-]{0,60}(?:\/[^"'\n]{0,100})?["']\s{0,3}(?:;|$)/im,
    'the canonical URI does not start with "/".',
  ),
  rule(
    'path-is-url',
    'path-rewritten',
    0.85,
    /canonical_?(?:uri|path)\w{0,10}\s{0,5}(?::?=|<-)\s{0,5}["'`]https?:\/\//i,
    'the canonical URI is a whole URL; it is the path only.',
  ),
  rule(
    'path-cleaned',
    'path-normalized',
    0.55,
    /(?:path|posixpath|filepath)\.(?:normalize|normpath|Clean|join|Join)\(|\.normalize\(\)/,
    'the path is normalized before it is signed; S3 keys keep "//" and "..".',
    { needs: /canonical|AWS4-HMAC/i },
  ),
  rule(
    'encoded-twice',
    'path-encoded-twice',
    0.72,
    /(?:quote|encodeURIComponent|rawurlencode|uri_?encode)\(\s{0,3}(?:[\w.]{1,20}\.)?(?:quote|encodeURIComponent|rawurlencode|uri_?encode)\(/i,
    'the value is encoded twice; S3 encodes the path once.',
  ),
  rule(
    'bucket-with-slash',
    'path.encoding',
    0.6,
    /\bbucket(?:_?name)?["']?\)?\s{0,5}(?:[:=(]|=>)\s{0,5}["'](?:\/[\w.-]{1,63}|[\w.-]{1,63}\/[\w./-]{0,200})["']/i,
    'the bucket name holds a slash, which is signed as %2F or moves part of the key.',
  ),
  rule(
    'default-port',
    'host-port-changed',
    0.75,
    /["'`](?:https:\/\/[^"'`\s/:]{1,200}:443|http:\/\/[^"'`\s/:]{1,200}:80)(?=["'`/])/,
    'the endpoint names the default port, which the HTTP library leaves out of Host and the signer keeps.',
  ),
]
