/** A call of AWS's query protocol, signed by our own signer, with a deadline. Redirects are not followed, so keys go nowhere else. */
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import type { Keys, ServiceCall } from '../doctor/index.js'
import { SecretAccessKey, sign } from '../sigv4/index.js'
import { addressOf } from './address-of.js'
import type { QueryOptions } from './sntp-query.js'

/** The status and the body of an answer, or why there is none. */
export type CallAnswer = { readonly status: number; readonly body: string } | { readonly problem: string }

export async function awsCall(
  { endpoint, region, service, form }: ServiceCall,
  keys: Keys,
  { deadline, now }: QueryOptions,
): Promise<CallAnswer> {
  const address = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (address === undefined || !/^https?:$/.test(address.protocol)) return { problem: 'the endpoint is no address' }
  const body = Buffer.from(new URLSearchParams(form).toString(), 'latin1')
  const headers: readonly (readonly [string, string])[] = [
    ['Host', address.host],
    ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8'],
  ]
  const signed = signedHeaders({ method: 'POST', target: `${address.pathname}${address.search}`, headers, body }, keys, {
    now: now(),
    region,
    service,
  })
  if (signed === undefined) return { problem: 'the keys cannot be signed with: they hold characters that no header can carry' }
  const ip = await addressOf(address.hostname, deadline).catch(() => undefined)
  if (ip === undefined) return { problem: 'the endpoint’s name has no address' }
  return send(address, ip, signed, body, deadline)
}

/** The headers of the signed request; `undefined` where a value can be in no header. */
function signedHeaders(
  request: Parameters<typeof sign>[0],
  { accessKeyId, secretAccessKey, sessionToken }: Keys,
  scope: { readonly now: number; readonly region: string; readonly service: string },
): readonly (readonly [string, string])[] | undefined {
  try {
    const credentials = {
      accessKeyId,
      secretAccessKey: new SecretAccessKey(secretAccessKey),
      ...(sessionToken !== undefined && { sessionToken }),
    }
    const { headers } = sign(request, credentials, scope)
    return headers.every(([, value]) => /^[\t\x20-\x7e]*$/.test(value)) ? headers : undefined
  } catch {
    return undefined
  }
}

function send(
  address: URL,
  ip: string,
  headers: readonly (readonly [string, string])[],
  body: Buffer,
  deadline: number,
): Promise<CallAnswer> {
  const secure = address.protocol === 'https:'
  const host = address.hostname.replace(/^\[(.*)\]$/, '$1')
  return new Promise((resolve) => {
    const call = (secure ? httpsRequest : httpRequest)({
      host: ip,
      port: address.port || (secure ? 443 : 80),
      ...(isIP(host) === 0 && { servername: host }),
      method: 'POST',
      path: `${address.pathname}${address.search}`,
      agent: false,
      setHost: false,
      headers: [...headers, ['Content-Length', String(body.length)]].flat(),
    })
    const end = (answer: CallAnswer): void => {
      clearTimeout(timer)
      call.destroy()
      resolve(answer)
    }
    const timer = setTimeout(() => end({ problem: `no answer within ${deadline / 1000} s` }), deadline)
    call.on('error', () => end({ problem: 'the endpoint cannot be reached' }))
    call.on('response', (response) => {
      const pieces: Buffer[] = []
      let length = 0
      response.on('data', (piece: Buffer) => {
        pieces.push(piece)
        length += piece.length
        if (length > LARGEST) end({ problem: 'the answer is too long for one of AWS' })
      })
      response.on('error', () => end({ problem: 'the answer broke off' }))
      response.on('end', () => end({ status: response.statusCode ?? 0, body: Buffer.concat(pieces).toString('utf8') }))
    })
    call.end(body)
  })
}

const LARGEST = 262_144
