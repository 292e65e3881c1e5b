/** What people say of their keys, tokens, clocks, dates, regions and services, and of clients that succeed, as rules. */
import type { SentenceRule } from './sentence-rule.js'

const SIGN =
  '(?:["\'`(]?[/+=%$]["\'`),.]|slash(?:es)?|plus(?: ?signs?|es)?|(?:special|reserved) (?:char\\w*|symbols?|signs?)|\\s[/+=](?=[\\s.,)]|$))'

export const SAID_OF_KEY: readonly SentenceRule[] = [
  {
    id: 'secret-sign',
    about: 'secret.mangled',
    strength: 'fair',
    tags: ['secret-lost-characters', 'secret-url-encoded'],
    match: new RegExp(
      `(?:secret[_ -]?(?:access)?[_ -]?keys?|\\bsecrets?|\\baccess ?keys?|\\bAWS keys?|\\bkey pairs?|\\bnew keys?|\\bcredentials?)\\b[^\\n]{0,80}?${SIGN}`,
      'i',
    ),
    message: 'the secret access key holds a slash or a plus, which some tools change.',
    unless: /\b(?:leading|double|trailing) slash|\bobject key|\bfile ?name|\bquery|\bpresign/i,
    alone: true,
  },
  {
    id: 'keys-differ',
    about: 'secret.mangled',
    strength: 'fair',
    tags: ['secret-lost-characters', 'secret-url-encoded'],
    match:
      /\b(?:some|certain|one|other|another|new|different)\b[^\n]{0,10}\b(?:secrets?|access keys?|key pairs?|credentials)\b[^\n]{0,60}\b(?:works?|fine|ok|fails?)\b[^\n]{0,60}\b(?:others?|another|some|old|first|one)\b|\bregenerat\w*[^\n]{0,80}\b(?:until|several times|without)\b/i,
    message: 'some secret access keys work and others do not: characters of them may be changed, as slash and plus.',
  },
  {
    id: 'access-key-sign',
    about: 'query-encoded-differently',
    strength: 'fair',
    match: /(?<!secret )\baccess key\b(?: id)?[^\n]{0,60}["'`(][/+=]["'`.,)]/i,
    message: 'the access key ID holds a reserved character, which X-Amz-Credential has to hold percent-encoded.',
    needs: /presign|pre-sign|X-Amz-Credential/i,
    unless: /secret/i,
    alone: true,
  },
  {
    id: 'secret-copied',
    about: 'secret.mangled',
    strength: 'fair',
    tags: ['secret-lost-characters'],
    match:
      /\b(?:cop(?:y|ied|ying)|past(?:e|ed|ing)|typed|retyp\w*)\b[^\n]{0,60}\b(?:keys?|secrets?|credentials?|console|e-?mail|password manager|csv)\b|\b(?:keys?|secrets?|credentials?)\b[^\n]{0,60}\b(?:cop(?:y|ied)|past(?:e|ed|ing))\b/i,
    message: 'the secret access key was copied, and may have lost or gained a character.',
    unless: /\bobject|\bcopy object|\bs3 cp\b|\bfile/i,
  },
  {
    id: 'secret-space',
    about: 'secret-has-space',
    strength: 'fair',
    match: /\b(?:trailing|leading|extra|invisible|stray)\b[^\n]{0,10}\b(?:spaces?|white ?space|blanks?|tabs?)\b/i,
    message: 'white space at an end of the secret access key is spoken of.',
    needs: /\b(?:secret|credential|access key|password|env\b|\.env|variable)/i,
    unless: /\bheader|\bmetadata|\bpath|\bfile|\bobject/i,
  },
  {
    id: 'secret-line',
    about: 'secret-has-newline',
    strength: 'fair',
    match:
      /\b(?:trailing |extra |a )?(?:new ?line|line ?(?:break|feed|end\w*)|carriage return|crlf|\\r|\\n)s?\b[^\n]{0,60}\b(?:secret|credential|keys?|variable|env|value|password)|\b(?:secret|credential|keys?|variable|env|\.env|password)\b[^\n]{0,60}\b(?:new ?line|line ?(?:break|feed|end\w*)|carriage return|crlf)|\b(?:dos2unix|windows line end\w*|dos line end\w*)\b|\becho\b(?! -n)[^\n]{0,60}\bbase64\b|\bbase64\b[^\n]{0,60}\b(?:kubernetes|k8s|secret)\b|\b(?:kubernetes|k8s|vault|secrets? manager|parameter store|docker) secrets?\b/i,
    message: 'the secret access key may end in a line break, as values of secret stores and files with CRLF do.',
    unless: /\bbody|\bpayload|\bcanonical|\bstring to sign|\bheader/i,
  },
  {
    id: 'secret-quotes',
    about: 'secret-has-quotes',
    strength: 'fair',
    match:
      /\b(?:quot(?:es?|ed|ation marks?|ing)|apostrophes?)\b[^\n]{0,60}\b(?:secret|credential|keys?|variable|env|\.env|ini|compose|config\w*)\b|\b(?:secret|credential|access keys?|variable|env|\.env|compose|docker)\b[^\n]{0,60}\b(?:quot(?:es?|ed|ation marks?|ing))\b/i,
    message: 'quotes around the secret access key may have become part of it.',
    unless: /\bobject|\bfile ?name|\betag/i,
  },
  {
    id: 'secret-encoded',
    about: 'secret-url-encoded',
    strength: 'fair',
    match:
      /\b(?:secret|credentials?|access keys?)\b[^\n]{0,60}\b(?:url|uri|percent|html)[- ]?(?:en|de|es)cod\w*|\b(?:connection string|dsn|s3 url|userinfo|uri)\b[^\n]{0,60}\b(?:secret|credentials?|access keys?)\b|\b(?:secret|credentials?|access keys?)\b[^\n]{0,60}\b(?:in|of|from|inside) (?:the |a )?(?:connection string|dsn|url|uri)\b/i,
    message: 'the secret access key is handed over in a URL, where it is percent-encoded or decoded.',
    unless: /\bpresign/i,
  },
  {
    id: 'secret-shell',
    about: 'secret.mangled',
    strength: 'fair',
    tags: ['secret-shell-expanded'],
    match:
      /\b(?:ci|ci\/cd|github actions?|gitlab(?:[- ]ci)?|jenkins|pipeline|travis|circleci|bitbucket|env(?:ironment)? (?:file|var\w*)|\.env|docker(?:[- ]compose)?|systemd|crontab?|shell|yaml|helm|terraform vars?)\b[^\n]{0,100}\b(?:works?|fine|ok|locally|local|my (?:machine|laptop))|\b(?:works?|fine|ok|locally|my (?:machine|laptop))\b[^\n]{0,80}\b(?:in|on|from|with|under|via) (?:the |a |our )?(?:ci|ci\/cd|github actions?|gitlab(?:[- ]ci)?|jenkins|pipeline|travis|circleci|bitbucket|env(?:ironment)? (?:file|var\w*)|\.env|docker(?:[- ]compose)?|systemd|cron)\b|\b(?:as |via |in |with |through )(?:module |command[- ]line |explicit )?(?:param\w*|arguments?|hard-?coded|literals?)\b[^\n]{0,30}\bworks?\b|\bhard-?cod\w*\b[^\n]{0,60}\bworks?\b/i,
    message:
      'the same values work where they are given another way: the secret access key may be changed by a file, a shell or a secret store.',
    unless: /\bregion|\bminio|\bhost ?name|\blocalhost|\bbehind|\bendpoint/i,
  },
  {
    id: 'secret-new',
    about: 'secret-mismatch',
    strength: 'fair',
    match:
      /\b(?:new|rotat\w*|regenerat\w*|replac\w*|old|previous|stale|wrong|recreat\w*|re-?issued|inactive|deactivat\w*|deleted) (?:the |my |our |a |an |pair of |set of |aws |iam |access |secret )*(?:keys?|credentials?|secrets?|access keys?)\b|\b(?:keys?|credentials?|secrets?) (?:were|was|have been|has been|got|are) (?:rotat\w*|regenerat\w*|chang\w*|replac\w*|recreat\w*|deactivat\w*|renewed|updated)|\bchang\w* (?:the |my |our )?(?:aws |access |secret )*(?:keys|credentials|secrets?)\b|\b(?:regenerat|rotat|recreat|re-?creat|replac|renew|re-?issu)\w* (?:the |my |our |all |new |a |an |aws |iam |s3 |access |secret )*(?:keys?|credentials?|secrets?)\b|\b(?:creat|generat)\w* (?:the |a |an )?(?:new|fresh|another) (?:set of |pair of )?(?:aws |iam |s3 |access |secret )*(?:keys?|credentials?|secrets?)\b[^\n]{0,60}\b(?:solv|fix|help|work)\w*/i,
    message: 'the keys were changed.',
    unless: /\bold signing|\bkey order|\bobject keys?|\bsigning key|\bsame (?:error|result)|\bstill\b|\bnew key(?:s)? (?:without|that do)/i,
  },
  {
    id: 'secret-swapped',
    about: 'secret-mismatch',
    strength: 'fair',
    match:
      /\b(?:swap\w*|mix\w* up|revers\w*|transpos\w*|wrong way (?:a?round)|interchang\w*|confus\w*)\b[^\n]{0,40}\b(?:keys?|secrets?|credentials?|id)\b|\b(?:typo|misspell\w*|typing error)\b[^\n]{0,30}\b(?:secret|key|credential)/i,
    message: 'the keys may have been mixed up.',
    alone: true,
    unless: /\barguments?|\bhmac|\bparameters/i,
  },
  {
    id: 'profile',
    about: 'secret-mismatch',
    strength: 'fair',
    match:
      /\b(?:wrong|other|another|different|default|second|old) (?:aws )?(?:profile|account|credentials|user|env(?:ironment)? variables?)\b|\b(?:env(?:ironment)? variables?|AWS_PROFILE|AWS_ACCESS_KEY_ID)\b[^\n]{0,30}\b(?:overrid\w*|win|take\w*|shadow\w*|preced\w*|still set|unset\w*)|\b(?:overrid\w*|shadow\w*|precedence|unset\w*)\b[^\n]{0,40}\b(?:env(?:ironment)? variables?|AWS_\w{4,30})|\bmultiple (?:aws )?(?:profiles|accounts)\b/i,
    message: 'credentials of another profile may be in use.',
    unless: /\bworks? (?:with|from|in|for) (?:an?other|a different)/i,
  },
  {
    id: 'token',
    about: 'token.missing',
    strength: 'fair',
    match:
      /\b(?:temporary|short-?lived|sts|federated|cognito|sso|vended) (?:credentials?|keys?|tokens?|session)\b|\b(?:session|security) tokens?\b|\b(?:assum\w*)[- ]roles?\b|\bassum\w* (?:a |an |the |another )?(?:iam )?roles?\b|\b(?:instance profiles?|instance roles?|lambda roles?|execution roles?|task roles?|iam roles?|irsa|pod identity|mfa|aws sso|identity center)\b|\bAWS_SESSION_TOKEN\b|\bASIA\w{0,20}\b/,
    message: 'temporary credentials are spoken of; they need their session token.',
    unless:
      /\b(?:no|not|without|isn't|aren't) (?:an? |any |using |the )*(?:temporary|session|security|role|assum)|\brole has|\bpermission/i,
  },
  {
    id: 'not-with-role',
    about: 'token.missing',
    strength: 'fair',
    match:
      /\b(?:AKIA\w{0,20}|static|long-?(?:term|lived)|permanent|(?:iam )?user|root|personal)\b[^\n]{0,20}\b(?:keys?|credentials?)?\b[^\n]{0,60}\b(?:works?|fine|ok|succeeds?)\b[^\n]{0,80}\b(?:roles?|temporary|ASIA|sts|sso|session|lambda|ec2|assum\w*)\b|\b(?:roles?|temporary|ASIA\w{0,20}|sts|sso|session|assum\w*)\b[^\n]{0,60}\b(?:fails?|403|refused|not work|mismatch|does(?:n't| not))\b[^\n]{0,80}\b(?:AKIA\w{0,20}|static|long-?(?:term|lived)|permanent|user)\b|\bworks?\b[^\n]{0,20}\b(?:with|using|for) (?:my |our |the |an? )?(?:AKIA\w{0,20}|static|long-?(?:term|lived)|permanent|user|root|personal)\b[^\n]{0,60}\b(?:not|fails?|refused)\b[^\n]{0,40}\b(?:roles?|temporary|ASIA|sts|sso|session|lambda|ec2|assum\w*)\b/i,
    message: 'long-term keys work and temporary ones fail: their session token may be missing.',
  },
  {
    id: 'expired-hour',
    about: 'token.mismatch',
    strength: 'fair',
    match:
      /\bafter (?:about |around |roughly |approximately |exactly |some |ca\.? )?(?:an?|one|1|\d{1,3}|several|a few|some|twelve|six) (?:hours?|minutes?|mins?)\b|\b(?:hourly|every (?:hour|\d{1,2} (?:hours|minutes)))\b|\bfor (?:about |around )?(?:an|one|1|\d{1,2}|a few) hours?\b[^\n]{0,30}\b(?:then|before|and then)/i,
    message: 'it fails after a while; temporary credentials and presigned URLs end then.',
  },
  {
    id: 'expired-presign',
    about: 'presigned-url-expired',
    strength: 'fair',
    match:
      /\b(?:links?|urls?)\b[^\n]{0,60}\b(?:expir\w*|stops? working|no longer works?|(?:works?|valid)\b[^\n]{0,20}\b(?:for|at first|initially)|after (?:7|seven|\d{1,3}|a|an|one|some|a few) (?:days?|hours?|minutes?|weeks?))\b/i,
    message: 'a URL stops working after some time.',
    unless: /\bnot (?:yet )?expired|\bhas(?:n't| not) expired|\bdoes(?:n't| not) expire/i,
  },
  {
    id: 'clock',
    about: 'clock-skewed',
    strength: 'fair',
    match:
      /\b(?:clocks?|system (?:time|date)|local time|date and time|time of the \w{1,12}|server time|machine time|hardware time|rtc|bios time)\b[^\n]{0,40}\b(?:skew\w*|drift\w*|off|wrong|ahead|behind|slow|fast|late|early|incorrect|out of sync|not (?:in sync|synchroni[sz]ed|set|correct)|jump\w*|differs?|days?|hours?|minutes?|seconds?|reset\w*|unset|adjust\w*|fix\w*)\b|\b(?:time|clock) (?:drift\w*|skew\w*|offset|jumps?)\b|\b(?:fix\w*|set\w*|correct\w*|adjust\w*|sync\w*|resync\w*|updat\w*) (?:the |my |our |its )?(?:system )?(?:clock|time|date)\b|\b(?:ntp\w{0,4}|chrony\w*|timesyncd|w32time|time ?sync)\b[^\n]{0,40}\b(?:not|off|stopped|disabled|blocked|fix\w*|solv\w*|help\w*|broken|unreachable|install\w*|enabl\w*|restart\w*|no)\b|\bno (?:ntp|time sync|rtc|real[- ]time clock)\b|\bout of sync\b|\bdaylight saving|\bdual[- ]boot|\btime ?zone\b[^\n]{0,30}\b(?:wrong|chang\w*|different|incorrect|set)\b/i,
    message: 'the clock is said to be off.',
    unless: /\btime ?outs?\b|\bsame time\b|\bclocks? (?:is|are|was|seems?) (?:fine|ok|right|correct|in sync|synchroni[sz]ed|accurate)/i,
  },
  {
    id: 'clock-sleep',
    about: 'clock-skewed',
    strength: 'fair',
    match:
      /\b(?:sleep(?:s|ing)?|slept|hibernat\w*|suspend\w*|resum(?:e|ed|es|ing)|wak(?:e|ing|es)|woke|lid)\b[^\n]{0,80}|\bdocker for (?:mac|windows|desktop)\b|\bWSL2?\b|\bvirtualbox\b|\bvagrant\b|\bsnapshot (?:restor\w*|resum\w*)|\braspberry\b|\bembedded (?:device|board)|\besp(?:32|8266)\b/i,
    message: 'a machine that slept, or a virtual or small one, has a clock that stands behind.',
    needs: /docker|container|\bvm\b|virtual|wsl|laptop|sleep|slept|macbook|device|board|raspberry|esp|hibernat|wake|woke/i,
    unless: /sleep\(\d|\bsleep \d|\bresum\w* (?:the )?(?:upload|download|transfer)/i,
  },
  {
    id: 'clock-sometimes',
    about: 'clock-skewed',
    strength: 'weak',
    match:
      /\b(?:(?:only )?some of the time|sometimes|intermittent\w*|occasional\w*|now and then|sporadic\w*|random(?:ly)?|from time to time|once in a while|not (?:always|every time|on every request)|rarely|at times|every so often)\b/i,
    message: 'it fails only now and then.',
    unless: /["'][A-Za-z0-9+/]{20,}={1,2}["']|\+|\brandom (?:key|name|file|string|bytes)/i,
  },
  {
    id: 'clock-local-time',
    about: 'clock.format',
    strength: 'fair',
    match:
      /\blocal time\b[^\n]{0,40}\b(?:instead|not|rather|utc|gmt)|\b(?:instead of|not in|rather than) (?:utc|gmt)\b|\b(?:utc|gmt|time ?stamp|date) (?:format|string)\b|\b(?:time ?stamps?|dates?)\b[^\n]{0,30}\b(?:formatted|milliseconds|epoch|iso ?8601|format|locale)\b|\blocale\b[^\n]{0,40}\b(?:date|time|month)/i,
    message: 'the date may be written in another form, or in local time.',
    unless: /\bfile format/i,
  },
  {
    id: 'midnight',
    about: 'scope-date-mismatch',
    strength: 'fair',
    match:
      /\bmidnight\b|\b(?:the )?(?:next|following|second) (?:day|morning)\b|\bday (?:changes?|rolls|boundary|rollover)|\b(?:date|day) (?:roll\w*|chang\w*)|\bafter (?:24|twenty-four) hours\b|\bafter (?:a|one) day\b|\bonce a day\b|\bevery (?:day at|24 hours|night at|morning)\b|\b00:00\b|\buntil (?:tomorrow|the next day)\b|\b(?:cach\w*|reus\w*|stor\w*|hard-?cod\w*) (?:the |a )?(?:signing key|derived key|scope|date|signature key)\b/i,
    message: 'it fails from another day on; the scope keeps the date on which it was made.',
    unless: /\b(?:link|url)s?\b/i,
  },
  {
    id: 'long-running',
    about: 'scope-date-mismatch',
    strength: 'fair',
    match:
      /\b(?:long[- ](?:lived|running))\b[^\n]{0,60}\b(?:process\w*|worker|daemon|server|client|program|service|job|pod|container|app\w*)?|\brestart\w*\b[^\n]{0,40}\b(?:fix\w*|helps?|works?|solves?|resolves?)|\buntil (?:a |the |we |i |it is |it's )?restart\w*/i,
    message: 'a program that runs for long fails until it is started anew.',
    unless: /\blong[- ]lived (?:keys?|credentials?|tokens?|access)/i,
  },
  {
    id: 'retry',
    about: 'request-retried-stale',
    strength: 'fair',
    match:
      /\b(?:on|after|only|the|during|each|every|when|if) (?:a |the |it |it's |several |some |many |all |automatic |first |second |being )*retr(?:y|ies|ied|ying)\b|\bretried\b|\bsecond attempt\b|\bre-?sen[dt]\b|\breplay\w*\b|\bretry (?:logic|policy|handler|middleware|loop)\b|\bretr(?:y|ies|ied|ying) (?:of )?(?:the |a )?(?:same |signed )*requests?\b|\b(?:without|not) (?:updating|renewing|re-?signing|refreshing|recomputing) (?:the |their |its )?(?:signatures?|date|authorization|requests?)\b/i,
    message: 'it fails when the request is sent again.',
    alone: true,
    unless:
      /\b(?:no|without|not) (?:a |any )?retr(?:y|ies)|\bretry works\b|\bretr(?:y|ying|ied)\b[^\n]{0,30}\b(?:works|succeeds?|passes|fine)/i,
  },
  {
    id: 'second-fails',
    about: 'request-retried-stale',
    strength: 'fair',
    match:
      /\b(?:the )?first (?:request|call|upload|attempt|one|time|message|put|get|file)\b[^\n]{0,40}\b(?:works?|succeeds?|passes|fine|ok|goes through)\b[^\n]{0,60}\b(?:second|next|later|following|subsequent|rest|others?|all)\b|\b(?:second|subsequent|next|later|following) (?:requests?|calls?|uploads?|attempts?|ones?|puts?|gets?)\b[^\n]{0,30}\b(?:fails?|403|refused|mismatch)|\breus\w* (?:the |a |same )*(?:request|headers?|signature|signed request|connection|options)\b/i,
    message: 'the first request works and a later one does not: it may carry the date and signature of the first.',
  },
  {
    id: 'signature-plus',
    about: 'signature-encoding-changed',
    strength: 'fair',
    match: /\b(?:some(?:times)?|intermittent\w*|occasional\w*|random(?:ly)?|others?|percent|half|1 in \d{1,3}|rarely)\b/i,
    message: 'some requests pass and others do not, and the signatures are in base64, with "+" in some.',
    needs: /["'`=][A-Za-z0-9/]{2,43}\+[A-Za-z0-9+/]{0,43}={1,2}|signature[^.\n]{0,40}(?:contain\w*|has|with)[^.\n]{0,20}["'`]?(?:\+|plus)/i,
  },
  {
    id: 'share-of-requests',
    about: 'signature.encoding',
    strength: 'weak',
    match:
      /\b(?:about|around|roughly|approximately|some|ca\.?|~) ?(?:\d{1,2}(?:\.\d)? ?(?:%|percent)|(?:one|1) (?:in|of|out of) (?:\d{1,3}|sixteen|ten|twenty))|\b(?:6|6\.25|25|50|12) ?% of\b/i,
    message: 'a steady share of the requests fails, as it does where some signatures are written wrongly.',
  },
  {
    id: 'region',
    about: 'scope.region',
    strength: 'fair',
    match:
      /\b(?:different|other|another|wrong|new|outside|not in|non-default|second|any other|all other|certain|some|newer) (?:aws )?regions?\b|\bregions?\b[^\n]{0,40}\b(?:only|fails?|wrong|mismatch\w*|differs?|different|other than)|\b(?:works?|fine|ok|succeeds?|only|fails?|refused|but not|not)\b[^\n]{0,30}\b(?:in|for|with|on|to|from|using|instead of) (?:the )?(?:\w{1,8} )?(?:region )?["'`]?(?:us|eu|ap|ca|sa|me|af|il|mx|cn)-(?:gov-)?(?:east|west|north|south|central|northeast|southeast|northwest|southwest)-\d\b|\b(?:frankfurt|ohio|mumbai|seoul|beijing|stockholm|paris|london|milan|cape town|bahrain|jakarta|hong kong)\b[^\n]{0,20}\b(?:region|bucket|only|fails?|works?)?|\bbuckets? (?:is|are|was|lives?|sits?|lies) (?:located )?in (?:another|a different|the)?[^\n]{0,20}(?:region|(?:us|eu|ap|ca|sa)-\w{4,10}-\d)|\bregions?\b[^\n]{0,20}["'`]?(?:us|eu|ap|ca|sa|me|af|il|mx|cn)-(?:gov-)?(?:east|west|north|south|central|northeast|southeast|northwest|southwest)-\d\b[^\n]{0,60}\b(?:error|fails?|wrong|mismatch|refused|instead|works?)\b|\bregions? on (?:us|eu|ap|ca|sa)-\w{4,10}-\d|\b(?:chang\w*|switch\w*|mov\w*|set\w*) (?:the |to another |my |our )?(?:\w{1,10} )?regions?\b/i,
    message: 'it depends on the region.',
    unless: /\bregion (?:is|was) (?:correct|right|the same|set correctly)|\bsame region\b|\bregions? (?:match|are the same)/i,
  },
  {
    id: 'region-unset',
    about: 'scope.region',
    strength: 'fair',
    match:
      /\b(?:no|without an?y?|empty|missing|default|unset|set(?:ting)? (?:the |a )?|specif\w* (?:the |a )?|configur\w* (?:the |a )?)(?:aws |signing |correct )?region\b|\bregion (?:is |was )?(?:not set|empty|missing|unset|required|ignored|hard-?coded|defaults? to|name)\b|\bAWS_(?:DEFAULT_)?REGION\b/i,
    message: 'the region is spoken of as a setting.',
    unless: /\bsame region\b/i,
  },
  {
    id: 'version-2',
    about: 'algorithm.version',
    strength: 'fair',
    match:
      /\b(?:sig(?:nature)?[- ]?(?:v|version) ?[23]|sigv[23]|v2 signatures?|signature_?v2|s3v2|AWS2|version 2 sign\w*|v2 (?:sign\w*|auth\w*)|old signature (?:version|method)|HMAC-?SHA1)\b|\b(?:only (?:supports?|accepts?|allows?)|requires?|needs?|must use|support\w*) (?:only )?(?:sig(?:nature)?[- ]?(?:v|version) ?4|sigv4|v4|AWS4-HMAC-SHA256)\b|\bsignature_?version\b|\b(?:sigv4a|multi-?region access points?|mrap)\b/i,
    message: 'another version of the signature is spoken of.',
    alone: true,
    unless: /\b(?:already|is|are|am) (?:using|set to|on) (?:sig(?:nature)?[- ]?(?:v|version) ?4|sigv4|s3v4)/i,
  },
  {
    id: 'signing-name',
    about: 'scope.service',
    strength: 'fair',
    match:
      /\biot[- ]?data\b|\b(?:signing ?name|service ?name|service code|endpoint ?prefix|signing service)\b[^\n]{0,60}\b(?:wrong|should|instead|differ\w*|not|correct|must|is|in the scope|scope)\b|\b(?:wrong|different|another|correct|right|which) (?:signing|service) ?(?:service|name)\b|\b(?:aoss|opensearch serverless|bedrock[- ]runtime|execute-api|marketplace|api gateway management|neptune-db|kafka-cluster|vpc-lattice|timestream|s3express|s3-outposts|s3-object-lambda|appsync|lambda function url|mediastore|pinpoint)\b/i,
    message: 'a service is mentioned whose signing name is not its host name.',
  },
  {
    id: 'other-server',
    about: 'server.bug',
    strength: 'weak',
    match:
      /\b(?:works?|fine|ok|succeeds?|passes)\b[^\n]{0,40}\b(?:against|with|on|for|to|in) (?:the )?(?:real |actual |genuine )?(?:aws|amazon|s3 itself|amazon s3|aws s3)\b[^\n]{0,80}\b(?:not|fails?|but|only|minio|ceph|garage|seaweed\w*|localstack|moto|r2|b2|wasabi|compatible)\b|\b(?:minio|ceph|garage|seaweed\w*|localstack|moto|s3proxy|r2|b2|wasabi|compatible \w{1,10}|emulator|mock)\b[^\n]{0,60}\b(?:fails?|403|refuses?|rejects?)\b[^\n]{0,80}\b(?:aws|amazon|real s3)\b[^\n]{0,40}\b(?:works?|fine|ok|accepts?)?/i,
    message: 'the service itself accepts what another server refuses.',
  },
  {
    id: 'docs-example',
    about: 'key.derivation',
    strength: 'weak',
    tags: ['signing-key-of-another-scope'],
    match:
      /\b(?:documentation|docs|example|sample|tutorial|amazon'?s|aws'?s?|test suite|test vectors?)\b[^\n]{0,80}\b(?:should be|gives?|shows?|says?|differ\w*|another value|does not match|doesn't match|expected)\b/i,
    message: 'a documented value does not come out; a step of the calculation differs.',
    unless: /canonical|\bfollow\w* the (?:docs|documentation|example)/i,
    alone: true,
  },
  {
    id: 'own-signer',
    about: 'client.bug',
    strength: 'weak',
    match:
      /\b(?:works?|fine|succeeds?|ok) (?:with|in|using|from|through) (?:the )?(?:curl|awscurl|aws[- ]?cli|boto3?|postman|python|s3cmd|cyberduck|mc|insomnia|rclone|sdk|aws sdk|console)\b|\b(?:curl|awscurl|aws[- ]?cli|boto3|postman|s3cmd|rclone|insomnia)\b[^\n]{0,60}\b(?:works?|succeeds?)\b/i,
    message: 'another client succeeds with the same credentials, so the secret access key is right and the client differs.',
  },
]
