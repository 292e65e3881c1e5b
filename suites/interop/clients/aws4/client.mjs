import { request } from 'node:http'
import aws4 from 'aws4'
import { rawSigner } from '../raw-signer.mjs'
import { accessKeyId, address, region, secretAccessKey, succeeded } from '../things.mjs'

const credentials = { accessKeyId, secretAccessKey }

function send({ service, method, path, body, headers = {} }) {
  const signed = aws4.sign(
    { host: address.hostname, port: address.port, service, region, method, path, body, headers: { ...headers } },
    credentials,
  )
  return new Promise((resolve, reject) => {
    const sent = request(signed, (answer) => {
      answer.setEncoding('utf8')
      let text = ''
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

const presigned = (path) => {
  const signed = aws4.sign({ host: address.host, service: 's3', region, path: `${path}?X-Amz-Expires=300`, signQuery: true }, credentials)
  return `http://${address.host}${signed.path}`
}

await rawSigner(send, { presigned })
