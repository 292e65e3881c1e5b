// Real clients against `countersign serve`: what they sign right must be accepted, what is made to fail must be refused
// with AWS's words, and the operator must be told the true cause. See README.md.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { errorOf, isBare, isRefused, requestIdOf } from './answers.mjs'
import { CLIENTS } from './clients.mjs'
import { ACCESS_KEY_ID, FAULTS, REGION, SECRET } from './faults.mjs'
import { install } from './install.mjs'
import { fetchedByCurl, makeBucket } from './objects.mjs'
import { ran } from './program.mjs'
import { startRelay } from './relay.mjs'
import { startServe } from './serve.mjs'
import { sentAnswered, writeTable } from './table.mjs'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    only: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    table: { type: 'string' },
  },
})
const wanted = options.only?.split(',')
const chosen = CLIENTS.filter(({ name, quick }) => (wanted === undefined ? !options.quick || quick : wanted.includes(name)))
const counts = { passed: 0, failed: 0 }
const rows = []

const missing = await install([...new Set(['debian', ...chosen.map(({ needs }) => needs)])], console.log)
const scratch = mkdtempSync(join(tmpdir(), 'interop-'))
const credentials = join(scratch, 'credentials')
writeFileSync(credentials, `[default]\naws_access_key_id = ${ACCESS_KEY_ID}\naws_secret_access_key = ${SECRET}\n`, { mode: 0o600 })
const keysFile = new URL('./keys.txt', import.meta.url).pathname
const fewKeysFile = join(scratch, 'few-keys')
const fewKeys = linesOf(keysFile).filter((key) => !/[%~(&?]/.test(key))
writeFileSync(fewKeysFile, `${fewKeys.join('\n')}\n`)

// Far enough that a long run does not catch up.
const ahead = new Date(Date.now() + 180 * 60_000).toISOString().replace(/[-:]|\.\d+/g, '')
const verifiers = { any: [], region: ['--region', REGION], service: ['--service', 'sts'], ahead: ['--now', ahead] }
const serves = {}
// However this ends, no verifier is left behind.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130))
const queue = [...chosen]
try {
  for (const [name, more] of Object.entries(verifiers)) serves[name] = await startServe(credentials, more)
  await Promise.all(
    Array.from({ length: Number(options.jobs) }, async () => {
      for (let client = queue.shift(); client !== undefined; client = queue.shift()) await clientTried(client)
    }),
  )
} finally {
  for (const serve of Object.values(serves)) await serve.stop()
  rmSync(scratch, { recursive: true, force: true })
}
if (options.table !== undefined && counts.failed > 0) console.log(`${options.table} is left as it was: something failed`)
else if (options.table !== undefined) writeTable(options.table, inOrder(rows))
console.log(`${counts.passed} passed, ${counts.failed} failed`)
if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1

async function clientTried(client) {
  if (missing.has(client.needs)) return told(client, 'installed', [`not installed: see ${missing.get(client.needs)}`])
  const row = { client, version: versionOf(client), good: undefined, faults: [] }
  rows.push(row)
  await allTried(client, row)
  for (const [name, fault] of Object.entries(FAULTS))
    for (const service of client.services) if (isFor(client, name, fault, service)) await faultTried(client, row, name, fault, service)
}

function inOrder(rows) {
  return rows.sort((a, b) => chosen.indexOf(a.client) - chosen.indexOf(b.client))
}

function linesOf(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}

function keysOf({ slow }) {
  return slow && options.quick ? fewKeysFile : keysFile
}

function isFor(client, name, fault, service) {
  if (fault.answers[service] === undefined || (fault.services !== undefined && !fault.services.includes(service))) return false
  // Programs of Go ask the kernel for the time themselves, out of reach of faketime: there the verifier's clock moves.
  if (fault.clock !== undefined && client.go) return false
  if (fault.verifier === 'ahead' && !client.go) return false
  if (name === 'secret with a newline' && client.newline === 'not tried') return false
  return true
}

function versionOf({ version: [program, ...args] }) {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return '?'
  }
}

