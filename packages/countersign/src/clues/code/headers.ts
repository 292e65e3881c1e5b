// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of programs
/** Headers that are signed one way and sent another. */

import { twins } from '../rule.js'
import { type CodeRule, codeRules } from './code-rule.js'
import { NODE, PHP, PYTHON } from './example-code.js'
import { anyCase, exactly, words } from './pattern.js'
import { CANONICAL_HEADERS, IS, JOINED, QUOTE, SET, SIGNED_NAME, SIGNING } from './vocabulary.js'

/** What HTTP libraries and proxies set or change on their own. */
const UNSTABLE = words('accept-encoding, connection, content-length, expect, transfer-encoding, user-agent')
const TYPE_SIGNED = /content-type:(?!application\/x-www)|content-type;|["'`]content-type["'`]|\bContentType\s?[:=(]/
const CAPITAL_NAME = String.raw`(?:Host|Date|Content-Type|X-(?:Amz|AMZ)-[\w-]{1,30})`
const LISTED = '(?:[a-z0-9-]{2,40};){0,10}'
/** Where one of the canonical headers starts. */
const HEADER_STARTS = String.raw`(?:${CANONICAL_HEADERS}${IS}[^\n;]{0,120}|\\n|vbLf\s{0,3}&\s{0,3}["'])["'\x60]?`
/** The names of the headers, as a program lists those it has set. */
const OWN_NAMES = words('Object.keys(, array_keys(, .keys()')
const URL_NAME = String.raw`(?:end_?point|base_?url|url)\b`

export const HEADER_RULES: readonly CodeRule[] = codeRules([
  {
    id: 'header-after-signing',
    about: 'header-changed-in-transit',
    strength: 'fair',
    message: 'The header {1} is set after the request was signed.',
    value: 'header',
    unless: /hmac|createHmac/i,
    ...twins("import aws from 'aws4'\n«aws.sign(req, creds)\n → »req.headers['range'] = 'bytes=0-9'\n« → aws.sign(req, creds)»"),
    idioms: [anyCase`\bsign\w{0,12}\([^\n)]{0,120}\)[\s\S]{0,600}?headers?(?:\[|\.(?:set|put|add)\()\s{0,3}["'](${SIGNED_NAME})["']`],
  },
  {
    id: 'header-value-spaces',
    about: 'header-value-not-trimmed',
    strength: 'strong',
    message:
      'A header is signed with spaces that its canonical form does not have: none behind the colon, and one where several stand in a row.',
    ...twins([NODE, "headers['cache-control'] = 'no-cache, «  → »no-store'"], [PYTHON, "canonical_headers = 'host:«  → »' + host + '\\n'"]),
    idioms: [
      {
        match: anyCase`(?:content-?disposition|cache-?control|x-amz-meta-[\w-]{1,40}|metadata)["'\]]{0,3}\s{0,3}[:=,]{1,2}[^\n]{0,60}["'][^\n]{0,120}\S {2,}\S[^\n]{0,80}["']`,
        message: 'The header value holds two spaces in a row. The canonical form has one.',
      },
      {
        match: anyCase`${HEADER_STARTS}${SIGNED_NAME}: ["'\x60{$%\w]`,
        needs: SIGNING,
        message: 'A space follows the colon of a canonical header. The canonical form has none.',
      },
    ],
  },
  {
    id: 'header-name-capitals',
    about: 'header-name-not-lower-case',
    strength: 'strong',
    message: 'Names of signed headers have capitals. They are signed in lower case.',
    needs: SIGNING,
    ...twins(
      [PYTHON, "canonical_headers = '«Host → host»:' + host + '\\n'"],
      [PYTHON, "signed_headers = '«Host;X-Amz-Date → host;x-amz-date»'"],
      [PHP, "$headers['Host'] = $host;\n$names = «implode(';', array_keys($headers → strtolower(implode(';', array_keys($headers)»));"],
    ),
    idioms: [
      exactly`(?:[cC]anonical_?[hH]eaders?\w{0,6}${IS}[^\n]{0,20}|\\n|vbLf\s{0,3}&\s{0,3}["'])["'\x60]?${CAPITAL_NAME}:(?!\/)`,
      exactly`["']${LISTED}${CAPITAL_NAME}(?:;[A-Za-z0-9-]{2,40}){1,8}["']|["'](?:[a-z0-9-]{2,40};){1,10}${CAPITAL_NAME}["']`,
      {
        match: exactly`(?:implode|join)\([^\n]{0,10};[^\n]{0,10}${OWN_NAMES}|${OWN_NAMES}[^\n]{0,60}(?:join|implode)\(`,
        needs: /["'](?:Host|Content-Type|X-Amz-Date)["']\s{0,3}(?:\]|=>|:)/,
        unless: /toLowerCase|strtolower|\.lower\(|ToLower|downcase/,
      },
    ],
  },
  {
    id: 'unstable-header-signed',
    about: 'header-changed-in-transit',
    strength: 'fair',
    message: 'The signed headers hold one that HTTP libraries and proxies set or change on their own.',
    needs: /;host\b|host;/,
    ...twins([PYTHON, "signed = 'host;«user-agent; → »x-amz-date'"]),
    idioms: [exactly`["'\x60=]${LISTED}${UNSTABLE}(?:;[a-z0-9-]{2,40}){0,10}["'\x60,]`],
  },
  {
    id: 'charset-added',
    about: 'header.changed',
    tags: ['header-charset-appended'],
    strength: 'strong',
    message: 'This library adds "; charset=utf-8" to the Content-Type of a text body, and the signed value has none.',
    needs: TYPE_SIGNED,
    unless: /charset=utf-8|bodyBytes|List<int> body/i,
    ...twins(
      'val body = json.toRequestBody("application/json« → ; charset=utf-8»".toMediaType())\nval signedHeaders = "content-type;host"',
      'signed = "content-type;host";\nrequest.Content = new «StringContent(s, Encoding.UTF8, "application/json" → ByteArrayContent(b»);',
      "import 'package:http/http.dart';\nfinal names = 'content-type;host';\nawait http.post(url, body: «jsonEncode(order) → bytes»);",
    ),
    idioms: [
      /new StringContent\([^\n;]{1,120}Encoding\.UTF8,\s{0,3}["']application\/[\w.+-]{2,40}["']\)/,
      /RequestBody\.create\([^\n;]{1,160}["']application\/[\w.+-]{2,40}["'][^\n;]{0,40}\)|["']application\/[\w.+-]{2,40}["']\.toMediaType(?:OrNull)?\(\)/,
      { match: /http\.(?:post|put|patch)\([^;]{0,400}body:\s{0,3}(?:\w{0,20}json|jsonEncode|payload|body)/i, in: ['dart'] },
    ],
  },
  {
    id: 'host-not-a-name',
    about: 'host-rewritten',
    strength: 'strong',
    message:
      'What is signed as host is a URL, or holds a path. The Host header is the name alone, with a port where it is not the default.',
    needs: SIGNING,
    ...twins(
      [PYTHON, "host = '«https:// → »sqs.us-east-1.amazonaws.com'"],
      [PYTHON, "host = 'sqs.us-east-1.amazonaws.com«/queue → »'"],
      [PYTHON, "endpoint = 'https://sqs.us-east-1.amazonaws.com'\ncanonical_headers = 'host:' + «endpoint → host» + '\\n'"],
    ),
    idioms: [
      anyCase`\bhost(?:_?name)?${SET}${QUOTE}https?:\/\/|\bhost:https?:\/\/`,
      anyCase`\bhost(?:_?name)?${SET}${QUOTE}(?!https?:)[\w.-]{3,120}\.(?:com|net|org|io|cn|local)(?::\d{1,5})?\/[^"'\x60\s]{0,80}${QUOTE}`,
      {
        match: anyCase`host:["'\x60]?(?:${JOINED}|\s{0,3},\s{0,3}|[{$]{1,2})[$@]?${URL_NAME}(?!\.|\[|->)`,
        needs: anyCase`\b${URL_NAME}${SET}${QUOTE}https?:\/\/`,
      },
    ],
  },
  {
    // https://www.rfc-editor.org/rfc/rfc9110#name-host-and-authority: clients leave the default port of the scheme out.
    id: 'host-with-default-port',
    about: 'host-port-changed',
    strength: 'strong',
    message: 'The host is signed with the default port of its scheme, and clients leave that port out of the Host header.',
    needs: /canonical|string_?to_?sign|aws4|X-Amz-|sigv4/i,
    unless: /["'`]https?:\/\/[^"'`\s]{1,100}:(?:443|80)\//,
    ...twins([NODE, 'const host = `${endpoint}«:443 → »`'], [PYTHON, "canonical_headers = 'host:' + host + '«:443 → »\\n'"]),
    idioms: [
      anyCase`\bhost(?:_?name|_?header)?${SET}[^\n;]{0,80}:(?:443|80)${QUOTE}`,
      anyCase`host:${QUOTE}${JOINED}[$@]?\w{1,40}${JOINED}${QUOTE}:(?:443|80)(?:\\n|${QUOTE})`,
    ],
  },
  {
    id: 'incoming-host-signed',
    about: 'host-rewritten',
    strength: 'strong',
    message: 'The host of the incoming request is signed. What sends the request on names the host of the origin.',
    needs: /aws4|\.sign\(|SignatureV4|AwsClient|AWSRequest|SigV4/,
    ...twins(
      "const aws4 = require('aws4')\nconst o = aws4.sign({ service: 'lambda', host: «request.headers.host[0].value → ORIGIN», path: request.uri })",
      [
        PYTHON,
        "request = AWSRequest(method='GET', url=url, headers={'Host': «event['headers']['host'] → ORIGIN»})\nSigV4Auth(c, 's3', r).add_auth(request)",
      ],
    ),
    idioms: [
      anyCase`\bhost(?:name)?["']?\s{0,3}[:=]\s{0,3}(?:req|request|event|ctx|r|incoming|viewer)\w{0,10}(?:\.\w{1,20}){0,3}\.?(?:\[?["']?headers["']?\]?)(?:\.host|\[["']host["']\]|\.get\(["']host["']\))`,
    ],
  },
  {
    id: 'incoming-headers-signed',
    about: 'header.changed',
    tags: ['header-accept-encoding-rewritten'],
    strength: 'strong',
    message: 'The headers of an incoming request are signed, Host and accept-encoding among them. What sends the request on sets its own.',
    needs: /aws4|\.sign\(|AwsClient/,
    unless: /['"]accept-encoding['"]|delete [\w.]{1,40}host/i,
    ...twins(
      "import { AwsClient } from 'aws4fetch'\nconst signed = await aws.sign(url, { headers: «new Headers(request.headers) → {}» })",
      "const aws4 = require('aws4')\nconst opts = { path, headers: «req.headers → { accept: '*/*' }» }",
    ),
    idioms: [
      /(?:new Headers\(|filter\w{0,20}\(|headers\s{0,3}[:=]\s{0,5}(?:\{\s{0,3}\.\.\.)?)[^\n]{0,60}(?<!this\.)\b(?:req|request|event|ctx\.request|r)\.headers?\b/i,
    ],
  },
])
