import { createHash, createHmac } from 'node:crypto'
import { request as open } from 'node:http'
import { SignatureV4a } from '@smithy/signature-v4a'
import { rawSigner } from '../raw-signer.mjs'
import { accessKeyId, address, region, secretAccessKey, succeeded } from '../things.mjs'

class Sha256 {
  constructor(key) {
    this.hash = key === undefined ? createHash('sha256') : createHmac('sha256', key)
  }
  update(bytes) {
    this.hash.update(bytes)
  }
  async digest() {
    return new Uint8Array(this.hash.digest())
  }
}

async function send({ service, method, path, body, headers = {} }) {
  const signer = new SignatureV4a({
    credentials: { accessKeyId, secretAccessKey },
    // For every region, or where one request is to fail, for the one given.
    region: process.argv[2] === 'all' ? '*' : region,
    service,
    sha256: Sha256,
    applyChecksum: true,
    uriEscapePath: service !== 's3',
  })
  const [pathname, query] = path.split('?')
  const signed = await signer.sign({
    method,
    protocol: 'http:',
    hostname: address.hostname,
    port: Number(address.port),
    path: pathname,
    query: query === undefined ? {} : bag(query),
    headers: { host: address.host, ...headers },
    body,
  })
  return new Promise((resolve, reject) => {
    const sent = open({ host: address.hostname, port: address.port, method, path, headers: signed.headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (piece) => (text += piece))
      answer.on('end', () => {
        try {
          resolve(succeeded(answer.statusCode, text))
        } catch (error) {
          reject(error)
        }
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** The query as @smithy wants it: decoded, repeated keys as lists. */
function bag(query) {
  const found = {}
  for (const [name, value] of new URLSearchParams(query)) {
    if (found[name] === undefined) found[name] = value
    else found[name] = [found[name], value].flat()
  }
  return found
}

await rawSigner(send)
