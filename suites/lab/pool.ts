/** Threads that diagnose; one that takes too long is ended and replaced. */
import { Worker } from 'node:worker_threads'
import { type Answer, answerOf } from './verdict.ts'

export interface Pool {
  /** The answer to `countersign diagnose --format json ARGS`; undefined where there is none. */
  diagnosed(args: readonly string[]): Promise<Answer | undefined>
  /** What a command line of the product prints, and its exit code; undefined where it does not end. */
  said(argv: readonly string[]): Promise<Said | undefined>
  end(): Promise<void>
}

export interface Said {
  readonly out: string
  readonly exit: number
}

/** So long that a busy machine is no crash. */
const LONGEST = 600_000

export function startPool(jobs: number): Pool {
  const idle = Array.from({ length: jobs }, newWorker)
  const waiting: ((worker: Worker) => void)[] = []
  const free = (worker: Worker) => {
    const next = waiting.shift()
    if (next === undefined) idle.push(worker)
    else next(worker)
  }
  const taken = () => new Promise<Worker>((resolve) => (idle.length > 0 ? resolve(idle.pop()!) : waiting.push(resolve)))
  const said = async (argv: readonly string[]) => {
    const worker = await taken()
    const answer = await asked(worker, argv)
    if (answer === undefined) await worker.terminate()
    free(answer === undefined ? newWorker() : worker)
    return answer
  }
  return {
    said,
    async diagnosed(args) {
      const answer = await said(['diagnose', '--format', 'json', ...args])
      return answer === undefined ? undefined : answerOf(answer.out, answer.exit)
    },
    end: async () => {
      await Promise.all(idle.map((worker) => worker.terminate()))
    },
  }
}

const newWorker = () => new Worker(new URL('./diagnose-worker.mjs', import.meta.url), { execArgv: [] })

function asked(worker: Worker, argv: readonly string[]): Promise<Said | undefined> {
  return new Promise((resolve) => {
    const done = (said?: Said) => {
      clearTimeout(late)
      worker.off('message', done)
      worker.off('error', failed)
      resolve(said)
    }
    const failed = () => done()
    const late = setTimeout(failed, LONGEST)
    worker.on('message', done)
    worker.on('error', failed)
    worker.postMessage({ argv })
  })
}
