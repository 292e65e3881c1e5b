/**
 * A server under load, with everything that goes wrong on a network at once: many connections, right and wrong requests
 * whose answers are known, slow and broken clients, bombs, and a credentials file that changes under it.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Chance } from '../fast/odd-requests.ts'
import { FAULTS } from './faulty-clients.ts'
import { Client } from './http-client.ts'
import { badRequest, goodRequest, KEY, ROTATED, type Sent, send } from './known-answers.ts'

export interface LoadOptions {
  readonly connections: number
  readonly seconds: number
  readonly seed: number
  /** How long the server waits for a head, and for a whole request. */
  readonly headSeconds: number
  readonly requestSeconds: number
  /** Time beyond that for a busy machine, on which the clients wait for each other, too. */
  readonly slackSeconds: number
  /** Whether the server diagnoses what it refuses, as `countersign serve` does. */
  readonly diagnose: boolean
}

export interface LoadFigures {
  /** What was not as it must be; empty where all holds. */
  readonly wrong: string[]
  readonly counts: Map<string, number>
  /** The server's own: peak of its memory in bytes, its errors, how long it took to close. */
  server: Readonly<Record<string, number>>
  /** The longest that a slow client waited to be cut, in seconds; from when it connected, which may be before it was taken. */
  slowestCut: number
  stderr: string
  exitCode: number | null
}

/** Everything that the parts of a run share. */
export class Load {
  readonly figures: LoadFigures = { wrong: [], counts: new Map(), server: {}, slowestCut: 0, stderr: '', exitCode: null }
  readonly chance: Chance
  port = 0
  over = false
  /** The secret of the rotated key, where it is beyond doubt; a new object at each change. */
  sure: { readonly secret: string | undefined } = { secret: ROTATED.secrets[0] }

  /** The time within which all connect: they do not all come at once. */
  get rampSeconds(): number {
    return Math.ceil(this.options.connections / 250)
  }

  constructor(readonly options: LoadOptions) {
    this.chance = new Chance(options.seed)
  }

  count(what: string): void {
    this.figures.counts.set(what, (this.figures.counts.get(what) ?? 0) + 1)
  }

  wrong(what: string): void {
    if (this.figures.wrong.length < 50) this.figures.wrong.push(what)
  }
}

export async function load(options: LoadOptions): Promise<LoadFigures> {
  const run = new Load(options)
  const dir = mkdtempSync(join(tmpdir(), 'countersign-load-'))
  const path = join(dir, 'keys.json')
  writeFileSync(path, keysFile(ROTATED.secrets[0]))
  const server = started(run, path)
  try {
    const changes: { refused?: string }[] = []
    server.on('message', (message: { change?: { refused?: string } }) => {
      if (message.change !== undefined) changes.push(message.change)
    })
    const [{ port }] = (await once(server, 'message')) as [{ port: number }]
    run.port = port
    const ordinary = Math.ceil(options.connections * 0.7)
    const clients = Array.from({ length: options.connections }, (_, i) => (i < ordinary ? ordinaryClient(run) : faultyClient(run)))
    const rotation = rotate(run, path, changes)
    await seconds(options.seconds + run.rampSeconds)
    run.over = true
    await rotation
    await Promise.all(clients)
    await interrupted(run, server)
    const { longestUselessSeconds = 0, longestDelayMilliseconds = 0 } = run.figures.server
    if (longestUselessSeconds > options.requestSeconds + 3 + (3 * longestDelayMilliseconds) / 1000)
      run.wrong(`a connection that got nowhere was kept for ${longestUselessSeconds.toFixed(1)} s`)
  } finally {
    server.kill('SIGKILL')
    rmSync(dir, { recursive: true })
  }
  return run.figures
}

function started(run: Load, path: string): ChildProcess {
  const { headSeconds, requestSeconds, diagnose } = run.options
  // A connection that falls idle on a busy machine is not to be closed just when its next request is on its way.
  const patience = { headSeconds, requestSeconds, idleSeconds: 60, closingSeconds: 5 }
  const child = fileURLToPath(new URL('front-door-child.mjs', import.meta.url))
  const server = fork(child, [JSON.stringify({ path, diagnose, patience })], { silent: true })
  server.stderr!.on('data', (chunk: Buffer) => {
    run.figures.stderr += chunk.toString()
  })
  server.on('message', (message: { figures?: Record<string, number> }) => {
    if (message.figures !== undefined) run.figures.server = message.figures
  })
  return server
}

