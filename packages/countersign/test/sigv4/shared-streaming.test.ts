/** The published vectors of payloads in chunks, where this machine has them beside the repository; else no test is registered. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import {
  authorizationOf,
  bytesOf,
  canonicalRequest,
  chunkReader,
  chunkStringToSign,
  EcdsaPublicKey,
  type Header,
  headerValue,
  type PayloadChain,
  parseRequestDate,
  payloadChain,
  payloadHashOf,
  SecretAccessKey,
  signingInputsOf,
  signStreaming,
  streamingModeOf,
  trailerStringToSign,
} from '../../src/sigv4/index.ts'

const ROOT = fileURLToPath(new URL('../../../../../shared/vectors/', import.meta.url))

interface Repeated {
  readonly repeat: string
  readonly count: number
}
interface Case {
  readonly id: string
  readonly kind?: string
  readonly algorithm?: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly region: string
  readonly service: string
  readonly timestamp: string
  readonly seedSignature?: string
  readonly publicKey?: { readonly X: string; readonly Y: string }
  readonly chunks?: {
    readonly data: Repeated
    readonly size: number
    readonly stringToSign: string
    readonly stringToSignTemplate: string
    readonly signature: string
  }[]
  readonly trailer?: {
    readonly headers: [string, string][]
    readonly canonical: string
    readonly stringToSign: string
    readonly stringToSignTemplate: string
    readonly signature: string
  }
  readonly request: { readonly method: string; readonly url: string; readonly headers: [string, string][]; readonly body: Repeated }
  readonly canonicalRequest: string
  readonly signature: string
}

function casesOf(file: string): Case[] {
  return (JSON.parse(readFileSync(`${ROOT}${file}`, 'utf8')) as { cases: Case[] }).cases
}

function chainOf({ algorithm = 'AWS4-HMAC-SHA256', credentials, region, service, timestamp }: Case, seed: string): PayloadChain {
  const scope = {
    date: timestamp.slice(0, 8),
    region: algorithm.includes('ECDSA') ? undefined : region,
    service,
    terminator: 'aws4_request',
  }
  const { accessKeyId, secretAccessKey } = credentials
  return payloadChain({ algorithm, requestDate: timestamp, scope, accessKeyId, key: new SecretAccessKey(secretAccessKey) }, seed)!
}

if (existsSync(ROOT)) {
  const chained = casesOf('streaming.json').filter(({ chunks }) => chunks !== undefined)
  describe('streaming.json, chunks', () => {
    it('has four cases of them', () => assert.equal(chained.length, 4))
    for (const one of chained) it(one.id, () => (one.publicKey === undefined ? hmacCase(one) : ecdsaCase(one)))
  })
  describe('s3-docs.json, chunks', () => {
    const cases = casesOf('s3-docs.json').filter(({ kind }) => kind?.startsWith('header-chunked'))
    it('has two cases of them', () => assert.equal(cases.length, 2))
    for (const one of cases) it(one.id, () => documentedCase(one))
  })
}

function hmacCase(one: Case): void {
  const chain = chainOf(one, one.seedSignature!)
  let prior = one.seedSignature!
  for (const { data, stringToSign, signature } of one.chunks!) {
    assert.equal(chunkStringToSign(chain, prior, payloadHashOf(bytesOf(data.repeat.repeat(data.count)))), stringToSign)
    assert.equal(chain.matches(stringToSign, signature), true)
    assert.equal(chain.sign(stringToSign), signature)
    prior = signature
  }
  const { canonical, stringToSign, signature } = one.trailer!
  assert.equal(trailerStringToSign(chain, prior, payloadHashOf(bytesOf(canonical))), stringToSign)
  assert.equal(chain.matches(stringToSign, signature), true)
  assert.equal(
    chain.matches(
      stringToSign,
      signature.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    ),
    false,
  )
}

/** Each signature is another one: what is signed here is read with the public key that was published. */
function ecdsaCase(one: Case): void {
  const key = new EcdsaPublicKey(Buffer.from(`04${one.publicKey!.X}${one.publicKey!.Y}`, 'hex'))
  const signing = chainOf(one, '')
  const seedSignature = signing.sign('anything')
  const { algorithm, requestDate, scope } = signing
  const verifying = payloadChain({ algorithm, requestDate, scope, accessKeyId: undefined, key }, seedSignature)!
  assert.throws(() => verifying.sign('anything'), { code: 'invalid-credentials' })
  let prior = seedSignature
  let wire = ''
  let payload = ''
  for (const { data, stringToSignTemplate } of one.chunks!) {
    const text = data.repeat.repeat(data.count)
    const stringToSign = stringToSignTemplate.replace('{priorSignature}', prior)
    assert.equal(chunkStringToSign(signing, prior, payloadHashOf(bytesOf(text))), stringToSign)
    prior = signing.sign(stringToSign)
    wire += `${text.length.toString(16)};chunk-signature=${prior.padEnd(144, '*')}\r\n${text}${text === '' ? '' : '\r\n'}`
    payload += text
  }
  if (one.trailer !== undefined) {
    const { canonical, stringToSignTemplate } = one.trailer
    const stringToSign = stringToSignTemplate.replace('{priorSignature}', prior)
    assert.equal(trailerStringToSign(signing, prior, payloadHashOf(bytesOf(canonical))), stringToSign)
    wire += `${canonical.replaceAll('\n', '\r\n')}x-amz-trailer-signature:${signing.sign(stringToSign).padEnd(144, '*')}\r\n`
  }
  const mode = streamingModeOf(`STREAMING-${algorithm}-PAYLOAD${one.trailer === undefined ? '' : '-TRAILER'}`)!
  const trailerNames = (one.trailer?.headers ?? []).map(([name]) => name)
  const reader = chunkReader({ mode, chain: verifying, decodedLength: payload.length, trailerNames })
  const pieces = reader.push(bytesOf(`${wire}\r\n`))
  assert.ok(!('code' in pieces), JSON.stringify(pieces))
  assert.deepEqual(reader.end(), [])
  assert.equal(Buffer.concat(pieces).toString('latin1'), payload)
}

