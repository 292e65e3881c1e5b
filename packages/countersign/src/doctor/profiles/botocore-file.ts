/**
 * The shared files as botocore and both AWS CLIs read them: with Python's RawConfigParser, which knows no comment behind a value, takes
 * ":" for "=" and refuses whole files for one line.
 * @see https://docs.python.org/3/library/configparser.html
 */
import { BYTE_ORDER_MARK } from '../shared-text.js'
import { type FileKind, faultyFile, type ProfileFile, type Settings } from './profile-file.js'

export function botocoreFile(text: string, kind: FileKind): ProfileFile {
  if (text.startsWith(BYTE_ORDER_MARK)) return faultyFile('line 1: it begins with a byte order mark')
  if (text.includes('\ufffd')) return faultyFile('it is not UTF-8')
  const sections = pythonSections(text)
  if (typeof sections === 'string') return faultyFile(sections)
  const unpaired = [...sections.values()].flatMap((section) => [...section.values()]).some(isUnpaired)
  if (unpaired) return faultyFile("an indented setting has no '='")
  if (kind === 'credentials') return { profiles: sections, ssoSessions: new Map(), services: new Map() }
  return {
    profiles: new Map(
      [...sections].flatMap(([heading, section]): [string, Settings][] => {
        const name = heading === 'default' ? heading : named(heading, 'profile')
        return name === undefined ? [] : [[name, section]]
      }),
    ),
    ssoSessions: prefixed(sections, 'sso-session'),
    services: prefixed(sections, 'services'),
  }
}

function prefixed(sections: ReadonlyMap<string, Settings>, prefix: string): ReadonlyMap<string, Settings> {
  return new Map(
    [...sections].flatMap(([heading, section]): [string, Settings][] => {
      const name = named(heading, prefix)
      return name === undefined ? [] : [[name, section]]
    }),
  )
}

/** The name in a heading of two words, quoted or not. */
function named(heading: string, prefix: string): string | undefined {
  if (!heading.startsWith(prefix)) return undefined
  const words = shellWords(heading)
  return words?.length === 2 ? words[1] : undefined
}

/** Words as a shell parts them; `undefined` where a quotation mark is open. */
function shellWords(text: string): readonly string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!
    if (quote !== '') {
      if (character === quote) quote = ''
      else if (character === '\\' && quote === '"' && /["\\]/.test(text[i + 1] ?? '')) word += text[++i]!
      else word += character
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (character === '\\') word = (word ?? '') + (text[++i] ?? '')
    else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + character
  }
  if (word !== undefined) words.push(word)
  return quote === '' ? words : undefined
}

function isUnpaired(value: string): boolean {
  return (
    value.startsWith('\n') &&
    value
      .split('\n')
      .map((line) => line.trim())
      .some((line) => line !== '' && !line.includes('='))
  )
}

/** The sections; or why there are none. */
function pythonSections(text: string): ReadonlyMap<string, Settings> | string {
  const defaults = new Map<string, string[]>()
  const sections = new Map<string, Map<string, string[]>>()
  let section: Map<string, string[]> | undefined
  let setting: string[] | undefined
  let indent = 0
  let unread: number | undefined
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const said = line.trim()
    if (/^[#;]/.test(said)) continue
    if (said === '') {
      setting?.push('')
      continue
    }
    const begins = line.search(/\S/)
    if (setting !== undefined && begins > indent) {
      setting.push(said)
      continue
    }
    indent = begins
    const end = said.startsWith('[') ? said.lastIndexOf(']') : -1
    if (end > 1) {
      const name = said.slice(1, end)
      if (sections.has(name)) return `line ${index + 1}: the heading is there twice`
      section = name === 'DEFAULT' ? defaults : new Map()
      if (section !== defaults) sections.set(name, section)
      setting = undefined
      continue
    }
    if (section === undefined) return `line ${index + 1}: there is a setting before the first heading`
    const sign = said.search(/[=:]/)
    const name = said.slice(0, Math.max(sign, 0)).trim().toLowerCase()
    if (sign < 0 || name === '') {
      unread ??= index + 1
      continue
    }
    if (section.has(name)) return `line ${index + 1}: the setting is twice in its section`
    setting = [said.slice(sign + 1).trim()]
    section.set(name, setting)
  }
  if (defaults.size * sections.size > MOST_INHERITED) return 'it has more sections and settings than any program writes'
  if (unread !== undefined) return `line ${unread}: it is neither a heading nor a setting`
  return new Map(
    [...sections].map(([name, own]) => [name, new Map([...defaults, ...own].map(([key, lines]) => [key, lines.join('\n').trimEnd()]))]),
  )
}

/** Each section has all settings of [DEFAULT]. */
const MOST_INHERITED = 1_000_000
