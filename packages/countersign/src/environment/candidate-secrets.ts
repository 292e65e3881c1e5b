/**
 * A file of secrets that may have signed: shared credentials, .env files, exports, JSON, the CSV of the console, one secret a line.
 * Each becomes a candidate with a label that says where it stands, never what it is.
 */
import { settingKind } from '../credentials/index.js'
import { SecretAccessKey } from '../sigv4/index.js'
import { type SettingLine, settingLines } from '../text/index.js'

/** A secret, and where it stands. */
export interface CandidateSecret {
  readonly label: string
  readonly secretAccessKey: SecretAccessKey
  readonly accessKeyId?: string
}

/** The candidates in a text, in the order they stand there. */
export function candidatesIn(text: string, path: string): readonly CandidateSecret[] {
  const found: CandidateSecret[] = []
  let section: SettingLine['section']
  let accessKeyId: string | undefined
  /** Index of a secret that still waits for the ID that may follow it. */
  let open: number | undefined
  const keep = (value: string, label: string, id: string | undefined): void => {
    found.push({ label, secretAccessKey: new SecretAccessKey(value), ...(id !== undefined && { accessKeyId: id }) })
  }
  for (const line of settingLines(text)) {
    const where = (name: string): string => `${name} in ${path}, line ${line.number}`
    if (line.section !== section) {
      section = line.section
      accessKeyId = open = undefined
    }
    const { setting } = line
    const kind = setting === undefined ? undefined : kindOf(setting.name)
    if (setting !== undefined && kind !== undefined) {
      const { value } = setting
      if (kind === 'id') {
        // An ID right after its secret completes that pair; any other begins a new one.
        const waiting = open === undefined ? undefined : found[open]
        if (waiting !== undefined && open !== undefined) found[open] = { ...waiting, accessKeyId: value }
        accessKeyId = open === undefined ? value : undefined
        open = undefined
      } else if (value !== '' && value.length <= LONGEST) {
        const profile = section?.name.replace(/^profile\s+/, '')
        keep(value, where(profile === undefined || profile === '' ? setting.name : `the secret of profile ${profile}`), accessKeyId)
        open = accessKeyId === undefined ? found.length - 1 : undefined
        accessKeyId = undefined
      }
      continue
    }
    // A setting of another name is no secret, nor is a sentence.
    if (setting !== undefined && setting.raw !== '' && !ACCESS_KEY_ID.test(setting.name)) continue
    const { words } = line
    const id = words.find((word) => ACCESS_KEY_ID.test(word))
    const others = words.filter((word) => word !== id && word.length >= SHORTEST && word.length <= LONGEST)
    if (others.length === 1 && (words.length === 1 || (id !== undefined && words.length <= 3))) keep(others[0]!, where('the secret'), id)
  }
  return found
}

/** What a name means here: every name of a secret counts, known or not, for a candidate that is none only costs a trial. */
function kindOf(name: string): 'id' | 'secret' | undefined {
  if (/secret/i.test(name) && !/token|arn|name|id$/i.test(name)) return 'secret'
  return settingKind(name) === 'id' ? 'id' : undefined
}

const ACCESS_KEY_ID = /^(?:AKIA|ASIA)[A-Z0-9]{12,124}$/
const SHORTEST = 16
/** What is longer is no secret access key; to look for it in a report would take long. */
const LONGEST = 4096
