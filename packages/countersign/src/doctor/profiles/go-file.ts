/**
 * The shared files as the AWS SDK for Go v2 reads them: quotation marks are taken off, ":" may stand for "=", an indented setting counts
 * as any other, and no line makes it refuse a file.
 */
import { BYTE_ORDER_MARK } from '../shared-text.js'
import { EMPTY_FILE, type FileKind, type ProfileFile, type Settings } from './profile-file.js'

export function goFile(text: string, kind: FileKind): ProfileFile {
  const sections = goSections(text)
  if (kind === 'credentials') return { ...EMPTY_FILE, profiles: new Map([...sections].filter(([name]) => !name.startsWith('profile '))) }
  const bare = [...sections].filter(([name]) => name.toLowerCase() === 'default')
  return {
    profiles: new Map([...bare, ...prefixed(sections, 'profile ')]),
    ssoSessions: new Map(prefixed(sections, 'sso-session ')),
    services: new Map(prefixed(sections, 'services ')),
  }
}

function prefixed(sections: ReadonlyMap<string, Settings>, prefix: string): readonly (readonly [string, Settings])[] {
  return [...sections].flatMap(([name, section]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), section] as const] : []))
}

/** Sections by their heading, the words of it with one space between them. */
function goSections(text: string): ReadonlyMap<string, Settings> {
  const sections = new Map<string, Map<string, string>>()
  let section: Map<string, string> | undefined
  let setting: string | undefined
  for (const line of text.split('\n')) {
    if (/^[ \t]*[#;]/.test(line) || line.trim() === '') continue
    const heading = headingOf(line)
    if (heading !== undefined) {
      setting = undefined
      section = sections.get(heading) ?? new Map()
      sections.set(heading, section)
      continue
    }
    if (section === undefined) continue
    const indented = /^[ \t]/.test(line)
    const before = setting === undefined ? undefined : section.get(setting)
    const pair = pairIn(indented && (before === '' || before?.startsWith('\n')) ? line : withoutComment(line))
    if (pair === undefined) {
      // A line without a sign goes on with the value before it, or counts for nothing.
      if (indented && setting !== undefined && before !== '' && !before?.startsWith('\n')) section.set(setting, `${before}\n${line.trim()}`)
    } else if (indented && setting !== undefined && (before === '' || before?.startsWith('\n'))) {
      section.set(setting, `${before}\n${pair.name} = ${pair.value}`)
    } else {
      setting = pair.name
      section.set(setting, pair.value)
    }
  }
  return sections
}

function headingOf(line: string): string | undefined {
  const said = line.split(/[#;]/, 1)[0]!.trim()
  // What trims here would take a byte order mark away; Go does not.
  if (line.startsWith(BYTE_ORDER_MARK) || !said.startsWith('[') || !said.endsWith(']')) return undefined
  const name = said.slice(1, -1).trim()
  const space = name.search(/[ \t]/)
  return space < 0 ? name : `${name.slice(0, space)} ${name.slice(space).trim()}`
}

function pairIn(line: string): { readonly name: string; readonly value: string } | undefined {
  const sign = line.search(/[=:]/)
  if (sign < 0) return undefined
  return { name: line.slice(0, sign).trim().toLowerCase(), value: unquoted(line.slice(sign + 1).trim()) }
}

function unquoted(value: string): string {
  return value.length > 1 && /^["']/.test(value) && value.at(-1) === value[0] ? value.slice(1, -1) : value
}

function withoutComment(line: string): string {
  const comment = /[ \t][#;]/.exec(line)
  return comment === null ? line : line.slice(0, comment.index)
}
