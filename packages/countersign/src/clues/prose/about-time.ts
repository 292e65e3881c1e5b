/** What people say of clocks, dates, expiry and requests that are sent again. */
import { twins } from '../rule.js'
import { pattern, words } from './pattern.js'
import type { ProseRule } from './prose-rule.js'
import { CLOCK, CLOCK_OFF, FAILS, WORKS } from './words.js'

const SOMETIMES = words`(?:only )?some of the time | sometimes | intermittent\w* | occasional\w* | now and then | sporadic\w* | random(?:ly)?
  | from time to time | once in a while | not (?:always|every time|on every request) | rarely | at times`

export const ABOUT_TIME: readonly ProseRule[] = [
  {
    id: 'link-expired',
    about: 'presigned-url-expired',
    match: pattern`
      links? | urls? > expir\w* | stops? working | no longer works?
        | after (?:\d{1,3}|an?|one|some|seven|a few) (?:days?|hours?|minutes?|weeks?)`,
    unless: /\bnot (?:yet )?expired|\b(?:has|does)(?:n't| not) expire/i,
    message: 'A presigned URL stops working when it expires.',
    fires: ['The link stops working after 7 days.'],
    silent: ['The link has not expired, and it fails.'],
  },
  {
    id: 'fails-after-a-while',
    about: 'token.mismatch',
    match: pattern`
      after (?:about |around |exactly |some )?(?:an?|one|\d{1,3}|several|a few|some|six|twelve) (?:hours?|minutes?|mins?)
      || hourly | every (?:hour|\d{1,2} (?:hours|minutes))
      || for (?:about |around )?(?:an|one|\d{1,2}|a few) hours? >30 then | before`,
    unless: /\bupload a |\bbackup every|\breport/i,
    message: 'It fails after a while, as temporary credentials do when they expire.',
    fires: ['Every time it fails after an hour.'],
    silent: ['We upload once an hour, and it fails.'],
  },
  {
    id: 'next-day',
    about: 'scope-date-mismatch',
    match: pattern`
      midnight | (?:next|following|second) (?:day|morning) | day (?:changes?|rolls|boundary|rollover)
        | (?:date|day) (?:roll\w*|chang\w*) | after (?:24|twenty-four) hours | after (?:a|one) day | once a day
        | every (?:day at|24 hours|night|morning) | 00:00 | until tomorrow
      || (?:cach\w*|reus\w*|stor\w*|hard-?cod\w*) (?:the |a )?(?:signing key|derived key|scope|date)
      || until (?:(?:a|the|we|i|it is|it's) )?restart\w*
      || restart\w* ~40 fix\w* | helps? | works? | solves? | resolves?`,
    unless: /\b(?:link|url)s?\b/i,
    message: 'It fails from the next day on: the scope and the signing key are valid for one day, in UTC.',
    ...twins('After «midnight → lunch» it fails until we «restart → call» the service.'),
  },
  {
    id: 'waited-after-signing',
    where: 'any sentence',
    about: 'request-retried-stale',
    match: pattern`
      queu\w* | backlog | semaphore | connection pool | max_pool_connections | maxsockets ~60 signed | requests | uploads | calls`,
    unless: /\b(?:sqs|message|job|mail|print) queue|queue (?:url|name|arn)/i,
    message: 'Requests that wait between signing and sending grow old; the clock may be right.',
    ...twins('We «queue → send» 20000 signed requests at once.'),
  },
  {
    id: 'clock-stood-still',
    about: 'clock-skewed',
    where: 'any sentence',
    match: pattern`
      sleep(?:s|ing)? | slept | hibernat\w* | suspend\w* | resum(?:e|ed|es|ing) | wak(?:e|es|ing) | woke ~80 docker | container | vm
        | virtual\w* | wsl2? | laptop | macbook | machine | device | host | pc | lid`,
    unless: /sleep\(\d|\bsleep \d|\bresum\w* (?:the )?(?:upload|download|transfer)/i,
    message: 'The clock of a machine, or of the virtual machine that containers run in, stands still while it sleeps.',
    says: { clock: 'stood-still' },
    ...twins('It fails after the laptop «woke from sleep → lost the network».'),
  },
  {
    id: 'clock-off',
    about: 'clock-skewed',
    match: pattern`
      ${CLOCK} >40 ${CLOCK_OFF}
      || (?:wrong|skewed) clock | out of sync | no (?:ntp|time sync|rtc|real[- ]time clock) | (?:time|clock) (?:drift\w*|skew\w*|offset)
      || (?:set\w*|correct\w*|adjust\w*|sync\w*|resync\w*|fix\w*) (?:(?:the|my|our|its|system) ){0,2}(?:clock|time)
      || docker for (?:mac|windows|desktop) | docker desktop | wsl2? | virtualbox | vagrant | raspberry | esp(?:32|8266)
        | embedded (?:device|board)`,
    unless:
      /sleep\(\d|\bsleep \d|\bresum\w* (?:the )?(?:upload|download|transfer)|\btime ?outs?\b|\bsame time\b|\bsome of the time\b|\bevery time\b|\btime ?zone/i,
    message: "The signer's clock may be off; sleep, virtual machines and small devices are common reasons.",
    ...twins('The clock of the board is «two minutes behind → right», and calls fail.', 'We run «VirtualBox → Ubuntu», and calls fail.'),
  },
  {
    id: 'local-time',
    about: 'clock.format',
    match: pattern`
      local time | time ?zones? | local date > instead | not | rather | utc | gmt | wrong | chang\w* | different | fails? | another
      || (?:instead of|not in|rather than) (?:utc|gmt) | (?:utc|gmt|time ?stamp|date) (?:format|string)
      || time ?stamps? | dates? ~30 formatted | milliseconds | epoch | iso ?8601 | locale`,
    shown: /\bLocalDate(?:Time)?\.now\(\s{0,3}\)/,
    unless: /\bfile format/i,
    message: 'The date may be in local time or in another format than basic ISO 8601 in UTC.',
    fires: ['The date is formatted in local time instead of UTC, so it fails.', 'var date = LocalDateTime.now();'],
    silent: ['The file is written in local folders instead of remote ones, so it fails.', 'var date = Instant.now();'],
  },
  {
    id: 'sent-again',
    about: 'request-retried-stale',
    where: 'any sentence',
    match: pattern`
      (?:on|after|in|only|during|each|every|when|if|the|all|that|which) (?:[\w']+ ){0,3}retr(?:y|ies|ied|ying)(?!\w)
      || first (?:attempts?|tr(?:y|ies)) (?:always |all )?(?:pass\w*|works?|succeeds?)
      || same (?:x-amz-date|time ?stamp) | first attempt >60 second
      || retried | second attempt | re-?sen[dt] | replay\w* | tries again
        | (?:without|not) (?:updating|renewing|renewed|re-?signing|refreshing|recomputing)
      || first > ${WORKS} > second | next | later | following | subsequent | rest | others? | all
      || (?:second|subsequent|later) (?:requests?|calls?|uploads?|attempts?|ones?) >30 ${FAILS}
      || reus\w* (?:the |a |same )*(?:requests?|headers?|signatures?|signed request)`,
    unless:
      /\b(?:no|without|not) (?:an? |any )?retr(?:y|ies)|\bretr(?:y|ying|ied|ies)\b[^\n]{0,30}\b(?:works|succeeds?|passes|fine)|\bpage|\bparam/i,
    message: 'The request fails when it is sent again: it may carry the date and the signature of the first attempt.',
    fires: ['The first request works, the second fails.', 'On a retry the request is refused.', 'First attempts pass.'],
    silent: ['The first request fails, the second works.', 'The retry works.', 'The first attempts fail.'],
  },
  {
    id: 'signature-plus',
    about: 'signature.encoding',
    match: pattern`${SOMETIMES} || others? | percent | half | [16] in \d{1,3} | \d{1,2} ?%`,
    needs: /["'`=][A-Za-z0-9/]{2,43}\+[A-Za-z0-9+/]{0,43}={1,2}|signature[^.\n]{0,40}(?:contain|has|with)\w{0,3}[^.\n]{0,20}(?:\+|plus)/i,
    message: 'Some requests pass and others do not, and signatures are in base64, with "+" in some.',
    ...twins('It fails only sometimes.\nSignature=«ab+cdEFgh → abcdEFgh»='),
  },
  {
    id: 'now-and-then',
    about: 'clock-skewed',
    strength: 'weak',
    match: pattern`${SOMETIMES}`,
    unless: /\brandom (?:key|name|file|string|bytes)|\+|["'][A-Za-z0-9+/]{20,}={1,2}["']/i,
    message: 'It fails only now and then, as it does when the clock is near the limit.',
    ...twins('It fails «only some → all» of the time.'),
  },
]
