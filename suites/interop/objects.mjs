// What the harness itself does with objects: buckets made before a client needs them, presigned URLs fetched by curl.

import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { request as open } from 'node:http'
import { join } from 'node:path'
import { SecretAccessKey, sign } from 'countersign/sigv4'
import { ACCESS_KEY_ID, REGION, SECRET } from './faults.mjs'

/** Makes a bucket, signed by Countersign's own signer. */
export async function makeBucket(port, bucket) {
  const request = { method: 'PUT', target: `/${bucket}`, headers: [['Host', `127.0.0.1:${port}`]], body: new Uint8Array() }
  const credentials = { accessKeyId: ACCESS_KEY_ID, secretAccessKey: new SecretAccessKey(SECRET) }
  const { headers } = sign(request, credentials, { region: REGION, service: 's3', now: Date.now() })
  const status = await new Promise((resolve, reject) => {
    const sent = open(
      { host: '127.0.0.1', port, method: 'PUT', path: request.target, headers: Object.fromEntries(headers), agent: false },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      },
    )
    sent.on('error', reject)
    sent.end()
  })
  if (status >= 300 && status !== 409) throw new Error(`the bucket could not be made: ${status}`)
}

/** Fetches presigned URLs with curl, in one process; each object holds its own key. What went wrong comes back. */
export async function fetchedByCurl(lines, scratch) {
  if (lines.length === 0) return []
  const folder = mkdtempSync(join(scratch, 'urls-'))
  const quoted = (text) => `"${text.replace(/[\\"]/g, '\\$&')}"`
  const entries = lines.map(
    ([, , url], at) => `url = ${quoted(url)}\noutput = ${quoted(join(folder, String(at)))}\npath-as-is\ngloboff\nsilent\nnoproxy = "*"\n`,
  )
  writeFileSync(join(folder, 'config'), entries.join('next\n'))
  await new Promise((resolve, reject) => {
    const child = spawn('curl', ['--config', join(folder, 'config')], { stdio: 'ignore' })
    child.on('error', reject)
    child.on('exit', resolve)
  })
  return lines.flatMap(([, key], at) => {
    let got = ''
    try {
      got = readFileSync(join(folder, String(at)), 'utf8')
    } catch {}
    return got === key ? [] : [`the presigned URL of ${key} gave ${JSON.stringify(got.slice(0, 200))}`]
  })
}
