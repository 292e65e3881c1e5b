/** Recordings of refusals, made in a separate thread: to take secrets out of what a stranger sent may take long. */

import type { RefusedRequest } from '../verifier/index.js'
import type { RecordingAnswer, RecordingTask } from './recording-worker.js'
import { type RefusalDiagnoser, RefusalQueue, type RefusalWork, type Undiagnosed } from './refusal-queue.js'
import { type Posted, WorkerThread } from './worker-thread.js'

/** @internal */
export interface RefusalRecorderOptions {
  /** Told of each recording, a line without secrets, signatures and bodies. */
  readonly onRecording: (refused: RefusedRequest, line: string) => void
  /** Told of each refusal that has none. */
  readonly onUnrecorded: (refused: RefusedRequest, why: Undiagnosed, error?: unknown) => void
  /** What is taken out wherever it stands. */
  readonly hidden: () => readonly string[]
}

/** Of a flood of refusals, what is too many to wait is reported as unrecorded. */
export function createRefusalRecorder({ onRecording, onUnrecorded, hidden }: RefusalRecorderOptions): RefusalDiagnoser {
  const thread = new WorkerThread<RecordingTask, RecordingAnswer>({ name: 'recordings', file: 'recording-worker' })
  let given: readonly string[] = []
  const posted = (refused: RefusedRequest, isNew: boolean): Posted<RecordingTask> => {
    const { at, answer, request } = refused
    const { method, target, headers, body } = request
    // A body may be a view of a larger buffer that others use.
    const ownBody = body === undefined ? undefined : new Uint8Array(body)
    const now = hidden()
    const isKnown = !isNew && now === given
    given = now
    return {
      message: {
        at,
        request: { method, target, headers, body: ownBody },
        response: { status: answer.status, headers: answer.headers, body: answer.body },
        ...(isKnown ? {} : { hidden: now }),
      },
      move: ownBody === undefined ? [] : [ownBody.buffer],
    }
  }
  const work: RefusalWork<RecordingAnswer> = {
    begin: (refused) => ({
      result: thread.ask((isNew) => posted(refused, isNew), RECORDING_MILLISECONDS).then((answer) => answer ?? 'too-late'),
      cut: () => thread.end(),
    }),
    onResult: (refused, { line }) => onRecording(refused, line),
    onNone: onUnrecorded,
    waitingAtMost: WAITING_AT_MOST,
  }
  const queue = new RefusalQueue(work)
  return {
    add: queue.add,
    idle: queue.idle,
    close: async (milliseconds) => {
      await queue.close(milliseconds)
      thread.end()
    },
  }
}

const RECORDING_MILLISECONDS = 10_000
/** Each is made in some milliseconds. */
const WAITING_AT_MOST = 1000
