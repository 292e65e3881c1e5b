/** Makes one set: starts what stands between client and service, lets the client do its steps, keeps log and label. */
import { spawn } from 'node:child_process'
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import aws4 from 'aws4'
import { PROGRAMS } from '../interop/install.mjs'
import { bodyText, startRelay } from '../interop/relay.mjs'
import { REGION, twistOf } from './faults.ts'
import type { FileLabel, Segment, SetLabel } from './label.ts'
import type { SetPlan, Step } from './plan.ts'
import { PROXIES } from './proxies/index.ts'
import { serverCapture } from './server-capture.ts'
import type { RunningService } from './services.ts'
import { labelled, type Mark, type Seen, type WireExchange } from './truth.ts'

const SECONDS_AT_MOST = 120_000
const LONGEST_BODY = 6_000

/** The set's label, or why there is none. */
export async function make(plan: SetPlan, service: RunningService, out: string): Promise<SetLabel | string> {
  const scratch = mkdtempSync(join(tmpdir(), 'countersign-lab-set-'))
  const back = await startRelay({ to: service.port, host: undefined })
  const aside = await startRelay({ to: back.port, host: undefined })
  const places = { to: back.port, aside: aside.port, folder: scratch }
  const proxy = plan.proxy === null ? undefined : await PROXIES[plan.proxy]!.start(places)
  const front = await startRelay({ to: proxy?.port ?? back.port, host: undefined })
  try {
    await prepare(plan, service)
    const around = { plan, service, scratch, endpoint: `http://${plan.host ?? '127.0.0.1'}:${front.port}` }
    const twisted = plan.workers.map((steps) => steps.map((step) => ({ ...step, twist: twistOf(step.fault, service.secretAccessKey) })))
    const logs = await Promise.all(twisted.map((steps, worker) => worked(around, steps, worker)))
    const followed = new Set(aside.taken() as WireExchange[])
    const sent = [...(front.taken() as WireExchange[]), ...followed].sort((a, b) => a.at - b.at)
    const received = back.taken() as WireExchange[]
    return kept(plan, { sent, followed, received, logs, configuration: proxy?.configuration ?? [], service, out })
  } finally {
    front.stop()
    aside.stop()
    await proxy?.end()
    back.stop()
    rmSync(scratch, { recursive: true, force: true })
  }
}

interface Around {
  readonly plan: SetPlan
  readonly service: RunningService
  readonly scratch: string
  readonly endpoint: string
}

export interface WorkerLog {
  readonly path: string
  readonly marks: readonly Mark[]
}

/** The bucket, and the objects that steps expect to find. */
async function prepare(plan: SetPlan, service: RunningService): Promise<void> {
  await direct(service, 'PUT', `/${plan.bucket}`, '')
  await Promise.all([1, 2, 3].map((n) => direct(service, 'PUT', `/${plan.bucket}/base/${n}.txt`, `${n}\n`)))
  for (const { op, key } of plan.workers.flat())
    if (/^(?:get|head|list|pages|delete|cp-down)/.test(op))
      await direct(service, 'PUT', `/${plan.bucket}/${encodeURIComponent(key).replaceAll('%2F', '/')}`, `made for ${op}\n`)
}

function direct(service: RunningService, method: string, path: string, body: string): Promise<number> {
  const keys = { accessKeyId: service.accessKeyId, secretAccessKey: service.secretAccessKey }
  const host = `127.0.0.1:${service.port}`
  const headers = { 'Content-Length': Buffer.byteLength(body) }
  const signed = aws4.sign({ host, method, path, body, service: 's3', region: REGION, headers }, keys)
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port: service.port, method, path, headers: signed.headers as Record<string, string> },
      (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode!))
      },
    )
    sent.on('error', reject).end(body)
  })
}

async function worked(around: Around, steps: readonly Step[], worker: number): Promise<WorkerLog> {
  const { plan, scratch } = around
  const folder = join(scratch, `worker-${worker}`)
  mkdirSync(join(folder, 'home'), { recursive: true })
  // Two workers that share a file append to it, as two processes of one service do.
  const path = join(scratch, plan.joined ? 'client.log' : `client-${worker}.log`)
  const marks = join(folder, 'marks.jsonl')
  if (plan.client.program !== undefined) await program(around, steps, folder, path, marks)
  else for (const step of steps) await commands(around, step, folder, path, marks)
  const lines = existsSync(marks) ? readFileSync(marks, 'utf8').trim().split('\n') : []
  return { path, marks: lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Mark) }
}

async function program(
  { plan, service, endpoint }: Around,
  steps: readonly Step[],
  folder: string,
  path: string,
  marks: string,
): Promise<void> {
  const told = {
    endpoint,
    bucket: plan.bucket,
    region: REGION,
    keyId: service.accessKeyId,
    secret: service.secretAccessKey,
    token: null,
    style: plan.style,
    threads: plan.threads,
    virtual: plan.virtual,
    plainBodies: plan.service !== 'serve' || plan.chance.happens(0.5),
    // Steps are told apart by the time of their requests.
    pause: plan.workers.length > 1 ? 0.05 : 0.02,
    marks,
    steps,
  }
  const file = join(folder, 'plan.json')
  writeFileSync(file, JSON.stringify(told), { mode: 0o600 })
  await ran([...plan.client.program!, file], { LAB_MODULES: PROGRAMS }, folder, path)
}

