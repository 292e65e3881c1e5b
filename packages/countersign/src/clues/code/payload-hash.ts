// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of programs
/**
 * The hash of the payload, and in which letters hash and signature are written.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Create a canonical request"
 */

import { twins } from '../rule.js'
import { type CodeRule, codeRules } from './code-rule.js'
import { CSHARP, NODE, PHP, PYTHON } from './example-code.js'
import { anyCase, exactly } from './pattern.js'
import { BASE64, CAPITALS, ENDED, FORM_OF, HASH, IS, JSON_OF, NOT_S3, PAYLOAD_HASH, SET, SIGNING } from './vocabulary.js'

const SENDS_BODY =
  /["'`](?:POST|PUT|PATCH)\b|\.(?:post|put|patch)\(|Method\.(?:Post|POST|Put|PUT)|CURLOPT_POSTFIELDS|-X\s{0,2}(?:POST|PUT)|HTTP::(?:Post|Put)/
const SIGNATURE_IS = String.raw`\bsig(?:n(?:ature|ed)?)?\w{0,10}${IS}`
/** The bytes of a hash or an HMAC, behind which nothing makes them hex. */
const RAW = String.raw`(?:\.digest\(\s{0,3}\)|hash(?:_hmac)?\([^;\n]{1,100},\s{0,3}true\s{0,3}\)|Digest::SHA\b[^\n]{0,20}hmac_sha256\(|HMAC\.digest\()`
const NOTHING = String.raw`(?:b?""|b?'')(?:\.encode\([^)\n]{0,10}\))?`
const BODY_IS = String.raw`\b(?:body|data|payload)\s{0,3}[:=]\s{0,3}`
const POSTFIELDS = String.raw`CURLOPT_POSTFIELDS\s{0,3}(?:,|=>)\s{0,3}`
const CONTENT_SHA256 = `x-amz-content-sha256${SET}`

export const PAYLOAD_RULES: readonly CodeRule[] = codeRules([
  {
    id: 'signature-form',
    about: 'signature-encoding-changed',
    strength: 'strong',
    message: 'The signature is not written in lower-case hex: 64 digits, without separators.',
    needs: /aws4_request|AWS4-HMAC-SHA256|signing_?key/i,
    ...twins(
      'signature := «UpperCase → Trim»(hmac_hex(stringToSign, signingKey));\nx := 1;',
      [PYTHON, 'signature = «base64.b64encode → binascii.hexlify»(mac).decode()'],
      [CSHARP, 'var signature = BitConverter.ToString(mac).Replace("-", "")« → .ToLower()»;'],
      [PHP, "$signature = hash_hmac('sha256', $text, $key«, true → »);"],
      [PHP, "$signature = «strtoupper → trim»(hash_hmac('sha256', $text, $key));"],
    ),
    idioms: [
      { match: anyCase`${SIGNATURE_IS}[^\n]{0,160}${BASE64}`, unless: /base64_?decode|b64decode|FromBase64|policy/i },
      {
        // The function that the signature goes through, and not the one of a hash beside it.
        match:
          /\b(\w{1,30})\([^()\n]{0,60}\)\s{0,5}(?:=>|\{\s{0,20}return)\s{0,20}(?:BitConverter\.ToString\(\w{1,30}\)\.Replace\("-",\s?(?:""|string\.Empty)\)|Convert\.ToHexString\(\w{1,30}\))\s{0,3};[\s\S]{0,2000}?signature\w{0,12}\s{0,3}=\s{0,3}\1\([^;\n]{1,200}\)\s{0,3};/,
        message: 'Hex is written in capitals. Signatures and hashes are lower-case hex.',
      },
      {
        match: /BitConverter\]?(?:\.|::)ToString\(/,
        unless: /ToLower/,
        message: 'BitConverter writes hex in capitals, with "-" between the bytes. Signatures and hashes are lower-case hex.',
      },
      {
        match: exactly`%02X|ToString\(\s{0,3}["']X2["']|[hH]ex\w{0,20}\([^\n;]{0,80}\)${CAPITALS}|(?:hex|sign\w{0,10})[^\n]{0,60}${CAPITALS}|Convert\.ToHexString\(|(?:strtoupper|UCase|UpperCase|strings\.ToUpper|String\.upcase)\(\s{0,3}(?:[\w.]{0,20}hex\w{0,12}\(|[\w.]{0,20}(?:hmac|HMAC)\w{0,12}\(|[$@]?sig)`,
        unless: /ToLower|toLowerCase|\.lower\(|downcase|%\$\{|'%' ?\+|encodeURIComponent/,
        message: 'Hex is written in capitals. Signatures and hashes are lower-case hex.',
      },
      {
        match: anyCase`\bsignature${IS}[^\n;]{0,140}${RAW}${ENDED}`,
        unless: /signature[^\n]{0,60}(?:hex|unpack)|(?:hex\w{0,12}|bin2hex)\([^\n]{0,40}signature/i,
        message: 'The signature is left as bytes. The header takes lower-case hex.',
      },
    ],
  },
  {
    id: 'signature-unescaped',
    about: 'signature-encoding-changed',
    strength: 'fair',
    message: 'The signature goes into the URL without escaping: the "+", "/" and "=" of base64 do not arrive as they are.',
    // Escaped where it is made is escaped.
    unless:
      /%2B|X-Amz-Signature=|AWS4-HMAC-SHA256|[^=]=\s{0,3}(?:raw)?(?:url_?encode|encodeURIComponent|escape|quote)\w{0,10}\([^\n]{0,60}(?:base64|b64|sig|mac|digest|hash)/i,
    ...twins(
      'const url = base + "&Signature=" + «sig → encodeURIComponent(sig)» + "&Expires=" + e',
      "$sig = «base64_encode($mac) → rawurlencode(base64_encode($mac))»;\n$url = $base . '&Signature=' . $sig;",
    ),
    idioms: [/[?&"'`]Signature=(?:#\{|\$\{|\{|["'`]\s{0,3}[.+&]{1,2}|%s)\s{0,3}(?![^\n]{0,200}(?:escape|encode|quote))/i],
  },
  {
    id: 'payload-hash-form',
    about: 'payload-hash-malformed',
    strength: 'strong',
    message: 'The payload hash is not SHA-256 in lower-case hex.',
    ...twins(
      [PYTHON, 'payload_hash = hashlib.«md5 → sha256»(body).hexdigest()'],
      [PYTHON, 'payload_hash = hashlib.sha256(body).«digest → hexdigest»()'],
      'var signer = builder.checksumHeaderName(«X_AMZ_CONTENT_SHA256 → X_AMZ_CHECKSUM_SHA256»);\nString a = b;',
    ),
    idioms: [
      { match: anyCase`(?:${CONTENT_SHA256}|${PAYLOAD_HASH}${IS}(?=[^\n]{0,120}sha-?256))[^\n]{0,120}(?:${BASE64}|b64)`, needs: SIGNING },
      anyCase`${PAYLOAD_HASH}${IS}[^\n;]{0,100}${RAW}${ENDED}`,
      { match: anyCase`\b(?:payload|body)_?hash\w{0,6}${IS}[^\n;]{0,40}\b(?:md5|sha1|sha512)\b`, needs: SIGNING },
      {
        match: /checksum\w{0,20}name\w{0,5}\([^)\n]{0,60}content[_-]sha256/i,
        message: 'A checksum header, which takes base64, is given the name x-amz-content-sha256, which takes hex.',
      },
    ],
  },
  {
    id: 'payload-hash-of-nothing',
    about: 'payload-signed-as-empty',
    strength: 'strong',
    message: 'The hash is that of an empty payload, and the request has one.',
    needs: SENDS_BODY,
    unless: /e3b0c44298fc1c149[^\n]{0,80}\?|\?\s{0,3}EMPTY/,
    ...twins([PYTHON, "payload_hash = hashlib.sha256(b'').hexdigest()\nrequests.«post(url, data=body → get(url»)"]),
    idioms: [
      anyCase`\bSign(?:HTTP|Request)?\([^\n]{0,120}["'\x60]e3b0c44298fc`,
      anyCase`${PAYLOAD_HASH}\w{0,6}${IS}[^\n]{0,60}(?:\(\s{0,3}(?:["']sha256["'],\s{0,3})?${NOTHING}\s{0,3}[,)]|\(\s{0,3}\)\.hexdigest|e3b0c44298fc1c149|EMPTY)`,
    ],
  },
  {
    id: 'sent-otherwise-than-hashed',
    about: 'payload-replaced',
    strength: 'strong',
    message: 'One text of the body is hashed and another is sent. The bytes that are hashed have to be the bytes that are sent.',
    ...twins(
      [PYTHON, 'body = json.dumps(order)\nrequests.post(url, data=«order → body», headers=signed(body))'],
      [PHP, "$h = hash('sha256', «json_encode → http_build_query»($o));\ncurl_setopt($ch, CURLOPT_POSTFIELDS, http_build_query($o));"],
      'val hash = sha256Hex(request.body«?.toString() → .bytes()»)\nval stringToSign = "x"',
      [PHP, "$h = hash('sha256', json_encode($o));\ncurl_setopt($ch, CURLOPT_POSTFIELDS, «$o → $text»);"],
      [PYTHON, "text = json.dumps(order, separators=(',', ':'))\nrequests.post(url, «json=order → data=text»)"],
      [PYTHON, 'text = json.dumps(order)\nimport httpx\nhttpx.post(url, headers=signed(text), «json=order → content=text»)'],
      [NODE, "const hash = sha256(JSON.stringify(order))\nawait fetch(url, { method: 'POST', body: «new URLSearchParams(order) → text» })"],
      [NODE, "const h = sha256(«order → text»)\nawait fetch(url, { method: 'POST', body: «JSON.stringify(order) → text» })"],
    ),
    idioms: [
      {
        match: anyCase`${JSON_OF}\(\s{0,3}(\w{1,40})\b[\s\S]{1,2500}?\bdata\s{0,3}=\s{0,3}\1\s{0,3}[,)\n]`,
        needs: SIGNING,
        in: ['python'],
      },
      anyCase`${JSON_OF}\(\s{0,3}(\$\w{1,40})\b[\s\S]{1,2500}?${POSTFIELDS}\1\s{0,3}[,)\]\n]`,
      {
        match: anyCase`(?:${BODY_IS}|${POSTFIELDS})${FORM_OF}\(`,
        needs: anyCase`${HASH}\w{0,10}\((?:\s{0,3}['"]sha256['"],)?\s{0,3}${JSON_OF}`,
      },
      {
        match: anyCase`\b${BODY_IS}${JSON_OF}\(\s{0,3}(\w{1,40})\s{0,3}[,)][\s\S]{1,600}?\b${BODY_IS}\1\s{0,3}[,;)}\n]`,
        needs: /aws4|sigv4|\bsign/i,
        message: 'The body is signed as JSON text, and what is sent is the object: the library writes it in another form.',
      },
      anyCase`\b${HASH}\w{0,10}\(\s{0,3}(\w{1,30})\s{0,3}\)[\s\S]{1,2500}?${BODY_IS}${JSON_OF}\(\s{0,3}\1\s{0,3}\)`,
      {
        match: anyCase`\b${HASH}\(\s{0,3}(?:\w{0,20}(?:payload|body|data|event|params|request)\w{0,10}\.toString\(\)|(?:String|str)\(\s{0,3}\w{1,30}\s{0,3}\))`,
        needs: anyCase`${JSON_OF}|json\s{0,3}=`,
        message: 'An object is hashed as the text that the language prints for it. The body that is sent is another text.',
      },
      {
        // https://square.github.io/okhttp/5.x/okhttp/okhttp3/-request-body/: it has writeTo, and its text is that of any object.
        match: /\b(?:request|req|original|newRequest|chain\.request\(\))\.body(?:\(\))?[!?]{0,2}\.toString\(\)/,
        in: ['kotlin', 'java'],
        message: 'toString() of a RequestBody names the object, and does not give its bytes. Write it to a Buffer and hash that.',
      },
      {
        match:
          /update\(\s{0,3}JSON\.stringify\(\s{0,3}([\w.]{1,40})\s{0,3}\)[\s\S]{1,2500}?(?:\.(?:write|end|send)\(|\b(?:body|data)\s{0,3}:)\s{0,3}JSON\.stringify\(\s{0,3}(?!\1\s{0,3}[,)])/,
        message: 'One object is hashed and another is sent. The bytes that are hashed have to be the bytes that are sent.',
      },
      {
        match: /JSON\.stringify\([^\n]{1,60},\s{0,3}null,\s{0,3}\d\)/,
        needs: /JSON\.stringify\(\s{0,3}[\w.]{1,40}\s{0,3}\)/,
        message:
          'The body is written with indentation here and without it elsewhere. The text that is hashed has to be the text that is sent.',
      },
      {
        match: /\b(?:requests?|session|client|httpx)\.\w{2,8}\([^\n]{0,200}\bjson\s{0,3}=/,
        needs:
          /json\.dumps\([^)\n]{1,80}(?:separators|indent|sort_keys)|json_serialize\s?=|\bhttpx\b[\s\S]{1,3000}json\.dumps\(|json\.dumps\([\s\S]{1,3000}\bhttpx\b/,
      },
    ],
  },
  {
    id: 'hashed-in-other-charset',
    about: 'payload-charset-changed',
    strength: 'strong',
    message: 'The body is hashed in one charset and sent in another. Letters beyond ASCII are other bytes then.',
    needs: /utf-?8/i,
    ...twins(
      [
        PYTHON,
        "h = hashlib.sha256(body.encode('«latin-1 → utf-8»')).hexdigest()\nrequests.post(url, data=body.encode('utf-8'), headers=head)",
      ],
      [CSHARP, 'var h = sha.ComputeHash(Encoding.«ASCII → UTF8».GetBytes(json));\nvar c = new StringContent(json, Encoding.UTF8);'],
    ),
    idioms: [
      anyCase`(?:sha_?256|hash|digest)\w{0,12}\(?[^\n]{0,60}(?:\.encode\(["'](?:latin-?1|iso-?8859-?1|ascii|cp1252|utf-?16)|Encoding\.(?:ASCII|Unicode|Default|Latin1)\.|StandardCharsets\.(?:US_ASCII|ISO_8859_1|UTF_16)|utf8_decode\(|["']latin1["']|["']binary["'])`,
    ],
  },
  {
    // https://github.com/smithy-lang/smithy-typescript getPayloadHash: what is neither text nor bytes is UNSIGNED-PAYLOAD.
    id: 'object-given-to-signer',
    about: 'payload-unsigned-mismatch',
    strength: 'strong',
    message: 'The signer is given an object as the body. It hashes texts and bytes only: give it the text that is sent.',
    needs: /SignatureV4|signer\.(?:sign|presign)\(|aws4\.sign\(/,
    says: { by: 'object' },
    ...twins(
      "const signer = new SignatureV4(config)\nconst r = new HttpRequest({ method: 'POST', body: «{ id: 1 } → JSON.stringify({ id: 1 })» })",
    ),
    idioms: [/\bHttpRequest\(\{[^;]{0,600}?\bbody\s{0,3}:\s{0,3}\{/, /\baws4\.sign\(\{[^;]{0,600}?\bbody\s{0,3}:\s{0,3}\{/],
  },
  {
    id: 'unsigned-payload',
    about: 'payload-unsigned-mismatch',
    strength: 'strong',
    message:
      'UNSIGNED-PAYLOAD stands where the service expects the hash of the body: it is for S3, and for requests that say so in x-amz-content-sha256.',
    ...twins("const host = 'abc.execute-api.us-east-1.amazonaws.com'\nconst lines = [verb, «'UNSIGNED-PAYLOAD' → sha256(body)»]", [
      NODE,
      "headers['x-amz-content-sha256'] = «sha256(body) → 'UNSIGNED-PAYLOAD'»\nconst text = head + '\\nUNSIGNED-PAYLOAD'",
    ]),
    idioms: [
      { match: /UNSIGNED-PAYLOAD/, needs: NOT_S3, unless: /["'`/]s3["'`/.-]|\bs3\b/i },
      {
        match: anyCase`${CONTENT_SHA256}(?:["'\x60]e3b0c4|[\w$.]{0,20}(?:payload|body)_?hash|[\w$.]{0,20}(?:sha256|hash)\w{0,10}\()`,
        needs: /(?:\\n|vbLf\s{0,3}&\s{0,3}["']|["'`]\s{0,3},?\s{0,3}["'`]?)UNSIGNED-PAYLOAD["'`]\s{0,3}(?:[\]);]|$)/m,
      },
    ],
  },
])
