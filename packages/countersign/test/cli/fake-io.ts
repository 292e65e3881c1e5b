/** A terminal made by hand: what a command writes is kept, what it reads is given. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { main } from '../../src/cli/main.ts'
import type { Io } from '../../src/cli/terminal-rules.ts'

export const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
export const ACCESS_KEY_ID = 'AKIAIOSFODNN7EXAMPLE'
export const TOKEN = 'IQoJb3JpZ2luX2VjEXAMPLETOKENab+cd/efghijklmnopqrstuvwxyz0123456789=='

export interface World {
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  /** Of the files. Default: 0o600. */
  readonly mode?: number
  readonly stdin?: string | Uint8Array
  readonly stdinIsTerminal?: boolean
  readonly stdoutIsTerminal?: boolean
  readonly env?: Readonly<Record<string, string>>
  readonly typed?: string
  /** Milliseconds that pass from one look at the clock to the next. */
  readonly passing?: number
  /** Ctrl-C was pressed: at once, or at that look at the clock. */
  readonly interrupted?: boolean | number
  readonly stderrIsTerminal?: boolean
  /** Of standard output. */
  readonly columns?: number
}

export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command line in a world of its own. */
export async function run(t: TestContext, args: readonly string[], world: World = {}): Promise<Outcome> {
  const { io, written } = fakeIo(t, world)
  const code = await main(args, io)
  return { code, ...written() }
}

/** The outside of a world, and what was written to it so far. */
export function fakeIo(t: TestContext, world: World): { readonly io: Io; readonly written: () => Omit<Outcome, 'code'> } {
  const cwd = mkdtempSync(join(tmpdir(), 'countersign-'))
  t.after(() => rmSync(cwd, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(world.files ?? {})) writeFileSync(join(cwd, name), content, { mode: world.mode ?? 0o600 })
  const out: Uint8Array[] = []
  const err: Uint8Array[] = []
  const into = (kept: Uint8Array[], isTTY: boolean) => ({
    isTTY,
    write: (text: string | Uint8Array) => kept.push(Buffer.from(text as string)),
  })
  async function* given() {
    if (world.stdin !== undefined) yield Buffer.from(world.stdin as string)
  }
  let clock = 0
  let pressed = () => {}
  const io: Io = {
    stdin: Object.assign(given(), { isTTY: world.stdinIsTerminal ?? false }),
    stdout: { ...into(out, world.stdoutIsTerminal ?? false), ...(world.columns === undefined ? {} : { columns: world.columns }) },
    stderr: into(err, world.stderrIsTerminal ?? false),
    env: world.env ?? {},
    cwd,
    home: cwd,
    now: () => {
      if (clock === world.interrupted) pressed()
      return Date.UTC(2015, 7, 30, 12, 36) + (world.passing ?? 0) * clock++
    },
    onInterrupt: (listener) => {
      if (world.interrupted === true) listener()
      pressed = listener
      return () => {}
    },
    askSecret: async () => world.typed,
  }
  return { io, written: () => ({ stdout: Buffer.concat(out).toString('utf8'), stderr: Buffer.concat(err).toString('utf8') }) }
}
