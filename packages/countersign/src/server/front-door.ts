/**
 * A local stand-in for AWS's front door: verifies whatever arrives, answers like the service where the signature is right and
 * with AWS's own error where it is not, and hands the operator the diagnosis.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Diagnosis } from '../diagnosis/finding.js'
import type { KnownSecret } from '../evidence/case-file.js'
import type { RefusedRequest } from '../verifier/outcome.js'
import { createVerifier, type Verifier } from '../verifier/verifier.js'
import type { VerifierOptions } from '../verifier/verifier-options.js'
import { serveVerified, type VerifiedRequest } from './node-handler.js'
import { requestHead } from './node-request.js'
import { refusalDiagnosisSteps } from './refusal-diagnosis.js'
import { INTERNAL_ERROR, sendAnswer } from './send-answer.js'
import { standInAnswer } from './stand-in.js'
import { memoryBuckets } from './stand-in-s3.js'

export interface FrontDoorOptions extends Omit<VerifierOptions, 'onRefusal'> {
  /** Default: 127.0.0.1. */
  readonly host?: string
  /** 0 takes a free one. */
  readonly port: number
  /** All secrets there are: a request may have been signed with another one than it names. */
  readonly secrets?: () => readonly KnownSecret[]
  /** Told of each refusal at once. */
  readonly onRefused?: (refused: RefusedRequest) => void
  /** Told of each refusal's diagnosis, a moment later. */
  readonly onDiagnosis?: (refused: RefusedRequest, diagnosis: Diagnosis) => void
  readonly onError?: (error: unknown) => void
  /** Bytes of object bodies kept in memory; the oldest objects go first. Default: 256 MiB. */
  readonly objectBytes?: number
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

export interface FrontDoor {
  /** "http://127.0.0.1:9000". */
  readonly url: string
  readonly verifier: Verifier
  /** Takes no new requests, finishes those that have begun as far as patience goes, diagnoses what was refused, and ends. */
  close(): Promise<void>
}

