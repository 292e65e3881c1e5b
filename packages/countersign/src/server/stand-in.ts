/** What answers a verified request in place of the service: enough of STS and S3 for a client to go on, an echo for the rest. */

import { type HttpRequest, S3_LIKE_SERVICES } from '../sigv4/index.js'
import { type Caller, protocolOf, type VerifiedForm } from '../verifier/index.js'
import type { MemoryBuckets } from './s3/index.js'
import { askedOf, queryProtocolAnswer } from './stand-in-sts.js'

/** An answer; its body may lie in several pieces. */
export interface StandInAnswer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: readonly Uint8Array[]
}

/** Answers a request that has been verified; `request.body` is the decoded body. */
export function standInAnswer(request: HttpRequest, caller: Caller, buckets: MemoryBuckets, form?: VerifiedForm): StandInAnswer {
  const { service } = caller.scope
  if (form !== undefined || S3_LIKE_SERVICES.has(service)) return buckets.answer(request, caller, form)
  const answer = protocolOf(service, request) === 'query' ? queryProtocolAnswer(askedOf(request), service, caller) : undefined
  if (answer !== undefined) return answer
  const { accessKeyId, scope } = caller
  const body = JSON.stringify({
    verified: true,
    accessKeyId,
    service,
    region: scope.region,
    method: request.method,
    target: request.target,
  })
  return {
    status: 200,
    headers: [
      ['Content-Type', 'application/json'],
      ['x-amzn-RequestId', caller.requestId.uuid],
    ],
    body: [Buffer.from(body, 'latin1')],
  }
}
