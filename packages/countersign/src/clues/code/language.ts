/**
 * In which language a piece of code is written, and the code without its comments: what a comment says is not done.
 * A guess from the words of the language; where none is recognised, only the marks apply that hold in every language.
 */
import { blank } from '../rule.js'
import { oneOf } from './pattern.js'

export type Language = keyof typeof WORDS

/** Code as the marks see it: comments blanked, offsets those of the text. */
export interface Code {
  readonly text: string
  /** `undefined` where no language is recognised. */
  readonly language: Language | undefined
}

/** Whether a text has lines of a program. */
export function isCode(text: string): boolean {
  return LINE_OF_CODE.test(text)
}

/** The code of a text. */
export function codeOf(text: string): Code {
  const language = languageOf(text)
  return { language, text: language === undefined ? text : withoutComments(text, language) }
}

function languageOf(text: string): Language | undefined {
  let best: Language | undefined
  let most = 0
  for (const [language, words] of Object.entries(WORDS) as [Language, readonly RegExp[]][]) {
    const count = words.filter((word) => word.test(text)).length
    if (count > most) [best, most] = [language, count]
  }
  return best
}

/** Block comments and lines that are a comment; what follows code on its line, where a blank stands before the mark. */
function withoutComments(text: string, language: Language): string {
  const blocks = SLASHES.has(language) ? withoutBlocks(text) : text
  const mark = SLASHES.has(language) ? '//' : HASHES.has(language) ? '#' : DASHES.has(language) ? '--' : OTHER[language]
  if (mark === undefined) return blocks
  return blocks.replace(/[^\n]+/g, (line) => {
    const at = commentStart(line, mark)
    return at < 0 ? line : line.slice(0, at) + blank(line.slice(at))
  })
}

