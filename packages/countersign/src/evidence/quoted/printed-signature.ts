/**
 * A signature that a program printed as the base64 of its hexadecimal digits: no other value has that form, so it is told without a label.
 */
import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { byteString, bytesOfBase64 } from '../../sigv4/index.js'

export const printedSignature: EvidenceReader = {
  id: 'printed-signature',
  reads: 'a signature printed as the base64 of its hexadecimal digits',
  samples: [
    'print(signature)  // NmUxZjBhOWI3YzVkM2UyZjRhOGI5YzBkMWUyZjNhNGI1YzZkN2U4ZjlhMGIxYzJkM2U0ZjVhNmI3YzhkOWUwZg==\n',
    'signature: NmUxZjBhOWI3YzVkM2UyZjRhOGI5YzBkMWUyZjNhNGI1YzZkN2U4Zg==\n',
  ],
  recognize: (text) => read({ name: '', text }).length > 0,
  read,
}

function read({ name, text }: EvidenceSource): readonly Observation[] {
  if (!text.includes('=')) return []
  const found: Observation[] = []
  for (const { 0: value, index: start } of text.matchAll(FORM)) {
    if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(byteString(bytesOfBase64(value) ?? new Uint8Array()))) continue
    found.push({
      kind: 'signature',
      side: 'signer',
      value,
      location: { source: name, start, end: start + value.length },
      fidelity: 'exact',
    })
  }
  return found
}

/** 64 digits are 86 characters and "==", 40 digits 54 and "==". */
const FORM = /(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{86}|[A-Za-z0-9+/]{54})==/g
