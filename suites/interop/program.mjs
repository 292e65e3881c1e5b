// Runs a client's program as its user would: endpoint and keys in the environment, one word as its argument.

import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ACCESS_KEY_ID, REGION, SECRET } from './faults.mjs'
import { CACHE, PROGRAMS } from './install.mjs'

/** Runs a client's program; its keys are in its environment, never among its arguments. */
export function ran(client, mode, { port, service, bucket, keysFile, scratch, env = {}, clock }) {
  const command = [...(clock === undefined ? [] : ['faketime', '-f', clock]), ...client.command, mode]
  const home = join(scratch, 'home')
  mkdirSync(home, { recursive: true })
  const child = spawn(command[0], command.slice(1), {
    cwd: home,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      HOME: home,
      TMPDIR: scratch,
      PYTHONPATH: PROGRAMS,
      INTEROP_CACHE: CACHE,
      INTEROP_ENDPOINT: `http://127.0.0.1:${port}`,
      INTEROP_BUCKET: bucket,
      INTEROP_SERVICE: service,
      INTEROP_KEYS_FILE: keysFile,
      INTEROP_QUERIES_FILE: new URL('./queries.txt', import.meta.url).pathname,
      AWS_ACCESS_KEY_ID: ACCESS_KEY_ID,
      AWS_SECRET_ACCESS_KEY: SECRET,
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_MAX_ATTEMPTS: '1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1',
      ...client.env,
      ...env,
    },
  })
  let out = ''
  let error = ''
  child.stdout.setEncoding('utf8').on('data', (text) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (error += text))
  const late = setTimeout(() => child.kill('SIGKILL'), 400_000)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(late)
      resolve({
        code,
        error,
        lines: out
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => line.split('\t')),
      })
    })
  })
}
