/** Marks in code: proxies, retries, presigning with an SDK, and credentials. */
import { type CodeRule, SIGV4 } from './code-rule.js'

const HEADER = 'header-changed-in-transit'

export const SENDING_MARKS: readonly CodeRule[] = [
  {
    id: 'go-proxy-header',
    about: HEADER,
    strength: 'strong',
    match:
      /\b(?:r|req|request|outreq|outReq|pr\.Out)\.Header\.(?:Set|Add|Del)\(\s{0,3}"((?!X-Amz|x-amz|Authorization|Content-Type|Host)[A-Za-z-]{1,40})"/,
    message: 'the proxy sets or removes the header {1}; a signature that covers it no longer fits.',
    value: 'header',
    unless: /hmac\.New|signer?\.(?:Sign|Presign)/,
  },
  {
    id: 'proxy-header',
    about: HEADER,
    strength: 'strong',
    match:
      /(?:proxyReq\.(?:setHeader|removeHeader)\(|flow\.request\.headers\[|req(?:uest)?\.headers\.(?:delete|set)\(|delete req(?:uest)?\.headers\[)\s{0,3}["']([A-Za-z-]{1,40})["']/,
    message: 'the proxy sets or removes the header {1}; a signature that covers it no longer fits.',
    value: 'header',
    unless: /\.sign\(/,
  },
  {
    id: 'change-origin',
    about: 'host-rewritten',
    strength: 'strong',
    match: /changeOrigin\s{0,3}:\s{0,3}true|NewSingleHostReverseProxy|\b(?:r|req|request)\.Host\s{0,3}=[^=]/,
    message: 'the proxy sets its own Host, and Host is always signed.',
    unless: /hmac\.New|\.sign\(/i,
  },
  {
    id: 'retry-resigned',
    about: 'request-retried-stale',
    strength: 'strong',
    match: /\bretry\s{0,3}:\s{0,3}:|max_retries\s{0,3}:|axios-?retry\(|RetryPolicy|retryAdapter/i,
    message: 'a retry sends or signs an already signed request again.',
    needs: /aws_sigv4|aws4|sigv4/i,
  },
  {
    id: 'acl-presigned',
    about: 'header-not-signed',
    strength: 'fair',
    match: /(?:presigned_?url|getSignedUrl|generate_presigned_url)\w{0,10}\([^)]{0,200}\bacl\b/i,
    message: 'the presigned URL carries an acl; x-amz-acl as a header needs to be among the signed headers.',
  },
  {
    id: 'content-type-presigned',
    about: 'header.changed',
    strength: 'weak',
    match: /(?:presigned_?url|getSignedUrl|PutObjectCommand|generate_presigned_url)\w{0,10}\([^)]{0,200}\bContent-?Type\b/i,
    message: 'the presigned URL covers a Content-Type, and the upload has to send exactly that one.',
  },
  {
    id: 'sigv2-asked',
    about: 'algorithm-version-refused',
    strength: 'strong',
    match: /signature_?version["']?\s{0,3}[:=(]\s{0,3}["'](?:v2|s3|2)["']/i,
    message: 'the client is told to sign with SigV2.',
  },
  {
    id: 'role-without-token',
    about: 'session-token-missing',
    strength: 'strong',
    match: /assume_?role\w{0,20}\(|AssumeRole(?:Command|Request)?\(|get_?session_?token\(|getFederationToken/i,
    message: 'temporary credentials are fetched, and no session token is passed on.',
    unless: /session_?token['"\s:=)]*[,})]|security-?token|SessionToken['"\]]|sessionToken/i,
  },
  {
    id: 'env-without-token',
    about: 'session-token-missing',
    strength: 'weak',
    match: /AWS_ACCESS_KEY_ID/,
    message: 'the access key is taken from the environment and the session token is not.',
    needs: SIGV4,
    unless: /session_?token|security-?token/i,
  },
  {
    id: 'temporary-without-token',
    about: 'session-token-missing',
    strength: 'strong',
    match: /["'`]ASIA[A-Z0-9*]{4,}/,
    message: 'the access key id starts with ASIA, and no session token is passed.',
    unless: /session_?token|security-?token/i,
  },
  {
    id: 'management-api',
    about: 'service-mismatch',
    strength: 'fair',
    match: /\bApiGatewayManagementApi(?:Client)?\(/,
    message: 'calls of the API Gateway management API are signed for the service execute-api.',
  },
]
