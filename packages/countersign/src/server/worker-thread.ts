/** A thread that answers one task at a time, seen from the thread that serves: started when it is needed, ended when it is too slow. */
import { Worker } from 'node:worker_threads'

/** Where the module of a thread is. */
export interface WorkerPlace {
  /** What the thread is for. */
  readonly name: string
  /** The name of the file beside this one, without its ending. */
  readonly file: string
  /** Where it is, if not there. */
  readonly module?: URL | undefined
}

/** What is posted, with what may be moved instead of copied. */
export interface Posted<Task> {
  readonly message: Task
  readonly move: ArrayBuffer[]
}

export class WorkerThread<Task, Answer> {
  #worker: Worker | undefined
  /** The one that had the last task. */
  #asked: Worker | undefined

  constructor(private readonly place: WorkerPlace) {}

  /**
   * One at a time. `undefined` where no answer comes in time; rejects where the thread fails. The next call starts another then.
   *
   * @param task Told whether the thread is a new one, which knows nothing of the tasks before.
   */
  async ask(task: (isNew: boolean) => Posted<Task>, milliseconds: number): Promise<Answer | undefined> {
    const worker = this.#worker ?? (await this.#started())
    // It keeps the process from ending while it has something to do, and only then.
    worker.ref()
    try {
      const { message, move } = task(worker !== this.#asked)
      worker.postMessage(message, move)
      this.#asked = worker
      // It comes from our own module.
      const answer = (await answerOf(worker, milliseconds)) as Answer | undefined
      if (answer === undefined) this.end()
      return answer
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
  }

  async #started(): Promise<Worker> {
    const worker = startedWorker(this.place)
    this.#worker = worker
    // One that fails between two tasks is missed at the next one.
    worker.on('error', () => {})
    worker.once('exit', () => {
      if (this.#worker === worker) this.end()
    })
    // To load takes a moment, which is not the task's.
    if ((await answerOf(worker, START_MILLISECONDS)) !== undefined) return worker
    this.end()
    throw new Error(`the thread of ${this.place.name} did not start within ${START_MILLISECONDS / 1000} s`)
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
    const onExit = () => onError(new Error('the thread has ended'))
    const timer = setTimeout(() => over(() => resolve(undefined)), milliseconds)
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
  })
}

function startedWorker({ name, file, module }: WorkerPlace): Worker {
  const options = { name: `countersign ${name}`, resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES } }
  if (module === undefined && import.meta.url.endsWith('.ts')) {
    // From source, as tests run it: a thread has no loader of TypeScript until it asks for one.
    const [loader, entry] = [import.meta.resolve('tsx/esm/api'), new URL(`./${file}.ts`, import.meta.url).href]
    const code = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(entry)}) })`
    return new Worker(code, { ...options, eval: true })
  }
  // It needs nothing of the process's environment, in which there may be secrets, and none of its flags.
  return new Worker(module ?? new URL(`./${file}.js`, import.meta.url), { ...options, env: {}, execArgv: [] })
}

const START_MILLISECONDS = 30_000
const MOST_MEGABYTES = 512
