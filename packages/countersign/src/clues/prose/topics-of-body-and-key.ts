/**
 * Topics of the body, the secret, the token and the version, as data. A pattern may match code, configuration, logs and sentences alike.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
import type { Rule } from '../rule.js'

/** The body. */
export const PAYLOAD_TOPICS: readonly Rule[] = [
  {
    id: 'oac-with-body',
    about: 'payload.hash',
    strength: 'fair',
    match: /\bOAC\b|origin access control|lambda-url\.|(?:lambda )?function urls?\b/i,
    message: 'Lambda function URLs take no unsigned payload: the sender has to give the SHA-256 of the body in x-amz-content-sha256.',
    needs: /\b(?:POST|PUT|PATCH|body|server actions?)\b/,
  },
  {
    id: 'content-hash-misnamed',
    about: 'payload.hash',
    strength: 'fair',
    match: /["'`]x-content-sha256["'`]/i,
    message: 'the header is called x-content-sha256; its name is x-amz-content-sha256.',
  },
  {
    id: 'presigned-with-hash',
    about: 'payload-unsigned-mismatch',
    strength: 'fair',
    match: /presign\w{0,10}\([^\n]{0,160}(?:content_?hash|payload_?hash|sha256)|(?:content_?hash|payload_?hash)[\s\S]{0,300}?presign/i,
    message: 'the URL is presigned over a hash of the body; for S3 the payload of a presigned URL is UNSIGNED-PAYLOAD.',
    unless: /UNSIGNED-PAYLOAD/,
  },
  {
    id: 'body-of-get',
    about: 'payload.hash',
    strength: 'fair',
    tags: ['payload-signed-as-empty'],
    match: /\bbody\b[^\n]{0,20}(?:undefined|null)\s{0,3}\)\s{0,3}\{?\s{0,5}body\s{0,3}=|\binvokeApi\(|["']\{\}["'][^\n]{0,60}\bGET\b/,
    message: 'a GET is signed over a body, an empty object for one, that is not sent.',
  },
  {
    id: 'body-compression',
    about: 'payload.hash',
    strength: 'fair',
    match: /\b\w{0,20}[cC]ompress(?:ion|ed)\w{0,12}\b|\bgzip(?:ped)? (?:body|file|user ?data|content|payload|request)/,
    message: 'something compresses the body; the payload hash has to be that of the bytes that are sent.',
    unless: /without compress|accept-encoding/i,
  },
  {
    id: 'get-with-body',
    about: 'payload.hash',
    strength: 'fair',
    match: /-X\s{0,2}GET\b[^\n]{0,300}\s(?:-d|--data\w{0,8})\s|\bGET\b[^.\n]{0,40}\bwith (?:a )?(?:json )?body\b/i,
    message: 'a GET carries a body, which signers and proxies treat differently.',
  },
]

/** The secret, the token and the version. */
export const SECRET_TOPICS: readonly Rule[] = [
  {
    id: 'echo-base64',
    about: 'secret-has-newline',
    strength: 'fair',
    match: /\becho\s{1,3}(?!-\w{0,3}n)[^\n|]{1,200}\|\s{0,3}base64/,
    message: 'echo adds a line feed to what is encoded; the secret then ends in one.',
    needs: /secret|aws|key/i,
  },
  {
    id: 'form-of-version-2',
    about: 'algorithm-version-refused',
    strength: 'fair',
    match: /AWSAccessKeyId[\s\S]{0,600}?x-amz-signature|x-amz-signature[\s\S]{0,600}?AWSAccessKeyId/i,
    message: 'form fields of version 2 (AWSAccessKeyId, signature) stand beside a signature of version 4.',
    unless: /<Error>/,
  },
  {
    id: 'version-2-client',
    about: 'algorithm-version-refused',
    strength: 'weak',
    match:
      /\bboto\s{0,3}={0,2}\s{0,3}2\.\d|\bboto\.connect_s3|\bsignature_?version["']?\W{1,5}v?[23]\b|SignatureVersion["', =:]{1,6}["']?[13]\b|--signature-v2|signature_v2\W{1,5}True|"S3SignerType"|\bSignS3Url\b/i,
    message: 'the client signs with an older version of signature.',
  },
  {
    id: 'regions-at-once',
    about: 'algorithm-sigv4a-required',
    strength: 'fair',
    match: /cloudfront-?key-?value-?store|\baccesspoint\.s3-global\b|\bmulti-?region access points?\b/i,
    message: 'the service is of no one region and takes AWS4-ECDSA-P256-SHA256 (SigV4A) only, which signers need an own package for.',
    unless: /sigv4a\b|signature-v4a|signature-v4-crt|ECDSA/i,
  },
  {
    id: 'token-not-passed',
    about: 'session-token-missing',
    strength: 'fair',
    match:
      /\b(?:lambda|ecs|fargate|instance profile|assumed? role|temporary)\b[\s\S]{0,300}?\bAWS_ACCESS_KEY_ID\b[\s\S]{0,80}?\bAWS_SECRET_ACCESS_KEY\b/i,
    message: 'temporary credentials are taken without their session token.',
    unless: /AWS_SESSION_TOKEN|session_?token["'\s:=]{1,4}(?:process|os|env|\$)/i,
  },
  {
    id: 'clock-said',
    about: 'clock-skewed',
    strength: 'fair',
    match:
      /\b(?:set|sets|setting|wrong|fix\w{0,2}) (?:his |her |the |my |their |system )?clock\b|\bclocks? (?:was|is|were|are) (?:wrong|off|behind|ahead|slow|fast|skewed|not in sync|out of sync)\b|\bautomatic time\b|\b(?:set|change)s? (?:the )?time (?:by hand|manually)\b/i,
    message: 'the clock of the signer is spoken of.',
    unless: /clock is (?:right|fine|ok|correct|in sync)/i,
  },
  {
    id: 'secret-with-sign',
    about: 'secret.mangled',
    strength: 'strong',
    tags: ['secret-lost-characters', 'secret-url-encoded'],
    match: /secret[_ ]?(?:access)?[_ ]?key\b[^.\n]{0,60}["'`(][/+=]["'`.,)]/i,
    message: 'the secret access key holds a slash or a plus, which some tools change.',
  },
  {
    id: 'token-in-environment',
    about: 'session-token-mismatch',
    strength: 'fair',
    match: /\bAWS_(?:SECURITY|SESSION)_TOKEN\b/,
    message: 'a session token stands in the environment; it belongs to one key pair, and has to be passed on with it.',
    unless: /process\.env|os\.environ|getenv|unset /i,
  },
  {
    id: 'zone',
    about: 'request-dates-disagree',
    strength: 'fair',
    match: /\btime ?zones?\b|\blocal (?:time|date)\b|\b(?:LocalDate|LocalDateTime)\.now\(\s{0,3}\)/i,
    message: 'a time zone is spoken of; request date and scope date are both of UTC.',
  },
  {
    id: 'smtp-credentials',
    about: 'secret-mismatch',
    strength: 'fair',
    match: /\bsmtp\b[^.\n]{0,80}\b(?:credentials?|user ?name|password|keys?)\b/i,
    message: 'an SMTP password of SES is not a secret access key, and is not derived back into one.',
  },
]
