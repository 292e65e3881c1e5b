/** What people say of the way to the service: hops, names of hosts, ports, where the bucket stands, redirects. */
import { twins } from '../rule.js'
import { anyOf, either, pattern, words } from './pattern.js'
import type { ProseRule } from './prose-rule.js'
import { FAILS, HOP, HOST_NAME, OTHER_NAME, TELLS_CHANGE, TUNNEL, WORKS } from './words.js'

const IP = words`(?:by|with|using|via|through|the|its) (?:(?:the|its|an?) )?(?:bare )?ip(?: address)?`
/** A region that is not the one of the global endpoint. */
const ELSEWHERE = anyOf`(?<=%2F|\b)(?:(?:eu|ap|sa|ca|me|af|il)-[a-z]{4,9}-\d|us-(?:west-\d|east-2))(?![a-z\d])`

export const ABOUT_HOST: readonly ProseRule[] = [
  {
    id: 'redirected',
    about: 'redirect-followed',
    match: pattern`
      redirect(?:s|ed|ion|ing)? | (?:Temporary|Permanent)Redirect | follow\w* (?:the )?location | global endpoint
      || \b30[1278] (?:to|moved|temporary|permanent|response|redirect|status)\b || \b30[1278]\b >30 Location:? https?:
      || (?:new|newly created|just created|fresh|recently created) buckets?`,
    shown: either(
      pattern`s3\.amazonaws\.com(?=[\s\S]{0,800}?${ELSEWHERE}) || ${ELSEWHERE}(?=[\s\S]{0,800}?[\s"'/.]s3\.amazonaws\.com)`,
      /addressing_?style\W{1,6}virtual/,
    ),
    unless:
      /\b(?:not|no|without(?: an?)?) redirect|redirect_ur[il]|\bredirect\w* (?:the )?(?:output|stdout|stderr)|\bhttp to https|\bnew bucket (?:policy|name)/i,
    message: 'A redirect leads to another host, as it does from the global endpoint; the signature covers only the first host.',
    fires: ['The request is redirected to another endpoint and refused there.', 'https://b.s3.amazonaws.com/k for a bucket in eu-west-1'],
    silent: ['We redirect the output to a file, and it fails.', 'https://b.s3.amazonaws.com/k for a bucket in us-east-1'],
  },
  {
    id: 'signed-before-the-edge',
    about: 'host-rewritten',
    strength: 'strong',
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
    match: pattern`viewer[- ]requests? ~120 sign(?:s|ed|ing)?`,
    unless: /\bsigned (?:urls?|cookies?)\b/i,
    message: 'What is signed at the viewer request is changed by CloudFront before the origin: Host, and headers that it sets or drops.',
    ...twins('A function at «viewer-request → origin-request» signs the request, and S3 says 403.'),
  },
  {
    id: 'visitors-host-forwarded',
    about: 'host-rewritten',
    match: pattern`(?:forward\w*|pass(?:es|ing)?) > (?:all|every) (?:of )?(?:the )?(?:viewer(?:'s)? |client |request )?headers?
      || (?:forward\w*|pass(?:es|ing)?) (?:on )?(?:the )?(?:viewer(?:'s)? |visitor(?:'s)? |client(?:'s)? )?host header`,
    needs: /cloudfront|fastly|\bcdn\b|lambda@edge/i,
    unless: /\bexcept|\bnot (?:forward|pass)|\bwithout\b/i,
    message: "The CDN passes the visitor's Host on, and the origin is signed for under its own name.",
    ...twins('CloudFront forwards «all headers → nothing» to the bucket, which says 403.'),
  },
  {
    id: 'bucket-place',
    about: 'bucket-in-path',
    match: pattern`
      (?:virtual[- ]?host(?:ed)?|path|dns|subdomain)[- ]?style | rgw[_ ]dns[_ ]name | MINIO_DOMAIN | addressing[_ ]style | domainName
        | VGW_VIRTUAL_DOMAIN | root_domain | host_bucket | bound to the bucket
        | bucket[- ]bound | buckets? with (?:an? )?dots? | dots? in (?:the )?bucket
      || buckets?(?: name)? (?:(?:is|are|stands|goes|appears|being) )?(?:in|as part of|missing (?:in|from)|twice in) the (?:path|host(?: ?name)?|url|domain)
      || path | uri | url ~40 (?:begins?|starts?|includes?|contains?|lacks?|without|only the key)[^\n]{0,30}bucket`,
    message: 'The bucket stands in the host on one side and in the path on the other.',
    ...twins('With «path → old»-style addressing it works.'),
  },
  {
    id: 'host-port',
    about: 'host-port-changed',
    match: pattern`
      (?:without|with|explicit|default|another|different|mapped|non-?standard|non-?default|custom|other|wrong|remov\w{1,3}|includ\w{1,3}) (?:(?:the|an?|explicit) )?(?:ports?|:\d{2,5})
      || ports? (?:numbers? )?(?:in|is|was|gets) (?:the )?(?:host|missing|dropped|stripped|removed|lost) | port mapping`,
    shown: either(
      /https:\/\/[\w.-]{1,200}:443(?!\d)|http:\/\/[\w.-]{1,200}:80(?!\d)/i,
      /\b(?:host|endpoint|server_?address)\w{0,12}["']?[= :]{1,3}["']?[\w.-]{1,200}:(?:80|443)(?!\d)/,
      /\bhost["'`]?\]?\s{0,3}[:=(,]{1,2}[^\n]{0,40}?(?:\$hostname|\.hostname\b|\.Hostname\(\)|Uri\.Host\b|\.getHost\(\)|\.host_str\(|PHP_URL_HOST)(?![\s\S]{0,2000}amazonaws)/,
    ),
    unless:
      /\.svc\b|\bport (?:is )?(?:open|closed|reachable|blocked)|\bsupport|\bdirect(?:ly)?\b[^.]{0,60}\bport\b|\bport\b[^.]{0,30}\bdirect/i,
    message: 'Host includes a port that is not the default one; the two sides may write it differently.',
    ...twins(
      'It works on the «default port → first try» and fails on another «port → day».',
      'endpoint_url = https://store.example.com:«443 → 4430»',
    ),
  },
  {
    id: 'port-named',
    about: 'host-port-changed',
    names: true,
    match: pattern`on port (?!80 |443 )\d{2,5}`,
    unless: /\bdirect(?:ly)?\b|\bopen|\bclosed|\breachable|\b(?:listen|runs?|running)\b/i,
    message: 'Host includes a port that is not the default one; the two sides may write it differently.',
    ...twins('Only on port «8443 → 443 » it fails.'),
  },
  {
    id: 'other-host-name',
    about: 'host-rewritten',
    where: 'any sentence',
    match: pattern`
      ${OTHER_NAME}
      || ${TELLS_CHANGE} ~30 ${HOST_NAME}
      || swap\w* | substitut\w* ~30 ${HOST_NAME}
      || ${IP} ~80 domain | host ?name | dns | name
      || (?:service|container|docker|compose) (?:host ?)?names? >40 url | host | endpoint | link | browser | outside`,
    shown: either(
      /\b(?:https?:\/\/)?(?:(?:minio|localstack|garage|ceph|rustfs|seaweedfs|s3mock|host\.docker\.internal):\d{2,5}(?!\d)|[\w-]{1,63}(?:\.[\w-]{1,63})?\.svc\b)(?=[^\n]{0,300}(?:localhost|browser|public|outside|from the host))/i,
      /\bhttps?:\/\/(?:localhost|127\.0\.0\.1|host\.docker\.internal)(?::\d{2,5})?\/[^\s"'`]{0,400}X-Amz-/,
      /presign[\s\S]{0,300}\.replace\(\s{0,3}["'`][^"'`\n]{0,60}(?:minio|localhost|amazonaws|127\.0|:\d{4})/,
    ),
    unless: /\b(?:domain|host) (?:is|was) (?:correct|right)\b/i,
    message: 'The client may sign one host name and reach the service under another; Host is always signed.',
    fires: ['With our custom domain the signature is wrong.', 'S3=http://minio:9000, opened as localhost in the browser'],
    silent: ['With our custom font the signature is wrong.', 'S3=http://box.example.com:9000'],
  },
  {
    id: 'hop-between',
    about: 'host-rewritten',
    where: 'any sentence',
    names: true,
    match: pattern`
      (?:behind|through|via|in front of|using|fronted by|thr[uo]|past|over|with|by|without|bypass\w*)[^\n]{0,30}?${HOP}
      || ${HOP} (?:in front|in between|in the (?:middle|path)|sits|stands|terminates|is in|forwards|to)
      || (?<!passed |given |set )direct(?:ly)? ~ (?:${WORKS}|${FAILS})
      || ${TUNNEL}
      || proxy_pass | (?:ssl|tls) (?:termination|offload\w*) | reverse[- ]prox\w{1,5}`,
    unless:
      /\b(?:calling|call|invoke|invoking|requests? to|api on|endpoint on|deployed (?:on|to)) (?:the |an? |my |our )?(?:aws )?api gateway|\bother sites/i,
    message: 'A proxy or another hop stands between the client and the service, and Host is always signed.',
    fires: ['Behind the load balancer every request is refused; directly it works.', 'Through kubectl port-forward I get a mismatch.'],
    silent: ['Behind the new screen every request is refused, without it every one waits.', 'There is no proxy in between, and it fails.'],
  },
]
