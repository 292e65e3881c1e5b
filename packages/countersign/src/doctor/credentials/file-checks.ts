/** Whether the shared files can be read, and are read alike. */
import { SDKS, setupOf } from '../chains/sdks.js'
import { type Check, check } from '../check.js'
import { shellWord } from '../fix-commands.js'
import type { Machine, SharedFile } from '../machine.js'
import type { FileKind } from '../profiles/profile-file.js'
import { oddEncoding, readText } from '../shared-text.js'

export function filesCheck(machine: Machine): Check {
  const files = (['credentials', 'config'] as const).map((kind) => ({ kind, file: machine[kind] }))
  const faults = files.flatMap(({ kind, file }) => [...unreadable(file), ...refused(machine, kind)])
  const odd = files.flatMap(({ kind, file }) => [...encoded(file), ...headings(machine, kind), ...open(file)])
  const detail = [...faults, ...odd]
  if (faults.length > 0) return check('credentials.files', 'fail', 'a shared file cannot be read by every SDK', { detail })
  const exposed = files.find(({ file }) => file.othersCanRead === true)?.file
  if (odd.length > 0)
    return check('credentials.files', 'warn', 'the shared files hold what some SDKs read in another way', {
      detail,
      fix: exposed === undefined || machine.system === 'windows' ? undefined : closedFix(machine, exposed.path),
    })
  const there = files.filter(({ file }) => file.text !== undefined).map(({ file }) => file.path)
  return check('credentials.files', 'ok', there.length === 0 ? 'there are no shared files' : `read alike by every SDK: ${there.join(', ')}`)
}

function unreadable({ path, problem }: SharedFile): readonly string[] {
  return problem === undefined || problem === 'absent' ? [] : [`${path}: ${problem}`]
}

function encoded({ path, text }: SharedFile): readonly string[] {
  const found = text === undefined ? undefined : oddEncoding(text)
  return found === undefined ? [] : [`${path} is ${found}: save it as UTF-8 without a byte order mark`]
}

function refused(machine: Machine, kind: FileKind): readonly string[] {
  const found = new Map<string, readonly string[]>()
  for (const sdk of SDKS) {
    const { fault } = setupOf(sdk, machine)[kind]
    if (fault !== undefined) found.set(fault, [...(found.get(fault) ?? []), sdk.title])
  }
  const { path } = machine[kind]
  return [...found].map(
    ([fault, titles]) => `${path}, ${fault}: ${titles.join(', ')} refuse${titles.length === 1 ? 's' : ''} the whole file`,
  )
}

/** A heading that is written as in the other file counts for nothing. */
function headings(machine: Machine, kind: FileKind): readonly string[] {
  const { path, text } = machine[kind]
  if (text === undefined) return []
  const names = readText(text)
    .split(/\r?\n/)
    .filter((line) => line.startsWith('['))
    .map((line) => line.slice(1, Math.max(line.indexOf(']'), 1)).trim())
  if (kind === 'credentials')
    return names
      .filter((name) => /^profile\s/.test(name))
      .map((name) => `${path}: [${name}] counts for nothing here; write it without "profile"`)
  return names
    .filter((name) => name !== '' && !/\s/.test(name) && !KNOWN_HEADINGS.has(name))
    .map((name) => `${path}: [${name}] is no profile here; write [profile ${name}]`)
}

function open({ path, othersCanRead }: SharedFile): readonly string[] {
  return othersCanRead === true ? [`${path} can be read by others on this machine`] : []
}

function closedFix({ system }: Machine, path: string): Check['fix'] {
  const word = shellWord(path, system)
  return word === undefined || system === 'windows' ? undefined : { command: `chmod 600 ${word}`, os: system }
}

const KNOWN_HEADINGS: ReadonlySet<string> = new Set(['default', 'preview', 'plugins'])
