/**
 * Topics of the body, the secret, the token and the version, as data. A pattern may match code, configuration, logs and sentences alike.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
import { type HintRule, hintRule as rule } from '../rule.js'

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
    'body-of-get',
    'payload.hash',
    0.45,
    /\bbody\b[^\n]{0,20}(?:undefined|null)\s{0,3}\)\s{0,3}\{?\s{0,5}body\s{0,3}=|\binvokeApi\(|["']\{\}["'][^\n]{0,60}\bGET\b/,
    'a GET is signed over a body, an empty object for one, that is not sent.',
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
    'regions-at-once',
    'algorithm-sigv4a-required',
    0.5,
    /cloudfront-?key-?value-?store|\baccesspoint\.s3-global\b|\bmulti-?region access points?\b/i,
    'the service is of no one region and takes AWS4-ECDSA-P256-SHA256 (SigV4A) only, which signers need an own package for.',
    { unless: /sigv4a\b|signature-v4a|signature-v4-crt|ECDSA/i },
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
    'clock-said',
    'clock-skewed',
    0.46,
    /\b(?:set|sets|setting|wrong|fix\w{0,2}) (?:his |her |the |my |their |system )?clock\b|\bclocks? (?:was|is|were|are) (?:wrong|off|behind|ahead|slow|fast|skewed|not in sync|out of sync)\b|\bautomatic time\b|\b(?:set|change)s? (?:the )?time (?:by hand|manually)\b/i,
    'the clock of the signer is spoken of.',
    { unless: /clock is (?:right|fine|ok|correct|in sync)/i },
  ),
  rule(
    'secret-with-sign',
    'secret.mangled',
    0.62,
    /secret[_ ]?(?:access)?[_ ]?key\b[^.\n]{0,60}["'`(][/+=]["'`.,)]/i,
    'the secret access key holds a slash or a plus, which some tools change.',
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
