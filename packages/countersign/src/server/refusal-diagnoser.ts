/** Diagnoses refusals in a separate thread: no request waits for another's diagnosis. */
import type { Diagnosis } from '../diagnosis/index.js'
import type { RedactLevel } from '../report/index.js'
import type { RefusedRequest } from '../verifier/index.js'
import { DiagnosisThread, type ThreadTask } from './diagnosis-thread.js'
import { isRefusedForSize } from './refusal-diagnosis.js'
import { type RefusalDiagnoser, RefusalQueue, type RefusalWork, type Undiagnosed } from './refusal-queue.js'
import { DIAGNOSIS_MILLISECONDS, type DiagnosisRules, type RefusalDiagnoserOptions } from './stepwise-diagnoser.js'

/** @internal */
export interface ThreadedDiagnoserOptions extends RefusalDiagnoserOptions {
  /** Where a bundler has put `countersign/server/diagnosis-worker`. Default: where the package has it. */
  readonly worker?: URL
}

/**
 * How a report is laid out, and what it hides.
 * @internal
 */
export interface ReportLayout {
  /** How much is hidden; "safe" by default. */
  readonly redact?: RedactLevel
  /** For a terminal that shows colours. */
  readonly colour?: boolean
  /** Columns to fold sentences at. */
  readonly columns?: number
  /** What is taken out wherever it stands, besides the secrets: session tokens, secrets that are known no longer. */
  readonly hidden?: readonly string[]
}

/** @internal */
export interface RefusalReporterOptions extends DiagnosisRules {
  /** Told of each report, some time after the request was answered. Never send what it gets to the caller. */
  readonly onReport: (refused: RefusedRequest, report: string) => void
  /** Told of each refusal that has no report, and of the error where that is why. */
  readonly onUndiagnosed?: (refused: RefusedRequest, why: Undiagnosed, error?: unknown) => void
  /** Asked for at each refusal. */
  readonly layout?: () => ReportLayout
  /** Where a bundler has put `countersign/server/diagnosis-worker`. Default: where the package has it. */
  readonly worker?: URL
}

/**
 * Tells the operator why requests are refused. It is safe beside requests of strangers: each diagnosis runs in a thread with a
 * deadline (a thread that exceeds it is ended), 100 refusals and 64 MiB wait at most, and what was refused for its size is not read.
 * To lay a diagnosis out as a text takes long, too, where a stranger chose what is in it: `createRefusalReporter` does it there.
 *
 * @example
 * const diagnoser = createRefusalDiagnoser({ onDiagnosis: ({ requestId }, { findings }) => console.error(requestId, findings[0]?.summary) })
 * const verifier = createVerifier({ credentials, onRefusal: diagnoser.add })
 * @public
 */
export function createRefusalDiagnoser(options: ThreadedDiagnoserOptions): RefusalDiagnoser {
  const { onDiagnosis, onUndiagnosed } = options
  return inThread<Diagnosis>(options, onUndiagnosed, (thread, task) => thread.diagnose(task), onDiagnosis)
}

/**
 * The same with the report of each diagnosis as a text, laid out and redacted in the thread that diagnoses: the thread that serves
 * has only to write it.
 *
 * @example
 * const reporter = createRefusalReporter({ onReport: ({ requestId }, report) => process.stderr.write(`${requestId}\n${report}`) })
 * const verifier = createVerifier({ credentials, onRefusal: reporter.add })
 * @public
 */
export function createRefusalReporter(options: RefusalReporterOptions): RefusalDiagnoser {
  const report = (thread: DiagnosisThread, task: ThreadTask) => {
    const { redact = 'safe', colour = false, columns, hidden = [] } = options.layout?.() ?? {}
    return thread.report(task, { redact, colour, columns, hidden })
  }
  return inThread(options, options.onUndiagnosed, report, (refused, { report: text }) => options.onReport(refused, text))
}

function inThread<Result extends object>(
  { secrets, maxTrials, milliseconds = DIAGNOSIS_MILLISECONDS, worker }: DiagnosisRules & { readonly worker?: URL },
  onNone: RefusalWork<Result>['onNone'],
  ask: (thread: DiagnosisThread, task: ThreadTask) => Promise<Result | 'too-late' | 'size'>,
  onResult: RefusalWork<Result>['onResult'],
): RefusalDiagnoser {
  const thread = new DiagnosisThread(worker)
  const queue = new RefusalQueue<Result>({
    begin: (refused) => ({
      result: ask(thread, { refused, secrets: secrets?.() ?? [], maxTrials, milliseconds }),
      cut: () => thread.end(),
    }),
    onResult,
    onNone,
    leaves: (refused) => (isRefusedForSize(refused) ? 'size' : undefined),
  })
  return {
    add: queue.add,
    idle: queue.idle,
    close: async (given) => {
      await queue.close(given)
      thread.end()
    },
  }
}
