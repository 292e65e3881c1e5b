/** Which of many candidate secrets are tried, and which words of them a report must not show. */
import { type KnownSecret, MOST_SECRETS } from '../case/index.js'
import { type Io, say } from './terminal-rules.js'

/** Candidates as far as they are tried, and every one that a report must not show. */
export interface Candidates {
  readonly tried: readonly KnownSecret[]
  readonly silent: readonly string[]
}

/**
 * Of more candidates than are tried those come first whose access key ID stands in the evidence. That the others are left out is told.
 *
 * @param evidence The texts of the evidence. A candidate that is not tried is kept silent where it stands in one of them.
 */
export function chosenCandidates(all: readonly KnownSecret[], evidence: readonly string[], io: Io): Candidates {
  const secretOf = ({ secretAccessKey }: KnownSecret): string => secretAccessKey.dangerValue()
  if (all.length <= MOST_SECRETS) return { tried: all, silent: all.map(secretOf) }
  const given = new Set(all.flatMap((one) => [secretOf(one), one.accessKeyId ?? '']))
  const shown = new Set<string>()
  for (const text of evidence) for (const words of WORDS) for (const [word] of text.matchAll(words)) if (given.has(word)) shown.add(word)
  const named = (one: KnownSecret): boolean => one.accessKeyId !== undefined && shown.has(one.accessKeyId)
  const tried = [...all.filter(named), ...all.filter((one) => !named(one))].slice(0, MOST_SECRETS)
  say(io, `${all.length.toLocaleString('en')} candidate secrets were given; ${MOST_SECRETS} of them are tried, and the others are not`)
  const chosen = new Set(tried)
  return { tried, silent: all.filter((one) => chosen.has(one) || shown.has(secretOf(one))).map(secretOf) }
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
/** What a secret or an access key ID may be made of, beside other signs: AWS's, those of other stores, an ID. */
const WORDS = [/[A-Za-z0-9/+]{6,256}/g, /[A-Za-z0-9/+=_.-]{6,256}/g, /[A-Z0-9]{16,128}/g]
