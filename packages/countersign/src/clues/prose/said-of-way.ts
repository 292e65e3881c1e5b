/** What people say of the way a request takes, and of its hosts and headers, as rules. */
import type { SentenceRule } from './sentence-rule.js'

const HOP =
  '(?:nginx|(?:reverse |forward |corporate |http )?prox(?:y|ies)|cdn|cloudflare|cloudfront|load[- ]?balancer|lb|haproxy|traefik|apache|httpd|caddy|ingress|api gateway|gateway|alb|nlb|elb|envoy|istio|varnish|kong|squid|waf|fastly|akamai|front door|openresty|iis)'
const IN_FRONT = `(?:behind|through|via|in front of|using|used?|fronted by|thr[uo]|past|over|with|by)\\b[^\\n]{0,30}\\b${HOP}|\\b${HOP}\\b (?:in front|in between|in the (?:middle|path)|sits|stands|terminates|is in|forwards|to)`

export const SAID_OF_WAY: readonly SentenceRule[] = [
  {
    id: 'behind-proxy',
    about: 'host-rewritten',
    strength: 'fair',
    match: new RegExp(`\\b(?:${IN_FRONT})\\b`, 'i'),
    message: 'something stands between the client and the service, and Host is always signed.',
    unless:
      /\b(?:no|not|without|isn't|aren't|bypass\w*|remov\w*|never)\b[^\n]{0,20}\b(?:behind|proxy|proxies|load ?balancer|nginx|cdn|between)|\b(?:calling|call|invoke|invoking|requests? to|api on|endpoint on|deployed (?:on|to)) (?:the |an? |my |our )?(?:aws )?api gateway/i,
  },
  {
    id: 'not-directly',
    about: 'host.rewritten',
    strength: 'fair',
    match: new RegExp(
      `\\b(?:works?|fine|ok|succeeds?|passes)\\b[^\\n]{0,40}\\b(?:direct(?:ly)?|bypass\\w*|without (?:the |a |any )?${HOP}|against the (?:origin|backend|pod|container|service))\\b|\\b(?:direct(?:ly)?|bypass\\w*|without (?:the |a |any )?${HOP})\\b[^\\n]{0,50}\\b(?:works?|fine|ok|succeeds?|passes)\\b|\\b(?:fails?|403|refused|mismatch)\\b[^\\n]{0,60}\\b(?:only|when|if|through|behind|via)\\b[^\\n]{0,30}\\b${HOP}\\b`,
      'i',
    ),
    message: 'without the hop in between it works, so the hop changes what is signed: Host above all.',
    unless: /\bcloudflare\b(?! tunnel)/i,
  },
  {
    id: 'terminates-tls',
    about: 'host-rewritten',
    strength: 'fair',
    match:
      /\breverse[- ]prox(?:y|ied|ying)\b|\bterminat\w{1,5} (?:the )?(?:ssl|tls|https)\b|\b(?:ssl|tls) (?:termination|offload\w*)\b|\bproxy_pass\b/i,
    message: 'something stands between the client and the service, and Host is always signed.',
    unless: /\b(?:no|not|without) (?:a |any )?reverse/i,
  },
  {
    id: 'cloudflare',
    about: 'header-changed-in-transit',
    strength: 'fair',
    match: /\bcloudflare\b(?! (?:r2|pages|d1))/i,
    message: 'Cloudflare passes Host on and changes other headers, accept-encoding above all.',
    says: { header: 'accept-encoding' },
    unless: /\bworkers?\b|\b(?:no|not|without) cloudflare|\bR2\b/,
  },
  {
    id: 'changes-headers',
    about: 'header.changed',
    strength: 'fair',
    match:
      /\b(?:fastly|akamai|caching proxy|corporate (?:proxy|network|firewall)|company (?:proxy|network|firewall|vpn)|zscaler|netskope|vpn|firewall|antivirus|anti-virus|squid|intercepting|mitm\w*|mitmproxy|fiddler|charles|burp|deep packet|ssl inspection|tls inspection|mobile (?:network|carrier|operator))\b/i,
    message: 'something between the client and the service is known to change headers.',
    unless: /\b(?:no|not|without|disabled?|turn\w* off) (?:an? |the |any )?(?:vpn|proxy|firewall|antivirus)/i,
  },
  {
    id: 'own-name',
    about: 'host-rewritten',
    strength: 'fair',
    match:
      /\b(?:custom|own|vanity|public|external|branded) (?:domains?|host ?names?|urls?|dns|endpoints?)\b|\bcnames?\b|\b(?:different|another|other|internal|wrong|private|external|changed) (?:host ?names?|hosts?|domains?|dns names?|endpoints?)\b|\bhost headers?\b|\blocalhost (?:instead|in the)|\b(?:service|container|docker|compose) (?:host ?)?names?\b[^\n]{0,40}\b(?:url|host|endpoint|link|browser|outside)|\b(?:replac\w*|swap\w*|chang\w*|rewrit\w*|substitut\w*)\b[^\n]{0,30}\b(?:host(?: ?name)?|domain|localhost|endpoint)\b/i,
    message: 'the name that was signed and the name that the service knows may differ.',
    unless: /\b(?:domain|host) (?:is|was) (?:correct|right)\b/i,
  },
  {
    id: 'by-address',
    about: 'host-rewritten',
    strength: 'fair',
    match:
      /\b(?:by|with|using|via|through|the) (?:the |its |an? )?(?:bare )?ip(?: address)?\b[^\n]{0,80}\b(?:domain|host ?name|dns|name)\b|\b(?:domain|host ?name|dns|name)\b[^\n]{0,80}\b(?:by|with|using|via|through) (?:the |its |an? )?(?:bare )?ip(?: address)?\b/i,
    message: 'it depends on whether the server is called by its address or its name, and Host is always signed.',
  },
  {
    id: 'tunnel',
    about: 'host-rewritten',
    strength: 'fair',
    match:
      /\b(?:ssh|ssm|kubectl|k9s|bastion|jump ?host|ngrok|stunnel|socat)\b[^\n]{0,30}\b(?:tunnel\w*|port[- ]?forward\w*|forward\w*|proxy|proxied)?|\bport[- ]?forward\w*\b|\btunnel\w*\b|\b(?:vpc|interface) endpoint\b|\bprivatelink\b/i,
    message: 'the service is reached under another name or port than its own, through a tunnel or an endpoint.',
    unless: /\bssh (?:key|into|to the|access)/i,
  },
  {
    id: 'port',
    about: 'host-port-changed',
    strength: 'fair',
    match:
      /\b(?:without|with|explicit|default|another|different|mapped|mapping|non-?standard|non-?default|custom|other|wrong) (?:the |an? |explicit )?(?:tcp )?ports?\b|\bports? (?:numbers? )?(?:in|is (?:in|dropped|stripped|missing|lost|removed)|mapping|forward\w*|from the host|number|80|443)\b|\bwith(?:out)? (?:the )?:\d{2,5}\b|\bon port (?!80\b|443\b)\d{2,5}\b|["'`]?:\d{2,5}["'`]? (?:in|is|at the end|from|to) (?:the )?(?:host|url|endpoint|dropped|missing)/i,
    message: 'the port is mentioned; it is part of Host.',
    unless: /\bport (?:is )?(?:open|closed|reachable|blocked)|\bsupport/i,
  },
  {
    id: 'bucket-as-host',
    about: 'bucket-in-path',
    strength: 'fair',
    match:
      /\brgw[_ ]dns[_ ]name\b|\b(?:virtual[- ]?host(?:ed)?|path|dns|subdomain)[- ]?style\b|\bforce_?path_?style\b|\bs3_?force_?path_?style\b|\baddressing_style\b|\bMINIO_DOMAIN\b|\bhost_bucket\b|\bbucket (?:name )?(?:is |stands |goes |appears |being )?(?:in|as part of) the (?:path|host(?: ?name)?|url|domain)\b|\bbuckets? with (?:a )?dots?\b|\bdots? in (?:the )?bucket/i,
    message: 'the bucket stands in the host on one side and in the path on the other.',
  },
  {
    id: 'bucket-and-path',
    about: 'bucket-in-path',
    strength: 'fair',
    match:
      /\b(?:path|uri|url)\b[^\n]{0,80}\b(?:begins?|starts?|includes?|contains?|lacks?|miss\w{0,4}|without|only the key)\b[^\n]{0,40}\bbucket\b|\bbucket(?: name)?\b[^\n]{0,40}\b(?:missing|twice|duplicated|appended|prepended|part of)\b[^\n]{0,40}\b(?:path|host|url|uri)\b/i,
    message: 'the bucket belongs to the path or to the host, and the sides differ in that.',
  },
  {
    id: 'redirected',
    about: 'redirect-followed',
    strength: 'fair',
    match:
      /\bredirect(?:s|ed|ion|ing)?\b|\b30[1278]\b(?= (?:to|moved|temporary|permanent|response|redirect|status)|[,.)]|$)|\b(?:Temporary|Permanent)Redirect\b|\bfollow\w* (?:the )?location\b/i,
    message: 'a redirect is mentioned; the signature is that of the first host.',
    unless:
      /\bnot redirect|redirect_ur[il]|\bwithout (?:a |any )?redirect|\bno redirect|\bredirect(?:s|ed|ing)? (?:the )?(?:output|stdout|stderr)|\bhttp to https/i,
  },
  {
    id: 'fresh-bucket',
    about: 'endpoint.redirect',
    strength: 'fair',
    match:
      /\b(?:new|newly created|just created|fresh|recently created)\b[^\n]{0,20}\bbuckets?\b|\bglobal endpoint\b|\bs3\.amazonaws\.com\b[^\n]{0,60}\b(?:instead|regional|region|redirect)/i,
    message: 'the global endpoint redirects requests for a bucket that is new or elsewhere.',
    unless: /\bnew bucket (?:policy|name)/i,
  },
  {
    id: 'content-type',
    about: 'header.changed',
    strength: 'fair',
    match:
      /\b(?:with(?:out)?|set(?:s|ting)?|add(?:s|ed|ing)?|send(?:s|ing)?|sent|omit\w*|remov\w*|specif\w*|chang\w*|pass(?:ing|es)?|different|wrong|another|mismatch\w*|match\w*|default|automatic\w*|missing|sign(?:s|ed|ing)?|other|append\w*|include\w*|no|explicit|same|correct|exact|use[sd]?|using|dropp?\w*|overrid\w*|overwrit\w*)\b[^\n]{0,40}\bcontent[-_ ]?types?\b|\bcontent[-_ ]?types?\b[^\n]{0,50}\b(?:different|match\w*|mismatch\w*|differs?|added|appended|changed|removed|missing|set|must|has to|needs? to|charset|header is|is sent|automatic\w*|by (?:axios|fetch|the browser|angular|jquery|curl|postman))\b/i,
    message: 'Content-Type makes the difference; where it is signed, the request has to carry exactly that one.',
    says: { header: 'content-type' },
    unless: /\bcontent[-_ ]?type (?:is|was) (?:correct|right|the same|identical)/i,
  },
  {
    id: 'accept-encoding',
    about: 'header-changed-in-transit',
    strength: 'fair',
    match: /\b(accept-encoding)\b/i,
    message: 'accept-encoding is mentioned, a header that proxies change.',
    unless: /SignedHeaders=/i,
    value: 'header',
  },
  {
    id: 'user-agent',
    about: 'header-changed-in-transit',
    strength: 'fair',
    match:
      /\b(user-agent|x-forwarded-\w{2,6}|x-request-id|x-amzn-trace-id|cache-control|traceparent|x-b3-\w{4,12})\b[^\n]{0,60}\b(?:sign\w*|chang\w*|rewrit\w*|overwrit\w*|add(?:s|ed)?|modif\w*|differ\w*|append\w*)/i,
    message: 'the header {1} is signed or changed on the way.',
    value: 'header',
  },
  {
    id: 'foreign-header',
    about: 'header-changed-in-transit',
    strength: 'fair',
    match:
      /\b(?:signs?|signed|signing|sends?|copies|passes)\b[^\n]{0,30}\b(cf-[a-z-]{2,20}|x-forwarded-[a-z]{2,6}|x-amz-cf-id|x-request-id|x-real-ip|cdn-loop|x-envoy-[a-z-]{2,30})\b/i,
    message: 'the header {1}, which belongs to a hop, is signed or sent on.',
    value: 'header',
    alone: true,
  },
  {
    id: 'hop-by-hop',
    about: 'header-removed-in-transit',
    strength: 'fair',
    match:
      /\b(?:strip\w*|dropp?\w*|remov\w*|swallow\w*|eats?|filter\w*|los(?:es?|ing|t)|not forward\w*|doesn't forward|discard\w*)\b[^\n]{0,40}\b(?:headers?|x-amz-[\w-]{2,40}|authorization|expect|transfer-encoding|connection|date)\b|\bheaders?\b[^\n]{0,40}\b(?:(?:is|are|was|were|gets?|being) (?:strip\w*|dropp?\w*|remov\w*|lost|discard\w*|missing)|missing|never arriv\w*)|\bhop-by-hop\b|\b(?:signs?|signing|signed) (?:the )?(?:["'`])?(?:connection|expect|transfer-encoding|te|upgrade)\b/i,
    message: 'a signed header may be dropped on the way.',
    unless:
      /\bsession token|\bsecurity-token|\bremov\w* (?:the )?(?:extra |custom |additional |unsigned )?headers? (?:and it works|fix|help|solve)/i,
  },
  {
    id: 'gcs',
    about: 'header-changed-in-transit',
    strength: 'fair',
    match: /\b(?:google cloud storage|gcs|storage\.googleapis\.com)\b/i,
    message: 'Google Cloud Storage changes accept-encoding, which AWS SDKs sign.',
    alone: true,
  },
  {
    id: 'browser-signed-headers',
    about: 'header.missing',
    strength: 'fair',
    match:
      /\b(?:open(?:ed|ing)?|past(?:ed?|ing)|click\w*|view\w*|visit\w*|load\w*|enter\w*)\b[^\n]{0,60}\b(?:browser|chrome|firefox|address bar)\b|\bin (?:a|the|my) browser\b/i,
    message: 'the URL is opened in a browser, which sends no signed header but host.',
    needs: /SignedHeaders|signed headers?|presign|pre-sign|signed url|signedurl/i,
    unless: /\buploads?\b|\bPUT\b|\bfetch\b|\baxios\b/,
  },
  {
    id: 'signed-not-sent',
    about: 'header.missing',
    strength: 'fair',
    match:
      /\bsigned ?headers?\b[^\n]{0,60}\b(?:not sent|never sent|no value|missing|absent|not in the request|more than (?:just )?host|besides host|other than host|than host)\b|\b(?:more|additional|extra|unexpected) signed ?headers?\b/i,
    message: 'a header is signed that the request does not carry.',
  },
  {
    id: 'added-header',
    about: 'header.unsigned',
    strength: 'fair',
    match:
      /\b(x-amz-acl|x-amz-meta-[\w-]{1,40}|x-amz-server-side-encryption[\w-]{0,40}|x-amz-tagging|x-amz-storage-class|x-amz-copy-source|x-amz-[\w-]{3,40})\b[^\n]{0,60}\b(?:header|add\w*|sen[dt]\w*|not signed|unsigned|must|sign\w*|missing|without)|\b(?:extra|additional|custom|acl|metadata|encryption|sse|kms|tagging) headers?\b|\b(?:adds?|added|adding|attach\w*) (?:an? |the |some |more |other )?[\w-]{0,20} ?headers?\b|\bpublic-read\b|\bserver[- ]side encryption\b|\b(?:copy|copies|copying)\b[^\n]{0,20}\bobjects?\b|\bobjects?\b[^\n]{0,20}\bcopy\b/i,
    message: 'a header is added to the request that has to be signed too.',
    value: 'header',
    unless: /\bsigned headers?\b|\bSignedHeaders\b|\bcontent[- ]type\b|x-amz-(?:date|content-sha256|security-token|checksum)/i,
  },
  {
    id: 'header-spaces',
    about: 'header-value-not-trimmed',
    strength: 'fair',
    match:
      /\b(?:headers?|metadata|header values?|content-disposition|x-amz-meta-[\w-]{1,30}|user-agent|titles?)\b[^\n]{0,50}\b(?:double|two|several|multiple|consecutive|repeated|leading|trailing|extra|adjacent)\b[^\n]{0,12}\b(?:spaces?|white ?space|blanks?)\b|\b(?:double|two|several|multiple|consecutive|leading|trailing|extra|adjacent) (?:spaces?|white ?space|blanks?)\b[^\n]{0,40}\b(?:headers?|metadata|content-disposition|values?)\b/i,
    message: 'white space in a header value makes the difference: it is trimmed, and several spaces are one, before signing.',
    unless: /\bsecret|\baccess key/i,
  },
  {
    id: 'header-letters',
    about: 'header.canonical',
    strength: 'fair',
    match:
      /\b(?:headers?|metadata|content-disposition|x-amz-meta-[\w-]{1,30})\b[^\n]{0,60}\b(?:unicode|utf-?8|non-?ascii|umlauts?|accents?|accented|emojis?|chinese|japanese|cyrillic|special char\w*)\b/i,
    message: 'letters beyond ASCII stand in a header, and both sides may write them differently.',
  },
  {
    id: 'header-repeated',
    about: 'header-repeated-wrongly',
    strength: 'fair',
    match:
      /\b(?:same|duplicate\w*|repeat\w*|two|multiple|multi-?valued?)\b[^\n]{0,20}\bheaders?\b[^\n]{0,40}\b(?:twice|value\w*|name|times|more than once|join\w*|comma)?/i,
    message: 'a header that comes several times is written as one line, with commas, before signing.',
    unless: /\bauthorization\b|\bsame headers? (?:as|in|with)\b|\bthe same headers?\b|\bauth/i,
  },
  {
    id: 'header-case',
    about: 'header-name-not-lower-case',
    strength: 'fair',
    match:
      /\b(?:header names?|headers?|signed ?headers)\b[^\n]{0,40}\b(?:lower-?case\w*|upper-?case\w*|capital\w*|case[- ]sensitiv\w*|camel-?case)\b|\b(?:lower-?cas\w*|upper-?case\w*|capitali[sz]\w*)\b[^\n]{0,30}\bheaders?\b/i,
    message: 'the case of header names is said to matter; they are in lower case where they are signed.',
  },
  {
    id: 'two-authorizations',
    about: 'authorization-sent-twice',
    strength: 'fair',
    match:
      /\b(?:only one auth\w* mechanism|two auth\w* (?:headers?|mechanisms?)|both (?:an? |the )?auth\w*[^\n]{0,20}header[^\n]{0,40}(?:quer|presign|signed url|signature)|second authorization|(?:bearer|jwt|basic auth\w*|interceptor)\b[^\n]{0,60}\b(?:presigned|pre-signed|signed url|s3))|\b(?:presigned|pre-signed|signed url)\b[^\n]{0,60}\b(?:authorization header|bearer|jwt|interceptor|basic auth)/i,
    message: 'a second way of authenticating is sent along with the signature.',
  },
  {
    id: 'form-policy',
    about: 'policy.mismatch',
    strength: 'fair',
    match:
      /\b(?:post polic(?:y|ies)|presigned post|pre-signed post|createPresignedPost|generate_presigned_post|policy document|form fields?|html form|browser form|upload form|polic(?:y|ies) condition\w*)\b/i,
    message: 'a form is uploaded under a signed policy, whose conditions its fields have to meet.',
  },
  {
    id: 'access-control-body',
    about: 'payload.hash',
    strength: 'fair',
    match:
      /\b(?:origin access control|OAC)\b[^\n]{0,100}\b(?:lambda|function url|POST|PUT)\b|\b(?:lambda|function url|POST|PUT)\b[^\n]{0,100}\b(?:origin access control|OAC)\b/,
    message:
      'origin access control signs for a function URL with the hash of the body that the visitor has to send in x-amz-content-sha256.',
  },
]