/** Asks again and again, one connection after another, several times on each. */
async function ordinaryClient(run: Load): Promise<void> {
  await seconds(run.chance.below(1000 * run.rampSeconds) / 1000)
  while (!run.over) {
    const client = await new Client(run.port).opened()
    let open = true
    for (let left = 1 + run.chance.below(6); open && left > 0 && !run.over; left--) {
      const sent = run.chance.in(3) ? badRequest(run) : goodRequest(run)
      open = run.chance.in(6) ? await pipelined(run, client) : await send(run, client, sent)
      await seconds(run.chance.below(300) / 1000)
    }
    client.destroy()
  }
}

/** Several requests at once; the answers come in their order. */
async function pipelined(run: Load, client: Client): Promise<boolean> {
  const all = Array.from({ length: 2 + run.chance.below(4) }, () =>
    run.chance.in(2) ? badRequest(run, 'bodiless') : goodRequest(run, 'bodiless'),
  )
  client.write(Buffer.concat(all.map(({ bytes }) => bytes)))
  for (const sent of all) if (!(await received(run, client, sent))) return false
  run.count('pipelined')
  return true
}

async function received(run: Load, client: Client, sent: Sent): Promise<boolean> {
  return send(run, client, { ...sent, bytes: Buffer.alloc(0) })
}

async function faultyClient(run: Load): Promise<void> {
  await seconds(run.chance.below(1000 * run.rampSeconds) / 1000)
  while (!run.over) {
    const fault = run.chance.of(FAULTS)
    await fault(run)
    run.count(`fault: ${fault.name}`)
  }
}

/** The file of a key that stays and one that changes: renamed over the old one, or written in place with a half version before. */
async function rotate(run: Load, path: string, changes: { refused?: string }[]): Promise<void> {
  for (let turn = 1; !run.over; turn++) {
    await seconds(1)
    const secret = ROTATED.secrets[turn % 2]!
    const text = keysFile(secret)
    if (turn % 2 === 0) {
      // Half a file changes nothing: the secret before stays beyond doubt.
      writeFileSync(path, text.slice(0, Math.floor((text.length * (1 + (turn % 9))) / 10)))
      await seconds(0.6)
    }
    run.sure = { secret: undefined }
    const before = changes.length
    if (turn % 2 === 0) writeFileSync(path, text)
    else {
      writeFileSync(`${path}.new`, text)
      renameSync(`${path}.new`, path)
    }
    for (let tries = 0; changes.slice(before).every(({ refused }) => refused !== undefined); tries++) {
      if (tries > 400) return run.wrong('a new version of the credentials file was not taken within 20 seconds')
      await seconds(0.05)
    }
    run.sure = { secret }
    run.count('credential file swapped')
  }
  for (const { refused } of changes) if (refused !== undefined) run.count('half-written file refused')
}

function keysFile(rotated: string): string {
  return JSON.stringify({
    [KEY.id]: { secretAccessKey: KEY.secret },
    [ROTATED.id]: { secretAccessKey: rotated },
    AKIAFILLEREXAMPLE: { secretAccessKey: 'x'.repeat(300) },
  })
}

/** SIGINT in the middle of requests: each that has begun is answered, whoever dawdles is not waited for. */
async function interrupted(run: Load, server: ChildProcess): Promise<void> {
  const begun = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const client = await new Client(run.port).opened()
      const sent = goodRequest(run, 'upload')
      client.write(sent.bytes.subarray(0, sent.bytes.length - 100))
      return { client, sent }
    }),
  )
  const dawdling = await Promise.all(Array.from({ length: 10 }, () => new Client(run.port).opened()))
  for (const [i, client] of dawdling.entries()) client.write(i % 2 === 0 ? 'GET / HT' : goodRequest(run, 'upload').bytes.subarray(0, -500))
  await seconds(0.5)
  const exited = once(server, 'exit') as Promise<[number | null]>
  server.kill('SIGINT')
  await seconds(0.5)
  for (const { client, sent } of begun) client.write(sent.bytes.subarray(-100))
  const answers = await Promise.all(begun.map(({ client, sent }) => client.answer(sent.method)))
  for (const answer of answers) {
    if (answer?.status !== 200) run.wrong(`a request begun before SIGINT got ${answer?.status ?? 'nothing'}`)
    else run.count('answered after SIGINT')
  }
  const [code] = await Promise.race([exited, tooLate()])
  if (code !== 0) run.wrong(`the server exited with ${code}`)
  run.figures.exitCode = code as number
}

/** Does not keep the process alive. */
function tooLate(): Promise<[string]> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(['not within 20 seconds']), 20_000).unref()
  })
}

export function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000))
}
