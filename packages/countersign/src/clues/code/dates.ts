// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of programs
/**
 * The request date and the scope date.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html "date"
 */

import { twins } from '../rule.js'
import { type CodeRule, codeRules, type Idiom } from './code-rule.js'
import { JAVA, NODE, PHP, PYTHON, SHELL } from './example-code.js'
import type { Language } from './language.js'
import { anyCase, exactly, words } from './pattern.js'
import { IS, SET, SIGV4 } from './vocabulary.js'

const JVM = ['java', 'kotlin', 'swift', 'apex'] as const
const AMZ_DATE = String.raw`(?:x-amz-date["'\]]{0,3}|\bamz_?date\w{0,6})${SET}[^\n;]{0,60}`
/** Patterns of a date that end before the letter Z. */
const NO_ZONE = words(
  "%Y%m%dT%H%M%S, %04d%02d%02dT%02d%02d%02d, yyyyMMdd'T'HHmmss, yyyyMMddTHHmmss, YYYYMMDDTHHmmss, YYYYMMDD[T]HHmmss",
  '20060102T150405, Ymd\\THis',
)

/** Letters of a date's pattern that mean something else than the writer thinks. */
const PATTERN_LETTERS: readonly Idiom[] = [
  {
    match: /[yY]{4}MM(?:dd|DD)\\?['"[]{0,2}T\\?['"\]]{0,2}hhmmss|%Y%m%dT%I%M%S|Ymd\\+Th|20060102T030405/,
    unless: /TTimeZone|FormatDateTime\(/,
    message: 'The pattern has the hour from 1 to 12. After noon the request date is twelve hours off.',
  },
  {
    match: /["'][^"'\n]{0,10}YYYY-?MM-?dd|["']%G%m%d/,
    in: [...JVM, 'python', 'ruby', 'perl', 'shell'],
    message: 'This is the year of the week, which differs from the calendar year around New Year.',
  },
  { match: /(?:HH|hh)MM(?:SS|ss)\b|%H%m%S|YmdTHms|Ymd\\+THms|150105Z/, message: 'The pattern takes the month for the minute.' },
  {
    match: /["'`]yyyymmdd|%Y%M%d|["'`]yyyy-mm-dd|["']Yid|["']YYYYmmDD/,
    in: [...JVM, 'csharp', 'powershell', 'javascript', 'python', 'ruby', 'php', 'perl', 'shell', 'rust', 'cpp'],
    message: 'The pattern takes the minute for the month.',
  },
  {
    match: /["'`]yyyyMMDD/,
    in: [...JVM, 'csharp'],
    message: 'DD is the day of the year in this pattern. The day of the month is dd.',
  },
  {
    match: /get(?:UTC)?Month\(\)(?!\s{0,3}\+\s{0,3}1)/,
    in: ['javascript'],
    unless: /Month\(\)[^\n]{0,10}\+\s{0,3}1/,
    message: 'getMonth() counts from 0. The month of the date is one too low.',
  },
  { match: /%H%M%S%[Zz]/, message: 'The pattern ends in the name of the time zone. The request date ends in the letter Z.' },
  {
    match: /yyyyMMdd'T'HHmmss[ZzXx]{1,5}["'`]/,
    in: JVM,
    unless: /HHmmssX["'`]/,
    message: 'Z without quotes is written as the offset of the zone, +0000. The request date ends in the letter Z.',
  },
  {
    match: /YYYYMMDD\[?T\]?HHmmssZ{1,2}["'`]/,
    in: ['javascript'],
    message: 'Z without brackets is written as the offset of the zone, +00:00. Write [Z].',
  },
  {
    match: exactly`["'\x60]${NO_ZONE}["'\x60](?!\s{0,3}\)?\s{0,3}[+.&]{1,2}\s{0,3}["']Z)`,
    unless: /["'`]Z["'`]/,
    message: 'The request date has no Z at its end.',
  },
]

/** What gives the local time in a language, and what shows that the time is made UTC. */
const LOCAL: readonly (readonly [languages: readonly Language[], local: RegExp, utc?: RegExp])[] = [
  [
    ['php'],
    /(?<![\w>:])date\(\s{0,3}(?:['"](?:Ymd|Y-m-d|c['"])|DATE_)|new \\?DateTime(?:Immutable)?\(\s{0,3}(?:['"]now['"]\s{0,3})?\)/,
    /date_default_timezone_set|DateTimeZone|setTimezone|\bgmdate\(/,
  ],
  [
    ['python'],
    /datetime\.now\(\s{0,3}\)|date(?:time)?\.today\(|time\.localtime\(|time\.strftime\(\s{0,3}['"][^'"\n]{1,40}['"]\s{0,3}\)/,
    /timezone\.utc|astimezone|pytz|utcnow\(|gmtime\(/,
  ],
  [
    ['csharp', 'basic', 'powershell'],
    /\bDateTime(?:Offset)?\]?(?:\.|::)Now\b|\bGet-Date\s{1,3}-U?Format|\bFormat\$?\(\s{0,3}(?:Now|Date|Time)\b/,
    /ToUniversalTime|AsUTC|UtcNow|DateAdd|GetSystemTime|GetVarDate\(\s{0,3}False/i,
  ],
  [['java', 'kotlin'], /(?:new |= )SimpleDateFormat\(|(?:LocalDate|LocalDateTime|ZonedDateTime)\.now\(\s{0,3}\)/, /UTC|GMT/],
  [['swift'], /DateFormatter\(\)/, /timeZone|ISO8601DateFormatter/],
  [['dart'], /DateTime\.now\(\)(?!\.toUtc)/, /toUtc\(\)/],
  [['apex'], /\b(?:now|System\.now|Datetime\.now)\(?\)?\.format\(/i],
  [['go'], /time\.Now\(\)\.Format\(|:?=\s{0,3}time\.Now\(\)\s{0,3}$/m, /\.UTC\(\)|time\.UTC/],
  [['ruby'], /(?:Date)?Time\.now\.strftime|=\s{0,3}Time\.now\s{0,3}$/m, /\.(?:utc|getutc|gmtime|new_offset)\b/],
  [['perl'], /strftime\([^\n;]{1,60}localtime|=\s{0,3}localtime\b/, /gmtime/],
  [['cpp', 'rust'], /\blocaltime(?:_r|_s)?\(|Local::now\(\)|currentDateTime\(\)/, /currentDateTimeUtc/],
  [['shell'], /\bdate\s{1,3}["']?\+["']?%Y%m%d/, /TZ=["']?UTC|\bdate\s{1,3}(?:-u|--utc)\b/],
  [
    ['javascript'],
    /\.getHours\(\)|(?:moment|dayjs)\(\)\.format\(|Utilities\.formatDate\([^\n,]{1,40},\s{0,3}(?:Session|['"](?!GMT|UTC|Etc))/,
    /getTimezoneOffset/,
  ],
]
const SCOPE_IS = String.raw`(?:scope|credential)\w{0,10}["']?(?:${IS}|\s{0,3}:\s{0,3})`
const REQUEST_DATE = '(?:x_?)?(?:amz_?date|(?:iso|long)_?date|(?:request_?)?date_?time)'
/** Functions that give the extended form of ISO 8601. */
const EXTENDED = words(
  'toISOString(), isoformat(), RFC3339, gmdate(\'c\', gmdate("c", iso8601, ToString("o", yyyy-MM-dd\'T, yyyy-MM-ddT',
  '%Y-%m-%dT, Y-m-d\\TH, toIso8601String(), Instant.now().toString',
)
const RFC_DATE = words('toUTCString, toGMTString, DATE_RFC, RFC1123, httpdate, ToString("R", ToString("r", %a,%d')

export const DATE_RULES: readonly CodeRule[] = codeRules([
  {
    id: 'date-pattern',
    about: 'request-date-malformed',
    strength: 'strong',
    message: 'The pattern of the date does not give YYYYMMDDTHHMMSSZ.',
    needs: SIGV4,
    ...twins(
      [PYTHON, "day = now.strftime('%«G → Y»%m%d')"],
      [JAVA, 'String f = new Pattern("«yyyyMMDD → yyyyMMdd»");'],
      [NODE, "const t = moment.utc().format('«YYYYMMDDTHHmmssZ → YYYYMMDDTHHmmss[Z]»')"],
      [NODE, 'const m = d.getUTCMonth()« →  + 1»'],
    ),
    idioms: PATTERN_LETTERS,
  },
  {
    id: 'date-form',
    about: 'request-date-malformed',
    strength: 'strong',
    message: 'This function gives a date of another form. x-amz-date takes YYYYMMDDTHHMMSSZ.',
    ...twins(
      [NODE, "const amzDate = new Date().toISOString()« → .replace(/[:-]|\\.\\d{3}/g, '')»"],
      [NODE, 'const amzDate = «new Date().toUTCString( → basic(new Date()»)'],
    ),
    idioms: [
      {
        match: anyCase`${AMZ_DATE}${EXTENDED}(?!\s{0,3}(?:\)\s{0,3})?\s{0,3}\??\.\s{0,3}(?:replace|slice|split|gsub|tr\b|delete))`,
        unless: /(?:preg_replace|str_replace|gsub|re\.sub|replaceAll)\([^\n]{0,40}[-:]/,
      },
      {
        match: exactly`toISOString\(\)\.replace(?:All)?\(\s{0,3}\/(?:\[[:\-\\]{2,4}\]|[-:]\|[-:])\/g,\s{0,3}["']["']\)(?!\s{0,3}\.\s{0,3}(?:slice|substr|split|replace)|[^\n]{0,20}["']Z)`,
        needs: SIGV4,
        message: 'The milliseconds stay in the request date. x-amz-date takes YYYYMMDDTHHMMSSZ.',
      },
      { match: anyCase`${AMZ_DATE}${RFC_DATE}`, needs: SIGV4 },
    ],
  },
  {
    id: 'code-local-time',
    about: 'clock-skewed',
    strength: 'strong',
    message: 'The local time is taken. The request date is UTC.',
    says: { clock: 'local' },
    needs: SIGV4,
    ...twins(
      [PYTHON, 't = datetime.datetime.«now → utcnow»()'],
      [NODE, 'const h = d.«getHours → getUTCHours»()'],
      [PHP, "$amzDate = «date → gmdate»('Ymd\\THis\\Z');"],
      [JAVA, 'var f = new SimpleDateFormat("yyyyMMdd\'T\'HHmmss\'Z\'");« → \nf.setTimeZone(TimeZone.getTimeZone("UTC"));»'],
    ),
    idioms: LOCAL.map(([languages, match, unless]) => ({ in: languages, match, ...(unless !== undefined && { unless }) })),
  },
  {
    // One of the two in UTC, the other in local time: they are of two days for some hours of each day.
    id: 'scope-day-local',
    about: 'scope-date-mismatch',
    strength: 'strong',
    message: 'The day of the scope is taken in local time, and the request date in UTC. For some hours of each day they are of two days.',
    needs: SIGV4,
    ...twins(
      [SHELL, 'amz_date=$(date -u +%Y%m%dT%H%M%SZ)\nday=$(date «+ → -u +»%Y%m%d)\n'],
      [
        PYTHON,
        "amz_date = datetime.datetime.utcnow().strftime('%Y%m%dT%H%M%SZ')\nday = datetime.«date.today → datetime.utcnow»().strftime('%Y%m%d')",
      ],
      [
        NODE,
        "const amzDate = new Date().toISOString().replace(/[:-]|\\.\\d{3}/g, '')\nconst day = `${d.«getFullYear → getUTCFullYear»()}${month}${date}`",
      ],
    ),
    idioms: [
      { in: ['shell'], match: /\bdate\s{1,3}["']?\+["']?%Y-?%m-?%d(?!T)/, needs: /\bdate\s{1,3}(?:-u|--utc)\b/ },
      {
        in: ['python'],
        match:
          /date\.today\(\)\.strftime|time\.strftime\(\s{0,3}['"]%Y%m%d['"]\s{0,3}\)|datetime\.now\(\s{0,3}\)\.strftime\(\s{0,3}['"]%Y%m%d['"]/,
        needs: /utcnow\(|timezone\.utc|gmtime\(/,
      },
      { in: ['javascript'], match: /\.getFullYear\(\)/, needs: /toISOString\(\)|getUTC/ },
      { in: ['php'], match: /(?<![\w>:])date\(\s{0,3}['"]Ymd['"]\s{0,3}\)/, needs: /\bgmdate\(/ },
      { in: ['go'], match: /time\.Now\(\)\.Format\("20060102"\)/, needs: /\.UTC\(\)/ },
      { in: ['csharp'], match: /DateTime\.(?:Now|Today)\.ToString\("yyyyMMdd"/, needs: /UtcNow/ },
      { in: ['ruby'], match: /(?:Date\.today|Time\.now)\.strftime\(['"]%Y%m%d['"]/, needs: /\.utc\b/ },
    ],
  },
  {
    id: 'scope-takes-request-date',
    about: 'scope-date-mismatch',
    strength: 'strong',
    message: 'The credential scope gets the whole request date. It takes the day, YYYYMMDD.',
    needs: SIGV4,
    ...twins([NODE, 'const credentialScope = `${amzDate« → .slice(0, 8)»}/${region}/s3/aws4_request`']),
    idioms: [
      anyCase`${SCOPE_IS}[^\n;]{0,80}\b[$@]?${REQUEST_DATE}\b[})]?(?!\[|\.(?:slice|substr|sub|split|prefix)|\s{0,3},\s{0,3}0)["'\x60\s.+&]{0,8}\/`,
    ],
  },
])
