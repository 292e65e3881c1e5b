// The package as a stranger installs it: exports resolve, types are right (publint, attw), no runtime dependency.
import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

const dir = 'packages/countersign'
const manifest = JSON.parse(readFileSync(`${dir}/package.json`, 'utf8'))
let failed = false
if (Object.keys(manifest.dependencies ?? {}).length > 0) {
  console.error(
    `${dir}/package.json has runtime dependencies; the library part has none. Name the edge that needs them in ARCHITECTURE.md first`,
  )
  failed = true
}
const run = (command, ...args) => {
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', command, ...args], { encoding: 'utf8' })
  if (status !== 0) {
    console.error(stdout + stderr)
    failed = true
  }
}
run('publint', dir, '--strict')
const [packed] = JSON.parse(
  execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', '.'], { cwd: dir, encoding: 'utf8' }),
)
const tarball = packed.filename
const names = packed.files.map(({ path }) => path)
for (const wanted of [
  'README.md',
  'SECURITY.md',
  'LICENSE',
  'bin/package.json',
  'dist/bin/main.cjs',
  'dist/bin/start.cjs',
  'dist/bin/x509.cjs',
  'dist/bin/THIRD-PARTY-LICENSES.txt',
  'dist/diagnosis.schema.json',
  'dist/docs/causes/clock-skewed.md',
  'dist/docs/man/countersign.1',
])
  if (!names.includes(wanted)) {
    console.error(`${dir}: ${wanted} is not packed; see "files" in its package.json and tools/build/copy-docs.mjs`)
    failed = true
  }
const twice = names.find((name) => /^dist\/(?:cli|transit)\//.test(name))
if (twice !== undefined) {
  console.error(`${dir}: ${twice} is packed beside its bundle in dist/bin; leave dist/cli and dist/transit out of "files"`)
  failed = true
}
for (const member of ['repository', 'bugs', 'homepage', 'publishConfig'])
  if (manifest[member] === undefined) {
    console.error(`${dir}/package.json has no "${member}": links of README.md lead nowhere without it`)
    failed = true
  }
// Programs name the schema so, and it stays: it is the one of the manual.
const schema = createRequire(new URL(`../../${dir}/package.json`, import.meta.url)).resolve('countersign/diagnosis.schema.json')
if (readFileSync(schema, 'utf8') !== readFileSync('docs/manual/diagnosis.schema.json', 'utf8')) {
  console.error('countersign/diagnosis.schema.json is not docs/manual/diagnosis.schema.json; run: npm run build')
  failed = true
}
run('attw', `${dir}/${tarball}`, '--profile', 'esm-only')
rmSync(`${dir}/${tarball}`)
// The thread that diagnoses is a separate file: it starts from the library and from the bundle of the command line.
for (const place of ['dist/server/diagnosis-worker.js', 'dist/bin/diagnosis-worker.js']) {
  const worker = new Worker(new URL(`../../${dir}/${place}`, import.meta.url), { env: {}, execArgv: [] })
  const [message] = await once(worker, 'message').catch((error) => [error.message])
  if (message !== 'ready') {
    console.error(
      `${dir}/${place} does not start as a thread (${message}); see tools/build/bundle-cli.mjs and src/server/diagnosis-thread.ts`,
    )
    failed = true
  }
  await worker.terminate()
}
console.log(`package: ${failed ? 'problems above' : 'publint and attw find nothing'}`)
if (failed) process.exitCode = 1
