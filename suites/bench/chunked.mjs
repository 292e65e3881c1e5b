/**
 * How fast a payload in signed chunks is read, beside the bare SHA-256 of the same bytes.
 *
 * One interleaved run: every round times every contender once, and the figure is the median of per-round ratios. Time is the
 * processor time of this process, so that other work on the machine does not count. Rerun with `npm run bench:chunked`;
 * `npm run bench:chunked -- --rounds 60` for steadier figures.
 */
import * as crypto from 'node:crypto'
import {
  authorizationOf,
  CHECKSUMS,
  chunkReaderOf,
  payloadChain,
  SecretAccessKey,
  signingInputsOf,
  signStreaming,
} from '../../packages/countersign/src/sigv4/index.ts'

const argument = process.argv.indexOf('--rounds')
const ROUNDS = argument < 0 ? 21 : Number(process.argv[argument + 1])
const WARM_UP_MILLISECONDS = 500
const CHUNK = 65_536
const BYTES = 256 * CHUNK
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const KEY = new SecretAccessKey(SECRET)
const DATE = '20150830T123600Z'
const SCOPE = '20150830/us-east-1/s3/aws4_request'
const EMPTY = crypto.createHash('sha256').digest('hex')

const payload = crypto.randomBytes(BYTES)
const OPTIONS = { now: Date.UTC(2015, 7, 30, 12, 36), region: 'us-east-1', service: 's3', decodedLength: BYTES, chunkBytes: CHUNK }
const REQUEST = {
  method: 'PUT',
  target: '/key',
  headers: [['Host', 'examplebucket.s3.us-east-1.amazonaws.com']],
  body: undefined,
}

function write(options) {
  const { head, writer } = signStreaming(REQUEST, { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: KEY }, { ...OPTIONS, ...options })
  return { head, pieces: [...writer.push(payload), ...writer.end()] }
}

function written(options) {
  const { head, pieces } = write(options)
  return { head, wire: Buffer.concat(pieces) }
}

function reads(wire, size) {
  const all = []
  for (let at = 0; at < wire.length; at += size) all.push(wire.subarray(at, at + size))
  return all
}

function read(head, pieces) {
  const reader = chunkReaderOf(head, payloadChain({ ...signingInputsOf(head), key: KEY }, authorizationOf(head).signature))
  let length = 0
  for (const piece of pieces) {
    const released = reader.push(piece)
    if ('code' in released) return false
    for (const one of released) length += one.length
  }
  return !('code' in reader.end()) && length === BYTES
}

/** As most would write it: the whole body in one buffer, `createHash` and `createHmac` for each chunk. */
function idiomatic(wire, seed, key) {
  let at = 0
  let prior = seed
  for (;;) {
    const end = wire.indexOf('\r\n', at)
    const [size, signature] = wire.toString('latin1', at, end).split(';chunk-signature=')
    const length = Number.parseInt(size, 16)
    const hash = crypto
      .createHash('sha256')
      .update(wire.subarray(end + 2, end + 2 + length))
      .digest('hex')
    prior = crypto
      .createHmac('sha256', key)
      .update(`AWS4-HMAC-SHA256-PAYLOAD\n${DATE}\n${SCOPE}\n${prior}\n${EMPTY}\n${hash}`)
      .digest('hex')
    if (prior !== signature) return false
    if (length === 0) return true
    at = end + 2 + length + 2
  }
}

const signed = written({})
const seed = authorizationOf(signed.head).signature
const key = ['20150830', 'us-east-1', 's3', 'aws4_request'].reduce(
  (step, part) => crypto.createHmac('sha256', step).update(part).digest(),
  `AWS4${SECRET}`,
)
const whole = reads(signed.wire, signed.wire.length)
const large = reads(signed.wire, 65_536)
const small = reads(signed.wire, 16_384)
const BOUND = 'SHA-256 of the same bytes'
const contenders = new Map([
  [BOUND, () => crypto.hash('sha256', payload, 'hex').length === 64],
  ['read, body in one piece', () => read(signed.head, whole)],
  ['read, pieces of 64 KiB', () => read(signed.head, large)],
  ['read, pieces of 16 KiB', () => read(signed.head, small)],
  ['createHash and createHmac', () => idiomatic(signed.wire, seed, key)],
  ['write, signed', () => write({}).pieces.reduce((sum, { length }) => sum + length, 0) === signed.wire.length],
])
for (const checksum of Object.keys(CHECKSUMS)) {
  const { head, wire } = written({ signedChunks: false, checksum })
  const pieces = reads(wire, 65_536)
  contenders.set(`read, unsigned, ${checksum}`, () => read(head, pieces))
}

function timed(work) {
  const start = process.cpuUsage()
  if (work() !== true) throw new Error('a contender does not do its work')
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1]
}

for (const work of contenders.values()) {
  const start = Date.now()
  while (Date.now() - start < WARM_UP_MILLISECONDS) timed(work)
}
const times = new Map([...contenders.keys()].map((name) => [name, []]))
for (let round = 0; round < ROUNDS; round++) for (const [name, work] of contenders) times.get(name).push(timed(work))

console.log(
  `node ${process.version}, ${process.arch}, ${ROUNDS} rounds, 16 MiB in chunks of 64 KiB; medians, ratios are medians of per-round ratios`,
)
for (const [name, list] of times) {
  const ratio = median(list.map((time, round) => times.get(BOUND)[round] / time))
  const rate = BYTES / 1e3 / median(list)
  console.log(`  ${name.padEnd(28)} ${rate.toFixed(0).padStart(6)} MB/s   ${ratio.toFixed(3)} of the throughput of bare SHA-256`)
}
console.log('rerun: npm run bench:chunked [-- --rounds N]')
