/**
 * Marks in code: the hash of the payload, and in which letters hash and signature are written.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Create a canonical request"
 */
import { rule, SIGNING, SIGV4, VERSION_4 } from './signer-code-rule.js'

const ENCODING = 'signature-encoding-changed'
const MALFORMED = 'payload-hash-malformed'
const REPLACED = 'payload-replaced'
const SENDS_BODY =
  /["'`](?:POST|PUT|PATCH)\b|\.(?:post|put|patch)\(|HttpMethod\.(?:Post|Put)|Method\.(?:Post|POST|Put|PUT)|CURLOPT_POSTFIELDS|-X\s{0,2}(?:POST|PUT)|HTTP::(?:Post|Put)/

export const HASH_MARKS = [
  rule(
    'signature-base64',
    ENCODING,
    0.88,
    /\bsig(?:n(?:ature|ed)?)?\w{0,10}\s{0,5}(?::?=|<-)\s{0,5}[^\n]{0,160}(?:base64|b64encode|encode64)/i,
    'the signature is encoded in base64; SigV4 takes lower-case hex.',
    { needs: VERSION_4, unless: /base64[^\n]{0,40}(?:policy|decode)|FromBase64|Policy/i },
  ),
  rule(
    'bit-converter',
    ENCODING,
    0.75,
    /BitConverter\]?(?:\.|::)ToString\(/,
    'BitConverter writes hex in capitals with "-" between; signatures and hashes are lower-case hex.',
    { needs: SIGNING, unless: /ToLower|\.Replace\(["']-["'],\s{0,3}(?:["']["']|string\.Empty|String\.Empty)\)\.ToLower/ },
  ),
  rule(
    'hex-upper',
    ENCODING,
    0.72,
    /%02X|ToString\(\s{0,3}["']X2["']|\bHex\w{0,20}\([^\n;]{0,80}\)\.(?:toUpperCase|upper|ToUpper\w{0,10})\(|(?:hex|sign\w{0,10})[^\n]{0,60}\.(?:toUpperCase|upper|ToUpper\w{0,10}|upcase|uppercased)\(|Convert\.ToHexString\(|\bbase16\(\)(?!\.lower)|encode16\([^\n)]{0,40}(?::upper\b|\w\s{0,3}\))(?![^\n]{0,30}downcase)/,
    'hex is written in capitals; signatures and hashes are lower-case hex.',
    { needs: SIGV4, unless: /ToLower|toLowerCase|\.lower\(|case: :lower|downcase|%\$\{|'%' ?\+|encodeURIComponent/ },
  ),
  rule(
    'signature-unescaped',
    ENCODING,
    0.75,
    /[?&"'`]Signature=(?:#\{|\$\{|\{|["'`]\s{0,3}[.+&]{1,2}|%s)\s{0,3}(?![^\n]{0,200}(?:escape|encode|quote))/i,
    'the signature goes into the URL without escaping; its "+", "/" and "=" do not arrive as they are.',
    { unless: /%2B|X-Amz-Signature=|AWS4-HMAC-SHA256/ },
  ),
  rule(
    'signature-bytes',
    ENCODING,
    0.72,
    /\bsignature\s{0,5}:?=\s{0,5}[^\n;]{0,140}(?:\.digest\(\s{0,3}\)|Digest::SHA\b[^\n]{0,20}hmac_sha256\(|HMAC\.digest\(|hash_hmac\([^;\n]{1,100},\s{0,3}true\s{0,3}\))\s{0,3};?\s{0,3}$/im,
    'the signature is left as bytes; the header takes lower-case hex.',
    { needs: VERSION_4, unless: /signature[^\n]{0,60}(?:hex|unpack)|(?:hex\w{0,12}|bin2hex)\([^\n]{0,40}signature/i },
  ),
  rule(
    'content-hash-base64',
    MALFORMED,
    0.85,
    /(?:x-amz-content-sha256["'\]]{0,3}\s{0,5}[:=,]{1,2}|\b(?:payload|body|content|hashed_?payload|request_?payload)_?(?:hash|sha256|digest)?\w{0,6}\s{0,5}:?=\s{0,5}(?=[^\n]{0,120}sha-?256))[^\n]{0,120}(?:base64|b64)/i,
    'the payload hash is written in base64; it takes lower-case hex.',
    { needs: SIGNING },
  ),
  rule(
    'content-hash-bytes',
    MALFORMED,
    0.85,
    /\b(?:payload|body|content|hashed_?payload)_?(?:hash|sha256|digest)\w{0,6}\s{0,5}:?=\s{0,5}(?:hash\(\s{0,3}['"]sha256['"]\s{0,3},[^\n;]{1,60},\s{0,3}true\s{0,3}\)|hashlib\.sha256\([^\n]{0,80}\)\.digest\(\)|[^\n;]{0,20}createHash\([^\n;]{0,80}\.digest\(\s{0,3}\))/i,
    'the payload hash is left as bytes; the canonical request takes lower-case hex.',
  ),
  rule(
    'content-hash-md5',
    MALFORMED,
    0.8,
    /\b(?:payload|body)_?hash\w{0,6}\s{0,5}:?=\s{0,5}[^\n;]{0,40}\b(?:md5|sha1|sha512)\b/i,
    'the payload hash is not SHA-256.',
    { needs: SIGV4 },
  ),
  rule(
    'content-hash-checksum-name',
    MALFORMED,
    0.85,
    /checksumHeaderName\([^)\n]{0,60}X_AMZ_CONTENT_SHA256/,
    'the checksum helper, which writes base64, is told to use x-amz-content-sha256, which takes hex.',
  ),
  rule(
    'empty-body-hash',
    'payload-signed-as-empty',
    0.72,
    /(?:payload|body|content|hashed_?payload)_?(?:hash|sha256|digest)?\w{0,10}\s{0,5}(?::?=|<-)\s{0,5}[^\n]{0,60}(?:\(\s{0,3}(?:["']sha256["'],\s{0,3})?(?:b?""|b?'')(?:\.encode\([^)\n]{0,10}\))?\s{0,3}[,)]|\(\s{0,3}\)\.hexdigest|e3b0c44298fc1c149|EMPTY|hash_?hex\(\s{0,3}["']{2}\s{0,3}\))/i,
    'the hash is that of an empty payload, and the request has one.',
    { needs: SENDS_BODY, unless: /e3b0c44298fc1c149[^\n]{0,80}\?|\?\s{0,3}EMPTY/ },
  ),
  rule(
    'json-argument',
    REPLACED,
    0.5,
    /(?:requests?|session|client|httpx)\.\w{2,8}\([^\n]{0,200}\bjson\s{0,3}=/,
    'the body is serialized anew by json=, after another text of it was hashed.',
    { needs: /json\.dumps|sha256/ },
  ),
  rule(
    'hashed-text-sent-object',
    REPLACED,
    0.8,
    /json\.dumps\(\s{0,3}(\w{1,40})\b[\s\S]{1,2500}?\bdata\s{0,3}=\s{0,3}\1\s{0,3}[,)\n]/,
    'the JSON text is hashed, and the object itself is sent, which the HTTP library writes as a form.',
    { needs: SIGV4 },
  ),
  rule(
    'hashed-json-posted-array',
    REPLACED,
    0.8,
    /json_encode\(\s{0,3}(\$\w{1,40})\b[\s\S]{1,2500}?CURLOPT_POSTFIELDS\s{0,3}(?:,|=>)\s{0,3}\1\s{0,3}[,)\]\n]/,
    'the JSON text is hashed, and the array itself is posted, which curl writes as a multipart form.',
  ),
  rule(
    'hashed-json-sent-form',
    REPLACED,
    0.8,
    /\b(?:body|data|payload)\s{0,3}[:=]\s{0,3}(?:qs\.stringify\(|querystring\.stringify\(|new URLSearchParams\(|new FormData\(|urlencode\(|\$\.param\()/,
    'the JSON text is hashed, and the body is sent as a form.',
    { needs: /(?:sha256|SHA256|hash|update)\w{0,10}\(\s{0,3}(?:JSON\.stringify|json\.dumps)/ },
  ),
  rule(
    'hashed-array-posted-query',
    REPLACED,
    0.75,
    /CURLOPT_POSTFIELDS\s{0,3}(?:,|=>)\s{0,3}http_build_query\(/,
    'the body is written as a form when it is sent; the hash has to be that of the same text.',
    { needs: /hash\(\s{0,3}['"]sha256['"]\s{0,3},\s{0,3}(?:json_encode|\$\w{0,20}json)/i },
  ),
  rule(
    'object-hashed-text-sent',
    REPLACED,
    0.75,
    /\b(?:sha256|hash|digest)\w{0,10}\(\s{0,3}(\w{1,30})\s{0,3}\)[\s\S]{1,2500}?\b(?:body|data|payload)\s{0,3}[:=]\s{0,3}(?:JSON\.stringify|json\.dumps)\(\s{0,3}\1\s{0,3}\)/i,
    'the object itself is hashed, and its JSON text is sent.',
  ),
  rule(
    'object-as-text-hashed',
    REPLACED,
    0.75,
    /(?:update|sha256|SHA256|hash)\(\s{0,3}(?:\w{0,20}(?:payload|body|data|event|params|request)\w{0,10}\.toString\(\)|String\(\s{0,3}\w{1,30}\s{0,3}\)|str\(\s{0,3}\w{1,30}\s{0,3}\)(?:\.encode))/,
    'an object is hashed as the text that the language prints for it; the body that is sent is another text.',
    { needs: /JSON\.stringify|json\.dumps|json\s{0,3}=/ },
  ),
  rule(
    'pretty-printed-body',
    REPLACED,
    0.72,
    /JSON\.stringify\([^\n]{1,60},\s{0,3}null,\s{0,3}\d\)|indent\s{0,3}=\s{0,3}\d|JSON_PRETTY_PRINT/,
    'the body is pretty-printed at one place; the text that is hashed has to be the text that is sent.',
    { needs: SIGV4 },
  ),
  rule(
    'stringified-twice',
    REPLACED,
    0.35,
    /JSON\.stringify\([\s\S]{1,3000}?JSON\.stringify\(/,
    'the body is serialized twice; the text that was hashed has to be the text that is sent.',
    { needs: SIGV4 },
  ),
  rule(
    'unsigned-payload-elsewhere',
    'payload-unsigned-mismatch',
    0.72,
    /UNSIGNED-PAYLOAD/,
    'UNSIGNED-PAYLOAD is for S3; other services hash the body they receive.',
    {
      needs: /execute-api|\bes\.amazonaws|\baoss\b|dynamodb|\blambda\b|["'`](?:es|sqs|sns|execute-api|appsync|bedrock)["'`]/,
      unless: /["'`/]s3["'`/.-]|\bs3\b/i,
    },
  ),
  rule(
    'unsigned-payload-with-hash',
    'payload-unsigned-mismatch',
    0.7,
    /x-amz-content-sha256["'\]]{0,3}\s{0,5}(?:[:=,]|=>){1,2}\s{0,5}(?:["'`]e3b0c4|[\w$.]{0,20}(?:payload|body)_?hash|[\w$.]{0,20}(?:sha256|hash)\w{0,10}\()/i,
    'the header x-amz-content-sha256 holds a hash, and the canonical request ends in UNSIGNED-PAYLOAD; they need the same text.',
    { needs: /(?:\\n|vbLf\s{0,3}&\s{0,3}["']|["'`]\s{0,3},?\s{0,3}["'`]?)UNSIGNED-PAYLOAD["'`]\s{0,3}(?:[\]);]|$)/m },
  ),
]
