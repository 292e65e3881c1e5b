// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of programs
/**
 * The lines of the path and of the query.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Create a canonical request"
 */

import { twins } from '../rule.js'
import { type CodeRule, codeRules } from './code-rule.js'
import { GO, JAVA, NODE, PHP, PYTHON } from './example-code.js'
import { anyCase, exactly } from './pattern.js'
import {
  CANONICAL_QUERY,
  CANONICAL_URI,
  DECODES,
  ENCODES,
  ENCODES_ALL,
  ENDED,
  GIVES,
  IS,
  JOINED,
  METHOD,
  QUOTE,
  SIGNING,
} from './vocabulary.js'

const QUERY_IS = CANONICAL_QUERY + GIVES
const PATH_IS = CANONICAL_URI + GIVES
const PATH_NAME = String.raw`[$@]?\w{0,20}(?:path|uri|key|object|name|file)\w{0,10}`
/** The query of a URL as an HTTP library keeps it, in the order of the URL. */
const RAW_QUERY = String.raw`(?:\.search\b|\.RawQuery\b|\.query\b|QUERY_STRING|getRawQuery|\.Query\b)`
/** What makes a query of parameters, in their order. */
const JOINS = String.raw`(?:http_build_query\(|urlencode\(|\.items\(\)|Object\.(?:keys|entries)\(|array_keys|\.entrySet\(|join\(|joinToString\(|implode\()`
const SORTS = /sort|TreeMap|SortedDictionary|OrderBy|BTreeMap|\.Encode\(\)/i
/** What makes the value of X-Amz-Credential right. */
const ESCAPES = '(?:%2F|encode|escape|quote)'
const CREDENTIAL_CALL = String.raw`(?:["'\x60]${JOINED}|[$#]?\{|\\\()?(?:await )?[$\w.:>\\-]{1,40}\(`
/** A path with a query, its parameters written out or in a variable. */
const URL_WITH_QUERY = String.raw`\/[^"'\x60\s?]{0,80}\?(?:[\w.-]{1,60}=|(?:\$\{|\{)\w{0,20}(?:query|params|search))`
const SENT_WITH_QUERY = anyCase`\b(?:requests|axios|httpx|session)\.\w{3,7}\([^\n]{0,200}\bparams\b|${URL_WITH_QUERY}|${QUOTE}\?${QUOTE}\s{0,3}[+.&]`

