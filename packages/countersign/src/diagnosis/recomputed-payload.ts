/**
 * The payload hash that the sender wrote, recomputed from the body: the causes of a changed body are asked what was hashed, and the one
 * whose body has that hash is shown, without a key and without a second text.
 */
import { type CaseFile, holdsFor, type ObservationOf, payloadShown, type Shown, statedFacts } from '../case/index.js'
import type { Cause } from '../causes/index.js'
import { canonicalRequestPart, headerValue, isHexDigest, payloadHashOf, type SigningInputs } from '../sigv4/index.js'
import type { Trial } from './suspicions.js'

/** A trial that makes the hash, what that shows, and the case with the hash of the body that arrived in its place. */
export interface Recomputed {
  readonly trial: Trial
  readonly shown: Shown
  readonly file: CaseFile
}

/** The narrowest change of the body that gives the hash that the sender wrote; `undefined` where there is none. */
export function recomputedPayload(file: CaseFile, causes: readonly Cause[]): Recomputed | undefined {
  const inputs = file.inputs ?? file.inputsSeen
  const body = inputs?.request?.body
  const claimed = claimedHash(file)
  if (inputs === undefined || body === undefined || claimed === undefined || body.length > LONGEST_BODY) return undefined
  const arrived = payloadHashOf(body)
  if (arrived === claimed || !comparesBodies(file, inputs) || !isWhole(file, body, arrived)) return undefined
  const received = { ...inputs, payloadHash: arrived, verbatim: { ...inputs.verbatim, 'payload-hash': arrived } }
  const own = { ...file, inputs: received, inputsSeen: received }
  const changes = causes.filter((cause) => cause.class === 'payload.hash' && cause.adds !== true && holdsFor(cause.schemes, file.family))
  for (const cause of [...changes].sort((a, b) => Number(b.narrow === true) - Number(a.narrow === true)))
    for (const suspicion of cause.suspect(own)) {
      // A hash that was only copied from the evidence is made of nothing.
      if (JSON.stringify(suspicion.params).includes(claimed)) continue
      const undone = cause.undo(received, suspicion.params)
      const made = undone === received ? '' : canonicalRequestPart(undone, 'payload-hash')
      const shown = payloadShown(claimed, made, 'with this change the body has exactly the hash that the request names')
      if (shown !== undefined) return { trial: { cause, suspicion, undone }, shown, file: own }
    }
  return undefined
}

/** The hash that the sender says the body has. */
function claimedHash({ signer, request, observations, ...file }: CaseFile): string | undefined {
  const given = request === undefined ? undefined : headerValue(request, 'x-amz-content-sha256')?.trim()
  const stated = statedFacts({ ...file, signer, request, observations }, 'payload-hash-mismatch')[0]?.values['signed']
  return [signer.parts?.['payload-hash'], given, stated].find((one) => one !== undefined && isHexDigest(one))
}

/** Whether the service compares the body, or hashes it for the signature: S3 takes the header's word for the latter. */
function comparesBodies({ refusal, verifier }: CaseFile, { profile }: SigningInputs): boolean {
  const group = refusal?.check?.group
  if (group === 'payload' || group === 'content-sha256') return true
  if (group !== undefined && group !== 'signature') return false
  return profile.contentSha256Header !== 'required' || verifier.parts !== undefined
}

/** Whether the body shown is the one that arrived: a service names its hash, or it has the length that the request says; a logger's has not. */
function isWhole(file: CaseFile, body: Uint8Array, arrived: string): boolean {
  const received = statedFacts(file, 'payload-hash-mismatch')[0]?.values['received'] ?? file.verifier.parts?.['payload-hash']
  if (received !== undefined && isHexDigest(received)) return received === arrived
  return file.observations.some(
    (one): one is ObservationOf<'request'> =>
      one.kind === 'request' &&
      one.request.body === body &&
      one.fidelity === 'exact' &&
      headerValue(one.request, 'content-length')?.trim() === String(body.length),
  )
}

const LONGEST_BODY = 1_000_000
