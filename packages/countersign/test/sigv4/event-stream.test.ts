/** Event streams: messages, the chain of their signatures, and what is refused. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import {
  type ChainInputs,
  decodeEventMessage,
  deriveSigningKey,
  type EventHeader,
  type EventMessage,
  encodeEventHeader,
  encodeEventMessage,
  eventReader,
  eventSigner,
  eventStringToSign,
  type PayloadRefused,
  parseRequestDate,
  payloadChain,
  payloadHashOf,
  SecretAccessKey,
  type VerifiedEvent,
} from '../../src/sigv4/index.ts'

const SEED = 'e1d8e8c8815e60969f2a34765c9a15945ffc0badbaa4b7e3b163ea19131e949b'
const NOON = Date.UTC(2024, 1, 29, 12)
const SCOPE = { date: '20240229', region: 'us-east-1', service: 'transcribe', terminator: 'aws4_request' }
const KEY = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
const INPUTS: ChainInputs = {
  algorithm: 'AWS4-HMAC-SHA256',
  requestDate: '20240229T120000Z',
  scope: SCOPE,
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  key: KEY,
}

const HEADERS: EventHeader[] = [
  { name: 'true', type: 'boolean', value: true },
  { name: 'false', type: 'boolean', value: false },
  { name: 'byte', type: 'byte', value: -128 },
  { name: 'short', type: 'short', value: -2 },
  { name: 'integer', type: 'integer', value: 0x7fffffff },
  { name: 'long', type: 'long', value: -1n },
  { name: 'binary', type: 'binary', value: Uint8Array.of(0, 255) },
  { name: ':string', type: 'string', value: 'caf\u00c3\u00a9' },
  { name: 'timestamp', type: 'timestamp', value: NOON },
  { name: 'uuid', type: 'uuid', value: new Uint8Array(16).fill(7) },
]

function textOf(message: EventMessage): string {
  return Buffer.from(message.payload).toString('latin1')
}

function read(
  wire: Uint8Array,
  size: number,
  inputs: ChainInputs = INPUTS,
  limits = {},
): { events: VerifiedEvent[]; refused: PayloadRefused | undefined } {
  const reader = eventReader(inputs, SEED, limits)
  const events: VerifiedEvent[] = []
  let refused: PayloadRefused | undefined
  for (let at = 0; at < wire.length; at += size) {
    const result = reader.push(wire.subarray(at, at + size))
    if ('code' in result) refused ??= result
    else events.push(...result)
  }
  const last = reader.end()
  return { events, refused: refused ?? ('code' in last ? last : undefined) }
}

function signed(texts: readonly string[], times: readonly number[] = texts.map((_, i) => NOON + i), inputs = INPUTS): Uint8Array[] {
  const signer = eventSigner(inputs, SEED)
  return [
    ...texts.map((text, i) => signer.sign(encodeEventMessage({ headers: [], payload: Buffer.from(text) }), times[i]!)),
    signer.end(times.at(-1)!),
  ]
}

describe('messages of an event stream', () => {
  it('hold every type of header', () => {
    const bytes = encodeEventMessage({ headers: HEADERS, payload: Buffer.from('payload') })
    const message = decodeEventMessage(bytes)!
    assert.deepEqual(
      message.headers.map(({ bytes: _, ...header }) => header),
      HEADERS,
    )
    assert.deepEqual(
      Buffer.concat(message.headers.map((header) => header.bytes)),
      Buffer.concat(HEADERS.map((header) => encodeEventHeader(header))),
    )
    assert.equal(textOf(message), 'payload')
  })
  it('are these bytes', () => {
    const bytes = encodeEventMessage({
      headers: [{ name: 'some-header', type: 'string', value: 'value' }],
      payload: Buffer.from('test payload'),
    })
    assert.equal(
      Buffer.from(bytes).toString('hex'),
      '0000003000000014ded9b3920b736f6d652d68656164657207000576616c756574657374207061796c6f61643e89b924',
    )
    assert.equal(
      Buffer.from(encodeEventMessage({ headers: [], payload: new Uint8Array() })).toString('hex'),
      '000000100000000005c248eb7d98c8ff',
    )
  })
  it('are none with any bit altered, cut or prolonged', () => {
    const bytes = encodeEventMessage({ headers: HEADERS, payload: Buffer.from('payload') })
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const altered = Uint8Array.from(bytes)
      altered[bit >> 3]! ^= 1 << (bit & 7)
      assert.equal(decodeEventMessage(altered), undefined)
    }
    for (let length = 0; length < bytes.length; length++) assert.equal(decodeEventMessage(bytes.subarray(0, length)), undefined)
    assert.equal(decodeEventMessage(Buffer.concat([bytes, Buffer.of(0)])), undefined)
  })
  it('with headers of any bytes are read or not, and never crash', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (block) => {
        const bytes = encodeEventMessage({ headers: [], payload: block })
        // The same bytes, said to be headers.
        const view = new DataView(bytes.buffer)
        view.setUint32(4, block.length)
        const whole = withRightSums(bytes)
        const message = decodeEventMessage(whole)
        if (message !== undefined) assert.deepEqual(Buffer.concat(message.headers.map((header) => header.bytes)), Buffer.from(block))
      }),
      { numRuns: 2000 },
    )
  })
  it('say a header once', () => {
    const twice = [HEADERS[0]!, HEADERS[0]!]
    assert.equal(decodeEventMessage(encodeEventMessage({ headers: twice, payload: new Uint8Array() })), undefined)
  })
  it('are not made of what does not fit', () => {
    const faulty: EventHeader[] = [
      { name: '', type: 'boolean', value: true },
      { name: 'n'.repeat(256), type: 'boolean', value: true },
      { name: 'n', type: 'byte', value: 128 },
      { name: 'n', type: 'integer', value: 0.5 },
      { name: 'n', type: 'long', value: 1n << 63n },
      { name: 'n', type: 'string', value: 'a'.repeat(65_536) },
      { name: 'n', type: 'timestamp', value: Number.NaN },
      { name: 'n', type: 'uuid', value: new Uint8Array(15) },
    ]
    for (const header of faulty)
      assert.throws(() => encodeEventMessage({ headers: [header], payload: new Uint8Array() }), { code: 'invalid-event' })
  })
})

describe('signed events', () => {
  it('come out as they went in, however they are cut', () => {
    const wire = Buffer.concat(signed(['one', '', 'x'.repeat(20_000), 'end']))
    for (const size of [wire.length, 5000, 13, 1]) {
      const { events, refused } = read(wire, size)
      assert.equal(refused, undefined)
      assert.deepEqual(
        events.map(({ event }) => textOf(decodeEventMessage(event)!)),
        ['one', '', 'x'.repeat(20_000), 'end'],
      )
      assert.deepEqual(
        events.map(({ date }) => date),
        [NOON, NOON + 1, NOON + 2, NOON + 3],
      )
    }
  })
  it('may go on past midnight, with the key of the new day', () => {
    const midnight = Date.UTC(2024, 2, 1)
    const messages = signed(['a', 'b'], [midnight - 1, midnight])
    assert.equal(read(Buffer.concat(messages), 100).refused, undefined)
    const ofOneDay = { ...INPUTS, key: deriveSigningKey(KEY, SCOPE) }
    const { events, refused } = read(Buffer.concat(messages), 100, ofOneDay)
    assert.equal(events.length, 1)
    assert.equal(refused?.code, 'SignatureDoesNotMatch')
    assert.throws(() => eventSigner(ofOneDay, SEED).sign(new Uint8Array(), midnight), { code: 'wrong-key-scope' })
  })
  it('left out, doubled, moved, altered or from another stream are refused', () => {
    const [a, b, c] = signed(['a', 'b']) as [Uint8Array, Uint8Array, Uint8Array]
    const [other] = signed(['x'], [NOON], { ...INPUTS, key: new SecretAccessKey('another secret access key EXAMPLE') }) as [Uint8Array]
    const resigned = decodeEventMessage(a)!
    const altered = encodeEventMessage({
      headers: resigned.headers,
      payload: encodeEventMessage({ headers: [], payload: Buffer.from('A') }),
    })
    const redated = encodeEventMessage({
      headers: [{ name: ':date', type: 'timestamp', value: NOON + 1 }, resigned.headers[1]!],
      payload: resigned.payload,
    })
    const more = encodeEventMessage({ headers: [...resigned.headers, HEADERS[0]!], payload: resigned.payload })
    for (const [wire, passed] of [
      [[b, c], 0],
      [[a, a, b, c], 1],
      [[b, a, c], 0],
      [[a, c], 1],
      [[other, c], 0],
      [[altered, b, c], 0],
      [[redated, b, c], 0],
      [[more, b, c], 0],
    ] as const) {
      const { events, refused } = read(Buffer.concat(wire), 1000)
      assert.equal(refused?.code, 'SignatureDoesNotMatch')
      assert.equal(refused?.mismatch?.of, 'event')
      assert.equal(refused?.mismatch?.number, passed + 1)
      assert.equal(events.length <= passed, true)
    }
  })
  it('that end without the last one, go on after it, or are no messages are refused', () => {
    const [a, end] = signed(['a']) as [Uint8Array, Uint8Array]
    const unsigned = encodeEventMessage({ headers: [], payload: Buffer.from('a') })
    const endless = encodeEventMessage({
      headers: [
        { name: ':date', type: 'timestamp', value: 8.64e15 },
        { name: ':chunk-signature', type: 'binary', value: new Uint8Array(32) },
      ],
      payload: new Uint8Array(),
    })
    for (const wire of [
      [a],
      [a, end.subarray(0, 20)],
      [a, end, a],
      [a, end, Buffer.of(0)],
      [unsigned],
      [Buffer.from('no message at all')],
      [],
    ])
      assert.equal(read(Buffer.concat(wire), 7).refused?.code, 'SerializationException')
    assert.equal(read(endless, 7).refused?.code, 'SignatureDoesNotMatch')
  })
  it('that are announced too large are refused before they are held', () => {
    const [a] = signed(['a'.repeat(1000)]) as [Uint8Array]
    const reader = eventReader(INPUTS, SEED, { messageBytes: 1000 })
    assert.equal((reader.push(a.subarray(0, 12)) as PayloadRefused).code, 'SerializationException')
    assert.equal((reader.push(a.subarray(12)) as PayloadRefused).code, 'SerializationException')
  })
})

/** A message with the sums of its lengths and of itself set right. */
function withRightSums(bytes: Uint8Array): Uint8Array {
  const message = Uint8Array.from(bytes)
  const sumOf = (part: Uint8Array): Buffer => {
    let crc = -1
    for (const byte of part) {
      crc ^= byte
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
    }
    const sum = Buffer.alloc(4)
    sum.writeInt32BE(~crc)
    return sum
  }
  message.set(sumOf(message.subarray(0, 8)), 8)
  message.set(sumOf(message.subarray(0, -4)), message.length - 4)
  return message
}

