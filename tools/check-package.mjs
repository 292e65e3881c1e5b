// The package as a stranger installs it: exports resolve, types are right (publint, attw), no runtime dependency.
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'

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
const tarball = JSON.parse(
  execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', '.'], { cwd: dir, encoding: 'utf8' }),
)[0].filename
run('attw', `${dir}/${tarball}`, '--profile', 'esm-only')
rmSync(`${dir}/${tarball}`)
console.log(`package: ${failed ? 'problems above' : 'publint and attw find nothing'}`)
if (failed) process.exitCode = 1
