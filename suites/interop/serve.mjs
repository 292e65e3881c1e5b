// `countersign serve` as a user starts it, and what it printed for its operator, by request ID.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../../packages/countersign/bin/countersign.js', import.meta.url))
const REFUSED = /^countersign: \S+ \S+ .*: (\d{3}) (\S*), request ID (\S+)$/
const DIAGNOSED = /^countersign: the diagnosis of request ID (\S+):$/
const FINDING = /^(PROVEN|LIKELY) {2}[^(:]+ \(([^)]+)\):|^(UNEXPLAINED|ACCEPTED|VALID)\b/

export async function startServe(credentialsFile, more = []) {
  // One pipe for both streams, so that a refusal's line and its diagnosis keep their order.
  const child = spawn(
    'sh',
    [
      '-c',
      'exec "$0" "$@" 2>&1',
      process.execPath,
      BIN,
      'serve',
      '--strict',
      '--port',
      '0',
      '--credentials-file',
      credentialsFile,
      ...more,
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, COLUMNS: '200', NO_COLOR: '1' },
    },
  )
  const orphan = () => child.kill('SIGKILL')
  process.on('exit', orphan)
  const refusals = new Map()
  const diagnoses = new Map()
  const printed = []
  let told
  let rest = ''
  let port
  const ready = new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`countersign serve ended with ${code}:\n${printed.join('\n')}`)))
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop()
      for (const line of lines) {
        printed.push(line)
        const listening = /listening on http:\/\/[^:]+:(\d+)/.exec(line)
        if (listening !== null) {
          port = Number(listening[1])
          resolve()
        }
        const refused = REFUSED.exec(line)
        const diagnosed = DIAGNOSED.exec(line)
        const finding = FINDING.exec(line)
        if (refused !== null) {
          refusals.set(refused[3], { status: Number(refused[1]), code: refused[2], id: refused[3], level: undefined, causes: [] })
        } else if (diagnosed !== null) {
          told = refusals.get(diagnosed[1])
        } else if (finding !== null && told !== undefined && told.level === undefined) {
          told.level = (finding[1] ?? finding[3]).toLowerCase()
          told.causes = finding[2]?.split(' + ') ?? []
          diagnoses.set(told.id, told)
        }
      }
    })
  })
  await ready
  return {
    port,
    printed,
    /** The diagnosis of a request; it is printed a little after the answer was sent. */
    async diagnosisOf(id, patience = 30_000) {
      for (const end = Date.now() + patience; Date.now() < end; await new Promise((wake) => setTimeout(wake, 50)))
        if (diagnoses.has(id)) return diagnoses.get(id)
      return undefined
    },
    async stop() {
      process.off('exit', orphan)
      child.removeAllListeners('exit')
      child.kill('SIGINT')
      await Promise.race([once(child, 'exit'), new Promise((wake) => setTimeout(wake, 3000))])
      child.kill('SIGKILL')
    },
  }
}
