// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of programs
/**
 * The signing key, where the HMACs themselves do not tell (see chain.ts).
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Calculate the signature"
 */

import { twins } from '../rule.js'
import { type CodeRule, codeRules } from './code-rule.js'
import { JAVA, NODE, PYTHON, SHELL } from './example-code.js'
import { anyCase, words } from './pattern.js'
import { HEX, HEX_DIGITS, IS, STEP, STRING_TO_SIGN, UNHEX, VERSION_4 } from './vocabulary.js'

const STEP_IS = String.raw`${STEP}\s{0,10}(?::|:?=|<-)\s{0,10}`
const AS_BYTES = words('GetBytes, GetBytes_4, utf8.encode, getBytes, bytes, Buffer.from, TextEncoder().encode, []byte')
const STEP_VARIABLE = String.raw`["']?\$\{?(?:\w{0,20}(?:date|region|service|signing)\w{0,20}|k[1-4])\b`
const WRONG_PREFIX = words('AWS, aws4, Aws4, AWS4 , AWS4-, AWS3, AWSV4, AWS_4')
const PREFIXED = String.raw`["'\x60]\s{0,5}(?:[+.&,]|\.\.|\|\||<>)\s{0,5}[$@]?[\w.[\]'"]{0,40}(?:secret|key)`
const SPELLED_WRONG = words('aws_request, aws4-request, aws4request, aws4_requst, aws4_reqest, aws4_requests, aws_4_request, aws4 request')

