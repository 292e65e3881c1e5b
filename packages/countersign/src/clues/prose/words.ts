/** The vocabulary of the rules: what people call things. A list is a pattern; see ./pattern.ts. */
import { anyOf, phrase, words } from './pattern.js'

// What happens.
export const WORKS = words`(?<!(?:not|n't|never|longer) )(?:works?|worked|working|fine|ok|okay|succe\w{2,8}|pass(?:es|ed)?|accepted|goes through)
  | solved | helps? | fix(?:ed|es)?`
export const FAILS = words`fails? | failed | failing | 40[013] | refus\w{2,4} | reject\w{0,3} | mismatch\w* | breaks? | broken? | denied | forbidden
  | errors? | invalid | wrong | (?:does|do|did|is|are|was|wo)(?:n't| not) (?:work|match|accepted)\w* | not work\w* | not | SignatureDoesNotMatch`
/** Something is said to work, to fail, or to make the difference. */
export const OUTCOME = words`${WORKS} | ${FAILS} | only | den(?:y|ies) | unless | except | incorrect | cannot | can(?:'t| not) | unable | bad
  | InvalidSignatureException | AccessDenied | problems? | issues? | trouble | happens? | occurs? | turned out | caused? | causes | culprit | reason`
/** What passes is set beside what fails. */
export const CONTRAST = phrase`only | unless | except | until | once | as soon as | whenever | but not | whereas | nowhere else | others? | since
  | instead(?: of)? | (?:after|by|when) (?:disabl|remov|bypass|turn|stopp|leav)ing | if (?:i|we|you) (?:do not|don't|remove|leave|omit|drop|disable)
  || ${WORKS} ~80 not? | without | never || ${WORKS} ~160 ${FAILS}`
/** The sentence says that this makes no difference. */
export const NO_DIFFERENCE = words`regardless | no matter | irrelevant | unrelated | rul(?:ed|e) out | no (?:difference|change|luck|effect) | to no avail
  | (?:does|did|do)(?:n't| not) (?:matter|help|fix|change (?:anything|it)|make (?:a|any) difference)
  | (?:also|still) (?:fails?|refused|403) | (?:fails?|refused) (?:too|as well|either way)
  | same (?:errors?|results?|problem|thing)(?: (?:with|without|when|for|after|in both|either))? | even (?:for|with|without|when|if|after|though)`
export const FINE = words`in (?:sync|step) | synchroni[sz]ed | synced | correct\w{0,2} | accurate | right | fine | ok | good | valid | identical | up to date
  | the same | checked | ruled out | not (?:the )?(?:cause|problem|issue)`
export const TELLS_CHANGE = words`chang\w* | rewrit\w* | overwrit\w* | modif\w* | add(?:s|ed|ing)? | append\w* | alter\w* | differ\w* | replac\w*`
export const DROPS = words`strip\w* | drop\w* | remov\w* | swallow\w* | eats? | filter\w* | los(?:es?|ing|t) | discard\w* | not forward\w*
  | does(?:n't| not) forward | missing | never arriv\w*`

// What stands in between.
export const HOP = words`nginx | (?:\w{1,12} )?prox(?:y|ies|ied) | reverse[- ]prox\w{1,5} | cdn | cloudfront | load[- ]?balanc\w{1,4} | lb | haproxy
  | traefik | apache | httpd | caddy | ingress | (?:api )?gateway | [ane]lb | envoy | istio | varnish | kong | apisix | waf | front door
  | openresty | iis | service mesh`
export const TUNNEL = words`(?:ssh|ssm|kubectl|bastion|jump ?host) (?:tunnel\w*|port[- ]?forward\w*|forward\w*) | ngrok | stunnel | socat
  | port[- ]?forward\w* | tunnel\w* | (?:vpc|interface) endpoint | privatelink`
