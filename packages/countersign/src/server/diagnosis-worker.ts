/** The thread in which refusals are diagnosed: a task in, a diagnosis out. `diagnosis-thread.ts` starts it, and ends it. */
import { parentPort } from 'node:worker_threads'
import type { KnownSecret } from '../case/index.js'
import type { Diagnosis } from '../diagnosis/index.js'
import { type DiagnosisTask, refusalOf, secretsOf } from './diagnosis-task.js'
import { refusalDiagnosisSteps } from './refusal-diagnosis.js'

let secrets: readonly KnownSecret[] = []

/** What is thrown here ends the thread, and reaches its caller as an error. */
function diagnosed(task: DiagnosisTask): Diagnosis {
  const { milliseconds, maxTrials } = task
  if (task.secrets !== undefined) secrets = secretsOf(task.secrets)
  const begun = performance.now()
  const steps = refusalDiagnosisSteps(refusalOf(task), { secrets, ...(maxTrials === undefined ? {} : { maxTrials }) })
  for (;;) {
    const step = steps.next(performance.now() - begun > milliseconds)
    if (step.done === true) return step.value
  }
}

parentPort?.on('message', (task: DiagnosisTask) => parentPort?.postMessage(diagnosed(task)))
parentPort?.postMessage('ready')
