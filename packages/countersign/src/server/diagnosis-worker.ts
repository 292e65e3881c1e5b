/** The thread in which refusals are diagnosed: a task in, a diagnosis or its report out. `diagnosis-thread.ts` starts it, and ends it. */
import { parentPort } from 'node:worker_threads'
import type { KnownSecret } from '../case/index.js'
import type { Diagnosis } from '../diagnosis/index.js'
import { renderTerminal } from '../report/index.js'
import { type DiagnosisAnswer, type DiagnosisTask, type ReportInTask, refusalOf, secretsOf } from './diagnosis-task.js'
import { refusalDiagnosisSteps } from './refusal-diagnosis.js'

let secrets: readonly KnownSecret[] = []
let hidden: readonly string[] = []
/** Both of them: one list for as long as they stay, which is made ready once. */
let unspoken: readonly string[] = []

/** What is thrown here ends the thread, and reaches its caller as an error. */
function answered(task: DiagnosisTask): DiagnosisAnswer {
  if (task.secrets !== undefined) secrets = secretsOf(task.secrets)
  if (task.hidden !== undefined) hidden = task.hidden
  if (task.secrets !== undefined || task.hidden !== undefined)
    unspoken = [...new Set([...hidden, ...secrets.map(({ secretAccessKey }) => secretAccessKey.dangerValue())])]
  const diagnosis = diagnosed(task)
  if (task.report !== undefined) return { report: laidOut(diagnosis, task.report, task.dangerSecret) }
  return charactersOf(diagnosis) > MOST_CHARACTERS ? 'size' : { diagnosis }
}

function diagnosed(task: DiagnosisTask): Diagnosis {
  const { milliseconds, maxTrials } = task
  const begun = performance.now()
  const steps = refusalDiagnosisSteps(refusalOf(task), { secrets, ...(maxTrials === undefined ? {} : { maxTrials }) })
  for (;;) {
    const step = steps.next(performance.now() - begun > milliseconds)
    if (step.done === true) return step.value
  }
}

/** The report, cut where it is too long: it is clean by then, so no half of a secret is left. */
function laidOut(diagnosis: Diagnosis, { redact, colour, columns, more }: ReportInTask, own: string | undefined): string {
  const known = own === undefined || unspoken.includes(own) ? unspoken : [...unspoken, own]
  const text = renderTerminal(diagnosis, { secrets: known, redact, colour, more, ...(columns === undefined ? {} : { columns }) })
  if (text.length <= MOST_REPORT_CHARACTERS) return text
  const end = text.lastIndexOf('\n', MOST_REPORT_CHARACTERS) + 1
  return `${text.slice(0, end)}... (${(text.length - end).toLocaleString('en')} characters left out)\n`
}

/** Characters of all texts in it, about: to read them is what crossing costs the thread that serves. */
function charactersOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (value === null || typeof value !== 'object') return 0
  return Object.values(value).reduce((sum: number, one) => sum + EACH + charactersOf(one), 0)
}

const MOST_CHARACTERS = 4 * 1024 * 1024
const MOST_REPORT_CHARACTERS = 256 * 1024
const EACH = 8

parentPort?.on('message', (task: DiagnosisTask) => parentPort?.postMessage(answered(task)))
parentPort?.postMessage('ready')
