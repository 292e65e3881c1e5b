/**
 * The wordings of refusals, as data: AWS's services first, then the S3-compatible servers that word it their own way.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
import type { StatedFact } from '../../case/index.js'
import { SERVER_DIALECTS } from '../../catalog/index.js'

/** A wording, the facts it states, and the values it holds. */
export interface MessageRule {
  readonly text: RegExp
  readonly facts: readonly StatedFact[]
  readonly values?: (match: RegExpExecArray) => Readonly<Record<string, string | undefined>>
}

/** What a code states on its own: always, or (`onlySilent`) where the message states nothing else. */
export interface CodeRule {
  readonly code: RegExp
  readonly fact: StatedFact
  readonly unless?: readonly StatedFact[]
  readonly onlySilent?: boolean
}

const Q = '[\'"`]'
const WORD = '[A-Za-z0-9_.*-]{0,80}'
const DATE = '\\d{8}T\\d{6}Z?|\\d{4}-\\d\\d-\\d\\dT[\\d:.]{5,15}(?:Z|[+-]\\d\\d:?\\d\\d)?'

function rule(text: string | RegExp, fact: StatedFact | readonly StatedFact[], values?: readonly string[]): MessageRule {
  return {
    text: typeof text === 'string' ? new RegExp(text, 'i') : text,
    facts: typeof fact === 'string' ? [fact] : fact,
    ...(values === undefined ? {} : { values: (match) => Object.fromEntries(values.map((name, i) => [name, match[i + 1]])) }),
  }
}

function window(text: RegExp, fact: StatedFact): MessageRule {
  return {
    text,
    facts: [fact],
    values: (match) => ({
      requestDate: match[1],
      limit: match[2],
      now: match[3],
      windowSeconds: match[4] === undefined ? undefined : String(Number(match[4]) * (/^s/i.test(match[5] ?? 'm') ? 1 : 60)),
    }),
  }
}

const WINDOW_END = `(?:\\s{0,4}\\(\\s?(${DATE})\\s?[-+]\\s?(\\d{1,5})\\s?(min|sec|s|m)?)?`

