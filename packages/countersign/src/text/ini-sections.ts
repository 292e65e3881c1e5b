/**
 * The shared AWS files' format: INI as the SDKs read it.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */

/** The sections of an INI text. Comments begin a line with "#" or ";", or follow white space; nested settings are skipped. */
export function sections(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>()
  let current: Map<string, string> | undefined
  for (const line of text.replace(/^\ufeff|^\xef\xbb\xbf/, '').split(/\r?\n/)) {
    const said = line.trim()
    if (said === '' || said.startsWith('#') || said.startsWith(';')) continue
    if (said.startsWith('[') && said.includes(']')) {
      const name = said.slice(1, said.indexOf(']')).trim().replace(/\s+/g, ' ').replace(/["']/g, '')
      current = found.get(name) ?? new Map()
      found.set(name, current)
      continue
    }
    const equals = line.indexOf('=')
    // A line that begins with white space belongs to the setting before it.
    if (equals < 1 || /^\s/.test(line)) continue
    current?.set(line.slice(0, equals).trim().toLowerCase(), withoutComment(line.slice(equals + 1).trim()))
  }
  return found
}

/** A value without the comment that follows it. */
function withoutComment(value: string): string {
  const comment = /\s[#;]/.exec(value)
  return comment === null ? value : value.slice(0, comment.index).trimEnd()
}
