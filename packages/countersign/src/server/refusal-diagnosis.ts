/** Why a verifier refused a request: the diagnosis for its operator. Never for the caller. */

import { sha256 } from '#sha256'
import type { KnownSecret } from '../case/index.js'
import { CAUSES } from '../causes/index.js'
import { type Diagnosis, investigationSteps, type ReadingAndSearching } from '../diagnosis/index.js'
import { recordingLine } from '../evidence/index.js'
import { readEvidenceSteps } from '../intake/index.js'
import { type HttpRequest, SecretAccessKey, type SigningInputs, type VerifyError } from '../sigv4/index.js'
import type { RefusedRequest } from '../verifier/index.js'
import type { PassedRequest } from './connection-facts.js'

/** @internal */
export interface RefusalDiagnosisOptions {
  /** Secrets of other access key IDs: the request may have been signed with one of them. */
  readonly secrets?: readonly KnownSecret[]
  /** The most hypotheses to try. Default: 20,000, so that a server is not kept busy by its strangers. */
  readonly maxTrials?: number
}

/**
 * What a diagnosis reads of a refused request.
 * @internal
 */
export interface RefusalToDiagnose
  extends Pick<RefusedRequest, 'requestId' | 'at' | 'request' | 'accessKeyId' | 'key' | 'answer' | 'piece'> {
  readonly error: Pick<VerifyError, 'code' | 'message' | 'check'>
  readonly inputs: Pick<SigningInputs, 'profile'> | undefined
  /** What saw the request; "verifier" by default. */
  readonly hop?: string
  /** The request as it came to a hop that sent on another. */
  readonly received?: Pick<HttpRequest, 'method' | 'target' | 'headers'>
  /** A request with the same key that passed on the same connection: it clears the key. */
  readonly passed?: PassedRequest
  /** What says that a proxy passed it on. */
  readonly proxySigns?: readonly string[]
}

/**
 * The diagnosis in steps. A step is short for ordinary requests; a hostile one can make a step of any length its size allows, so
 * a server that has strangers runs the steps in a thread (`createRefusalDiagnoser`) or bounds the size (`createStepwiseDiagnoser`).
 * `next(true)` ends it with the best answer so far.
 * @internal
 */
export function* refusalDiagnosisSteps(refused: RefusalToDiagnose, options: RefusalDiagnosisOptions = {}): ReadingAndSearching<Diagnosis> {
  if (isRefusedForSize(refused)) return withoutDiagnosis(refused)
  const { request, answer, at, key, accessKeyId, inputs, hop = 'verifier', received } = refused
  const came = received === undefined ? {} : { received }
  const flow = recordingLine(
    { hop, at, ...came, sent: request, response: { status: answer.status, headers: answer.headers, body: errorText(refused) } },
    'all',
    sha256,
  )
  const own: KnownSecret[] =
    key instanceof SecretAccessKey
      ? [{ label: `the secret of ${accessKeyId}`, secretAccessKey: key, ...(accessKeyId === undefined ? {} : { accessKeyId }) }]
      : []
  const { piece, passed } = refused
  const before = passed === undefined ? '' : passedLine(passed, hop)
  const sources = [
    { name: `request ${refused.requestId}`, text: before + flow },
    // The service itself quotes the request's texts only; here it is known which piece it was.
    ...(piece === undefined ? [] : [{ name: `${piece.of} ${piece.number} of its payload`, text: piece.stringToSign }]),
  ]
  const known = {
    secrets: [...own, ...(options.secrets ?? [])],
    now: at,
    ...(inputs === undefined ? {} : { profile: inputs.profile }),
    ...(passed === undefined || accessKeyId === undefined ? {} : { passedAccessKeyId: accessKeyId }),
    ...(refused.proxySigns === undefined ? {} : { proxySigns: refused.proxySigns }),
  }
  return yield* investigationSteps(yield* readEvidenceSteps(sources), known, { causes: CAUSES, maxTrials: options.maxTrials ?? 20_000 })
}

/**
 * The diagnosis at once: nothing else runs meanwhile, and a hostile request can make that seconds. For tests, and for requests of
 * people you know; a server that has strangers takes `createRefusalDiagnoser`.
 *
 * @param refused What `onRefusal` got.
 * @param options Other secrets to try, and the most hypotheses (20,000 by default).
 * @example
 * ```js
 * import { SecretAccessKey, sign } from 'countersign'
 * import { diagnoseRefusal } from 'countersign/server'
 * import { createVerifier, credentialsOf } from 'countersign/verifier'
 *
 * const secret = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
 * const verifier = createVerifier({ credentials: credentialsOf({ AKIAIOSFODNN7EXAMPLE: { key: secret } }) })
 * const request = { method: 'GET', target: '/things', headers: [['Host', 'api.example.com']], body: new Uint8Array(0) }
 * const truncated = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE')
 * const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: truncated }
 * const signed = sign(request, credentials, { now: Date.now(), region: 'eu-west-1', service: 'execute-api' })
 * const { refused } = await verifier.judge(signed)
 * diagnoseRefusal(refused).findings[0].causes // => ['secret-truncated']
 * ```
 * @public
 */
export function diagnoseRefusal(refused: RefusedRequest, options: RefusalDiagnosisOptions = {}): Diagnosis {
  const steps = refusalDiagnosisSteps(refused, options)
  for (;;) {
    const step = steps.next(false)
    if (step.done === true) return step.value
  }
}

/** Whether a limit refused the request. To read it all the same would undo the limit. */
export function isRefusedForSize({ error }: Pick<RefusalToDiagnose, 'error'>): boolean {
  return error.check === 'limit'
}

/** A request that was verified, and so answered: what the service made of it does not matter. */
function passedLine({ at, request }: PassedRequest, hop: string): string {
  return recordingLine({ hop, at, sent: request, response: { status: 200, headers: [], body: '' } }, 'all', sha256)
}

function withoutDiagnosis({ error: { code, message } }: RefusalToDiagnose): Diagnosis {
  return {
    outcome: 'unexplained',
    requests: [],
    next: undefined,
    error: { code, message, check: undefined },
    findings: [],
    ruledOut: [],
    wanted: [],
    search: { trials: 0, exhausted: false },
    notes: ['The request was refused for its size, so it was not read.'],
  }
}

/** What the caller was told; of a HEAD request, what it would have been told. */
function errorText({ answer, error }: RefusalToDiagnose): string {
  if (answer.body !== '') return answer.body
  return error.code === '' ? '' : `<Error><Code>${error.code}</Code><Message>${error.message}</Message></Error>`
}