export const MESSAGE_RULES: readonly MessageRule[] = [
  // The clock.
  window(new RegExp(`Signature expired:? (${DATE}) is now earlier than (${DATE})${WINDOW_END}`, 'i'), 'request-expired'),
  window(new RegExp(`Signature not yet current:? (${DATE}) is still later than (${DATE})${WINDOW_END}`, 'i'), 'request-in-future'),
  rule(`too far in the past and has expired\\.?(?: Timestamp date: (${DATE}))?`, 'request-expired', ['requestDate']),
  rule(`Timestamp(?: date)?:? (${DATE})?.{0,40}(?:too far in the future)|signature is too far in the future`, 'request-in-future', [
    'requestDate',
  ]),
  rule(/request reached the service more than 15 minutes after the date stamp/i, 'request-expired'),
  rule(/Request (?:has expired\. Timestamp|expired: )/i, 'request-expired'),
  rule(/difference between the request time and the (?:current time|server's time|server time) is too large/i, 'time-skewed'),
  rule(/request time is too far from server time|request date is later than server time|\bDate is too old\b/i, 'time-skewed'),
  rule(/^[^\S\n\r\u2028\u2029]*(?:[A-Za-z]{1,30}: )?Request has expired(?!\.? Timestamp)/im, 'presigned-expired'),
  rule(`Request signature expired at: (${DATE})`, 'presigned-expired', ['expires']),
  rule(/Request is not (?:yet valid|valid yet)/i, 'presigned-not-yet-valid'),
  rule(/authentication requires a valid Date or x-amz-date header/i, 'date-missing-or-malformed'),
  rule(/requires existence of either an? 'X-Amz-Date' or an? 'Date' header/i, 'date-missing-or-malformed'),
  rule(/Date must be in ISO-?8601 '?basic format'?\.(?: Got '([^'\n]{0,100})')?/i, 'date-missing-or-malformed', ['given']),
  rule(/X-Amz-Date must be (?:in the|form?m?att?ed via) ISO8601 Long Format/i, 'date-missing-or-malformed'),
  rule(
    /Invalid date format header|Missing X-Amz-Date field|(?:missing|invalid) header: x-amz-date|must include 'X-Amz-Date'/i,
    'date-missing-or-malformed',
  ),
  // The scope.
  rule(`the region ${Q}(${WORD})${Q} is wrong; ?expecting ${Q}?(${WORD})${Q}?`, 'region-wrong', ['signed', 'wanted']),
  rule(`the region is wrong; ?expecting ${Q}?(${WORD}[A-Za-z0-9])${Q}?`, 'region-wrong', ['wanted']),
  { text: /a non-empty region must be provided in the credential/i, facts: ['region-wrong'], values: () => ({ signed: '' }) },
  rule(`Credential should be scoped to a valid region(?:, not ${Q}(${WORD})${Q})?`, 'region-wrong', ['signed']),
  rule(`region name ${Q}(${WORD})${Q} is not valid\\. Must be one of:[^\\n]{0,120}\\b(auto)\\b`, 'region-wrong', ['signed', 'wanted']),
  rule(/^[^\S\n\r\u2028\u2029]*(?:InvalidRegion: )?Region does not match\.?/im, 'region-wrong'),
  rule(`Credential should be scoped to correct service(?:: ${Q}(${WORD})${Q})?`, 'service-wrong', ['wanted']),
  rule(`incorrect service(?: ${Q}(${WORD})${Q})?\\.? This endpoint belongs to ${Q}(${WORD})${Q}`, 'service-wrong', ['signed', 'wanted']),
  rule(`unknown service ${Q}(${WORD})${Q} in credential scope; expected ${Q}(${WORD})${Q}`, 'service-wrong', ['signed', 'wanted']),
  rule(`scoped with a valid terminator(?:: ${Q}(${WORD})${Q}(?:, not ${Q}([^'"\\n]{0,80})${Q})?)?`, 'terminator-wrong', [
    'wanted',
    'signed',
  ]),
  rule(`incorrect terminal ${Q}([^'"\\n]{0,80})${Q}\\. This endpoint uses ${Q}(${WORD})${Q}`, 'terminator-wrong', ['signed', 'wanted']),
  rule(
    `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP(?:: ${Q}(\\w{0,40})${Q} != ${Q}(\\w{0,40})${Q}(?:, from ${Q}([\\w:+-]{0,40})${Q})?)?`,
    'scope-date-wrong',
    ['scopeDate', 'requestDay', 'requestDate'],
  ),
  {
    text: /Invalid credential date(?: "([^"\n]{0,40})")?\. (?:This date|Date) is not the same as X-Amz-Date(?:: "([^"\n]{0,40})")?/i,
    facts: ['scope-date-wrong'],
    values: (match) => ({ scopeDate: match[1], requestDay: match[2]?.slice(0, 8), requestDate: match[2] }),
  },
  rule(/credential scope date does not match x-amz-date/i, 'scope-date-wrong'),
  // Headers and payload.
  rule(/headers present in the request which were not signed(?:: ?([\w, ;-]{1,2000}))?/i, 'headers-not-signed', ['names']),
  rule(/HeadersNotSigned(?:["']?\s{0,4}[:=]\s{0,4}["'[]{0,3})([a-z0-9-]{1,80}(?:, ?[a-z0-9-]{1,80}){0,40})/i, 'headers-not-signed', [
    'names',
  ]),
  rule(/'?Host'? or '?:authority'? must be a '?SignedHeader'?/i, 'host-not-signed'),
  rule(/Header [`'"]?Host[`'"]? should be signed/i, 'host-not-signed'),
  rule(/Header [`'"]((?!host\b)[a-z0-9-]{1,80})[`'"] should be signed/i, 'headers-not-signed', ['names']),
  rule(/['"]?x-amz-content-sha256['"]? header does not match what was computed|Invalid payload signature/i, 'payload-hash-mismatch'),
  rule(
    /Missing required header for this request: x-amz-content-sha256|missing header: x-amz-content-sha256|Missing X-Amz-Content-Sha256 field/i,
    'content-sha256-missing',
  ),
  rule(/Request is missing the X-Amz-Content-Sha256 header/i, 'content-sha256-missing'),
  rule(/x-amz-content-sha256 must be UNSIGNED-PAYLOAD|value of x-amz-content-sha256 header is invalid/i, 'content-sha256-malformed'),
  rule(
    /Malformed X-Amz-Content-Sha256|Invalid x-amz-content-sha256 value|invalid header: x-amz-content-sha256|Invalid content sha256 hash/i,
    'content-sha256-malformed',
  ),
  rule(/aws[- ]chunked (?:\w{1,20} )?(?:is )?not (?:supported|implemented|allowed)/i, 'payload-encoding-refused'),
  rule(/(STREAMING-[A-Z0-9-]{5,60})["'` ]{0,3}(?:is )?(?:not|un)[ -]?(?:supported|implemented)/i, 'payload-encoding-refused', ['header']),
  rule(/(?:Unsupported|not support|unknown)[^\n]{0,80}(STREAMING-[A-Z0-9-]{5,60})/i, 'payload-encoding-refused', ['header']),
  rule(/header you provided implies functionality that is not implemented/i, 'payload-encoding-refused'),
  rule(
    /value specified in the x-amz-trailer header is not supported|no corresponding x-amz-checksum-\* or x-amz-trailer/i,
    'payload-encoding-refused',
  ),
  rule(
    /chunk encoding algorithm [^\n]{0,60} is not supported|Transfer-Encoding[^\n]{0,40} not (?:supported|implemented)/i,
    'payload-encoding-refused',
  ),
  rule(
    /Header ['"`](x-amz-(?:checksum|sdk-checksum|trailer|decoded)[\w-]{0,60})['"`] with value [^\n]{0,80}not implemented/i,
    'payload-encoding-refused',
    ['header'],
  ),
  rule(/Unsupported (?:header|checksum)[^\n]{0,60}received for this API call/i, 'payload-encoding-refused'),
  // The key and the token.
  rule(/security token included in the request is invalid\./i, 'access-key-unknown'),
  rule(/security token included in the request is invalid(?!\.)/i, ['token-invalid', 'access-key-unknown']),
  rule(/security token included in the request (?:is|has) expired|provided token has expired(?!\.? Request signature)/i, 'token-expired'),
  rule(/provided token is malformed or otherwise invalid|provided token must be refreshed/i, 'token-invalid'),
  rule(/Access ?Key ?(?:Id )?(?:you )?provided does not exist in our records|No such key: ([A-Za-z0-9]{4,128})\b/i, 'access-key-unknown', [
    'accessKeyId',
  ]),
  rule(
    // EC2's AuthFailure ("not able to validate") comes for a wrong signature as well: it states no key.
    /Malformed Access Key Id|provided security credentials are not valid/i,
    'access-key-unknown',
  ),
  rule(/Credential access key has length \d{1,4}, should be (?:20|32)/i, 'access-key-unknown'),
  // The mechanism and its form.
  rule(/authorization mechanism you have provided is not supported|Please use AWS4-HMAC-SHA256/i, 'algorithm-unsupported'),
  rule(
    /(?:AWS )?Signature Version 2 is (?:not supported|disabled)|V2 signature authorization mechanism is not supported|\bSig(?:nature )?V2 (?:authorization |signing |authentication )?(?:is |are )?(?:not supported|unsupported|no longer supported)|Please use Sig(?:nature )?(?:V|Version )4/i,
    'algorithm-unsupported',
  ),
  rule(`Unsupported AWS ${Q}?algorithm${Q}?(?:: ${Q}([^'"\\n]{0,80})${Q})?`, 'algorithm-unsupported', ['algorithm']),
  rule(/Only AWS4-HMAC-SHA256 is supported|X-Amz-Algorithm only supports/i, 'algorithm-unsupported'),
  // S3 says so of any first word that it does not know.
  rule(/Unsupported Authori[sz]ation (?:Type|method)/i, 'authorization-malformed'),
  rule(
    /(AWS4-[A-Z0-9-]{5,40}) signing method is not implemented|X-Amz-Algorithm other than AWS4-HMAC-SHA256 is not implemented/i,
    'algorithm-unsupported',
    ['algorithm'],
  ),
  rule(/Only one auth mechanism allowed|query parameter that duplicates a header value/i, 'two-mechanisms'),
  rule(
    /(?:Request is )?Missing Authentication Token|Missing authentication token|No AWSAccessKey was presented/i,
    'authentication-missing',
  ),
  rule(/request must contain either a valid \(registered\) AWS access key ID/i, 'authentication-missing'),
  rule(
    /does not support anonymous access yet|Anonymous users cannot invoke this API|Anonymous caller does not have/i,
    'authentication-missing',
  ),
  rule(/Authorization header requires '(\w{1,40})' parameter/i, 'authorization-malformed', ['part']),
  rule(/query-string parameters must include 'X-Amz-(Credential|Signature|SignedHeaders)'/i, 'authorization-malformed', ['part']),
  rule(/'([^'\n]{0,500})' not (?:a|in) valid key=value pair/i, 'authorization-malformed', ['part']),
  rule(/Invalid key=value pair \(missing equal-sign\)/i, 'authorization-malformed'),
  {
    text: /Credential must have exactly 5 slash-delimited elements|the Credential is mal-?formed/i,
    facts: ['authorization-malformed'],
    values: () => ({ part: 'Credential' }),
  },
  rule(/(?:header is malformed; |Signature header )missing (Credential|Signature|SignedHeaders)/i, 'authorization-malformed', ['part']),
  rule(/Could not find (Credential|SignedHeaders|Signature) in Authorization field/i, 'authorization-malformed', ['part']),
  rule(/authorization component "([^"\n]{0,200})" is malformed/i, 'authorization-malformed', ['part']),
  rule(
    /requires three components: Credential|one and only one ' ' \(space\) required|requires Credential, SignedHeaders, and Signature/i,
    'authorization-malformed',
  ),
  rule(/Query-string authentication (?:version 4 )?requires the /i, 'authorization-malformed'),
  {
    text: /incorrect date format "([^"\n]{0,40})"\. This date in the credential/i,
    facts: ['authorization-malformed'],
    values: () => ({ part: 'Credential' }),
  },
  rule(
    /authorization header (?:you provided|that you provided) is (?:invalid|not valid)|request signature (?:does not|doesn't) conform to AWS standards/i,
    'authorization-malformed',
  ),
  rule(
    /specified signature is incomplete|invalid header: authorization|Field without value in authorization header/i,
    'authorization-malformed',
  ),
  // The POST policy.
  rule(/(Bucket POST must contain a field named '[\w-]{1,60}')/i, 'policy-violated', ['condition']),
  rule(/(POST requires exactly one file upload per request|fields preceding the upload file (?:was|were) too large)/i, 'policy-violated', [
    'condition',
  ]),
  rule(/(Invalid Policy: [^\n<"]{1,120})/i, 'policy-violated', ['condition']),
  rule(/Policy Condition failed: ([^\n]{0,400})|Extra input fields: ([\w-]{0,100})/i, 'policy-violated', ['condition']),
  rule(/Invalid according to Policy: (Policy expired)/i, 'policy-violated', ['condition']),
  // Another place.
  rule(/must be addressed using the specified endpoint|re-send this request to the specified (?:temporary )?endpoint/i, 'redirected'),
  // The last check.
  rule(/request signature we calculated does(?: not|n't) match\b/i, 'signature-mismatch'),
  rule(/\bSignature (?:validation|verification) failed|Request signature could not be validated/i, 'signature-mismatch'),
  rule(/The (?:Canonical String for this request|String-to-Sign) should have been/i, 'signature-mismatch'),
  rule(/computed request signature does not match the one provided/i, 'signature-mismatch'),
  rule(/\bsignature (?:mismatch|does(?: not|n't) match)\b/i, 'signature-mismatch'),
  rule(/^\s*(?:Forbidden: )?Invalid signature\.?\s*$/i, 'signature-mismatch'),
  // Servers that word it in their own way.
  ...SERVER_DIALECTS.flatMap(({ states }) => states.map(({ text, fact, values }) => rule(text, fact, values))),
]

/** What an element beside the message (GCS's Details, S3's additionalMessage) states. */
export const DETAIL_RULES: readonly MessageRule[] = MESSAGE_RULES

export const CODE_RULES: readonly CodeRule[] = [
  { code: /^XAmzContentSHA256Mismatch$/, fact: 'payload-hash-mismatch' },
  { code: /^RequestTimeTooSkewed$/, fact: 'time-skewed' },
  { code: /^(?:PermanentRedirect|TemporaryRedirect)$/, fact: 'redirected' },
  { code: /^InvalidAccessKeyId$/, fact: 'access-key-unknown' },
  {
    code: /^(?:InvalidClientTokenId|InvalidTokenId|UnrecognizedClient(?:Exception)?)$/,
    fact: 'access-key-unknown',
    unless: ['token-invalid'],
  },
  { code: /^ExpiredToken(?:Exception)?$/, fact: 'token-expired', unless: ['presigned-expired'] },
  { code: /^InvalidToken$/, fact: 'token-invalid', unless: ['token-expired'] },
  { code: /^RequestExpired$/, fact: 'request-expired', onlySilent: true },
  { code: /^MissingAuthenticationToken(?:Exception)?$/, fact: 'authentication-missing', onlySilent: true },
  { code: /^IncompleteSignature(?:Exception)?$/, fact: 'authorization-malformed', onlySilent: true },
  { code: /^InvalidRegion(?:Name)?$/, fact: 'region-wrong', onlySilent: true },
  { code: /^SignatureDoesNotMatch$/, fact: 'signature-mismatch', onlySilent: true },
]
