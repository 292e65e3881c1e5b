/** Why a verifier refused a request: the diagnosis for its operator. Never for the caller. */

import { sha256 } from '#sha256'
import { CAUSES } from '../causes/index.js'
import { diagnosisSteps } from '../diagnosis/diagnose.js'
import type { Diagnosis } from '../diagnosis/finding.js'
import type { Searching } from '../diagnosis/search.js'
import { assembleCase } from '../evidence/assemble-case.js'
import type { KnownSecret } from '../evidence/case-file.js'
import { readEvidence } from '../evidence/index.js'
import { recordingLine } from '../evidence/recording-text.js'
import { SecretAccessKey } from '../sigv4/signing-key.js'
import type { RefusedRequest } from '../verifier/outcome.js'

export interface RefusalDiagnosisOptions {
  /** Secrets of other access key IDs: the request may have been signed with one of them. */
  readonly secrets?: readonly KnownSecret[]
  /** The most hypotheses to try. Default: 20,000, so that a server is not kept busy by its strangers. */
  readonly maxTrials?: number
}

/** The diagnosis in steps, so that a server can go on serving between them. */
export function refusalDiagnosisSteps(refused: RefusedRequest, options: RefusalDiagnosisOptions = {}): Searching<Diagnosis> {
  const { request, answer, at, key, accessKeyId, inputs } = refused
  const flow = recordingLine(
    { hop: 'verifier', at, sent: request, response: { status: answer.status, headers: answer.headers, body: errorText(refused) } },
    'all',
    sha256,
  )
  const own: KnownSecret[] =
    key instanceof SecretAccessKey
      ? [{ label: `the secret of ${accessKeyId}`, secretAccessKey: key, ...(accessKeyId === undefined ? {} : { accessKeyId }) }]
      : []
  const { piece } = refused
  const sources = [
    { name: `request ${refused.requestId}`, text: flow },
    // The service itself quotes the request's texts only; here it is known which piece it was.
    ...(piece === undefined ? [] : [{ name: `${piece.of} ${piece.number} of its payload`, text: piece.stringToSign }]),
  ]
  const file = assembleCase(readEvidence(sources), {
    secrets: [...own, ...(options.secrets ?? [])],
    now: at,
    ...(inputs === undefined ? {} : { profile: inputs.profile }),
  })
  return diagnosisSteps(file, { causes: CAUSES, maxTrials: options.maxTrials ?? 20_000 })
}

/** The diagnosis at once. */
export function diagnoseRefusal(refused: RefusedRequest, options: RefusalDiagnosisOptions = {}): Diagnosis {
  const steps = refusalDiagnosisSteps(refused, options)
  for (;;) {
    const step = steps.next(false)
    if (step.done === true) return step.value
  }
}

/** What the caller was told; of a HEAD request, what it would have been told. */
function errorText({ answer, error }: RefusedRequest): string {
  if (answer.body !== '') return answer.body
  return error.code === '' ? '' : `<Error><Code>${error.code}</Code><Message>${error.message}</Message></Error>`
}
