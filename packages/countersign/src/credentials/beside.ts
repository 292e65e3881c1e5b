/**
 * Lines that stand beside a place of the evidence are only shown for orientation, so the rule is turned round: not what is known for
 * a credential goes, but all behind the word for one, in any notation, and every word that is written as people write passwords.
 */
import { announcedBy } from './credential-names.js'
import type { Stretch } from './named-rows.js'

/** What is hidden of each line beside a place, after it went through every other gate. Time is linear in the text. */
export function* besidePlace(text: string): Generator<Stretch> {
  let at = 0
  for (const line of text.split('\n')) {
    for (const { start, end } of ofLine(line)) yield { start: start + at, end: end + at }
    at += line.length + 1
  }
}

/**
 * Values in lines below a word for a credential behind which there are only the marks of a block.
 *
 * @param whole The lines as they were before anything was taken out of them.
 * @param lines As many lines, of which the values are hidden.
 */
export function* belowWords(whole: readonly string[], lines: readonly string[]): Generator<Stretch> {
  let at = 0
  let awaited = 0
  for (const [index, line] of lines.entries()) {
    const written = whole[index]!
    const opened = opensBlock(written)
    if (HEADING.test(written)) awaited = 0
    if (!opened && awaited > 0) {
      awaited--
      for (const { start, end } of value(line, BELOW_LEAD.exec(line)![0].length)) yield { start: start + at, end: end + at }
    }
    if (opened) awaited = BELOW
    at += line.length + 1
  }
}

function ofLine(line: string): readonly Stretch[] {
  const end = openWord(line)
  if (end === undefined) return [...passwords(line)]
  const rest = line.slice(end)
  const lead = LEAD.exec(rest)![0]
  if (lead.length === rest.length || BLOCK.test(rest)) return [...quotedBefore(line, end), ...passwords(line)]
  return SENTENCE.test(rest)
    ? [...passwords(line)]
    : [...quotedBefore(line, end), ...passwords(line.slice(0, end)), ...value(line, end + lead.length)]
}

function opensBlock(line: string): boolean {
  const end = openWord(line)
  if (end === undefined) return false
  const rest = line.slice(end)
  return (LEAD.exec(rest)![0].length === rest.length && OPENER.test(rest)) || BLOCK.test(rest) || EXPLICIT_KEY.test(line)
}

/** Where the first word for a credential ends whose value was not found by another gate. */
function openWord(line: string): number | undefined {
  const words = [...line.matchAll(NOUN), ...line.matchAll(COMMAND)].sort((a, b) => a.index - b.index)
  for (const match of words) {
    const word = match[0]
    const end = match.index + word.length
    if (word.length > LONGEST_NOUN || isPublic(line, match.index, end, word)) continue
    const rest = line.slice(end, end + LOOKED_AT)
    if (FOUND.test(rest)) continue
    return end
  }
  return undefined
}