const ROOT = fileURLToPath(new URL('../../../../../shared/vectors/streaming.json', import.meta.url))
if (existsSync(ROOT)) {
  const { cases } = JSON.parse(readFileSync(ROOT, 'utf8')) as { cases: Record<string, never>[] }
  describe('streaming.json, events', () => {
    for (const one of cases.filter(({ events }) => events !== undefined) as unknown as Published[]) it(one.id, () => published(one))
    it('has two cases of them', () => assert.equal(cases.filter(({ events }) => events !== undefined).length, 2))
  })
}

interface Published {
  readonly id: string
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly region: string
  readonly service: string
  readonly seedSignature?: string
  readonly events: {
    readonly timestamp: string
    readonly payload?: string
    readonly innerMessageHex?: string
    readonly innerHeaders?: [string, string][]
    readonly innerPayload?: string
    readonly priorSignature?: string
    readonly dateHeaderHex: string
    readonly stringToSign: string
    readonly signature?: string
  }[]
}

function published({ credentials, region, service, seedSignature, events }: Published): void {
  const key = new SecretAccessKey(credentials?.secretAccessKey ?? 'any EXAMPLE secret')
  const inputsAt = (timestamp: string): ChainInputs => ({
    algorithm: 'AWS4-HMAC-SHA256',
    requestDate: timestamp,
    scope: { date: timestamp.slice(0, 8), region, service, terminator: 'aws4_request' },
    accessKeyId: credentials?.accessKeyId,
    key,
  })
  let prior = seedSignature ?? events[0]!.priorSignature!
  const signer = eventSigner(inputsAt(events[0]!.timestamp), prior)
  for (const { timestamp, payload, innerMessageHex, innerHeaders, innerPayload, dateHeaderHex, stringToSign, signature } of events) {
    const date = encodeEventHeader({ name: ':date', type: 'timestamp', value: parseRequestDate(timestamp)! })
    assert.equal(Buffer.from(date).toString('hex'), dateHeaderHex)
    const event = innerMessageHex === undefined ? Buffer.from(payload!) : Buffer.from(innerMessageHex, 'hex')
    if (innerHeaders !== undefined) {
      const headers = innerHeaders.map(([name, value]): EventHeader => ({ name, type: 'string', value }))
      assert.deepEqual(Buffer.from(encodeEventMessage({ headers, payload: Buffer.from(innerPayload!) })), event)
    }
    const chain = payloadChain(inputsAt(timestamp), prior)!
    assert.equal(eventStringToSign(chain, prior, payloadHashOf(date), payloadHashOf(event)), stringToSign)
    if (signature === undefined) continue
    const sent = decodeEventMessage(signer.sign(event, parseRequestDate(timestamp)!))!
    const sentSignature = sent.headers.find(({ name }) => name === ':chunk-signature')?.value as Uint8Array
    assert.equal(Buffer.from(sentSignature).toString('hex'), signature)
    prior = signature
  }
}