export const QUERY_RULES: readonly CodeRule[] = codeRules([
  {
    id: 'credential-slash',
    about: 'query-encoded-differently',
    strength: 'strong',
    message: 'The slashes of X-Amz-Credential stand in the query as they are. In the canonical query string they are %2F.',
    unless: anyCase`Credential=[^\n]{0,120}${ESCAPES}|gsub|${ESCAPES}\w{0,10}\(\s{0,3}\$?(?:x_?amz_?)?credential|AWS4-HMAC-SHA256 Credential=`,
    ...twins([NODE, 'const query = `X-Amz-Credential=${«id}/${scope → encodeURIComponent(`${id}/${scope}`)»}&X-Amz-Date=${t}`']),
    idioms: [
      anyCase`X-Amz-Credential=(?!\s)(?!${CREDENTIAL_CALL})(?:(?!\bAWS4)[^\n&%]){0,90}?(?:\/(?!\s{0,3}g\b)|\bscope\b|credential_?scope)(?:(?!${ESCAPES}|replace)[^\n]){0,160}$`,
    ],
  },
  {
    id: 'query-decoded',
    about: 'query-encoded-differently',
    strength: 'fair',
    message: 'The query is decoded as a whole, so an encoded "&", "=" or "+" in it is lost. Split it first.',
    needs: SIGNING,
    ...twins(
      [PYTHON, "for pair in «unquote(url.query).split('&'):\n    add(pair → url.query.split('&'):\n    add(unquote(pair)»)"],
      [JAVA, 'String q = uri.«getQuery → getRawQuery»();'],
    ),
    idioms: [
      anyCase`${DECODES}\(\s{0,5}\$?[\w.]{0,40}(?:query|search|qs|uri|url)\w{0,20}(?:\(\))?[^\n]{0,60}(?:\)\s{0,5}\.?\s{0,5}|\n[^\n]{0,120})(?:split|explode)`,
      { match: /\.getQuery\(\)/, unless: /getRawQuery/ },
    ],
  },
  {
    id: 'query-unsorted',
    about: 'query-not-sorted',
    strength: 'fair',
    message: 'Nothing sorts the parameters. The canonical query string is sorted by name.',
    unless: SORTS,
    ...twins(
      [GO, 'canonicalQuery := «r.URL.RawQuery → inOrder(r.URL)»'],
      [PYTHON, "canonical_query = '&'.join(«pairs → sorted(pairs)»)"],
      'val canonicalQuery = params«  → .toSortedMap()».map { (k, v) -> "$k=$v" }.joinToString("&")',
      [PYTHON, "def canonical_qs(params):\n    return '&'.join(k + '=' + quote(v) for k, v in «params.items() → sorted(params.items())»)"],
    ),
    idioms: [anyCase`${QUERY_IS}[^\n]{0,100}(?:${RAW_QUERY}|${JOINS})`],
  },
  {
    id: 'query-not-encoded',
    about: 'query-encoded-differently',
    strength: 'strong',
    message: 'The query is written with a character that has to be percent-encoded: %2B for "+", %20 for a space.',
    needs: /sign|canonical/i,
    ...twins(
      [NODE, "const u = 'https://api.example.com/find?name=a«+b → %20b»'\nsign(u)"],
      [PYTHON, "canonical_querystring = 'name=a« b → %20b»'"],
    ),
    idioms: [
      /["'`]https?:\/\/[^"'`\s?]{1,200}\?[^"'`\s]{0,200}\+/,
      anyCase`${QUERY_IS}${QUOTE}[^"'\x60\n]{0,200}=[^"'\x60\n&=]{0,80}[ :/,@][^"'\x60\n]{0,120}${QUOTE}`,
    ],
  },
  {
    id: 'query-left-out',
    about: 'query-left-out',
    strength: 'strong',
    message: 'The canonical query string is left empty, and the URL has parameters.',
    needs: SENT_WITH_QUERY,
    ...twins([PYTHON, "canonical_querystring = ''\nrequests.get(endpoint«, params=params → »)"]),
    idioms: [anyCase`${QUERY_IS}(?:""|''|\x60\x60)${ENDED}`],
  },
  {
    id: 'query-on-wrong-line',
    about: 'query-in-canonical-uri',
    strength: 'strong',
    message:
      'The query or its "?" stands where it does not belong. The query has a line of its own, behind that of the path and without the "?".',
    ...twins([NODE, "const canonicalUri = '/items«?page=2 → »'"], [NODE, 'const canonicalQuery = url.search« → .slice(1)»']),
    idioms: [
      anyCase`${PATH_IS}${QUOTE}[^"'\x60\n]{0,200}\?[\w.-]{1,60}=`,
      anyCase`${QUOTE}${METHOD}(?:\\n|${QUOTE}${JOINED}["'\x60]\\n["'\x60]${JOINED}${QUOTE})\/[^"'\x60\n\\]{0,200}\?[\w.-]{1,60}=`,
      anyCase`${QUERY_IS}(?:["'\x60]\?[\w{$]|(?:new )?\w{0,10}(?:url|uri|location|parsed)\w{0,10}\.search\b(?!\w|\.(?:slice|sub|replace)))`,
    ],
  },
  {
    id: 'token-behind-signature',
    about: 'query-parameter-added',
    strength: 'strong',
    message:
      'The session token is put into the URL after the signature was made. The verifier reads it as part of the canonical query string.',
    unless: /X-Amz-Security-Token[\s\S]{1,2000}X-Amz-Signature=|iotdevicegateway/,
    says: { parameter: 'x-amz-security-token' },
    ...twins([PYTHON, "url = base + «'&X-Amz-Signature=' + sig + → » '&X-Amz-Security-Token=' + token« →  + '&X-Amz-Signature=' + sig»"]),
    idioms: [/X-Amz-Signature=[^\n]{0,80}X-Amz-Security-Token=|[+.]=\s{0,3}["'`]&X-Amz-Security-Token=[^\n]{0,120}$/im],
  },
])

export const PATH_RULES: readonly CodeRule[] = codeRules([
  {
    id: 'path-not-encoded',
    about: 'path-not-encoded',
    strength: 'strong',
    message: 'The path is signed as it is written. A space or a reserved character in it has to be percent-encoded.',
    unless: /\bboto3\b|@aws-sdk\/client|software\.amazon\.awssdk\.services/,
    ...twins(
      [NODE, "fetch('https://abc.execute-api.us-east-1.amazonaws.com/prod/«@connections/x= → %40connections/x%3D»')"],
      [NODE, "const canonicalUri = '/' + «key → encodePath(key)»\nget(host + encodeURI(key))"],
      [PYTHON, "canonical_uri = '/summer« holidays → %20holidays»/one.jpg'"],
      [PYTHON, "canonical_uri = '« → /»'"],
    ),
    idioms: [
      /["'`]https?:\/\/(?!s3[.-])(?![^"'`\s/]{0,100}\.s3[.-])[^"'`\s/:]{1,160}amazonaws\.com(?::\d{1,5})?\/[^"'`\s?#]{0,300}[:*!()@,+=][^"'`\s]{0,200}["'`]/,
      anyCase`${PATH_IS}${QUOTE}\/[^"'\x60\n?]{0,120}[^"'\x60\n?] [^"'\x60\n?]{1,120}${QUOTE}`,
      {
        match: anyCase`${PATH_IS}${QUOTE}\/(?:${QUOTE}${JOINED}[$@]?\w{1,30}|\$?\{\w{1,30}\}${QUOTE})${ENDED}`,
        needs: anyCase`${ENCODES}\(\s{0,3}${PATH_NAME}\s{0,3}[,)]`,
      },
      { match: anyCase`${PATH_IS}(?:""|'')${ENDED}`, message: 'The canonical URI is left empty. An empty path is signed as "/".' },
    ],
  },
  {
    id: 'path-encoded-as-one',
    about: 'path-encoded-differently',
    strength: 'strong',
    message: 'The whole path is encoded as one piece, its slashes too. Encode each piece between the slashes.',
    unless: /%2F["'`]\s{0,3},\s{0,3}["'`]\/|%2F\/g/i,
    ...twins(
      [PYTHON, 'canonical_uri = «quote_plus → quote»(path)'],
      [PHP, "$path = '/' . urlencode($folder« . '/' .  → ) . '/' . urlencode(»$file);"],
      [NODE, "const path = '/' + encodeURIComponent(«objectKey → id»)"],
    ),
    idioms: [
      anyCase`${PATH_IS}(?:${QUOTE}\/${QUOTE}${JOINED})?[\w.[\]:]{0,12}${ENCODES_ALL}\(\s{0,3}(?:${PATH_NAME}\s{0,3}[,)]|${QUOTE}\/)`,
      anyCase`\b(?:path|uri)\w{0,6}${IS}(?:${QUOTE}\/${QUOTE}${JOINED})?${ENCODES_ALL}\([^()\n]{0,80}${QUOTE}\/${QUOTE}`,
      {
        // A key may hold slashes, unless the program takes it apart first.
        match: anyCase`\b(?:path|uri)\w{0,6}${IS}(?:${QUOTE}\/${QUOTE}${JOINED}|${QUOTE}\/\$?\{)${ENCODES_ALL}\(\s{0,3}[$@]?\w{0,10}(?:key|path|object)\w{0,10}\s{0,3}\)`,
        needs: SIGNING,
        unless: /%2F|split\(|explode\(|\.map\(/i,
      },
    ],
  },
  {
    // https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/net/URLEncoder.html: for forms, a space becomes "+".
    id: 'path-encoded-as-form',
    about: 'path-encoded-differently',
    strength: 'strong',
    message: 'This encoder is for forms: a space of the path becomes "+". In a path it is %20.',
    unless: /["']\+["']\s{0,5},\s{0,5}["'](?:%20|\\%20)|%20/,
    ...twins([JAVA, 'String canonicalUri = "/" + URLEncoder.encode(key, "UTF-8").replace("%2F", "/")« → .replace("+", "%20")»;']),
    idioms: [
      anyCase`${PATH_IS}[^\n;]{0,120}(?:URLEncoder\.encode|quote_plus|url\.QueryEscape|CGI\.escape|(?<!raw)\burlencode|HttpUtility\.UrlEncode|WebUtility\.UrlEncode)\(`,
    ],
  },
  {
    id: 'path-not-a-path',
    about: 'path-rewritten',
    strength: 'strong',
    message: 'The canonical URI is not a path. It is what stands behind the host in the URL, and starts with "/".',
    ...twins([PYTHON, "canonical_uri = '« → /»items'"], [PYTHON, "canonical_uri = '«https://sqs.us-east-1.amazonaws.com → »/'"]),
    idioms: [anyCase`${PATH_IS}(?:["'](?!https?:)[a-z0-9][\w.-]{0,60}(?:\/[^"'\n]{0,100})?["']${ENDED}|${QUOTE}https?:\/\/)`],
  },
  {
    // https://github.com/smithy-lang/smithy-typescript SignatureV4Init.uriEscapePath: true unless it is set, and S3 encodes once.
    id: 'signer-escapes-path-again',
    about: 'path-encoded-twice',
    strength: 'strong',
    message: 'SignatureV4 encodes the path once more unless uriEscapePath is false, and S3 encodes it once.',
    needs: /service["']?\s{0,3}:\s{0,3}["']s3["']/,
    unless: /uriEscapePath["']?\s{0,3}:\s{0,3}false/,
    ...twins("const s = new SignatureV4({ service: 's3', region«  → , uriEscapePath: false» })\nconst r = { path: '/' + encodeURI(key) }"),
    idioms: [{ match: /new SignatureV4\(\{/, needs: /encodeURI(?:Component)?\b/ }],
  },
  {
    id: 'path-encoded-twice',
    about: 'path-encoded-twice',
    strength: 'fair',
    message: 'The key is percent-encoded before an encoder, or a client that encodes it once more. S3 encodes the path once.',
    ...twins(
      [PYTHON, 'key = quote(«quote(name) → name»)'],
      'var name = key.Replace("«/", "%2F → \\\\", "/»");',
      'await client.send(new GetObjectCommand({ Bucket: b, Key: «encodeURIComponent(name) → name» }))',
    ),
    idioms: [
      anyCase`${ENCODES}\(\s{0,3}(?:[\w.]{1,20}\.)?${ENCODES}\(`,
      { match: /\breplace\w{0,4}\(\s{0,3}(?:["']\/["']|\/\\\/\/g)\s{0,3},\s{0,3}["']%2F["']/i, unless: SIGNING },
      {
        match: exactly`\b(?:object_?key|[kK]ey)["']?\s{0,3}(?:=>|[:=])\s{0,3}[^\n]{0,40}\b${ENCODES}\(`,
        needs: /\bBucket\b|bucket/,
        unless: /canonical/i,
      },
    ],
  },
  {
    id: 'bucket-with-slash',
    about: 'path.encoding',
    strength: 'fair',
    message: 'The bucket name holds a slash, which is signed as %2F or moves part of the key.',
    ...twins("import boto3\nbucket = 'media«/photos → »'"),
    idioms: [anyCase`\bbucket(?:_?name)?["']?\)?\s{0,5}(?:[:=(]|=>)\s{0,5}["'](?:\/[\w.-]{1,63}|[\w.-]{1,63}\/[\w./-]{0,200})["']`],
  },
])
