import { createHash } from 'node:crypto'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer writes the hash in capitals, in base64, in quotes, not at all, or hashes the hash. */
export const inject: Inject = (correct, choice) => {
  const hash = correct.payloadHash
  if (hash === undefined || !/^[0-9a-f]{64}$/.test(hash)) return undefined
  const base64 = Buffer.from(hash, 'hex').toString('base64')
  const again = createHash('sha256').update(hash).digest('hex')
  return signedOtherwise(correct, { 'payload-hash': pick([hash.toUpperCase(), base64, `"${hash}"`, '', again], choice)! })
}
