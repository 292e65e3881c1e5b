/** What the causes read off a case alike: each side's text of a part, who signed, which requests were seen. */
import type { CaseFile, Disagreement, ObservationOf, StatedFact } from '../../case/index.js'
import { type CanonicalRequestPart, canonicalRequestPart, SecretAccessKey, type SigningInputs } from '../../sigv4/index.js'
import type { Location } from '../../text/index.js'
import type { Match } from './cause.js'
import type { Label, WrongFix } from './explanation.js'

/** The verifier's text of a part, as far as it can be told. */
export function verifierPart(file: CaseFile, part: CanonicalRequestPart): string | undefined {
  const inputs = file.inputsSeen
  return inputs === undefined ? undefined : canonicalRequestPart(inputs, part)
}

/** The signer's text of a part, where its canonical request is known. */
export function signerPart(file: CaseFile, part: CanonicalRequestPart): string | undefined {
  return file.signer.parts?.[part] ?? disagreementOn(file, part)?.signer
}

/** The disagreement about a part, if both sides are known and differ in it. */
export function disagreementOn(file: CaseFile, part: CanonicalRequestPart): Disagreement | undefined {
  return file.disagreements.find((one) => one.part === part)
}

/** Whether a client of this name signed or sent the request, and its version. */
export function clientSeen(file: CaseFile, name: RegExp): { readonly name: string; readonly version: string } | undefined {
  for (const seen of file.observations) if (seen.kind === 'client' && name.test(seen.name)) return seen
  return undefined
}

/** Both sides' inputs for an explanation, put together from the evidence where the match has none. */
export function sidesOf<Params>(
  match: Match<Params>,
  undo: (inputs: SigningInputs, params: Params) => SigningInputs,
): { readonly verifier: SigningInputs; readonly signer: SigningInputs } | undefined {
  const verifier = match.verifier ?? match.file.inputsSeen
  if (verifier === undefined) return undefined
  return { verifier, signer: match.signer ?? undo(verifier, match.params) }
}

/** Two values side by side, with the place in the evidence where the part stands. */
export function labelOf(file: CaseFile, part: CanonicalRequestPart, calculated: string, signed: string, note: string): Label {
  const from = placeOf(file, part)
  return { part, calculated, signed, note, ...(from === undefined ? {} : { from }) }
}

/** The stated observations of some facts, in the order they stand in the evidence. */
export function factsStated(file: CaseFile, facts: readonly StatedFact[]): ObservationOf<'stated'>[] {
  return file.observations.filter((seen): seen is ObservationOf<'stated'> => seen.kind === 'stated' && facts.includes(seen.fact))
}

/** The requests that the evidence shows, those on the wire first. */
export function requestsSeen(file: CaseFile): ObservationOf<'request'>[] {
  const all = file.observations.filter((seen): seen is ObservationOf<'request'> => seen.kind === 'request')
  return [...all.filter(({ side }) => side === 'wire'), ...all.filter(({ side }) => side !== 'wire')]
}

/** Whether a text is written for a program or a reader to fill in ("${date}", "$AUTH", "%s"), so that its form says nothing. */
export function isTemplate(text: string): boolean {
  return /[$`{}]|%[sdv@]|\[[a-z ]+\]|["'] ?[+.]|\bYOUR/i.test(text)
}

/** Whether the next parameter, or a shell's backslash before "&", clings to a value: then the separator is at fault, not the value. */
export function clingsToTheNext(text: string): boolean {
  return text.endsWith('\\') || /X-Amz-/i.test(text)
}

/** Whether the service says that it compared signatures: on AWS, everything about date and scope had passed by then. */
export function comparedSignatures(file: CaseFile): boolean {
  return file.refusal?.check?.group === 'signature'
}

/** What a signer's string to sign says of itself, where it is of the very attempt that was refused. */
export function signerHead(file: CaseFile) {
  return file.sameAttempt ? file.signer.read : undefined
}

/** The scope or date is wrong, not the key. */
export const REPLACE_THE_SECRET: WrongFix = {
  title: 'create new access keys',
  why: 'this check comes before the secret access key is looked at; new keys meet the same refusal',
  whyAtSignature: 'the key is fine, the signed text is not; new keys sign the same wrong text',
}

/** The secret of some inputs; `undefined` where there is none, or only a signing key. For edits of it, never for output. */
export function dangerSecretOf(inputs: SigningInputs): string | undefined {
  return inputs.key instanceof SecretAccessKey ? inputs.key.dangerValue() : undefined
}

function placeOf(file: CaseFile, part: CanonicalRequestPart): Location | undefined {
  const seen = disagreementOn(file, part)
  return (
    seen?.signerLocation ??
    file.signer.canonicalRequest?.location ??
    seen?.verifierLocation ??
    file.verifier.canonicalRequest?.location ??
    file.wire.request?.location
  )
}