/** Comments between slash and asterisk; one that opens within a word, a path or a quote is none. */
function withoutBlocks(text: string): string {
  let rest = text
  let blanked = 0
  for (let open = rest.indexOf('/*'); open >= 0; open = rest.indexOf('/*', open + 2)) {
    const close = rest.indexOf('*/', open + 2)
    if (close < 0) break
    if (/[\w:'"/.*]/.test(rest.charAt(open - 1)) || /['"`]/.test(rest.charAt(open + 2))) continue
    rest = rest.slice(0, open) + blank(rest.slice(open, close + 2)) + rest.slice(close + 2)
    if (++blanked >= MOST_BLOCKS) break
  }
  return rest
}

/** Where the comment of a line starts: the mark stands first, or after a blank with no quote open before it. */
function commentStart(line: string, mark: string): number {
  if (line.length > LONGEST_LINE) return -1
  let quote = ''
  for (let i = 0; i < line.length; i++) {
    const char = line.charAt(i)
    if (char === '\\') i++
    else if (quote !== '') {
      if (char === quote) quote = ''
    } else if (line.startsWith(mark, i) && (i === 0 || /[\s;{})]/.test(line.charAt(i - 1))) && !/[!{[]/.test(line.charAt(i + mark.length)))
      return i
    else if (char === '"' || char === '`' || (char === "'" && mark !== "'")) quote = char
  }
  return -1
}

/** What a line of some program starts as: a declaration, an assignment, a call, a command. */
const LINE_OF_CODE = new RegExp(
  String.raw`^[ \t]{0,60}${oneOf(
    String.raw`(?:(?:export|public|private|static|async|final) ){0,4}(?:const|let|var|val|function|def|func|fn|sub|class|import|use|using)\b`,
    String.raw`(?:require|my|local|Dim|DECLARE|foreach|return|await|package|Debug\.Print)\b`,
    String.raw`[$@][\w:>-]{1,60}(?:\[[^\n\]]{0,60}\])?\s{0,5}[.+]?=`,
    String.raw`[\w.$:>[\]'"-]{1,80}(?:<[\w, ]{1,30}>)?\s{0,5}(?::=|\+?=|<-)\s{0,5}\S`,
    String.raw`(?:[\w.>:-]{1,60}[!?]?)\([^\n]{0,400}(?:[;,({]|\))\s{0,5}$`,
    String.raw`[)}\]]{1,3};`,
    String.raw`\w{1,30}\s\w{1,30}\s{0,3}=\s{0,3}\S`,
    String.raw`["'\x60][^\n]{0,400}["'\x60][;,)]{0,3}\s{0,5}$`,
    String.raw`(?:openssl|echo)\s`,
    String.raw`if \(?[\w$!]`,
    // A statement within a sentence.
    String.raw`[^\n;]{0,200}\w\([^\n;]{1,120}\);`,
  )}`,
  'm',
)

/** What shows each language: the one with the most of its words is taken. */
const WORDS = {
  apex: [
    /\bCrypto\.generateMac\(/,
    /\bEncodingUtil\./,
    /\bBlob\.valueOf\(|\bBlob \w{1,30} =/,
    /\.formatGmt\(/,
    /\bHttpRequest \w{1,20} = new HttpRequest\(/,
  ],
  basic: [
    /^\s{0,40}Dim \w/m,
    /\bEnd (?:Function|Sub|If|Using|Module|With)\b/,
    /\bAs (?:String|Byte|Long|Object|Integer)\b/,
    /\bvb(?:Lf|CrLf|NewLine)\b/,
    /^\s{0,40}(?:Private |Public )?(?:Sub|Function) \w{1,40}\(/m,
  ],
  cpp: [/^#include\b/m, /\bstd::\w/, /\bEVP_sha256\(|\bunsigned char\b/, /\bQByteArray\b|\bQString\b/, /\bconst char ?\*/],
  csharp: [
    /^using [\w.]{1,60};/m,
    /\bEncoding\.(?:UTF8|ASCII)\b/,
    /\bnew HMACSHA256\b|\bKeyedHashAlgorithm\b/,
    /\bDateTime\.(?:Utc)?Now\b/,
    /\b(?:Http(?:Web|RequestMessage|Client)|RestRequest)\w{0,20} \w{1,20} =|\bvar \w{1,40} = new \w/,
  ],
  dart: [
    /\bimport 'package:/,
    /\butf8\.encode\(/,
    /\bHmac\(sha256,/,
    /\bFuture<|\bDateTime\.now\(\)/,
    /\b(?:final|const) (?:\w{1,20} )?\w{1,40} = [^\n]{0,200};/,
  ],
  delphi: [
    /:= [^\n]{0,200};/,
    /^\s{0,40}begin\s{0,3}$/im,
    /\bTEncoding\.|\bTBytes\b|\bTIdHTTP\b|\bTDateTime\b/,
    /#1[03]\b|sLineBreak/,
    /^\s{0,10}(?:unit|procedure|uses) \w/im,
  ],
  elixir: [/\bdefp? \w/, /\|> /, /:crypto\.(?:mac|hmac|hash)\(/, /\bdefmodule \w/, /\bBase\.encode16\(/],
  erlang: [/^-module\(/m, /\bcrypto:(?:mac|hmac|hash)\(/, /^\w{1,40}\([^)\n]{0,120}\)\s{1,3}->/m, /\blists:\w|\bbinary:\w|io_lib:/],
  go: [
    /^package \w/m,
    /\bfunc (?:\([^)\n]{1,40}\) )?\w{1,40}\(/,
    /:= /,
    /\[\]byte\b/,
    /\b(?:hmac|sha256)\.New\b|\bfmt\.\w|\btime\.Now\(\)/,
  ],
  java: [
    /\bimport javax?\./,
    /\bMac\.getInstance\(/,
    /\bnew SecretKeySpec\(/,
    /\b(?:public|private|static) [^\n(]{1,60}\([^\n)]{0,200}\)(?: throws \w)?/,
    /\bString \w{1,40} =|\bbyte\[\] \w/,
    /\bnew \w{1,40}\(\)\.\w|\bSystem\.out\./,
  ],
  javascript: [
    /\b(?:const|let|var) (?:\w{1,40}|\{[^}\n]{1,80}\}) =/,
    /=> ?[{(\w`]|\bfunction ?\w{0,40}\(/,
    /\brequire\(['"]|^import [^\n]{1,80} from ['"]/m,
    /\bCryptoJS\b|\bcrypto-js\b|\bcreateHmac\(|\bJSON\.stringify\(/,
    /\bnew Date\(\)|\bconsole\.log\(|\bencodeURIComponent\(/,
    /\basync |\bawait |===/,
  ],
  kotlin: [/\bval \w{1,40}(?:: \w{1,30})? =/, /\bfun \w{1,40}\(/, /\.toByteArray\(/, /\bMac\.getInstance\(/, /\bByteArray\b/],
  lua: [/^\s{0,40}local (?:function )?\w/m, /\bngx\.\w/, /\.\. ?["\w]/, /\bos\.date\(/, /\bthen\s{0,3}$|^\s{0,40}end\s{0,3}$/m],
  perl: [
    /^\s{0,20}use (?:strict|warnings|Digest|LWP|POSIX)\b/m,
    /\bmy [$@%(]/,
    /\bhmac_sha256(?:_hex)?\b/,
    /\bsub \w{1,40} ?\{/,
    /=~ ?[sm/]/,
  ],
  php: [
    /<\?php/,
    /\bhash_hmac\(/,
    /\$\w{1,40}\s{0,5}\.?=/,
    /\bcurl_(?:init|setopt|exec)\b|\bgmdate\(|\bimplode\(|\brawurlencode\(/,
    /\$this->|->\w{1,30}\(|\bforeach ?\(\$/,
    /\$\w{1,40} ?\. ?["'$\w]|["'] ?\. ?\$\w/,
  ],
  powershell: [
    /^\s{0,20}\$\w{1,40}\s{0,3}=\s{0,3}/m,
    /\[(?:System\.)?(?:Text\.Encoding|Convert|DateTime|BitConverter|Security\.)/i,
    /\bNew-Object\b/i,
    /\bInvoke-(?:RestMethod|WebRequest)\b/i,
    /`n|-join\b|-replace\b/,
    /\b[A-Z][a-z]{1,20}-[A-Z]\w{1,30}\b/,
  ],
  python: [
    /^\s{0,20}def \w{1,40}\([^\n]{0,200}\)[^\n]{0,40}:\s{0,3}$/m,
    /^(?:import|from) [\w.]{1,40}/m,
    /\bhmac\.(?:new|digest)\(|\bhashlib\.\w/,
    /\.encode\(|\.hexdigest\(\)|\.strftime\(/,
    /\brequests\.\w|\bos\.environ\b|\bdatetime\b|\bprint\(/,
    /\bf["'][^\n"']{0,200}\{/,
  ],
  r: [/<- /, /\bpaste0?\(/, /\blibrary\(\w/, /\bdigest\(|\bhmac\([^\n]{0,100}algo/, /\badd_headers\(|\bSys\.time\(/],
  ruby: [
    /\bOpenSSL::(?:HMAC|Digest)\b/,
    /^\s{0,20}require ['"]/m,
    /^\s{0,40}end\s{0,3}$/m,
    /#\{/,
    /\bTime\.now\b|\.strftime\(|Net::HTTP|HTTParty|Faraday/,
    /^\s{0,20}def \w/m,
  ],
  rust: [
    /\bfn \w{1,40}/,
    /\blet (?:mut )?\w{1,40}(?:: [^\n=]{1,40})? =/,
    /\bHmacSha256\b|\bSha256::/,
    /\bformat!\(/,
    /\.as_bytes\(\)|&\[u8\]|&str\b/,
  ],
  shell: [
    /^#!\/(?:usr\/)?bin\/(?:env )?(?:ba|z|k|da)?sh/m,
    /\bopenssl (?:dgst|sha256)\b/,
    /^\s{0,20}(?:export |local |readonly )?\w{1,40}=(?:\$\(|"|'|`)/m,
    /\$\(\s{0,3}(?:printf|echo|date|cat)\b/,
    /\bprintf ["'%]|\becho -n\b|\becho "/,
    /\bcurl -|\bsed ["'-]|\bxxd\b|\bfi$|\bdone$/m,
  ],
  sql: [/\bDECLARE @\w/i, /\bSET @\w{1,40} ?=/i, /\bNVARCHAR\b|\bVARBINARY\b/i, /\bHASHBYTES\(/i, /\bCREATE (?:FUNCTION|PROCEDURE)\b/i],
  swift: [
    /\blet \w{1,40}(?:: \w{1,30})? =/,
    /\bfunc \w{1,40}\(/,
    /\bURLRequest\(|\bURLSession\b|\bDateFormatter\(\)/,
    /\bSymmetricKey\(|\bCCHmac\(|\bHMAC</,
    /\bimport (?:Foundation|CryptoKit|CommonCrypto|CryptoSwift)\b/,
    /\.addingPercentEncoding\(|\\\(\w/,
  ],
} satisfies Readonly<Record<string, readonly RegExp[]>>

const SLASHES: ReadonlySet<string> = new Set('apex cpp csharp dart delphi go java javascript kotlin php rust swift'.split(' '))
const HASHES: ReadonlySet<string> = new Set('elixir perl powershell python r ruby shell'.split(' '))
const DASHES: ReadonlySet<string> = new Set(['lua', 'sql'])
const OTHER: Readonly<Partial<Record<Language, string>>> = { basic: "'", erlang: '%' }
const LONGEST_LINE = 2000
const MOST_BLOCKS = 300
