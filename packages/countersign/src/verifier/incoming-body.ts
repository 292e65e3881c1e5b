/** The bodies that a verifier believes: held until they are whole, or checked as they go by. What they decide they say; they tell nobody. */
import {
  chunkReaderOf,
  eventReader,
  HEADER,
  headerValue,
  type PayloadRefused,
  payloadChain,
  payloadDigestsOf,
  type Refused,
  signingInputsOf,
  streamingModeOf,
} from '../sigv4/index.js'
import { verdictOn } from './head-verdict.js'
import { joinedPieces } from './joined-pieces.js'
import { eventCheck, hashCheck, isRefused, type PayloadCheck, type PayloadMode, UNSIGNED_CHECK, withDigests } from './payload-check.js'
import { payloadRefusal, Refusal, refusal } from './refusal.js'
import { clockSkewOf, type RequestContext } from './request-context.js'
import { after, usedBefore } from './signer.js'
import type { VerifiedForm } from './verified-form.js'

/** A request that has passed with all of its body. */
export interface Accepted {
  readonly context: RequestContext
  /** The last pieces. */
  readonly pieces: readonly Uint8Array[]
  readonly form?: VerifiedForm
}

/** A body on its way in. After a refusal it is closed, and asked nothing more. */
export interface IncomingBody {
  readonly mode: PayloadMode
  /** What may be believed now; or the refusal, which may take until something else has answered. */
  push(bytes: Uint8Array): readonly Uint8Array[] | Refusal | Promise<Refusal | undefined>
  end(): Accepted | Refusal | Promise<Accepted | Refusal>
  /** Lets go of what is held. */
  close(): void
}

/** A body that is held until it is complete, because the signature covers its hash. */
export function wholeBody(context: RequestContext): IncomingBody {
  const held: Uint8Array[] = []
  let length = 0
  return {
    mode: 'whole',
    push: (bytes) => {
      length += bytes.length
      if (length > context.limits.wholeBodyBytes) return refusal(context, BODY_TOO_LARGE, 'limit', 'limit')
      held.push(bytes)
      return NOTHING
    },
    end: () => {
      const body = joinedPieces(held)
      const verdict = verdictOn(context, body)
      if (!verdict.ok) return new Refusal(context, verdict.error, { inputs: verdict.inputs, body })
      return after(usedBefore(context), (replayed) => replayed ?? { context, pieces: body.length === 0 ? NOTHING : [body] })
    },
    close: () => {
      held.length = 0
    },
  }
}

/** A body that is checked as it goes by. */
export function streamedBody(context: RequestContext, mode: PayloadMode, check: PayloadCheck): IncomingBody {
  let length = 0
  return {
    mode,
    push: (bytes) => {
      length += bytes.length
      if (length > context.limits.streamedBodyBytes) return refusal(context, ENTITY_TOO_LARGE, 'limit', 'limit')
      return passed(context, check.push(bytes))
    },
    end: () => {
      const pieces = passed(context, check.end())
      return pieces instanceof Refusal ? pieces : { context, pieces }
    },
    close: () => {},
  }
}

function passed(context: RequestContext, result: readonly Uint8Array[] | PayloadRefused): readonly Uint8Array[] | Refusal {
  return isRefused(result) ? payloadRefusal(context, result) : result
}

/** What the body is held against; or the refusal of a head that cannot announce such a body. */
export function payloadCheckOf(context: RequestContext, mode: PayloadMode): PayloadCheck | Refused {
  const digests = context.profile.dialect === 's3' ? payloadDigestsOf(context.request) : undefined
  if (digests !== undefined && 'code' in digests) return digests
  const check = checkOfMode(context, mode)
  return digests === undefined || 'code' in check ? check : withDigests(check, digests)
}

function checkOfMode(context: RequestContext, mode: PayloadMode): PayloadCheck | Refused {
  const { request, profile, known, authorization, limits, options, service } = context
  if (mode === 'hash') return hashCheck(headerValue(request, HEADER.contentSha256) ?? '')
  if (mode === 'unsigned') return UNSIGNED_CHECK
  const inputs = signingInputsOf(request, { profile })
  const keyed = inputs === undefined || known === undefined ? undefined : { ...inputs, key: known.key }
  const seed = authorization?.signature ?? ''
  if (keyed !== undefined && streamingModeOf(headerValue(request, HEADER.contentSha256))?.framing === 'event-stream') {
    const seconds = clockSkewOf(options, service) ?? profile.maxClockSkewSeconds
    return eventCheck(eventReader(keyed, seed, { messageBytes: limits.chunkBytes }), options.clock ?? Date.now, seconds)
  }
  const chain = keyed === undefined ? undefined : payloadChain(keyed, seed)
  return chunkReaderOf(request, chain, { signedChunkBytes: limits.chunkBytes })
}

export const NOTHING: readonly Uint8Array[] = []
const BODY_TOO_LARGE: Refused = { code: 'RequestEntityTooLarge', message: 'Request size exceeded the limit of this endpoint.', status: 413 }
const ENTITY_TOO_LARGE: Refused = {
  code: 'EntityTooLarge',
  message: 'Your proposed upload exceeds the maximum allowed object size.',
  status: 400,
}
