/**
 * The shared files by their specification, as the SDKs for Rust and .NET read them; Java keeps the case of
 * the names of settings.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
import { BYTE_ORDER_MARK } from '../shared-text.js'
import { type FileKind, faultyFile, type ProfileFile } from './profile-file.js'

export function standardFile(text: string, kind: FileKind): ProfileFile {
  return read(text, new StandardReader(kind, (name) => name.toLowerCase()))
}

export function javaFile(text: string, kind: FileKind): ProfileFile {
  return read(text, new StandardReader(kind, (name) => name))
}

function read(text: string, reader: StandardReader): ProfileFile {
  if (text.startsWith(BYTE_ORDER_MARK)) return faultyFile('line 1: it begins with a byte order mark')
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const fault = reader.read(line)
    if (fault !== undefined) return faultyFile(`line ${index + 1}: ${fault}`)
  }
  return reader.file()
}

/** A section that is being read. Two headings of one name add to one section. */
type Section = Map<string, string>

class StandardReader {
  readonly #profiles = new Map<string, Section>()
  readonly #sessions = new Map<string, Section>()
  readonly #services = new Map<string, Section>()
  /** Whether the settings of `default` stand under "[profile default]", which wins over "[default]". */
  #prefixedDefault = false
  #section: Section | undefined
  #setting: string | undefined
  #nested = false

  constructor(
    private readonly kind: FileKind,
    private readonly nameOf: (written: string) => string,
  ) {}

  file(): ProfileFile {
    return { profiles: this.#profiles, ssoSessions: this.#sessions, services: this.#services }
  }

  /** Takes a line. What comes back is why the file counts for nothing. */
  read(line: string): string | undefined {
    if (line.trim() === '' || /^[#;]/.test(line)) return undefined
    if (/^[ \t]/.test(line) && !line.trim().startsWith('[')) return this.#continued(line.trim())
    return line.trim().startsWith('[') ? this.#heading(line.trim()) : this.#define(withoutComment(line))
  }

  #heading(line: string): string | undefined {
    const end = line.indexOf(']')
    if (end < 0) return "a heading must end with ']'"
    this.#setting = undefined
    this.#section = this.#sectionOf(line.slice(1, end).trim())
    return undefined
  }

  /** A section that no SDK reads is kept apart, so that its settings go nowhere. */
  #sectionOf(heading: string): Section {
    const space = /[ \t]/.exec(heading)?.index
    const [prefix, name] = space === undefined ? ['', heading] : [heading.slice(0, space), heading.slice(space).trim()]
    if (!isName(name)) return new Map()
    if (this.kind === 'credentials') return prefix === '' ? added(this.#profiles, name) : new Map()
    if (prefix === 'sso-session') return added(this.#sessions, name)
    if (prefix === 'services') return added(this.#services, name)
    if (prefix === 'profile' && name === 'default' && !this.#prefixedDefault) {
      this.#prefixedDefault = true
      this.#profiles.set(name, new Map())
    }
    if (prefix === 'profile') return added(this.#profiles, name)
    return prefix === '' && name === 'default' && !this.#prefixedDefault ? added(this.#profiles, name) : new Map()
  }

  #define(line: string): string | undefined {
    if (this.#section === undefined) return 'there is a setting before the first heading'
    const equals = line.indexOf('=')
    if (equals < 0) return "a line has no '='"
    const name = this.nameOf(line.slice(0, equals).trim())
    if (name === '') return "a line has no name before its '='"
    const value = line.slice(equals + 1).trim()
    this.#setting = name
    this.#nested = value === ''
    if (isName(name)) this.#section.set(name, value)
    return undefined
  }

  #continued(text: string): string | undefined {
    if (this.#section === undefined) return 'there is an indented line before the first heading'
    if (this.#setting === undefined) return 'there is an indented line below no setting'
    if (this.#nested && !text.includes('=')) return "an indented setting has no '='"
    if (this.#nested && text.startsWith('=')) return "an indented setting has no name before its '='"
    const before = this.#section.get(this.#setting)
    if (before !== undefined) this.#section.set(this.#setting, `${before}\n${text}`)
    return undefined
  }
}

function added(sections: Map<string, Section>, name: string): Section {
  const section = sections.get(name) ?? new Map()
  sections.set(name, section)
  return section
}

function isName(name: string): boolean {
  return /^[A-Za-z0-9_.\-/%@:+]+$/.test(name)
}

/** A comment begins with white space and "#" or ";". */
function withoutComment(line: string): string {
  const comment = /\s[#;]/.exec(line)
  return comment === null ? line : line.slice(0, comment.index)
}
