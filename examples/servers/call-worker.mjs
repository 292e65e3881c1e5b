// Both calls to the Worker beside this file, without a server: node call-worker.mjs
import { readFile } from 'node:fs/promises'
import { bothCalls } from './call.mjs'

const { default: worker } = await import(process.argv[2] ?? './worker.mjs')
const { AKIAIOSFODNN7EXAMPLE: pair } = JSON.parse(await readFile(new URL('keys.json', import.meta.url)))
const env = { KEYS: JSON.stringify({ AKIAIOSFODNN7EXAMPLE: pair.secretAccessKey }) }
const url = new URL('https://api.example.com/things')
await bothCalls(url, async (call) => {
  const answer = await worker.fetch(new Request(url, call), env)
  return { status: answer.status, text: await answer.text() }
})
