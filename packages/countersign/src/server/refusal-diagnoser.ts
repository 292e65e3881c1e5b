/** Diagnoses refusals in a separate thread: no request waits for another's diagnosis. */
import { RefusalQueue, type RefusalDiagnoser } from './refusal-queue.js'
import { DiagnosisThread } from './diagnosis-thread.js'
import { DIAGNOSIS_MILLISECONDS, type RefusalDiagnoserOptions } from './stepwise-diagnoser.js'

/** @internal */
export interface ThreadedDiagnoserOptions extends RefusalDiagnoserOptions {
  /** Where a bundler has put `countersign/server/diagnosis-worker`. Default: where the package has it. */
  readonly worker?: URL
}

/**
 * Tells the operator why requests are refused. It is safe beside requests of strangers: each diagnosis runs in a thread with a
 * deadline (a thread that exceeds it is ended), 100 refusals and 64 MiB wait at most, and what was refused for its size is not read.
 *
 * @example
 * const diagnoser = createRefusalDiagnoser({ onDiagnosis: ({ requestId }, { findings }) => console.error(requestId, findings[0]?.summary) })
 * const verifier = createVerifier({ credentials, onRefusal: diagnoser.add })
 * @public
 */
export function createRefusalDiagnoser(options: ThreadedDiagnoserOptions): RefusalDiagnoser {
  const { secrets, maxTrials, milliseconds = DIAGNOSIS_MILLISECONDS } = options
  const thread = new DiagnosisThread(options.worker)
  const queue = new RefusalQueue(
    (refused) => ({
      result: thread.diagnose({ refused, secrets: secrets?.() ?? [], maxTrials, milliseconds }),
      cut: () => thread.end(),
    }),
    options,
  )
  return {
    add: queue.add,
    idle: queue.idle,
    close: async (given) => {
      await queue.close(given)
      thread.end()
    },
  }
}
