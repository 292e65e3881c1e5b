/**
 * A file of secrets that may have signed: shared credentials, .env files, exports, JSON, the CSV of the console, one secret a line.
 * Each becomes a candidate with a label that says where it stands, never what it is.
 */
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { KnownSecret } from '../case/index.js'
import { SecretAccessKey } from '../sigv4/index.js'
import { CliError } from './cli-error.js'
import { reasonOf } from './pieces.js'
import type { Io } from './terminal-rules.js'

/** Every candidate of a file. */
export async function candidateSecrets(path: string, io: Io): Promise<readonly KnownSecret[]> {
  let text: string
  try {
    if ((await stat(resolve(io.cwd, path))).size > LARGEST_FILE) throw new CliError(`the file of candidate secrets ${path} is too large`)
    text = await readFile(resolve(io.cwd, path), 'latin1')
  } catch (error) {
    if (error instanceof CliError) throw error
    throw new CliError(`the file of candidate secrets ${path} cannot be read: ${reasonOf(error)}`)
  }
  const found = candidatesIn(text, path)
  if (found.length === 0) throw new CliError(`the file of candidate secrets ${path} holds no secret: see "countersign diagnose --help"`)
  return found
}

/** The candidates in a text, in the order they stand there. */
export function candidatesIn(text: string, path: string): readonly KnownSecret[] {
  const found: KnownSecret[] = []
  let section = ''
  let accessKeyId: string | undefined
  /** Index of a secret that still waits for the ID that may follow it. */
  let open: number | undefined
  const keep = (value: string, where: string, id: string | undefined): void => {
    found.push({ label: where, secretAccessKey: new SecretAccessKey(value), ...(id !== undefined && { accessKeyId: id }) })
  }
  for (const [index, raw] of text
    .replace(/^\xef\xbb\xbf/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.trim()
    if (line === '' || /^[#;]/.test(line)) continue
    const where = (name: string): string => `${name} in ${path}, line ${index + 1}`
    const head = /^\[([^\]]{1,300})\]$/.exec(line)
    if (head !== null) {
      section = head[1]!.trim().replace(/^profile\s+/, '')
      accessKeyId = open = undefined
      continue
    }
    const setting = SETTING.exec(line)
    const kind = setting === null ? undefined : kindOf(setting[1]!)
    if (setting !== null && kind !== undefined) {
      const value = unquoted(setting[2]!)
      if (kind === 'id') {
        // An ID right after its secret completes that pair; any other begins a new one.
        const waiting = open === undefined ? undefined : found[open]
        if (waiting !== undefined && open !== undefined) found[open] = { ...waiting, accessKeyId: value }
        accessKeyId = open === undefined ? value : undefined
        open = undefined
      } else if (value !== '') {
        keep(value, where(section === '' ? setting[1]! : `the secret of profile ${section}`), accessKeyId)
        open = accessKeyId === undefined ? found.length - 1 : undefined
        accessKeyId = undefined
      }
      continue
    }
    // A setting of another name is no secret, nor is a sentence.
    if (setting !== null && setting[2] !== '' && !ACCESS_KEY_ID.test(setting[1]!)) continue
    const words = line
      .split(/[\s,;|]+|:(?=\S{16})/)
      .map(unquoted)
      .filter((word) => word !== '')
    const id = words.find((word) => ACCESS_KEY_ID.test(word))
    const others = words.filter((word) => word !== id && word.length >= SHORTEST)
    if (others.length === 1 && (words.length === 1 || (id !== undefined && words.length <= 3))) keep(others[0]!, where('the secret'), id)
  }
  return found
}

function kindOf(name: string): 'id' | 'secret' | undefined {
  if (/secret/i.test(name) && !/token|arn|name|id$/i.test(name)) return 'secret'
  return /access_?-?key(?:_?-?id)?$/i.test(name) ? 'id' : undefined
}

/** A value without the quotation marks and the comma of its file. */
function unquoted(text: string): string {
  const value = text.trim().replace(/,$/, '')
  return /^"(.*)"$/.exec(value)?.[1] ?? /^'(.*)'$/.exec(value)?.[1] ?? value
}

const SETTING = /^(?:export\s+|set\s+|setx\s+|-\s+)?["']?([A-Za-z_][\w.-]{0,80})["']?\s*[=:]\s*(.*)$/
const ACCESS_KEY_ID = /^(?:AKIA|ASIA)[A-Z0-9]{12,124}$/
const SHORTEST = 16
const LARGEST_FILE = 4 * 1024 * 1024
