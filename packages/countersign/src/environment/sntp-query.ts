/**
 * One question to a time server, in 48 bytes (RFC 4330), and one answer that must be to that question.
 * @see https://www.rfc-editor.org/rfc/rfc4330
 */
import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { ClockReading } from '../doctor/index.js'
import { addressOf } from './address-of.js'

export interface TimeServer {
  readonly host: string
  readonly port: number
}

export interface QueryOptions {
  /** Milliseconds. */
  readonly deadline: number
  /** This machine's clock, milliseconds since 1970. */
  now(): number
}

export async function sntpQuery({ host, port }: TimeServer, { deadline, now }: QueryOptions): Promise<ClockReading> {
  const server = port === NTP_PORT ? host : `${host}:${port}`
  const failed = (problem: string): ClockReading => ({ how: 'sntp', server, problem })
  const address = await addressOf(host, deadline).catch(() => undefined)
  if (address === undefined) return failed('its name has no address')
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
  try {
    return await new Promise((resolve) => {
      const timer = setTimeout(() => resolve(failed(`no answer within ${deadline / 1000} s`)), deadline)
      // The server sends these bytes back, so that no other answer is taken for this one.
      const cookie = randomBytes(8)
      let sent = 0
      socket.on('error', () => resolve(failed('it cannot be reached')))
      socket.on('message', (message) => {
        const reading = readAnswer(message, cookie, { server, sent, received: now() })
        if (reading === undefined) return
        clearTimeout(timer)
        resolve(reading)
      })
      socket.connect(port, address, () => {
        sent = now()
        socket.send(question(cookie))
      })
    })
  } finally {
    socket.close()
  }
}

function question(cookie: Buffer): Buffer {
  const packet = Buffer.alloc(LENGTH)
  packet[0] = 0x23
  cookie.copy(packet, TRANSMITTED)
  return packet
}

/** The reading of an answer; `undefined` where it is none to this question. */
function readAnswer(
  message: Buffer,
  cookie: Buffer,
  { server, sent, received }: { readonly server: string; readonly sent: number; readonly received: number },
): ClockReading | undefined {
  if (message.length < LENGTH || (message[0]! & 7) !== MODE_SERVER) return undefined
  if (!message.subarray(ORIGINATED, ORIGINATED + 8).equals(cookie)) return undefined
  const stratum = message[1]!
  if (stratum === 0) {
    const code = message.toString('latin1', 12, 16).replace(/[^A-Z]/g, '')
    return { how: 'sntp', server, problem: `it refuses to answer (kiss-o’-death ${code})` }
  }
  const [serverReceived, serverSent] = [timeAt(message, RECEIVED), timeAt(message, TRANSMITTED)]
  if (serverSent === undefined || serverReceived === undefined) return { how: 'sntp', server, problem: 'its answer holds no time' }
  return { how: 'sntp', server, stratum, synchronized: message[0]! >> 6 !== UNSYNCHRONIZED, sent, serverReceived, serverSent, received }
}

/** A time of NTP in milliseconds since 1970. The seconds begin again in 2036. */
function timeAt(message: Buffer, at: number): number | undefined {
  const seconds = message.readUInt32BE(at)
  const fraction = message.readUInt32BE(at + 4)
  if (seconds === 0 && fraction === 0) return undefined
  const since1900 = seconds < 0x8000_0000 ? seconds + 2 ** 32 : seconds
  return (since1900 - SECONDS_TO_1970) * 1000 + (fraction / 2 ** 32) * 1000
}

const NTP_PORT = 123
const LENGTH = 48
const MODE_SERVER = 4
const UNSYNCHRONIZED = 3
const ORIGINATED = 24
const RECEIVED = 32
const TRANSMITTED = 40
const SECONDS_TO_1970 = 2_208_988_800
