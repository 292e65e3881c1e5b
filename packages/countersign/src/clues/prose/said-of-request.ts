/** What people say of the path, the query, the method and the body of a refused request, as rules. */
import type { SentenceRule } from './sentence-rule.js'

// A key here is an object key: what is said of a secret or an access key is another matter.
const THING =
  '(?:(?<!(?:access|secret|aws|api|signing|new|iam) )keys?(?! pair)|(?:file|object|folder|bucket|index|model|function|resource) ?(?:names?|ids?|keys?)|names?|files?|objects?|paths?|folders?|director(?:y|ies)|urls?|uris?|ids?|ind(?:ex|exes|ices)|models?|segments?|resources?|images?|pictures?|photos?|videos?|attachments?|uploads?)'
const QUERY =
  '(?:prefix(?:es)?|markers?|quer(?:y|ies)|parameters?|params?|search(?:es)?|filters?|values?|query ?strings?|tags?|cursors?|delimiters?|search terms?|queryparams?)'
const ODD =
  '(?:spaces?|white ?space|blanks?|slash(?:es)?|(?:special|reserved|odd|unusual|strange|funny|weird|national|foreign|non-?english) (?:char\\w*|symbols?|letters?|signs?)|unicode|utf-?8|non-?(?:ascii|latin|english)|umlauts?|accents?|accented|diacritics?|cyrillic|russian|greek|arabic|hebrew|korean|chinese|japanese|german|emojis?|parenthes[ei]s|parens?|brackets?|braces?|plus(?:es| ?signs?)?|ampersands?|percent\\w*|equals?(?: ?signs?)?|colons?|semi-?colons?|asterisks?|stars?|commas?|apostrophes?|(?:single|double) quotes?|quotes?|tildes?|pipes?|hash(?:es| ?signs?)|backslash(?:es)?|question marks?|exclamation (?:marks?|points?)|dollar signs?|at[- ]?signs?|["\'`][^\\w\\s]["\'`]|(?<=^|[\\s(])[+:=*&@#~%?!$(),;|[\\]](?=[\\s.,)]|$))'
const HOLDS =
  '(?:with(?:out)?|contain\\w*|hav(?:e|ing)|has|had|includ\\w*|uses?|using|hold(?:s|ing)?|such as|like|is|are|that ha(?:s|ve)|whose|there (?:is|are)|free of)'
const OF_KEYS = /secret|\baccess ?key|\bkey pairs?|\bcredentials?\b|\biam\b|\bAWS keys?\b|\bpasswords?\b|\bregenerat|\brotat/i

