/**
 * A request stream that gives out believed bytes only. The bytes of node:http's own stream are held where they arrive, so
 * that whatever reads the request afterwards (a body parser, `for await`, `pipe`) needs to know nothing of signatures.
 */
import type { IncomingMessage } from 'node:http'
import type { Outcome, VerifiedBody } from '../verifier/index.js'

/** The body of a request between its arrival and its verdict. */
export interface GuardedBody {
  /** Lets bytes through as far as `body` believes them. Resolves with the verdict when all have come. */
  release(body: VerifiedBody): Promise<Outcome>
  /** Lets nothing through any more; what still comes is read and dropped. */
  drop(): void
  /** Whether all of it has come. */
  readonly complete: boolean
}

/**
 * Holds the body of a request back from now on. Call it in the same turn in which the request was received.
 *
 * @throws Error where bytes of the body are out already: nobody could tell any more whether they are those that were signed.
 */
export function guardBody(incoming: IncomingMessage): GuardedBody {
  if (incoming.readableDidRead || incoming.readableLength > 0) throw new Error(TOO_LATE)
  const pass = incoming.push.bind(incoming)
  // The end of a body that is empty may have come before.
  let complete = incoming.complete
  const held: (Buffer | null)[] = complete ? [null] : []
  let heldBytes = 0
  let open: ((chunk: Buffer | null) => boolean) | undefined
  incoming.push = (chunk: Buffer | null) => {
    if (chunk === null) complete = true
    if (open !== undefined) return open(chunk)
    held.push(chunk)
    heldBytes += chunk?.length ?? 0
    // `false` stops node from reading the socket until somebody asks for more.
    return heldBytes < HELD_AT_MOST
  }
  const through = (next: (chunk: Buffer | null) => boolean) => {
    open = next
    for (const chunk of held.splice(0)) next(chunk)
    if (!complete && !incoming.socket.destroyed) incoming.socket.resume()
  }
  return {
    get complete() {
      return complete
    },
    drop: () => through(() => true),
    release: (body) =>
      new Promise((resolve, reject) => {
        const broken = () => {
          if (complete) return
          body.close()
          reject(new Error('the connection was closed before the whole body had come'))
        }
        if (incoming.destroyed) broken()
        else incoming.once('close', broken)
        let over = false
        const finish = async () => {
          over = true
          const outcome = await body.end()
          resolve(outcome)
          if (!outcome.ok) return
          for (const piece of outcome.pieces) pass(bufferOf(piece))
          pass(null)
        }
        through((chunk) => {
          if (over) return true
          if (chunk === null || body.refused !== undefined) {
            finish().catch(reject)
            return true
          }
          let more = true
          for (const piece of body.push(chunk)) more = pass(bufferOf(piece))
          if (body.refused !== undefined) finish().catch(reject)
          return more
        })
      }),
  }
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

const TOO_LATE =
  'the verifier was asked after bytes of the body had been read or had come: put it before every body parser and before everything that waits'
const HELD_AT_MOST = 65_536
