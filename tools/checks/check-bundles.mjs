// What an import brings in: `countersign/sigv4` must contain no cause and no reader, and no pure entry may contain "node:".

import { readdirSync, readFileSync } from 'node:fs'
import { build } from 'esbuild'

const dir = 'packages/countersign/src/causes'
const ids = readdirSync(dir)
  .filter((name) => name.endsWith('.ts') && /= defineCause/.test(readFileSync(`${dir}/${name}`, 'utf8')))
  .map((name) => name.slice(0, -3))
const bundle = async (code) => {
  const result = await build({
    stdin: { contents: code, resolveDir: 'packages/countersign' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: [],
    conditions: ['default'],
    minify: true,
  })
  return result.outputFiles[0].text
}
const problems = []
const sigv4 = await bundle(`export { verify } from './dist/sigv4.js'`)
for (const id of ids)
  if (sigv4.includes(`"${id}"`)) problems.push(`importing verify brings in the cause ${id}; find the import in src/sigv4 that reaches it`)
if (sigv4.includes('botocore-debug-log')) problems.push('importing verify brings in an evidence reader')
const whole = await bundle(`export * from './dist/index.js'`)
const refusals = await bundle(`export * from './dist/server/refusals.js'`)
for (const [name, text] of [
  ['sigv4', sigv4],
  ['index', whole],
  ['refusals', refusals],
]) {
  if (/from"node:|require\("node:/.test(text))
    problems.push(`the ${name} bundle for browsers contains "node:"; a pure room imports an edge`)
}
for (const problem of problems) console.error(problem)
console.log(`bundles: sigv4 ${sigv4.length} bytes, whole library ${whole.length} bytes minified, ${problems.length} problems`)
if (problems.length > 0) process.exitCode = 1
