/** Keys derived of a secret that a program printed under their names. They are tried and never shown. */
import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { type DerivedKey, derivedKeysIn } from '../../credentials/index.js'
import { byteString, bytesOfBase64, SecretAccessKey } from '../../sigv4/index.js'

export const printedKeys: EvidenceReader = {
  id: 'printed-keys',
  reads: 'kDate, kRegion, kService and kSigning that a program printed: they are tried, and shown nowhere',
  samples: [
    'kSigning: 8d4e6f2a91b7c3d05e8f7a6b4c2d1e0f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d\n',
    "signing_key = b'\\x8dNo*\\x91\\xb7\\xc3\\xd0^\\x8fzkL-\\x1e\\x0f\\x9a\\x8b|m^O:+\\x1c\\r\\x9e\\x8fzk\\\\M'\n",
  ],
  recognize: (text) => /date|region|service|signing/i.test(text) && read({ name: '', text }).length > 0,
  read,
}

function read({ name, text }: EvidenceSource): readonly Observation[] {
  const found: Observation[] = []
  for (const key of derivedKeysIn(text)) {
    const bytes = bytesWritten(key)
    if (bytes?.length !== 32) continue
    const location = { source: name, start: key.start, end: key.start + key.value.length }
    found.push({ kind: 'derived-key', of: key.of, value: new SecretAccessKey(bytes), location, fidelity: 'exact' })
    if (found.length === MOST) break
  }
  return found
}

/** The bytes of a key as a byte string. */
function bytesWritten({ written, value }: DerivedKey): string | undefined {
  if (written === 'bytes') return unescaped(value)
  if (written === 'hex') return value.replace(/ /g, '').replace(/../g, (digits) => String.fromCharCode(Number.parseInt(digits, 16)))
  const bytes = bytesOfBase64(value)
  return bytes === undefined ? undefined : byteString(bytes)
}

/** Bytes as Python writes them. */
function unescaped(text: string): string {
  return text.replace(/\\(?:x([0-9a-f]{2})|([^\n]))/gi, (_, hex: string | undefined, sign: string) =>
    hex !== undefined ? String.fromCharCode(Number.parseInt(hex, 16)) : (ESCAPES[sign] ?? sign),
  )
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }
const MOST = 16
