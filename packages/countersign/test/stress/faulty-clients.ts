/** Clients that a server must outlive: each does one thing wrong, and knows what it has to see. */
import { Client } from './http-client.ts'
import { bytesOfUpload, goodRequest } from './known-answers.ts'
import type { Load } from './load.ts'
import { STREAMING } from './second-law-of-chunks.ts'

type Fault = (run: Load) => Promise<void>

/** A head, a byte at a time, for ever. */
async function slowHead(run: Load): Promise<void> {
  await trickle(run, run.options.headSeconds, (i) => (i < 20 ? 'GET /slow HTTP/1.1\r\n'[i]! : 'X'), run.chance.in(2) ? '' : 'GET /\u00fc')
}

/** A body, a byte at a time, for ever. */
async function slowBody(run: Load): Promise<void> {
  const { bytes } = goodRequest(run, 'upload')
  await trickle(run, run.options.requestSeconds, () => 'u', bytes.subarray(0, bytes.length - 1990))
}

/** A body that stops in the middle. */
async function stalledBody(run: Load): Promise<void> {
  const { bytes } = goodRequest(run, 'upload')
  await trickle(run, run.options.requestSeconds, () => '', bytes.subarray(0, bytes.length - 1000))
}

/** A connection on which nothing ever comes. */
async function silent(run: Load): Promise<void> {
  await trickle(run, run.options.headSeconds, () => '', '')
}

/** Sends `first`, then a piece now and then, until the server has had enough; which must be soon after its limit. */
async function trickle(run: Load, limit: number, piece: (i: number) => string, first: string | Uint8Array): Promise<void> {
  const client = await new Client(run.port).opened()
  const start = performance.now()
  if (first.length > 0) client.write(first)
  let i = 0
  const timer = setInterval(() => client.write(piece(i++)), 250)
  const ended = client.end().then(() => true)
  const late = new Promise<false>((resolve) => {
    setTimeout(() => resolve(false), (limit + run.options.slackSeconds) * 1000).unref()
  })
  const cut = await Promise.race([ended, late])
  clearInterval(timer)
  const took = (performance.now() - start) / 1000
  if (!cut) run.wrong(`a slow client was not cut within ${(limit + run.options.slackSeconds).toFixed(0)} seconds`)
  run.figures.slowestCut = Math.max(run.figures.slowestCut, took)
  client.destroy()
}

/** All is sent, then our side is closed: the answer still comes. */
async function halfClosed(run: Load): Promise<void> {
  const client = await new Client(run.port).opened()
  const sent = goodRequest(run)
  client.write(sent.bytes)
  client.socket.end()
  const answer = await client.answer(sent.method)
  if (answer === undefined) run.wrong(`half-closed: no answer to ${sent.what}: ${client.story}`)
  client.destroy()
}

/** Half a request, then our side is closed: no acceptance. */
async function halfClosedInside(run: Load): Promise<void> {
  const client = await new Client(run.port).opened()
  const { bytes, method } = goodRequest(run, 'upload')
  client.write(bytes.subarray(0, 1 + run.chance.below(bytes.length - 1)))
  client.socket.end()
  const answer = await client.answer(method)
  if (answer !== undefined && answer.status < 400) run.wrong(`half a request got ${answer.status}`)
  client.destroy()
}

async function reset(run: Load): Promise<void> {
  const client = await new Client(run.port).opened()
  const { bytes } = goodRequest(run)
  client.write(bytes.subarray(0, run.chance.below(bytes.length)))
  await pause(run.chance.below(30))
  client.socket.resetAndDestroy()
}

async function oversizedHead(run: Load): Promise<void> {
  const line = `x-long: ${'v'.repeat(1000)}\r\n`
  await refusedWith(run, 'an oversized head', `GET / HTTP/1.1\r\nHost: h\r\n${line.repeat(run.chance.of([20, 70, 400]))}\r\n`, [400, 431])
}

