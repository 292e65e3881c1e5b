/** What the other exchanges of the same log say of the key: one that was accepted clears it, one that is alike accuses it. */
import { acceptedBeside, type CaseFile } from '../../case/index.js'

type Others = NonNullable<CaseFile['others']>

/**
 * Why the key cannot be what is wrong. Two pastes with one key ID may hold two secrets: only the same log counts, and only a request
 * of another shape, since what is alike in every part and failed differs in nothing but the secret or the clock.
 */
export function keyPassedElsewhere(file: CaseFile): string | undefined {
  if (alikeButAccepted(file) !== undefined) return undefined
  const passed = acceptedBeside(file)[0]
  return passed === undefined ? undefined : 'another request of this log with the same access key ID was accepted'
}

/** The same where the verifier that refused it vouches for the other request: unlike a log, it knows that both came over one connection. */
export function keyPassedHere(file: CaseFile): string | undefined {
  const id = file.known.passedAccessKeyId
  if (id === undefined || id !== file.exchange?.credential?.accessKeyId || alikeButAccepted(file) !== undefined) return undefined
  return 'another request with the same access key ID was accepted on the same connection'
}

/** An accepted exchange of the same method, host and target, in whatever piece: what differs does not show. */
export function alikeButAccepted(file: CaseFile): Others[number] | undefined {
  const own = file.exchange?.request ?? file.request
  const id = file.exchange?.credential?.accessKeyId
  if (own === undefined || file.others === undefined) return undefined
  return file.others.find(
    ({ outcome, request, credential }) =>
      outcome === 'accepted' &&
      request !== undefined &&
      request.method === own.method &&
      request.target === own.target &&
      (id === undefined || credential?.accessKeyId === id),
  )
}
