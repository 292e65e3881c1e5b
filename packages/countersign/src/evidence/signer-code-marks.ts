/**
 * The marks of mistakes in code that signs, as data: a shape in the text, and the cause it lets one suspect.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import type { HintRule } from './hint-rules.js'

// Names that programs give the keys of the chain after the first HMAC.
const STEP = String.raw`\b[$@]?(?:k_?(?:date|region|service|signing|sign)|(?:date|region|service|signing|date_?region|date_?region_?service)_?key|signature_?key)\b`
// Where the following is an assignment to one of them.
const STEP_IS = String.raw`${STEP}\s{0,10}(?::|:?=|<-)\s{0,10}`
const SIGV4 = /aws4_request|AWS4-HMAC-SHA256|AWS4|x-amz-date|kSigning|k_signing|aws4/i
const SIGNING = /canonical|string_?to_?sign|tosign|aws4|AWS4|hmac/i
const UNHEX = /hex2bin|pack\(\s{0,5}['"]H|unhexlify|fromhex|hex\.DecodeString|Buffer\.from\([^\n)]{1,60},\s{0,5}['"]hex|enc\.Hex\.parse|HexFormat|decodeHex|hexkey:|FromHexString|convertFromHex/

function rule(id: string, hint: string, weight: number, pattern: RegExp, why: string, more: Pick<HintRule, 'needs' | 'unless' | 'value'> = {}): HintRule {
  return { id, hint, weight, pattern, why, ...more }
}

const HEX = 'signing-key-from-hex-text'
const SWAPPED = 'signing-key-arguments-swapped'
const STS = 'string-to-sign-malformed'
const DATE = 'request-date-malformed'
const QUERY = 'query-encoded-differently'
const HEADER = 'header-changed-in-transit'

/** The signing key. */
const KEY_MARKS: readonly HintRule[] = [
  rule('php-hmac-hex', HEX, 0.85, new RegExp(`${STEP_IS}hash_hmac\\(\\s{0,5}['"]sha256['"]\\s{0,5},(?![^;\\n]{0,300},\\s{0,5}(?:true|1)\\s{0,5}\\))`, 'i'), 'hash_hmac without its last argument true gives hex text, which then is the next HMAC key; each step needs the raw 32 bytes.', { unless: UNHEX }),
  rule('step-as-hex', HEX, 0.85, new RegExp(`${STEP_IS}[^\\n;]{0,200}(?:hexdigest|digest\\(\\s{0,5}['"]hex|to_?hex|hexlify|encode_?hex|hex\\.encode|EncodeToString|\\.hex\\(\\)|bin2hex|hmac_sha256_hex|convertToHex|BitConverter)`, 'i'), 'a step of the signing key is turned into hex text; each step needs the raw 32 bytes of the one before.', { unless: UNHEX }),
  rule('step-as-base64', HEX, 0.7, new RegExp(`${STEP_IS}[^\\n;]{0,200}(?:digest\\(\\s{0,5}['"]base64|ToBase64String|b64encode|base64_encode)`, 'i'), 'a step of the signing key is turned into base64 text; each step needs the raw 32 bytes of the one before.'),
  rule('crypto-js-to-string', HEX, 0.85, new RegExp(`${STEP_IS}[^\\n;]{0,40}HmacSHA256\\([^\\n;]{1,200}\\)\\.toString\\(`, 'i'), 'toString() turns a step of the signing key into hex text; pass the WordArray itself to the next HMAC.', { unless: UNHEX }),
  rule('crypto-js-nested', HEX, 0.8, /HmacSHA256\([^\n;]{1,120}HmacSHA256\([^\n;]{1,120}\)\.toString\(\s{0,5}\)\s{0,5}\)/, 'toString() turns an inner HMAC into hex text before the outer one takes it as its key.', { unless: UNHEX }),
  rule('helper-gives-hex', HEX, 0.6, /\b(?:def|function|const|let|var|func|fn|sub)\s{1,5}&?(?:sign|hmac)\w{0,20}\b[^;}]{0,240}?(?:hexdigest|digest\(\s{0,5}['"]hex['"]|EncodeToString|hmac_sha256_hex)/i, 'the HMAC function gives hex text; where its result is the next HMAC key, the raw 32 bytes are needed.', { needs: /aws4_request/, unless: /hex2bin|unhexlify|fromhex|DecodeString|,\s{0,5}['"]hex['"]\s{0,5}\)\s{0,5}[,;]|\.digest\(\s{0,3}\)|return hmac\.new\([^\n]{0,120}\.digest/ }),
  rule('key-as-text-parameter', HEX, 0.8, /\.Key\s{0,5}=\s{0,5}\w{1,40}\.GetBytes\w{0,4}\(\s{0,5}\w{1,30}/, 'the HMAC function takes its key as text; a step of the signing key passed on as hex text is then the wrong key.', { needs: /As String|string\s+\w{0,20}(?:key|secret)/i }),
  rule('step-as-text', HEX, 0.7, new RegExp(`(?:GetBytes\\w{0,4}|utf8\\.encode|getBytes|bytes|Buffer\\.from|TextEncoder\\(\\)\\.encode|\\[\\]byte)\\(\\s{0,5}${STEP}(?!\\s{0,5},\\s{0,5}['"](?:hex|latin1|binary))`, 'i'), 'a step of the signing key is encoded as text; each step needs the raw 32 bytes of the one before.', { unless: UNHEX }),
  rule('step-encoded', HEX, 0.65, new RegExp(`${STEP}\\.(?:encode|getBytes|toByteArray|data\\(using)\\(`, 'i'), 'a step of the signing key is encoded as text; each step needs the raw 32 bytes of the one before.', { unless: UNHEX }),
  rule('openssl-hex-key', HEX, 0.75, /openssl\s{1,5}(?:dgst|sha256)[^\n]{0,60}\s-hmac\s{1,5}["']?\$\{?(?:\w{0,20}(?:date|region|service|signing)\w{0,20}|k[1-4])\}?/i, 'openssl -hmac takes the variable as text; a step of the signing key needs -mac HMAC -macopt hexkey: instead.'),
  rule('ruby-hmac-hex', HEX, 0.7, /HMAC\.hexdigest\([^\n]{0,160}HMAC\.hexdigest\(/, 'hexdigest gives hex text, and the outer HMAC takes it as its key; use digest for the steps of the signing key.'),
  rule('hex-literal-key', HEX, 0.8, /hmac\w{0,20}\(\s{0,5}["'][0-9a-f]{64}["']\s{0,5},/i, 'the HMAC is given 64 hex digits in quotes as its key; the key is the 32 bytes that they spell.', { unless: UNHEX }),
  rule('crypto-js-key-first', SWAPPED, 0.85, /\bHmacSHA(?:1|256)\(\s{0,5}(?:(?:secret|key|k_?sign|k_?date|k_?region|k_?service|signing_?key|date_?key|private_?key)\w{0,20}|["'`]AWS4["'`]?[^,\n]{0,60})\s{0,5},/i, 'crypto-js takes the message first and the key second; here the key comes first.'),
  rule('php-key-first', SWAPPED, 0.85, /hash_hmac\(\s{0,5}['"]sha(?:1|256)['"]\s{0,5},\s{0,5}(?:["']AWS4|\$k_?(?:date|region|service|sign)|\$\w{0,20}secret|\$signing_?key|\$key\b)/i, 'hash_hmac takes the data second and the key third; here the key comes second.'),
  rule('message-as-key', SWAPPED, 0.8, /(?:hmac\.new\(|createHmac\(\s{0,5}['"]sha256['"]\s{0,5},|hmac\.New\(sha256\.New,\s{0,5}(?:\[\]byte\()?|HMAC\.(?:hex)?digest\([^,\n]{1,60},)\s{0,5}\$?(?:msg|message|string_?to_?sign|data)\b/i, 'the message stands where this HMAC function takes its key.', { unless: /message\s{0,5},\s{0,5}["']?(?:key|secret)["']?\s{0,5}:/ }),
  rule('value-before-key', SWAPPED, 0.8, /(?:computeHmacSha256Signature|hmac_sha256(?:_hex)?)\(\s{0,5}(?:["']AWS4|\$?(?:k_?(?:date|region|service|sign)\w{0,10}|\w{0,10}secret\w{0,10}|signing_?key))/i, 'this HMAC function takes the data first and the key second; here the key comes first.', { needs: /computeHmac|\$\w|Digest::SHA/ }),
  rule('prefix-wrong', 'signing-key-without-aws4-prefix', 0.85, /["'`](?:AWS|aws4|Aws4|AWS4 |AWS4-|AWS3)["'`]\s{0,5}(?:[+.&]|\.\.|\|\||<>)\s{0,5}[$@]?[\w.]{0,40}(?:secret|key)/i, 'the text put before the secret access key is not "AWS4".', { unless: /["'`]AWS4["'`]\s{0,5}(?:[+.&]|\.\.|\|\||<>)/ }),
  rule('prefix-missing', 'signing-key-without-aws4-prefix', 0.6, /\b[$@]?(?:k_?date|date_?key)\s{0,5}:?=\s{0,5}[^\n]{1,60}(?:secret)/i, 'the first HMAC of the chain takes the secret access key, and no "AWS4" is put before it.', { unless: /AWS4(?!-HMAC|_|Auth)/ }),
  rule('date-step-takes-other', 'signing-key-chain-order', 0.7, /\bk_?date\s{0,5}:?=\s{0,5}[^\n;]{0,120}[\s,(]\$?(?:region|service)(?:_?name)?\b/i, 'the first HMAC of the chain takes another part than the date; the order is date, region, service, aws4_request.'),
  rule('region-step-takes-other', 'signing-key-chain-order', 0.7, /\bk_?region\s{0,5}:?=\s{0,5}[^\n;]{0,120}[\s,(]\$?service(?:_?name)?\b/i, 'the second HMAC of the chain takes the service; the order is date, region, service, aws4_request.'),
  rule('service-step-skips-region', 'signing-key-chain-order', 0.7, /\bk_?service\s{0,5}:?=\s{0,5}[^\n;]{0,120}[\s,($]k_?date\b/i, 'the service step takes the date step as its key and skips the region.'),
  rule('sha1-in-sigv4', 'key.derivation', 0.7, /\bHmacSHA1\b|hash_hmac\(\s{0,5}['"]sha1|createHmac\(\s{0,5}['"]sha1|hashlib\.sha1|HMACSHA1\b/, 'SHA-1 is used; SigV4 takes SHA-256 in every step.', { needs: /aws4_request|AWS4-HMAC-SHA256/ }),
]

/** The string to sign, the signature and the hashes. */
const TEXT_MARKS: readonly HintRule[] = [
  rule('hmac-of-canonical-request', STS, 0.8, /(?:hash_hmac\([^,\n]{1,30},\s{0,5}\$canonical|HmacSHA256\(\s{0,5}canonical|(?:hashed_?canonical|canonical_?request_?hash|request_?hash)\w{0,20}\s{0,5}:?=\s{0,5}[^\n]{0,40}hmac)/i, 'the canonical request goes through HMAC; the string to sign holds its plain SHA-256 hash.'),
  rule('canonical-request-unhashed', STS, 0.6, /(?:string_?to_?sign|tosign)\w{0,10}\s{0,5}:?=[^\n;]{0,240}\\n["'`]\s{0,5}[+.&]\s{0,5}\$?canonical_?(?:request|req)\s{0,5}(?:;|\n|$)/i, 'the string to sign ends in the canonical request; it must end in its SHA-256 hash.'),
  rule('newline-lost', STS, 0.9, /["'`](?:GET|POST|PUT|DELETE|HEAD)\\(?![nr\\])[a-zA-Z0-9/]/, 'a backslash follows the method without its "n": the line feed is lost.'),
  rule('question-mark-signed', STS, 0.7, /\\n\/[^"'`\s]{0,200}\?\\n/, 'the path line ends in "?", which belongs neither to the path nor to the query of the text that is signed.'),
  rule('template-double-break', STS, 0.9, /[=(:+]\s{0,5}`[^`]{0,600}?\\n[ \t]{0,20}\r?\n/, 'inside a template literal both the written \\n and the break of the line count, so each line break is there twice.', { needs: SIGNING }),
  rule('triple-quote-double-break', STS, 0.85, /=\s{0,5}[fbr]{0,2}"""[^"]{0,600}?\\n[ \t]{0,20}\r?\n/, 'inside triple quotes both the written \\n and the break of the line count, so each line break is there twice.', { needs: SIGNING }),
  rule('template-indented', STS, 0.7, /(?:canonical|string_?to_?sign)\w{0,20}\s{0,5}=\s{0,5}(?:`|f?""")[^`"]{0,300}?\n[ \t]{1,40}(?=\S)/i, 'the text is written over several indented lines, and the indentation is part of what is signed.', { unless: /dedent|stripIndent|trimIndent|trimMargin/ }),
  rule('single-quotes-php', STS, 0.85, /\$\w{1,40}\s{0,5}\.?=\s{0,5}[^\n"]{0,200}'[^'\n]{0,160}\\n/, "between single quotes PHP and Perl keep \\n as two characters, so there is no line feed.", { needs: /hash_hmac|<\?php|\$this->|hmac_sha256\(\$/ }),
  rule('single-quotes-ruby', STS, 0.8, /(?:join\(?|\+|<<)\s{0,5}'\\n'/, "between single quotes Ruby keeps \\n as two characters, so there is no line feed.", { needs: /OpenSSL::HMAC|\bend\b/ }),
  rule('quotes-basic', STS, 0.85, /&\s{0,5}"\\n"|"[^"\n]{0,80}\\n"\s{0,5}&/, 'Visual Basic keeps \\n in a text as two characters; write vbLf.', { needs: /\bDim\b|\bSub\b|End Function/ }),
  rule('quotes-sql', STS, 0.85, /\+\s{0,5}N?'\\n'/, "T-SQL keeps '\\n' as two characters; write CHAR(10).", { needs: /\bDECLARE\b/i }),
  rule('quotes-bash', STS, 0.5, /(?:canonical|string)_?\w{0,20}="[^"\n]{0,200}\\n/i, 'double quotes in a shell keep \\n as two characters unless printf or echo -e turns them into line feeds.', { needs: /openssl\s|sha256sum/, unless: /echo -e|printf ["']?(?:%b|\$)|printf "\$/ }),
  rule('crlf', STS, 0.75, /(?:canonical|string_?to_?sign|tosign|\bsts\b|credential)[^\n]{0,160}(?:\\r\\n|Environment\.NewLine|vbCrLf|vbNewLine|sLineBreak|CHAR\(13\)|#13#10|lineSeparator\(\))/i, 'the line break here is CR LF, or that of the platform; the text that is signed has LF only.'),
  rule('append-line', STS, 0.7, /(?:canonical|sign|builder|sb)\w{0,20}\.AppendLine\(/i, 'AppendLine ends a line as the platform does, CR LF on Windows; the text that is signed has LF only.', { needs: SIGV4 }),
  rule('echo-newline', STS, 0.55, /\becho\s{1,3}(?!-[ne]*n)["']?\$\{?\w{0,20}(?:canonical|string|sts|payload)\w{0,20}\}?["']?\s{0,5}\|\s{0,5}(?:openssl|sha256sum|shasum)/i, 'echo adds a line feed to what is hashed; write printf %s.'),
  rule('signature-base64', 'signature-encoding-changed', 0.75, /\bsign(?:ature|ed)?\w{0,10}\s{0,5}:?=\s{0,5}[^\n]{0,120}(?:base64|b64encode)/i, 'the signature is encoded in base64; SigV4 takes lower-case hex.', { needs: /aws4_request|AWS4-HMAC-SHA256/ }),
  rule('bit-converter', 'signature-encoding-changed', 0.6, /BitConverter\.ToString\(/, 'BitConverter writes hex in capitals; signatures and hashes are lower-case hex.', { needs: SIGNING, unless: /ToLower/ }),
  rule('hex-upper', 'signature-encoding-changed', 0.6, /%02X|ToString\(\s{0,3}["']X2["']|(?:hex|sign\w{0,10})[^\n]{0,60}\.(?:toUpperCase|upper|ToUpper\w{0,10})\(|ToHexString\(/, 'hex is written in capitals; signatures and hashes are lower-case hex.', { needs: SIGV4, unless: /ToLower|toLowerCase|\.lower\(/ }),
  rule('signature-unescaped', 'signature-encoding-changed', 0.75, /[?&"'`]Signature=(?:#\{|\$\{|\{|["'`]\s{0,3}[.+&]{1,2}|%s)\s{0,3}(?![^\n]{0,200}(?:escape|encode|quote))/i, 'the signature goes into the URL without escaping; its "+", "/" and "=" do not arrive as they are.', { unless: /%2B|X-Amz-Signature=/ }),
  rule('content-hash-base64', 'payload-hash-malformed', 0.85, /x-amz-content-sha256["'\]]{0,3}\s{0,5}[:=,]{1,2}[^\n]{0,120}(?:base64|b64)/i, 'x-amz-content-sha256 gets base64; it takes lower-case hex.'),
  rule('content-hash-checksum-name', 'payload-hash-malformed', 0.85, /checksumHeaderName\([^)\n]{0,60}X_AMZ_CONTENT_SHA256/, 'the checksum helper, which writes base64, is told to use x-amz-content-sha256, which takes hex.'),
  rule('empty-body-hash', 'payload-replaced', 0.65, /(?:payload|body|content)_?hash\w{0,10}\s{0,5}:?=\s{0,5}[^\n]{0,60}(?:\(\s{0,3}b?(?:""|'')|e3b0c44298fc1c149|EMPTY)/i, 'the hash is that of an empty payload, and the request has one.', { needs: /\b(?:POST|PUT|PATCH)\b|\.(?:post|put|patch)\(/ }),
  rule('json-argument', 'payload-replaced', 0.6, /requests?\.\w{2,8}\([^\n]{0,200}\bjson\s{0,3}=/, 'the body is serialized anew by json=, after another text of it was hashed.', { needs: /json\.dumps/ }),
  rule('stringified-twice', 'payload-replaced', 0.35, /JSON\.stringify\([\s\S]{1,3000}?JSON\.stringify\(/, 'the body is serialized twice; the text that was hashed has to be the text that is sent.', { needs: SIGV4 }),
]

/** Time. */
const TIME_MARKS: readonly HintRule[] = [
  rule('twelve-hours', DATE, 0.85, /yyyyMMdd\\?['"]{0,2}T\\?['"]{0,2}hhmmss|%Y%m%dT%I%M%S|YYYYMMDD\[?T\]?hhmmss|Ymd\\+Th/, 'the pattern has the hour from 1 to 12; after noon the request date is twelve hours off.'),
  rule('week-year', DATE, 0.7, /["'][^"'\n]{0,10}YYYY-?MM-?dd/, 'YYYY is the year of the week in this pattern, which differs from the calendar year around New Year.', { needs: /SimpleDateFormat|DateTimeFormatter|ofPattern|DateFormatter|Locale/ }),
  rule('month-for-minute', DATE, 0.75, /(?:HH|hh)MM(?:SS|ss)\b|yyyymmdd['"]{0,2}T/, 'the pattern takes the month for the minute, or the minute for the month.', { needs: SIGV4, unless: /\bDim\b/ }),
  rule('zone-name', DATE, 0.85, /%H%M%S%[Zz]/, 'the pattern ends in the name of the time zone; the request date ends in the letter Z.'),
  rule('extended-date', DATE, 0.75, /x-amz-date["'\]]{0,3}\s{0,3}[:=,]{1,2}\s{0,5}[^\n]{0,60}(?:toISOString\(\)|isoformat\(\)|RFC3339|gmdate\(\s{0,3}['"]c['"])(?!\s{0,3}\.\s{0,3}(?:replace|slice|split))/i, 'the request date is in the extended form with "-" and ":"; x-amz-date takes YYYYMMDDTHHMMSSZ.'),
  rule('local-php', 'clock-skewed', 0.7, /(?<![\w>])date\(\s{0,3}['"](?:Ymd|Y-m-d)/, 'date() gives the local time; the request date is UTC, as gmdate() gives it.', { unless: /date_default_timezone_set|gmdate/ }),
  rule('local-python', 'clock-skewed', 0.65, /datetime\.now\(\s{0,3}\)|time\.localtime\(|time\.strftime\(\s{0,3}['"][^'"\n]{1,40}['"]\s{0,3}\)/, 'the local time is taken; the request date is UTC.', { needs: SIGV4, unless: /utcnow|timezone\.utc|gmtime/ }),
  rule('local-net', 'clock-skewed', 0.65, /\bDateTime\.Now\b|\bGet-Date\s{1,3}-Format|DateTime\.now\(\)(?!\.toUtc)/, 'the local time is taken; the request date is UTC.', { needs: SIGV4, unless: /UtcNow|ToUniversalTime|toUtc/ }),
  rule('local-java', 'clock-skewed', 0.6, /new SimpleDateFormat\(|LocalDateTime\.now\(\s{0,3}\)/, 'the time is formatted in the zone of the machine; the request date is UTC.', { needs: SIGV4, unless: /UTC|GMT/ }),
  rule('local-go', 'clock-skewed', 0.6, /time\.Now\(\)\.Format\(/, 'the local time is formatted; the request date is UTC.', { needs: SIGV4 }),
  rule('local-ruby', 'clock-skewed', 0.6, /Time\.now\.strftime/, 'the local time is formatted; the request date is UTC.', { needs: SIGV4 }),
  rule('local-shell', 'clock-skewed', 0.65, /\bdate\s{1,3}["']?\+["']?%Y%m%d/, 'date without -u gives the local time; the request date is UTC.'),
  rule('local-js', 'clock-skewed', 0.6, /\.getHours\(\)|moment\(\)\.format\(/, 'the local time is formatted; the request date is UTC.', { needs: SIGV4 }),
  rule('clock-read-twice', 'request-dates-disagree', 0.3, /(new Date\(\)|datetime\.(?:datetime\.)?utcnow\(\)|time\.Now\(\)|DateTime\.UtcNow|Time\.now\b|gmdate\()[\s\S]{1,4000}?\1/, 'the clock is read more than once; the scope, the header and the string to sign need one and the same time.', { needs: SIGV4 }),
]

/** Path and query. */
const URL_MARKS: readonly HintRule[] = [
  rule('encoded-then-built', 'query-encoded-differently', 0.85, /rawurlencode\([\s\S]{1,600}?http_build_query\(/, 'the values are encoded with rawurlencode and once more by http_build_query.'),
  rule('build-query-form', QUERY, 0.5, /http_build_query\((?![^;\n]{0,120}RFC3986)/, 'http_build_query writes a space as "+"; the canonical query string needs %20.', { needs: SIGNING }),
  rule('form-encoding', QUERY, 0.6, /\bquote_plus\(|\burlencode\((?![^\n]{0,120}quote_via)|URLEncoder\.encode\(|(?:Http|Web)Utility\.UrlEncode\(|url\.QueryEscape\(|CGI\.escape\(|encode_www_form|encodeQueryComponent\(|(?<!raw)urlencode\(/, 'this encoder is for forms: a space becomes "+", and other characters differ from the canonical form.', { needs: SIGNING, unless: /["']\+["']\s{0,5},\s{0,5}["']%20|\/\\\+\/g|\\\+.{0,6}%20|rawurlencode/ }),
  rule('encode-uri', QUERY, 0.45, /\bencodeURI\(|urlQueryAllowed|urlHostAllowed|Uri\.EscapeUriString\(/, 'this encoder leaves reserved characters as they are; the canonical form encodes all but A-Z a-z 0-9 - . _ ~.', { needs: SIGNING }),
  rule('encode-component', QUERY, 0.3, /\bencodeURIComponent\(/, "encodeURIComponent leaves ! ' ( ) * as they are; the canonical form encodes them.", { needs: SIGNING, unless: /%2A|\[!'\(\)\*\]|toString\(16\)/ }),
  rule('decoded-before-split', QUERY, 0.75, /(?:URLDecoder\.decode|unquote(?:_plus)?|urldecode|decodeURIComponent|UrlDecode|unescape)\(\s{0,5}\$?[\w.]{0,40}(?:query|search|qs|uri|url)\w{0,20}(?:\(\))?[^\n]{0,60}(?:\)\s{0,5}\.?\s{0,5}(?:split|explode)|\n[^\n]{0,120}(?:split|explode))/i, 'the query is decoded before it is split, so an encoded "&" or "=" separates.'),
  rule('java-get-query', QUERY, 0.45, /\.getQuery\(\)/, 'getQuery() gives the query decoded; an encoded "&", "=" or "+" in it is lost.', { needs: SIGNING, unless: /getRawQuery/ }),
  rule('raw-query-unsorted', 'query-not-sorted', 0.5, /canonical_?query\w{0,20}\s{0,5}:?=\s{0,5}[^\n]{0,60}(?:\.search\b|\.RawQuery\b|\.query\b|QUERY_STRING|getRawQuery)/i, 'the query is signed in the order of the URL; the canonical query string is sorted by name.', { unless: /sort/i }),
  rule('query-literal-plus', QUERY, 0.65, /["'`]https?:\/\/[^"'`\s?]{1,200}\?[^"'`\s]{0,200}\+/, 'the query of the URL holds "+"; the canonical query string needs %2B for it, or %20 where it is meant as a space.', { needs: /sign/i }),
  rule('path-reserved', 'path-not-encoded', 0.8, /["'`]https?:\/\/(?!s3[.-])(?![^"'`\s/]{0,100}\.s3[.-])[^"'`\s/:]{1,160}amazonaws\.com(?::\d+)?\/[^"'`\s?#]{0,300}[:*!()@,+=][^"'`\s]{0,200}["'`]/, 'the path of the URL holds a reserved character, which the canonical URI must hold percent-encoded.', { unless: /\bboto3\b|@aws-sdk\/client|software\.amazon\.awssdk\.services/ }),
  rule('path-cleaned', 'path-normalized', 0.55, /(?:path|posixpath|filepath)\.(?:normalize|normpath|Clean|join|Join)\(|\.normalize\(\)/, 'the path is normalized before it is signed; S3 keys keep "//" and "..".', { needs: /canonical|AWS4-HMAC/i }),
  rule('encoded-twice', 'path-encoded-twice', 0.6, /(?:quote|encodeURIComponent|rawurlencode|uri_?encode)\(\s{0,3}(?:[\w.]{1,20}\.)?(?:quote|encodeURIComponent|rawurlencode|uri_?encode)\(/i, 'the value is encoded twice; S3 encodes the path once.'),
  rule('bucket-with-slash', 'path.encoding', 0.6, /\bbucket(?:_?name)?["']?\)?\s{0,5}(?:[:=(]|=>)\s{0,5}["'](?:\/[\w.-]{1,63}|[\w.-]{1,63}\/[\w./-]{0,200})["']/i, 'the bucket name holds a slash, which is signed as %2F or moves part of the key.'),
  rule('default-port', 'host-port-changed', 0.75, /["'`](?:https:\/\/[^"'`\s/:]{1,200}:443|http:\/\/[^"'`\s/:]{1,200}:80)(?=["'`/])/, 'the endpoint names the default port, which the HTTP library leaves out of Host and the signer keeps.'),
]

/** Headers, methods, retries and credentials. */
const REQUEST_MARKS: readonly HintRule[] = [
  rule('changed-after-sign', HEADER, 0.6, /\bsign\w{0,12}\([^\n]{0,120}\)[\s\S]{0,800}?headers?(?:\[|\.set\(|\.Set\(|\.put\()\s{0,3}["'](x-amz-[\w-]{1,30}|host|content-type|content-length|range)["']/i, 'the header {1} is set after the request was signed.', { value: 'header' }),
  rule('worker-headers', HEADER, 0.8, /(?:new Headers\(|filter\w{0,20}\(|headers:\s{0,5})[^\n]{0,60}\brequest\.headers/, "the visitor's headers are signed, accept-encoding among them, and fetch of the platform sends another value for it.", { needs: /\.sign\(|aws4fetch|AwsClient/, unless: /['"]accept-encoding['"]/i }),
  rule('incoming-headers-signed', 'host-rewritten', 0.45, /headers\s{0,3}[:=]\s{0,3}(?:\{\s{0,3}\.\.\.)?(?:req|event|ctx\.request|r)\.headers?\b/i, 'the incoming headers, Host among them, are taken over into the request that is signed.', { needs: /aws4|sign\(/i, unless: /delete [\w.]{1,40}host|changeOrigin/i }),
  rule('go-proxy-header', HEADER, 0.8, /\b(?:r|req|request|outreq|outReq|pr\.Out)\.Header\.(?:Set|Add|Del)\(\s{0,3}"((?!X-Amz|x-amz|Authorization|Content-Type|Host)[A-Za-z-]{1,40})"/, 'the proxy sets or removes the header {1}; a signature that covers it no longer fits.', { value: 'header', unless: /hmac\.New|signer?\.(?:Sign|Presign)/ }),
  rule('proxy-header', HEADER, 0.7, /(?:proxyReq\.(?:setHeader|removeHeader)\(|flow\.request\.headers\[|req(?:uest)?\.headers\.(?:delete|set)\(|delete req(?:uest)?\.headers\[)\s{0,3}["']([A-Za-z-]{1,40})["']/, 'the proxy sets or removes the header {1}; a signature that covers it no longer fits.', { value: 'header', unless: /\.sign\(/ }),
  rule('change-origin', 'host-rewritten', 0.65, /changeOrigin\s{0,3}:\s{0,3}true|NewSingleHostReverseProxy|\b(?:r|req|request)\.Host\s{0,3}=[^=]/, 'the proxy sets its own Host, and Host is always signed.', { unless: /hmac\.New|\.sign\(/i }),
  rule('retry-resigned', 'request-retried-stale', 0.65, /\bretry\s{0,3}:\s{0,3}:|max_retries\s{0,3}:|axios-?retry\(|RetryPolicy|retryAdapter/i, 'a retry sends or signs an already signed request again.', { needs: /aws_sigv4|aws4|sigv4/i }),
  rule('inner-spaces', 'header-value-not-trimmed', 0.8, /(?:content-?disposition|cache-?control|x-amz-meta-[\w-]{1,40}|metadata)["'\]]{0,3}\s{0,3}[:=,]{1,2}[^\n]{0,60}["'][^\n]{0,120}\S {2,}\S[^\n]{0,80}["']/i, 'the header value holds two spaces in a row; the canonical form has one.'),
  rule('signed-list-capitals', 'header-name-not-lower-case', 0.65, /SignedHeaders=(?:[a-z0-9-]{1,40};){0,10}[A-Z]|["'](?:Content-Type|Host|X-Amz-[\w-]{1,20});(?:[A-Z])/, 'SignedHeaders has capitals; header names are signed in lower case.'),
  rule('acl-presigned', 'header-not-signed', 0.5, /(?:presigned_?url|getSignedUrl|generate_presigned_url)\w{0,10}\([^)]{0,200}\bacl\b/i, 'the presigned URL carries an acl; x-amz-acl as a header needs to be among the signed headers.'),
  rule('content-type-presigned', 'header.changed', 0.35, /(?:presigned_?url|getSignedUrl|PutObjectCommand|generate_presigned_url)\w{0,10}\([^)]{0,200}\bContent-?Type\b/i, 'the presigned URL covers a Content-Type, and the upload has to send exactly that one.'),
  rule('sigv2-asked', 'algorithm-version-refused', 0.7, /signature_?version["']?\s{0,3}[:=(]\s{0,3}["'](?:v2|s3|2)["']/i, 'the client is told to sign with SigV2.'),
  rule('role-without-token', 'session-token-missing', 0.7, /assume_?role\w{0,20}\(|AssumeRole(?:Command|Request)?\(|get_?session_?token\(|getFederationToken/i, 'temporary credentials are fetched, and no session token is passed on.', { unless: /session_?token['"\s:=)]*[,})]|security-?token|SessionToken['"\]]|sessionToken/i }),
  rule('env-without-token', 'session-token-missing', 0.3, /AWS_ACCESS_KEY_ID/, 'the access key is taken from the environment and the session token is not.', { needs: SIGV4, unless: /session_?token|security-?token/i }),
  rule('temporary-without-token', 'session-token-missing', 0.7, /["'`]ASIA[A-Z0-9*]{4,}/, 'the access key id starts with ASIA, and no session token is passed.', { unless: /session_?token|security-?token/i }),
  rule('management-api', 'service-mismatch', 0.5, /\bApiGatewayManagementApi(?:Client)?\(/, 'calls of the API Gateway management API are signed for the service execute-api.'),
]

/** Every mark. */
export const SIGNER_CODE_MARKS: readonly HintRule[] = [...KEY_MARKS, ...TEXT_MARKS, ...TIME_MARKS, ...URL_MARKS, ...REQUEST_MARKS]