export const INSPECTOR = words`fastly | akamai | caching proxy | (?:corporate|company|office) (?:proxy|network|firewall|vpn) | zscaler | netskope | vpn
  | firewall | anti-?virus | squid | mitm\w* | fiddler | charles | burp | deep packet inspection | (?:ssl|tls) inspection
  | mobile (?:network|carrier|operator)`
export const HOST_NAME = words`hosts? | host ?names? | domains?(?: names?)? | dns(?: names?)? | endpoints? | localhost`
export const OTHER_NAME = words`(?:custom|own|vanity|public|external|internal|private|branded|different|another|other|wrong|changed)
  (?:hosts?|host ?names?|domains?|dns(?: names?)?|endpoints?) | cnames? | host headers? | as Host | proxies to`
export const STORE = words`minio | localstack | garage | ceph | rados ?gw | radosgw | rgw | rustfs | seaweed(?:fs)? | s3mock | moto\w* | s3proxy | zenko
  | cloudserver | versitygw | r2 | backblaze | b2 | wasabi | storj | scaleway | hetzner | digital ?ocean | spaces | oss | swift | dell ecs
  | netapp | s3[- ]compatible | cloudian | ionos | ovh | linode | vultr | cellar | oracle | gcs | google cloud storage | emulator`
export const CLIENT = words`boto[23]? | botocore | (?:aws[- ])?sdks? | aws[- ]?cli | awscli | curl | awscurl | postman | s3cmd | rclone | insomnia
  | cyberduck | mc | terraform | client-s3 | provider | console | python | (?:the )?client`

// Names and the characters in them.
export const OBJECT_NAME = words`(?<!(?:access|secret|aws|api|signing|iam|new|other) )keys?(?! pair)
  | (?:file|object|folder|bucket|index|model|function|resource) ?(?:names?|ids?|keys?) | names? | files? | objects? | paths? | folders?
  | director(?:y|ies) | urls? | uris? | ids? | ind(?:ex|exes|ices) | models? | segments? | resources? | partitions?(?: (?:values?|columns?|names?|folders?))? | images? | pictures? | photos? | videos?
  | attachments? | uploads? | index patterns?`
export const QUERY = words`prefix(?:es)? | markers? | quer(?:y|ies) | (?:query ?)?param(?:eter)?s? | params? | query ?strings? | search(?:es)?
  | filters? | search terms? | values? | tags? | cursors? | delimiters? | response-content-disposition`
const LANGUAGE = anyOf`asian | chinese | japanese | korean | arabic | cyrillic | hebrew | thai | greek | turkish | swedish | polish | russian
  | german | foreign | national`
export const LETTERS = words`unicode | utf-?8 | non-?(?:us-?)?(?:ascii|latin|english) | umlauts? | accents? | accented | diacritics? | emojis?
  | ${LANGUAGE}(?: (?:char\w*|letters?|(?:file ?)?names?|symbols?))?`
export const SIGN_NAME = words`spaces? | white ?space | blanks? | slash(?:es)? | parenthes[ei]s | parens? | brackets? | braces? | plus(?:es| ?signs?)?
  | ampersands? | percent(?: ?signs?)? | equals?(?: ?signs?)? | colons? | semi-?colons? | asterisks? | wild ?cards?(?! dns| cert\w*) | stars? | commas?
  | apostrophes? | quotes? | tildes? | pipes? | hash(?:es| ?signs?) | backslash(?:es)? | question marks? | exclamation (?:marks?|points?)
  | dollar signs? | at[- ]?signs? | (?:special|reserved|odd|unusual|strange|certain|weird) (?:char\w*|symbols?|signs?|letters?)`
