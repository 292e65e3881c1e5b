/** Reads free sentences about a refusal: what the person says changed, works or fails. Weights are small; it proves nothing. */
import { blank, type HintRule, hintAt, hintsOf, withoutBodies } from './hint-rules.js'
import { isLogRecord } from './log-fields.js'
import type { EvidenceReader, EvidenceSource, Observation } from './reader.js'

export const prose: EvidenceReader = {
  id: 'prose',
  reads: 'sentences about what fails and what works',
  samples: [
    'Uploads are refused only for file names with spaces.\n',
    'After a week behind nginx every request fails, directly it works.\n',
  ],
  recognize(text) {
    return hintsIn(text, '').length > 0 ? 0.4 : 0
  },
  read({ name, text }: EvidenceSource) {
    return hintsIn(text, name)
  },
}

function hintsIn(text: string, source: string): readonly Observation[] {
  const sentences = sentencesOf(withoutBodies(text))
  return [...hintsOf(RULES, sentences, source), ...orderHints(sentences, source)]
}

/** The text with every line blanked that is no sentence: code, headers, logs, the services' own messages. */
function sentencesOf(text: string): string {
  return text
    .split('\n')
    .map((line) => (isSentence(line) ? line.replace(SERVICES_OWN, blank) : blank(line)))
    .join('\n')
}

