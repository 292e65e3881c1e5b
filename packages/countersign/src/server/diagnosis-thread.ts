/** The thread that diagnoses refusals, and lays their reports out, seen from the thread that serves. */
import type { KnownSecret } from '../case/index.js'
import type { Diagnosis } from '../diagnosis/index.js'
import { type DiagnosisAnswer, type DiagnosisTask, type ReportInTask, refusalInTask, secretsInTask } from './diagnosis-task.js'
import type { RefusalToDiagnose } from './refusal-diagnosis.js'
import { WorkerThread } from './worker-thread.js'

export interface ThreadTask {
  readonly refused: RefusalToDiagnose
  readonly secrets: readonly KnownSecret[]
  readonly maxTrials: number | undefined
  /** After so long the thread answers with the best it has; after twice as long it is ended. */
  readonly milliseconds: number
}

/** How a report is laid out, and what else it hides. */
export interface ThreadReport extends ReportInTask {
  readonly hidden: readonly string[]
}

export class DiagnosisThread {
  readonly #thread: WorkerThread<DiagnosisTask, DiagnosisAnswer>
  /** What the thread was given last. */
  #secrets: readonly KnownSecret[] = []
  #hidden: readonly string[] = []

  /** @param module Where the thread's module is, if not beside this one. */
  constructor(module: URL | undefined) {
    this.#thread = new WorkerThread({ name: 'diagnosis', file: 'diagnosis-worker', module })
  }

  /** One at a time. Rejects where the thread fails; the next call starts another. */
  async diagnose(task: ThreadTask): Promise<Diagnosis | 'too-late' | 'size'> {
    const answer = await this.#answer(task, undefined)
    // It comes out of the one maker of proofs there: what crosses is data, and nothing in it is lost.
    return typeof answer === 'string' ? answer : answer.diagnosis!
  }

  /** The same, laid out: what crosses is a text of limited length without secrets. */
  async report(task: ThreadTask, report: ThreadReport): Promise<{ readonly report: string } | 'too-late' | 'size'> {
    const answer = await this.#answer(task, report)
    return typeof answer === 'string' ? answer : { report: answer.report! }
  }

  /** Ends what is under way: its caller gets an error. */
  end(): void {
    this.#thread.end()
  }

  async #answer(task: ThreadTask, wanted: ThreadReport | undefined): Promise<DiagnosisAnswer | 'too-late'> {
    const { secrets, maxTrials, milliseconds } = task
    const hidden = wanted?.hidden ?? []
    const posted = (isNew: boolean) => {
      const { move, ...refused } = refusalInTask(task.refused)
      const message: DiagnosisTask = {
        ...refused,
        ...(!isNew && sameSecrets(secrets, this.#secrets) ? {} : { secrets: secretsInTask(secrets) }),
        ...(!isNew && same(hidden, this.#hidden) ? {} : { hidden }),
        ...(wanted === undefined
          ? {}
          : { report: { redact: wanted.redact, colour: wanted.colour, columns: wanted.columns, more: wanted.more } }),
        maxTrials,
        milliseconds,
      }
      this.#secrets = secrets
      this.#hidden = hidden
      return { message, move }
    }
    return (await this.#thread.ask(posted, UNANSWERED * milliseconds)) ?? 'too-late'
  }
}

function sameSecrets(some: readonly KnownSecret[], others: readonly KnownSecret[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ secretAccessKey, label }, i) => {
      const other = others[i]!
      return secretAccessKey === other.secretAccessKey && label === other.label
    })
  )
}

function same(some: readonly string[], others: readonly string[]): boolean {
  return some === others || (some.length === others.length && some.every((one, i) => one === others[i]))
}

const UNANSWERED = 2
