/** Case files made by hand, as small as a cause needs them: no readers, no search. */
import type { CaseFile, Disagreement, SideView } from '../../src/case/case-file.ts'
import { type About, type Clue, clue, type Strength, type Values } from '../../src/case/clue.ts'
import { inputsSeenOf } from '../../src/case/inputs-seen.ts'
import type { Observation } from '../../src/case/observation.ts'
import type { CauseId } from '../../src/catalog/index.ts'
import { canonicalRequest, canonicalRequestPart, parseCanonicalRequest } from '../../src/sigv4/canonical-request.ts'
import type { HttpRequest } from '../../src/sigv4/http-request.ts'
import { CANONICAL_REQUEST_PARTS, type SigningInputs } from '../../src/sigv4/signing-inputs.ts'
import type { Location } from '../../src/text/location.ts'

/** What is known in a case. */
export interface CaseParts {
  readonly verifier?: SigningInputs
  /** The signer's inputs, known through its log. */
  readonly signerLog?: SigningInputs
  readonly observations?: readonly Observation[]
  /** A request seen where no inputs are known. */
  readonly request?: HttpRequest
  readonly refusal?: CaseFile['refusal']
}

/** A case file of these parts. */
export function caseOf({ verifier, signerLog, observations = [], request, refusal }: CaseParts): CaseFile {
  const file: Omit<CaseFile, 'inputsSeen'> = {
    observations,
    known: {},
    refusal,
    signer: signerLog === undefined ? { side: 'signer' } : sideOf('signer', signerLog),
    wire: { side: 'wire' },
    verifier: verifier === undefined ? { side: 'verifier' } : sideOf('verifier', verifier),
    disagreements: disagreementsOf(signerLog, verifier),
    deviations: [],
    provided: undefined,
    providedSeal: undefined,
    now: undefined,
    inputs: verifier,
    inputsFrom: verifier === undefined ? undefined : 'verifier',
    asSent: false,
    methodGuessed: false,
    edited: false,
    schemes: new Set(),
    family: undefined,
    sameAttempt: true,
    request: verifier?.request ?? request,
  }
  return { ...file, inputsSeen: inputsSeenOf(file) }
}

/** A clue, as a reader of prose or code gives it. */
export function clueOf(about: About, values: Values = {}, tags: readonly CauseId[] = [], strength: Strength = 'fair'): Clue {
  return clue({ rule: `about-${about}`, about, strength, tags, message: `something points to ${about}`, values }, HERE)
}

/** A client, as a reader of a command line or log names it. */
export function client(name: string, version = ''): Observation {
  return { kind: 'client', name, version, location: HERE, fidelity: 'exact' }
}

/** A request that some side shows. */
export function requestSeen(side: 'signer' | 'wire' | 'verifier', request: HttpRequest): Observation {
  return { kind: 'request', side, request, location: HERE, fidelity: 'exact' }
}

export const HERE: Location = { source: 'test', start: 0, end: 0 }

function sideOf(side: 'signer' | 'verifier', inputs: SigningInputs): SideView {
  const text = canonicalRequest(inputs)
  const parts = parseCanonicalRequest(text)
  return { side, canonicalRequest: { kind: 'canonical-request', side, text, location: HERE, fidelity: 'exact' }, ...(parts && { parts }) }
}

function disagreementsOf(signer: SigningInputs | undefined, verifier: SigningInputs | undefined): Disagreement[] {
  if (signer === undefined || verifier === undefined) return []
  return CANONICAL_REQUEST_PARTS.flatMap((part) => {
    const [a, b] = [canonicalRequestPart(signer, part), canonicalRequestPart(verifier, part)]
    return a === b ? [] : [{ part, signer: a, verifier: b, signerLocation: HERE, verifierLocation: HERE }]
  })
}
