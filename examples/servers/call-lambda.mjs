// Both calls to the function beside this file, as a function URL or an HTTP API hands them over: node call-lambda.mjs
import { readFile } from 'node:fs/promises'
import { bothCalls } from './call.mjs'

const { AKIAIOSFODNN7EXAMPLE: pair } = JSON.parse(await readFile(new URL('keys.json', import.meta.url)))
process.env.KEYS = JSON.stringify({ AKIAIOSFODNN7EXAMPLE: pair.secretAccessKey })
const { handler } = await import('./lambda.mjs')
const url = new URL('https://api.example.com/things')
await bothCalls(url, async ({ method, headers, body }) => {
  const { statusCode, body: text } = await handler({
    version: '2.0',
    rawPath: url.pathname,
    rawQueryString: '',
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    requestContext: { domainName: url.host, http: { method, path: url.pathname } },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  })
  return { status: statusCode, text }
})
