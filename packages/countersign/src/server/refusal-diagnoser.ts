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
  /** How the reader comes to all of it, such as a command; nothing is said of it by default. */
  readonly more?: string
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
 * Says why requests are refused. It is safe beside requests of strangers: each diagnosis runs in a thread with a
 * deadline (a thread that exceeds it is ended), 100 refusals and 64 MiB wait at most, and what was refused for its size is not read.
 * To lay a diagnosis out as a text takes long, too, where a stranger chose what is in it: `createRefusalReporter` does it there.
 *
 * @param options `onDiagnosis` or `onUndiagnosed` is called once for each refusal; `milliseconds` is the deadline (5,000 by default).
 * @example
 * ```js
 * import { SecretAccessKey, sign } from 'countersign'
 * import { createRefusalDiagnoser } from 'countersign/server'
 * import { createVerifier, credentialsOf } from 'countersign/verifier'
 *
 * const secret = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
 * const causes = []
 * const diagnoser = createRefusalDiagnoser({ onDiagnosis: (refused, { findings }) => causes.push(findings[0].causes) })
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
export function createRefusalDiagnoser(options: ThreadedDiagnoserOptions): RefusalDiagnoser {
  const { onDiagnosis, onUndiagnosed } = options
  return inThread<Diagnosis>(options, onUndiagnosed, (thread, task) => thread.diagnose(task), onDiagnosis)
}

/**
 * The same with the report of each diagnosis as a text, laid out and redacted in the thread that diagnoses: the thread that serves
 * has only to write it.
 *
 * @example
 * ```js
 * import { SecretAccessKey, sign } from 'countersign'
 * import { createRefusalReporter } from 'countersign/server'
 * import { createVerifier, credentialsOf } from 'countersign/verifier'
 *
 * const secret = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
 * const reports = []
 * const reporter = createRefusalReporter({ onReport: (refused, report) => reports.push(report) })
 * const verifier = createVerifier({ credentials: credentialsOf({ AKIAIOSFODNN7EXAMPLE: { key: secret } }), onRefusal: reporter.add })
 *
 * const request = { method: 'GET', target: '/things', headers: [['Host', 'api.example.com']], body: new Uint8Array(0) }
 * const padded = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY ')
 * const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: padded }
 * await verifier.judge(sign(request, credentials, { now: Date.now(), region: 'eu-west-1', service: 'execute-api' }))
 * await reporter.idle()
 * await reporter.close()
 * reports[0] // => /^PROVEN {2}wrong key \(secret-has-space\)/
 * ```
 * @public
 */
export function createRefusalReporter(options: RefusalReporterOptions): RefusalDiagnoser {
  const report = (thread: DiagnosisThread, task: ThreadTask) => {
    const { redact = 'safe', colour = false, columns, more = '', hidden = [] } = options.layout?.() ?? {}
    return thread.report(task, { redact, colour, columns, more, hidden })
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
