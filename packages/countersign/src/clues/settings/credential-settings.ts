/** Finds settings of credentials in files of many kinds. Values are for judging only; nothing that leaves the evidence room repeats one. */

import { CREDENTIAL_SETTINGS, type CredentialSettingKind } from '../../catalog/index.js'
import { settingKind } from '../../credentials/index.js'

/** One setting, with its value as the file has it. */
export interface CredentialSetting {
  readonly kind: CredentialSettingKind
  readonly name: string
  /** The rest of the line. */
  readonly raw: string
  /** Trimmed, with what separates it from its neighbours taken off. */
  readonly value: string
  readonly at: number
  /** Where a file has sections, the one it stands in; a second one of the same name, as before and after a change, is another. */
  readonly section: string
  readonly form: 'shell' | 'cmd' | 'list' | 'manifest' | 'element' | 'plain' | 'compose' | 'php' | 'argument'
}

/** Every setting of a text, in order. */
export function credentialSettings(text: string): readonly CredentialSetting[] {
  const sections = [...text.matchAll(SECTION)].slice(0, MOST)
  const sectionAt = (at: number): string => {
    const last = sections.filter(({ index }) => index < at).at(-1)
    return last === undefined ? '' : `${last[1]} ${last.index}`
  }
  const encoded = /^kind: ?Secret\b/m.test(text)
  const plain = COMPOSE.test(text) ? 'compose' : PHP.test(text) ? 'php' : 'plain'
  const settings: CredentialSetting[] = []
  for (const { match, raw: line } of settingsIn(text)) {
    if (settings.length >= MOST) break
    const [, lead = '', before = '', name = '', sign = ''] = match
    // "- 'NAME=value'": the quotes are around both.
    const raw = ARGUMENT_BEFORE.test(text.slice(Math.max(0, match.index - 20), match.index + lead.length))
      ? (FIRST_WORD.exec(line)?.[0] ?? line)
      : QUOTED_WHOLE.test(match[0])
        ? line.replace(/["'](?=[\s,\]]{0,20}$)/, '')
        : line
    const at = match.index + lead.length
    const rest = raw.replace(/\s{1,20}#[^"']*$/, '')
    const value = rest.trim().replace(/[,;]$/, '')
    const data = encoded && !/^stringData:/m.test(text.slice(0, at))
    const form = data ? 'manifest' : formOf(before, name, sign.trim(), text.slice(lead === '' ? at : match.index, at + 40))
    settings.push({ kind: kindOf(name), name, raw, value, at, section: sectionAt(at), form: form === 'plain' ? plain : form })
  }
  for (const match of text.matchAll(ARGUMENT)) {
    if (settings.length >= MOST) break
    const [, name = 'secret key', raw = ''] = match
    settings.push({ kind: kindOf(name), name, raw, value: raw, at: match.index, section: '', form: 'argument' })
  }
  for (const match of text.matchAll(DEFINED)) {
    if (settings.length >= MOST) break
    const [, name = '', raw = ''] = match
    settings.push({ kind: kindOf(name), name, raw, value: raw, at: match.index, section: '', form: 'php' })
  }
  if (encoded) for (const one of ofSecretManifest(text, settings)) if (settings.length < MOST) settings.push(one)
  for (const match of text.matchAll(ELEMENT)) {
    if (settings.length >= MOST) break
    const [, name = '', raw = ''] = match
    settings.push({ kind: kindOf(name), name, raw, value: raw.trim(), at: match.index, section: '', form: 'element' })
  }
  return settings.sort((a, b) => a.at - b.at)
}

/** Values of a manifest whose names say nothing, by what their base64 begins with (AKIA, ASIA) and how long it is: 40 characters, with quotes and ends 43. */
function ofSecretManifest(text: string, named: readonly CredentialSetting[]): readonly CredentialSetting[] {
  const known = new Set(named.map(({ value }) => value))
  return [...text.matchAll(MANIFEST_VALUE)].slice(0, MOST).flatMap((match): readonly CredentialSetting[] => {
    const [whole, name = '', value = ''] = match
    if (known.has(value)) return []
    const at = match.index + whole.indexOf(name)
    const kind = /^(?:QUtJQ|QVNJQ|IkFLSU|IkFTSU)/.test(value) ? 'id' : value.length >= 56 && value.length <= 60 ? 'secret' : undefined
    return kind === undefined ? [] : [{ kind, name, raw: value, value, at, section: '', form: 'manifest' }]
  })
}

/** Names with the rest of their lines. A value that is too long is none, and another name may follow in its line. */
function* settingsIn(text: string): Iterable<{ readonly match: RegExpExecArray; readonly raw: string }> {
  let at = 0
  let lineEnd = -1
  for (;;) {
    SETTING.lastIndex = at
    const match = SETTING.exec(text)
    if (match === null) return
    const from = match.index + match[0].length
    // The end of a line is looked for once, not for each name in it.
    if (lineEnd < from) lineEnd = endOfLine(text, from)
    if (lineEnd - from <= LONGEST_VALUE) yield { match, raw: text.slice(from, lineEnd) }
    at = lineEnd - from <= LONGEST_VALUE ? lineEnd : match.index + 1
  }
}

function endOfLine(text: string, from: number): number {
  const feed = text.indexOf('\n', from)
  return feed < 0 ? text.length : feed
}

/** The value without quotes around it. */
export function bareValue({ value }: CredentialSetting): string {
  return value.replace(/^(["'])(.*)\1$/s, '$2')
}

function kindOf(name: string): CredentialSettingKind {
  return settingKind(name) ?? (SECRET_ENDS.test(name) ? 'secret' : 'id')
}

function formOf(before: string, name: string, sign: string, line: string): CredentialSetting['form'] {
  if (/^(?:set|setx) /i.test(before)) return 'cmd'
  if (before !== '') return 'shell'
  if (/^\s{0,40}- ["']?\w/.test(line) && sign === '=') return 'list'
  return /^[A-Z_]{4,60}$/.test(name) && sign === '=' ? 'shell' : 'plain'
}

/** Names in words as files have them: "access key", "access_key", "access-key", "accessKey". */
export function spellings(names: readonly string[]): string {
  return names.map((words) => words.replaceAll(' ', '[._-]?')).join('|')
}

/** Among the arguments of a command a value ends where its word ends. */
const ARGUMENT_BEFORE = /(?:--set(?:-string)?|--env|--build-arg|-backend-config|\s-e)[ =]$/
const FIRST_WORD = /^(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'|[^\s"']{1,300})/
const QUOTED_WHOLE = /["'][\w.-]{1,140}[ \t]{0,5}[:=]/
const MANIFEST_VALUE = /^[ \t]{1,12}["']?([\w.-]{1,60})["']?:[ \t]{1,4}["']?([A-Za-z0-9+/]{26,60}={0,2})["']?[ \t]{0,4}\r?$/gm
const MOST = 200
const LONGEST_VALUE = 2048
const SECTION = /^\[([^\]\n]{1,100})\][ \t\r]*$/gm
const NAMES = spellings(Object.values(CREDENTIAL_SETTINGS).flatMap(({ spelled }): readonly string[] => spelled))
const BEFORE_NAME = '(?:AWS_|fs\\.s3a\\.|TF_VAR_|S3_|MINIO_|RCLONE_S3_|[a-z][a-z0-9.[\\]-]{0,80}[.-])?'
/** What a program that has nothing else of that kind calls its secret: S3_SECRET, repo1-s3-key-secret. */
const SHORT_SECRET =
  '(?:s3|aws|r2|b2|oss|cos|obs|spaces|storage|object[_-]?store\\w{0,20}|key)[._-]?secret|minio_root_password|application[_-]?key'
const SECRET_ENDS = /secret|password|application[_-]?key$/i
/** Behind the name of a program: REGISTRY_STORAGE_S3_SECRETKEY. */
const OF_PROGRAM = `(?:[a-z]\\w{0,60}_)(?:${spellings(['secret', 'id', 'token'].flatMap((kind) => CREDENTIAL_SETTINGS[kind as 'secret'].spelled))})`
const SECRET_NAME = `[\\w.-]{0,60}(?:${SHORT_SECRET}|${spellings(CREDENTIAL_SETTINGS.secret.spelled)})`
const SETTING = new RegExp(
  `(^|\\n|[;\\s]|(?:-backend-config|--set|--env|--build-arg)=(?=["']))[ \\t]{0,20}(?:- )?(export |set |setx |ENV |\\$env:)?["']?(${BEFORE_NAME}(?:${NAMES})|${OF_PROGRAM}|(?:[a-z][\\w-]{0,60}[_-])?(?:${SHORT_SECRET}))["']?` +
    `([ \\t]{0,5}(?:=>|[:=])[ \\t]{0,5})`,
  'gi',
)
const ELEMENT = new RegExp(
  `<name>\\s{0,10}((?:fs\\.s3a?n?\\.|[\\w.-]{0,60}\\.)?(?:${NAMES}))\\s{0,10}</name>\\s{0,40}<value>([^<]{0,2048})</value>`,
  'gi',
)
const WORD = `("[^"\\n]{1,300}"|'[^'\\n]{1,300}'|[^\\s"']{1,300})(?=\\s|$)`
/** Secrets among the arguments of a command, where a shell reads them first. @see https://min.io/docs/minio/linux/reference/minio-mc/mc-alias-set.html */
const ARGUMENT = new RegExp(
  [
    `\\bmc(?:li)?(?:\\.exe)? (?:alias set|config host add) \\S{1,60} \\S{1,300} \\S{1,128} `,
    `--from-literal[ =](?=${SECRET_NAME}=)`,
    `--set(?:-string)?[ =](?=${SECRET_NAME}=)`,
    `\\bconfigure set (?=${SECRET_NAME} )`,
    `\\brclone config (?:create|update) [^\\n]{1,300}?(?=secret_access_key[ =])`,
    `(?<=\\s)--(?=${SECRET_NAME}[ =])`,
  ]
    .join('|')
    .replace(/^/, '(?:')
    .concat(`)(?:(${SECRET_NAME})[ =])?${WORD}`),
  'gi',
)
const DEFINED = new RegExp(
  `\\bdefine\\(\\s{0,3}["'](\\w{0,60}(?:${SHORT_SECRET}|${NAMES}))["']\\s{0,3},\\s{0,3}("[^"\\n]{0,300}"|'[^'\\n]{0,300}')`,
  'gi',
)
/** A Compose file, whose values are looked through for "$" in every notation. */
export const COMPOSE = /^\s{0,12}environment:\s{0,3}$/m
const PHP = /<\?php|\barray\(|\bdefine\(|\$\w{1,40}\[['"]|config\.php|PHP (?:Notice|Warning)|wp-config|->\w{1,40}\(/
