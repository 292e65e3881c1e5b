/**
 * A local stand-in for AWS's front door: verifies whatever arrives, answers like the service where the signature is right and
 * with AWS's own error where it is not, and hands the operator the diagnosis.
 */
import type { AddressInfo } from 'node:net'
import type { KnownSecret } from '../case/index.js'
import { createVerifier, type Verifier, type VerifierOptions } from '../verifier/index.js'
import { answerVerified, type ServedRequest } from './answer-verified.js'
import { ConnectionFacts, type SeenRefusal } from './connection-facts.js'
import { closeWithin, startServer } from './local-server.js'
import { createRefusalDiagnoser, createRefusalReporter, type RefusalReporterOptions } from './refusal-diagnoser.js'
import type { RefusalDiagnoser } from './refusal-queue.js'
import type { DiagnosisListener } from './stepwise-diagnoser.js'
import { isUnsigned } from './unsigned-request.js'

/** @public */
export interface FrontDoorOptions extends Omit<VerifierOptions, 'onRefusal'> {
  /** Default: 127.0.0.1. */
  readonly host?: string
  /** 0 takes a free one. */
  readonly port: number
  /** All secrets there are: a request may have been signed with another one than it names. */
  readonly secrets?: () => readonly KnownSecret[]
  /** Told of each request that has passed, when it is answered. */
  readonly onServed?: (served: ServedRequest) => void
  /** Told of each refusal at once. */
  readonly onRefused?: (refused: SeenRefusal) => void
  /** Told of each refusal's diagnosis, some time later. */
  readonly onDiagnosis?: DiagnosisListener['onDiagnosis']
  /** Told of each diagnosis's report instead, laid out in the thread that diagnoses. */
  readonly onReport?: RefusalReporterOptions['onReport']
  readonly layout?: NonNullable<RefusalReporterOptions['layout']>
  /** Told of each refusal that is not diagnosed, where one of the two is told: it was too large, too slow, or one too many. */
  readonly onUndiagnosed?: NonNullable<DiagnosisListener['onUndiagnosed']>
  readonly onError?: (error: unknown) => void
  /** Bytes of S3 objects kept in memory; what finds no room is refused with 507. Default: 256 MiB. */
  readonly objectBytes?: number
  /** Answers a page's preflight as S3 does without CORS rules: with a refusal. Default: pages of this machine may read answers. */
  readonly strict?: boolean
  /** How long a client is waited for. */
  readonly patience?: Partial<Patience>
}

export interface Patience {
  /** For the head of a request, from its first byte, or from the beginning of the connection. Default: 10. */
  readonly headSeconds: number
  /** For the whole request. Default: 120. */
  readonly requestSeconds: number
  /** For the next request on a connection. Default: 5. */
  readonly idleSeconds: number
  /** For requests that have begun when the door is closed. Default: 10. */
  readonly closingSeconds: number
}

const PATIENCE: Patience = { headSeconds: 10, requestSeconds: 120, idleSeconds: 5, closingSeconds: 10 }

/** @public */
export interface FrontDoor {
  /** "http://127.0.0.1:9000". */
  readonly url: string
  readonly verifier: Verifier
  /** Takes no new requests, finishes those that have begun as far as patience goes, diagnoses what was refused, and ends. */
  close(): Promise<void>
}

/**
 * Opens a local AWS endpoint, as `countersign serve` does: it verifies each request, answers as the service, and diagnoses refusals.
 *
 * @param options `port` 0 takes a free one; it listens on 127.0.0.1 where `host` names no other.
 * @throws Error (rejects) where the port cannot be had.
 * @example
 * ```js
 * import { SecretAccessKey, sign } from 'countersign'
 * import { openFrontDoor } from 'countersign/server'
 * import { credentialsOf } from 'countersign/verifier'
 *
 * const secret = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
 * const causes = []
 * const door = await openFrontDoor({
 *   port: 0,
 *   credentials: credentialsOf({ AKIAIOSFODNN7EXAMPLE: { key: secret } }),
 *   onDiagnosis: (refused, { findings }) => causes.push(findings[0].causes),
 * })
 * const request = { method: 'GET', target: '/photos/a.jpg', headers: [['Host', new URL(door.url).host]], body: new Uint8Array(0) }
 * const truncated = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKE')
 * const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: truncated }
 * const { headers } = sign(request, credentials, { now: Date.now(), region: 'eu-west-1', service: 's3' })
 * const answer = await fetch(`${door.url}/photos/a.jpg`, { headers })
 * answer.status // => 403
 * await door.close()
 * causes // => [['secret-truncated']]
 * ```
 * @public
 */
export async function openFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  const { host = '127.0.0.1', port, clock = Date.now, objectBytes = 256 * 1024 * 1024, onError } = options
  const patience = { ...PATIENCE, ...options.patience }
  const diagnoser = diagnoserOf(options)
  const connections = new ConnectionFacts()
  const verifier = createVerifier({
    ...options,
    clock,
    onRefusal: (refused) => {
      const seen = connections.beside(refused)
      options.onRefused?.(seen)
      if (diagnoser === undefined) return
      if (isUnsigned(refused)) options.onUndiagnosed?.(seen, 'unsigned')
      else diagnoser.add(seen)
    },
  })
  const handler = answerVerified({
    objectBytes,
    clock,
    onError,
    onServed: (served, request, head) => {
      connections.keep(request, served.caller.accessKeyId, served.at, head)
      options.onServed?.(served)
    },
  })
  const server = await startServer(verifier, handler, {
    host,
    port,
    patience,
    onError,
    strict: options.strict === true,
    onRequest: (request) => connections.enter(request),
  })
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    verifier,
    close: async () => {
      await closeWithin(server, patience.closingSeconds * 1000)
      await diagnoser?.close(patience.closingSeconds * 1000)
    },
  }
}

function diagnoserOf(options: FrontDoorOptions): RefusalDiagnoser | undefined {
  const { onReport, onDiagnosis } = options
  if (onReport !== undefined) return createRefusalReporter({ ...options, onReport })
  return onDiagnosis === undefined ? undefined : createRefusalDiagnoser({ ...options, onDiagnosis })
}
