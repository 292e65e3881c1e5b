import { request as open } from 'node:http'
import { auth, http } from 'aws-crt'
import { rawSigner } from '../raw-signer.mjs'
import { accessKeyId, address, endpoint, region, secretAccessKey, succeeded, UTF8_META } from '../things.mjs'

// INTEROP_ALGORITHM=v4a signs with ECDSA, for every region or, where one request is to fail, for the one given.
const v4a = process.env.INTEROP_ALGORITHM === 'v4a'
const provider = auth.AwsCredentialsProvider.newStatic(accessKeyId, secretAccessKey)

async function signed(service, method, target, body, headers, more = {}) {
  const message = new http.HttpRequest(method, target, new http.HttpHeaders([['host', address.host], ...Object.entries(headers)]))
  if (body) message.headers.add('content-length', String(Buffer.byteLength(body)))
  const s3 = service === 's3'
  await auth.aws_sign_request(message, {
    algorithm: v4a ? auth.AwsSigningAlgorithm.SigV4Asymmetric : auth.AwsSigningAlgorithm.SigV4,
    signature_type: auth.AwsSignatureType.HttpRequestViaHeaders,
    provider,
    region: v4a && process.argv[2] === 'all' ? '*' : region,
    service,
    date: new Date(),
    use_double_uri_encode: !s3,
    should_normalize_uri_path: !s3,
    signed_body_value: s3
      ? 'UNSIGNED-PAYLOAD'
      : body
        ? (await import('node:crypto')).createHash('sha256').update(body).digest('hex')
        : auth.AwsSignedBodyValue.EmptySha256,
    signed_body_header: s3 ? auth.AwsSignedBodyHeaderType.XAmzContentSha256 : auth.AwsSignedBodyHeaderType.None,
    ...more,
  })
  return message
}

async function send({ service, method, path, body, headers = {} }) {
  const message = await signed(service, method, path, body, headers)
  const lines = Object.fromEntries(message.headers._flatten().map(([name, value]) => [name, Buffer.from(value).toString('latin1')]))
  return new Promise((resolve, reject) => {
    const sent = open({ host: address.hostname, port: address.port, method, path: message.path, headers: lines }, (answer) => {
      const pieces = []
      answer.on('data', (piece) => pieces.push(piece))
      answer.on('end', () => {
        try {
          resolve(succeeded(answer.statusCode, Buffer.concat(pieces).toString()))
        } catch (error) {
          reject(error)
        }
      })
    })
    sent.on('error', reject)
    sent.end(body === undefined ? undefined : Buffer.from(body))
  })
}

async function presigned(path) {
  const message = await signed(
    's3',
    'GET',
    path,
    undefined,
    {},
    {
      signature_type: auth.AwsSignatureType.HttpRequestViaQueryParams,
      signed_body_header: auth.AwsSignedBodyHeaderType.None,
      expiration_in_seconds: 300,
    },
  )
  return endpoint + message.path
}

await rawSigner(send, { presigned, metadata: UTF8_META })
process.exit()