/** Opens the door. Rejects where the port cannot be had. */
export async function openFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  const { host = '127.0.0.1', clock = Date.now, objectBytes = 256 * 1024 * 1024 } = options
  const patience = { ...PATIENCE, ...options.patience }
  const waiting: RefusedRequest[] = []
  let waitingBytes = 0
  /** When the door is closed, requests come first, and diagnoses have what patience is left. */
  let requestsDone: Promise<unknown> = Promise.resolve()
  let diagnosesEnd = Number.POSITIVE_INFINITY
  let diagnosing: Promise<void> | undefined
  const verifier = createVerifier({
    ...options,
    clock,
    onRefusal: (refused) => {
      options.onRefused?.(refused)
      if (options.onDiagnosis === undefined) return
      // A flood of refusals must not pile up: what cannot be diagnosed in time is told without a diagnosis.
      if (waiting.length < WAITING_AT_MOST && waitingBytes + sizeOf(refused) <= WAITING_BYTES_AT_MOST) {
        waiting.push(refused)
        waitingBytes += sizeOf(refused)
      }
      diagnosing ??= diagnoseAll().finally(() => {
        diagnosing = undefined
      })
    },
  })

  async function diagnoseAll(): Promise<void> {
    for (let refused = waiting.shift(); refused !== undefined; refused = waiting.shift()) {
      waitingBytes -= sizeOf(refused)
      await breath()
      await requestsDone
      if (performance.now() > diagnosesEnd) continue
      try {
        const steps = refusalDiagnosisSteps(refused, { secrets: options.secrets?.() ?? [] })
        const begun = performance.now()
        const late = (now: number) => now > diagnosesEnd || now - begun > DIAGNOSIS_MILLISECONDS
        let breathed = performance.now()
        for (;;) {
          const step = steps.next(late(performance.now()))
          if (step.done === true) {
            options.onDiagnosis?.(refused, step.value)
            break
          }
          if (performance.now() - breathed < BREATH_MILLISECONDS) continue
          await breath()
          await requestsDone
          breathed = performance.now()
        }
      } catch (error) {
        options.onError?.(error)
      }
    }
  }

  const buckets = memoryBuckets({ bytes: objectBytes, clock })
  const server = createServer({
    requireHostHeader: false,
    maxHeaderSize: 65_536,
    headersTimeout: patience.headSeconds * 1000,
    requestTimeout: patience.requestSeconds * 1000,
    keepAliveTimeout: patience.idleSeconds * 1000,
    // Whoever is too slow is cut at the next look; node:http looks twice a minute if not told otherwise.
    connectionsCheckingInterval: 1000,
  })
  server.maxConnections = 10_000
  let closing = false
  server.on('request', (_, response) => {
    if (closing) response.shouldKeepAlive = false
  })
  serveVerified(
    server,
    verifier,
    (request, response) => {
      answerVerified(request)
        .then(({ status, headers, body }) => {
          response.statusCode = status
          for (const [name, value] of headers) response.appendHeader(name, value)
          if (request.method === 'HEAD' || status === 204) response.setHeader('Content-Length', status === 204 ? 0 : body.length)
          response.end(request.method === 'HEAD' || status === 204 ? undefined : body)
        })
        .catch((error: unknown) => {
          // A body that was refused on its way has been answered already.
          if (response.headersSent || response.destroyed) return
          options.onError?.(error)
          for (const name of response.getHeaderNames()) response.removeHeader(name)
          sendAnswer(request, response, INTERNAL_ERROR, request.complete)
        })
    },
    options.onError === undefined ? {} : { onError: options.onError },
  )

  /** Bytes of bodies that are on their way into memory. */
  let comingBytes = 0

  async function answerVerified(request: VerifiedRequest): Promise<ReturnType<typeof standInAnswer>> {
    const pieces: Buffer[] = []
    let [length, kept, crowdedOut] = [0, 0, false]
    try {
      for await (const piece of request as AsyncIterable<Buffer>) {
        length += piece.length
        crowdedOut ||= comingBytes + piece.length > objectBytes
        if (crowdedOut || length > LARGEST_OBJECT) continue
        pieces.push(piece)
        kept += piece.length
        comingBytes += piece.length
      }
    } finally {
      comingBytes -= kept
    }
    if (crowdedOut) return { status: 503, headers: [], body: Buffer.from('too much is being uploaded to the stand-in at once\n') }
    if (length > LARGEST_OBJECT) return { status: 400, headers: [], body: Buffer.from('the stand-in keeps objects of 64 MiB at most\n') }
    const head = requestHead(request)
    return standInAnswer({ ...head, body: Buffer.concat(pieces) }, request.caller, buckets, request.form)
  }

  server.listen({ port: options.port, host, backlog: CONNECTIONS_WAITING })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    verifier,
    close: async () => {
      closing = true
      const closed = once(server, 'close')
      requestsDone = closed
      server.close()
      // Connections fall idle one by one as their requests are answered.
      const idle = setInterval(() => server.closeIdleConnections(), 50)
      // From here on node:http itself cuts nobody any more, however slow.
      const cut = setTimeout(() => server.closeAllConnections(), patience.closingSeconds * 1000)
      await closed
      clearInterval(idle)
      clearTimeout(cut)
      diagnosesEnd = performance.now() + patience.closingSeconds * 1000
      await diagnosing
    },
  }
}

function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function sizeOf({ request }: RefusedRequest): number {
  return request.target.length + (request.body?.length ?? 0)
}

/** Connections that come faster than they are taken are kept by the system; it has a limit of its own. */
const CONNECTIONS_WAITING = 4096
const WAITING_AT_MOST = 100
const WAITING_BYTES_AT_MOST = 64 * 1024 * 1024
const DIAGNOSIS_MILLISECONDS = 5000
const BREATH_MILLISECONDS = 10
const LARGEST_OBJECT = 64 * 1024 * 1024