function documentedCase(one: Case): void {
  const { accessKeyId, secretAccessKey } = one.credentials
  const given = ['host', 'x-amz-storage-class']
  const url = new URL(one.request.url)
  const headers: Header[] = one.request.headers.filter(([name]) => given.includes(name.toLowerCase()))
  const contentLengthSigned = one.canonicalRequest.includes('\ncontent-length:')
  const { head, writer } = signStreaming(
    { method: one.request.method, target: url.pathname, headers, body: undefined },
    { accessKeyId, secretAccessKey: new SecretAccessKey(secretAccessKey) },
    {
      now: parseRequestDate(one.timestamp)!,
      region: one.region,
      service: one.service,
      decodedLength: one.request.body.count,
      ...(one.trailer !== undefined && { checksum: 'CRC32C' }),
      ...(contentLengthSigned ? {} : { unsignedHeaders: ['content-length'] }),
    },
  )
  assert.equal(canonicalRequest(signingInputsOf(head)!), one.canonicalRequest)
  assert.equal(authorizationOf(head)?.signature, one.signature)
  const body = Buffer.alloc(one.request.body.count, one.request.body.repeat)
  const wire = Buffer.concat([...writer.push(body), ...writer.end()])
  assert.equal(String(wire.length), headerValue(head, 'content-length'))
  const text = wire.toString('latin1')
  assert.deepEqual(
    [...text.matchAll(/^([0-9a-f]+);chunk-signature=([0-9a-f]+)\r\n/gm)].map(([, size, signature]) => [
      Number.parseInt(size!, 16),
      signature,
    ]),
    one.chunks!.map(({ size, signature }) => [size, signature]),
  )
  const end =
    one.trailer === undefined ? '\r\n' : `${one.trailer.canonical.trim()}\r\nx-amz-trailer-signature:${one.trailer.signature}\r\n\r\n`
  assert.equal(text.endsWith(`${one.chunks!.at(-1)!.signature}\r\n${end}`), true)
}