export const SAID_OF_REQUEST: readonly SentenceRule[] = [
  {
    id: 'path-odd',
    about: 'path.encoding',
    strength: 'fair',
    match: new RegExp(
      `\\b${THING}\\b[^\\n]{0,60}\\b${HOLDS}\\b[^\\n]{0,40}?${ODD}|${ODD}[^\\n]{0,30}\\bin (?:one of )?(?:the |a |its |their |my |our |some |an )?(?:\\w{1,12} ){0,2}${THING}\\b`,
      'i',
    ),
    message: 'the outcome depends on the characters in a name or path.',
    unless: new RegExp(
      `${OF_KEYS.source}|\\bcolon|["'\`]:["'\`]|\\bquery|\\bparam|\\b(?:double|leading|trailing|consecutive|two|extra) slash|\\bmetadata|\\bheader`,
      'i',
    ),
  },
  {
    id: 'special-characters',
    about: 'path.encoding',
    strength: 'fair',
    match: /\b(?:special|reserved|unusual|odd|strange|certain|some|non-?ascii|unicode|foreign) (?:char\w*|symbols?|letters?)\b/i,
    message: 'the outcome depends on the characters in a name or path.',
    needs: /\b(?:files?|objects?|keys?|uploads?|put_?object|paths?|folders?|names?|urls?)\b/i,
    unless: /\bsecret|\baccess key|\bcredential|\bpassword|\bquery|\bparam|\bheader|\bmetadata|\bbody|\bpayload/i,
  },
  {
    id: 'path-letters',
    about: 'path.encoding',
    strength: 'fair',
    match: new RegExp(
      `\\b${THING}\\b[^\\n]{0,60}(?:[\\xc3-\\xdf][\\x80-\\xbf]|\\xe0[\\xa0-\\xbf][\\x80-\\xbf]|[\\xe1\\xe3-\\xef][\\x80-\\xbf]{2}|\\xf0\\x9f[\\x80-\\xbf]{2})`,
      'i',
    ),
    message: 'the outcome depends on letters beyond ASCII in a name or path.',
    unless: /\bmetadata|\bheader/i,
  },
  {
    id: 'path-colon',
    about: 'path-not-encoded',
    strength: 'fair',
    match: new RegExp(
      `\\b${THING}\\b[^\\n]{0,60}\\b${HOLDS}\\b[^\\n]{0,20}(?:["'\`]:["'\`]|colons?)|\\bcolons?\\b[^\\n]{0,30}\\bin (?:one of )?(?:the |a |my |our )?(?:\\w{1,12} ){0,2}${THING}\\b`,
      'i',
    ),
    message: 'the outcome depends on a colon in the path.',
  },
  {
    id: 'path-arn',
    about: 'path.encoding',
    strength: 'fair',
    match:
      /\b(?:inference profile|model|function|resource|cluster|topic)\b[^\n]{0,20}\bARNs?\b|\bARNs? (?:in|as part of) the (?:path|url)\b|\bmodel ids?\b/i,
    message: 'an ARN or a model ID, with colons, stands in the path.',
    unless: /["'`]:["'`]|colon/i,
  },
  {
    id: 'path-twice',
    about: 'path-encoded-twice',
    strength: 'fair',
    match:
      /\b(?:double|twice|doubly|two times)[- ]?(?:url[- ]?|uri[- ]?|percent[- ]?)?(?:en|es)cod\w*|\b(?:en|es)cod\w+ (?:it |them |the \w{1,10} )?(?:twice|again|two times|a second time)|%25(?:20|2[BbFf]|3[ADad])?\b/i,
    message: 'something is said to be percent-encoded twice.',
    unless: /\bquery|\bparam/i,
  },
  {
    id: 'query-twice',
    about: 'query-encoded-differently',
    strength: 'fair',
    match:
      /(?:\bquery|\bparam)[^\n]{0,60}\b(?:double|twice|doubly)[- ]?(?:url[- ]?)?encod\w*|(?:\bquery|\bparam)[^\n]{0,60}\bencod\w+ twice|(?:double|twice)[- ]?encod\w*[^\n]{0,40}\b(?:query|param)/i,
    message: 'a query parameter is said to be encoded twice.',
  },
  {
    id: 'wildcard',
    about: 'path-not-encoded',
    strength: 'fair',
    match: /\b(?:wild ?cards?|index patterns?)\b|\bname written out\b|\b(?:path|url|index|key)\b[^\n]{0,30}\basterisk/i,
    message: 'the outcome depends on a wildcard in the path.',
  },
  {
    id: 'double-slash',
    about: 'path-normalized',
    strength: 'fair',
    match:
      /\b(?:double|leading|consecutive|two|trailing|extra|multiple|adjacent|ending|final|repeated) (?:forward[- ])?slash(?:es)?\b|["'`]\/\/["'`]|\b(?:start|begin|end)\w* (?:with|in) (?:a |an? )?(?:["'`]\/|(?:forward[- ])?slash)|\bslash (?:at the (?:end|start|beginning|front))|\b(?:dot segments?|["'`]\.{1,2}\/["'`]|relative paths?)\b/i,
    message: 'slashes in a row, or at an end of the path, make the difference.',
    unless: /\bsecret\b|\baccess key/i,
  },
  {
    id: 'path-prefix',
    about: 'path-rewritten',
    strength: 'fair',
    match:
      /\b(?:strip\w*|remov\w*|add(?:s|ed|ing)?|prepend\w*|rewrit\w*|under a|mounted (?:at|under)|served (?:at|under|from)|sub-?)[^\n]{0,30}\b(?:path|prefix|base ?path|sub-?path|context path)\b|\bsub-?path\b|\b(?:stage|base ?path) (?:name|in the (?:path|url)|mapping)\b|\b(?:path|url) (?:is |gets |was )?rewrit\w*/i,
    message: 'the path that is sent and the path that arrives may differ by a prefix.',
    unless: /\bkeys? prefix|\bAWS4\b|\bsecret\b/i,
  },
  {
    id: 'query-odd',
    about: 'query.encoding',
    strength: 'fair',
    match: new RegExp(
      `\\b${QUERY}\\b[^\\n]{0,60}\\b${HOLDS}\\b[^\\n]{0,40}?${ODD}|${ODD}[^\\n]{0,30}\\bin (?:one of )?(?:the |a |its |their |my |our |some |an )?(?:\\w{1,12} ){0,2}${QUERY}\\b`,
      'i',
    ),
    message: 'the outcome depends on the characters in the query.',
    unless: new RegExp(`${OF_KEYS.source}|\\bheader|\\bmetadata|without (?:an? )?(?:value|equal)`, 'i'),
  },
  {
    id: 'query-any',
    about: 'query.encoding',
    strength: 'fair',
    match:
      /\b(?:without|no|remov\w+|omit\w*|leav\w+ out|drop\w*|empty)\b[^\n]{0,12}\b(?:query ?(?:string|param\w*)?|param(?:eter)?s?|search)\b[^\n]{0,60}\b(?:works?|fine|ok|succeeds?|passes)\b|\b(?:works?|fine|ok|succeeds?|passes)\b[^\n]{0,40}\b(?:without|if there (?:is|are) no|no)\b[^\n]{0,12}\b(?:query|param)|\b(?:fails?|403|refused|mismatch|breaks?|error)\b[^\n]{0,60}\b(?:add\w*|with|any|as soon as|includ\w*|pass\w*|has)\b[^\n]{0,20}\b(?:query|param)|\b(?:add\w*|with|includ\w*|append\w*) (?:a |any |some |the )?(?:query ?(?:string|param\w*)|param(?:eter)?s?)\b[^\n]{0,60}\b(?:fails?|403|refused|mismatch|breaks?|error)/i,
    message: 'it fails with a query and works without one.',
    unless: /\bwithout (?:an? )?(?:value|equal)|\bheaders?\b/i,
  },
  {
    id: 'query-plus',
    about: 'query.encoding',
    strength: 'fair',
    tags: ['query-plus-and-space-confused'],
    match:
      /(?:\bspaces?\b|["'`] ["'`])[^\n]{0,40}\b(?:encod\w*|sent|becom\w*|turn\w*|written|replac\w*)\b[^\n]{0,20}(?:["'`(]?\+["'`)]?(?=[\s.,]|$)|\bplus\b)|%20 (?:instead of|and not|rather than|vs\.?|or) ["'`]?\+|["'`]?\+["'`]? (?:instead of|and not|rather than|vs\.?) ["'`]?%20/i,
    message: 'a space is written as "+" on one side.',
    unless: /\bpath|\bobject key|\bfile/i,
  },
  {
    id: 'query-opaque',
    about: 'query.encoding',
    strength: 'fair',
    tags: ['query-plus-and-space-confused'],
    match:
      /\b(?:scroll[_ -]?ids?|cursors?|next[_ -]?tokens?|continuation[_ -]?tokens?|page[_ -]?tokens?|pagination|next page|second page|marker)\b/i,
    message: 'the outcome depends on a parameter whose value is opaque, and often holds "=", "+" or "/".',
  },
  {
    id: 'query-order',
    about: 'query-not-sorted',
    strength: 'fair',
    match:
      /\b(?:order\w*|sort\w*|alphabetical\w*|rearrang\w*|reorder\w*)\b[^\n]{0,60}\b(?:param\w*|query|argument\w*)|\b(?:param\w*|query|arguments?)\b[^\n]{0,60}\b(?:order\w*|sorted|sort|unsorted|alphabetical\w*)/i,
    message: 'the order of the query parameters is said to matter.',
  },
  {
    id: 'query-many',
    about: 'query-not-sorted',
    strength: 'fair',
    match:
      /\b(?:one|a single|single|only one)\b[^\n]{0,20}\b(?:query )?param(?:eter)?\b[^\n]{0,80}\b(?:two|more|several|multiple|second|both|many)\b|\b(?:two|more than one|several|multiple|a second|second)\b[^\n]{0,20}\b(?:query )?param(?:eter)?s?\b/i,
    message: 'it fails with several query parameters, and their order is signed.',
  },
  {
    id: 'query-valueless',
    about: 'query-changed-in-transit',
    strength: 'fair',
    match:
      /\?[\w-]{1,40}\s{1,3}(?:gives?|fails?|does(?:n't| not)|is refused|returns?)[^\n]{0,80}\?[\w-]{1,40}=|\b(?:param\w*|query|flags?|sub-?resources?)\b[^\n]{0,40}\b(?:without|no|missing) (?:an? )?(?:value|equal)|\bvalue-?less\b/i,
    message: 'a parameter without "=" fails, with "=" it works.',
  },
  {
    id: 'query-added',
    about: 'query-changed-in-transit',
    strength: 'fair',
    match:
      /\b(?:append\w*|add(?:s|ed|ing)?|tack\w* on|put\w*|inject\w*|strip\w*|remov\w*|drop\w*)\b[^\n]{0,50}\b(?:cache[- ]?bust\w*|tracking|utm\w*|fbclid|gclid|query ?(?:string|param\w*)?s?|param(?:eter)?s?)\b[^\n]{0,40}\b(?:to|from|on|in|onto|of) (?:the |a |that |this |my |an )?(?:\w{1,12} )?(?:url|link|request)s?\b|&amp;|\bhtml[- ](?:escap|encod|entit)\w*|\b(?:e-?mail|slack|teams|outlook|whatsapp|chat|link (?:preview|shorten)\w*|safe ?links?)\b[^\n]{0,60}\b(?:link|url)\b/i,
    message: 'parameters of the URL are said to be added, removed or rewritten after signing.',
  },
  {
    id: 'other-method',
    about: 'method-changed',
    strength: 'fair',
    match:
      /\b(?:GET|HEAD)\b[^\n]{0,60}\bworks?\b[^\n]{0,60}\b(?:PUT|POST|HEAD|DELETE)\b|\bworks?\b[^\n]{0,20}\b(?:GET|HEAD|PUT)\b[^\n]{0,40}\b(?:PUT|POST|HEAD|DELETE)\b|\b(?:PUT|POST|HEAD|DELETE|OPTIONS)\b[^\n]{0,60}\bfails?\b[^\n]{0,60}\bGET\b|\b(?:same|one|this|that) (?:presigned |signed )?url\b[^\n]{0,60}\b(?:PUT|POST|HEAD|DELETE)\b/,
    message: 'one method works and another fails with a signed URL, which covers one method.',
    needs: /presign|pre-sign|signed url|signedurl/i,
  },
  {
    id: 'method-of-url',
    about: 'method-changed',
    strength: 'fair',
    match:
      /\b(?:made|signed|generated|created|presigned|issued|meant|intended) (?:it |the url |a url )?(?:for|with) (?:a |an )?["'`]?(?:GET|PUT|POST|HEAD|DELETE|get_?object|put_?object|getObject|putObject|download|upload)\b[^\n]{0,80}\b(?:GET|PUT|POST|HEAD|DELETE|get_?object|put_?object|upload|download)|\b(?:get_?object|getObject)\b[^\n]{0,60}\b(?:put_?object|putObject)\b|\b(?:put_?object|putObject)\b[^\n]{0,60}\b(?:get_?object|getObject)\b|\bmethod (?:is |was |gets |being )?(?:wrong|changed|different|converted|turned|rewritten|not the same)|\b(?:HEAD|POST|PUT|GET) (?:is |was |gets |request |becomes |turns |turned |converted ){1,2}(?:into |to |as )?(?:a )?(?:HEAD|POST|PUT|GET)\b|\bGET instead of (?:a )?(?:PUT|POST|HEAD)|\b(?:PUT|POST|HEAD) instead of (?:a )?(?:GET|PUT|POST)/,
    message: 'the request is made with another method than the one that was signed.',
    alone: true,
  },
  {
    id: 'presign-upload',
    about: 'method-changed',
    strength: 'fair',
    match: /\baws s3 presign\b[^\n]{0,300}\b(?:upload|PUT)\b|\b(?:upload|PUT)\b[^\n]{0,200}\baws s3 presign\b/i,
    message: 'aws s3 presign makes URLs for GET only, and a presigned URL covers one method.',
  },
  {
    id: 'body-at-all',
    about: 'payload.hash',
    strength: 'fair',
    match:
      /\b(?:empty|no|without an?y?|w\/o) (?:request |post )?(?:body|payload)\b[^\n]{0,80}\b(?:works?|fine|ok|succeeds?|passes|fails?)\b|\b(?:works?|fine|ok|passes)\b[^\n]{0,40}\b(?:empty|no|without an?y?) (?:request |post )?(?:body|payload)\b|\b(?:fails?|403|refused|mismatch|breaks?|error)\b[^\n]{0,40}\b(?:with|has|have|add\w*|send\w*) (?:a |an? non-?empty |any |the |some )?(?:json |request |post )?(?:body|payload|data)\b|\b(?:with|has|have|add\w*|send\w*) (?:a |an? non-?empty |any |some )?(?:json |request |post )?(?:body|payload)\b[^\n]{0,60}\b(?:fails?|403|refused|mismatch|breaks?|error)|\bonly (?:requests |those |calls )?with (?:a |an? non-?empty )?(?:body|payload)/i,
    message: 'it fails with a body and works without one.',
  },
  {
    id: 'get-works-post-fails',
    about: 'payload.hash',
    strength: 'fair',
    match:
      /\bGETs?\b(?: requests?| calls?)?[^\n]{0,40}\b(?:works?|fine|ok|succeeds?|passes?)\b[^\n]{0,60}\b(?:POST|PUT|PATCH)s?\b|\b(?:POST|PUT|PATCH)s?\b(?: requests?| calls?)?[^\n]{0,40}\b(?:fails?|403|refused|mismatch|do(?:es)?(?:n't| not) work|gives?)\b[^\n]{0,60}\bGETs?\b|\bonly (?:POST|PUT)s? (?:requests? )?(?:fails?|is|are)/,
    message: 'requests with a body fail, those without work.',
    unless: /presign|signed url|same url/i,
  },
  {
    id: 'body-text',
    about: 'payload-charset-changed',
    strength: 'fair',
    match:
      /\b(?:body|json|payload|document|text|message|content|strings?)\b[^\n]{0,60}\b(?:unicode|utf-?8|non-?ascii|umlauts?|accents?|accented|emojis?|chinese|japanese|cyrillic)\b/i,
    message: 'the outcome depends on the encoding of the text in the body.',
    unless: /\bfile ?names?|\bkeys?\b|\bpath|\bheader|\bmetadata|\burl/i,
  },
  {
    id: 'body-json',
    about: 'payload.hash',
    strength: 'fair',
    tags: ['payload-json-rewritten'],
    match:
      /\b(?:serializ|serialis|stringif|pretty[- ]?print|re-?format|minif)\w*[^\n]{0,60}\b(?:body|json|payload)|\b(?:body|json|payload)\b[^\n]{0,60}\b(?:serializ|serialis|stringif|pretty[- ]?print|re-?format|minif)\w*|\bjson[^\n]{0,30}\bkey order/i,
    message: 'the JSON of the body may be written differently when it is signed and when it is sent.',
  },
  {
    id: 'body-lines',
    about: 'payload-line-endings-changed',
    strength: 'fair',
    match: /\b(?:body|payload|upload|file|ndjson|bulk)\b[^\n]{0,60}\b(?:new ?lines?|line (?:feeds?|ends?|endings?|breaks?)|crlf)\b/i,
    message: 'line ends in the body make the difference.',
    unless: /\bsecret|\bkeys?\b|\bcredential|\benv\b|\.env/i,
  },
  {
    id: 'body-compressed',
    about: 'payload.hash',
    strength: 'fair',
    match:
      /\b(?:gzip(?:ped)?|compress\w*|deflate|brotli)\b[^\n]{0,60}\b(?:body|bodies|uploads?|payloads?|requests?|puts?|bulk)\b|\b(?:body|bodies|uploads?|payloads?|requests?)\b[^\n]{0,60}\b(?:gzip(?:ped)?|compress\w*)/i,
    message: 'the body may be compressed after it was signed.',
  },
  {
    id: 'body-binary',
    about: 'payload.hash',
    strength: 'fair',
    match:
      /\b(?:binary (?:body|data|files?|content)|images?|pdfs?|zips?)\b[^\n]{0,60}\b(?:fails?|403|corrupt\w*|mismatch|not|breaks?|refused)\b[^\n]{0,80}|\btext files?\b[^\n]{0,60}\b(?:works?|fine|ok)\b/i,
    message: 'binary bodies fail; they may be changed on their way.',
    needs: /\btext\b|\bbinary|\bmultipart|\bcorrupt/i,
  },
  {
    id: 'body-size',
    about: 'payload.chunked',
    strength: 'fair',
    match:
      /\b(?:large|larger|big|bigger|huge)\b[^\n]{0,30}\b(?:files?|uploads?|objects?|bodies|payloads?)\b|\b(?:over|above|more than|larger than|bigger than|greater than|from|exceed\w*|>) ?~?\d{1,4} ?(?:[kmg]i?b|megabytes?|bytes?)\b|\bsmall (?:files?|uploads?|objects?)\b|\b(?:up to|under|below|less than|smaller than) ?~?\d{1,4} ?(?:[kmg]i?b|megabytes?|bytes?)\b|\bmulti-?part uploads?\b|\bupload_?part\b/i,
    message: 'the outcome depends on the size of the payload: large ones are sent in parts or chunks.',
    unless: /\bsmall (?:percentage|number|fraction)/i,
  },
  {
    id: 'body-stream',
    about: 'payload.hash',
    strength: 'fair',
    tags: ['payload-signed-as-empty'],
    match:
      /\b(?:stream(?:ed|ing|s)?|piped?|pipe|iterator|generator|file handle|reader)\b[^\n]{0,50}\b(?:body|upload\w*|payload|file|data|put|content|stdin|fails?)\b|\bmulti-?part\/?(?: |-)?form/i,
    message: 'the body is a stream or a form, which may be read or written differently when it is signed.',
  },
  {
    id: 'checksum',
    about: 'payload.chunked',
    strength: 'fair',
    match:
      /\b(?:trailing checksums?|trailers?|aws-chunked|chunked (?:encoding|transfer|uploads?|signing|requests?)|chunk(?:ed)? signatures?|AWS_REQUEST_CHECKSUM_CALCULATION|when_(?:required|supported)|STREAMING-[A-Z0-9-]{4,40}|(?:flexible|default) (?:data )?(?:integrity|checksums?)|x-amz-checksum-\w{3,10}|x-amz-sdk-checksum\S{0,12}|CRC32C?|CRC64\w{0,4})\b/i,
    message: 'chunked payloads or checksums are mentioned.',
    alone: true,
  },
  {
    id: 'ceph-checksum',
    about: 'payload-chunked-unsupported',
    strength: 'fair',
    match:
      /\b(?:ceph|rados ?gw|radosgw|cellar|minio|r2|backblaze|b2|wasabi|storj|seaweedfs|garage|scaleway|hetzner|oracle|digital ?ocean|spaces|oss|swift|dell ecs|netapp|s3[- ]compatible|s3proxy|localstack|zenko|cloudian|ionos|ovh|linode|vultr|gcs|google cloud storage)\b/i,
    message: 'the server is not S3 itself, and newer SDKs send trailing checksums that some servers do not know.',
    alone: true,
    needs:
      /checksum|trailing|trailer|aws-chunked|chunked|STREAMING|XAmzContentSHA256|\b(?:since|after|with|upgrad\w*|updat\w*|bump\w*)\b[^\n]{0,40}\b(?:sdk|boto3|botocore|aws-cli|awscli|client-s3)\b|\b(?:sdk|boto3|botocore|aws-cli|awscli|client-s3)\b[^\n]{0,40}\b(?:upgrad\w*|updat\w*|bump\w*|newer|newest|latest|downgrad\w*)/i,
  },
  {
    id: 'after-upgrade',
    about: 'payload.chunked',
    strength: 'weak',
    match:
      /\b(?:since|after|upon) (?:the |an? |we |i |our )?(?:upgrad\w*|updat\w*|bump\w*|moving|switching|migrat\w*)\b[^\n]{0,40}\b(?:boto3?|botocore|sdks?|aws-?cli|aws cli|client|terraform|provider|v3|s3)\b|\b(?:upgraded|updated|bumped)\b[^\n]{0,40}\b(?:boto3?|botocore|sdk|aws-sdk|aws-?cli)|\b(?:downgrad\w*|pinn?(?:ed|ing)?|roll\w* back|older version|previous version)\b[^\n]{0,60}\b(?:works?|fix\w*|helps?|solves?|boto3?|botocore|sdk|aws-?cli)/i,
    message: 'it fails since the client was upgraded; newer SDKs send checksums by default.',
  },
]