function isSentence(line: string): boolean {
  if (line.length > 4000 || isLogRecord(line)) return false
  if (LISTED.test(line)) return true
  const words = line.match(/(?:^|[\s("'])[A-Za-z][a-z']{0,20}(?=[\s,.;:)"'!?]|$)/g)?.length ?? 0
  return words >= 2 && !NO_SENTENCE.test(line)
}

/** Lists of URLs that pass and URLs that fail: where only the sorted pass, the order is the cause. */
function orderHints(text: string, source: string): readonly Observation[] {
  const judged = [...text.matchAll(/^[ \t>*-]{0,10}(\w[^\n?]{0,120})\?([^\s?]{3,400})([^\n]{0,80})/gm)].slice(0, 60).flatMap((match) => {
    const said = `${match[1]} ${match[3]}`
    const good = /\b(?:correct|right|ok|works?|working|pass(?:es)?|success|valid|200)\b/i.test(said) && !/not work|n't work/i.test(said)
    const bad =
      /\b(?:wrong|incorrect|fails?|failed|broken|bad|403|refused|invalid|mismatch|not work\w*|error)\b|SignatureDoesNotMatch/i.test(said)
    const names = match[2]!.split('&').map((piece) => piece.split('=', 1)[0]!)
    return good === bad || names.length < 2
      ? []
      : [{ good, sorted: names.every((name, i) => i === 0 || names[i - 1]! <= name), at: match.index }]
  })
  const bad = judged.filter((one) => !one.good)
  if (bad.length === 0 || bad.length === judged.length || !judged.every((one) => one.good === one.sorted)) return []
  return [
    hintAt(
      text,
      source,
      bad[0]!.at,
      'query-not-sorted',
      0.8,
      'of the listed URLs exactly those fail whose query is not sorted by name.',
      {},
    ),
  ]
}

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

// A key here is an object key: what is said of a secret or an access key is another matter.
const THING =
  '(?:(?<!access )(?<!secret )keys?(?! pair)|names?|files?|filenames?|objects?|paths?|folders?|urls?|ids?|indexe?s?|models?|buckets?|images?|pictures?|photos?|documents?|videos?|attachments?|uploads?)'
const QUERY = '(?:prefix(?:es)?|markers?|quer(?:y|ies)|parameters?|params?|search(?:es)?|filters?|values?|query ?strings?|tags?)'
const ODD =
  '(?:spaces?|white ?space|slash(?:es)?|special char\\w*|unicode|non-?ascii|umlauts?|accents?|accented|chinese|japanese|emojis?|parenthes[ei]s|brackets?|plus(?:es| signs?)?|ampersands?|percent\\w*|equals?(?: signs?)?|colons?|asterisks?|stars?|commas?|apostrophes?|quotes?|tildes?|at signs?|["\'`][^\\w\\s]["\'`]|(?<=\\s)[+:=*&@#~](?=[\\s.,]|$))'

const RULES: readonly HintRule[] = [
  rule(
    'path-odd',
    'path.encoding',
    0.5,
    new RegExp(`\\b${THING}\\b[^.\\n]{0,60}\\b(?:with(?:out)?|contain\\w*|having|has|have|includ\\w*)\\b[^.\\n]{0,40}${ODD}`, 'i'),
    'the outcome depends on the characters in a name or path.',
    { unless: /without "?:"?|"?:"? (?:in|work)|colon/i },
  ),
  rule(
    'path-colon',
    'path-not-encoded',
    0.55,
    new RegExp(`\\b${THING}\\b[^.\\n]{0,60}\\b(?:with(?:out)?|contain\\w*|has|have)\\b[^.\\n]{0,20}(?:["'\`]:["'\`]|colons?)`, 'i'),
    'the outcome depends on a colon in the path.',
  ),
  rule(
    'query-odd',
    'query.encoding',
    0.5,
    new RegExp(`\\b${QUERY}\\b[^.\\n]{0,60}\\b(?:with(?:out)?|contain\\w*|having|has|have|includ\\w*)\\b[^.\\n]{0,40}${ODD}`, 'i'),
    'the outcome depends on the characters in the query.',
  ),
  rule(
    'wildcard',
    'path-not-encoded',
    0.4,
    /\b(?:wild ?cards?|asterisk)\b|\bname written out\b/i,
    'the outcome depends on a wildcard in the path.',
  ),
  rule(
    'query-order',
    'query-not-sorted',
    0.55,
    /\b(?:order|sort\w*|alphabetical\w*|rearrang\w*)\b[^.\n]{0,60}\b(?:param\w*|query)|\b(?:param\w*|query)\b[^.\n]{0,60}\b(?:order|sorted|unsorted|alphabetical\w*)/i,
    'the order of the query parameters is said to matter.',
  ),
  rule(
    'query-valueless',
    'query-changed-in-transit',
    0.55,
    /\?[\w-]{1,40}\s{1,3}(?:gives?|fails?|does(?:n't| not)|is refused|returns?)[^\n]{0,80}\?[\w-]{1,40}=|\b(?:param\w*|query)\b[^.\n]{0,40}\bwithout (?:an? )?(?:value|equal)/i,
    'a parameter without "=" fails, with "=" it works.',
  ),
  rule(
    'presign-redirected',
    'redirect-followed',
    0.5,
    /\b30[1278]\b|\bredirect(?:s|ed|ion|ing)?\b/i,
    'a redirect is mentioned; the signature is that of the first host.',
    { unless: /\bnot redirect|redirect_uri/i },
  ),
  rule(
    'presign-upload',
    'method-changed',
    0.6,
    /(?:aws s3 presign|presign)[\s\S]{0,400}\b(?:upload|PUT)\b[\s\S]{0,300}\bGET\b/,
    'the presigned URL works with GET and not for an upload; a presigned URL covers one method.',
  ),
  rule(
    'other-method',
    'method-changed',
    0.45,
    /\b(?:GET|HEAD)\b[^.\n]{0,60}\bworks?\b[^.\n]{0,60}\b(?:PUT|POST|HEAD|DELETE)\b|\b(?:PUT|POST|HEAD)\b[^.\n]{0,60}\bfails?\b[^.\n]{0,60}\bGET\b/,
    'one method works and another fails with the same URL.',
    { needs: /presign|signed url/i },
  ),
  rule(
    'browser-signed-headers',
    'header.missing',
    0.55,
    /\b(?:opened?|open(?:ing)?|pasted?|click\w*|view\w*)\b[^.\n]{0,60}\bbrowser\b/i,
    'the URL is opened in a browser, which sends no signed header but host.',
    { needs: /SignedHeaders|presign|signed url/i },
  ),
  rule(
    'behind-proxy',
    'host-rewritten',
    0.45,
    /\b(?:behind|through|via|front of|using|fronted by)\b[^.\n]{0,40}\b(?:nginx|(?:reverse )?proxy|cdn|cloudflare|cloudfront|load ?balancer|haproxy|traefik|apache|caddy|ingress|api gateway|alb|envoy|varnish|kong)\b/i,
    'something stands between the client and the service, and Host is always signed.',
  ),
  rule(
    'proxy-headers',
    'header.changed',
    0.4,
    /\b(?:cloudflare|cdn|caching proxy|corporate proxy|zscaler|vpn|firewall|antivirus|squid|intercepting proxy|mitm\w*|fiddler|charles)\b/i,
    'something between the client and the service is known to change headers.',
  ),
  rule(
    'accept-encoding',
    'header-changed-in-transit',
    0.5,
    /\baccept-encoding\b/i,
    'accept-encoding is mentioned, a header that proxies change.',
    { unless: /fix|SignedHeaders=/i },
  ),
  rule(
    'custom-domain',
    'host-rewritten',
    0.4,
    /\b(?:custom domain|own domain|cname|different host ?name|internal host ?name|host header|localhost instead|service name)\b/i,
    'the name that was signed and the name that the service knows may differ.',
  ),
  rule(
    'gcs',
    'header-changed-in-transit',
    0.4,
    /\b(?:google cloud storage|gcs)\b/i,
    'Google Cloud Storage changes accept-encoding, which AWS SDKs sign.',
  ),
  rule(
    'clock-vm',
    'clock-skewed',
    0.5,
    /\b(?:clock|ntp|time ?sync|chrony\w*|system time|time ?zone|time drift|date and time)\b/i,
    'the clock is mentioned.',
  ),
  rule(
    'clock-sleep',
    'clock-skewed',
    0.5,
    /\b(?:sleep|hibernat\w*|suspend\w*|resum\w*|wak(?:e|ing|es))\b[^.\n]{0,80}|\bdocker for (?:mac|windows|desktop)\b|\bWSL2?\b/i,
    'a machine that slept, or a virtual one, has a clock that stands behind.',
    { needs: /docker|container|\bvm\b|virtual|wsl|laptop|sleep/i, unless: /sleep\(\d/ },
  ),
  rule(
    'clock-sometimes',
    'clock-skewed',
    0.3,
    /\b(?:only )?(?:some of the time|sometimes|intermittent\w*|occasional\w*|now and then|sporadic\w*|randomly|from time to time)\b/i,
    'it fails only now and then.',
    { unless: /["'][A-Za-z0-9+/]{20,}={1,2}["']|\+/ },
  ),
  rule(
    'signature-plus',
    'signature-encoding-changed',
    0.55,
    /\b(?:some(?:times)?|intermittent\w*|occasional\w*|randomly|others?)\b/i,
    'some requests pass and others do not, and the signatures are in base64, with "+" in some.',
    {
      needs:
        /["'`=][A-Za-z0-9/]{2,43}\+[A-Za-z0-9+/]{0,43}={1,2}|signature[^.\n]{0,40}(?:contain\w*|has|with)[^.\n]{0,20}["'`]?(?:\+|plus)/i,
    },
  ),
  rule(
    'expired-hour',
    'token.mismatch',
    0.35,
    /\bafter (?:an?|one|1|\d+|several|a few|some) (?:hours?|minutes?|mins?)\b/i,
    'it fails after a while; temporary credentials and presigned URLs end then.',
  ),
  rule(
    'expired-presign',
    'presigned-url-expired',
    0.45,
    /\b(?:link|url)\b[^.\n]{0,60}\b(?:expir\w*|stops? working|no longer works?|after (?:7|seven|\d+) days?)\b/i,
    'a URL stops working after some time.',
  ),
  rule(
    'midnight',
    'scope-date-mismatch',
    0.55,
    /\bmidnight\b|\b(?:after|next) (?:a |one |the next )?day\b|\bevery day\b|\bday (?:changes|rolls)|\bafter (?:24|twenty-four) hours\b/i,
    'it fails from another day on; the scope keeps the date on which it was made.',
  ),
  rule(
    'long-running',
    'scope-date-mismatch',
    0.4,
    /\b(?:long[- ](?:lived|running)|restart(?:ing)?\b[^.\n]{0,40}\b(?:fix|help|work)|until (?:a |the )?restart)/i,
    'a program that runs for long fails until it is started anew.',
  ),
  rule(
    'secret-slash',
    'secret.mangled',
    0.5,
    /\b(?:secret|key)\b[^.\n]{0,50}\b(?:slash(?:es)?|plus(?: sign)?s?|special char\w*)|\b(?:secret|key)\b[^.\n]{0,40}(?:contain\w*|has|with|include\w*|starts?|begins?|first|last|ends?)[^.\n]{0,30}["'`(]?[/+=]["'`.,)]/i,
    'the secret access key holds a slash or a plus, which some tools change.',
    { unless: /leading slash|object key|file/i },
  ),
  rule(
    'secret-sign',
    'secret.mangled',
    0.55,
    /secret(?:[_ ]?(?:access)?[_ ]?key)?\b[^.\n]{0,80}["'`(][/+=]["'`.,)]/i,
    'the secret access key holds a slash or a plus, which some tools change.',
  ),
  rule(
    'access-key-sign',
    'query-encoded-differently',
    0.6,
    /(?<!secret )\baccess key\b(?: id)?[^.\n]{0,40}["'`(][/+=]["'`.,)]/i,
    'the access key ID holds a reserved character, which X-Amz-Credential has to hold percent-encoded.',
    { needs: /presign|X-Amz-Credential/i, unless: /secret/i },
  ),
  rule(
    'bucket-as-host',
    'bucket-in-path',
    0.5,
    /\brgw[_ ]dns[_ ]name\b|\b(?:virtual[- ]?host(?:ed)?|path)[- ]?style\b|\bforce_?path_?style\b|\baddressing_style\b|\bMINIO_DOMAIN\b|\bhost_bucket\b/i,
    'the bucket stands in the host on one side and in the path on the other.',
  ),
  rule(
    'bucket-and-path',
    'bucket-in-path',
    0.5,
    /\b(?:path|uri|url)\b[^.\n]{0,80}\b(?:begins?|starts?|includes?|contains?|lacks?|miss\w{0,4}|without|only the key)\b[^.\n]{0,40}\b(?:bucket|key)\b|\bbucket(?: name)?\b[^.\n]{0,40}\b(?:missing|twice|duplicated|appended|prepended|part of)\b[^.\n]{0,40}\b(?:path|host|url|uri)\b/i,
    'the bucket belongs to the path or to the host, and the sides differ in that.',
  ),
  rule(
    'escaped-percent',
    'path-encoded-twice',
    0.5,
    /%252F|%2520|%253A|\b(?:double|twice)[- ](?:url[- ]?)?e(?:n|s)cod|\be(?:n|s)cod\w{2,4} (?:twice|again|a second time)/i,
    'something is percent-encoded twice.',
  ),
  rule(
    'terminates-tls',
    'host-rewritten',
    0.45,
    /\bproxy_pass\b|\breverse[- ]prox(?:y|ied|ying)\b|\bterminat\w{1,5} (?:ssl|tls|https)\b/i,
    'something stands between the client and the service, and Host is always signed.',
  ),
  rule(
    'query-opaque',
    'query.encoding',
    0.58,
    /\b(?:scroll[_ -]?ids?|cursors?|next[_ -]?tokens?|continuation[_ -]?tokens?|page[_ -]?tokens?)\b/i,
    'the outcome depends on a parameter whose value is opaque, and often holds "=", "+" or "/".',
  ),
  rule(
    'secret-copied',
    'secret.mangled',
    0.45,
    /\b(?:cop(?:y|ied)|past(?:e|ed|ing))\b[^.\n]{0,60}\b(?:key|secret|credentials?|console|e-?mail)|\btrailing (?:space|new ?line|white ?space)|\bline ?break\b|\b(?:dos|windows) line end/i,
    'the secret access key was copied, or has something at its end.',
  ),
  rule(
    'secret-new',
    'secret-mismatch',
    0.5,
    /\b(?:new|rotat\w*|regenerat\w*|chang\w*|replac\w*|old|previous|wrong|recreat\w*) (?:the |my |our |a |pair of |set of |aws |access )*(?:keys?|credentials?|secrets?|access keys?)/i,
    'the keys were changed.',
    { unless: /old signing|changed key order/i },
  ),
  rule(
    'profile',
    'secret-mismatch',
    0.4,
    /\b(?:wrong|other|another|different|default) (?:profile|account|credentials|environment variables?)\b|\benvironment variables? (?:override|win|take)/i,
    'credentials of another profile may be in use.',
  ),
  rule(
    'token',
    'token.missing',
    0.45,
    /\b(?:temporary credentials|session token|assumed? role|assume-role|federated|sso|instance profile|security token|lambda role)\b/i,
    'temporary credentials are mentioned; they need their session token.',
  ),
  rule(
    'region',
    'scope.region',
    0.4,
    /\b(?:different|other|another|wrong|new|outside|frankfurt|not in|non-default) regions?\b|\bregion\b[^.\n]{0,40}\b(?:only|fails?|wrong|mismatch)|\beu-central-1 only\b/i,
    'another region is mentioned.',
  ),
  rule(
    'ceph-checksum',
    'payload-chunked-unsupported',
    0.55,
    /\b(?:ceph|rados ?gw|radosgw|cellar|minio|r2|backblaze|b2|wasabi|storj|seaweedfs|garage|scaleway|hetzner|oracle|digital ?ocean|oss|swift|dell ecs|netapp)\b/i,
    'the server is not S3 itself, and newer SDKs send trailing checksums that some servers do not know.',
    { needs: /checksum|trailing|trailer|aws-chunked|chunked|STREAMING|XAmzContentSHA256|upgrad\w*|newer/i },
  ),
  rule(
    'checksum',
    'payload.chunked',
    0.5,
    /\b(?:trailing checksums?|trailers?|aws-chunked|chunked (?:encoding|transfer|upload)|AWS_REQUEST_CHECKSUM_CALCULATION|when_required|STREAMING-[A-Z0-9-]{4,40})\b/i,
    'chunked payloads or trailing checksums are mentioned.',
  ),
  rule(
    'after-upgrade',
    'payload.chunked',
    0.3,
    /\b(?:after|since) (?:the |an? )?(?:upgrad\w*|updat\w*|bump\w*)|\b(?:upgraded|updated|bumped)\b[^.\n]{0,30}\b(?:boto3|sdk|aws-sdk)/i,
    'it fails since the client was upgraded; newer SDKs send checksums by default.',
  ),
  rule(
    'stream-body',
    'payload.hash',
    0.4,
    /\b(?:multipart|stream(?:ed|ing|s)?|large files?|big files?|binary (?:body|data|file)|gzip(?:ped)?|compress\w*|non-empty body|with a body|post body|request body)\b/i,
    'the outcome depends on the payload.',
  ),
  rule(
    'content-type',
    'header.changed',
    0.5,
    /\bcontent-?type\b/i,
    'Content-Type is mentioned; where it is signed, the request has to carry exactly that one.',
  ),
  rule(
    'acl-header',
    'header.unsigned',
    0.45,
    /\bx-amz-acl\b|\bextra headers?\b|\b(?:adds?|added|adding|sends?) (?:an? |the )?[\w-]{0,20} ?headers?\b/i,
    'a header is added to the request.',
    { unless: /signed headers?/i },
  ),
  rule(
    'double-slash',
    'path-normalized',
    0.5,
    /\b(?:double|leading|consecutive|two|trailing) slash(?:es)?\b|["'`]\/\/["'`]|\bkeys? (?:that )?(?:start|begin)\w* with (?:a )?["'`]?(?:\/|slash)/i,
    'slashes in a row, or at an end of the path, make the difference.',
  ),
  rule(
    'port',
    'host-port-changed',
    0.45,
    /\b(?:without|with|explicit|default|another|different|mapped|non-?standard) (?:the |a )?(?:port|:\d{2,5})\b|\bport (?:number )?(?:in|is (?:in|dropped|stripped)|mapping|forward\w*)\b/i,
    'the port is mentioned; it is part of Host.',
  ),
  rule(
    'retry',
    'request-retried-stale',
    0.45,
    /\b(?:on|after|only|the|during) (?:a |the |several |some |many |all )?retr(?:y|ies)\b|\bretried\b|\bsecond attempt\b/i,
    'it fails when the request is sent again.',
    { unless: /no retr/i },
  ),
  rule(
    'docs-example',
    'key.derivation',
    0.35,
    /\b(?:documentation|docs|example|sample|tutorial|amazon'?s|aws'?s?)\b[^.\n]{0,80}\b(?:should be|gives?|shows?|says?|differ\w*|another value|does not match|doesn't match)\b/i,
    'a documented value does not come out; a step of the calculation differs.',
    { unless: /canonical/i },
  ),
  rule(
    'iot-data',
    'scope.service',
    0.4,
    /\b(?:iot[- ]?data|execute-api|marketplace|endpoint ?prefix|signing ?name|service name)\b/i,
    'a service is mentioned whose signing name is not its host name.',
  ),
  rule(
    'own-signer',
    'client.bug',
    0.2,
    /\b(?:works?|fine|succeeds?|ok) (?:with|in|using|from) (?:the )?(?:curl|awscurl|aws[- ]?cli|boto3?|postman|python|s3cmd|cyberduck|mc)\b|\b(?:curl|awscurl|aws[- ]?cli|boto3|postman|s3cmd|rclone)\b[^.\n]{0,60}\b(?:works?|succeeds?)\b/i,
    'another client succeeds with the same credentials, so the secret access key is right and the client differs.',
  ),
]

const LISTED = /^[ \t>*-]{0,10}(?:wrong|correct|right|works?|fails?|failed|ok|good|bad)\b[^\n]{0,80}\?/i
const NO_SENTENCE =
  /[;{}]\s{0,5}$|\["|^\s{0,20}(?:[<{}[$#>]|\/\/|curl\b|aws |export |import |const |let |var |def |function |return |if \(|[A-Z]+ \S{1,2000} HTTP\/|[a-z0-9]+(?:-[a-z0-9]+)+:|(?:Host|Date|Server|Authorization|Location|User-Agent|Content-\w+|Accept\w*|Range|Connection):|AWS4-HMAC|(?:TRACE|DEBUG|INFO|WARN|ERROR)\b|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d |\d{4}-\d\d-\d\d[T ]\d\d|at [\w.$]+\()|\w\(['"][^\n]*\)|(?<!\b(?:with|and|an?|the|or|ha[sd]|have|contain\w{0,3}|like|no|of|only|where|without|sign|char|extra|one|two|trailing))\s:?=\s\S|=>\s{0,5}\{|\|\s*\w+\s*\||https?:\/\/\S*X-Amz-Signature=|\w=\w[^\s]*;/i
// Sentences in which a service says what everybody reads in every refusal.
const SERVICES_OWN =
  /(?:The authorization header is malformed|The security token included in the request|Credential should be scoped|There were headers present)[^\n]{0,400}|The request signature we calculated[^\n]{0,240}?(?:signing method\.|provided\.|$)(?: Consult[^\n.]{0,80}\.)?|Check your (?:AWS )?(?:Secret Access )?Key and signing method\.?|Consult the service documentation for details\.?/gi
