/**
 * Marks in code: the hash of the payload, and in which letters hash and signature are written.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Create a canonical request"
 */
import { type CodeRule, SIGNING, SIGV4, VERSION_4 } from './code-rule.js'

const ENCODING = 'signature-encoding-changed'
const MALFORMED = 'payload-hash-malformed'
const REPLACED = 'payload-replaced'
const SENDS_BODY =
  /["'`](?:POST|PUT|PATCH)\b|\.(?:post|put|patch)\(|HttpMethod\.(?:Post|Put)|Method\.(?:Post|POST|Put|PUT)|CURLOPT_POSTFIELDS|-X\s{0,2}(?:POST|PUT)|HTTP::(?:Post|Put)/

export const HASH_MARKS: readonly CodeRule[] = [
  {
    id: 'signature-base64',
    about: ENCODING,
    strength: 'strong',
    match: /\bsig(?:n(?:ature|ed)?)?\w{0,10}\s{0,5}(?::?=|<-)\s{0,5}[^\n]{0,160}(?:base64|b64encode|encode64)/i,
    message: 'the signature is encoded in base64; SigV4 takes lower-case hex.',
    needs: VERSION_4,
    unless: /base64[^\n]{0,40}(?:policy|decode)|FromBase64|Policy/i,
  },
  {
    id: 'bit-converter',
    about: ENCODING,
    strength: 'strong',
    match: /BitConverter\]?(?:\.|::)ToString\(/,
    message: 'BitConverter writes hex in capitals with "-" between; signatures and hashes are lower-case hex.',
    needs: SIGNING,
    unless: /ToLower|\.Replace\(["']-["'],\s{0,3}(?:["']["']|string\.Empty|String\.Empty)\)\.ToLower/,
  },
  {
    id: 'hex-upper',
    about: ENCODING,
    strength: 'strong',
    match:
      /%02X|ToString\(\s{0,3}["']X2["']|\bHex\w{0,20}\([^\n;]{0,80}\)\.(?:toUpperCase|upper|ToUpper\w{0,10})\(|(?:hex|sign\w{0,10})[^\n]{0,60}\.(?:toUpperCase|upper|ToUpper\w{0,10}|upcase|uppercased)\(|Convert\.ToHexString\(|\bbase16\(\)(?!\.lower)|encode16\([^\n)]{0,40}(?::upper\b|\w\s{0,3}\))(?![^\n]{0,30}downcase)/,
    message: 'hex is written in capitals; signatures and hashes are lower-case hex.',
    needs: SIGV4,
    unless: /ToLower|toLowerCase|\.lower\(|case: :lower|downcase|%\$\{|'%' ?\+|encodeURIComponent/,
  },
  {
    id: 'signature-unescaped',
    about: ENCODING,
    strength: 'strong',
    match: /[?&"'`]Signature=(?:#\{|\$\{|\{|["'`]\s{0,3}[.+&]{1,2}|%s)\s{0,3}(?![^\n]{0,200}(?:escape|encode|quote))/i,
    message: 'the signature goes into the URL without escaping; its "+", "/" and "=" do not arrive as they are.',
    unless: /%2B|X-Amz-Signature=|AWS4-HMAC-SHA256/,
  },
  {
    id: 'signature-bytes',
    about: ENCODING,
    strength: 'strong',
    match:
      /\bsignature\s{0,5}:?=\s{0,5}[^\n;]{0,140}(?:\.digest\(\s{0,3}\)|Digest::SHA\b[^\n]{0,20}hmac_sha256\(|HMAC\.digest\(|hash_hmac\([^;\n]{1,100},\s{0,3}true\s{0,3}\))\s{0,3};?\s{0,3}$/im,
    message: 'the signature is left as bytes; the header takes lower-case hex.',
    needs: VERSION_4,
    unless: /signature[^\n]{0,60}(?:hex|unpack)|(?:hex\w{0,12}|bin2hex)\([^\n]{0,40}signature/i,
  },
  {
    id: 'content-hash-base64',
    about: MALFORMED,
    strength: 'strong',
    match:
      /(?:x-amz-content-sha256["'\]]{0,3}\s{0,5}[:=,]{1,2}|\b(?:payload|body|content|hashed_?payload|request_?payload)_?(?:hash|sha256|digest)?\w{0,6}\s{0,5}:?=\s{0,5}(?=[^\n]{0,120}sha-?256))[^\n]{0,120}(?:base64|b64)/i,
    message: 'the payload hash is written in base64; it takes lower-case hex.',
    needs: SIGNING,
  },
  {
    id: 'content-hash-bytes',
    about: MALFORMED,
    strength: 'strong',
    match:
      /\b(?:payload|body|content|hashed_?payload)_?(?:hash|sha256|digest)\w{0,6}\s{0,5}:?=\s{0,5}(?:hash\(\s{0,3}['"]sha256['"]\s{0,3},[^\n;]{1,60},\s{0,3}true\s{0,3}\)|hashlib\.sha256\([^\n]{0,80}\)\.digest\(\)|[^\n;]{0,20}createHash\([^\n;]{0,80}\.digest\(\s{0,3}\))/i,
    message: 'the payload hash is left as bytes; the canonical request takes lower-case hex.',
  },
  {
    id: 'content-hash-md5',
    about: MALFORMED,
    strength: 'strong',
    match: /\b(?:payload|body)_?hash\w{0,6}\s{0,5}:?=\s{0,5}[^\n;]{0,40}\b(?:md5|sha1|sha512)\b/i,
    message: 'the payload hash is not SHA-256.',
    needs: SIGV4,
  },
  {
    id: 'content-hash-checksum-name',
    about: MALFORMED,
    strength: 'strong',
    match: /checksumHeaderName\([^)\n]{0,60}X_AMZ_CONTENT_SHA256/,
    message: 'the checksum helper, which writes base64, is told to use x-amz-content-sha256, which takes hex.',
  },
  {
    id: 'empty-body-hash',
    about: 'payload-signed-as-empty',
    strength: 'strong',
    match:
      /(?:payload|body|content|hashed_?payload)_?(?:hash|sha256|digest)?\w{0,10}\s{0,5}(?::?=|<-)\s{0,5}[^\n]{0,60}(?:\(\s{0,3}(?:["']sha256["'],\s{0,3})?(?:b?""|b?'')(?:\.encode\([^)\n]{0,10}\))?\s{0,3}[,)]|\(\s{0,3}\)\.hexdigest|e3b0c44298fc1c149|EMPTY|hash_?hex\(\s{0,3}["']{2}\s{0,3}\))/i,
    message: 'the hash is that of an empty payload, and the request has one.',
    needs: SENDS_BODY,
    unless: /e3b0c44298fc1c149[^\n]{0,80}\?|\?\s{0,3}EMPTY/,
  },
  {
    id: 'json-argument',
    about: REPLACED,
    strength: 'fair',
    match: /(?:requests?|session|client|httpx)\.\w{2,8}\([^\n]{0,200}\bjson\s{0,3}=/,
    message: 'the body is serialized anew by json=, after another text of it was hashed.',
    needs: /json\.dumps|sha256/,
  },
  {
    id: 'hashed-text-sent-object',
    about: REPLACED,
    strength: 'strong',
    match: /json\.dumps\(\s{0,3}(\w{1,40})\b[\s\S]{1,2500}?\bdata\s{0,3}=\s{0,3}\1\s{0,3}[,)\n]/,
    message: 'the JSON text is hashed, and the object itself is sent, which the HTTP library writes as a form.',
    needs: SIGV4,
  },
  {
    id: 'hashed-json-posted-array',
    about: REPLACED,
    strength: 'strong',
    match: /json_encode\(\s{0,3}(\$\w{1,40})\b[\s\S]{1,2500}?CURLOPT_POSTFIELDS\s{0,3}(?:,|=>)\s{0,3}\1\s{0,3}[,)\]\n]/,
    message: 'the JSON text is hashed, and the array itself is posted, which curl writes as a multipart form.',
  },
  {
    id: 'hashed-json-sent-form',
    about: REPLACED,
    strength: 'strong',
    match:
      /\b(?:body|data|payload)\s{0,3}[:=]\s{0,3}(?:qs\.stringify\(|querystring\.stringify\(|new URLSearchParams\(|new FormData\(|urlencode\(|\$\.param\()/,
    message: 'the JSON text is hashed, and the body is sent as a form.',
    needs: /(?:sha256|SHA256|hash|update)\w{0,10}\(\s{0,3}(?:JSON\.stringify|json\.dumps)/,
  },
  {
    id: 'hashed-array-posted-query',
    about: REPLACED,
    strength: 'strong',
    match: /CURLOPT_POSTFIELDS\s{0,3}(?:,|=>)\s{0,3}http_build_query\(/,
    message: 'the body is written as a form when it is sent; the hash has to be that of the same text.',
    needs: /hash\(\s{0,3}['"]sha256['"]\s{0,3},\s{0,3}(?:json_encode|\$\w{0,20}json)/i,
  },
  {
    id: 'object-hashed-text-sent',
    about: REPLACED,
    strength: 'strong',
    match:
      /\b(?:sha256|hash|digest)\w{0,10}\(\s{0,3}(\w{1,30})\s{0,3}\)[\s\S]{1,2500}?\b(?:body|data|payload)\s{0,3}[:=]\s{0,3}(?:JSON\.stringify|json\.dumps)\(\s{0,3}\1\s{0,3}\)/i,
    message: 'the object itself is hashed, and its JSON text is sent.',
  },
  {
    id: 'object-as-text-hashed',
    about: REPLACED,
    strength: 'strong',
    match:
      /(?:update|sha256|SHA256|hash)\(\s{0,3}(?:\w{0,20}(?:payload|body|data|event|params|request)\w{0,10}\.toString\(\)|String\(\s{0,3}\w{1,30}\s{0,3}\)|str\(\s{0,3}\w{1,30}\s{0,3}\)(?:\.encode))/,
    message: 'an object is hashed as the text that the language prints for it; the body that is sent is another text.',
    needs: /JSON\.stringify|json\.dumps|json\s{0,3}=/,
  },
  {
    id: 'pretty-printed-body',
    about: REPLACED,
    strength: 'strong',
    match: /JSON\.stringify\([^\n]{1,60},\s{0,3}null,\s{0,3}\d\)|indent\s{0,3}=\s{0,3}\d|JSON_PRETTY_PRINT/,
    message: 'the body is pretty-printed at one place; the text that is hashed has to be the text that is sent.',
    needs: SIGV4,
  },
  {
    id: 'stringified-twice',
    about: REPLACED,
    strength: 'weak',
    match: /JSON\.stringify\([\s\S]{1,3000}?JSON\.stringify\(/,
    message: 'the body is serialized twice; the text that was hashed has to be the text that is sent.',
    needs: SIGV4,
  },
  {
    id: 'unsigned-payload-elsewhere',
    about: 'payload-unsigned-mismatch',
    strength: 'strong',
    match: /UNSIGNED-PAYLOAD/,
    message: 'UNSIGNED-PAYLOAD is for S3; other services hash the body they receive.',
    needs: /execute-api|\bes\.amazonaws|\baoss\b|dynamodb|\blambda\b|["'`](?:es|sqs|sns|execute-api|appsync|bedrock)["'`]/,
    unless: /["'`/]s3["'`/.-]|\bs3\b/i,
  },
  {
    id: 'unsigned-payload-with-hash',
    about: 'payload-unsigned-mismatch',
    strength: 'strong',
    match:
      /x-amz-content-sha256["'\]]{0,3}\s{0,5}(?:[:=,]|=>){1,2}\s{0,5}(?:["'`]e3b0c4|[\w$.]{0,20}(?:payload|body)_?hash|[\w$.]{0,20}(?:sha256|hash)\w{0,10}\()/i,
    message: 'the header x-amz-content-sha256 holds a hash, and the canonical request ends in UNSIGNED-PAYLOAD; they need the same text.',
    needs: /(?:\\n|vbLf\s{0,3}&\s{0,3}["']|["'`]\s{0,3},?\s{0,3}["'`]?)UNSIGNED-PAYLOAD["'`]\s{0,3}(?:[\]);]|$)/m,
  },
]
