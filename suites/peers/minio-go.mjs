// minio-go's functional tests: one program that runs them all and stops at the first failure. Built here to run one by its name.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { goVersionOf } from '../differential/go-modules.mjs'
import { cached, run, workplace } from '../differential/place.mjs'

export const name = 'minio-go'

const MODULE = 'github.com/minio/minio-go/v7'
const RELEASE = 'v7.4.1'
const FOLDER = cached('minio-go-tests')
const SOURCE = join(FOLDER, 'functional_tests.go')
const BINARY = cached('gobin', 'minio-go-tests')
const SECONDS = 60
const go = (...args) => run('go', args, { cwd: FOLDER, env: { GOPATH: cached('go'), GOFLAGS: '-modcacherw' } })

export function install() {
  if (existsSync(BINARY) && existsSync(SOURCE) && version() === RELEASE) return
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER)
  go('mod', 'init', 'functional')
  go('get', `${MODULE}@${RELEASE}`)
  const source = readFileSync(join(go('list', '-m', '-f', '{{.Dir}}', MODULE), 'functional_tests.go'), 'utf8')
  // Its build tag would hold for the library as well, where this file is no part of the package.
  writeFileSync(SOURCE, source.replace('//go:build mint\n', '').replace('\nfunc main() {', '\nfunc all() {'))
  const table = tests().map((test) => `\t"${test}": ${test},`)
  const main = 'func main() {\n\ttests[os.Args[1]]()\n}'
  writeFileSync(
    join(FOLDER, 'main.go'),
    `package main\n\nimport "os"\n\nvar tests = map[string]func(){\n${table.join('\n')}\n}\n\n${main}\n`,
  )
  go('mod', 'tidy', '-e')
  go('build', '-o', BINARY, '.')
}

export const version = () => goVersionOf(BINARY, MODULE)

/** The tests of its full mode, without those of TLS, KMS and SigV2, which serve does not claim. */
export function tests() {
  const source = readFileSync(SOURCE, 'utf8')
  const full = source.slice(source.indexOf('if isFullMode() {'), source.indexOf('// SSE-C tests will only work'))
  return [...full.matchAll(/^\t\t(test\w+)\(\)$/gm)].map(([, test]) => test).filter((test) => !test.endsWith('V2'))
}

export const place = () => workplace('peers')

/** Whether a test passed, and in the suite's words why not. */
export function outcome(test, { port, accessKeyId, secretAccessKey, folder }) {
  const keys = { SERVER_ENDPOINT: `127.0.0.1:${port}`, ACCESS_KEY: accessKeyId, SECRET_KEY: secretAccessKey, SERVER_REGION: 'us-east-1' }
  const env = { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, MINT_MODE: 'full', ENABLE_HTTPS: '0', ...keys }
  const options = { cwd: folder, env, timeout: SECONDS * 1000, killSignal: 'SIGKILL', maxBuffer: 1 << 26 }
  return new Promise((resolve) => {
    execFile(BINARY, [test], options, (error, _stdout, stderr) => {
      const panic = /^panic: (.*)$/m.exec(stderr)?.[1]
      // A test that failed panics; NA is one that ends where the server says NotImplemented.
      const statuses = [...stderr.matchAll(/status=(\w+)/g)].map(([, status]) => status)
      if (error?.killed) resolve({ passed: false, says: `no end after ${SECONDS} seconds` })
      else if (error !== null) resolve({ passed: false, says: panic ?? error.message })
      else resolve({ passed: statuses.every((each) => each === 'PASS'), says: statuses.join(' ') })
    })
  })
}
