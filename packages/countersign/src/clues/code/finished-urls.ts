// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of programs
/** Code that hands a presigned URL to an HTTP client: what the client writes again in it, or sends with it, on its own. */

import { twins } from '../rule.js'
import { type CodeRule, codeRules } from './code-rule.js'
import { anyCase, exactly, words } from './pattern.js'

/** The text speaks of a presigned URL. */
const PRESIGNED = /pre-?sign|signed_? ?url|X-Amz-Signature|X-Amz-Algorithm/i
const PRESIGNED_IN_TEMPLATE = /(?:pre-?sign|signed_? ?url|temporary_?url|X-Amz-)/i
/** A variable, member or call that gives one. */
const PRESIGNED_NAME = String.raw`\$?[\w.]{0,30}(?:presigned|signed_?ur[il]|upload_?ur[il]|download_?ur[il]|s3_?ur[il])\w{0,10}(?:\(\))?`
const SPRING_CALL = words(
  'getForObject, getForEntity, exchange, execute, put, postForObject, postForEntity, headForHeaders, patchForObject',
)
const ENCODES_WHOLE = words(
  'encodeURI, encodeURIComponent, Uri.encodeFull, Uri.encode, URI.escape, URI.encode, URLEncoder.encode, rawurlencode, urlencode',
  'quote, quote_plus, url.QueryEscape, url.PathEscape, EscapeUriString, EscapeDataString, CGI.escape, HttpUtility.UrlEncode, uri_escape',
)
const DECODES_WHOLE = words(
  'decodeURI, decodeURIComponent, Uri.decodeFull, Uri.decode, URI.unescape, URI.decode, URLDecoder.decode, rawurldecode, urldecode',
  'unquote, unquote_plus, url.QueryUnescape, url.PathUnescape, UnescapeDataString, CGI.unescape, HttpUtility.UrlDecode, uri_unescape, urlencoding::decode',
)
/** What hands parameters of the query to a client, beside the URL. */
const PARAMETERS = String.raw`\b(?:params|query|qs|queryParameters|query_params|parameters)["']?\s{0,3}(?:=>|[=:])\s{0,3}(?!null|None|nil|false)`
/** Content-Type is among what was signed. */
const TYPE_SIGNED =
  /SignedHeaders=[\w%;-]{0,200}content-type|content-type(?:%3B|;)[\w%;-]{0,200}host|(?:presign|signed_?url)[\s\S]{0,2500}Content_?-?Type|Content_?-?Type[\s\S]{0,2500}(?:presign|signed_?url)/i

