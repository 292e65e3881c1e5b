/** The shared files as the AWS SDK for JavaScript v3 reads them: names of settings keep their case, and no line makes it refuse a file. */
import { EMPTY_FILE, type FileKind, type ProfileFile, type Settings } from './profile-file.js'

export function javascriptFile(text: string, kind: FileKind): ProfileFile {
  const sections = sectionsOf(text)
  if (sections === undefined) return { ...EMPTY_FILE, fault: 'a profile is called __proto__' }
  if (kind === 'credentials') return { profiles: sections, ssoSessions: new Map(), services: new Map() }
  const bare = sections.get('default')
  return {
    profiles: new Map([...(bare === undefined ? [] : [['default', bare] as const]), ...prefixed(sections, 'profile')]),
    ssoSessions: prefixed(sections, 'sso-session'),
    services: prefixed(sections, 'services'),
  }
}

function prefixed(sections: ReadonlyMap<string, Settings>, prefix: string): ReadonlyMap<string, Settings> {
  return new Map(
    [...sections].flatMap(([key, section]): [string, Settings][] =>
      key.startsWith(`${prefix}.`) ? [[key.slice(prefix.length + 1), section]] : [],
    ),
  )
}

/** Sections by the SDK's own keys: "profile.NAME" for "[profile NAME]". A nested setting is "outer.inner" there, "outer" with lines here. */
function sectionsOf(text: string): ReadonlyMap<string, Settings> | undefined {
  const sections = new Map<string, Map<string, string>>()
  let section: string | undefined
  let outer: string | undefined
  for (const line of text.split(/\r?\n/)) {
    const said = withoutComment(line).trim()
    if (said.startsWith('[') && said.endsWith(']')) {
      const heading = said.slice(1, -1)
      if (heading === '__proto__' || heading === 'profile __proto__') return undefined
      section = keyOf(heading)
      outer = undefined
      continue
    }
    const equals = said.indexOf('=')
    if (section === undefined || section === '' || equals < 1) continue
    const [name, value] = [said.slice(0, equals).trim(), said.slice(equals + 1).trim()]
    if (value === '') {
      outer = name
      continue
    }
    if (outer !== undefined && line.trimStart() === line) outer = undefined
    const settings = sections.get(section) ?? new Map<string, string>()
    sections.set(section, settings)
    if (outer === undefined) settings.set(name, value)
    else settings.set(outer, `${settings.get(outer) ?? ''}\n${name} = ${value}`)
  }
  return sections
}

function keyOf(heading: string): string | undefined {
  const found = /^([\w-]+)\s(["']?)([\w\-@+.%:/]+)(["']?)$/.exec(heading)
  if (found === null || found[2] !== found[4]) return heading
  return PREFIXES.has(found[1]!) ? `${found[1]}.${found[3]}` : undefined
}

/** A comment begins the line, or follows white space. */
function withoutComment(line: string): string {
  const comment = /^[#;]|\s[#;]/.exec(line)
  return comment === null ? line : line.slice(0, comment.index)
}

const PREFIXES = new Set(['profile', 'sso-session', 'services'])
