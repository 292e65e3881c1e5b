/** The thread in which refusals are recorded: what a verifier saw in, a line without secrets out. `refusal-recorder.ts` starts it. */
import { createHash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import { recordingLine } from '../evidence/index.js'
import { Gate } from '../report/index.js'
import type { Header, HttpRequest } from '../sigv4/index.js'

export interface RecordingTask {
  readonly at: number
  readonly request: HttpRequest
  readonly response: { readonly status: number; readonly headers: readonly Header[]; readonly body: string }
  /** What no recording may show. Absent: that of the task before. */
  readonly hidden?: readonly string[]
}

export interface RecordingAnswer {
  readonly line: string
}

let gate = new Gate([], [])

function recorded({ at, request, response, hidden }: RecordingTask): RecordingAnswer {
  if (hidden !== undefined) gate = new Gate(hidden, [])
  const line = recordingLine({ hop: 'verifier', at, sent: request, response }, 'redacted', sha256)
  // A client that takes the secret for an ID, or a path, sends it along.
  return { line: gate.given(line) }
}

function sha256(body: Uint8Array): Uint8Array {
  return createHash('sha256').update(body).digest()
}

parentPort?.on('message', (task: RecordingTask) => parentPort?.postMessage(recorded(task)))
parentPort?.postMessage('ready')
