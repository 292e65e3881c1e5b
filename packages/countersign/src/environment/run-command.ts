/** A command of this machine, run without a shell and with an end: what it prints is kept up to a size, and nothing of it is waited for longer. */
import { spawn } from 'node:child_process'
import { parse } from 'node:path'
import process from 'node:process'
import type { CommandAnswer } from '../doctor/index.js'

export interface RunOptions {
  /** Milliseconds after which it is ended. */
  readonly deadline: number
  readonly env: Readonly<Record<string, string | undefined>>
}

export function runCommand(program: string, args: readonly string[], { deadline, env }: RunOptions): Promise<CommandAnswer> {
  const command = [program, ...args].join(' ')
  return new Promise((resolve) => {
    // Tools answer in the language of the user, and only English is read. Python takes modules of the folder it starts in: of none here.
    const child = spawn(program, [...args], {
      cwd: parse(process.cwd()).root,
      env: { ...env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    const kept: Buffer[] = []
    let size = 0
    const done = (answer: Omit<CommandAnswer, 'command'>): void => {
      clearTimeout(timer)
      // A child of the child may hold the pipe open.
      for (const stream of [child.stdout, child.stderr]) stream.destroy()
      resolve({ command, ...answer })
    }
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      done({ problem: `no answer within ${Math.round(deadline / 1000)} s` })
    }, deadline)
    const keep = (piece: Buffer): void => {
      if (size < LARGEST) kept.push(piece)
      size += piece.length
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error: NodeJS.ErrnoException) =>
      done({ problem: error.code === 'ENOENT' ? 'not installed' : 'it cannot be started' }),
    )
    child.on('close', (code) => {
      const output = Buffer.concat(kept).subarray(0, LARGEST).toString('utf8').replaceAll('\r\n', '\n')
      done(code === 0 || output.trim() !== '' ? { output } : { problem: `it ended with ${code ?? 'a signal'}` })
    })
  })
}

/** The system that this is, as the doctor calls it. */
export function systemHere(): 'linux' | 'macos' | 'windows' {
  return process.platform === 'win32' ? 'windows' : process.platform === 'darwin' ? 'macos' : 'linux'
}

const LARGEST = 65_536
