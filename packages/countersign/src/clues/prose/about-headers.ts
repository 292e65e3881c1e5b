/** What people say of headers, and of what changes, drops or adds them. */
import { twins } from '../rule.js'
import { anyOf, either, pattern, words } from './pattern.js'
import type { ProseRule } from './prose-rule.js'
import { DROPS, INSPECTOR, LETTER, LETTERS, TELLS_CHANGE } from './words.js'

const HEADER = words`headers? | (?:header|metadata) (?:values?|names?) | metadata | content-disposition | x-amz-meta-[\w-]{1,40} | x-amz-[\w-]{3,40}`
const OF_HOPS = anyOf`(user-agent|accept-encoding|via(?= header|[,:"'\x60])|traceparent|cdn-loop|x-forwarded-\w{2,6}|x-request-id|x-real-ip|x-amzn-trace-id|x-b3-\w{4,12}
  | cf-[a-z-]{2,20}|x-amz-cf-id|x-envoy-[a-z-]{2,30})`
const SPACES = words`(?:double|two|several|multiple|consecutive|repeated|leading|trailing|extra|adjacent) (?:spaces?|white ?space|blanks?)`
const LOWER_CASE = words`lower[- ]?case\w* | upper[- ]?case\w* | capital\w* | case[- ]sensitiv\w* | camel-?case`

