// versitygw's own integration tests, which its binary carries: each test in a process, against one endpoint.
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cached, run, workplace } from '../differential/place.mjs'
import { install, version } from '../differential/servers/versitygw.mjs'

export { install, version }
export const name = 'versitygw'

const BINARY = cached('gobin', 'versitygw')
const SECONDS = 60
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')
const GROUPS = [
  'Authentication',
  'PresignedAuth',
  'PostObject',
  'SignedStreamingPayload',
  'SignedStreamingPayloadTrailer',
  'UnsignedStreamingPayloadTrailer',
]

/** The names of the tests that are about authentication, as the binary lists them. */
export function tests() {
  const names = run(BINARY, ['test', '--help'])
    .split('\n')
    .map((line) => line.trim().split(/\s/)[0])
  return [...new Set(names)].filter((test) => GROUPS.some((group) => test.startsWith(`${group}_`))).sort()
}

/** A folder to run tests in. Tests that make users call `./versitygw admin`; nobody answers here, so the users stay unknown. */
export function place() {
  const made = workplace('peers')
  writeFileSync(join(made.folder, 'versitygw'), '#!/bin/sh\nexit 0\n', { mode: 0o700 })
  return made
}

/** Whether a test passed, and in the suite's words why not. */
export function outcome(test, { port, accessKeyId, secretAccessKey, folder }) {
  // What the caller's shell sets for AWS, a proxy or a bundle of certificates is not for a server on loopback.
  const env = { PATH: process.env.PATH, HOME: folder, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }
  const options = { cwd: folder, env, timeout: SECONDS * 1000, killSignal: 'SIGKILL' }
  return new Promise((resolve) => {
    execFile(BINARY, ['test', '--endpoint', `http://127.0.0.1:${port}`, test], options, (error, stdout, stderr) => {
      const text = `${stdout}${stderr}`.replace(COLOURS, '')
      const failure = text.indexOf('FAIL ')
      if (error?.killed) resolve({ passed: false, says: `no end after ${SECONDS} seconds` })
      else if (failure < 0) resolve({ passed: text.includes(`PASS ${test}`), says: text.trim() })
      else resolve({ passed: false, says: reason(text.slice(failure)) })
    })
  })
}

/** The text of a failure: without the test's name before it, and without the log line that says it again. */
function reason(text) {
  const log = /\n\d{4}\/\d\d\/\d\d /.exec(text)
  return text.slice(text.indexOf(': ') + 2, log?.index).trim()
}
