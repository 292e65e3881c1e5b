/**
 * The browser's path (no node:crypto) in Chromium, headless: `npm run build && npm run bench:browser`. The page is served on the
 * loopback interface and sends back what it measured. Chromium is Debian's, or what CHROMIUM names.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import {
  authorizationOf,
  canonicalRequest,
  deriveSigningKey,
  signingInputsOf,
  stringToSign,
} from '../../packages/countersign/src/sigv4/index.ts'
import { KEY, OPTIONS, SECRET, SIGNED } from './requests.mjs'
import { median } from './rounds.mjs'

const TIMEOUT = 120_000
const bundle = await build({
  entryPoints: [new URL('browser-page.mjs', import.meta.url).pathname],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'browser',
  conditions: ['default'],
})

function workOf(requests) {
  const texts = requests.map((request) => {
    const inputs = signingInputsOf(request)
    const canonical = canonicalRequest(inputs)
    return { canonical, head: stringToSign(inputs, canonical).slice(0, -64), provided: authorizationOf(request).signature }
  })
  const signingKey = [...deriveSigningKey(KEY, signingInputsOf(requests[0]).scope).dangerBytes()]
  const unknownBody = requests.map(({ method, target, headers }) => ({ method, target, headers }))
  return JSON.stringify({ requests: unknownBody, texts, secret: SECRET, signingKey, options: OPTIONS })
}

/** Serves the page, opens it, and resolves with what it sends back. */
function measuredInBrowser(requests) {
  const profile = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  let browser
  const server = createServer()
  const result = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the browser did not answer in time')), TIMEOUT)
    server.on('request', async (request, response) => {
      if (request.url === '/done') {
        let text = ''
        for await (const piece of request) text += piece
        response.end()
        clearTimeout(timer)
        resolve(JSON.parse(text))
      } else if (request.url === '/page.js') response.setHeader('content-type', 'text/javascript').end(bundle.outputFiles[0].text)
      else if (request.url === '/work.json') response.setHeader('content-type', 'application/json').end(workOf(requests))
      else response.setHeader('content-type', 'text/html').end('<!doctype html><script type="module" src="/page.js"></script>')
    })
    server.listen(0, '127.0.0.1', () => {
      const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', `--user-data-dir=${profile}`]
      browser = spawn(process.env.CHROMIUM ?? 'chromium', [...flags, `http://127.0.0.1:${server.address().port}/`], { stdio: 'ignore' })
      browser.on('error', reject)
    })
  })
  return result.finally(async () => {
    server.close()
    server.closeAllConnections()
    if (browser?.pid !== undefined && browser.exitCode === null) await new Promise((done) => browser.on('exit', done) && browser.kill())
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })
}

for (const [title, requests] of [
  ['verify an S3 GET, 4 signed headers', SIGNED.get],
  ['verify an S3 PUT, 12 signed headers and 10 parameters', SIGNED.put],
]) {
  const { agent, rounds } = await measuredInBrowser(requests)
  const [[, ours]] = Object.entries(rounds)
  console.log(`\n${title}\n  ${agent}`)
  for (const [name, times] of Object.entries(rounds)) {
    const ratio = median(times.map((time, round) => time / ours[round]))
    console.log(
      `  ${name.padEnd(40)} ${median(times).toFixed(2).padStart(8)} us  least ${Math.min(...times)
        .toFixed(2)
        .padStart(7)}  ${ratio.toFixed(2).padStart(6)} x countersign`,
    )
  }
}
console.log('\nrerun: npm run build && npm run bench:browser')
