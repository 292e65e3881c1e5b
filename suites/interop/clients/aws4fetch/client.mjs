import { AwsClient } from 'aws4fetch'
import { rawSigner } from '../raw-signer.mjs'
import { accessKeyId, endpoint, region, secretAccessKey, succeeded } from '../things.mjs'

const clients = new Map()
const clientOf = (service) => {
  if (!clients.has(service)) clients.set(service, new AwsClient({ accessKeyId, secretAccessKey, region, service, retries: 0 }))
  return clients.get(service)
}

async function send({ service, method, path, body, headers = {} }) {
  const answer = await clientOf(service).fetch(endpoint + path, { method, body, headers })
  return succeeded(answer.status, await answer.text())
}

async function presigned(path) {
  const url = new URL(endpoint + path)
  url.searchParams.set('X-Amz-Expires', '300')
  return (await clientOf('s3').sign(url, { aws: { signQuery: true } })).url
}

await rawSigner(send, { presigned })
