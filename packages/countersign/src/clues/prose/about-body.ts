/** What people say of the method and the body. */
import { twins } from '../rule.js'
import { exact, pattern, words } from './pattern.js'
import type { ProseRule } from './prose-rule.js'
import { BODY, CLIENT, FAILS, LETTERS, STORE, WITH_BODY, WORKS } from './words.js'

const METHOD = words`GET | HEAD | PUT | POST | DELETE`
const OTHER_METHOD = words`PUT | POST | HEAD | DELETE | OPTIONS`
const UPGRADED = words`upgrad\w* | updat\w* | bump\w* | newer | newest | latest | new | downgrad\w* | pinn?(?:ed|ing)? | roll\w* back | older version`

const HEAD_OF_API = words`HEAD | HeadObject | HeadBucket | head_object | head_bucket | statObject | stat`
const GET_OF_API = words`GET | GetObject | get_object | downloads?`

export const ABOUT_METHOD: readonly ProseRule[] = [
  {
    // https://varnish-cache.org/docs/trunk/users-guide/increasing-your-hitrate.html; https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache_convert_head
    id: 'cache-asks-with-get',
    about: 'method-changed',
    tags: ['method-head-and-get-swapped'],
    strength: 'strong',
    where: 'any sentence',
    needs: pattern`varnish | squid | proxy_cache | cach(?:e|es|ing) | cloudfront | cdn | fastly`,
    match: pattern`
      ${HEAD_OF_API} >30 ${FAILS} > ${GET_OF_API} >30 ${WORKS} || ${GET_OF_API} >30 ${WORKS} > ${HEAD_OF_API} >30 ${FAILS}
      || ${HEAD_OF_API} (?:requests? )?(?:arrives?|is sent|goes out|reach\w{0,2}(?: \w{1,12}){0,3}) as (?:an? )?GET`,
    says: { by: 'cache' },
    message: 'A cache asks its origin with GET where the client sent HEAD, and the method is signed.',
    ...twins('Behind «Varnish → the door» HeadObject is refused, GetObject is fine.'),
  },
  {
    id: 'link-of-another-method',
    about: 'method-changed',
    where: 'any sentence',
    match: exact`
      GET | works? with | works? for ~160 ${OTHER_METHOD}
      || [Hh]ead | HEAD | PUT | upload\w* | POST ~200 aws s3 presign
        | presigned (?:URL|url|link)s?(?: (?:was|is|were))? (?:made|signed|generated|created)? ?for
      || [gG]et_?[oO]bject ~ [pP]ut_?[oO]bject | PUT | POST
      || (?:made|signed|generated|created|issued|meant|signs?) (?:it |(?:the |a )?(?:URL|url)s? )?for > ${METHOD}
      || check\w* | ask\w* | test\w* | curl > HEAD | -I
      || ${METHOD} (?:is |was |gets |request )?(?:becomes|turned|turns|converted|rewritten|instead of) (?:into |to |as )?(?:an? )?${METHOD}`,
    shown:
      /\.head\(|\bcurl\s[^\n]{0,60}(?:-I\b|--head\b)|\b(?:HEAD|PUT|POST)\b[^\n]{0,80}(?:\n[^\n]{0,80})?\b403\b[\s\S]{0,200}\bGET\b[^\n]{0,80}\b200\b/,
    needs: /pre-?sign|signed[_ -]?url|temporaryUrl|X-Amz-Signature|same url|signed links?|\bredirect/i,
    unless: /HeadObjectCommand|presign_?head|head_object/i,
    message: 'The request uses another method than the one that was signed.',
    ...twins(
      'The «presigned → plain» URL works with GET but HEAD is refused.',
      'url = generate_presigned_url("get_object")\nrequests.«head → get»(url)',
    ),
  },
]

export const ABOUT_BODY: readonly ProseRule[] = [
  {
    id: 'checksums',
    about: 'payload.chunked',
    where: 'any sentence',
    match: pattern`
      (?:trailing|default|flexible) (?:data )?(?:checksums?|integrity) | trailers? | aws-chunked
        | chunk(?:ed)? (?:encoding|transfer|uploads?|signing|signatures?) | AWS_REQUEST_CHECKSUM_CALCULATION
        | when_(?:required|supported) | STREAMING-[A-Z0-9-]{4,40} | x-amz-checksum\S{0,12} | x-amz-sdk-checksum\S{0,12} | CRC32C?
        | CRC64\w{0,4}`,
    message: 'The request uses a chunked payload or a trailing checksum, which not every server accepts.',
    ...twins('The new SDK sends «trailing checksums → fewer requests».'),
  },
  {
    id: 'store-and-new-client',
    about: 'payload-chunked-unsupported',
    where: 'any sentence',
    match: pattern`${STORE} ~80 since | after | with | upgrad\w* | updat\w* | newer | latest | refus\w* | fail\w*`,
    needs: pattern`${CLIENT} ~40 ${UPGRADED} || aws-chunked | XAmzContentSHA256\w{0,8} | trailing checksums?`,
    message: 'The server is not S3 itself, and newer SDKs send trailing checksums that some servers do not know.',
    ...twins('Our MinIO refuses every PUT since «boto3 was updated → the disk was full».'),
  },
  {
    id: 'body-size',
    about: 'payload.chunked',
    match: pattern`
      (?:large|larger|big|bigger|huge|small|smaller) (?:files?|uploads?|objects?|bodies|payloads?)
      || (?:over|above|more than|(?:larger|bigger|greater|smaller|less) than|exceed\w*|up to|under|below) ~?\d{1,4} ?(?:[kmg]i?b|megabytes?|bytes?)
        | multi-?part uploads? | upload_?part
      || since | after | downgrad\w* | pinn?ed | roll\w* back ~20 (?:${CLIENT}[^\n]{0,40}?${UPGRADED}|${UPGRADED}[^\n]{0,40}?${CLIENT})`,
    message: 'The outcome depends on the payload size or the client version: large payloads are chunked, and newer SDKs add checksums.',
    fires: ['It works for small files, and fails over 5 MB.', 'It fails since we upgraded boto3.'],
    silent: ['It works for old files, and fails over a proxy.'],
  },
  {
    id: 'origin-access-control',
    about: 'payload-unsigned-mismatch',
    where: 'anywhere',
    match: /\bOAC\b|origin access control|lambda-url\.|(?:lambda )?function urls?\b/i,
    needs: /\b(?:POST|PUT|PATCH|body|server actions?)\b/,
    message: 'A function URL behind origin access control needs the SHA-256 of the body in x-amz-content-sha256, sent by the visitor.',
    ...twins('A function URL behind CloudFront«; POST is refused → ».'),
  },
  {
    id: 'body-letters',
    about: 'payload.hash',
    tags: ['payload-charset-changed'],
    match: pattern`${BODY} ~ (?:${LETTERS}|binary) || binary (?:files?|data) | images | pdfs? | zips? >100 text files?`,
    unless: /\bfile ?names?|\bkeys?\b|\bpath|\bheader|\bmetadata|\burl/i,
    message: 'The outcome depends on how the text of the body is encoded.',
    ...twins('JSON documents with «emoji → numbers» in the body are refused.'),
  },
  {
    id: 'object-hashed-and-sent',
    about: 'payload-replaced',
    where: 'any sentence',
    match: pattern`
      sha-?256 | hash\w* | sign\w* >60 writeValueAsString\S{0,40} | toJson\S{0,40} | to_json | serializ\w* | JSON\.stringify\S{0,40} | json\.dumps\S{0,40}
        >120 (?:sends?|posts?|passe?s?|hands?) (?:it )?(?:the |an? |my )?(?:dto|object|model|entity|map|dict\w*|struct)`,
    message: 'One text of an object is hashed, and the client writes the object again for the body.',
    ...twins('I hash JSON.stringify(order) and axios «sends the object → sends that text», which is refused.'),
  },
  {
    id: 'body-rewritten',
    about: 'payload.hash',
    tags: ['payload-json-rewritten', 'payload-line-endings-changed'],
    match: pattern`
      body | bodies | uploads? | payloads? | json | ndjson | bulk | requests?
        ~ (?:serializ|serialis|stringif|pretty[- ]?print|re-?format|minif|compress)\w* | gzip(?:ped)? | deflate | brotli | key order
        | new ?lines? | line (?:feeds?|ends?|endings?|breaks?) | crlf`,
    shown: /\b\w{0,20}[cC]ompress(?:ion|ed)\w{0,12}\b\s{0,3}[(:=]/,
    unless: /\bsecret|\bkeys?\b|\bcredential|\.env|without compress|accept-encoding/i,
    message: 'The body that is sent may be written differently than the body that was signed.',
    ...twins('Since we «gzip → sign» the request body every call fails.', 'client.«setCompressionEnabled → setSniffEnabled»(true)'),
  },
  {
    id: 'body-streamed',
    about: 'payload.hash',
    tags: ['payload-signed-as-empty'],
    match: pattern`
      stream(?:ed|ing|s)? | piped? | iterator | generator | file handle ~50 body | upload\w* | payload | put | content | stdin
      || multi-?part\/?(?: |-)?form\S*`,
    shown: /aws4\.sign\(\s{0,5}\{(?:(?!\bbody\b)[^}]){0,300}\}(?=[\s\S]{0,3000}?(?:createReadStream|\.pipe\(|\.write\())/,
    unless: /UNSIGNED-PAYLOAD|x-amz-content-sha256["'`]?\s{0,3}[\]:=,]/i,
    message: 'The body is a stream or a form, and the signer may not see the bytes that are sent.',
    ...twins('A «stream → string» as the body fails.', "aws4.sign({ method: 'PUT', host, path« → , body» })\ncreateReadStream(f)"),
  },
  {
    id: 'hash-of-nothing',
    about: 'payload-signed-as-empty',
    where: 'anywhere',
    match:
      /e3b0c44298fc1c149afbf4c8996fb924[0-9a-f]{0,32}["'`)]{0,2}[^\n.]{0,60}\b(?:for (?:an?|the|my|our|every|each) (?:\w+ )?(?:POST|PUT|PATCH)|although|even though|with (?:an?|the) (?:\w+ )?body|with \d+ bytes)/,
    message: 'The hash of an empty payload is signed, and the request has a body.',
    ...twins('The hash is e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 for a «POST → GET».'),
  },
  {
    id: 'with-a-body',
    about: 'payload.hash',
    match: exact`
      (?:empty|no|without an?y?|with (?:an? |any )?(?:JSON |json |non-?empty )?|has an? |any other) ?(?:request |post )?(?:body|payload)
        ~ (?:${WORKS}|${FAILS})
      || GETs?(?: \w+)?[^\n]{0,40}${WORKS} ~ ${WITH_BODY}
      || ${WITH_BODY}[^\n]{0,40}${FAILS} > GETs?
      || only ${WITH_BODY}
      || GET >40 with (?:a )?(?:JSON |json )?body`,
    shown: /-X\s{0,2}GET\b[^\n]{0,300}\s(?:-d|--data\w{0,8})\s/,
    unless: /presign|signed url|same url/i,
    message: 'Requests with a body fail and those without one pass.',
    ...twins('GET works, «PUT → HEAD» fails.', 'It fails with a «body → proxy» and is fine without.'),
  },
]
