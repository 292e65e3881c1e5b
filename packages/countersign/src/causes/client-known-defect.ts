/**
 * The client that signed is known to canonicalize this kind of request differently from the specification, in these versions.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @see https://github.com/curl/curl/issues/9717
 * @see https://github.com/smithy-lang/smithy-typescript/pull/1404
 */

import { type CaseFile, subjectOf, WORTH_REPORTING } from '../case/index.js'
import { CANONICAL_REQUEST_PARTS, canonicalRequestPart, type SigningInputs } from '../sigv4/index.js'
import { labelOf, sidesOf, signerPart } from './kit/case-views.js'
import { defineCause, type Match, type Suspicion } from './kit/cause.js'
import { CLIENT_DEFECTS, type ClientDefect, mayHave } from './kit/client-defects.js'
import { withClientEdit } from './kit/client-edits.js'
import type { Explanation } from './kit/explanation.js'
import { shownBlock } from './kit/header-differences.js'
import { shownQuery } from './kit/query-spelling.js'
import { cluesWeigh, SEARCH_ONLY } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The defect, and the version that the evidence names ("" where it names none). Absent where only a hint speaks of one. */
interface Params {
  readonly defect?: ClientDefect
  readonly version?: string
}

const HEAD = { id: 'client-known-defect', class: 'client.bug', undo } as const

export const clientKnownDefect = defineCause<Params>({
  ...HEAD,
  part: 'canonical-uri',
  summary: 'the client that signed is known to sign such a request differently from the specification',
  schemes: 'any',
  adds: true,
  refusedAt: ['signature'],
  suspect,
  explain,
})

function* suspect(file: CaseFile): Iterable<Suspicion<Params>> {
  const hinted = cluesWeigh(file, HEAD)
  const inputs = file.inputsSeen
  let first = true
  for (const { defect, version } of inputs === undefined ? [] : defectsSeen(file)) {
    const undone = withClientEdit(inputs!, defect.edit)
    if (undone === inputs) continue
    const sure = mayHave(defect, version) === 'yes'
    const logged = CANONICAL_REQUEST_PARTS.find((part) => canonicalRequestPart(undone, part) !== canonicalRequestPart(inputs!, part))
    const shown = logged !== undefined && signerPart(file, logged) === canonicalRequestPart(undone, logged)
    const contradicted = logged !== undefined && signerPart(file, logged) !== undefined && !shown
    const weight = contradicted ? SEARCH_ONLY : shown ? 0.5 : sure ? 0.3 : 0.2
    const grounds = [
      `${defect.name}${version === '' ? '' : ` ${version}`} signed, and ${sure ? 'in that version' : 'in some versions'} it ${defect.does}.`,
    ]
    yield {
      params: { defect, version },
      weight: Math.max(weight, first ? hinted.weight : 0),
      grounds: [...grounds, ...(first ? hinted.grounds : [])],
    }
    first = false
  }
  if (first && hinted.weight >= WORTH_REPORTING) yield { params: {}, ...hinted }
}

/** The defects of the clients that the evidence names, but for those that the version named is known to be without. */
function defectsSeen(file: CaseFile): { readonly defect: ClientDefect; readonly version: string }[] {
  const clients = file.observations.filter((seen) => seen.kind === 'client')
  return CLIENT_DEFECTS.flatMap((defect) => {
    const versions = clients.filter(({ name }) => defect.clients.includes(name)).map(({ version }) => version)
    // A version is worth more than a name without one.
    const version = versions.find((one) => one !== '') ?? versions[0]
    return version === undefined || mayHave(defect, version) === 'no' ? [] : [{ defect, version }]
  })
}

function undo(inputs: SigningInputs, { defect }: Params): SigningInputs {
  return defect === undefined ? inputs : withClientEdit(inputs, defect.edit)
}

function explain(match: Match<Params>): Explanation {
  const { defect, version = '' } = match.params
  const sides = sidesOf(match, undo)
  const name = defect === undefined ? 'the client' : `${defect.name}${version === '' ? '' : ` ${version}`}`
  const labels = CANONICAL_REQUEST_PARTS.flatMap((part) => {
    if (sides === undefined) return []
    const [calculated, signed] = [canonicalRequestPart(sides.verifier, part), canonicalRequestPart(sides.signer, part)]
    const show = part === 'canonical-headers' ? shownBlock : part === 'canonical-query-string' ? shownQuery : (text: string) => text
    return calculated === signed ? [] : [labelOf(match.file, part, show(calculated), show(signed), 'as the client signs it')]
  })
  return {
    what: defect === undefined ? 'a defect of the client that signed' : `${name} ${defect.does}`,
    why: 'the service makes the canonical request by the rules; a client that makes another one signs another text with any keys',
    labels,
    fixes:
      defect === undefined
        ? [{ title: 'update the client, and look for the fault in its issues', applicability: 'maybe' }]
        : fixesOf(defect),
    wrongFixes: [
      ROTATE_KEYS,
      CHANGE_IAM_POLICIES,
      {
        title: 'change the service, or another client that works',
        why: 'they follow the specification; what passes with one client and fails with another is the client',
      },
    ],
    check: `sign the same request with another signer (awscurl, botocore, countersign sign): it passes; if it is refused too, ${name} is not the cause`,
  }
}

function fixesOf({ name, rightIn, repairedBy, meanwhile, source, clients }: ClientDefect): Explanation['fixes'] {
  const appliesTo = clients.slice(0, 1).flatMap((id) => subjectOf(id) ?? [])
  const later = repairedBy ?? (rightIn === undefined ? undefined : `${name} ${rightIn} or later`)
  return [
    ...(later === undefined ? [] : ([{ title: `update to ${later}; see ${source}`, applicability: 'exact', appliesTo }] as const)),
    {
      title: later === undefined ? `${meanwhile}; no repaired version is known, see ${source}` : `until then, ${meanwhile}`,
      applicability: 'maybe',
      appliesTo,
    },
  ]
}
