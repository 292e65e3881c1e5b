/** Does what a tutorial says, in a directory that is removed afterwards, and notes where something else is printed than it says. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { ROOT } from './code-examples.ts'
import { isPrinted, printedSoFar } from './printed-lines.ts'
import type { Printed, Step, Tutorial } from './tutorial.ts'

export interface StepRun {
  readonly step: Step
  /** Whether a program that it needs is missing. */
  readonly skipped: boolean
  readonly printed?: Printed
  /** What was printed; the lines of the document where that is the same but for dates, hashes and IDs. */
  readonly actual?: readonly string[]
}

/** Evidence that was recorded, which nothing may change. */
const RECORDED = /\.(?:log|har|xml)$/
const MOST_MILLISECONDS = 30_000

export async function runTutorial({ document, steps }: Tutorial): Promise<readonly StepRun[]> {
  const parent = join(ROOT, 'node_modules/.cache')
  mkdirSync(parent, { recursive: true })
  const dir = mkdtempSync(join(parent, 'countersign-tutorial-'))
  const terminals = new Map<string, Terminal>()
  try {
    const place = await Place.in(dir, steps)
    place.copy(join(ROOT, document.replace(/\.md$/, '')))
    const runs: StepRun[] = []
    for (const step of steps) {
      if (step.needs.some((program) => !isThere(program))) runs.push({ step, skipped: true })
      else runs.push({ step, skipped: false, ...(await done(step, place, terminals)) })
    }
    return runs
  } finally {
    for (const terminal of terminals.values()) await terminal.end()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function done(step: Step, place: Place, terminals: Map<string, Terminal>): Promise<Pick<StepRun, 'printed' | 'actual'>> {
  if (step.kind === 'file') {
    place.write(step.name, step.text)
    return {}
  }
  const { terminal, printed } = step
  if (step.kind === 'command' && terminal === undefined) {
    const { stdout, error } = spawnSync('sh', ['-c', `exec 2>&1\n${place.local(step.command)}`], {
      ...place.options,
      timeout: MOST_MILLISECONDS,
    })
    if (error !== undefined) throw error
    const actual = place.asWritten(stdout).replace(/\n$/, '').split('\n')
    const lines = stdout === '' ? [] : actual
    return { printed, actual: isPrinted(printed.lines, lines) ? printed.lines : lines }
  }
  if (step.kind === 'command') terminals.set(terminal!, new Terminal(place, step.command))
  return { printed, actual: await terminals.get(terminal!)!.printed(printed.lines) }
}

/** The directory, with ports that are free here in place of the document's. */
class Place {
  readonly options: { readonly cwd: string; readonly env: Record<string, string>; readonly encoding: 'utf8' }
  private constructor(
    readonly dir: string,
    readonly ports: ReadonlyMap<string, string>,
  ) {
    const bin = join(dir, '.bin')
    mkdirSync(bin)
    const countersign = join(ROOT, 'packages/countersign/bin/countersign.js')
    writeFileSync(join(bin, 'npx'), `#!/bin/sh\nshift\nexec '${process.execPath}' '${countersign}' "$@"\n`)
    chmodSync(join(bin, 'npx'), 0o755)
    this.options = { cwd: dir, env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: dir }, encoding: 'utf8' }
  }

  static async in(dir: string, steps: readonly Step[]): Promise<Place> {
    const texts = steps.map((step) => (step.kind === 'file' ? step.text : step.kind === 'command' ? step.command : ''))
    const named = new Set(texts.flatMap((text) => [...text.matchAll(/(?:--port |127\.0\.0\.1:)(\d{4})\b/g)].map(([, port]) => port!)))
    const ports = new Map<string, string>()
    for (const port of named) ports.set(port, await freePort([...ports.values(), ...named]))
    return new Place(dir, ports)
  }

  local(text: string): string {
    return text.replace(/\b\d{4}\b/g, (port) => this.ports.get(port) ?? port)
  }

  asWritten(text: string): string {
    const back = new Map([...this.ports].map(([written, local]) => [local, written]))
    return text.replace(/\b\d{4}\b/g, (port) => back.get(port) ?? port)
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.dir, name), this.local(text))
  }

  /** What the tutorial's own directory holds. */
  copy(from: string): void {
    if (!existsSync(from)) return
    cpSync(from, this.dir, { recursive: true })
    for (const name of readdirSync(from)) if (!RECORDED.test(name)) this.write(name, readFileSync(join(from, name), 'utf8'))
  }
}

/** A terminal in which a command keeps running. */
class Terminal {
  readonly #child: ChildProcess
  readonly #place: Place
  #text = ''
  #read = 0

  constructor(place: Place, command: string) {
    this.#place = place
    this.#child = spawn('sh', ['-c', `exec 2>&1\nexec ${place.local(command)}`], { ...place.options, stdio: ['ignore', 'pipe', 'ignore'] })
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.#text += text
    })
  }

  /** Waits for these lines, which come next; what came instead where they do not. */
  async printed(wanted: readonly string[]): Promise<readonly string[]> {
    const until = Date.now() + MOST_MILLISECONDS
    for (;;) {
      const all = this.#place.asWritten(this.#text).split('\n').slice(this.#read, -1)
      const blank = all.findIndex((line) => line !== '')
      const lines = all.slice(Math.max(blank, 0))
      const length = printedSoFar(wanted, lines)
      if (length !== undefined) {
        this.#read += Math.max(blank, 0) + length
        return wanted
      }
      if (Date.now() > until || this.#child.exitCode !== null) return lines
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return
    this.#child.kill()
    await once(this.#child, 'exit')
  }
}

function isThere(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
}

/** Of four digits, so that nothing moves in what is printed. */
async function freePort(taken: readonly string[]): Promise<string> {
  for (;;) {
    const port = String(2000 + Math.floor(Math.random() * 7999))
    const server = createServer()
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(Number(port), '127.0.0.1', () => resolve(true))
    })
    server.close()
    if (free && !taken.includes(port)) return port
  }
}