/** All that is signed right: every step must succeed but those the client is known to do otherwise. */
async function allTried(client, row) {
  const relay = await startRelay({ to: serves.any.port })
  const problems = []
  try {
    const bucket = `interop-${client.name}`
    await makeBucket(serves.any.port, bucket)
    const { lines, code, error } = await ran(client, 'all', {
      port: relay.port,
      service: client.services[0],
      bucket,
      keysFile: keysOf(client),
      scratch,
    })
    if (code !== 0 || lines.at(-1)?.[0] !== 'done') problems.push(`it ended with ${code}: ${error.slice(-400)}`)
    const steps = lines.filter(([kind]) => kind === 'ok' || kind === 'refused')
    const urls = lines.filter(([kind]) => kind === 'presigned')
    problems.push(...(await fetchedByCurl(urls, scratch)))
    const differs = client.differs ?? []
    const seen = new Set()
    for (const [kind, ...fields] of steps) {
      const rule = differs.find(({ line }) => line.test(fields.join('\t')))
      if (kind === 'refused' && rule === undefined) problems.push(`refused: ${fields.join(' | ').slice(0, 300)}`)
      if (kind === 'ok' && rule !== undefined) problems.push(`accepted, though ${rule.why}: ${fields.join(' ')}`)
      if (kind === 'refused' && rule !== undefined) seen.add(rule)
    }
    const done = new Set(steps.filter(([, name]) => name === 'keys').map(([, , key]) => key))
    const left = client.hidesKeys ? [] : linesOf(keysOf(client)).filter((key) => !done.has(key))
    if (left.length > 0 || steps.length < 4) problems.push(`only ${steps.length} steps were done; keys left: ${left.join(' ')}`)
    const exchanges = relay.taken()
    const causes = new Set()
    for (const exchange of exchanges.filter(isRefused)) {
      const diagnosis = await serves.any.diagnosisOf(requestIdOf(exchange))
      const named = diagnosis === undefined ? ['no diagnosis'] : diagnosis.causes.length > 0 ? diagnosis.causes : [diagnosis.level]
      for (const cause of named) causes.add(cause)
      if (!differs.some(({ cause }) => named.some((each) => [cause].flat().includes(each))))
        problems.push(`${exchange.request.head.split('\r\n', 1)[0]}: refused, and the operator was told ${named.join()}`)
    }
    for (const rule of differs) {
      if (!seen.has(rule)) problems.push(`not seen: ${rule.why}`)
      else if (rule.cause !== undefined && ![rule.cause].flat().some((cause) => causes.has(cause))) problems.push(`not told: ${rule.cause}`)
    }
    row.good = {
      ...sentAnswered(exchanges),
      steps: steps.length,
      accepted: steps.filter(([kind]) => kind === 'ok').length,
      urls: urls.length,
      causes: [...causes],
    }
    told(
      client,
      'all',
      problems,
      `${exchanges.length} requests, ${row.good.accepted} of ${steps.length} steps accepted, ${urls.length} URLs fetched by curl`,
    )
  } catch (error) {
    told(client, 'all', [...problems, error.stack.split('\n', 2).join(' ')])
  } finally {
    relay.stop()
  }
}

/** One request that is made to fail: AWS's words on the wire, the client's own, and the operator's diagnosis. */
async function faultTried(client, row, name, fault, service) {
  const serve = serves[fault.verifier ?? 'any']
  const relay = await startRelay({ to: serve.port, host: fault.proxy })
  const problems = []
  let answer = ''
  let diagnosis
  try {
    const bucket = `interop-${client.name}`
    if (service === 's3' && fault.verifier === undefined) await makeBucket(serve.port, bucket)
    const { lines, error } = await ran(client, 'one', {
      port: relay.port,
      service,
      bucket,
      keysFile,
      scratch,
      env: fault.env,
      clock: fault.clock,
    })
    const said = lines.find(([kind]) => kind === 'refused')
    const exchanges = relay.taken()
    const refusals = exchanges.filter(isRefused)
    const refusal = refusals.find(({ response }) => response.body.length > 0) ?? refusals[0]
    if (name === 'secret with a newline' && client.newline === 'trimmed') {
      if (refusals.length > 0 || said !== undefined) problems.push('the client is said to trim the secret, and was refused')
      answer = 'accepted: the client trims the secret'
    } else if (refusal === undefined) {
      problems.push(
        `nothing was refused; ${exchanges.length} requests; it said ${lines.map((fields) => fields.join(' ')).join(' / ')} ${error.slice(-300)}`,
      )
    } else {
      const expected = fault.answers[service]
      const got = errorOf(refusal)
      const bare = isBare(refusal)
      answer = bare ? `${got.status}, no body (HEAD)` : `${got.status} ${got.code}`
      if (got.status !== expected.status) problems.push(`status ${got.status} in place of ${expected.status}`)
      if (!bare && got.code !== expected.code) problems.push(`code ${got.code} in place of ${expected.code}`)
      if (!bare && !expected.message.test(got.message)) problems.push(`message ${JSON.stringify(got.message.slice(0, 200))}`)
      if (said === undefined && !client.recovers?.includes(name)) problems.push('the client saw no failure')
      // A client of S3 cannot read the error of another service, and of HEAD it sees no more than the status.
      const words = [got.code, got.message.slice(0, 40), String(got.status), ...(refusals.some(isBare) ? ['Access Denied'] : [])]
      const heard = client.silent === true || fault.verifier === 'service' || words.some((word) => word !== '' && said?.[3].includes(word))
      if (said !== undefined && !heard) problems.push(`the client says nothing of it: ${said[3].slice(0, 200)}`)
      diagnosis = await serve.diagnosisOf(requestIdOf(refusal))
      if (diagnosis === undefined) problems.push('no diagnosis was printed')
      else if (
        !(fault.orUnexplained === true && diagnosis.level === 'unexplained') &&
        !diagnosis.causes.some((cause) => fault.causes.includes(cause))
      )
        problems.push(`the operator was told ${diagnosis.level} ${diagnosis.causes.join()} in place of ${fault.causes.join()}`)
    }
    const done = `${service}: ${answer}${diagnosis === undefined ? '' : `; ${diagnosis.level}[${diagnosis.causes.join()}]`}`
    row.faults.push({ name, service, answer, diagnosis, said: said?.[3], failed: problems.length > 0 })
    told(client, name, problems, done)
  } catch (error) {
    told(client, name, [...problems, error.stack.split('\n', 2).join(' ')])
  } finally {
    relay.stop()
  }
}

function told({ title }, scenario, problems, outcome = '') {
  counts[problems.length === 0 ? 'passed' : 'failed']++
  console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${title}: ${scenario}${outcome === '' ? '' : `: ${outcome}`}`)
  for (const problem of problems) console.log(`       ${problem}`)
}
