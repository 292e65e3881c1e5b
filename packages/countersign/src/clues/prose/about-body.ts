/** What people say of the method and the body. */
import { exact, pattern, words } from './pattern.js'
import type { ProseRule } from './prose-rule.js'
import { BODY, CLIENT, FAILS, LETTERS, PRESIGNED, STORE, WITH_BODY, WORKS } from './words.js'

const METHOD = words`GET | HEAD | PUT | POST | DELETE`
const OTHER_METHOD = words`PUT | POST | HEAD | DELETE | OPTIONS`
const UPGRADED = words`upgrad\w* | updat\w* | bump\w* | newer | newest | latest | new | downgrad\w* | pinn?(?:ed|ing)? | roll\w* back | older version`

export const ABOUT_METHOD: readonly ProseRule[] = [
  {
    id: 'link-of-another-method',
    about: 'method-changed',
    strength: 'fair',
    where: 'any sentence',
    match: exact`
      GET | works? with | works? for ~ ${OTHER_METHOD}
      || [Hh]ead | HEAD | PUT | upload\w* | POST ~200 aws s3 presign
        | presigned (?:URL|url|link)s?(?: (?:was|is|were))? (?:made|signed|generated|created)? ?for
      || [gG]et_?[oO]bject ~ [pP]ut_?[oO]bject | PUT | POST
      || (?:made|signed|generated|created|issued|meant|signs?) (?:it |(?:the |a )?(?:URL|url)s? )?for > ${METHOD}
      || check\w* | ask\w* | test\w* | curl > HEAD | -I`,
    shown:
      /\.head\([^\n]{0,200}|\bcurl\s[^\n]{0,60}(?:-I\b|--head\b)|\b(?:HEAD|PUT|POST)\b[^\n]{0,80}\b403\b[\s\S]{0,200}\bGET\b[^\n]{0,80}\b200\b/,
    needs: PRESIGNED,
    unless: /HeadObjectCommand|presign_?head|head_object/i,
    message: 'A signed URL is asked with another method than the one that was signed.',
    fires: ['The presigned URL works with GET but HEAD is refused.', 'url = generate_presigned_url("get_object")\nrequests.head(url)'],
    silent: ['The plain URL works with GET but HEAD is refused.', 'url = generate_presigned_url("get_object")\nrequests.get(url)'],
  },
  {
    id: 'method-rewritten',
    about: 'method-changed',
    strength: 'fair',
    where: 'any sentence',
    match: pattern`
      method (?:is |was |gets |being )?(?:wrong|changed|different|converted|turned|rewritten|not the same)
      ||
        ${METHOD} (?:is |was |gets |request )?(?:becomes|turned|turns|converted|rewritten|instead of) (?:into |to |as )?(?:an? )?${METHOD}`,
    shown: /(?:SignatureV4|SigV4|aws4|\.sign\()[^\n]{0,200}\bmethod["']?\s{0,3}[:=]\s{0,3}["'](?:get|put|post|delete|head)["']/,
    message: 'The request is made with another method than the one that was signed; methods are in capitals.',
    fires: ['The POST is turned into a GET by the redirect.', "new SignatureV4(o).sign({ method: 'get' })"],
    silent: ['The POST is followed by a GET.', "new SignatureV4(o).sign({ method: 'GET' })"],
  },
]

export const ABOUT_BODY: readonly ProseRule[] = [
  {
    id: 'checksums',
    about: 'payload.chunked',
    strength: 'fair',
    where: 'any sentence',
    match: pattern`
      (?:trailing|default|flexible) (?:data )?(?:checksums?|integrity) | trailers? | aws-chunked
        | chunk(?:ed)? (?:encoding|transfer|uploads?|signing|signatures?) | AWS_REQUEST_CHECKSUM_CALCULATION
        | when_(?:required|supported) | STREAMING-[A-Z0-9-]{4,40} | x-amz-checksum-\w{3,10} | x-amz-sdk-checksum\S{0,12} | CRC32C?
        | CRC64\w{0,4}`,
    message: 'Payloads in chunks, or checksums behind them, are spoken of.',
    fires: ['The new SDK sends trailing checksums.'],
    silent: ['The new SDK sends fewer requests.'],
  },
  {
    id: 'store-and-new-client',
    about: 'payload-chunked-unsupported',
    strength: 'fair',
    where: 'any sentence',
    match: pattern`${STORE} ~80 since | after | with | upgrad\w* | updat\w* | newer | latest | refus\w* | fail\w*`,
    needs: pattern`${CLIENT} ~40 ${UPGRADED} || aws-chunked | XAmzContentSHA256\w{0,8} | trailing checksums?`,
    message: 'The server is not S3 itself, and newer SDKs send trailing checksums that some servers do not know.',
    fires: ['Our MinIO refuses every PUT since boto3 was updated.'],
    silent: ['Our MinIO refuses every PUT since the disk was full.'],
  },
  {
    id: 'body-size',
    about: 'payload.chunked',
    strength: 'fair',
    match: pattern`
      (?:large|larger|big|bigger|huge|small|smaller) (?:files?|uploads?|objects?|bodies|payloads?)
      ||
        (?:over|above|more than|(?:larger|bigger|greater|smaller|less) than|exceed\w*|up to|under|below) ~?\d{1,4} ?(?:[kmg]i?b|megabytes?|bytes?)
        | multi-?part uploads? | upload_?part
      || since | after | downgrad\w* | pinn?ed | roll\w* back ~20 (?:${CLIENT}[^\n]{0,40}?${UPGRADED}|${UPGRADED}[^\n]{0,40}?${CLIENT})`,
    message:
      'It depends on the size of the payload or the version of the client: large payloads go in parts or chunks, and newer SDKs add checksums.',
    fires: ['It works for small files, and fails over 5 MB.', 'It fails since we upgraded boto3.'],
    silent: ['It works for old files, and fails over a proxy.'],
  },
  {
    id: 'origin-access-control',
    about: 'payload.hash',
    strength: 'fair',
    where: 'anywhere',
    match: /\bOAC\b|origin access control|lambda-url\.|(?:lambda )?function urls?\b/i,
    needs: /\b(?:POST|PUT|PATCH|body|server actions?)\b/,
    message: 'A function URL behind origin access control needs the SHA-256 of the body from the visitor, in x-amz-content-sha256.',
    fires: ['A function URL behind CloudFront; POST is refused.'],
    silent: ['A function URL behind CloudFront.'],
  },
  {
    id: 'presigned-over-a-hash',
    about: 'payload-unsigned-mismatch',
    strength: 'fair',
    where: 'anywhere',
    match: /presign\w{0,10}\([^\n]{0,160}(?:content_?hash|payload_?hash|sha256)|(?:content_?hash|payload_?hash)[^\n]{0,300}?presign/i,
    unless: /UNSIGNED-PAYLOAD/,
    message: 'The URL is presigned over a hash of the body; the payload of a presigned URL of S3 is UNSIGNED-PAYLOAD.',
    fires: ['url = presign_url("GET", target, content_hash)'],
    silent: ['url = presign_url("GET", target)'],
  },
  {
    id: 'body-letters',
    about: 'payload.hash',
    tags: ['payload-charset-changed'],
    strength: 'fair',
    match: pattern`${BODY} ~ (?:${LETTERS}|binary) || binary (?:files?|data) | images | pdfs? | zips? >100 text files?`,
    unless: /\bfile ?names?|\bkeys?\b|\bpath|\bheader|\bmetadata|\burl/i,
    message: 'It depends on how the text of the body is encoded.',
    fires: ['JSON documents with emoji in the body are refused.'],
    silent: ['JSON documents with numbers in the body are refused.'],
  },
  {
    id: 'body-rewritten',
    about: 'payload.hash',
    tags: ['payload-json-rewritten', 'payload-line-endings-changed'],
    strength: 'fair',
    match: pattern`
      body | bodies | uploads? | payloads? | json | ndjson | bulk | requests?
        ~ (?:serializ|serialis|stringif|pretty[- ]?print|re-?format|minif|compress)\w* | gzip(?:ped)? | deflate | brotli | key order
        | new ?lines? | line (?:feeds?|ends?|endings?|breaks?) | crlf`,
    shown: /\b\w{0,20}[cC]ompress(?:ion|ed)\w{0,12}\b\s{0,3}[(:=]/,
    unless: /\bsecret|\bkeys?\b|\bcredential|\.env|without compress|accept-encoding/i,
    message: 'The body is written in another form when it is sent than when it was signed.',
    fires: ['Since we gzip the request body every call fails.', 'client.setCompressionEnabled(true)'],
    silent: ['Since we sign the request body every call fails.', 'client.setSniffEnabled(true)'],
  },
  {
    id: 'body-streamed',
    about: 'payload.hash',
    tags: ['payload-signed-as-empty'],
    strength: 'fair',
    match: pattern`
      stream(?:ed|ing|s)? | piped? | iterator | generator | file handle ~50 body | upload\w* | payload | put | content | stdin
      || multi-?part\/?(?: |-)?form\S*`,
    shown: /aws4\.sign\(\s{0,5}\{(?:(?!\bbody\b)[^}]){0,300}\}(?=[\s\S]{0,3000}?(?:createReadStream|\.pipe\(|\.write\())/,
    unless: /UNSIGNED-PAYLOAD|x-amz-content-sha256["'`]?\s{0,3}[\]:=,]/i,
    message: 'The body is a stream or a form, which the signer does not see as it is sent.',
    fires: ['A stream as the body fails.', "aws4.sign({ method: 'PUT', host, path })\ncreateReadStream(f)"],
    silent: ['A string as the body fails.', "aws4.sign({ method: 'PUT', host, path, body })\ncreateReadStream(f)"],
  },
  {
    id: 'with-a-body',
    about: 'payload.hash',
    strength: 'fair',
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
    fires: ['GET works, PUT fails.', 'It fails with a body and is fine without.'],
    silent: ['GET works, HEAD fails.', 'It fails with a proxy and is fine without.'],
  },
]