async function commands({ plan, service, endpoint }: Around, step: Step, folder: string, path: string, marks: string): Promise<void> {
  const around = {
    endpoint,
    bucket: plan.bucket,
    keyId: service.accessKeyId,
    secret: service.secretAccessKey,
    token: null,
    folder,
    style: plan.style,
  }
  const mark = (what: Mark['what']) => {
    const offset = existsSync(path) ? statSync(path).size : 0
    appendFileSync(marks, `${JSON.stringify({ step: step.index, what, at: Date.now(), offset })}\n`)
  }
  mark('begin')
  for (const { argv, env, shown } of plan.client.command!(step, around)) {
    if (plan.style === 'prompt' && shown !== undefined) appendFileSync(path, `$ ${shown}\n`)
    await ran(argv, env, folder, path)
    appendFileSync(path, '\n')
  }
  mark('end')
}

/** Runs a program with both its streams in the log; whatever it exits with, its log is what is wanted. */
function ran([name, ...args]: readonly string[], env: Readonly<Record<string, string>>, folder: string, path: string): Promise<void> {
  const log = openSync(path, 'a')
  const home = join(folder, 'home')
  const known = {
    PATH: process.env['PATH'],
    LANG: 'C.UTF-8',
    HOME: home,
    TMPDIR: folder,
    PYTHONDONTWRITEBYTECODE: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  const child = spawn(name!, args, { cwd: folder, stdio: ['ignore', log, log], env: { ...known, ...env } as NodeJS.ProcessEnv })
  closeSync(log)
  const orphan = () => child.kill('SIGKILL')
  process.on('exit', orphan)
  const late = setTimeout(orphan, SECONDS_AT_MOST)
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(late)
      process.off('exit', orphan)
    }
    child.on('error', (error) => {
      done()
      reject(error)
    })
    child.on('exit', () => {
      done()
      resolve()
    })
  })
}

interface Made extends Seen {
  readonly logs: readonly WorkerLog[]
  readonly configuration: readonly string[]
  readonly service: RunningService
  readonly out: string
}

function kept(plan: SetPlan, { sent, followed, received, logs, configuration, service, out }: Made): SetLabel | string {
  const truth = labelled(plan, { sent, followed, received, logs })
  if (typeof truth === 'string') return truth
  const folder = join(out, `${plan.id}-${plan.client.name.replace(/\W+/g, '-')}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const paths = [...new Set(logs.map(({ path }) => path))]
  const files: FileLabel[] = paths.map((path) => {
    const text = readFileSync(path, 'latin1')
    writeFileSync(join(folder, basename(path)), plan.edit === null ? text : plan.edit.change(text), 'latin1')
    return { name: basename(path), role: 'client' }
  })
  if (plan.shape === 'two-sided') {
    writeFileSync(join(folder, 'at-the-service.txt'), serverCapture(received))
    files.push({ name: 'at-the-service.txt', role: 'server' })
  }
  if (configuration.length > 0 && plan.chance.happens(0.3))
    for (const path of configuration) {
      copyFileSync(path, join(folder, basename(path)))
      files.push({ name: basename(path), role: 'configuration' })
    }
  writeFileSync(join(folder, 'wire.jsonl'), truth.requests.map(({ id }, at) => wireLine(id, sent[at]!)).join(''))
  const label: SetLabel = {
    id: plan.id,
    seed: plan.seed,
    shape: plan.shape,
    client: plan.client.name,
    service: plan.service,
    proxy: plan.proxy,
    edited: plan.edit?.name ?? null,
    files,
    top: truth.top,
    requests:
      plan.edit?.cutsQuotes === true && plan.shape !== 'two-sided'
        ? truth.requests.map((one) => ({ ...one, quoted: false }))
        : truth.requests,
    segments: plan.threads > 1 || plan.joined || plan.edit !== null ? [] : logs.flatMap(segmentsOf),
    // What passed leaves no trace where only requests and errors are logged.
    showsAnswers: plan.client.showsAnswers && !['inspect', 'errors'].includes(plan.style),
    secrets: { right: service.secretAccessKey },
  }
  writeFileSync(join(folder, 'label.json'), `${JSON.stringify(label, null, 1)}\n`)
  return label
}

function segmentsOf({ path, marks }: WorkerLog): readonly Segment[] {
  return marks
    .filter(({ what }) => what === 'begin')
    .map((begin) => {
      const end = marks.find(({ step, what }) => what === 'end' && step === begin.step)
      return { file: basename(path), start: begin.offset, end: end?.offset ?? begin.offset, step: begin.step }
    })
}

/** The request as it was sent and its answer, exactly; no evidence of the set, but what other pairs can be made of. */
function wireLine(id: string, { request: { head, body }, response }: WireExchange): string {
  const answer = response === undefined ? null : { head: response.head, body: bodyText(response).slice(0, LONGEST_BODY) }
  return `${JSON.stringify({ id, head, body: Buffer.concat(body).toString('latin1').slice(0, LONGEST_BODY), answer })}\n`
}
