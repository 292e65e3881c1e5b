/**
 * The topics, as data. A pattern may match code, configuration, logs and sentences alike.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
import type { HintRule } from './hint-rules.js'

function rule(
  id: string,
  hint: string,
  weight: number,
  pattern: RegExp,
  why: string,
  more: Pick<HintRule, 'needs' | 'unless' | 'value'> = {},
): HintRule {
  return { id, hint, weight, pattern, why, ...more }
}

const SIGNING = /sign|canonical|x-amz-date|aws4/i
const PRESIGNED = /pre-?sign|signed[_ -]?url|temporaryUrl|X-Amz-Signature|same url/i

/** The host, its port, and where the bucket stands. */
export const HOST_TOPICS: readonly HintRule[] = [
  rule(
    'default-port-named',
    'host-port-changed',
    0.6,
    /https:\/\/[\w.-]{1,200}:443(?!\d)|http:\/\/[\w.-]{1,200}:80(?!\d)|(?:--?|\b)(?:host|endpoint)\w{0,12}["']?[= :]{1,3}["']?[\w.-]{1,200}:(?:80|443)(?!\d)/i,
    'the endpoint names the default port, which some clients leave out of Host and others sign.',
  ),
  rule(
    'port-said',
    'host-port-changed',
    0.55,
    /\bremov\w{1,3} (?:the )?(?:port|["'`]?:\d{2,5})|\bwithout (?:the |a )?port\b|\bport (?:number )?(?:is|was|gets) (?:missing|dropped|stripped|removed|not)\b|\binclud\w{1,3} (?:the )?port\b|\b(?:custom|non-?standard|non-?default|mapped) port\b|\bport[- ]?forward/i,
    'the port is part of Host, and the two sides may differ in it.',
  ),
  rule(
    'host-without-port',
    'host-port-changed',
    0.5,
    /\bhost["'`]?\]?\s{0,3}[:=(,]{1,2}[^\n]{0,40}?(?:\$hostname|\.hostname\b|\.Hostname\(\)|\bUri\.Host\b|RequestUri\.Host\b|\.getHost\(\)|\.host_str\(|PHP_URL_HOST|\["host"\]|\['host'\])/i,
    'the host is signed without its port, and an HTTP client sends a port that is not the default one.',
    { needs: /:\d{4,5}(?!\d)/ },
  ),
  rule(
    'host-without-port-maybe',
    'host-port-changed',
    0.27,
    /\bhost["'`]?\]?\s{0,3}[:=(,]{1,2}[^\n]{0,40}?(?:\$hostname|\.hostname\b|\.Hostname\(\)|RequestUri\.Host\b|\.getHost\(\)|\.host_str\(|PHP_URL_HOST)/i,
    'the host is signed without its port.',
    { needs: SIGNING, unless: /amazonaws/ },
  ),
  rule(
    'container-host',
    'host-rewritten',
    0.5,
    /\b(?:https?:\/\/)?(?:minio|localstack|garage|ceph|rustfs|seaweedfs|s3mock|host\.docker\.internal)(?::\d{2,5})(?!\d)/i,
    'the store has one name inside its network and another outside; Host is signed.',
    { needs: /localhost|127\.0\.0\.1|docker|browser|public|AWS_URL/i },
  ),
  rule(
    'host-replaced',
    'host-rewritten',
    0.58,
    /\breplac\w{1,3}\b[^.\n]{0,80}\b(?:host(?:name)?|domain|minio|localhost|endpoint)\b|\b(?:host(?:name)?|domain)\b[^.\n]{0,40}\breplac\w{1,3}\b|\.replace\(\s{0,3}["'`][^"'`\n]{0,60}(?:minio|localhost|amazonaws|127\.0|:\d{4})/i,
    'the host of a URL is replaced after it was signed.',
    { needs: PRESIGNED },
  ),
  rule(
    'style-named',
    'bucket-in-path',
    0.36,
    /addressing_?style|force_?path_?style|use_path_style|path_?style_?(?:access|endpoint)|PathStyleAccess|virtual[- _]?host(?:ed)?[- _]?(?:style|bucket)/i,
    'a setting decides whether the bucket stands in the host or in the path.',
  ),
  rule(
    'global-endpoint',
    'redirect-followed',
    0.34,
    /(?:^|[\s"'`/.])s3\.amazonaws\.com/i,
    'the global endpoint is asked for a bucket of another region; it redirects, and the signature holds for one host only.',
    { needs: /\b(?:eu|ap|sa|ca|me|af|il)-[a-z]{4,9}-\d\b|\bus-(?:west-\d|east-2)\b/ },
  ),
  rule(
    'style-and-region',
    'redirect-followed',
    0.4,
    /addressing_?style\W{1,6}virtual/i,
    'presigned URLs of the global endpoint are redirected to the region of the bucket, with the signature of the first host.',
    { needs: PRESIGNED },
  ),
  rule(
    'global-link',
    'redirect-followed',
    0.38,
    /addressing_?style\W{1,6}virtual/i,
    'links of the global endpoint are redirected to the region of the bucket, with the signature of the first host.',
    { needs: /\b(?:links?|urls?|images?)\b/i },
  ),
  rule(
    'bucket-with-folder',
    'path.encoding',
    0.5,
    /\bbucket(?:[_ ]?name)?\b[^.,;\n]{0,40}["'`<][\w.-]{2,63}>?\/<?[\w.-]{1,63}>?["'`>]/i,
    'the name of the bucket holds a slash, which is signed as %2F or moves part of the key.',
  ),
]

/** Method, path, query and headers. */
export const REQUEST_TOPICS: readonly HintRule[] = [
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
    0.48,
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
    'all-headers',
    'header.changed',
    0.55,
    /\bsign(?:s|ed|ing)? (?:all|every)(?: (?:of|the|request)){0,3} headers?\b|\ball (?:the )?(?:request )?headers (?:are |get )?signed|\bsign(?:s|ed|ing)?\b[^.\n]{0,60}\b(?:via|x-forwarded-\w{2,6}|user-agent|accept-encoding)\b/i,
    'headers are signed that hops on the way add to or rewrite.',
  ),
  rule(
    'headers-taken-over',
    'header.changed',
    0.5,
    /headers\s{0,3}[:=]\s{0,3}(?:dict\(|\{\s{0,3}\.\.\.|Object\.assign\(\{\},)\s{0,3}(?:\w{1,20}\.)?(?:request|req|event|r)\.headers/i,
    'all headers of a request are taken over into the one that is signed; hops on the way rewrite some of them.',
    { needs: /SigV4|aws4|\.sign\(|AWSRequest/ },
  ),
  rule(
    'metadata-not-ascii',
    'header-changed-in-transit',
    0.6,
    /(?:metadata|x-amz-meta-[\w-]{1,40})[^\n]{0,120}[\x80-\xff]/i,
    'a metadata value holds characters outside ASCII, which are sent in other bytes than were signed.',
  ),
  rule(
    'metadata-said',
    'header-changed-in-transit',
    0.5,
    /\bmetadata\b[^.\n]{0,100}\b(?:non-?(?:us-?)?ascii|unicode|umlauts?|utf-?8|special char\w{0,6}|emojis?|chinese|accent\w{0,3})\b|\b(?:non-?(?:us-?)?ascii|unicode|umlauts?)\b[^.\n]{0,80}\bmetadata\b/i,
    'metadata outside ASCII is sent in other bytes than were signed.',
  ),
  rule(
    'blanks-in-value',
    'header-value-not-trimmed',
    0.62,
    /\b(?:two|double|multiple|consecutive|several|extra) (?:spaces|blanks|whitespaces?)\b|(?:metadata|x-amz-meta-[\w-]{1,40})[^\n]{0,80}["'][^"'\n]{0,80}\S {2,}\S/i,
    'spaces in a row are one space in the canonical headers.',
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
    'signed-headers-order',
    'headers-not-sorted',
    0.56,
    /\b(?:order|sort\w{0,3}|unsorted|alphabet\w{0,8}|(?:at|to) the end|last|appended)\b[^.#(\n]{0,50}\bsigned ?headers?\b|\bsigned ?headers?\b[^.#(\n]{0,50}\b(?:order|sort\w{0,3}|unsorted|alphabet\w{0,8}|at the end)\b|\bheaders? (?:names )?(?:are|is|were) (?:not |un)sorted\b/i,
    'the order of the signed headers is spoken of; they are sorted by name in lower case.',
  ),
  rule(
    'sorted-then-lowered',
    'headers-not-sorted',
    0.65,
    /\.sort(?:_by|By|With)?(?:\([^)\n]{0,60}\)|\s?\{[^}\n]{0,60}\})?\s{0,5}\.map\w{0,4}[({\s][^\n]{0,40}(?:downcase|toLowerCase|to_lower|\.lower)/,
    'the names are sorted before they are put into lower case; capitals sort before small letters.',
    { needs: SIGNING },
  ),
  rule(
    'header-added-by-option',
    'header.changed',
    0.36,
    /--add-header|--header-upload|--metadata-directive|\b(?:Content-?Encoding|contentEncoding|poContent\w{3,12})\b(?!["']?\s{0,3}[:=]\s{0,3}["']?aws-chunked)/i,
    'a header of its own goes with the upload, and has to arrive as it was signed.',
    { unless: /<CanonicalRequest>|SignedHeaders=/ },
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

/** The body. */
export const PAYLOAD_TOPICS: readonly HintRule[] = [
  rule(
    'oac-with-body',
    'payload.hash',
    0.52,
    /\bOAC\b|origin access control|lambda-url\.|(?:lambda )?function urls?\b/i,
    'Lambda function URLs take no unsigned payload: the sender has to give the SHA-256 of the body in x-amz-content-sha256.',
    { needs: /\b(?:POST|PUT|PATCH|body|server actions?)\b/ },
  ),
  rule(
    'content-hash-misnamed',
    'payload.hash',
    0.6,
    /["'`]x-content-sha256["'`]/i,
    'the header is called x-content-sha256; its name is x-amz-content-sha256.',
  ),
  rule(
    'presigned-with-hash',
    'payload-unsigned-mismatch',
    0.5,
    /presign\w{0,10}\([^\n]{0,160}(?:content_?hash|payload_?hash|sha256)|(?:content_?hash|payload_?hash)[\s\S]{0,300}?presign/i,
    'the URL is presigned over a hash of the body; for S3 the payload of a presigned URL is UNSIGNED-PAYLOAD.',
    { unless: /UNSIGNED-PAYLOAD/ },
  ),
  rule(
    'body-compression',
    'payload.hash',
    0.42,
    /\b\w{0,20}[cC]ompress(?:ion|ed)\w{0,12}\b|\bgzip(?:ped)? (?:body|file|user ?data|content|payload|request)/,
    'something compresses the body; the payload hash has to be that of the bytes that are sent.',
    { unless: /without compress|accept-encoding/i },
  ),
  rule(
    'get-with-body',
    'payload.hash',
    0.4,
    /-X\s{0,2}GET\b[^\n]{0,300}\s(?:-d|--data\w{0,8})\s|\bGET\b[^.\n]{0,40}\bwith (?:a )?(?:json )?body\b/i,
    'a GET carries a body, which signers and proxies treat differently.',
  ),
]

/** The secret, the token and the version. */
export const SECRET_TOPICS: readonly HintRule[] = [
  rule(
    'echo-base64',
    'secret-has-newline',
    0.6,
    /\becho\s{1,3}(?!-\w{0,3}n)[^\n|]{1,200}\|\s{0,3}base64/,
    'echo adds a line feed to what is encoded; the secret then ends in one.',
    { needs: /secret|aws|key/i },
  ),
  rule(
    'form-of-version-2',
    'algorithm-version-refused',
    0.5,
    /AWSAccessKeyId[\s\S]{0,600}?x-amz-signature|x-amz-signature[\s\S]{0,600}?AWSAccessKeyId/i,
    'form fields of version 2 (AWSAccessKeyId, signature) stand beside a signature of version 4.',
    { unless: /<Error>/ },
  ),
  rule(
    'version-2-client',
    'algorithm-version-refused',
    0.36,
    /\bboto\s{0,3}={0,2}\s{0,3}2\.\d|\bboto\.connect_s3|\bsignature_?version["']?\W{1,5}v?[23]\b|SignatureVersion["', =:]{1,6}["']?[13]\b|--signature-v2|signature_v2\W{1,5}True|"S3SignerType"|\bSignS3Url\b/i,
    'the client signs with an older version of signature.',
  ),
  rule(
    'token-not-passed',
    'session-token-missing',
    0.5,
    /\b(?:lambda|ecs|fargate|instance profile|assumed? role|temporary)\b[\s\S]{0,300}?\bAWS_ACCESS_KEY_ID\b[\s\S]{0,80}?\bAWS_SECRET_ACCESS_KEY\b/i,
    'temporary credentials are taken without their session token.',
    { unless: /AWS_SESSION_TOKEN|session_?token["'\s:=]{1,4}(?:process|os|env|\$)/i },
  ),
  rule(
    'token-in-environment',
    'session-token-mismatch',
    0.46,
    /\bAWS_(?:SECURITY|SESSION)_TOKEN\b/,
    'a session token stands in the environment; it belongs to one key pair, and has to be passed on with it.',
    { unless: /process\.env|os\.environ|getenv|unset /i },
  ),
  rule(
    'zone',
    'request-dates-disagree',
    0.42,
    /\btime ?zones?\b|\blocal (?:time|date)\b|\b(?:LocalDate|LocalDateTime)\.now\(\s{0,3}\)/i,
    'a time zone is spoken of; request date and scope date are both of UTC.',
  ),
  rule(
    'smtp-credentials',
    'secret-mismatch',
    0.45,
    /\bsmtp\b[^.\n]{0,80}\b(?:credentials?|user ?name|password|keys?)\b/i,
    'an SMTP password of SES is not a secret access key, and is not derived back into one.',
  ),
]
