// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of programs
/**
 * The texts that are signed, and the line feeds in them.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Create a string to sign"
 */

import { twins } from '../rule.js'
import { type CodeRule, codeRules, type Idiom } from './code-rule.js'
import { BASIC, JAVA, NODE, PHP, PYTHON, SHELL } from './example-code.js'
import { anyCase, exactly } from './pattern.js'
import {
  CANONICAL_REQUEST,
  CAPITALS,
  HASH,
  IS,
  JOINED,
  LINE_FEED,
  METHOD,
  QUOTE,
  SIGNED_NAME,
  SIGNING,
  SIGV4,
  STRING_TO_SIGN,
} from './vocabulary.js'

const MALFORMED = 'string-to-sign-malformed'
const BLOCK = 'headers-block-malformed'
const TEXT_NAME = String.raw`(?:canonical|string_?to_?sign|to_?sign|\bsts)`
const TEXT = String.raw`${TEXT_NAME}\w{0,20}`
/** What opens a text of several lines. */
const OPENS = String.raw`(?:\x60|[fbr]{0,2}"""|@"|\$@"|@\$"|<<[-~]?\w{2,10}\n)`
const QUOTED_BREAK = String.raw`'(?:[^'\n\\]|\\(?!n)){0,80}\\n[^'\n]{0,160}'`
/** What fills values into a text. */
const FORMATS = String.raw`(?:format!|fmt\.Sprintf|String\.format|string\.Format|sprintf)\(`
const NAMES = '(?:[a-z0-9-]{2,40};){0,12}[a-z0-9-]{2,40}'

/** One header of the canonical headers, as a loop writes it. */
const HEADER_IN_LOOP = String.raw`${QUOTE}:${QUOTE}\s{0,3}[+.&][^\n;]{1,80}[+.&]\s{0,3}${QUOTE}\\n${QUOTE}`
const APPENDS = String.raw`(?:\w{1,20}\.(?:append|write|push|add)\(|[\w$]{1,30}\s{0,3}(?:\+=|\.=|<<))`
/** The list of signed headers. */
const LIST = String.raw`(?:(?:string\.join|implode)\(\s{0,3}["'];|["'];["']\.join|[\w$.]{0,20}signed_?headers)`
const BUILDER_LOOP = String.raw`\.append\(["']:["']\)\.append\([^\n]{1,60}\)\.append\(["']\\n["']\);?`

