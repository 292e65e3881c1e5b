/**
 * The stock of signed requests. Each is signed by its client once, sent straight to the service, and kept as the bytes that left the
 * client; those that the service accepted go through every intermediary, byte for byte the same.
 */
import { join } from 'node:path'
import { startRelay } from '../interop/relay.mjs'
import { REGION } from '../lab/faults.ts'
import type { RunningService } from '../lab/services.ts'
import { fromCurl, fromProgram, PROGRAM_CLIENTS } from './client-programs.ts'
import { ownRequest, SHAPES } from './own-requests.ts'
import { type Bytes, sent } from './send.ts'

export interface Stocked extends Bytes {
  readonly client: string
  readonly name: string
  /** What the client's log says of it up to the answer, where it has one. */
  readonly log: string | undefined
}

export interface Stock {
  readonly accepted: readonly Stocked[]
  /** By name, with the answer: what this service does not take though nothing changed it. */
  readonly refused: readonly string[]
  /** A request of our own signer once more, with some headers left unsigned. */
  signedWithout(request: Stocked, headers: readonly string[]): Stocked | undefined
}

export const CLIENTS = ['boto3', 'js-v3', 'curl', 'own'] as const
const BUCKET = 'in-transit'
/** Under this name clients reach every proxy. */
const HOST = 'storage.acme.example'

/** @param isOurs The service is our own `serve`, which takes every shape. */
export async function stockOf(service: RunningService, clients: readonly string[], isOurs: boolean, folder: string): Promise<Stock> {
  const relay = await startRelay({ to: service.port, host: undefined })
  const accepted: Stocked[] = []
  const refused: string[] = []
  const { accessKeyId, secretAccessKey } = service
  const signing = { host: `${HOST}:${relay.port}`, region: REGION, bucket: BUCKET, accessKeyId, secretAccessKey }
  const take = (client: string, name: string, log: string | undefined) => {
    for (const { request, response } of relay.taken()) {
      const { head, body } = { head: request.head as string, body: Buffer.concat(request.body) }
      if (isAccepted(response?.status)) accepted.push({ client, name, log, head, body })
      else refused.push(`${client} ${name} (${response?.status ?? 'no answer'})`)
    }
  }
  try {
    await sent(relay.port, ownRequest('bucket', signing))
    relay.taken()
    for (const [client, program] of Object.entries(PROGRAM_CLIENTS))
      if (clients.includes(client)) await fromProgram(program, signing, join(folder, client), (name, log) => take(client, name, log))
    // It cuts Swift's key ID at the colon.
    if (clients.includes('curl') && !accessKeyId.includes(':'))
      await fromCurl(signing, join(folder, 'curl'), (name, log) => take('curl', name, log))
    for (const [name, shape] of Object.entries(SHAPES)) {
      if (!clients.includes('own') || name === 'bucket' || (shape.ours === true && !isOurs)) continue
      await sent(relay.port, ownRequest(name, signing))
      take('own', name, undefined)
    }
  } finally {
    relay.stop()
  }
  const signedWithout = (request: Stocked, headers: readonly string[]) =>
    request.client === 'own' && headers.length > 0 ? { ...request, ...ownRequest(request.name, signing, headers) } : undefined
  return { accepted, refused, signedWithout }
}

/** The signature was accepted: what is not there, or not as a condition wants it, was asked for rightly. */
export function isAccepted(status: number | undefined): boolean {
  return status !== undefined && ((status >= 200 && status < 400) || [404, 409, 412, 416].includes(status))
}
