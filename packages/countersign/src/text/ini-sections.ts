/**
 * The shared AWS files' format: INI as the SDKs read it.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */

/** The sections of an INI text. Comments begin a line with "#" or ";", or follow white space; nested settings are skipped. */
export function sections(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>()
  let current: Map<string, string> | undefined
  for (const line of text.replace(/^\ufeff|^\xef\xbb\xbf/, '').split(/\r?\n/)) {
    if (/^\s*(?:[#;]|$)/.test(line)) continue
    const section = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line)
    if (section !== null) {
      const name = section[1]!.replace(/\s+/g, ' ').replace(/["']/g, '')
      current = found.get(name) ?? new Map()
      found.set(name, current)
      continue
    }
    const setting = /^([^\s=][^=]*?)\s*=\s*(.*?)\s*$/.exec(line)
    if (setting !== null) current?.set(setting[1]!.toLowerCase(), setting[2]!.replace(/\s+[#;].*$/, ''))
  }
  return found
}
