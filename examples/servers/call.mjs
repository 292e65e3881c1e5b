// A signed call, and the same call with another body: 200, then 403.
// To a server that runs: node call.mjs http://127.0.0.1:9000
import { fileURLToPath } from 'node:url'
import { SecretAccessKey, sign } from 'countersign'

/** A signed POST of a text, as `fetch` takes it. */
export function signedCall(url, text) {
  const body = new TextEncoder().encode(text)
  const request = {
    method: 'POST',
    target: '/things',
    headers: [
      ['Host', url.host],
      ['Content-Type', 'application/json'],
    ],
    body,
  }
  const secretAccessKey = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
  const options = { now: Date.now(), region: 'eu-west-1', service: 'execute-api' }
  const { headers } = sign(request, { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey }, options)
  return { method: 'POST', headers: Object.fromEntries(headers), body: text }
}

/** Both calls, made by `send`, and what came back, printed. */
export async function bothCalls(url, send) {
  const call = signedCall(url, '{"a":1}')
  for (const body of [call.body, '{"a":2}']) {
    const { status, text } = await send({ ...call, body })
    console.log(status, status === 200 ? text : /SignatureDoesNotMatch|signature we calculated does not match/.exec(text)?.[0])
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const url = new URL('/things', process.argv[2] ?? 'http://127.0.0.1:9000')
  await bothCalls(url, async (call) => {
    const answer = await fetch(url, call)
    return { status: answer.status, text: await answer.text() }
  })
}
