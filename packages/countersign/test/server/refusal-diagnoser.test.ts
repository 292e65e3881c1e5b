/** Diagnoses in a thread and in steps: the same as at once, bounded, and told of once whatever becomes of them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Diagnosis } from '../../src/diagnosis/finding.ts'
import { renderTerminal } from '../../src/report/index.ts'
import {
  createRefusalDiagnoser,
  createRefusalReporter,
  createStepwiseDiagnoser,
  diagnoseRefusal,
  type RefusalDiagnoserOptions,
  type ThreadedDiagnoserOptions,
} from '../../src/server/index.ts'
import type { HttpRequest } from '../../src/sigv4/http-request.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { createVerifier, credentialsOf, type RefusedRequest } from '../../src/verifier/index.ts'
import { claimOf } from '../stress/second-law.ts'
import { chunkedBody, STREAMING } from '../stress/second-law-of-chunks.ts'
import { KEY_ID, NOW, plain, presigned, SECRET, signed } from '../support/signed.ts'

const verifier = createVerifier({ credentials: credentialsOf({ [KEY_ID]: { key: SECRET } }), clock: () => NOW })
const OTHER = {
  label: 'the secret of AKIDEXAMPLE',
  secretAccessKey: new SecretAccessKey('other/Secret+EXAMPLE'),
  accessKeyId: 'AKIDEXAMPLE',
}

async function refused(request: HttpRequest): Promise<RefusedRequest> {
  const outcome = await verifier.judge(request)
  return outcome.ok ? assert.fail('accepted') : outcome.refused
}

const moved = (target = '/b/other') => refused({ ...signed(plain('GET', '/b/k'), 's3'), target })

/** What each refusal came to, in the order in which it was told. */
function heard(
  make: (options: ThreadedDiagnoserOptions) => ReturnType<typeof createRefusalDiagnoser>,
  options: Partial<RefusalDiagnoserOptions> = {},
) {
  const told: [requestId: string, what: Diagnosis | string, error?: unknown][] = []
  const diagnoser = make({
    onDiagnosis: ({ requestId }, diagnosis) => told.push([requestId, diagnosis]),
    onUndiagnosed: ({ requestId }, why, error) => told.push([requestId, why, error]),
    ...options,
  })
  return { ...diagnoser, told, words: () => told.map(([, what]) => (typeof what === 'string' ? what : 'diagnosed')) }
}

/** A thread's module, in a few words. */
const moduleOf = (code: string) =>
  new URL(`data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads'\n${code}`)}`)
const threaded = (code: string) => (options: ThreadedDiagnoserOptions) => createRefusalDiagnoser({ ...options, worker: moduleOf(code) })
const READY = "parentPort.postMessage('ready')"

async function samples(): Promise<readonly RefusedRequest[]> {
  const head = signed(
    plain('PUT', '/b/k', '', [
      ['x-amz-content-sha256', STREAMING.signed],
      ['x-amz-decoded-content-length', '20000'],
    ]),
    's3',
  )
  const chunks = Buffer.from(chunkedBody(STREAMING.signed, claimOf(head)!, SECRET.dangerValue(), [Buffer.alloc(20_000, 1)]))
  chunks[200]! ^= 1
  const others = { accessKeyId: KEY_ID, secretAccessKey: OTHER.secretAccessKey }
  return Promise.all([
    moved(),
    refused(presigned(plain('GET', '/b/k'), { now: NOW - 900_000 })),
    refused(plain('GET', '/b/k')),
    refused({ ...signed(plain('POST', '/', 'Action=GetCallerIdentity'), 'sts'), body: Buffer.from('Action=GetSessionToken__') }),
    refused({ ...head, body: chunks }),
    refused(signed(plain('GET', '/b/k'), 's3', {}, others)),
  ])
}

for (const [name, make] of [
  ['in a thread', createRefusalDiagnoser],
  ['in steps', createStepwiseDiagnoser],
] as const)
  test(`${name}: the report is what a diagnosis at once says, with nothing lost on the way`, async () => {
    const { add, idle, close, told } = heard(make, { secrets: () => [OTHER], maxTrials: 5000, milliseconds: 60_000 })
    const given = (await samples()).filter(({ piece }) => name === 'in a thread' || piece === undefined)
    for (const one of given) add(one)
    await idle()
    await close()
    assert.deepEqual(
      told,
      given.map((one) => [one.requestId, diagnoseRefusal(one, { secrets: [OTHER], maxTrials: 5000 })]),
    )
    assert.ok(told.some(([, what]) => typeof what !== 'string' && what.findings[0]?.proof.level === 'signature'))
  })

test('a report is what the diagnosis at once comes to, laid out as was asked, without the secrets that the thread was given last', async () => {
  const told: (readonly [requestId: string, report: string])[] = []
  let hidden: readonly string[] = []
  const { add, idle, close } = createRefusalReporter({
    onReport: ({ requestId }, report) => told.push([requestId, report]),
    onUndiagnosed: (_, why, error) => assert.fail(`${why} ${error}`),
    secrets: () => [OTHER],
    layout: () => ({ colour: true, columns: 60, hidden, more: 'show all' }),
    milliseconds: 60_000,
  })
  /** The report quotes the path, whose slashes were merged. */
  const merged = (word: string) => refused({ ...signed(plain('GET', `/b/${word}//k`), 's3'), target: `/b/${word}/k` })
  const telling = await merged('a-word-of-the-house')
  const own = await merged(
    `${encodeURIComponent(SECRET.dangerValue())}/${Buffer.from(OTHER.secretAccessKey.dangerValue()).toString('hex')}`,
  )
  add(telling)
  await idle()
  hidden = ['a-word-of-the-house']
  for (const one of [telling, own]) add(one)
  await idle()
  await close()
  const report = (refused: RefusedRequest, secrets: readonly string[]) => [
    refused.requestId,
    renderTerminal(diagnoseRefusal(refused, { secrets: [OTHER] }), {
      secrets,
      redact: 'safe',
      colour: true,
      columns: 60,
      more: 'show all',
    }),
  ]
  const all = [...hidden, OTHER.secretAccessKey.dangerValue(), SECRET.dangerValue()]
  assert.deepEqual(told, [report(telling, all.slice(1)), report(telling, all), report(own, all)])
  assert.match(told[0]![1], /a-word-of-the-house/)
  assert.doesNotMatch(told[1]![1], /a-word-of-the-house/)
  assert.match(told[2]![1], /\[secret\]\S*\/\[secret\]/)
})

