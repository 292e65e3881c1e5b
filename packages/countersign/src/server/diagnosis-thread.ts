/** The thread that diagnoses refusals, seen from the thread that serves: started when it is needed, ended when it is too slow. */
import { Worker } from 'node:worker_threads'
import type { KnownSecret } from '../case/index.js'
import type { Diagnosis } from '../diagnosis/index.js'
import { type DiagnosisTask, refusalInTask, secretsInTask } from './diagnosis-task.js'
import type { RefusalToDiagnose } from './refusal-diagnosis.js'

export interface ThreadTask {
  readonly refused: RefusalToDiagnose
  readonly secrets: readonly KnownSecret[]
  readonly maxTrials: number | undefined
  /** After so long the thread answers with the best it has; after twice as long it is ended. */
  readonly milliseconds: number
}

export class DiagnosisThread {
  #worker: Worker | undefined
  /** The secrets that the worker has. */
  #given: readonly KnownSecret[] = []

  /** @param module Where the thread's module is, if not beside this one. */
  constructor(private readonly module: URL | undefined) {}

  /** One at a time. Rejects where the thread fails; the next call starts another. */
  async diagnose(task: ThreadTask): Promise<Diagnosis | 'too-late'> {
    const worker = this.#worker ?? (await this.#started())
    // It keeps the process from ending while it has something to do, and only then.
    worker.ref()
    try {
      const { move, ...refused } = refusalInTask(task.refused)
      const message: DiagnosisTask = {
        ...refused,
        ...(sameSecrets(task.secrets, this.#given) ? {} : { secrets: secretsInTask(task.secrets) }),
        maxTrials: task.maxTrials,
        milliseconds: task.milliseconds,
      }
      worker.postMessage(message, move)
      this.#given = task.secrets
      // It comes from our own module, out of the one maker of proofs there: what crosses is data, and nothing in it is lost.
      const diagnosis = (await answerOf(worker, UNANSWERED * task.milliseconds)) as Diagnosis | undefined
      if (diagnosis === undefined) this.end()
      return diagnosis ?? 'too-late'
    } catch (error) {
      this.end()
      throw error
    } finally {
      worker.unref()
    }
  }

  /** Ends what is under way: its caller gets an error. */
  end(): void {
    this.#worker?.terminate().catch(() => {})
    this.#worker = undefined
    this.#given = []
  }

  async #started(): Promise<Worker> {
    const worker = startedWorker(this.module)
    this.#worker = worker
    // One that fails between two tasks is missed at the next one.
    worker.on('error', () => {})
    worker.once('exit', () => {
      if (this.#worker === worker) this.end()
    })
    // To load takes a moment, which is not the diagnosis's.
    if ((await answerOf(worker, START_MILLISECONDS)) !== undefined) return worker
    this.end()
    throw new Error(`the thread that diagnoses did not start within ${START_MILLISECONDS / 1000} s`)
  }
}

/** The next message; `undefined` where none comes in time. Rejects where the worker ends. */
function answerOf(worker: Worker, milliseconds: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const over = (settle: () => void) => {
      clearTimeout(timer)
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      settle()
    }
    const onMessage = (message: unknown) => over(() => resolve(message))
    const onError = (error: unknown) => over(() => reject(error))
    const onExit = () => onError(new Error('the thread that diagnoses has ended'))
    const timer = setTimeout(() => over(() => resolve(undefined)), milliseconds)
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
  })
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

function startedWorker(module: URL | undefined): Worker {
  const options = { name: 'countersign diagnosis', resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES } }
  if (module === undefined && import.meta.url.endsWith('.ts')) {
    // From source, as tests run it: a thread has no loader of TypeScript until it asks for one.
    const [loader, entry] = [import.meta.resolve('tsx/esm/api'), new URL('./diagnosis-worker.ts', import.meta.url).href]
    const code = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(entry)}) })`
    return new Worker(code, { ...options, eval: true })
  }
  // It needs nothing of the process's environment, in which there may be secrets, and none of its flags.
  return new Worker(module ?? new URL('./diagnosis-worker.js', import.meta.url), { ...options, env: {}, execArgv: [] })
}

const START_MILLISECONDS = 30_000
const UNANSWERED = 2
const MOST_MEGABYTES = 512
