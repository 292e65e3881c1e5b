/**
 * A refusal on its way to the thread that diagnoses it, and back to what it was there. Secrets travel in the message, within this
 * process; they are in no argument, environment or log.
 */
import type { KnownSecret } from '../case/index.js'
import type { Diagnosis } from '../diagnosis/index.js'
import type { RedactLevel } from '../report/index.js'
import { SecretAccessKey } from '../sigv4/index.js'
import type { RefusalToDiagnose } from './refusal-diagnosis.js'

/** A known secret as data. */
interface SecretInTask {
  readonly label: string
  readonly dangerSecret: string
  readonly accessKeyId: string | undefined
}

/** How a report is laid out. */
export interface ReportInTask {
  readonly redact: RedactLevel
  readonly colour: boolean
  readonly columns: number | undefined
  readonly more: string
}

/** What the thread gets. */
export interface DiagnosisTask {
  /** The key is that of `dangerSecret`. */
  readonly refused: Omit<RefusalToDiagnose, 'key'>
  readonly dangerSecret: string | undefined
  /** Absent: those of the task before. */
  readonly secrets?: readonly SecretInTask[]
  /** What a report hides besides the secrets. Absent: that of the task before. */
  readonly hidden?: readonly string[]
  /** Absent: the diagnosis is wanted, not its report. */
  readonly report?: ReportInTask
  readonly maxTrials: number | undefined
  /** After so long the best answer so far is wanted. */
  readonly milliseconds: number
}

/** What it answers: what was wanted, or that it is too large to cross. */
export type DiagnosisAnswer = { readonly diagnosis?: Diagnosis; readonly report?: string } | 'size'

/** A refusal as data, with what may be moved instead of copied. */
export function refusalInTask(
  refused: RefusalToDiagnose,
): Pick<DiagnosisTask, 'refused' | 'dangerSecret'> & { readonly move: ArrayBuffer[] } {
  const { requestId, at, accessKeyId, key, inputs, piece, hop, received, passed, proxySigns } = refused
  const { method, target, headers, body } = refused.request
  const { code, message, check } = refused.error
  // A body may be a view of a larger buffer that others use.
  const ownBody = body === undefined ? undefined : new Uint8Array(body)
  return {
    refused: {
      requestId,
      at,
      accessKeyId,
      request: { method, target, headers, body: ownBody },
      error: { code, message, check },
      inputs: inputs === undefined ? undefined : { profile: inputs.profile },
      answer: { status: refused.answer.status, headers: refused.answer.headers, body: refused.answer.body },
      ...(piece === undefined ? {} : { piece }),
      ...(hop === undefined ? {} : { hop }),
      ...(received === undefined ? {} : { received }),
      ...(passed === undefined ? {} : { passed }),
      ...(proxySigns === undefined ? {} : { proxySigns }),
    },
    dangerSecret: key instanceof SecretAccessKey ? key.dangerValue() : undefined,
    move: ownBody === undefined ? [] : [ownBody.buffer],
  }
}

/** The refusal that a task holds. */
export function refusalOf({ refused, dangerSecret }: DiagnosisTask): RefusalToDiagnose {
  return { ...refused, key: dangerSecret === undefined ? undefined : new SecretAccessKey(dangerSecret) }
}

export function secretsInTask(secrets: readonly KnownSecret[]): readonly SecretInTask[] {
  return secrets.map(({ label, secretAccessKey, accessKeyId }) => ({ label, dangerSecret: secretAccessKey.dangerValue(), accessKeyId }))
}

export function secretsOf(secrets: readonly SecretInTask[]): readonly KnownSecret[] {
  return secrets.map(({ label, dangerSecret, accessKeyId }) => ({
    label,
    secretAccessKey: new SecretAccessKey(dangerSecret),
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
  }))
}