export const FINISHED_URL_RULES: readonly CodeRule[] = codeRules([
  {
    // https://docs.spring.io/spring-framework/reference/web/webmvc/mvc-uri-building.html "URI Encoding": a text is a template, and is encoded.
    id: 'url-taken-for-template',
    // The slashes of X-Amz-Credential are the first that are encoded twice.
    about: 'query-encoded-differently',
    strength: 'strong',
    message:
      'Spring takes a URL that is a String for a template and encodes it: the "%" of its escapes becomes "%25". A URI is sent as it is.',
    needs: PRESIGNED,
    unless: /URI\.create\(|new URI\(|\.toURI\(\)|EncodingMode\.NONE|build\(true\)/,
    says: { sender: 'client', client: 'spring' },
    ...twins(
      'String url = presignedLink(id);\nbyte[] pdf = restTemplate.getForObject(«url → URI.create(url)», byte[].class);',
      'String presignedUrl = store.link(id);\nwebClient.get().uri(«presignedUrl → URI.create(presignedUrl)»).retrieve();',
    ),
    idioms: [
      exactly`\b\w{0,20}[tT]emplate\.${SPRING_CALL}\(\s{0,40}(?!\w{0,20}(?:URI|uri)\b|"\/)[\w.]{1,60}(?:\(\))?\s{0,3},`,
      { match: /\.uri\(\s{0,5}(?!\w{0,20}(?:URI|uri)\b)[\w.]{1,60}(?:\(\))?\s{0,3}[,)]/, needs: /[wW]ebClient|[rR]estClient/ },
    ],
  },
  {
    id: 'finished-url-encoded',
    about: 'query-encoded-differently',
    strength: 'strong',
    message: 'The presigned URL is percent-encoded once more before it is sent: %2F becomes %252F. It is finished: send it as it is.',
    says: { sender: 'client' },
    ...twins(
      'const response = await fetch(«encodeURI(presignedUrl) → presignedUrl»)',
      'r = requests.get(«quote(signed_url, safe=":/?&=") → signed_url»)',
      "const page = «base + → '/viewer?file=' +» encodeURIComponent(signedUrl)",
      'let url = URL(string: presignedUrl«.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed)! → »)',
    ),
    idioms: [
      // As a parameter of another URL it has to be encoded.
      anyCase`(?<![\w.=])(?<!=["'\x60]\s{0,3}[+.]\s{0,3}|=\$?\{|&)${ENCODES_WHOLE}\(\s{0,5}${PRESIGNED_NAME}\s{0,3}[,)]`,
      anyCase`${PRESIGNED_NAME}[!?]{0,2}\.(?:addingPercentEncoding|encodeURL\w{0,20}|encodeUri\w{0,12}|url_?encoded?)\(`,
    ],
  },
  {
    id: 'finished-url-decoded',
    about: 'path-encoded-differently',
    strength: 'strong',
    needs: PRESIGNED,
    unless: /hmac|canonical/i,
    says: { sender: 'client' },
    message: 'The presigned URL is decoded before it is sent. Its escapes are part of what was signed: send it as it is.',
    ...twins(
      'const response = await fetch(«decodeURIComponent(presignedUrl) → presignedUrl»)',
      '$res = $client->get(«rawurldecode($signedUrl) → $signedUrl»);',
      'let target = presignedUrl«.removingPercentEncoding! → »\nlet t = 1',
    ),
    idioms: [
      anyCase`(?<![\w.])${DECODES_WHOLE}\(\s{0,5}&?(?:${PRESIGNED_NAME}|\$?(?:url|link))\s{0,3}[,)]`,
      anyCase`${PRESIGNED_NAME}[!?]?\.removingPercentEncoding`,
    ],
  },
  {
    id: 'finished-url-gets-parameters',
    about: 'query-parameter-added',
    strength: 'strong',
    message: 'Parameters are added to a presigned URL. The signature covers all parameters, so presign with them or leave them out.',
    needs: PRESIGNED,
    value: 'parameter',
    ...twins(
      "r = requests.get(presigned_url«, params={'download': '1'} → , timeout=5»)",
      'await axios.get(signedUrl, { «params: → headers:» { v: 2 } })',
      "const link = presignedUrl + '«&download=1 → »'\nopen(link)",
      "const u = new URL(presignedUrl)\nu.searchParams.«set('t', now) → get('t')»",
      'const loader = ({ src, width }) => `${src}«&w=${width} → »`\nshow(loader, signedUrl)',
    ),
    idioms: [
      anyCase`\.(?:get|put|post|head|delete|request|fetch)\(\s{0,5}(?:["'][A-Z]{3,6}["'],\s{0,3})?(?:${PRESIGNED_NAME}|presigned|\$?(?:url|uri|link)(?=\s{0,3},))\s{0,3},[^\n]{0,200}${PARAMETERS}`,
      anyCase`${PRESIGNED_NAME}\s{0,3}(?:\+|\.)=?\s{0,3}["'\x60]&([\w-]{1,40})`,
      anyCase`\$?\{\s{0,3}${PRESIGNED_NAME}\s{0,3}\}&([\w-]{1,40})`,
      // In a loader or a component the URL has a plain name.
      anyCase`\$\{\s{0,3}(?:\w{1,20}\.)?(?:src|url|uri|href|link|image_?ur[il])\s{0,3}\}&(\w{1,30})=`,
      anyCase`\b(?:src|url|uri|href|link)\s{0,3}[+.]=?\s{0,3}["'\x60]&(\w{1,30})=`,
      anyCase`new URL\(\s{0,3}${PRESIGNED_NAME}\s{0,3}\)[\s\S]{0,300}?\.searchParams\.(?:append|set|delete)\(`,
    ],
  },
  {
    // The parameters go through a decoder and an encoder: what was %20, + or %2F is then written in the client's way.
    id: 'finished-url-taken-apart',
    about: 'query-encoded-differently',
    strength: 'strong',
    message: 'The presigned URL is taken apart, and its query is written again by the client. Send the URL whole, as it is.',
    needs: PRESIGNED,
    unless: /hmac|canonical|aws4_request/i,
    says: { sender: 'client' },
    ...twins(
      'signed_url = link\nuri = URI(signed_url)\nconn.get(«uri.path, URI.decode_www_form(uri.query).to_h → uri»)',
      'parts = urlparse(presigned_url)\nr = requests.get(«base, params=parse_qs(parts.query) → presigned_url»)',
      'final u = Uri.parse(presignedUrl);\nfinal r = await http.get(«Uri.https(u.host, u.path, u.queryParameters) → u»);',
      'const u = new URL(signedUrl)\nawait axios.get(u.origin + u.pathname«, { params: Object.fromEntries(u.searchParams) } →  + u.search»)',
    ),
    idioms: [
      anyCase`\(\s{0,5}[^()\n]{0,60}\bpath(?:name)?\b[^()\n]{0,20},[^\n]{0,40}(?:decode_www_form|Rack::Utils\.parse_query|CGI\.parse|searchParams|URLSearchParams|parse_qsl?|parse_str)`,
      anyCase`\bparams\s{0,3}[=:]\s{0,3}(?:dict\(|Object\.fromEntries\(|new )?[^\n]{0,30}(?:parse_qsl?\(|searchParams|URLSearchParams|parseQuery|qs\.parse|querystring\.parse|\bquery_?params)`,
      anyCase`\bUri\.https?\(\s{0,5}[^\n]{0,80}queryParameters`,
      anyCase`\bURLComponents\(string:\s{0,3}${PRESIGNED_NAME}`,
      anyCase`UriComponentsBuilder\.(?:fromHttpUrl|fromUriString)\(\s{0,3}${PRESIGNED_NAME}`,
    ],
  },
  {
    // Blade, Jinja, Twig, Handlebars, ERB of Rails, EJS and Razor write "&" as "&amp;"; a script reads that as it stands.
    id: 'url-in-escaping-template',
    about: 'query-separator-escaped',
    strength: 'strong',
    message: 'The template writes the "&" of the URL as "&amp;", and what reads it there does not undo that.',
    needs: PRESIGNED_IN_TEMPLATE,
    unless: /\{!!|\|\s{0,3}(?:safe|raw)\b|raw\(|html_safe|Html\.Raw|\{\{\{|<%-|@json|tojson|json_encode/,
    says: { by: 'template' },
    ...twins(
      '<script>\nconst url = "«{{ $signedUrl }} → {!! $signedUrl !!}»";\nfetch(url)\n</script>',
      "<script>var u = '<%«= → -» presignedUrl %>';\nload(u)\n</script>",
    ),
    idioms: [
      anyCase`(?:<script\b|\bcurl\b|\bwget\b|\bfetch\()[\s\S]{0,600}?["'\x60](?:\{\{|<%=|@)\s{0,3}[$\w>.:()'\/-]{0,60}(?:url|link|presign|signed|temporaryUrl)`,
    ],
  },
  {
    // What each library sends where the program names no type: its documentation, and https://curl.se/docs/manpage.html#-d.
    id: 'client-sets-type',
    about: 'header-changed-in-transit',
    strength: 'fair',
    message: 'No Content-Type is given here, and this client then sends its own. The one that was signed has to be sent.',
    needs: TYPE_SIGNED,
    says: { header: 'content-type', sender: 'client' },
    ...twins(
      "const url = await presign({ ContentType: 'text/csv' })\nawait axios.put(url, text«  → , { headers: { 'Content-Type': 'text/csv' } }»)",
      "presign(ContentType='a/b')\nreq = urllib.request.Request(url, data=body, «method='PUT' → headers={'Content-Type': 'a/b'}»)",
      "presigned(content_type: 'a/b')\nrequest = Net::HTTP::Put.new(uri)\n«request.body = data → request.content_type = 'a/b'»\n",
    ),
    idioms: [
      {
        match: exactly`\baxios\.(?:put|post|patch)\(\s{0,10}[\w.]{1,40}\s{0,3},\s{0,10}[\w.]{1,40}\s{0,3},?\s{0,10}\)`,
        message:
          'axios sends application/x-www-form-urlencoded with a text where no Content-Type is given. The one that was signed has to be sent.',
      },
      {
        match: /\burllib\.request\.Request\([^\n]{0,200}\bdata\s?=/,
        unless: /["']Content-Type["']/i,
        message: 'urllib sends application/x-www-form-urlencoded where no Content-Type is given. The one that was signed has to be sent.',
      },
      {
        match: /\bNet::HTTP::(?:Put|Post)\.new\(/,
        unless: /\.content_type\s?=|["']Content-Type["']/i,
        message:
          'Net::HTTP sends application/x-www-form-urlencoded where no Content-Type is given. The one that was signed has to be sent.',
      },
      {
        match: /\.setDoOutput\(true\)|\bdoOutput\s?=\s?true/,
        unless: /["']Content-Type["']/i,
        message:
          'HttpURLConnection sends application/x-www-form-urlencoded where no Content-Type is given. The one that was signed has to be sent.',
      },
      {
        // https://square.github.io/okhttp/5.x/okhttp/okhttp3/-request-body/: a body without a media type has no Content-Type.
        match: /\.(?:asRequestBody|toRequestBody)\(\s{0,3}(?:null)?\s{0,3}\)|RequestBody\.create\(\s{0,3}null\s{0,3},/,
        unless: /["']Content-Type["']/i,
        message: 'OkHttp sends no Content-Type where the body is given none. The one that was signed has to be sent.',
      },
      {
        match: /\bCURLOPT_POSTFIELDS\b/,
        unless: /Content-Type:/i,
        message: 'curl sends application/x-www-form-urlencoded where no Content-Type is given. The one that was signed has to be sent.',
      },
      {
        match: /\bInvoke-(?:RestMethod|WebRequest)\b(?![^\n]{0,300}-ContentType)[^\n]{0,300}-(?:InFile|Body)\b/i,
        unless: /["']Content-Type["']/i,
        message: 'PowerShell sends a Content-Type of its choice where none is given. The one that was signed has to be sent.',
      },
      {
        match: exactly`\bnew StringContent\(\s{0,3}\w{1,40}\s{0,3}\)`,
        unless: /ContentType/,
        message: 'StringContent has the type text/plain; charset=utf-8. The one that was signed has to be sent.',
      },
    ],
  },
  {
    // https://docs.aiohttp.org/en/stable/client_quickstart.html "Passing Parameters In URLs": aiohttp performs URL canonicalization.
    id: 'client-canonicalizes-url',
    about: 'query-encoded-differently',
    strength: 'fair',
    message: 'aiohttp writes escapes of the URL in its own way, unless it is given as yarl.URL(url, encoded=True).',
    says: { sender: 'client', client: 'aiohttp' },
    needs: /aiohttp/,
    unless: /encoded\s?=\s?True/,
    ...twins('import aiohttp\nasync with session.get(«presigned_url → URL(presigned_url, encoded=True)») as r:\n    pass'),
    idioms: [anyCase`session\.(?:get|put|post|head)\(\s{0,5}${PRESIGNED_NAME}\s{0,3}[,)]`],
  },
])
