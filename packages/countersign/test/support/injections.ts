/** Every injection there is, and two or three of them put together. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CAUSES } from '../../src/index.ts'
import type { SigningInputs } from '../../src/sigv4/signing-inputs.ts'
import { type Broken, type Inject, type InjectionModule, providedSignature } from './inject/injection.ts'

/** A cause with its mistake, and the causes that say the same of it. */
export interface Injection {
  readonly id: string
  readonly inject: Inject
  /** The cause itself, and those that say the same of it: by the very same bytes, or where the evidence holds too little for this one. */
  readonly ids: readonly string[]
}

/** The injections of all causes that have one, in the causes' order. */
export async function injections(): Promise<Injection[]> {
  const all: Injection[] = []
  for (const { id } of CAUSES) {
    const path = join(import.meta.dirname, 'inject', `${id}.ts`)
    if (!existsSync(path)) continue
    const { inject, sameBytesAs = [], orElse = [] } = (await import(path)) as InjectionModule
    all.push({ id, inject, ids: [id, ...sameBytesAs, ...orElse] })
  }
  return all
}

/**
 * Several mistakes in one request: each is made to what the signer signs, and to what the verifier checks.
 * @returns `undefined` where one of them has no occasion, or leaving one of them out gives the same signature.
 */
export function together(correct: SigningInputs, mistakes: readonly (readonly [Inject, choice: number])[]): Broken | undefined {
  const broken = made(correct, mistakes)
  if (broken === undefined || isRight(broken)) return undefined
  const provided = providedSignature(broken)
  for (const one of mistakes) {
    const fewer = made(
      correct,
      mistakes.filter((other) => other !== one),
    )
    if (fewer === undefined || isRight(fewer)) return undefined
    // What is signed, or what is checked, must depend on every one of them.
    if (
      providedSignature(fewer) === provided &&
      providedSignature({ ...fewer, signer: fewer.verifier }) === providedSignature({ ...broken, signer: broken.verifier })
    )
      return undefined
  }
  return broken
}

function made(correct: SigningInputs, mistakes: readonly (readonly [Inject, choice: number])[]): Broken | undefined {
  let [signer, verifier] = [correct, correct]
  for (const [inject, choice] of mistakes) {
    const [bySigner, byVerifier] = [inject(signer, choice), inject(verifier, choice)]
    if (bySigner === undefined || byVerifier === undefined) return undefined
    ;[signer, verifier] = [bySigner.signer, byVerifier.verifier]
  }
  return { signer, verifier }
}

function isRight(broken: Broken): boolean {
  return providedSignature(broken) === providedSignature({ ...broken, signer: broken.verifier })
}

/** Numbers below a bound, the same ones for the same seed. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return (state >>> 8) % below
  }
}

/** Requests with so many faults at once, of some injections: causes, forms and requests are drawn. */
export function drawnFaults(
  some: readonly Injection[],
  requests: readonly SigningInputs[],
  { count, faults }: { readonly count: number; readonly faults: number },
  random: (below: number) => number,
): { readonly broken: Broken; readonly chosen: readonly Injection[] }[] {
  const drawn: { readonly broken: Broken; readonly chosen: readonly Injection[] }[] = []
  for (let tries = 0; drawn.length < count; tries++) {
    if (tries > MOST_DRAWS) throw new Error(`only ${drawn.length} of ${count} requests give occasion for ${faults} faults`)
    const chosen = Array.from({ length: faults }, () => some[random(some.length)]!)
    if (new Set(chosen).size < faults) continue
    const correct = requests[random(requests.length)]!
    const broken = together(
      correct,
      chosen.map(({ inject }) => [inject, random(6)] as const),
    )
    if (broken !== undefined) drawn.push({ broken, chosen })
  }
  return drawn
}

const MOST_DRAWS = 20_000
