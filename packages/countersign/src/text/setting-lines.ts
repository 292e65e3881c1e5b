/** Settings that stand one a line: INI, .env, exports of a shell, YAML and JSON written over lines; and the words of other lines, as in CSV. */

export interface SettingLine {
  /** From 1. */
  readonly number: number
  /** The heading in brackets that the line stands under. Two headings of one name are two objects. */
  readonly section: { readonly name: string } | undefined
  /** The setting of the line, if it is one; `raw` is its value as the file has it. */
  readonly setting: { readonly name: string; readonly raw: string; readonly value: string } | undefined
  /** The words of the line, without quotation marks and separators. */
  readonly words: readonly string[]
}

/** The lines of a text that are neither blank, a comment nor a heading. */
export function settingLines(text: string): readonly SettingLine[] {
  const lines: SettingLine[] = []
  let section: SettingLine['section']
  for (const [index, raw] of text
    .replace(/^\xef\xbb\xbf/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.trim()
    if (line === '' || /^[#;]/.test(line)) continue
    const head = /^\[([^\]]{1,300})\]$/.exec(line)
    if (head !== null) section = { name: head[1]!.trim() }
    else lines.push({ number: index + 1, section, setting: settingIn(line), words: wordsIn(line) })
  }
  return lines
}

function settingIn(line: string): SettingLine['setting'] {
  const match = SETTING.exec(line)
  return match === null ? undefined : { name: match[1]!, raw: match[2]!, value: unquoted(match[2]!) }
}

/** A colon parts two words where the second is long: "ID:SECRET", not "a:b". */
function wordsIn(line: string): readonly string[] {
  return line
    .split(/[\s,;|]+|:(?=\S{16})/)
    .map(unquoted)
    .filter((word) => word !== '')
}

/** A value without the quotation marks and the comma of its file. */
function unquoted(text: string): string {
  const value = text.trim().replace(/,$/, '')
  return /^"(.*)"$/.exec(value)?.[1] ?? /^'(.*)'$/.exec(value)?.[1] ?? value
}

const SETTING = /^(?:export\s+|set\s+|setx\s+|-\s+)?["']?([A-Za-z_][\w.-]{0,80})["']?\s*[=:]\s*(.*)$/
