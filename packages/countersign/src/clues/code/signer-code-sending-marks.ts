/** Marks in code: proxies, retries, presigning with an SDK, and credentials. */
import { rule, SIGV4 } from './signer-code-rule.js'

const HEADER = 'header-changed-in-transit'

export const SENDING_MARKS = [
  rule(
    'go-proxy-header',
    HEADER,
    0.8,
    /\b(?:r|req|request|outreq|outReq|pr\.Out)\.Header\.(?:Set|Add|Del)\(\s{0,3}"((?!X-Amz|x-amz|Authorization|Content-Type|Host)[A-Za-z-]{1,40})"/,
    'the proxy sets or removes the header {1}; a signature that covers it no longer fits.',
    { value: 'header', unless: /hmac\.New|signer?\.(?:Sign|Presign)/ },
  ),
  rule(
    'proxy-header',
    HEADER,
    0.7,
    /(?:proxyReq\.(?:setHeader|removeHeader)\(|flow\.request\.headers\[|req(?:uest)?\.headers\.(?:delete|set)\(|delete req(?:uest)?\.headers\[)\s{0,3}["']([A-Za-z-]{1,40})["']/,
    'the proxy sets or removes the header {1}; a signature that covers it no longer fits.',
    { value: 'header', unless: /\.sign\(/ },
  ),
  rule(
    'change-origin',
    'host-rewritten',
    0.65,
    /changeOrigin\s{0,3}:\s{0,3}true|NewSingleHostReverseProxy|\b(?:r|req|request)\.Host\s{0,3}=[^=]/,
    'the proxy sets its own Host, and Host is always signed.',
    { unless: /hmac\.New|\.sign\(/i },
  ),
  rule(
    'retry-resigned',
    'request-retried-stale',
    0.65,
    /\bretry\s{0,3}:\s{0,3}:|max_retries\s{0,3}:|axios-?retry\(|RetryPolicy|retryAdapter/i,
    'a retry sends or signs an already signed request again.',
    { needs: /aws_sigv4|aws4|sigv4/i },
  ),
  rule(
    'acl-presigned',
    'header-not-signed',
    0.5,
    /(?:presigned_?url|getSignedUrl|generate_presigned_url)\w{0,10}\([^)]{0,200}\bacl\b/i,
    'the presigned URL carries an acl; x-amz-acl as a header needs to be among the signed headers.',
  ),
  rule(
    'content-type-presigned',
    'header.changed',
    0.35,
    /(?:presigned_?url|getSignedUrl|PutObjectCommand|generate_presigned_url)\w{0,10}\([^)]{0,200}\bContent-?Type\b/i,
    'the presigned URL covers a Content-Type, and the upload has to send exactly that one.',
  ),
  rule(
    'sigv2-asked',
    'algorithm-version-refused',
    0.7,
    /signature_?version["']?\s{0,3}[:=(]\s{0,3}["'](?:v2|s3|2)["']/i,
    'the client is told to sign with SigV2.',
  ),
  rule(
    'role-without-token',
    'session-token-missing',
    0.7,
    /assume_?role\w{0,20}\(|AssumeRole(?:Command|Request)?\(|get_?session_?token\(|getFederationToken/i,
    'temporary credentials are fetched, and no session token is passed on.',
    { unless: /session_?token['"\s:=)]*[,})]|security-?token|SessionToken['"\]]|sessionToken/i },
  ),
  rule(
    'env-without-token',
    'session-token-missing',
    0.3,
    /AWS_ACCESS_KEY_ID/,
    'the access key is taken from the environment and the session token is not.',
    { needs: SIGV4, unless: /session_?token|security-?token/i },
  ),
  rule(
    'temporary-without-token',
    'session-token-missing',
    0.7,
    /["'`]ASIA[A-Z0-9*]{4,}/,
    'the access key id starts with ASIA, and no session token is passed.',
    { unless: /session_?token|security-?token/i },
  ),
  rule(
    'management-api',
    'service-mismatch',
    0.5,
    /\bApiGatewayManagementApi(?:Client)?\(/,
    'calls of the API Gateway management API are signed for the service execute-api.',
  ),
]