export const KEY_RULES: readonly CodeRule[] = codeRules([
  {
    id: 'key-step-as-hex',
    about: 'signing-key-from-hex-text',
    strength: 'strong',
    message: 'A step of the signing key is turned into hex text. Each step needs the raw 32 bytes of the one before.',
    unless: UNHEX,
    ...twins(
      [PYTHON, 'k_region = mac(k_date, region).«hexdigest → digest»()'],
      [NODE, 'const kRegion = CryptoJS.HmacSHA256(region, kDate)«.toString() → »'],
      'let kRegion = mac(region, key: Data(kDate«.map { String(format: "%02x", $0) }.joined().utf8 → »))',
    ),
    idioms: [
      anyCase`${STEP_IS}[^\n;]{0,200}${HEX}`,
      anyCase`${STEP_IS}[^\n;]{0,200}${STEP}[^\n;]{0,60}%02x`,
      anyCase`${STEP_IS}[^\n;]{0,40}HmacSHA256\([^\n;]{1,200}\)\.toString\(`,
    ],
  },
  {
    // Where the function that makes the HMAC is not shown, the names of the steps tell the order all the same.
    id: 'key-steps-named-out-of-order',
    about: 'signing-key-chain-order',
    strength: 'strong',
    message: 'A step of the signing key takes the wrong step before it. The order is date, region, service, aws4_request.',
    ...twins([JAVA, 'byte[] «kService → kRegion» = mac(kDate, «service → region»);']),
    idioms: [
      anyCase`\bk_?service\w{0,4}${IS}[^\n;(]{0,40}\([^\n;(]{0,60}\bk_?date\b`,
      anyCase`\bk_?region\w{0,4}${IS}[^\n;(]{0,40}\([^\n;(]{0,60}\bk_?service\b`,
    ],
  },
  {
    id: 'key-as-text',
    about: 'signing-key-from-hex-text',
    strength: 'strong',
    message: 'An HMAC takes its key as text here. A step of the signing key is 32 raw bytes, not a text or its hex digits.',
    ...twins(
      [PYTHON, 'sig = compute(k_signing«.encode(), text → , text.encode()»)'],
      [PYTHON, `sig = hmac_sha256(«'${'0f'.repeat(32)}' → bytes.fromhex('${'0f'.repeat(32)}')», region)`],
      'byte[] Sign(«string → byte[]» key, string data) {\n  mac.Key = «Encoding.UTF8.GetBytes(key) → key»;\n}',
      [SHELL, 'kRegion=$(printf %s "$region" | openssl dgst -sha256 -«hmac " → mac HMAC -macopt "hexkey:»$kDate")'],
    ),
    idioms: [
      { match: anyCase`${AS_BYTES}\(\s{0,5}${STEP}(?!\s{0,5},\s{0,5}['"](?:hex|latin1|binary))`, unless: UNHEX },
      { match: anyCase`${STEP}\.(?:encode|getBytes|toByteArray|data\(using)\(`, unless: UNHEX },
      { match: /\.Key\s{0,3}=\s{0,5}[\w.]{1,60}\.GetBytes\w{0,4}\(\s{0,5}\w{1,30}/, needs: /As String|string\s+\w{0,20}(?:key|secret)/i },
      {
        // A zero byte among the 32 ends a text of C.
        match: /\bHMAC\([^;\n]{0,120}\bstrlen\(|\bstd::string\(\s{0,3}\((?:const )?char\s?\*\)\s{0,3}\w{1,30}\s{0,3}\)/,
        in: ['cpp'],
        message: 'The key is taken as a text that ends at its first zero byte. A step of the signing key is 32 bytes of any value.',
      },
      { match: anyCase`\bhmac\w{0,20}\(\s{0,5}["']${HEX_DIGITS}["']\s{0,5},`, unless: UNHEX },
      {
        match: /openssl\s{1,5}(?:dgst|sha256)[^\n]{0,60}\s-hmac\s{1,5}["']?\$/i,
        needs: VERSION_4,
        unless: /hexkey:/,
        message: 'openssl -hmac takes its key as text. A step of the signing key is bytes, and needs -mac HMAC -macopt hexkey: instead.',
      },
      {
        match: anyCase`-(?:hmac\s{1,5}|macopt\s{1,5}["']?key:)${STEP_VARIABLE}`,
        in: ['shell'],
        message: 'openssl takes this key as text. A step of the signing key is bytes, and needs -mac HMAC -macopt hexkey: instead.',
      },
    ],
  },
  {
    id: 'key-step-as-base64',
    about: 'signing-key-from-base64-text',
    strength: 'strong',
    message: 'A step of the signing key is turned into base64 text. Each step needs the raw 32 bytes of the one before.',
    unless: /base64_?decode|b64decode|FromBase64/i,
    ...twins([NODE, "const kRegion = mac(kDate).digest(«'base64' → »)"]),
    idioms: [anyCase`${STEP_IS}[^\n;]{0,200}(?:digest\(\s{0,5}['"]base64|ToBase64String|b64encode|base64_encode)`],
  },
  {
    id: 'key-prefix',
    about: 'signing-key-without-aws4-prefix',
    strength: 'strong',
    message: 'The first HMAC of the chain takes "AWS4" and the secret access key. Here the prefix is missing or spelled differently.',
    unless: /["'`]AWS4(?:["'`]\s{0,5}(?:[+.&,]|\.\.|\|\||<>)|\$|#|\{|\\\()/,
    ...twins("k_date = sign(« → 'AWS4' + »secret_key, date)", "const kDate = hmac('«AWS → AWS4»' + secretKey, day)"),
    idioms: [
      { match: new RegExp(`["'\`]${WRONG_PREFIX}${PREFIXED}`) },
      { match: new RegExp(`["'\`]${WRONG_PREFIX}(?:\\$\\{?|#\\{|\\{|\\\\\\()[\\w.[\\]'"]{0,30}(?:secret|key)`, 'i') },
      { match: /\b[$@]?(?:k_?date|date_?key)\s{0,5}:?=\s{0,5}[^\n]{1,60}(?<!k_?)secret/i, unless: /AWS4(?!-HMAC|_|Auth)/ },
    ],
  },
  {
    id: 'signature-not-hmac-sha256',
    about: 'key.derivation',
    strength: 'strong',
    message: 'Version 4 takes HMAC with SHA-256 in every step. Here it is another hash, or no HMAC.',
    needs: VERSION_4,
    ...twins(
      [PYTHON, 'mac = hmac.new(key, text, hashlib.«sha1 → sha256»)'],
      [NODE, 'const signature = «sha256(signingKey + → hmac_sha256(signingKey,» stringToSign)'],
    ),
    idioms: [
      anyCase`\bHmacSHA1\b|\b(?:hash_hmac|createHmac|Digest\.new)\(\s{0,5}['"]sha1|hashlib\.sha1|-sha1\b[^\n]{0,20}-hmac`,
      {
        match: anyCase`\bsignature${IS}(?:(?!hmac)[^\n;]){0,40}(?:\bsha256\w{0,8}|\bhash|createHash|SHA256\.\w{1,8})\([^\n;]{0,80}(?:${STRING_TO_SIGN}|signing_?key)`,
        unless: /\bsha256\.hmac|hmac_?sha256/i,
      },
    ],
  },
  {
    id: 'terminator-misspelled',
    about: 'scope-terminator-mismatch',
    strength: 'strong',
    message: 'The credential scope and the last HMAC of the chain end in "aws4_request", spelled exactly so.',
    ...twins(
      'const scope = [day, region, service, "«aws4-request → aws4_request»"].join("/")',
      'k = sign(k, "«AWS4_REQUEST → aws4_request»")',
    ),
    idioms: [{ match: new RegExp(`["'\`/](?:${SPELLED_WRONG}|AWS4_REQUEST|Aws4_Request)\\b`) }],
  },
])
