/**
 * Marks in code: the texts that are signed, and the line feeds in them.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Create a string to sign"
 */
import { type CodeRule, SIGNING, SIGV4 } from './code-rule.js'

const STS = 'string-to-sign-malformed'
const BLOCK = 'headers-block-malformed'

/** The string to sign. */
export const TEXT_MARKS: readonly CodeRule[] = [
  {
    id: 'canonical-request-unhashed',
    about: STS,
    strength: 'strong',
    match:
      /(?:string_?to_?sign|tosign|\bsts)\w{0,10}\s{0,5}(?::?=|<-)[^;]{0,300}?(?:(?:\\n|\n[ \t]{0,40})["'`]?\s{0,5}[+.&]?\s{0,5}\$?\{?\s{0,3}|vbLf\s{0,3}&\s{0,3}|#10\s{0,3}\+\s{0,3}|,\s{0,5})\$?(?:canonical_?(?:request|req)|creq)\}?\s{0,3}["'`]?\s{0,3}(?:\]|;|\n|$|\)\s{0,3}$)/im,
    message: 'the string to sign ends in the canonical request; it must end in its SHA-256 hash.',
    unless: /\b(?:canonical_?(?:request|req)|creq)\s{0,3}:?=\s{0,3}[^\n]{0,40}(?:hash|sha256)/i,
  },
  {
    id: 'newline-lost',
    about: STS,
    strength: 'strong',
    match: /["'`](?:GET|POST|PUT|DELETE|HEAD)\\(?![nr\\])[a-zA-Z0-9/]/,
    message: 'a backslash follows the method without its "n": the line feed is lost.',
  },
  {
    id: 'question-mark-signed',
    about: STS,
    strength: 'strong',
    match: /\\n\/[^"'`\s]{0,200}\?\\n/,
    message: 'the path line ends in "?", which belongs neither to the path nor to the query of the text that is signed.',
  },
  {
    id: 'template-double-break',
    about: STS,
    strength: 'strong',
    match: /[=(:+]\s{0,5}`[^`]{0,600}?\\n[ \t]{0,20}\r?\n/,
    message: 'inside a template literal both the written \\n and the break of the line count, so each line break is there twice.',
    needs: SIGNING,
    in: ['javascript', 'dart'],
  },
  {
    id: 'triple-quote-double-break',
    about: STS,
    strength: 'strong',
    match: /=\s{0,5}[fbr]{0,2}"""[^"]{0,600}?\\n[ \t]{0,20}\r?\n/,
    message: 'inside triple quotes both the written \\n and the break of the line count, so each line break is there twice.',
    needs: SIGNING,
  },
  {
    id: 'template-indented',
    about: STS,
    strength: 'strong',
    match:
      /(?:canonical|string_?to_?sign)\w{0,20}\s{0,5}=\s{0,5}(?:`|[fF]?"""|@"|\$@"|@\$"|<<[-~]?\w{2,10}\n)[^`"]{0,300}?\n[ \t]{1,40}(?=\S)/i,
    message: 'the text is written over several indented lines, and the indentation is part of what is signed.',
    unless: /dedent|stripIndent|trimIndent|trimMargin|<<~/,
  },
  {
    id: 'template-starts-with-break',
    about: STS,
    strength: 'strong',
    match: /(?:canonical|string_?to_?sign)\w{0,20}\s{0,5}=\s{0,5}(?:`|[fF]?""")\r?\n(?=\S)/i,
    message: 'the text starts with the line break behind the opening quote.',
    in: ['javascript', 'python'],
    unless: /\.strip\(\)|\.trim\(\)|"""\\\n/,
  },
  {
    id: 'single-quotes',
    about: STS,
    strength: 'strong',
    match:
      /(?:implode|join|sprintf)\(\s{0,3}'(?:[^'\n\\]{0,40})\\n[^'\n]{0,40}'|(?:^|[.=(,+\s])\s{0,5}'(?:[^'\n\\]|\\(?!n)){0,80}\\n(?:[^'\n]){0,160}'\s{0,3}(?:[.;,)+\]]|$|<<)/m,
    message: 'between single quotes \\n is kept as two characters, so there is no line feed; write double quotes.',
    needs: SIGNING,
    in: ['php', 'perl', 'ruby'],
  },
  {
    id: 'powershell-backslash',
    about: STS,
    strength: 'strong',
    match: /["'][^"'\n]{0,120}\\n[^"'\n]{0,120}["']/,
    message: 'PowerShell keeps \\n as two characters; the line feed is written `n, in double quotes.',
    needs: SIGV4,
    in: ['powershell'],
    unless: /-replace\s{0,3}['"]\\\\n|\.Replace\(\s{0,3}['"]\\\\n/i,
  },
  {
    id: 'quotes-basic',
    about: STS,
    strength: 'strong',
    match: /&\s{0,5}"\\n"|"[^"\n]{0,80}\\n"\s{0,5}&|"[^"\n]{0,80}\\n[^"\n]{1,80}"/,
    message: 'Visual Basic keeps \\n in a text as two characters; write vbLf.',
    needs: SIGNING,
    in: ['basic'],
  },
  {
    id: 'quotes-sql',
    about: STS,
    strength: 'strong',
    match: /N?'[^'\n]{0,80}\\n[^'\n]{0,80}'/,
    message: "T-SQL keeps '\\n' as two characters; write CHAR(10).",
    needs: SIGNING,
    in: ['sql'],
  },
  {
    id: 'quotes-delphi',
    about: STS,
    strength: 'strong',
    match: /'[^'\n]{0,80}\\n[^'\n]{0,80}'/,
    message: "Delphi keeps '\\n' as two characters; write #10.",
    needs: SIGNING,
    in: ['delphi'],
  },
  {
    id: 'raw-text',
    about: STS,
    strength: 'strong',
    match:
      /(?:\br["']|String\.raw`|@"|@\$"|\$@")[^"'`\n]{0,200}\\n|(?:canonical|string_?to_?sign|toSign)\w{0,20}\s{0,3}:=\s{0,3}[^\n]{0,80}`[^`\n]{0,200}\\n/i,
    message: 'in a raw or verbatim text \\n is kept as two characters, so there is no line feed.',
    needs: SIGNING,
    in: ['python', 'javascript', 'csharp', 'go'],
    unless: /re\.(?:sub|compile)|Regex/,
  },
  {
    id: 'backslash-escaped',
    about: STS,
    strength: 'strong',
    match:
      /(?:join|implode)\(\s{0,3}["']\\\\n["']|[+.&]\s{0,3}["']\\\\n["']\s{0,3}[+.&]|["'`](?:GET|POST|PUT|DELETE|AWS4-HMAC-SHA256)\\\\n/,
    message: 'the backslash is escaped, so the text holds "\\n" as two characters and no line feed.',
    needs: SIGNING,
  },
  {
    id: 'quotes-shell',
    about: STS,
    strength: 'strong',
    match: /\b\w{0,20}(?:canonical|to_?sign|string_?to|request|req|sts)\w{0,12}=["'][^"'\n]{0,240}\\n/i,
    message: 'quotes in a shell keep \\n as two characters unless printf or echo -e turns them into line feeds.',
    in: ['shell'],
    unless: /echo -[ne]{1,2}\b[^\n]{0,10}\$|printf ["']?(?:%b|\$\{?\w)|printf "\$|=\$'/,
  },
  {
    id: 'crlf',
    about: STS,
    strength: 'strong',
    match:
      /(?:canonical|string_?to_?sign|tosign|\bsts\b|credential|headers?)[^\n]{0,160}(?:\\r\\n|Environment\.NewLine|vbCrLf|vbNewLine|sLineBreak|CHAR\(13\)|#13#10|#13\s{0,3}\+\s{0,3}#10|lineSeparator\(\)|PHP_EOL|os\.linesep|`r`n)/i,
    message: 'the line break here is CR LF, or that of the platform; the text that is signed has LF only.',
    needs: SIGNING,
    unless: /replace\w{0,3}\(?\s{0,3}["'/]\\r|replace\w{0,3}\(\s{0,3}(?:vbCrLf|Environment\.NewLine)/i,
  },
  {
    id: 'append-line',
    about: STS,
    strength: 'strong',
    match: /\w{0,20}\.(?:AppendLine|WriteLine)\(/,
    message:
      'AppendLine ends a line as the platform does, CR LF on Windows, and adds one after the last line; the text that is signed has LF only.',
    needs: SIGV4,
    in: ['csharp', 'basic', 'powershell'],
    unless: /Console\.WriteLine|NewLine\s{0,3}=\s{0,3}"\\n"/,
  },
  {
    id: 'println',
    about: STS,
    strength: 'strong',
    match: /(?:canonical|sign|\bsb\b|builder|writer)\w{0,20}\.(?:println|newLine|appendln|appendLine)\(/i,
    message: 'a line is ended as the platform does, and one line feed too many comes after the last; the text that is signed has LF only.',
    needs: SIGV4,
    in: ['java', 'kotlin'],
  },
  {
    id: 'echo-newline',
    about: STS,
    strength: 'strong',
    match: /\becho\s{1,3}(?!-\w{0,2}n)["']?[^|\n]{0,120}["']?\s{0,5}\|\s{0,5}(?:openssl\s{1,3}(?:dgst|sha|mac)|sha256sum|shasum)/i,
    message: 'echo adds a line feed to what is hashed; write printf %s.',
    in: ['shell'],
  },
  {
    id: 'here-string',
    about: STS,
    strength: 'strong',
    match: /(?:openssl\s{1,3}(?:dgst|sha)|sha256sum|shasum)[^\n|]{0,120}<<<?/i,
    message: 'a here-string adds a line feed to what is hashed; write printf %s.',
    in: ['shell'],
  },
  {
    id: 'string-to-sign-ends-in-break',
    about: STS,
    strength: 'strong',
    match:
      /(?:string_?to_?sign|tosign)\w{0,10}\s{0,5}(?::?=|\.=|\+=|<-)[^;]{0,300}(?:hash|sha256)\w{0,30}(?:\([^()\n]{0,60}\))?\)?\s{0,3}(?:[+.&]\s{0,3}["']\\n["']|\}\\n[`"'])\s{0,3}(?:;|$)/im,
    message: 'the string to sign ends in a line feed; nothing comes after the hash of the canonical request.',
  },
  {
    id: 'hash-in-capitals',
    about: STS,
    strength: 'strong',
    match:
      /\b(?:hash|sha256|digest)\w{0,20}\([^\n;]{0,80}canonical[^\n;]{0,60}\)?\.(?:toUpperCase|upper|ToUpper\w{0,10}|upcase|uppercased)\(|strtoupper\(\s{0,3}hash\(|UCase\(\s{0,3}\w{0,20}hash/i,
    message: 'the hash is written in capitals; hashes in the texts that are signed are lower-case hex.',
    needs: SIGV4,
  },
  {
    id: 'request-hash-bytes',
    about: STS,
    strength: 'strong',
    match:
      /(?:hash\(\s{0,3}['"]sha256['"]\s{0,3},\s{0,3}\$canonical\w{0,20}\s{0,3},\s{0,3}true|hashlib\.sha256\(\s{0,3}canonical[^\n]{0,60}\)\.digest\(\)|update\(\s{0,3}canonical\w{0,20}[^\n)]{0,20}\)\.digest\(\s{0,3}(?:['"]base64['"])?\)|SHA256\(\s{0,3}canonical\w{0,20}\s{0,3}\)\.toString\([^)\n]{0,30}Base64)/i,
    message: 'the hash of the canonical request goes into the string to sign as bytes or base64; it takes lower-case hex.',
  },
  {
    id: 'request-hashed-twice',
    about: 'string-to-sign-hashed',
    strength: 'strong',
    match: /\b(?:sha256|hash)\w{0,10}\(\s{0,3}string_?to_?sign/i,
    message: 'the string to sign is hashed before it is signed; HMAC takes the text itself.',
    needs: SIGV4,
    unless: /hmac_?sha256\w{0,12}\(\s{0,3}string_?to_?sign|HmacSHA256\(\s{0,3}string/i,
  },
  {
    id: 'canonical-lower-cased',
    about: STS,
    strength: 'strong',
    match:
      /(?:strtolower|lower|LCase)\(\s{0,3}\$?canonical_?(?:request|req)\w{0,5}\s{0,3}\)|\bcanonical_?(?:request|req)\w{0,5}\.(?:toLowerCase|lower|ToLower\w{0,10}|downcase)\(/i,
    message: 'the whole canonical request is lower-cased, the method and the path with it.',
  },
]

/** The lines of the canonical request. */
export const LINE_MARKS: readonly CodeRule[] = [
  {
    id: 'query-line-missing',
    about: BLOCK,
    strength: 'strong',
    match:
      /["'`](?:GET|POST|PUT|DELETE|HEAD|PATCH)\\n\/[^\\"'`\n]{0,200}\\n(?:host|content-type|content-length|accept|x-amz-[\w-]{1,30}):/i,
    message: 'the canonical request goes from the path to the headers; the line of the query stands between them, empty or not.',
  },
  {
    id: 'blank-line-missing',
    about: BLOCK,
    strength: 'strong',
    match:
      /(?:host|x-amz-[\w-]{1,30}|content-type|date|range):[^\s\\"'`]{1,80}(?<!\\n)\\n(?:[a-z0-9-]{2,40};){0,12}[a-z0-9-]{2,40}\\n(?!host:)[^\s:"'`]{0,80}["'`]/,
    message: 'no empty line stands between the canonical headers and the signed headers.',
  },
  {
    id: 'blank-line-missing-template',
    about: BLOCK,
    strength: 'strong',
    match:
      /["'`][A-Z${][\s\S]{1,300}?\n[ \t]{0,20}(?:host|x-amz-[\w-]{1,30}|content-type):[^\s"'`]{1,80}\n[ \t]{0,20}(?:[a-z0-9-]{2,40};){1,12}[a-z0-9-]{2,40}\n[ \t]{0,20}\$/,
    message: 'no empty line stands between the canonical headers and the signed headers.',
  },
  {
    id: 'blank-line-missing-basic',
    about: BLOCK,
    strength: 'strong',
    match:
      /(?:host|x-amz-date|content-type):["']\s{0,3}[&+]\s{0,3}\w{1,40}\s{0,3}[&+]\s{0,3}(?:vbLf|#10|Chr\(10\))\s{0,3}[&+]\s{0,3}["'](?:[a-z0-9-]{2,40};)+[a-z0-9-]{2,40}["']/i,
    message: 'no empty line stands between the canonical headers and the signed headers.',
  },
  {
    id: 'loop-then-list',
    about: BLOCK,
    strength: 'strong',
    match:
      /\.append\(["']:["']\)\.append\([^\n]{1,60}\)\.append\(["']\\n["']\);?\s{1,60}\}?\s{0,60}\w{1,30}\.append\(\s{0,3}signed_?headers|["'`]:["'`]\s{0,3}[+.&][^\n;]{1,80}[+.&]\s{0,3}["'`]\\n["'`]\s{0,3}\)?\s{0,3};?\s{1,80}(?:\}|end\b|Next\b)?\s{0,80}(?:\w{1,20}\.(?:append|Append|write|push|add)\(|[$\w]{1,30}\s{0,3}(?:\+=|\.=)|\w{1,30}\s{0,3}<<)\s{0,3}(?:(?:string|String)\.[jJ]oin\(\s{0,3}["'];|implode\(\s{0,3}["'];|["'];["']\.join|[$\w.]{0,20}signed_?headers)/i,
    message: 'the list of signed headers follows the last header at once; an empty line stands between them.',
  },
  {
    id: 'canonical-request-ends-in-break',
    about: BLOCK,
    strength: 'strong',
    match:
      /canonical_?req\w{0,10}\s{0,5}(?::?=|<-)[^;]{0,600}(?:payload|body|content|hash)\w{0,20}\)?\s{0,3}(?:[+.&]\s{0,3}(?:["']\\n["']|vbLf)|\}\\n[`"'])\s{0,3}(?:;|\n\s{0,3}\n|\n(?=\S)|$)/i,
    message: 'the canonical request ends in a line feed; nothing comes after the payload hash.',
  },
]
