/**
 * A refusal on its way to the thread that diagnoses it, and back to what it was there. Secrets travel in the message, within this
 * process; they are in no argument, environment or log.
 */
import type { KnownSecret } from '../case/index.js'
import { SecretAccessKey } from '../sigv4/index.js'
import type { RefusalToDiagnose } from './refusal-diagnosis.js'

/** A known secret as data. */
interface SecretInTask {
  readonly label: string
  readonly dangerSecret: string
  readonly accessKeyId: string | undefined
}

/** What the thread gets. */
export interface DiagnosisTask {
  /** The key is that of `dangerSecret`. */
  readonly refused: Omit<RefusalToDiagnose, 'key'>
  readonly dangerSecret: string | undefined
  /** Absent: those of the task before. */
  readonly secrets?: readonly SecretInTask[]
  readonly maxTrials: number | undefined
  /** After so long the best answer so far is wanted. */
  readonly milliseconds: number
}

/** A refusal as data, with what may be moved instead of copied. */
export function refusalInTask(
  refused: RefusalToDiagnose,
): Pick<DiagnosisTask, 'refused' | 'dangerSecret'> & { readonly move: ArrayBuffer[] } {
  const { requestId, at, accessKeyId, key, inputs, piece } = refused
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
