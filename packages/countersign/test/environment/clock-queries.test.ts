/** Questions to other clocks, asked of servers on this machine: right ones, slow ones, hostile ones. */
import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { httpDate, sntpQuery } from '../../src/environment/index.ts'

const NOON = Date.UTC(2026, 1, 3, 12)
const query = { deadline: 400, now: () => NOON }

/** A time server that answers each question with what is made of it. */
async function timeServer(t: TestContext, answers: (question: Buffer) => readonly Buffer[]): Promise<number> {
  const socket = createSocket('udp4')
  t.after(() => socket.close())
  socket.on('message', (question, { port, address }) => {
    for (const answer of answers(question)) socket.send(answer, port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return (socket.address() as AddressInfo).port
}

/** An answer as a server of a stratum gives it whose clock says `time`. */
function answer(question: Buffer, time: number, { stratum = 2, leap = 0 } = {}): Buffer {
  const packet = Buffer.alloc(48)
  packet[0] = (leap << 6) | (4 << 3) | 4
  packet[1] = stratum
  question.copy(packet, 24, 40, 48)
  for (const at of [32, 40]) {
    packet.writeUInt32BE(Math.floor(time / 1000) + 2_208_988_800, at)
    packet.writeUInt32BE(Math.floor(((time % 1000) / 1000) * 2 ** 32), at + 4)
  }
  return packet
}

const ask = (port: number, host = '127.0.0.1') => sntpQuery({ host, port }, query)

test('a time server gives its times, and nothing else of it counts', async (t) => {
  const port = await timeServer(t, (question) => [answer(question, NOON + 7_250)])
  const reading = await ask(port)
  assert.ok(!('problem' in reading) && reading.how === 'sntp')
  assert.ok(Math.abs(reading.serverSent - (NOON + 7_250)) < 1)
  assert.deepEqual([reading.stratum, reading.synchronized, reading.sent], [2, true, NOON])
})

test('a server that is not synchronized says so, one that refuses has no time', async (t) => {
  const lost = await ask(await timeServer(t, (question) => [answer(question, NOON, { leap: 3 })]))
  assert.equal('synchronized' in lost && lost.synchronized, false)
  const kiss = await timeServer(t, (question) => {
    const packet = answer(question, NOON, { stratum: 0 })
    packet.write('RATE', 12, 'latin1')
    return [packet]
  })
  assert.match(JSON.stringify(await ask(kiss)), /kiss-o’-death RATE/)
})

test('answers to other questions, short ones and echoes are passed over', async (t) => {
  const port = await timeServer(t, (question) => {
    const forged = answer(question, NOON + 3_600_000)
    forged.fill(0xff, 24, 32)
    return [forged, Buffer.alloc(47), question, answer(question, NOON)]
  })
  const reading = await ask(port)
  assert.ok(!('problem' in reading) && reading.how === 'sntp' && Math.abs(reading.serverSent - NOON) < 1)
})

test('no answer ends with the deadline, no server and no name at once', async (t) => {
  assert.match(JSON.stringify(await ask(await timeServer(t, () => []))), /no answer within/)
  const closed = createSocket('udp4')
  closed.bind(0, '127.0.0.1')
  await once(closed, 'listening')
  const { port } = closed.address() as AddressInfo
  closed.close()
  assert.match(JSON.stringify(await ask(port)), /cannot be reached|no answer within/)
  assert.match(JSON.stringify(await ask(123, 'no-such-host-of-countersign')), /no address/)
})

async function webServer(t: TestContext, listener: RequestListener): Promise<URL> {
  const server = createServer({ insecureHTTPParser: false }, listener).listen(0, '127.0.0.1')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

test('the Date header is read with its Age, and the answer’s status does not matter', async (t) => {
  const seen: string[] = []
  const address = await webServer(t, (request, response) => {
    seen.push(`${request.method} ${request.headers.authorization ?? ''}`)
    response.sendDate = false
    response.writeHead(403, { date: 'Tue, 03 Feb 2026 12:05:00 GMT', ...(request.headers['x'] === undefined && { age: '60' }) }).end()
  })
  const reading = await httpDate(address, query)
  assert.ok(!('problem' in reading) && reading.how === 'http')
  assert.deepEqual([reading.date, reading.cached], [NOON + 300_000, true])
  assert.deepEqual(seen, ['HEAD '])
})

test('a server without a Date, a silent one and a broken one are problems or nothing', async (t) => {
  const bare = await webServer(t, (_, response) => {
    response.sendDate = false
    response.end()
  })
  const reading = await httpDate(bare, query)
  assert.equal('date' in reading && reading.date, undefined)
  assert.match(JSON.stringify(await httpDate(await webServer(t, () => {}), query)), /no answer within/)
  assert.match(JSON.stringify(await httpDate(await webServer(t, (request) => request.socket.destroy()), query)), /cannot be reached/)
})
