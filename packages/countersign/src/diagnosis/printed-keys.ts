/**
 * Keys of the signer's chain that stand in the evidence. With one, the signature is tested as with the secret; and two that follow each
 * other show how the one was made of the other.
 */
import { type CaseFile, holdsFor, type Observation, type ObservationOf, recomputed, type Shown } from '../case/index.js'
import type { Cause } from '../causes/index.js'
import { bytesOf, dangerKeyAfter, hexOf, type KeyDerivation, type SigningInputs, SigningKey, STANDARD_DERIVATION } from '../sigv4/index.js'
import type { Trial } from './suspicions.js'

type PrintedKey = ObservationOf<'derived-key'>

/** The signing keys of a case's scope that come out of the printed keys, the nearest to the end of the chain first. */
export function signingKeysPrinted(observations: readonly Observation[], { scope }: SigningInputs): readonly SigningKey[] {
  const keys = printedKeys(observations).sort((a, b) => CHAIN.indexOf(b.of) - CHAIN.indexOf(a.of))
  const made = keys.map((key) => new SigningKey(derivedFrom(key, STANDARD_DERIVATION, scope, CHAIN.length), scope))
  return [...new Map(made.map((key) => [hexOf(key.dangerBytes()), key])).values()].slice(0, MOST_TRIED)
}

/** A trial that makes a printed key of the one printed before it, where the specification does not. */
export function brokenChain(file: CaseFile, causes: readonly Cause[]): { readonly trial: Trial; readonly shown: Shown } | undefined {
  const given = file.inputs ?? file.inputsSeen
  const steps = given === undefined ? [] : stepsPrinted(printedKeys(file.observations))
  const mistakes = causes.filter((cause) => cause.class === 'key.derivation' && holdsFor(cause.schemes, file.family))
  for (const [before, after] of steps) {
    // What is tried stands for the secret, which a cause asks for.
    const inputs: SigningInputs = { ...given!, key: before.value, derivation: STANDARD_DERIVATION }
    if (shownBy(before, after, inputs) !== undefined) continue
    const own = { ...file, inputs, inputsSeen: inputs }
    for (const cause of mistakes)
      for (const suspicion of cause.suspect(own)) {
        const undone = cause.undo(inputs, suspicion.params)
        const shown = ofSameParts(undone.derivation) ? shownBy(before, after, undone) : undefined
        if (shown !== undefined) return { trial: { cause, suspicion, undone }, shown }
      }
  }
  return undefined
}

/** Whether it is a mistake in how a step is taken. Keys of other parts may be of another request, whose chain was printed as well. */
function ofSameParts({ chain, scope }: KeyDerivation): boolean {
  return chain.join() === STANDARD_DERIVATION.chain.join() && Object.keys(scope).length === 0
}

/** Whether a derivation makes the one printed key of the other. */
function shownBy(before: PrintedKey, after: PrintedKey, { derivation, scope }: SigningInputs): Shown | undefined {
  const [written, made] = [after, derivedFrom(before, derivation, scope, CHAIN.indexOf(after.of) + 1)]
  const statement = `the ${NAMES[after.of]} that your program printed comes out of the ${NAMES[before.of]} printed before it in this way, and not in the right one`
  return recomputed(hexOf(bytesOf(written.value.dangerValue())), hexOf(made), statement, after.location)
}

/** The key that a derivation makes of a printed one, as its bytes. */
function derivedFrom(key: PrintedKey, derivation: KeyDerivation, scope: SigningInputs['scope'], end: number): Uint8Array {
  const parts = STANDARD_DERIVATION.chain.slice(CHAIN.indexOf(key.of) + 1, end)
  return dangerKeyAfter(bytesOf(key.value.dangerValue()), parts, scope, derivation)
}

/** Keys that follow each other in the chain and in the print. */
function stepsPrinted(keys: readonly PrintedKey[]): readonly (readonly [PrintedKey, PrintedKey])[] {
  return keys.flatMap((after, i) => {
    const before = keys[i - 1]
    const follows = before?.location.source === after.location.source && CHAIN.indexOf(before.of) + 1 === CHAIN.indexOf(after.of)
    return follows ? [[before, after] as const] : []
  })
}

function printedKeys(observations: readonly Observation[]): PrintedKey[] {
  return observations.filter((one): one is PrintedKey => one.kind === 'derived-key')
}

const CHAIN: readonly PrintedKey['of'][] = ['date', 'region', 'service', 'signing']
const NAMES = { date: 'kDate', region: 'kRegion', service: 'kService', signing: 'kSigning' } as const
const MOST_TRIED = 6