/** Names in the list of those signed, places in a listing, directives that pass something on, and what fetches a value. */
function isPublic(line: string, start: number, end: number, word: string): boolean {
  if (line[start - 1] === ';' || line[end] === ';' || PUBLIC.test(word)) return true
  // A placeholder says "secret" and "session token", too.
  if (line[end] === ']' && /\[(?:session )?$/.test(line.slice(Math.max(start - 9, 0), start))) return true
  return /token$/i.test(word) && word.length > 'token'.length && announcedBy(word) === undefined
}

/** In notations that put the value first it is in quotes: echo "..." | chpasswd, <input value="..." name="token">. */
function* quotedBefore(line: string, end: number): Generator<Stretch> {
  for (const match of line.slice(0, end).matchAll(VALUE_BEFORE)) {
    const { hidden } = match.groups as { readonly hidden: string }
    const start = match.index + match[0].length - hidden.length - 1
    yield { start, end: start + hidden.length }
  }
}

/** The rest of a line; the marks at its end stay. */
function* value(line: string, start: number): Generator<Stretch> {
  const written = line.slice(start).trimEnd()
  const end = start + written.replace(/["'`),;}\]]{1,8}$/, '').length
  const plain = written.replace(PLACEHOLDER, '')
  if (end > start && /[\p{L}\p{N}]/u.test(plain)) yield { start, end }
}

/** Words of letters, digits and marks, where no other notation says what they are. */
function* passwords(line: string): Generator<Stretch> {
  for (const { index, 0: word } of line.matchAll(WORD)) {
    if (word.length > LONGEST_PASSWORD || ORDINARY.test(word)) continue
    // user:password, -ppassword
    const lead = /^[\w.@-]{1,64}[:%,](?=.{6})|^[-(>:]{1,2}/.exec(word)?.[0].length ?? 0
    const start = lead > 0 && isPassword(word.slice(lead)) ? lead : 0
    if (start > 0 || isPassword(word)) yield { start: index + start, end: index + word.length }
  }
}

function isPassword(word: string): boolean {
  const written = word.replace(/[.,:;)]{1,2}$/, '')
  return written.length >= SHORTEST && /[A-Za-z]/.test(written) && /\d/.test(written) && MARK.test(written)
}

const LOOKED_AT = 160
const LONGEST_NOUN = 80
const LONGEST_PASSWORD = 128
const SHORTEST = 6
/** A value may stand behind "type = string" and a comment. */
const BELOW = 3
/** A word that ends in what is secret: DB_PASSWORD, requirepass, apiKey, the password of other languages. */
const NOUN =
  /[\w.-]{0,60}(?:secret[-_. ]?access[-_. ]?keys?|pass(?:w(?:or)?[dt]s?|phrases?|codes?)|pwd?|secrets?|tokens?|psk|bearer|secure[-_ ]?string|(?:http)?basic_?auth(?:entication)?|networkcredential|withcredentials|(?:api|auth|secret|private|preshared|shared|signing|encryption|license|master)[-_. ]?keys?|creds?)(?:[-_ ]?(?:string|value|key|base|hash))?(?![A-Za-z])|[\w.-]{0,60}[-_](?:pass|auth)(?![A-Za-z])|(?<![\w.])auth(?=\s{0,2}=\s{0,2}\()|sonar\.login|(?:require|store|user|bind|become)pass(?![A-Za-z])|(?<![A-Za-z])(?:masterauth|userpwd|snmp-server community|identified by|mot de passe|kennwort|passwort|senha|contrase\u00f1a|contrasena|chiave segreta|wachtwoord|has\u0142o|heslo|parola)(?![A-Za-z])|\u043f\u0430\u0440\u043e\u043b\u044c|\u5bc6\u7801|\u5bc6\u78bc|\u30d1\u30b9\u30ef\u30fc\u30c9|\ube44\ubc00\ubc88\ud638/gi
/** Commands of protocols, and names that are capitals: "PASS x", "LOGIN name x", AUTH_KEY. So is what stands behind an access key ID. */
const COMMAND =
  /(?<![\w.-])(?:PASS|AUTH|LOGIN|IDENTIFY|PSK|[A-Z][A-Z\d_]{0,40}_(?:KEY|SALT|PASS|AUTH))(?![\w-])|(?<=\buser \S{1,64} )pass(?= )|A[KS]IA[A-Z\d*]{12,40}(?=["']?[:,\t]["' ]{0,2}[^/\s])/g
const PUBLIC = /^(?:proxy|fastcgi|uwsgi|grpc|scgi)_pass$|^x-amz-security-token$/i
/** A placeholder is the value. */
const FOUND =
  /^[^\p{L}\p{N}[]{0,12}(?:(?:is|was|string|str|String|Some|value|to_string|content)[^\p{L}\p{N}[]{0,8}){0,2}\[(?:session token|signature|credentials|secret|hidden-key-id|key|long value)\]|^[^\p{L}\p{N}[]{0,12}(?:\$[{A-Za-z]|%[A-Z_]{2,40}%|\{\{)|^["'\s:=]{0,12}<[A-Za-z][^<>/]{1,60}>(?=["'\s,;]|$)/u
const PLACEHOLDER = /\[(?:session token|signature|credentials|secret|hidden-key-id|key|long value)\]/g
/** What is between a word and its value. */
const LEAD = /^(?:<\/?[A-Za-z][\w:]{0,40}(?:[ \t][^<>]{0,200})?>|[^\p{L}\p{N}$])*/u
/** The heads of blocks: of YAML, HCL, code and shells. */
const OPENER = /[:=>({[|\\"'`]/
/** YAML's `? name`. */
const EXPLICIT_KEY = /^\s*\? \S+$/
const BLOCK =
  /^["'`]?[ \t]{0,20}(?:[:={>|(]{1,8}[ \t]{0,20}<<-?["']?[A-Z]{2,20}["']?|<<-?["']?[A-Z]{2,20}["']?|\{|=>[ \t]{0,20}\{)[ \t]{0,20}$/
const HEADING = /^\s*$|^[^\s"'<-][^:=]{0,60}:$/
const BELOW_LEAD = /^[\s\-"'`]*(?:[A-Za-z][\w.-]{0,40}["']?[ \t]{0,4}[:=][ \t]{0,4}|(?:<\w{1,20}>){1,3})?["'`]*/
/** Words of prose: three that are letters alone, and two blanks. */
const SENTENCE = /^["'`)*_.,:;!?s]{0,3}(?:[ \t]+[A-Za-z][A-Za-z'-]{0,19}[,.;:!?)]?){3}(?:[ \t]|$)/
const VALUE_BEFORE = /(?:\b(?:value|content)=|(?:echo|printf|send|SecureString) (?:'%s' )?)(["'`])(?<hidden>[^"'`\n]{1,400})\1/gi
const WORD = /[^\s"'`<>()[\]{}|\u2502]{6,}/g
/** Paths, parameters, times, versions, mail addresses, places in a file, variables, masks: not what a person takes for a password. */
const ORDINARY =
  /^[$%@#&*]{0,2}[A-Za-z_]+\d{0,3}[*:;,]{0,2}$|[\w%.*-]\/[\w%.*-]|^\/|^[^=]{1,60}=|^[\w.-]{1,64}@[a-z\d-]{1,64}(?:\.[a-z\d-]{1,64}){1,8}[,;:]?$|^@?[a-z][\w.-]{0,60}@[~^]?\d+\.\d|\*{3}|^v?\d+(?:\.\d+)*[+~-][\w.+~-]*$|^[-\w]{1,40}[~^]\d[\w.-]*$|^[\w.-]{1,60}#L?\d+$|%2[05F].{0,200}(?:\.[a-z]\w{1,4}|%2F.{0,60})$/
const MARK = /.[!#$%&*?@^~]|^[#^~].*[.\w]/
