/**
 * Topics of the host, the port, and where the bucket stands, as data. A pattern may match code, configuration, logs and sentences alike.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
import type { Rule } from '../rule.js'

const SIGNING = /sign|canonical|x-amz-date|aws4/i
const PRESIGNED = /pre-?sign|signed[_ -]?url|temporaryUrl|X-Amz-Signature|same url/i

/** The host, its port, and where the bucket stands. */
export const HOST_TOPICS: readonly Rule[] = [
  {
    id: 'default-port-named',
    about: 'host-port-changed',
    strength: 'fair',
    match:
      /https:\/\/[\w.-]{1,200}:443(?!\d)|http:\/\/[\w.-]{1,200}:80(?!\d)|(?:--?|\b)(?:host|endpoint)\w{0,12}["']?[= :]{1,3}["']?[\w.-]{1,200}:(?:80|443)(?!\d)/i,
    message: 'the endpoint names the default port, which some clients leave out of Host and others sign.',
  },
  {
    id: 'port-said',
    about: 'host-port-changed',
    strength: 'fair',
    match:
      /\bremov\w{1,3} (?:the )?(?:port|["'`]?:\d{2,5})|\bwithout (?:the |a )?port\b|\bport (?:number )?(?:is|was|gets) (?:missing|dropped|stripped|removed|not)\b|\binclud\w{1,3} (?:the )?port\b|\b(?:custom|non-?standard|non-?default|mapped) port\b|\bport[- ]?forward/i,
    message: 'the port is part of Host, and the two sides may differ in it.',
  },
  {
    id: 'host-without-port',
    about: 'host-port-changed',
    strength: 'fair',
    match:
      /\bhost["'`]?\]?\s{0,3}[:=(,]{1,2}[^\n]{0,40}?(?:\$hostname|\.hostname\b|\.Hostname\(\)|\bUri\.Host\b|RequestUri\.Host\b|\.getHost\(\)|\.host_str\(|PHP_URL_HOST|\["host"\]|\['host'\])/i,
    message: 'the host is signed without its port, and an HTTP client sends a port that is not the default one.',
    needs: /:\d{4,5}(?!\d)/,
  },
  {
    id: 'host-without-port-maybe',
    about: 'host-port-changed',
    strength: 'weak',
    match:
      /\bhost["'`]?\]?\s{0,3}[:=(,]{1,2}[^\n]{0,40}?(?:\$hostname|\.hostname\b|\.Hostname\(\)|RequestUri\.Host\b|\.getHost\(\)|\.host_str\(|PHP_URL_HOST)/i,
    message: 'the host is signed without its port.',
    needs: SIGNING,
    unless: /amazonaws/,
  },
  {
    id: 'container-host',
    about: 'host-rewritten',
    strength: 'fair',
    match: /\b(?:https?:\/\/)?(?:minio|localstack|garage|ceph|rustfs|seaweedfs|s3mock|host\.docker\.internal)(?::\d{2,5})(?!\d)/i,
    message: 'the store has one name inside its network and another outside; Host is signed.',
    needs: /localhost|127\.0\.0\.1|docker|browser|public|AWS_URL/i,
  },
  {
    id: 'host-replaced',
    about: 'host-rewritten',
    strength: 'fair',
    match:
      /\breplac\w{1,3}\b[^.\n]{0,80}\b(?:host(?:name)?|domain|minio|localhost|endpoint)\b|\b(?:host(?:name)?|domain)\b[^.\n]{0,40}\breplac\w{1,3}\b|\.replace\(\s{0,3}["'`][^"'`\n]{0,60}(?:minio|localhost|amazonaws|127\.0|:\d{4})/i,
    message: 'the host of a URL is replaced after it was signed.',
    needs: PRESIGNED,
  },
  {
    id: 'other-name',
    about: 'host-rewritten',
    strength: 'fair',
    match: /\bcustom (?:host ?names?|domains?|endpoints?|dns)\b|\bas Host\b|\bHost headers?\b|\bproxies to\b/i,
    message: 'the service is reached by another name than its own, and Host is signed.',
    unless: /bound to the bucket|cname/i,
  },
  {
    id: 'hop-named',
    about: 'host-rewritten',
    strength: 'weak',
    match:
      /(?<!server: ?)\b(?:load[- ]?balanc\w{1,4}|traefik|haproxy|istio|ingress|envoy|nginx|caddy|reverse[- ]?prox(?:y|ied|ies)|ngrok|kong|apisix|openresty)\b/i,
    message: 'something stands between the client and the service, and Host is always signed.',
    unless: /aws_sign|s3_auth|nginx-s3-gateway/i,
  },
  {
    id: 'bucket-bound-name',
    about: 'bucket-in-path',
    strength: 'fair',
    match: /\bcname\b|\bbucket[- ]bound\b|\bbound to the bucket\b/i,
    message: 'a name that stands for one bucket is told from an endpoint of all of them; only one of the two has the bucket in the path.',
  },
  {
    id: 'style-named',
    about: 'bucket-in-path',
    strength: 'weak',
    match:
      /addressing_?style|force_?path_?style|use_path_style|path_?style_?(?:access|endpoint)|PathStyleAccess|virtual[- _]?host(?:ed)?[- _]?(?:style|bucket)/i,
    message: 'a setting decides whether the bucket stands in the host or in the path.',
  },
  {
    id: 'global-endpoint',
    about: 'redirect-followed',
    strength: 'weak',
    match: /(?:^|[\s"'`/.])s3\.amazonaws\.com/i,
    message: 'the global endpoint is asked for a bucket of another region; it redirects, and the signature holds for one host only.',
    needs: /\b(?:eu|ap|sa|ca|me|af|il)-[a-z]{4,9}-\d\b|\bus-(?:west-\d|east-2)\b/,
  },
  {
    id: 'style-and-region',
    about: 'redirect-followed',
    strength: 'fair',
    match: /addressing_?style\W{1,6}virtual/i,
    message: 'presigned URLs of the global endpoint are redirected to the region of the bucket, with the signature of the first host.',
    needs: PRESIGNED,
  },
  {
    id: 'global-link',
    about: 'redirect-followed',
    strength: 'fair',
    match: /addressing_?style\W{1,6}virtual/i,
    message: 'links of the global endpoint are redirected to the region of the bucket, with the signature of the first host.',
    needs: /\b(?:links?|urls?|images?)\b/i,
  },
  {
    id: 'bucket-with-folder',
    about: 'path.encoding',
    strength: 'fair',
    match: /\bbucket(?:[_ ]?name)?\b[^.,;\n]{0,40}["'`<][\w.-]{2,63}>?\/<?[\w.-]{1,63}>?["'`>]/i,
    message: 'the name of the bucket holds a slash, which is signed as %2F or moves part of the key.',
  },
  {
    id: 'presigned-for-own-machine',
    about: 'host-rewritten',
    strength: 'weak',
    match:
      /\bhttps?:\/\/(?:localhost|127\.0\.0\.1|host\.docker\.internal|minio|garage|ceph|s3)(?::\d{2,5})?\/[^\s"'`]{0,400}X-Amz-Signature=/i,
    message:
      'the URL is presigned for a name that other machines do not know the service by; under another name the signature does not hold.',
  },
]
