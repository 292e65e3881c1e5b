/** Reads the settings that repairs speak of: what is already so needs no repair, and what a value is need not be asked. */
import { anyText, type EvidenceReader, type EvidenceSource } from '../../case/index.js'
import { SETTING_NAMES } from '../../catalog/index.js'
import { MOST_SCANNED, type Statement, statementsOf } from '../../text/index.js'

export const settingsSeen: EvidenceReader = {
  id: 'settings-seen',
  reads: 'settings of clients and proxies that repairs speak of, in any notation; every Content-Type that is written',
  samples: [
    'location / { proxy_set_header Host $http_host; }\n',
    'aws s3 ls --profile archive --region eu-west-1\n',
    "const params = { Key: name, ContentType: 'image/heic' }\n",
  ],
  recognize: anyText,
  read({ name: source, text }: EvidenceSource) {
    const scanned = text.slice(0, MOST_SCANNED)
    return [...statementsOf(scanned, SETTING_NAMES), ...typesIn(scanned)].map(({ name, value, at }) => ({
      kind: 'setting',
      name,
      value,
      location: { source, start: at, end: at + name.length },
      fidelity: 'exact',
    }))
  },
}

/** Each media type that stands behind the name, once: in code, in headers, in a sentence. */
function typesIn(text: string): readonly Statement[] {
  const found = new Map<string, Statement>()
  // V8 takes milliseconds to make the whole pattern ready, and few texts have the name.
  if (!TYPE_NAME.test(text)) return []
  for (const match of text.matchAll(TYPE)) {
    const value = match[1]!.replace(/\.$/, '')
    if (!found.has(value)) found.set(value, { name: 'content-type', value, at: match.index })
    if (found.size >= MOST_TYPES) break
  }
  return [...found.values()]
}

const TYPE_NAME = /content[-_ ]?type/i
const TYPE =
  /\bcontent[-_ ]?type["'`\])]{0,3}\s{0,3}(?:=>|[:=,(]|to|of|is|as|was)?\s{0,3}["'`]?((?:application|audio|binary|font|image|model|multipart|text|video)\/[\w.+*-]{1,100}(?:; ?charset=[\w-]{1,20})?)/gi
const MOST_TYPES = 16
