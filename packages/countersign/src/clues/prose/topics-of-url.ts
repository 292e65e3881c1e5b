/**
 * Topics of the method, the path and the query, as data. A pattern may match code, configuration, logs and sentences alike.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
import type { Rule } from '../rule.js'

const SIGNING = /sign|canonical|x-amz-date|aws4/i
const PRESIGNED = /pre-?sign|signed[_ -]?url|temporaryUrl|X-Amz-Signature|same url/i

/** Method, path, query, and what is signed for which service. */
export const URL_TOPICS: readonly Rule[] = [
  {
    id: 'head-of-presigned',
    about: 'method-changed',
    strength: 'fair',
    match: /\.head\(|\bcurl\s[^\n]{0,40}-I\b|\bHEAD\b|--head\b/,
    message: 'a URL that is presigned for GET is asked with HEAD; the method is signed.',
    needs: PRESIGNED,
    unless: /HeadObjectCommand|presign_?head|head_object/i,
  },
  {
    id: 'curl-head',
    about: 'method-changed',
    strength: 'fair',
    match: /\bcurl\s[^\n]{0,60}(?:\s-I\b|--head\b)[\s\S]{0,200}?\b403\b|\bsigns? (?:the |a )?URLs? for (?:GET|PUT|HEAD)\b/,
    message: 'a URL that is presigned for one method is asked with another.',
    unless: /HeadObjectCommand|head_object/i,
  },
  {
    id: 'methods-differ',
    about: 'method-changed',
    strength: 'fair',
    match: /\b(?:HEAD|PUT|POST)\b[^\n]{0,80}\b403\b[\s\S]{0,200}\bGET\b[^\n]{0,80}\b200\b/,
    message: 'one method is refused and another passes with the same URL.',
  },
  {
    id: 'retries-said',
    about: 'request-retried-stale',
    strength: 'fair',
    match: /\b(?:after|on|in|of) (?:\w{1,10} ){0,2}retr(?:y|ies)\b/i,
    message: 'it fails when the request is sent again.',
    unless: /no retr/i,
  },
  {
    id: 'parameter-misplaced',
    about: 'query-not-sorted',
    strength: 'fair',
    match:
      /\b(?:param\w{0,8}|query|partNumber|uploadId)\b[^.\n]{0,60}\b(?:wrong (?:place|order|position)|out of order|not sorted|unsorted)\b|\bsort\w{0,3} the (?:query|param)/i,
    message: 'a parameter stands in the wrong place; the canonical query string is sorted by name.',
  },
  {
    id: 'query-not-signed',
    about: 'query-changed-in-transit',
    strength: 'fair',
    match: /\bpath\W{1,3}(\/[^\s?]{1,200})\?[^\s]{1,200}[\s\S]{0,3000}?\n\1\n\n/i,
    message: 'the path has a query, and the canonical request that was signed has none.',
  },
  {
    id: 'replacement-dropped',
    about: 'query-encoded-differently',
    strength: 'strong',
    match: /^[ \t]{0,40}\w{1,30}\.[rR]eplace(?:All)?\(\s{0,3}["'](?:[+*'!()~]|%[0-9a-fA-F]{2})["'][^\n=]{0,300}\)\s{0,3};?\s{0,3}$/m,
    message: 'the result of replace is not kept: strings do not change, so the encoding stays as it was.',
  },
  {
    id: 'disposition-odd',
    about: 'query.encoding',
    strength: 'fair',
    match: /response-content-disposition["'=:, ]{1,6}[^\n&]{0,200}(?:\*=|''|!|%27%27|\()/i,
    message: 'response-content-disposition holds characters that some signers leave raw.',
  },
  {
    id: 'model-in-path',
    about: 'path.encoding',
    strength: 'fair',
    match: /arn:aws:bedrock|\/model\/["'`]?\s{0,2}(?:[#$]?\{|\+|%s)/i,
    message: 'a model id or ARN goes into the path; its ":" and "/" are percent-encoded there, and once more in the canonical URI.',
  },
  {
    id: 'prefix-odd',
    about: 'query.encoding',
    strength: 'fair',
    match:
      /\bprefix(?:es)?["']?\s{0,3}[:=]\s{0,3}["'][^"'\n]{0,100}(?:%[0-9A-F]{2}|[ +&=])|\bprefix(?:es)?\b[^.\n]{0,60}\b(?:spaces?|special|plus|ampersand|unicode|equals?)\b/i,
    message: 'the prefix goes into the query, and its characters are spelled in more than one way.',
  },
  {
    id: 'query-of-listing',
    about: 'query.encoding',
    strength: 'weak',
    match:
      /\?(?:[^\s"'`]{0,200}&)?(?:marker|prefix|start-after|continuation-token|q|query|filter|search|where)=[^\s"'`&]{0,200}%(?:2[0BF]|3[ACDF]|40|5[BD]|7[BCD])/i,
    message: 'a value in the query is percent-encoded, and the canonical query string has one spelling for it only.',
    unless: /X-Amz-Signature=/,
  },
  {
    id: 'slash-argument',
    about: 'path-normalized',
    strength: 'weak',
    match:
      /\b\w{0,20}(?:upload|put|get|download|copy)\w{0,20}\([^\n)]{0,120}["'`]\/(?!(?:home|tmp|var|etc|usr|opt|mnt|Users|root|app|dev)\/)[\w./-]{1,120}\.\w{2,5}["'`]/i,
    message: 'the key that is given to the client begins with a slash.',
  },
  {
    id: 'client-without-service',
    about: 'service-mismatch',
    strength: 'fair',
    match: /new AwsClient\(\{/,
    message: 'the service is not given, and this signer cannot tell it from a host that is not of AWS.',
    needs:
      /digitaloceanspaces|backblazeb2|wasabisys|cloudflarestorage|linodeobjects|scw\.cloud|storage\.googleapis|aliyuncs|myqcloud|minio/,
    unless: /\bservice["']?\s{0,3}:/,
  },
  {
    id: 'service-name-of-client',
    about: 'service-mismatch',
    strength: 'fair',
    match:
      /\bservice(?:_?name)?["']?\s{0,3}(?:[:=]|=>)\s{0,3}[:"'](?:apigateway|apigw|api-gateway|elasticsearch|opensearch|sesv2|email|iot-data|bedrock-runtime|runtime\.sagemaker|sagemaker-runtime|appsync-realtime|cloudsearchdomain|neptune|lambda-url|paapi|s3-?website|rds)["'\s,]/i,
    message: 'the name of the client or endpoint stands where the signing name belongs; the two differ for this service.',
    needs: SIGNING,
  },
  {
    id: 'other-server',
    about: 'server-canonicalizes-wrongly',
    strength: 'weak',
    match:
      /\b(?:rustfs|garage|localstack|moto_server|s3mock|s3rver|fake-?s3|seaweedfs|s3proxy|zenko|cloudserver|pithos|riak|openstack swift|swift3|leofs|zgw|supabase storage)\b/i,
    message: 'the verifier is a lesser known implementation, which may canonicalize otherwise than AWS.',
  },
]
