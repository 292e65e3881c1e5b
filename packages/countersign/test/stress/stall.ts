/**
 * Whether a hostile request holds up the requests beside it: pings at fixed times to a server in another process, alone and
 * beside each shape, until that one's diagnosis was told.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { KEY_ID, plain, SECRET, signed, wireBytes } from '../support/signed.ts'
import type { HostileShape } from './hostile-shapes.ts'
import { Client } from './http-client.ts'

/** Milliseconds from when a ping was due to when it was answered. */
export interface Waits {
  readonly count: number
  readonly p99: number
  readonly longest: number
}

export interface StallFigures {
  readonly name: string
  readonly bare: Waits
  readonly beside: Waits
  /** Milliseconds that the thread that serves computed without a break, at most; see loop-pauses.mjs. */
  readonly pause: number
  /** Until all of them were told to the operator, diagnosed or not. */
  readonly toldAfterMilliseconds: number
}

/** A server in a separate process. */
export interface StalledServer {
  readonly port: number
  /** Refusals that the operator has been told of in full: their diagnosis, or why there is none. */
  told(): number
  output(): string
  /** The same since this was last asked. */
  pause(): Promise<number>
  end(): Promise<void>
}

/** `countersign serve`, from source, which keeps a recording of each refusal, too. */
export async function servingServer(): Promise<StalledServer> {
  const dir = mkdtempSync(join(tmpdir(), 'countersign-stall-'))
  const keys = keysIn(dir)
  const child = fork(fileURLToPath(new URL('serve-child.mjs', import.meta.url)), [keys, join(dir, 'recordings')], { silent: true })
  // Of requests that nobody signed the line with the answer is all; what they lack is said once for each kind of client.
  const told = /^countersign: (?:(?:the|no) diagnosis of |\S+ \S+ [^\n]*: 403 (?:AccessDenied|MissingAuthenticationToken), request ID )/gm
  return started(child, dir, told, (text) => Number(/listening on \S+:(\d+)/.exec(text)?.[1]))
}

/** The example of the manual, as it is written, with the package as it was built. */
export async function exampleServer(): Promise<StalledServer> {
  const manual = readFileSync(new URL('../../../../docs/manual/verifier.md', import.meta.url), 'utf8')
  const written = /```js[^\n]*\n(.*?)```/s.exec(manual)![1]!
  // Asked for other services, and with bodies that are no JSON: its reports are what is looked at.
  const code = written
    .replace(/^ {2}(?:services|regions): .*\n/gm, '')
    .replace('JSON.parse(await bodyText(request))', 'await bodyText(request)')
  const dir = mkdtempSync(join(tmpdir(), 'countersign-example-'))
  keysIn(dir)
  mkdirSync(join(dir, 'node_modules'))
  symlinkSync(fileURLToPath(new URL('../../', import.meta.url)), join(dir, 'node_modules', 'countersign'))
  writeFileSync(join(dir, 'example.mjs'), code)
  const child = fork(join(dir, 'example.mjs'), [], {
    cwd: dir,
    silent: true,
    execArgv: ['--import', new URL('port-told.mjs', import.meta.url).href],
  })
  const told = once(child, 'message') as Promise<[{ port: number }]>
  const server = started(child, dir, /^[0-9A-F]{16}\s/gm, () => Number.NaN)
  const [{ port }] = await told
  return { ...(await server), port }
}

function keysIn(dir: string): string {
  const path = join(dir, 'keys.json')
  writeFileSync(path, JSON.stringify({ [KEY_ID]: { secretAccessKey: SECRET.dangerValue() } }))
  return path
}

async function started(child: ChildProcess, dir: string, line: RegExp, portIn: (text: string) => number): Promise<StalledServer> {
  let [output, told, rest] = ['', 0, '']
  child.stdout!.resume()
  child.stderr!.setEncoding('latin1').on('data', (text: string) => {
    const end = text.lastIndexOf('\n') + 1
    told += [...(rest + text.slice(0, end)).matchAll(line)].length
    rest = end === 0 ? rest + text : text.slice(end)
    output = (output + text).slice(-20_000)
  })
  const end = async () => {
    const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined
    child.kill('SIGKILL')
    await exited
    rmSync(dir, { recursive: true })
  }
  const pause = async () => {
    child.send('pause')
    const [message] = (await once(child, 'message')) as [{ pause: number }]
    return message.pause
  }
  const server = { port: Number.NaN, told: () => told, output: () => output, pause, end }
  if (!Number.isNaN(portIn('listening on x:1')))
    while (Number.isNaN(portIn(output))) {
      if (child.exitCode !== null) throw new Error(`the server ended:\n${output}`)
      await wait(20)
    }
  return { ...server, port: portIn(output) }
}

