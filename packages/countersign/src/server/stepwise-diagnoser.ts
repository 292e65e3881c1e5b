/** Diagnoses refusals between requests, step by step, in runtimes that have no threads. */

import type { KnownSecret } from '../case/index.js'
import type { Diagnosis } from '../diagnosis/index.js'
import type { RefusedRequest } from '../verifier/index.js'
import { isRefusedForSize, refusalDiagnosisSteps } from './refusal-diagnosis.js'
import { type OneRefusal, type RefusalDiagnoser, RefusalQueue, sizeOf, type Undiagnosed } from './refusal-queue.js'

/**
 * What becomes of refusals; every one is reported once.
 * @internal
 */
export interface DiagnosisListener {
  /** Told of each diagnosis, some time after the request was answered. Never send what it gets to the caller. */
  readonly onDiagnosis: (refused: RefusedRequest, diagnosis: Diagnosis) => void
  /** Told of each refusal that is not diagnosed, and of the error where that is why. */
  readonly onUndiagnosed?: (refused: RefusedRequest, why: Undiagnosed, error?: unknown) => void
}

/**
 * What a diagnosis may know and cost.
 * @internal
 */
export interface DiagnosisRules {
  /** All secrets there are: a request may have been signed with another one than it names. Asked for at each refusal. */
  readonly secrets?: () => readonly KnownSecret[]
  /** The most hypotheses to try. Default: 20,000. */
  readonly maxTrials?: number
  /** After so long the best answer so far is taken; a thread that has none after twice as long is ended. Default: 5,000. */
  readonly milliseconds?: number
}

/** @internal */
export interface RefusalDiagnoserOptions extends DiagnosisListener, DiagnosisRules {}

/** @internal */
export interface StepwiseDiagnoserOptions extends RefusalDiagnoserOptions {
  /** Default: 1,000. The search puts that many together before its first step. */
  readonly maxTrials?: number
  /** Larger requests are not diagnosed: one step on them could take too long. Default: 4096. */
  readonly largestBytes?: number
}

/**
 * Diagnoses refusals in the thread that serves, a step at a time, and lets others run in between. A step on a hostile request of
 * `largestBytes` takes about a tenth of a second; what is larger is not diagnosed. Where there are threads,
 * `createRefusalDiagnoser` of `countersign/server` stalls nobody.
 *
 * @param options `largestBytes`: 4,096 by default; `maxTrials`: 1,000; `milliseconds`: 5,000.
 * @example
 * ```js
 * import { SecretAccessKey, sign } from 'countersign'
 * import { createStepwiseDiagnoser } from 'countersign/refusals'
 * import { createVerifier, credentialsOf } from 'countersign/verifier'
 *
 * const secret = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
 * const causes = []
 * const diagnoser = createStepwiseDiagnoser({ onDiagnosis: (refused, { findings }) => causes.push(findings[0].causes) })
 * const verifier = createVerifier({ credentials: credentialsOf({ AKIAIOSFODNN7EXAMPLE: { key: secret } }), onRefusal: diagnoser.add })
 *
 * const request = { method: 'GET', target: '/things', headers: [['Host', 'api.example.com']], body: new Uint8Array(0) }
 * const padded = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY ')
 * const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: padded }
 * await verifier.judge(sign(request, credentials, { now: Date.now(), region: 'eu-west-1', service: 'execute-api' }))
 * await diagnoser.idle()
 * await diagnoser.close()
 * causes // => [['secret-has-space']]
 * ```
 * @public
 */
export function createStepwiseDiagnoser(options: StepwiseDiagnoserOptions): RefusalDiagnoser {
  const { largestBytes = LARGEST_BYTES, maxTrials = MOST_TRIALS } = options
  return new RefusalQueue<Diagnosis>({
    begin: (refused) => {
      if (sizeOf(refused) > largestBytes) return { result: Promise.resolve('size'), cut: () => {} }
      return inSteps(refused, { ...options, maxTrials })
    },
    onResult: options.onDiagnosis,
    onNone: options.onUndiagnosed,
    leaves: (refused) => (isRefusedForSize(refused) ? 'size' : undefined),
  })
}

function inSteps(refused: RefusedRequest, options: RefusalDiagnoserOptions): OneRefusal<Diagnosis> {
  const { maxTrials, milliseconds = DIAGNOSIS_MILLISECONDS } = options
  let cut = false
  const run = async (): Promise<Diagnosis> => {
    const secrets = options.secrets?.() ?? []
    const steps = refusalDiagnosisSteps(refused, { secrets, ...(maxTrials === undefined ? {} : { maxTrials }) })
    const begun = performance.now()
    for (let breathed = begun; ; ) {
      const now = performance.now()
      const step = steps.next(cut || now - begun > milliseconds)
      if (step.done === true) return step.value
      if (now - breathed < BREATH_MILLISECONDS) continue
      await new Promise((resolve) => setTimeout(resolve, 0))
      breathed = performance.now()
    }
  }
  return {
    result: run(),
    cut: () => {
      cut = true
    },
  }
}

const LARGEST_BYTES = 4096
const MOST_TRIALS = 1000
export const DIAGNOSIS_MILLISECONDS = 5000
const BREATH_MILLISECONDS = 10