export const ABOUT_HEADERS: readonly ProseRule[] = [
  {
    id: 'two-authorizations',
    about: 'authorization-sent-twice',
    match: pattern`
      bearer | jwt | basic auth\w* | auth_basic | htpasswd | interceptor | authorization header ~ pre-?signed(?: \w+)? | signed url
      || multiple authentication types | only one auth\w* mechanism | two auth\w* (?:headers?|mechanisms?) | second authorization`,
    message: 'A second way of authenticating is sent along with the signature.',
    ...twins('Our interceptor adds a bearer token to the «presigned request as well → login request», and it fails.'),
  },
  {
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html "CopySource": the value must be URL-encoded.
    id: 'copy-source-not-encoded',
    about: 'header-value-transcoded',
    where: 'anywhere',
    match:
      /(?:x-amz-copy-source["']?|copy_?source["']?)\s{0,3}(?:=>|[:=])\s{0,3}["'`{]{0,2}[^\n"'`]{0,120}(?:[\x80-\xff]|[^\s,;"'`] [^\s,;"'`:=])/i,
    message: 'The copy source holds a space or a letter outside ASCII. S3 asks for it percent-encoded.',
    says: { header: 'x-amz-copy-source' },
    unless: /encodeURI|quote\(|urlencode|QueryEscape|PathEscape/i,
    ...twins('x-amz-copy-source: /box/«old ships → old%20ships».png'),
  },
  {
    id: 'header-letters',
    about: 'header-value-transcoded',
    match: pattern`${HEADER} ~80 ${LETTERS} || copy(?:ing|_?object|_?source)?(?: (?:the )?objects?)? >80 (?:${LETTERS}|${LETTER})`,
    shown: /(?:\bmetadata|x-amz-meta-[\w-]{1,40}|x-amz-copy-source|CopySource|copy_?object)[^\n]{0,120}[\x80-\xff]/i,
    unless: /encodeURI|quote\(|urlencode|QueryEscape|PathEscape|\bheader names?/i,
    message: 'A header value holds non-ASCII letters, which may be sent as other bytes than were signed.',
    ...twins('Metadata with «umlauts → numbers» is refused.', "Metadata: { name: '«caf\xc3\xa9 → cafe»' }"),
  },
  {
    id: 'header-spaces',
    about: 'header-value-not-trimmed',
    match: pattern`(?:${HEADER}|(?:values?|titles?|names?)) ~ ${SPACES}`,
    shown: /(?:metadata|x-amz-meta-[\w-]{1,40}|contentDisposition|content-disposition)[^\n]{0,80}["'][^"'\n]{0,80}\S {2,}\S/i,
    unless: /\bsecret|\baccess key/i,
    message: 'Spaces in a row are one space in the canonical headers, and those at the ends are cut off.',
    ...twins('Metadata with two consecutive «spaces → dots» is refused.', "put(Metadata={'title': '«two  blanks → one blank»'})"),
  },
  {
    id: 'header-twice',
    about: 'header-repeated-wrongly',
    strength: 'strong',
    match: pattern`(?:same|duplicate\w*|repeated|multi-?valued) headers? ~ twice | more than once | join\w* | commas? | two | sent`,
    shown: either(
      /SignedHeaders=(?:[\w-]{1,60}(?:;|%3B)){0,30}?(?<name>[\w-]{1,60})(?:;|%3B)\k<name>(?=[;,&\s"'%]|$)/,
      /(?:\n|\\n|`|^)(?<line>host|date|expect|cookie|content-(?:type|length|md5)|x-amz-[a-z-]{1,40}): ?[^\n\\]{0,200}(?:\n|\\n)\k<line>:/,
    ),
    unless: /\bauthorization\b|\bsame headers? (?:as|in|with)\b/,
    message: 'A header appears twice; the canonical headers have one line per name, with the values joined by commas.',
    ...twins(
      'SignedHeaders=content-length;content-«length → md5»;host, x',
      'signed: expect:\\nhost:a.example\\n«host:a.example → x-amz-date:1»\\n',
    ),
  },
  {
    id: 'headers-out-of-order',
    about: 'headers-not-sorted',
    where: 'any sentence',
    match: pattern`
      order | sort\w{0,3} | unsorted | alphabet\w{0,8} | (?:at|to) the end | last | appended ~50 signed ?headers? | header names`,
    shown: /\.sort(?:_by|By|With)?(?:\([^)\n]{0,60}\))?\s{0,5}\.map\w{0,4}[({\s][^\n]{0,40}(?:downcase|toLowerCase|to_lower|\.lower)/,
    message: 'Signed headers are sorted by their names in lower case.',
    ...twins('The token is put «at the end of → into» the signed headers.', 'names = headers.keys.«sort. → »map(&:downcase)« → .sort»'),
  },
  {
    id: 'header-name-case',
    about: 'header-name-not-lower-case',
    match: pattern`header names? | headers? | signed ?headers? ~ ${LOWER_CASE}`,
    shown:
      /(?:calculated|canonical|string_?to_?sign|expected)[^\n]{0,40}(?:\n[^\n]{0,200}){0,12}?\n(x-amz-[a-z0-9-]{1,60}[A-Z][\w-]{0,20}):/,
    message: 'The names of headers are in lower case where they are signed.',
    ...twins('If the header is «in lower case → left out» it works.', 'AWS calculated\nx-amz-meta-key-«MD5 → md5»:a'),
  },
  {
    id: 'content-type',
    about: 'header.changed',
    tags: ['header-charset-appended'],
    match: pattern`
      content[-_ ]?types?
        ~50 (?:${TELLS_CHANGE}|${DROPS}|(?:with(?:out)?|set(?:s|ting)?|send(?:s|ing)?|sent|omit\w*|specif\w*|pass(?:ing|es)?|another|wrong|other|mismatch\w*|match\w*|automatic\w*|sign(?:s|ed|ing)?|exact|charset|default|has to|must))`,
    unless: /\bcontent[-_ ]?type (?:is|was) (?:correct|right|the same|identical)/i,
    says: { header: 'content-type' },
    message: 'Content-Type makes the difference: where it is signed, the request has to carry exactly that one.',
    fires: ['axios sends another content type than the one that was signed, and it fails.'],
    silent: ['The Content-Type is application/json, and it fails.'],
  },
  {
    // https://github.com/aws/aws-sdk-go-v2/issues/1816
    id: 'go-v2-signs-accept-encoding',
    about: 'header-accept-encoding-rewritten',
    strength: 'strong',
    where: 'anywhere',
    needs: /storage\.googleapis\.com|\bgoogle cloud storage\b|\bgcs\b/i,
    match: /\baws[- ]sdk[- ](?:for )?go[- ]v2\b|\bgo[- ]sdk[- ]v2\b|\boperation error S3: \w{3,40}, https response error StatusCode: 403/i,
    message: 'The AWS SDK for Go v2 signs accept-encoding, which the front end of Google Cloud Storage rewrites.',
    says: { header: 'accept-encoding' },
    ...twins('storage.googleapis.com\noperation error S3: GetObject, https response error StatusCode: «403 → 404»'),
  },
  {
    id: 'rewrites-accept-encoding',
    about: 'header-changed-in-transit',
    names: true,
    where: 'any sentence',
    match: pattern`cloudflare(?! (?:r2|pages|d1)) | google cloud storage | gcs | storage\.googleapis\.com`,
    shown: /(?:cf-ray|cdn-loop)[\s\S]{0,600}SignedHeaders=[\w;%-]{0,300}accept-encoding/i,
    unless: /\bworkers?\b|\bR2\b|aws-chunked|STREAMING-|trailing checksum/,
    says: { header: 'accept-encoding' },
    message: 'Cloudflare and Google Cloud Storage rewrite accept-encoding, which some SDKs sign.',
    fires: ['With the proxy of Cloudflare on, uploads fail; without it they work.', 'cf-ray: 1\nSignedHeaders=accept-encoding;host'],
    silent: ['With Cloudflare R2, uploads fail.', 'cf-ray: 1\nSignedHeaders=host;x-amz-date'],
  },
  {
    id: 'header-of-a-hop-signed',
    about: 'header.changed',
    tags: ['header-of-hop-signed', 'header-accept-encoding-rewritten'],
    where: 'any sentence',
    match: pattern`
      (?<![\w-])${OF_HOPS}(?![\w-]) ~ (?:${TELLS_CHANGE}|(?:signs?|signed|signing))
      || sign(?:s|ed|ing)? (?:all|every) (?:of )?(?:the )?(?:request )?headers? | all (?:the )?(?:request )?headers (?:are |get )?signed
      || headers? | content-type | user-agent ~ after (?:signing|the signature|(?:it|the request) (?:was|is|has been) signed)`,
    shown:
      /headers\s{0,3}[:=]\s{0,3}(?:dict\(|\{\s{0,3}\.\.\.|Object\.assign\(\{\},)\s{0,3}(?:\w{1,20}\.)?(?:request|req|event)\.headers(?=[\s\S]{0,2000}(?:SigV4|aws4|\.sign\())/,
    unless: /SignedHeaders=/,
    value: 'header',
    message: 'Signed headers change on the way or after signing.',
    ...twins(
      'The tool «signs → logs» the cf-ray header that it got before.',
      'A header is set «after → before» signing.',
      'const headers = { ...req.headers }\n«signer.sign → send»(headers)',
    ),
  },
  {
    id: 'header-dropped',
    about: 'header-removed-in-transit',
    where: 'any sentence',
    match: pattern`
      (?:signed )?headers? | authorization | expect | transfer-encoding ~40 ${DROPS} || hop-by-hop
      || only > known | standard | certain | these | listed | some | allowed | whitelisted > headers ~30 pass(?:es)? | through | allow\w* | forward\w* | lets?
      || only (?:lets?|allows?|passes|forwards) ~30 headers || headers? ~20 whitelist\w* | allow-?list\w*`,
    unless:
      /\b(?:session|security)[- ]token|\bremov\w* (?:the |a )?(?:extra |custom |additional |unsigned )?headers?\b[^\n]{0,20}\b(?:works|fix|help|solve)|\bcontent-type/i,
    message: 'A signed header may be dropped on the way.',
    ...twins(
      'The proxy drops a «header → packet» and the request is refused.',
      'The firewall only lets known «headers → hosts» pass, and since then it fails.',
    ),
  },
  {
    id: 'network-changes-headers',
    about: 'header.changed',
    names: true,
    match: pattern`${INSPECTOR}`,
    message: 'Something between the client and the service is known to change headers.',
    fires: ['On the company VPN it fails, at home it works.'],
    silent: ['There is no VPN, and it fails.', 'On the company laptop it fails, at home it works.'],
  },
  {
    id: 'signed-header-not-sent',
    about: 'header.missing',
    match: pattern`
      signed ?headers? > (?:not|never) sent | no value | absent | not in the request | (?:more|other) than (?:just )?host | than host
      || open(?:ed|ing)? | past(?:ed?|ing) | click\w* | view\w* | visit\w* | load\w* | enter\w* > browser | chrome | firefox
        | address bar`,
    needs: /signed ?headers?|pre-?sign|signed ?url/i,
    unless: /\buploads?\b|\bPUT\b|\bfetch\b|\baxios\b/,
    message: 'A signed header is missing from the request; a browser that opens a URL sends none of them but host.',
    ...twins(
      'Opened in a browser the «presigned URL → page» is refused.',
      'One of the signed «headers → letters» is never sent«, and the URL is refused → ».',
    ),
  },
  {
    id: 'header-not-signed',
    about: 'header.unsigned',
    match: pattern`
      (x-amz-(?!date|content-sha256|security-token|checksum|cf-id)[\w-]{2,40}) ~ headers? | add\w* | sen[dt]\w* | not signed | unsigned
        | must | without | missing
      || (?:extra|additional|custom|acl|metadata|encryption|sse|kms|tagging) headers?
        | add(?:s|ed|ing) (?:an? |the |some |more |another )?headers? | public-read | server[- ]side encryption`,
    unless: /\bsigned ?headers?\b|\bcontent[- ]type\b|\bafter signing/i,
    value: 'header',
    message: 'A header is added to the request that must be signed as well.',
    ...twins('The upload with the presigned URL fails once I add «x-amz-acl → my name» as a «header → label».'),
  },
]
