/** Words of code that signs, as sources of patterns: the names that programs and documentation give things, and functions of libraries. */
import { oneOf, source, words } from './pattern.js'

/** An assignment: `=`, `:=`, `<-`, `As String =`. */
export const IS = String.raw`(?:\s{1,3}As String)?\s{0,5}(?::?=|<-)\s{0,5}`
/** An assignment, or the body of a function of this name that returns at once. */
export const GIVES = String.raw`(?:${IS}|\s?\([^()\n]{0,100}\)[^\n=]{0,60}\s{1,20}return\s{1,3}\(?)`
/** An assignment, an argument's label or a member: `=`, `:`, `=>`. */
export const SET = String.raw`["'\]]{0,3}\s{0,5}(?::?=>?|<-|:|,)\s{0,5}`
/** Text joined to text: `+`, `.`, `&`, `..`. */
export const JOINED = String.raw`\s{0,3}[+.&]{1,2}\s{0,3}`
/** A line feed as code writes it. */
export const LINE_FEED = String.raw`(?:\\n|\x60n|vbLf|#10|Chr\(10\))`
export const QUOTE = String.raw`["'\x60]`
/** The end of a statement. */
export const ENDED = String.raw`\s{0,3}(?:;|$)`

export const METHOD = '(?:GET|POST|PUT|DELETE|HEAD|PATCH)'
export const STRING_TO_SIGN = String.raw`(?:string_?to_?sign|to_?sign|\bsts)\w{0,10}`
export const CANONICAL_REQUEST = String.raw`(?:canonical_?req(?:uest)?|creq)\w{0,4}`
export const CANONICAL_QUERY = String.raw`canonical_?(?:query|qs|params)\w{0,20}`
export const CANONICAL_URI = String.raw`canonical_?(?:uri|path|resource)\w{0,10}`
export const CANONICAL_HEADERS = String.raw`canonical_?headers?\w{0,6}`
/** A variable that holds the hash of the payload. */
export const PAYLOAD_HASH = String.raw`\b(?:hashed_?|request_?)?(?:payload|body|content)_?(?:hash|sha256|digest)?\w{0,6}`
/** The names of headers that signers sign. */
export const SIGNED_NAME = String.raw`(?:host|range|date|content-type|content-length|x-amz-[\w-]{1,40})`

/** Names that documentation and programs give the keys of the chain behind the first HMAC. */
export const STEP = String.raw`\b[$@]?(?:k_?(?:date|region|service|signing|sign)|(?:date|region|service|signing|date_?region|date_?region_?service)_?key|signature_?key)\b`

/** Functions that write bytes as hex. */
export const HEX = oneOf(
  words('hexdigest, digest(\'hex\', digest("hex", hexlify, hex.encode, EncodeToString, .hex(), bin2hex'),
  words('hmac_sha256_hex, convertToHex, BitConverter, ToHexString'),
  '(?:to|encode)_?hex',
)
/** Functions that write bytes as base64. */
export const BASE64 = words('base64, b64encode, encode64')
/** Functions that hash a text. */
export const HASH = words('sha256, hash, digest, update')
/** Functions that write an object as JSON. */
export const JSON_OF = words('JSON.stringify, json.dumps, json_encode, jsonEncode, SerializeObject, to_json, json.Marshal')
/** Functions that write an object as a form. */
export const FORM_OF = words('qs.stringify, querystring.stringify, new URLSearchParams, new FormData, urlencode, $.param, http_build_query')
/** Functions that percent-encode a text as one piece, its slashes too. */
export const ENCODES_ALL = oneOf(
  words('encodeURIComponent, rawurlencode, urlencode, quote_plus, URLEncoder.encode, url.QueryEscape, CGI.escape'),
  words('EscapeDataString, URI.encode_www_form_component, ERB::Util.url_encode'),
)
/** Functions that percent-encode a text. */
export const ENCODES = oneOf(ENCODES_ALL, words('encodeURI, quote, EscapeUriString, url_encode, PathEscape, uri_encode, uriEncode'))
/** Functions that undo percent-encoding. */
export const DECODES = words('URLDecoder.decode, unquote, unquote_plus, urldecode, decodeURIComponent, UrlDecode, unescape')
/** Functions that make letters capitals. */
export const CAPITALS = String.raw`\.(?:toUpperCase|upper|ToUpper\w{0,10}|upcase|uppercased)\(?`

/** A text that holds only hex digits of a SHA-256. */
export const HEX_DIGITS = source`[0-9a-f]{64}`

/** Some words of version 4. */
export const SIGV4 = /aws4_request|AWS4-HMAC-SHA256|AWS4|x-amz-date|k_?Signing|aws4/i
/** Some words of any signer. */
export const SIGNING = /canonical|string_?to_?sign|tosign|aws4|AWS4|hmac/i
/** Version 4 in so many words. */
export const VERSION_4 = /aws4_request|AWS4-HMAC-SHA256/
/** Services other than S3, by host or name. */
export const NOT_S3 = /execute-api|\bes\.amazonaws|\baoss\b|dynamodb|\blambda\b|["'`](?:es|sqs|sns|execute-api|appsync|bedrock)["'`]/
/** A form in which text stands for bytes, turned back into them. */
export const UNHEX = new RegExp(
  oneOf(
    words('hex2bin, unhexlify, fromhex, hex.DecodeString, Hex.parse, parseHex, HexFormat, decodeHex, hexkey:'),
    words('base16decode, decode16, hex_to_bytes, hexToBytes, From_Hex, FromHex'),
    String.raw`pack\(\s{0,5}['"]H`,
    String.raw`,\s{0,5}['"]hex['"]\s{0,5}\)`,
    `['"](?:latin1|binary)['"]`,
  ),
  'i',
)
