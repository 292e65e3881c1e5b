/** Sends one request, byte for byte as it was signed, and keeps what comes back as a relay would have seen it. */
import { createHash } from 'node:crypto'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { HttpRequest } from '../../sigv4/index.js'
import { connection, MOST_KEPT_BYTES, type Origin, type SeenExchange, type UpstreamRules } from '../../transit/index.js'

/** Rejects where no answer comes. */
export async function sent(
  { method, target, headers, body = new Uint8Array(0) }: HttpRequest,
  to: Origin,
  rules: UpstreamRules,
): Promise<SeenExchange> {
  const at = Date.now()
  const lengths = body.length > 0 || /^(?:POST|PUT|PATCH)$/.test(method) ? [['Content-Length', String(body.length)] as const] : []
  const all = [...headers, ...lengths, ['Connection', 'close'] as const]
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const going = httpRequest({
      method,
      path: target,
      // A list keeps order, spelling and repetition.
      headers: all.flatMap(([name, value]) => [name, value.trim()]),
      setHost: false,
      // Asked only where no agent is named.
      createConnection: () => connection(to, rules),
      timeout: WAITING_MILLISECONDS,
    })
    going.once('response', resolve)
    going.once('timeout', () => going.destroy(new Error(`there was no answer within ${WAITING_MILLISECONDS / 1000} s`)))
    going.once('error', reject)
    going.end(body)
  })
  const { kept, whole } = await bodyOf(answer)
  return {
    number: 1,
    at,
    milliseconds: Date.now() - at,
    received: { method, target, headers: all },
    sent: undefined,
    body: { sha256: createHash('sha256').update(body).digest('hex'), length: body.length },
    response: { status: answer.statusCode ?? 0, headers: headersOf(answer), body: kept, bodyIsWhole: whole },
    trailers: [],
    ending: whole ? 'whole' : 'cut',
  }
}

async function bodyOf(answer: IncomingMessage): Promise<{ readonly kept: Buffer; readonly whole: boolean }> {
  const pieces: Buffer[] = []
  let length = 0
  try {
    for await (const piece of answer) {
      if (length < MOST_KEPT_BYTES) pieces.push((piece as Buffer).subarray(0, MOST_KEPT_BYTES - length))
      length += piece.length
      // An object may have any length; what it is does not matter here.
      if (length >= MOST_KEPT_BYTES && (answer.statusCode ?? 0) < 400) break
    }
  } catch {
    return { kept: Buffer.concat(pieces), whole: false }
  }
  return { kept: Buffer.concat(pieces), whole: length <= MOST_KEPT_BYTES }
}

function headersOf({ rawHeaders }: IncomingMessage): readonly (readonly [string, string])[] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, i) => [rawHeaders[2 * i]!, rawHeaders[2 * i + 1]!] as const)
}

const WAITING_MILLISECONDS = 60_000
