/** Values that a name announces in a line before theirs: of a block, of a header that goes on, of the head of a table. */
import { announcedBy } from './credential-names.js'

export interface Stretch {
  readonly start: number
  readonly end: number
}

/** Whether a name is one of what is secret, in the languages of people who ask; an ID or a signature has its forms. */
export function isNamed(name: string): boolean {
  if (NOUNS.test(name)) return true
  const announced = announcedBy(name)
  return announced !== undefined && announced !== 'key-id' && announced !== 'signature'
}

/** What each line holds that lines before it announced. */
export function* namedRows(lines: readonly string[]): Generator<readonly Stretch[]> {
  let awaited: Awaited | undefined
  let head: Head | undefined
  for (const line of lines) {
    // Between a part of a form and its value there is an empty line.
    if (awaited === 'part' && line.trim() === '') {
      yield []
      continue
    }
    if (head !== undefined && RULE.test(line)) {
      yield []
      continue
    }
    const cells = head === undefined ? undefined : cellsOf(line, head)
    yield cells ?? (awaited === undefined ? [] : following(line, awaited))
    awaited = awaitedAfter(line)
    if (cells === undefined) head = headOf(line)
  }
}

type Awaited = 'value' | 'part' | 'rest'

function awaitedAfter(line: string): Awaited | undefined {
  const { name, part } = NAME_ALONE.exec(line.slice(-LONGEST_HEAD))?.groups ?? {}
  if (part !== undefined && isNamed(part)) return 'part'
  if (name !== undefined && (name === PASSWORD_IN_BASE64 || isNamed(name))) return 'value'
  return CUT.test(line) ? 'rest' : undefined
}

/** The line below a name, unless it is a setting or a header; what goes on from the line before is indented. */
function following(line: string, awaited: Awaited): readonly Stretch[] {
  const lead = (awaited === 'rest' ? /^[ \t]{1,200}/ : /^[ \t]{0,200}(?:- )?["'`]?/).exec(line)?.[0]
  if (lead === undefined) return []
  const value = line
    .slice(lead.length)
    .trimEnd()
    .replace(/["'`,]{1,3}$/, '')
  if (value.length < SHORTEST || SETTING.test(value) || PLACED.test(value)) return []
  return [{ start: lead.length, end: lead.length + value.length }]
}

/** The head of a table: what is between its cells, and in which of them credentials are. */
interface Head {
  readonly between: RegExp
  readonly count: number
  readonly named: readonly number[]
}

function headOf(line: string): Head | undefined {
  if (line.length > LONGEST_HEAD) return undefined
  for (const { head, row } of BETWEEN) {
    const cells = line.trim().split(head)
    const named = [...cells.keys()].filter((at) => isNamed(plain(cells[at]!)))
    if (cells.length >= 2 && named.length > 0 && cells.every((cell) => HEAD_CELL.test(plain(cell))))
      return { between: row, count: cells.length, named }
  }
  return undefined
}

/** The cells of a row that hold credentials; `undefined` where it is no row of this table. */
function cellsOf(line: string, { between, count, named }: Head): readonly Stretch[] | undefined {
  const cells = line.length > LONGEST_ROW ? [] : line.trim().split(between)
  if (cells.length !== count) return undefined
  const stretches: Stretch[] = []
  let end = line.length - line.trimStart().length
  for (const [at, cell] of cells.entries()) {
    const start = line.indexOf(cell, end)
    end = start + cell.length
    if (named.includes(at) && plain(cell).length >= SHORTEST && !OTHER.test(plain(cell))) stretches.push({ start, end })
  }
  return stretches
}

function plain(cell: string): string {
  return cell.trim().replace(/^["'`*]{1,3}|["'`*]{1,3}$/g, '')
}

const SHORTEST = 4
const LONGEST_HEAD = 400
const LONGEST_ROW = 4096
const BETWEEN: readonly { readonly head: RegExp; readonly row: RegExp }[] = [
  { head: /\t{1,8}/, row: /\t{1,8}/ },
  { head: /\|/, row: /\|/ },
  { head: /\u2502/, row: /\u2502/ },
  { head: /,/, row: /,/ },
  { head: /;/, row: /;/ },
  { head: / {2,400}/, row: / {1,400}/ },
]
/** Between the head of a table and its rows. */
const RULE = /^[ \t]{0,8}[-+|=:\u2500-\u257f][-+|=: \u2500-\u257f]{2,400}$/
const HEAD_CELL = /^(?:[A-Za-z][A-Za-z _()-]{0,40})?$/
const SETTING = /^["'`]?[A-Za-z][\w.-]{0,60}["'`]?[ \t]{0,4}:|^[{}[\]<#]|^\S{1,60};\S/
const PLACED = /^\[(?:session token|signature|credentials|secret|hidden-key-id|key|long value)\]|^[<$%{*]|^:?-+:?$/
/** What a credential's cell may hold instead: what PLACED says, or a sentence. */
const OTHER = new RegExp(`${PLACED.source}|\\s\\S{1,80}\\s`)
/** `password: |`, `Secret access key:`, `X-Api-Key:`; the part of a form. */
const NAME_ALONE =
  /(?:^|[^\p{L}\p{N}])(?<name>secret access key|(?:secret|api|private|access) key|UGFzc3dvcmQ6|\p{L}[\p{L}\p{N}_.-]{2,60})["'`*]{0,3}(?:[ \t]{0,4}:[ \t]{0,4}[|>]?[-+]?[*]{0,2}|(?<=UGFzc3dvcmQ6))[ \t]{0,8}\r?$|form-data; name="(?<part>[^"\n]{1,80})"[ \t]{0,8}\r?$/iu
const PASSWORD_IN_BASE64 = 'UGFzc3dvcmQ6'
/** A hidden header that goes on in the next line. */
const CUT = /^[ \t]{0,8}[A-Za-z-]{3,40}:[ \t]{0,8}\[credentials\];?[ \t]{0,8}\\?\r?$/
const NOUNS =
  /^(?:pass(?:wor[td]|wd)s?|kennwort|senha|contrase\u00f1a|contrasena|mot de passe|wachtwoord|has\u0142o|heslo|parola|\u043f\u0430\u0440\u043e\u043b\u044c|\u5bc6\u7801|\u5bc6\u78bc|\u30d1\u30b9\u30ef\u30fc\u30c9|\ube44\ubc00\ubc88\ud638|identified by)$/i
