/**
 * Secrets that stand in the evidence: in settings, in code, in what a program prints. They are tried and never shown; what they do not
 * open they say nothing of, so a text that only may be one is read too.
 */
import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { SecretAccessKey } from '../../sigv4/index.js'
import { isMasked } from '../../text/index.js'

export const writtenSecrets: EvidenceReader = {
  id: 'written-secrets',
  reads: 'secret access keys that stand in settings or in code: they are tried, and shown nowhere',
  samples: [
    'MINIO_ROOT_USER=store\nMINIO_ROOT_PASSWORD=example-password-1\n',
    "const signature = crypto.createHmac('sha1', { key: 'example-secret-0001' })\n",
  ],
  recognize: (text) => text.length <= LONGEST && NAMED.test(text),
  read,
}

function read({ name, text }: EvidenceSource): readonly Observation[] {
  if (!writtenSecrets.recognize(text)) return []
  const seen = new Map<string, Observation>()
  for (const match of [...text.matchAll(QUOTED), ...text.matchAll(PLAIN)]) {
    const value = (match[2] ?? match[1]!).replace(/[;,]$/, '')
    if (seen.has(value) || seen.size >= MOST || value.length < SHORTEST || isMasked(value) || NO_SECRET.test(value)) continue
    if (OBJECT_KEY.test(match[0])) continue
    const end = match.index + match[0].length
    const start = text.lastIndexOf(value, end)
    seen.set(value, {
      kind: 'secret',
      value: new SecretAccessKey(value),
      location: { source: name, start, end: start + value.length },
      fidelity: 'exact',
    })
  }
  return [...seen.values()]
}

const NAMED = /secret|password|key/i
const QUOTED = /(?:secret|password|key)\w{0,24}["'`]?\s{0,3}(?:=>|:=|[:=,(])\s{0,3}(["'`])([^"'`\n\\]{4,200})\1/gi
const PLAIN = /(?:secret|password)[\w.-]{0,30}\s{0,3}[:=]\s{0,3}([^\s"'`<>${}()[\]]{4,200})/gi
/** A key ID, an address, a name of a setting or a value to be filled in. */
const NO_SECRET =
  /^(?:(?:AKIA|ASIA)[A-Z0-9]{4,}|https?:.*|[A-Z]+(?:_[A-Z]+)+|[xX]+|undefined|null|none|true|false)[,;]?$|[<>{}]|\.\.\.|^your|^my[-_ ]|EXAMPLE_|^\$/i
/** S3's parameter of that name: what an object is called, not what signs. */
const OBJECT_KEY = /^key["'`]?\s{0,3}(?:=>|:=|[:=,(])\s{0,3}["'`][^"'`]{0,200}[/.\s]/i
const SHORTEST = 4
const MOST = 6
const LONGEST = 262_144