export interface StallOptions {
  /** Hostile requests of a shape. */
  readonly times: number
  /** Pings are measured for so long at least: alone, and beside each shape. */
  readonly milliseconds: number
}

/** The waits beside one shape. Throws where a ping is not answered, the shape is not refused or nothing is reported of it. */
export async function stall(
  server: StalledServer,
  { name, request }: HostileShape,
  { times, milliseconds }: StallOptions,
): Promise<StallFigures> {
  const alone = new Pinger(server.port)
  await wait(milliseconds)
  const bare = await alone.end()
  await server.pause()
  const begun = performance.now()
  const before = server.told()
  const beside = new Pinger(server.port)
  await wait(50)
  const refusals = Array.from({ length: times }, () => refusedStatus(server.port, wireBytes(request)))
  for (const status of await Promise.all(refusals)) if (!(status >= 400)) throw new Error(`${name}: answered with ${status}`)
  while (server.told() < before + times) {
    if (performance.now() - begun > MOST_MILLISECONDS) throw new Error(`${name}: nothing was told of it\n${server.output()}`)
    await wait(20)
  }
  const toldAfterMilliseconds = performance.now() - begun
  await wait(Math.max(0, milliseconds - toldAfterMilliseconds))
  return { name, bare, beside: await beside.end(), pause: await server.pause(), toldAfterMilliseconds }
}

async function refusedStatus(port: number, bytes: Uint8Array): Promise<number> {
  const client = await new Client(port).opened()
  client.write(bytes)
  const answer = await client.answer('PUT')
  client.destroy()
  return answer?.status ?? 0
}

/** Asks a right question every ten milliseconds, whether or not the one before was answered. */
class Pinger {
  readonly #waits: number[] = []
  readonly #idle: Client[] = []
  readonly #open = new Set<Promise<void>>()
  readonly #bytes = wireBytes(signed(plain('GET', '/', '', [], '127.0.0.1'), 's3', { now: Date.now() }))
  readonly #timer: NodeJS.Timeout
  #failure: unknown
  #due = performance.now()

  constructor(private readonly port: number) {
    this.#timer = setInterval(() => {
      // This process may be late itself: the wait is counted from when the timer fired.
      this.#due = performance.now()
      const ping = this.#ping(this.#due).catch((error: unknown) => {
        this.#failure = error
      })
      this.#open.add(ping)
      ping.then(() => this.#open.delete(ping))
    }, 10)
  }

  async end(): Promise<Waits> {
    clearInterval(this.#timer)
    await Promise.all(this.#open)
    for (const client of this.#idle) client.destroy()
    if (this.#failure !== undefined) throw this.#failure
    return waitsOf(this.#waits)
  }

  async #ping(due: number): Promise<void> {
    // In turn, so that none is idle for so long that the server closes it.
    const client = this.#idle.shift() ?? (await new Client(this.port).opened())
    client.write(this.#bytes)
    const answer = await client.answer()
    this.#waits.push(performance.now() - due)
    if (answer?.status !== 200) throw new Error(`a ping was answered with ${answer?.status ?? 'nothing'}: ${answer?.body ?? client.story}`)
    if (answer.close) client.destroy()
    else this.#idle.push(client)
  }
}

export function waitsOf(waits: readonly number[]): Waits {
  const sorted = [...waits].sort((a, b) => a - b)
  return { count: sorted.length, p99: sorted[Math.floor(0.99 * (sorted.length - 1))] ?? 0, longest: sorted.at(-1) ?? 0 }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** A diagnosis has five seconds, and its thread a while to start on a busy machine. */
const MOST_MILLISECONDS = 90_000
