/** Why a request is refused: what a check decides, before anybody is told; and the one place where a request is turned away. */
import {
  type PayloadRefused,
  type Refused,
  type SignatureMismatch,
  type SigningInputs,
  STANDARD_MISMATCH,
  signatureMismatch,
  signingInputsOf,
  type VerifyError,
} from '../sigv4/index.js'
import type { AuditCode } from './audit-event.js'
import type { RefusedRequest } from './outcome.js'
import { refusalAnswer } from './refusal-answer.js'
import { type RequestContext, tell } from './request-context.js'
import { protocolOf } from './service-protocol.js'

/** A decision, and what there is to show for it. */
export class Refusal {
  readonly code: AuditCode
  readonly inputs: SigningInputs | undefined
  readonly body: Uint8Array | undefined
  readonly piece: SignatureMismatch | undefined

  constructor(
    /** The request as it was known then. */
    readonly context: RequestContext,
    readonly error: VerifyError,
    shown: {
      readonly code?: AuditCode
      readonly inputs?: SigningInputs | undefined
      readonly body?: Uint8Array
      readonly piece?: SignatureMismatch | undefined
    } = {},
  ) {
    this.code = shown.code ?? 'refused'
    this.inputs = shown.inputs
    this.body = shown.body
    this.piece = shown.piece
  }
}

/** A refusal by a check that is none of the specification's numbered ones. */
export function refusal(context: RequestContext, refused: Refused, check: string, code?: AuditCode): Refusal {
  return new Refusal(context, errorOf(refused, check), code === undefined ? {} : { code })
}

/**
 * A refused payload. A piece whose signature is wrong is answered with its string to sign, beside the canonical request of the head, as
 * S3 does.
 */
export function payloadRefusal(context: RequestContext, payload: PayloadRefused): Refusal {
  const { request, profile, known, authorization, credential } = context
  const { mismatch } = payload
  const inputs = signingInputsOf(request, { profile })
  const shown = inputs === undefined ? undefined : { ...inputs, key: known?.key }
  if (mismatch === undefined) return new Refusal(context, errorOf(payload, 'payload'), { inputs: shown })
  const error = profile.dialect === 's3' ? signatureMismatch(inputs, authorization, credential, mismatch) : STANDARD_MISMATCH
  return new Refusal(context, errorOf(error, `${mismatch.of}-signature`), { inputs: shown, piece: mismatch })
}

/** Turns the request away: counts the failure, tells the operator, words the answer. Once for a request. */
export function refuse({ context, error, inputs, code, body, piece }: Refusal): RefusedRequest {
  const { request, service, requestId, now, credential, known, fidelity, options } = context
  const protocol = protocolOf(service, request)
  const refused: RefusedRequest = {
    requestId: protocol === 's3' ? requestId.short : requestId.uuid,
    at: now,
    fidelity,
    request: { ...request.given, body },
    error,
    service,
    accessKeyId: credential?.accessKeyId,
    key: known?.key,
    inputs,
    ...(piece === undefined ? {} : { piece }),
    answer: refusalAnswer({ request, service, protocol, error, inputs, requestId }),
  }
  if (code === 'refused' && credential !== undefined && FAILURES.has(error.group)) options.throttle?.failed(credential.accessKeyId, now)
  options.onRefusal?.(refused)
  tell(context, code, error, refused.answer.status)
  return refused
}

function errorOf(refused: Refused, check: string): VerifyError {
  return { ...refused, extra: refused.extra ?? [], check, group: check === 'payload' ? 'payload' : 'request', number: 0, of: 0 }
}

/** The groups of checks whose failing says that somebody may be guessing. */
const FAILURES: ReadonlySet<string> = new Set(['signature', 'token', 'access-key'])
