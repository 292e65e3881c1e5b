// Sends the corpus to real S3 servers on this machine, freshly signed for each, and writes down who accepts what.
//
//   npm run differential                                  every server; all of them answering renews docs/manual/who-accepts-what.md
//   npm run differential -- --server versitygw            one server (may be repeated); prints, writes nothing
//   npm run differential -- --only s3-header-bad-region   one request (may be repeated); prints, writes nothing
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { rawExchange } from '../../packages/countersign/test/support/raw-exchange.ts'
import { answerOf } from './answer.mjs'
import { pageOf } from './page.mjs'
import { REGION } from './place.mjs'

const HERE = fileURLToPath(new URL('./', import.meta.url))
const PAGE = fileURLToPath(new URL('../../docs/manual/who-accepts-what.md', import.meta.url))
/** Requests are signed again after this time, so that no clock runs out. */
const FRESH_MILLISECONDS = 15_000

const { values } = parseArgs({ options: { server: { type: 'string', multiple: true }, only: { type: 'string', multiple: true } } })
/** In the order of the page's columns: ours, those that guard data, those that are made for tests. */
const SERVERS = ['countersign', 'versitygw', 'minio', 'seaweedfs', 's3s-fs', 'swift', 'moto', 's3rver']
const wanted = values.server ?? SERVERS
const columns = []
for (const file of wanted) {
  if (!SERVERS.includes(file)) throw new Error(`there is no server "${file}"; there are ${SERVERS.join(', ')}`)
  const server = await import(`./servers/${file}.mjs`)
  try {
    await server.install()
    const answers = await asked(server)
    columns.push({ name: server.name, forTests: server.forTests === true, origin: server.origin, version: server.version(), answers })
    const judged = answers.filter(({ said }) => !said.unserved)
    const right = judged.filter(({ expected, said }) => said.accepted === expected.accepted).length
    console.log(`${server.name} ${server.version()}: ${answers.length} requests, ${judged.length} judged, ${right} of them as AWS does`)
  } catch (error) {
    console.log(`${server.name}: not asked. ${error.message}`)
  }
}
if (values.only !== undefined || values.server !== undefined) {
  for (const { name, answers } of columns)
    for (const { name: request, expected, said } of answers)
      if (values.only !== undefined || said.accepted !== expected.accepted)
        console.log(`${name}: ${request}: ${said.text}; AWS: ${expected.accepted ? 'accepted' : `${expected.status} ${expected.code}`}`)
} else if (columns.length < SERVERS.length) {
  // A page without a column would say less than the page that is there, and not say so.
  console.error('The page is not written: it speaks of every server. See above which was not asked, and why.')
  process.exitCode = 1
} else writeFileSync(PAGE, pageOf(columns))

/** What a server says to each request of the corpus. */
async function asked(server) {
  const running = await server.start()
  try {
    await new Promise((resolve) => setTimeout(resolve, running.settle ?? 0))
    let batch = signedFor(running)
    for (const request of batch.setup) {
      const { status, body } = await rawExchange(running.port, bytesOf(request))
      if (status >= 300) throw new Error(`it takes no bucket and no object: ${status} ${body.slice(0, 200)}`)
    }
    const names = batch.cases.map(({ name }) => name).filter((name) => values.only === undefined || values.only.includes(name))
    const answers = []
    for (const name of names) {
      if (Date.now() - batch.at > FRESH_MILLISECONDS) batch = signedFor(running)
      const { why, request, expected } = batch.cases.find((one) => one.name === name)
      const answer = await rawExchange(running.port, bytesOf(request), 20_000).catch((error) => ({ error: error.message }))
      answers.push({ name, why, expected, said: answerOf(answer, request, expected) })
    }
    return answers
  } finally {
    await running.end()
  }
}

function signedFor({ port, accessKeyId, secretAccessKey }) {
  const at = Date.now()
  const now = new Date(at).toISOString().replace(/\.\d+/, '')
  const target = { host: `127.0.0.1:${port}`, region: REGION, accessKeyId, secretAccessKey, bucket: 'corpus-bucket', key: 'note.txt', now }
  const made = spawnSync('python3', [join(HERE, 'make-corpus.py'), '--live'], {
    input: JSON.stringify(target),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (made.status !== 0) throw new Error(made.stderr)
  return { at, ...JSON.parse(made.stdout) }
}

function bytesOf({ head, bodyBase64 = '' }) {
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(bodyBase64, 'base64')])
}
