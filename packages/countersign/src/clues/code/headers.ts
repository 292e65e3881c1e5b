/** Marks in code: headers that are signed one way and sent another. */
import { type CodeRule, SIGNING, SIGV4, VERSION_4 } from './code-rule.js'

const HEADER = 'header-changed-in-transit'
const TYPE_SIGNED = /content-type:(?!application\/x-www)|content-type;|["'`]content-type["'`]/

export const HEADER_MARKS: readonly CodeRule[] = [
  {
    id: 'changed-after-sign',
    about: HEADER,
    strength: 'fair',
    match:
      /\bsign\w{0,12}\([^\n)]{0,120}\)[\s\S]{0,600}?headers?(?:\[|\.set\(|\.Set\(|\.put\()\s{0,3}["'](x-amz-[\w-]{1,30}|host|content-type|content-length|range)["']/i,
    message: 'the header {1} is set after the request was signed.',
    value: 'header',
    unless: /hmac|createHmac/i,
  },
  {
    id: 'inner-spaces',
    about: 'header-value-not-trimmed',
    strength: 'strong',
    match:
      /(?:content-?disposition|cache-?control|x-amz-meta-[\w-]{1,40}|metadata)["'\]]{0,3}\s{0,3}[:=,]{1,2}[^\n]{0,60}["'][^\n]{0,120}\S {2,}\S[^\n]{0,80}["']/i,
    message: 'the header value holds two spaces in a row; the canonical form has one.',
  },
  {
    id: 'space-after-colon',
    about: 'header-value-not-trimmed',
    strength: 'strong',
    match:
      /(?:[cC]anonical_?[hH]eaders?\w{0,6}\s{0,5}(?::?=|\.=|\+=|<-)[^\n;]{0,120}|\\n|["'`](?:GET|POST|PUT)[^"'`]{0,80}\\n)(?:["'`])?(?:host|x-amz-date|x-amz-content-sha256|content-type|x-amz-security-token): ["'`${%\w]/,
    message: 'a space follows the colon of a canonical header; the canonical form has none.',
    needs: SIGNING,
  },
  {
    id: 'canonical-name-capitals',
    about: 'header-name-not-lower-case',
    strength: 'strong',
    match:
      /(?:[cC]anonical_?[hH]eaders?\w{0,6}\s{0,5}(?::?=|\.=|\+=|<-)\s{0,5}[^\n]{0,20}|\\n|(?:vbLf|#10)\s{0,3}[&+]\s{0,3}["'])["'`]?(?:Host|Content-Type|X-Amz-[A-Z][\w-]{1,30}|X-AMZ-[\w-]{1,30}|Date):(?!\/)/,
    message: 'a canonical header has capitals in its name; names are signed in lower case.',
    needs: SIGNING,
  },
  {
    id: 'signed-list-capitals',
    about: 'header-name-not-lower-case',
    strength: 'strong',
    match:
      /SignedHeaders=(?:[a-z0-9-]{1,40};){0,10}[A-Z](?![a-zA-Z]{0,30}\b["'`]?\s{0,3}[+.&}])[A-Za-z0-9-]{2,40}[;,"'`]|["'](?:[a-z0-9-]{1,40};){0,6}(?:Content-Type|Host|X-Amz-[\w-]{1,20}|Date)(?:;[A-Za-z0-9-]{2,40}){1,8}["']|["'](?:[a-z0-9-]{1,40};){1,6}(?:Content-Type|Host|X-Amz-[\w-]{1,20})["']/,
    message: 'SignedHeaders has capitals; header names are signed in lower case.',
  },
  {
    id: 'names-kept-as-set',
    about: 'header-name-not-lower-case',
    strength: 'fair',
    match:
      /(?:Object\.keys\(\s{0,3}\w{0,20}headers\s{0,3}\)|array_keys\(\s{0,3}\$\w{0,20}headers\s{0,3}\)|headers\.keys\(?\)?)[^\n]{0,40}(?:join|implode)\(?|(?:implode|join)\([^\n]{0,10};[^\n]{0,10}(?:array_keys\(\s{0,3}\$\w{0,20}headers|headers\.keys)/i,
    message: 'the names are signed as they were set, and some have capitals; they are signed in lower case and sorted.',
    needs: /["'](?:Host|Content-Type|X-Amz-Date)["']\s{0,3}(?:\]|=>|:)/,
    unless: /toLowerCase|strtolower|\.lower\(|ToLower|downcase/,
  },
  {
    id: 'unstable-header-signed',
    about: HEADER,
    strength: 'fair',
    match:
      /["'`=](?:[a-z0-9-]{2,40};){0,10}(?:accept-encoding|connection|content-length|expect|transfer-encoding|user-agent)(?:;[a-z0-9-]{2,40}){0,10}["'`,]/,
    message: 'the signed headers hold one that HTTP libraries and proxies set or change on their own.',
    needs: /;host\b|host;/,
  },
  {
    id: 'string-content-charset',
    about: HEADER,
    strength: 'strong',
    match: /new StringContent\([^\n;]{1,120}Encoding\.UTF8,\s{0,3}["'](application\/[\w.+-]{2,40})["']\)/,
    message: 'StringContent sends "; charset=utf-8" behind {1}, which the signed Content-Type has to hold too.',
    needs: TYPE_SIGNED,
    unless: /charset=utf-8/i,
  },
  {
    id: 'okhttp-charset',
    about: HEADER,
    strength: 'strong',
    match:
      /RequestBody\.create\([^\n;]{1,160}["']application\/[\w.+-]{2,40}["'][^\n;]{0,40}\)|["']application\/[\w.+-]{2,40}["']\.toMediaType(?:OrNull)?\(\)/,
    message: 'OkHttp adds "; charset=utf-8" to the Content-Type of a text body, and the signed value has none.',
    needs: TYPE_SIGNED,
    unless: /charset=utf-8/i,
  },
  {
    id: 'dart-charset',
    about: HEADER,
    strength: 'strong',
    match: /http\.(?:post|put|patch)\(/,
    message: 'package:http adds "; charset=utf-8" to the Content-Type of a text body, and the signed value has none.',
    in: ['dart'],
    needs: /content-type[;:'][^\n]{0,80}[\s\S]{0,4000}body:\s{0,3}(?:\w{0,20}json|jsonEncode|payload|body)/i,
    unless: /charset=utf-8|bodyBytes|List<int> body/i,
  },
  {
    id: 'host-with-scheme',
    about: 'host-rewritten',
    strength: 'strong',
    match: /(?:\bhost(?:_?name)?["']?\s{0,3}(?::?=|=>|:)\s{0,3}["'`]https?:\/\/|\bhost:https?:\/\/)/i,
    message: 'the host that is signed starts with a scheme; the Host header is the name alone.',
    needs: SIGNING,
  },
  {
    id: 'host-with-path',
    about: 'host-rewritten',
    strength: 'strong',
    match:
      /\bhost(?:_?name)?["']?\s{0,3}(?::?=|=>|:)\s{0,3}["'`](?!https?:)[\w.-]{3,120}\.(?:com|net|org|io|cn|local)(?::\d{1,5})?\/[^"'`\s]{0,80}["'`]/i,
    message: 'the host that is signed holds a slash or a path; the Host header is the name alone.',
    needs: SIGNING,
  },
  {
    id: 'host-from-whole-url',
    about: 'host-rewritten',
    strength: 'strong',
    match: /host:["'`]?\s{0,3}(?:[+.&,]{1,2}\s{0,3}|\$\{|\{|\$)[$@]?(?:end_?point|base_?url|url)\b(?!\.|\[|->)/i,
    message: 'what is signed as host is the URL or the endpoint; the Host header is the name alone.',
    needs: /\b(?:end_?point|base_?url|url)\b["']?\s{0,3}(?::?=|=>|:)\s{0,3}["'`]https?:\/\//i,
  },
  {
    id: 'worker-headers',
    about: HEADER,
    strength: 'strong',
    match: /(?:new Headers\(|filter\w{0,20}\(|headers:\s{0,5})[^\n]{0,60}\brequest\.headers/,
    message: "the visitor's headers are signed, accept-encoding among them, and fetch of the platform sends another value for it.",
    needs: /\.sign\(|aws4fetch|AwsClient/,
    unless: /['"]accept-encoding['"]/i,
  },
  {
    id: 'incoming-headers-signed',
    about: 'host-rewritten',
    strength: 'fair',
    match: /headers\s{0,3}[:=]\s{0,3}(?:\{\s{0,3}\.\.\.)?(?:req|event|ctx\.request|r)\.headers?\b/i,
    message: 'the incoming headers, Host among them, are taken over into the request that is signed.',
    needs: /aws4|sign\(/i,
    unless: /delete [\w.]{1,40}host|changeOrigin/i,
  },
  {
    id: 'token-after-signature',
    about: 'query-changed-in-transit',
    strength: 'strong',
    match: /X-Amz-Signature=[^\n]{0,80}X-Amz-Security-Token=|[+.]=\s{0,3}["'`]&X-Amz-Security-Token=[^\n]{0,120}$/im,
    message:
      'the session token is put into the URL after the signature was made; the verifier reads it as part of the canonical query string.',
    needs: /X-Amz-Signature=[\s\S]{0,400}X-Amz-Security-Token=|X-Amz-Security-Token/,
    unless: /X-Amz-Security-Token[\s\S]{1,2000}X-Amz-Signature=|iotdevicegateway/,
  },
  {
    id: 'credential-without-scope',
    about: 'authorization-malformed',
    strength: 'strong',
    match:
      /Credential=(?:["'`]\s{0,3}[+.&]{1,2}\s{0,3}|\$\{?|\{)\$?\w{0,20}(?:access_?key|key_?id)\w{0,12}\}?(?:["'`]?\s{0,3}[+.&]{0,2}\s{0,3}["'`])?\s{0,3}, ?SignedHeaders/i,
    message: 'Credential holds the access key id alone; the credential scope follows it behind a slash.',
    needs: VERSION_4,
  },
  {
    id: 'authorization-comma-missing',
    about: 'authorization-malformed',
    strength: 'fair',
    match: /AWS4-HMAC-SHA256,? ?Credential=[^\n]{1,200}(?<!,)(?<!,["'`\s])(?<!, ["'`]) ?["'`]?\s{0,3}[+.&]{0,2}\s{0,3}["'`]?SignedHeaders=/,
    message: 'the parts of the Authorization header are parted by commas.',
    needs: SIGV4,
    unless: /,\s{0,3}["'`]?\s{0,3}[+.&]{0,2}\s{0,3}["'`]?\s{0,3}SignedHeaders=/,
  },
]
