/** What the adapters get of a body: bytes in, believed bytes out, and the request turned away as soon as its body decides so. */
import { type Accepted, type IncomingBody, NOTHING } from './incoming-body.js'
import type { Outcome, RefusedRequest, VerifiedBody } from './outcome.js'
import { Refusal, refuse } from './refusal.js'
import { callerOf, tell } from './request-context.js'
import { after } from './signer.js'

export function verifiedBody(body: IncomingBody): VerifiedBody {
  let refused: RefusedRequest | undefined
  const turnedAway = (decision: Refusal): void => {
    refused ??= refuse(decision)
    body.close()
  }
  const outcomeOf = (decision: Accepted | Refusal): Outcome => {
    if (decision instanceof Refusal) turnedAway(decision)
    return refused === undefined ? acceptedWith(decision as Accepted) : { ok: false, refused }
  }
  return {
    mode: body.mode,
    get refused() {
      return refused
    },
    push: (bytes) => {
      if (refused !== undefined) return NOTHING
      const decision = body.push(bytes)
      if (decision instanceof Refusal) turnedAway(decision)
      // What a callback throws here it throws again at the end, where somebody waits for it.
      else if (decision instanceof Promise) decision.then((late) => late !== undefined && turnedAway(late)).catch(() => undefined)
      else return decision
      return NOTHING
    },
    end: () => (refused === undefined ? after(body.end(), outcomeOf) : { ok: false, refused }),
    close: body.close,
  }
}

function acceptedWith({ context, pieces, form }: Accepted): Outcome {
  tell(context, 'accepted', undefined, 200)
  return { ok: true, caller: callerOf(context), pieces, ...(form === undefined ? {} : { form }) }
}