async function oversizedTarget(run: Load): Promise<void> {
  await refusedWith(
    run,
    'an oversized target',
    `GET /${'t'.repeat(run.chance.of([17_000, 60_000, 300_000]))} HTTP/1.1\r\nHost: h\r\n\r\n`,
    [400, 414, 431],
  )
}

async function hugeChunk(run: Load): Promise<void> {
  const size = run.chance.of(['20000000000000', 'ffffffffffffffff', 'f'.repeat(300), '7fffffff', '1000001'])
  await refusedWith(
    run,
    'a huge chunk',
    Buffer.concat([chunkedHead(), Buffer.from(`${size};chunk-signature=${'0'.repeat(64)}\r\nx`)]),
    [400],
  )
}

async function endlessSizeLine(run: Load): Promise<void> {
  await refusedWith(run, 'an endless size line', chunkedHead(), [400], '1'.repeat(1000))
}

async function endlessTrailers(run: Load): Promise<void> {
  await refusedWith(
    run,
    'endless trailers',
    Buffer.concat([chunkedHead(STREAMING.unsigned), Buffer.from('0\r\n')]),
    [400],
    'a:b\r\n'.repeat(100),
  )
}

/** A chunk of HTTP's own encoding whose size line never ends. */
async function endlessTransferChunk(run: Load): Promise<void> {
  const head = bytesOfUpload([['Transfer-Encoding', 'chunked']])
  await refusedWith(
    run,
    'an endless chunk extension',
    Buffer.concat([head, Buffer.from('5;')]),
    [400, 403, 413, 411, 501],
    'e'.repeat(2000),
  )
}

async function nonsense(run: Load): Promise<void> {
  const bytes = Buffer.from(Array.from({ length: 1 + run.chance.below(300) }, () => run.chance.below(256)))
  const client = await new Client(run.port).opened()
  client.write(bytes)
  client.write('\r\n\r\n')
  const answer = await client.answer()
  if (answer !== undefined && answer.status < 400) run.wrong(`nonsense got ${answer.status}`)
  client.destroy()
}

/** Sends, and goes on sending `more`, until an answer comes; which has to be one of these refusals. */
async function refusedWith(run: Load, what: string, bytes: string | Uint8Array, statuses: readonly number[], more = ''): Promise<void> {
  const client = await new Client(run.port).opened()
  client.write(bytes)
  let sent = 0
  const timer = setInterval(() => {
    if (more !== '' && sent++ < 2000) client.write(more)
  }, 5)
  const answer = await Promise.race([client.answer(), pause((run.options.headSeconds + run.options.slackSeconds) * 1000)])
  clearInterval(timer)
  if (typeof answer === 'number') run.wrong(`${what} got no answer in time`)
  else if (answer === undefined ? sent < 1 && bytes.length < 65_536 : !statuses.includes(answer.status))
    run.wrong(`${what} got ${answer === undefined ? `no answer: ${client.story}` : `${answer.status} ${answer.body.slice(0, 200)}`}`)
  client.destroy()
}

function chunkedHead(word: string = STREAMING.signed): Buffer {
  return bytesOfUpload([
    ['Content-Length', '9000000'],
    ['Content-Encoding', 'aws-chunked'],
    ['x-amz-decoded-content-length', word === STREAMING.signed ? '8000000' : '0'],
    ['x-amz-content-sha256', word],
    ...(word === STREAMING.signed ? [] : ([['x-amz-trailer', 'x-amz-checksum-crc32']] as const)),
  ])
}

function pause(milliseconds: number): Promise<number> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(milliseconds), milliseconds).unref()
  })
}

export const FAULTS: readonly Fault[] = [
  slowHead,
  slowBody,
  stalledBody,
  silent,
  halfClosed,
  halfClosedInside,
  reset,
  oversizedHead,
  oversizedTarget,
  hugeChunk,
  endlessSizeLine,
  endlessTrailers,
  endlessTransferChunk,
  nonsense,
]
