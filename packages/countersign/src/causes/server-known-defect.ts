/**
 * The server that refused is known to calculate otherwise for this kind of request: a store or gateway that is not AWS.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @see https://github.com/aws/aws-sdk-go-v2/issues/1816
 * @see https://github.com/versity/versitygw/issues/2274
 */

import type { CaseFile } from '../case/index.js'
import { CANONICAL_REQUEST_PARTS, canonicalRequestPart, headerValue, type SigningInputs } from '../sigv4/index.js'
import { labelOf, sidesOf } from './kit/case-views.js'
import { defineCause, type Match, type Suspicion } from './kit/cause.js'
import { plainBodyFixes } from './kit/checksum-fixes.js'
import type { Explanation } from './kit/explanation.js'
import { shownBlock } from './kit/header-differences.js'
import { SERVER_DEFECTS, type ServerDefect, triggers, withoutServerChange } from './kit/server-defects.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The defect. */
interface Params {
  readonly defect: ServerDefect
}

const HEAD = { id: 'server-known-defect', class: 'server.bug', undo } as const

export const serverKnownDefect = defineCause<Params>({
  ...HEAD,
  part: 'canonical-uri',
  summary: 'the server that refused is known to calculate otherwise for such a request',
  schemes: 'any',
  adds: true,
  refusedAt: ['signature'],
  suspect,
  explain,
})

function* suspect(file: CaseFile): Iterable<Suspicion<Params>> {
  const inputs = file.inputsSeen
  const refused = file.refusal !== undefined && (file.refusal.check === undefined || file.refusal.check.group === 'signature')
  if (inputs === undefined || !refused) return
  for (const defect of defectsSeen(file)) {
    if (!triggers(inputs, defect.trigger)) continue
    const grounds = [`${defect.name} answered, and it ${defect.does}.`]
    const changed = withoutServerChange(inputs, defect) !== inputs
    if (changed) yield { params: { defect }, weight: 0.6, grounds }
    else yield { params: { defect }, weight: 0.45, grounds }
    // Where the request and the secret are known and right, the server is what is left, and this adds what is known of it.
    if (file.inputsFrom === 'wire' && !file.asSent) yield { params: { defect }, weight: 0.6, grounds, unedited: true }
  }
}

/** The defects of the server that the host or the response names. */
function defectsSeen(file: CaseFile): ServerDefect[] {
  const host = (file.request === undefined ? undefined : headerValue(file.request, 'host'))?.toLowerCase().replace(/:\d{1,5}$/, '')
  const answers = file.observations.flatMap((seen) =>
    seen.kind === 'response' ? seen.headers.filter(([name]) => name.toLowerCase() === 'server').map(([, value]) => value.trim()) : [],
  )
  return SERVER_DEFECTS.filter(
    (defect) => (host !== undefined && defect.host?.test(host) === true) || answers.some((one) => defect.header?.test(one) === true),
  )
}

function undo(inputs: SigningInputs, { defect }: Params): SigningInputs {
  return withoutServerChange(inputs, defect)
}

function explain(match: Match<Params>): Explanation {
  const { defect } = match.params
  const sides = sidesOf(match, undo)
  const labels = CANONICAL_REQUEST_PARTS.flatMap((part) => {
    if (sides === undefined) return []
    const [calculated, signed] = [canonicalRequestPart(sides.verifier, part), canonicalRequestPart(sides.signer, part)]
    const show = part === 'canonical-headers' ? shownBlock : (text: string) => text
    return calculated === signed ? [] : [labelOf(match.file, part, show(calculated), show(signed), 'what the server made of it')]
  })
  return {
    what: `${defect.name} ${defect.does}`,
    why: 'a verifier has to calculate with the bytes as the client sent them, by the rules of AWS; where it has others, a signature that is right does not match',
    labels,
    fixes: [
      {
        title: `${defect.meanwhile}; see ${defect.source}`,
        applicability: defect.command === undefined ? 'maybe' : 'has-placeholders',
        ...(defect.command !== undefined && { command: defect.command }),
        appliesTo: [defect.service],
      },
      ...(defect.trigger === 'unsigned-trailer' ? plainBodyFixes(match.file) : []),
      { title: 'update the server, where it is yours', applicability: 'maybe', appliesTo: [defect.service] },
    ],
    wrongFixes: [
      ROTATE_KEYS,
      CHANGE_IAM_POLICIES,
      { title: 'switch the signature check off in the server', why: 'anybody can then send requests in the name of anybody else' },
    ],
    check: `send the same kind of request to Amazon S3, or without what ${defect.name} changes: it passes; if it is refused there too, the server is not the cause`,
  }
}
