/**
 * A client for tests that start one: signs a request by node:crypto alone, sends it to AWS_ENDPOINT_URL and prints the status.
 * Arguments: a method, a path, and what it does: "sent-elsewhere=/path" after signing, "presigned", "unsigned", "to=URL". Exit code 4 above 399.
 */
import { createHash, createHmac } from 'node:crypto'
import { request } from 'node:http'

const [method = 'GET', path = '/', ...how] = process.argv.slice(2)
const said = (name) => how.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1)
const url = new URL(said('to') ?? process.env.AWS_ENDPOINT_URL)
const [id, secret] = [process.env.AWS_ACCESS_KEY_ID, process.env.AWS_SECRET_ACCESS_KEY]
const hash = (text) => createHash('sha256').update(text).digest('hex')
const hmac = (key, text) => createHmac('sha256', key).update(text).digest()

const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
const scope = `${date.slice(0, 8)}/us-east-1/s3/aws4_request`
const presigned = how.includes('presigned')
const body = said('body') ?? ''
const payload = presigned ? 'UNSIGNED-PAYLOAD' : hash(body)
const headers = presigned ? { host: url.host } : { host: url.host, 'x-amz-content-sha256': payload, 'x-amz-date': date }
const names = Object.keys(headers).sort()
const query = presigned
  ? `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(`${id}/${scope}`)}&X-Amz-Date=${date}&X-Amz-Expires=60&X-Amz-SignedHeaders=host`
  : ''
const canonical = [method, path, query, ...names.map((name) => `${name}:${headers[name]}`), '', names.join(';'), payload].join('\n')
const toSign = ['AWS4-HMAC-SHA256', date, scope, hash(canonical)].join('\n')
const key = scope.split('/').reduce((before, part) => hmac(before, part), `AWS4${secret}`)
const signature = hmac(key, toSign).toString('hex')
const sent = said('sent-elsewhere') ?? path
if (!presigned && !how.includes('unsigned'))
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`

const target = presigned ? `${sent}?${query}&X-Amz-Signature=${signature}` : sent
const client = request({ host: url.hostname, port: url.port, method, path: target, headers }, (response) => {
  response.resume()
  response.on('end', () => {
    if (!how.includes('silent')) process.stdout.write(`${response.statusCode}\n`)
    process.exitCode = response.statusCode < 400 ? 0 : 4
  })
})
client.on('error', (error) => {
  process.stderr.write(`${error.code}\n`)
  process.exitCode = 5
})
client.end(body)
