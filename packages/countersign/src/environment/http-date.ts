/** The Date header of a server: one HEAD request without credentials, and nothing of its body. */
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import type { ClockReading } from '../doctor/index.js'
import { addressOf } from './address-of.js'
import type { QueryOptions } from './sntp-query.js'

export async function httpDate(address: URL, { deadline, now }: QueryOptions): Promise<ClockReading> {
  const server = address.host
  const failed = (problem: string): ClockReading => ({ how: 'http', server, problem })
  const ip = await addressOf(address.hostname, deadline).catch(() => undefined)
  if (ip === undefined) return failed('its name has no address')
  return new Promise((resolve) => {
    const ask = address.protocol === 'https:' ? httpsRequest : httpRequest
    const host = address.hostname.replace(/^\[(.*)\]$/, '$1')
    const call = ask({
      host: ip,
      port: address.port || (address.protocol === 'https:' ? 443 : 80),
      ...(isIP(host) === 0 && { servername: host }),
      method: 'HEAD',
      path: '/',
      agent: false,
      headers: { host: address.host },
      maxHeaderSize: 16_384,
    })
    const end = (reading: ClockReading): void => {
      clearTimeout(timer)
      call.destroy()
      resolve(reading)
    }
    const timer = setTimeout(() => end(failed(`no answer within ${deadline / 1000} s`)), deadline)
    // What the network takes to connect belongs to no clock.
    let sent = now()
    call.on('socket', (socket) => socket.once(address.protocol === 'https:' ? 'secureConnect' : 'connect', () => (sent = now())))
    call.on('error', (error: NodeJS.ErrnoException) => end(failed(PROBLEMS[error.code ?? ''] ?? 'it cannot be reached')))
    call.on('response', ({ headers }) => {
      const received = now()
      const date = Date.parse(headers.date ?? '')
      end({ how: 'http', server, sent, received, date: Number.isNaN(date) ? undefined : date, cached: headers.age !== undefined })
    })
    call.end()
  })
}

const PROBLEMS: Readonly<Record<string, string>> = {
  CERT_NOT_YET_VALID: 'by this clock, its certificate is not valid yet: the clock is far behind',
  CERT_HAS_EXPIRED: 'by this clock, its certificate has expired: the clock may be far ahead',
  ECONNREFUSED: 'nothing listens there',
}