/** A sign in quotes, or alone between blanks. */
export const SIGN = anyOf`["'\x60][^\w\s]["'\x60] | (?<=^|[\s(])[+:=*&@#~%?!$(),;|[\]/](?=[\s.,)]|$)`
/** Letters of UTF-8 read as Latin-1, or beyond it. */
export const LETTER = anyOf`[\xc3-\xdf][\x80-\xbf] | \xe0[\xa0-\xbf][\x80-\xbf] | [\xe1\xe3-\xef][\x80-\xbf]{2} | \xf0\x9f[\x80-\xbf]{2}`
export const HOLDS = words`with(?:out)? | contain\w* | hav(?:e|ing) | has | had | includ\w* | us(?:es|ing) | holds? | holding | such as | like | is | are
  | whose | called | named | free of`

// Keys.
export const SECRET = words`secrets?(?:[_ -]?access)?(?:[_ -]?keys?)? | access ?keys? | aws keys? | key pairs? | new keys? | credentials?
  | SecretAccessKey`
export const KEYS = words`keys? | (?:access|secret)[_-]?keys? | secrets? | credentials? | key pairs? | (?:root(?: user)?|minio|application) passwords?
  | [A-Z][A-Z0-9_]{1,40}_(?:PASSWORD|SECRET|ACCESS_KEY|SECRET_?KEY)`
export const PLACE_OF_SECRET = words`ci | ci/cd | github actions? | gitlab(?:[- ]ci)? | jenkins | pipelines? | travis | circleci | bitbucket | heroku | netlify | vercel | buildkite
  | env(?:ironment)? (?:files?|var\w*) | \.env | docker(?:[- ]compose)? | systemd | cron\w{0,4} | shell | yaml | helm | kubernetes | k8s | vault
  | secrets? manager | parameter store`
export const TEMPORARY = words`(?:temporary|short-?lived|sts|federated|cognito|sso|vended) (?:credentials?|keys?|tokens?|sessions?)
  | (?:session|security) tokens? | assum\w*[- ](?:an? |the )?(?:iam )?roles? | (?:instance|lambda|execution|task|iam) (?:profiles?|roles?)
  | roles? | irsa | pod identity | mfa | aws sso | identity center | ASIA\w{0,20}`
export const LONG_TERM = words`AKIA\w{0,20} | static | long-?(?:term|lived) | permanent | (?:iam )?users? | root | personal`

// Time and place.
export const CLOCK = words`clocks? | ntp\w{0,4} | chrony\w* | timesyncd | w32time | time ?sync | rtc | real[- ]time clock
  | (?:system|server|machine|hardware|bios) (?:time|date) | date and time | (?:system |the )?time`
export const CLOCK_OFF = words`skew\w* | drift\w* | off | wrong | ahead | behind | slow | fast | late | early | incorrect | out of sync
  | not (?:in sync|synchroni[sz]ed|set|correct|running) | jump\w* | reset\w* | unset | stopped | disabled | blocked | unreachable`
export const REGION_CODE = anyOf`(?<!\w)(?:us|eu|ap|ca|sa|me|af|il|mx|cn)-(?:gov-)?(?:east|west|north|south|central|(?:north|south)(?:east|west))-\d(?!\w)`
export const REGION = words`${REGION_CODE} | regions? | frankfurt | ohio | mumbai | seoul | beijing | stockholm | paris | london | milan
  | cape town | bahrain | jakarta | hong kong`
/** Clients' and endpoints' names that are not the name a request is signed for. */
export const NOT_SIGNING_NAME = anyOf`apigateway | apigw | api-gateway | elasticsearch | opensearch | sesv2 | email | iot-data | bedrock-runtime
  | runtime\.sagemaker | sagemaker-runtime | appsync-realtime | cloudsearchdomain | neptune | lambda-url | paapi | s3-?website`

// Method and body.
export const BODY = words`body | bodies | payloads? | json | documents? | ndjson | bulk | message | content`
export const WITH_BODY = anyOf`\b(?:POST|PUT|PATCH)s?\b`
export const PRESIGNED = /pre-?sign|signed[_ -]?url|temporaryUrl|X-Amz-Signature|same url|signed links?/i