test('what would take long to cross is not handed over', async () => {
  const many = `parentPort.on('message', ({ report }) => parentPort.postMessage('size'))\n${READY}`
  const { add, idle, close, words } = heard(threaded(many))
  add(await moved())
  await idle()
  assert.deepEqual(words(), ['size'])
  await close()
})

test('nothing is reported before add has returned, and the body that was added is still there afterwards', async () => {
  const { add, idle, close, told } = heard(createRefusalDiagnoser)
  const one = await refused({ ...signed(plain('POST', '/', 'Action=A'), 'sts'), body: Buffer.from('Action=B') })
  add(one)
  assert.deepEqual(told, [])
  await idle()
  assert.equal(Buffer.from(one.request.body!).toString(), 'Action=B')
  await close()
})

test('a thread that takes too long is ended, and the next refusal gets another', async () => {
  const slow = `parentPort.on('message', ({ refused }) => {
    if (refused.request.target === '/slow') for (;;) /(a+)+$/.test('a'.repeat(60) + 'b')
    parentPort.postMessage({ diagnosis: { findings: [] } })
  })\n${READY}`
  const { add, idle, close, words } = heard(threaded(slow), { milliseconds: 300 })
  for (const target of ['/slow', '/quick', '/slow', '/quick']) add(await moved(target))
  await idle()
  assert.deepEqual(words(), ['too-late', 'diagnosed', 'too-late', 'diagnosed'])
  await close()
})

test('a thread that fails, ends or grows without end is reported as a failure, and the next refusal gets another', async () => {
  const failing = `parentPort.on('message', ({ refused: { request: { target } } }) => {
    if (target === '/throws') throw new Error('out of order')
    if (target === '/exits') process.exit(0)
    if (target === '/grows') for (const kept = []; ; ) kept.push(new Array(1e6).fill(kept.length))
    parentPort.postMessage({ diagnosis: { findings: [] } })
  })\n${READY}`
  const { add, idle, close, words, told } = heard(threaded(failing), { milliseconds: 20_000 })
  for (const target of ['/throws', '/a', '/exits', '/b', '/grows', '/c']) add(await moved(target))
  await idle()
  assert.deepEqual(words(), ['failed', 'diagnosed', 'failed', 'diagnosed', 'failed', 'diagnosed'])
  assert.match(String(told[0]![2]), /out of order/)
  await close()
})

test('a thread that cannot be started is reported as a failure', async () => {
  const { add, idle, words } = heard((options) => createRefusalDiagnoser({ ...options, worker: new URL('file:///nowhere/at-all.js') }))
  add(await moved())
  await idle()
  assert.deepEqual(words(), ['failed'])
})

test('what a limit refused is not read; of the rest so many wait, and so many bytes; after closing, none', async () => {
  const never = threaded(`parentPort.on('message', () => {})\n${READY}`)
  const { add, close, words } = heard(never, { milliseconds: 60_000 })
  const large = await refused(plain('GET', '/b/k', '', [['x-note', 'n'.repeat(20_000)]]))
  assert.equal(large.error.check, 'limit')
  add(large)
  assert.deepEqual(words(), ['size'])
  assert.match(diagnoseRefusal(large).notes[0]!, /refused for its size/)
  const one = await moved()
  const heavy = { ...one, request: { ...one.request, body: new Uint8Array(40 * 1024 * 1024) } }
  add(heavy)
  add(heavy)
  assert.deepEqual(words(), ['size', 'queue-full'])
  for (let i = 0; i < 120; i++) add(one)
  assert.equal(words().length, 2 + 21)
  await close(200)
  assert.equal(words().length, 123)
  assert.equal(words().filter((what) => what === 'closed').length, 100)
  add(one)
  assert.equal(words().at(-1), 'closed')
})

test('what throws in a listener stops nothing', async () => {
  const whys: string[] = []
  const diagnoser = createStepwiseDiagnoser({
    onDiagnosis: () => {
      throw new Error('the log is full')
    },
    onUndiagnosed: (_, why, error) => whys.push(`${why} ${error}`),
  })
  diagnoser.add(await moved())
  diagnoser.add(await moved())
  await diagnoser.idle()
  assert.deepEqual(whys, ['failed Error: the log is full', 'failed Error: the log is full'])
})

test('in steps, what is too large for one is not read', async () => {
  const { add, idle, words } = heard(createStepwiseDiagnoser)
  add(await refused(plain('GET', '/b/k', '', [['x-note', 'n'.repeat(4500)]])))
  await idle()
  assert.deepEqual(words(), ['size'])
})
