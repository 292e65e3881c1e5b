// Runs every test file with node's runner and closes with one line, "N passed, N failed". Start it with the flags that the
// tests need (see package.json, "test"): node hands them on to each file's own process.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

const files = walk()
const counts = { passed: 0, failed: 0 }
const stream = run({ files: files.sort(), concurrency: 2, timeout: 900_000 })
const leaf = (event) => event.details?.type !== 'suite' && event.name !== event.file
stream.on('test:pass', (event) => leaf(event) && counts.passed++)
stream.on('test:fail', (event) => {
  counts.failed++
  console.log(`FAILED ${event.name} (${event.file})\n${event.details?.error?.cause?.stack ?? event.details?.error?.message ?? ''}\n`)
})
stream.on('test:stderr', ({ message }) => process.stderr.write(message))
if (process.argv.includes('--spec')) stream.compose(new spec()).pipe(process.stdout)
await new Promise((done) => stream.on('end', done).resume())
console.log(`${counts.passed} passed, ${counts.failed} failed`)
if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1

// Node 20 has no glob.
function walk() {
  const found = []
  const into = (dir) => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      const path = join(dir, entry.name)
      if (entry.isDirectory()) into(path)
      else if (entry.name.endsWith('.test.ts')) found.push(path)
    }
  }
  for (const name of readdirSync('packages')) into(join('packages', name, 'test'))
  return found
}