/** How a line feed is written so that the language reads two characters, or none. */
const NO_LINE_FEED: readonly Idiom[] = [
  {
    match: anyCase`(?:(?:implode|join|sprintf)\(\s{0,3}|(?:^|[.=(,+\s])\s{0,5})${QUOTED_BREAK}\s{0,3}(?:[.;,)+\]]|$|<<)`,
    in: ['php', 'perl', 'ruby'],
    message: 'Between single quotes \\n is kept as two characters, so there is no line feed. Write double quotes.',
  },
  {
    match: /["'][^"'\n]{0,120}\\n[^"'\n]{0,120}["']/,
    in: ['powershell'],
    unless: /-replace\s{0,3}['"]\\\\n|\.Replace\(\s{0,3}['"]\\\\n/i,
    message: 'PowerShell keeps \\n as two characters. A line feed is written `n, in double quotes.',
  },
  {
    match: /&\s{0,5}"\\n"|"[^"\n]{0,80}\\n"\s{0,5}&|"[^"\n]{0,80}\\n[^"\n]{1,80}"/,
    in: ['basic'],
    message: 'Visual Basic keeps \\n in a text as two characters. Write vbLf.',
  },
  {
    match: exactly`(?:\br["']|String\.raw\x60|@"|@\$"|\$@")[^"'\x60\n]{0,200}\\n`,
    in: ['python', 'javascript', 'csharp'],
    unless: /re\.(?:sub|compile)|Regex/,
    message: 'In a raw or verbatim text \\n is kept as two characters, so there is no line feed.',
  },
  {
    match: anyCase`\b\w{0,20}(?:canonical|to_?sign|string_?to|request|req|sts)\w{0,12}=["'][^"'\n]{0,240}\\n`,
    in: ['shell'],
    unless: /echo -[ne]{1,2}\b[^\n]{0,10}\$|printf ["']?(?:%b|\$\{?\w)|printf "\$|=\$'/,
    message: 'Quotes in a shell keep \\n as two characters, unless printf or echo -e turns them into line feeds.',
  },
  {
    match: anyCase`(?:join|implode)\(\s{0,3}["']\\\\n["']|[+.&]\s{0,3}["']\\\\n["']\s{0,3}[+.&]|${QUOTE}(?:${METHOD}|AWS4-HMAC-SHA256)\\\\n`,
    message: 'The backslash is escaped, so the text holds "\\n" as two characters and no line feed.',
  },
  {
    match: exactly`${QUOTE}${METHOD}\\(?![nr\\])[a-zA-Z0-9/]`,
    message: 'A backslash follows the method without its "n", so the line feed is lost.',
  },
]

export const TEXT_RULES: readonly CodeRule[] = codeRules([
  {
    id: 'no-line-feed',
    about: MALFORMED,
    strength: 'strong',
    message: 'The line feed is written in a way that this language does not read as one.',
    needs: SIGNING,
    ...twins(
      [PHP, '$stringToSign = «\'AWS4-HMAC-SHA256\\n\' → "AWS4-HMAC-SHA256\\n"» . $date;'],
      [BASIC, 'stringToSign = "AWS4-HMAC-SHA256«\\n" → " & vbLf» & amzDate'],
      [NODE, 'const canonical = "GET\\« → n»/path\\n"'],
      [SHELL, 'string_to_sign=«"AWS4-HMAC-SHA256\\n$amz_date" → $(printf "AWS4-HMAC-SHA256\\n%s" "$amz_date")»'],
    ),
    idioms: NO_LINE_FEED,
  },
  {
    id: 'platform-line-break',
    about: MALFORMED,
    strength: 'strong',
    message: 'The line break here is CR LF, or that of the platform. The text that is signed has LF only.',
    needs: SIGNING,
    ...twins([PYTHON, "string_to_sign = '\\«r\\ → »n'.join(lines)"], [JAVA, 'canonicalWriter.«println("GET → print("GET\\n»");']),
    idioms: [
      {
        match: anyCase`(?:${TEXT_NAME}|credential|header)[^\n]{0,160}(?:\\r\\n|Environment\.NewLine|vbCrLf|vbNewLine|lineSeparator\(\)|PHP_EOL|os\.linesep|\x60r\x60n)`,
        unless: /replace\w{0,3}\(?\s{0,3}["'/]\\r|replace\w{0,3}\(\s{0,3}(?:vbCrLf|Environment\.NewLine)/i,
      },
      {
        match: /\w{0,20}\.(?:AppendLine|WriteLine)\(/,
        in: ['csharp', 'basic', 'powershell'],
        needs: SIGV4,
        unless: /Console\.WriteLine|NewLine\s{0,3}=\s{0,3}"\\n"/,
      },
      {
        match: /(?:canonical|sign|\bsb\b|builder|writer)\w{0,20}\.(?:println|newLine|appendln|appendLine)\(/i,
        in: ['java', 'kotlin'],
        needs: SIGV4,
      },
    ],
  },
  {
    id: 'template-white-space',
    about: MALFORMED,
    strength: 'strong',
    message: 'The text is written over several lines, and line breaks or spaces of the source become part of what is signed.',
    needs: SIGNING,
    unless: /dedent|stripIndent|trimIndent|trimMargin|<<~|\.strip\(\)|\.trim\(\)|"""\\\n/,
    ...twins(
      [PYTHON, 'canonical = """GET«\\n\n/\\n → \n/»\n"""'],
      [NODE, 'const stringToSign = `«\n → »AWS4-HMAC-SHA256\n${t}`'],
      [NODE, 'const stringToSign = `AWS4-HMAC-SHA256\n«  ${t → ${t}\n${scope»}`'],
    ),
    idioms: [
      { match: /[=(:+]\s{0,5}`[^`]{0,600}?\\n[ \t]{0,20}\r?\n/, in: ['javascript', 'dart'] },
      /=\s{0,5}[fbr]{0,2}"""[^"]{0,600}?\\n[ \t]{0,20}\r?\n/,
      anyCase`${TEXT}\s{0,5}=\s{0,5}${OPENS}[^\x60"]{0,300}?\n[ \t]{1,40}(?=\S)`,
      { match: anyCase`${TEXT}\s{0,5}=\s{0,5}(?:\x60|f?""")\r?\n(?=\S)`, in: ['javascript', 'python'] },
    ],
  },
  {
    id: 'line-feed-at-end',
    about: MALFORMED,
    strength: 'strong',
    message: 'A line feed is added behind the text. Neither the canonical request nor the string to sign ends in one.',
    ...twins(
      [NODE, "const canonicalRequest = head + '\\n' + payloadHash« + '\\n' → »"],
      [SHELL, 'hash=$(«echo → printf %s» "$canonical" | openssl dgst -sha256)'],
    ),
    idioms: [
      {
        match: anyCase`\becho\s{1,3}(?!-\w{0,2}n)["']?[^|\n]{0,120}["']?\s{0,5}\|\s{0,5}(?:openssl\s{1,3}(?:dgst|sha|mac)|sha256sum|shasum)`,
        in: ['shell'],
        message: 'echo adds a line feed to what is hashed. Write printf %s.',
      },
      {
        match: /(?:openssl\s{1,3}(?:dgst|sha)|sha256sum|shasum)[^\n|]{0,120}<<<?/i,
        in: ['shell'],
        message: 'A here-string adds a line feed to what is hashed. Write printf %s.',
      },
      anyCase`(?:${TEXT})${IS}[^;]{0,600}(?:payload|body|content|hash|sha256)\w{0,30}(?:\([^()\n]{0,60}\))?\)?(?:${JOINED}(?:["']\\n["']|vbLf)|\}\\n[\x60"'])\s{0,3}(?:;|\n\s{0,3}\n|\n(?=\S)|$)`,
    ],
  },
  {
    id: 'canonical-request-unhashed',
    about: MALFORMED,
    strength: 'strong',
    message: 'The string to sign ends in the canonical request. It must end in its SHA-256 hash.',
    says: { end: 'canonical-request' },
    ...twins(
      "const stringToSign = ['AWS4-HMAC-SHA256', amzDate, scope, «canonicalRequest → sha256(canonicalRequest)»].join('\\n')",
      'let string_to_sign = format!("AWS4-HMAC-SHA256\\n{}\\n{}\\n{}", amz_date, scope, «canonical_request → hex_of(&canonical_request)»);',
    ),
    idioms: [
      {
        match: anyCase`${STRING_TO_SIGN}${IS}[^;]{0,300}?(?:${LINE_FEED}|\n[ \t]{0,40}|,)[\s"'\x60+.&]{0,8}[\s{$]{0,4}${CANONICAL_REQUEST}\}?\s{0,3}${QUOTE}?\s{0,3}(?:\]|;|\n|$|\)\s{0,3}$)`,
        unless: anyCase`\b${CANONICAL_REQUEST}${IS}[^\n]{0,40}(?:hash|sha256)`,
      },
      {
        match: anyCase`${STRING_TO_SIGN}${IS}${FORMATS}[^;\n]{0,200}\\n(?:\{\}|%[sv])["'],[^;]{0,200}[,\s]&?[$@]?${CANONICAL_REQUEST}\s{0,3},?\s{0,3}\)`,
        unless: anyCase`\b${CANONICAL_REQUEST}${IS}[^\n]{0,40}(?:hash|sha256)`,
      },
    ],
  },
  {
    id: 'request-hash-form',
    about: MALFORMED,
    strength: 'strong',
    message: 'The hash of the canonical request is not written in lower-case hex, as the string to sign takes it.',
    needs: SIGNING,
    ...twins(
      [NODE, 'const hash = sha256(canonicalRequest)«.toUpperCase() → »'],
      [PYTHON, 'hashed = hashlib.sha256(canonical_request.encode()).«digest → hexdigest»()'],
    ),
    idioms: [
      anyCase`\b${HASH}\w{0,20}\([^\n;]{0,80}canonical[^\n;]{0,60}\)?${CAPITALS}\(|strtoupper\(\s{0,3}hash\(|UCase\(\s{0,3}\w{0,20}hash`,
      anyCase`hash\(\s{0,3}['"]sha256['"]\s{0,3},\s{0,3}\$canonical\w{0,20}\s{0,3},\s{0,3}true`,
      anyCase`\b${HASH}\(\s{0,3}canonical[^\n]{0,60}\)\.(?:digest\(\s{0,3}(?:['"]base64['"])?\)|toString\([^)\n]{0,30}Base64)`,
    ],
  },
  {
    id: 'string-to-sign-hashed',
    about: 'string-to-sign-hashed',
    strength: 'strong',
    message: 'The string to sign is hashed before it is signed. HMAC takes the text itself.',
    needs: SIGV4,
    unless: /hmac_?sha256\w{0,12}\(\s{0,3}string_?to_?sign/i,
    ...twins([NODE, 'const signature = hmac(kSigning, «sha256(stringToSign) → stringToSign»)']),
    idioms: [/\b(?:sha256|hash)\w{0,10}\(\s{0,3}string_?to_?sign/i],
  },
  {
    id: 'scope-line-missing',
    about: 'string-to-sign-line-missing',
    strength: 'strong',
    message: 'The string to sign has no line for the credential scope. It stands between the request date and the hash.',
    ...twins([NODE, 'const stringToSign = "AWS4-HMAC-SHA256\\n" + amzDate + "\\n" + «hash → scope + "\\n" + hash»;']),
    idioms: [anyCase`${STRING_TO_SIGN}${IS}${QUOTE}AWS4-HMAC-SHA256\\n(?:(?!scope|credential|aws4_request)[^\n;]){4,160};[ \t]{0,5}$`],
  },
  {
    id: 'line-missing',
    about: BLOCK,
    strength: 'strong',
    message: 'A line of the canonical request is missing: that of the query, or the empty one between the headers and their list.',
    ...twins(
      [NODE, 'const c = "GET\\n/items\\n«host → \\nhost»:" + host'],
      [NODE, 'const c = `${verb}\\n/\\n\\nhost:${host}\\n«host → \\nhost»\\n${hash}`'],
      [JAVA, 'for (var h : headers) {\n  sb.append(h.name + ":" + h.value + "\\n");\n}\nsb.append(« → "\\n");\nsb.append(»signedHeaders);'],
      [SHELL, 'req="GET\n$uri\n$query\nhost:$host\nx-amz-date:$t\n« → \n»host;x-amz-date\n$hash"'],
    ),
    idioms: [
      anyCase`${QUOTE}${METHOD}\\n\/[^\\"'\x60\n]{0,200}\\n${SIGNED_NAME}:`,
      exactly`${SIGNED_NAME}:[^\s\\"'\x60]{1,80}(?<!\\n)\\n${NAMES}\\n(?!host:)[^\s:"'\x60]{0,80}${QUOTE}`,
      exactly`${QUOTE}[A-Z{$][\s\S]{1,300}?\n[ \t]{0,20}${SIGNED_NAME}:[^\s"'\x60]{1,80}\n[ \t]{0,20}(?=[^\n]{1,200};)${NAMES}\n[ \t]{0,20}\$`,
      anyCase`${SIGNED_NAME}:["']${JOINED}\w{1,40}${JOINED}(?:vbLf|Chr\(10\))${JOINED}["'](?=[^"'\n]{1,200};)${NAMES}["']`,
      anyCase`${BUILDER_LOOP}\s{1,60}\}?\s{0,60}\w{1,30}\.append\(\s{0,3}signed_?headers`,
      anyCase`${HEADER_IN_LOOP}\s{0,3}\)?\s{0,3};?\s{1,80}(?:\}|end\b|Next\b)?\s{0,80}${APPENDS}\s{0,3}${LIST}`,
    ],
  },
])
