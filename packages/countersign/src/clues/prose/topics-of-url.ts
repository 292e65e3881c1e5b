/**
 * Topics of the method, the path and the query, as data. A pattern may match code, configuration, logs and sentences alike.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
import { type HintRule, hintRule as rule } from '../rule.js'

const SIGNING = /sign|canonical|x-amz-date|aws4/i
const PRESIGNED = /pre-?sign|signed[_ -]?url|temporaryUrl|X-Amz-Signature|same url/i

/** Method, path, query, and what is signed for which service. */
export const URL_TOPICS: readonly HintRule[] = [
  rule(
    'head-of-presigned',
    'method-changed',
    0.52,
    /\.head\(|\bcurl\s[^\n]{0,40}-I\b|\bHEAD\b|--head\b/,
    'a URL that is presigned for GET is asked with HEAD; the method is signed.',
    { needs: PRESIGNED, unless: /HeadObjectCommand|presign_?head|head_object/i },
  ),
  rule(
    'curl-head',
    'method-changed',
    0.58,
    /\bcurl\s[^\n]{0,60}(?:\s-I\b|--head\b)[\s\S]{0,200}?\b403\b|\bsigns? (?:the |a )?URLs? for (?:GET|PUT|HEAD)\b/,
    'a URL that is presigned for one method is asked with another.',
    { unless: /HeadObjectCommand|head_object/i },
  ),
  rule(
    'methods-differ',
    'method-changed',
    0.5,
    /\b(?:HEAD|PUT|POST)\b[^\n]{0,80}\b403\b[\s\S]{0,200}\bGET\b[^\n]{0,80}\b200\b/,
    'one method is refused and another passes with the same URL.',
  ),
  rule(
    'retries-said',
    'request-retried-stale',
    0.42,
    /\b(?:after|on|in|of) (?:\w{1,10} ){0,2}retr(?:y|ies)\b/i,
    'it fails when the request is sent again.',
    { unless: /no retr/i },
  ),
  rule(
    'parameter-misplaced',
    'query-not-sorted',
    0.55,
    /\b(?:param\w{0,8}|query|partNumber|uploadId)\b[^.\n]{0,60}\b(?:wrong (?:place|order|position)|out of order|not sorted|unsorted)\b|\bsort\w{0,3} the (?:query|param)/i,
    'a parameter stands in the wrong place; the canonical query string is sorted by name.',
  ),
  rule(
    'query-not-signed',
    'query-changed-in-transit',
    0.6,
    /\bpath\W{1,3}(\/[^\s?]{1,200})\?[^\s][\s\S]{0,3200}?\n\1\n\n/i,
    'the path has a query, and the canonical request that was signed has none.',
  ),
  rule(
    'replacement-dropped',
    'query-encoded-differently',
    0.65,
    /^[ \t]{0,40}\w{1,30}\.[rR]eplace(?:All)?\(\s{0,3}["'](?:[+*'!()~]|%[0-9a-fA-F]{2})["'][^\n=]{0,300}\)\s{0,3};?\s{0,3}$/m,
    'the result of replace is not kept: strings do not change, so the encoding stays as it was.',
  ),
  rule(
    'disposition-odd',
    'query.encoding',
    0.5,
    /response-content-disposition["'=:, ]{1,6}[^\n&]{0,200}(?:\*=|''|!|%27%27|\()/i,
    'response-content-disposition holds characters that some signers leave raw.',
  ),
  rule(
    'model-in-path',
    'path.encoding',
    0.46,
    /arn:aws:bedrock|\/model\/["'`]?\s{0,2}(?:[#$]?\{|\+|%s)/i,
    'a model id or ARN goes into the path; its ":" and "/" are percent-encoded there, and once more in the canonical URI.',
  ),
  rule(
    'prefix-odd',
    'query.encoding',
    0.5,
    /\bprefix(?:es)?["']?\s{0,3}[:=]\s{0,3}["'][^"'\n]{0,100}(?:%[0-9A-F]{2}|[ +&=])|\bprefix(?:es)?\b[^.\n]{0,60}\b(?:spaces?|special|plus|ampersand|unicode|equals?)\b/i,
    'the prefix goes into the query, and its characters are spelled in more than one way.',
  ),
  rule(
    'query-of-listing',
    'query.encoding',
    0.36,
    /\?(?:[^\s"'`]{0,200}&)?(?:marker|prefix|start-after|continuation-token|q|query|filter|search|where)=[^\s"'`&]{0,200}%(?:2[0BF]|3[ACDF]|40|5[BD]|7[BCD])/i,
    'a value in the query is percent-encoded, and the canonical query string has one spelling for it only.',
    { unless: /X-Amz-Signature=/ },
  ),
  rule(
    'slash-argument',
    'path-normalized',
    0.34,
    /\b\w{0,20}(?:upload|put|get|download|copy)\w{0,20}\([^\n)]{0,120}["'`]\/(?!(?:home|tmp|var|etc|usr|opt|mnt|Users|root|app|dev)\/)[\w./-]{1,120}\.\w{2,5}["'`]/i,
    'the key that is given to the client begins with a slash.',
  ),
  rule(
    'client-without-service',
    'service-mismatch',
    0.55,
    /new AwsClient\(\{/,
    'the service is not given, and this signer cannot tell it from a host that is not of AWS.',
    {
      needs:
        /digitaloceanspaces|backblazeb2|wasabisys|cloudflarestorage|linodeobjects|scw\.cloud|storage\.googleapis|aliyuncs|myqcloud|minio/,
      unless: /\bservice["']?\s{0,3}:/,
    },
  ),
  rule(
    'service-name-of-client',
    'service-mismatch',
    0.5,
    /\bservice(?:_?name)?["']?\s{0,3}(?:[:=]|=>)\s{0,3}[:"'](?:apigateway|apigw|api-gateway|elasticsearch|opensearch|sesv2|email|iot-data|bedrock-runtime|runtime\.sagemaker|sagemaker-runtime|appsync-realtime|cloudsearchdomain|neptune|lambda-url|paapi|s3-?website|rds)["'\s,]/i,
    'the name of the client or endpoint stands where the signing name belongs; the two differ for this service.',
    { needs: SIGNING },
  ),
  rule(
    'other-server',
    'server-canonicalizes-wrongly',
    0.23,
    /\b(?:rustfs|garage|localstack|moto_server|s3mock|s3rver|fake-?s3|seaweedfs|s3proxy|zenko|cloudserver|pithos|riak|openstack swift|swift3|leofs|zgw|supabase storage)\b/i,
    'the verifier is a lesser known implementation, which may canonicalize otherwise than AWS.',
  ),
]
