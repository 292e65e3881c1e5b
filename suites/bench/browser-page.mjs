/** The page of suites/bench/browser.mjs: whole verification without node:crypto, beside hash and HMAC alone by others. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { verify } from '../../packages/countersign/dist/fast/index.js'
import { SecretAccessKey } from '../../packages/countersign/dist/sigv4/index.js'

const ROUND = 50
const ROUNDS = 15
const { requests, texts, secret, signingKey, options } = await (await fetch('/work.json')).json()
const key = new SecretAccessKey(secret)
const bytes = Uint8Array.from(signingKey)
const subtleKey = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])

const contenders = {
  'countersign, whole verify': (i) => verify(requests[i], key, options).ok,
  '@noble/hashes, hash and HMAC': (i) => {
    const { canonical, head, provided } = texts[i]
    return bytesToHex(hmac(sha256, bytes, utf8ToBytes(head + bytesToHex(sha256(utf8ToBytes(canonical)))))) === provided
  },
  'crypto.subtle, hash and HMAC, awaited': async (i) => {
    const { canonical, head, provided } = texts[i]
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', utf8ToBytes(canonical)))
    return bytesToHex(new Uint8Array(await crypto.subtle.sign('HMAC', subtleKey, utf8ToBytes(head + bytesToHex(hash))))) === provided
  },
}

async function timed(work, times) {
  const waits = work(0) instanceof Promise
  const start = performance.now()
  for (let i = 0; i < times; i++) {
    const right = waits ? await work(i % requests.length) : work(i % requests.length)
    if (right !== true) throw new Error('a contender does not do its work')
  }
  return (performance.now() - start) / times
}

const rounds = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]))
const times = {}
for (const [name, work] of Object.entries(contenders)) {
  for (const start = performance.now(); performance.now() - start < 500; ) await timed(work, 200)
  times[name] = Math.max(1, Math.round(ROUND / (await timed(work, 500))))
}
for (let round = 0; round < ROUNDS; round++)
  for (const [name, work] of Object.entries(contenders)) rounds[name].push(1000 * (await timed(work, times[name])))
await fetch('/done', { method: 'POST', body: JSON.stringify({ agent: navigator.userAgent, rounds }) })
