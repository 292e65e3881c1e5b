/** A proxy's process: started with a configuration of its set, waited for, ended by its own pid. */
import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'

export interface RunningProxy {
  readonly port: number
  /** Files that a person would post beside the log. */
  readonly configuration: readonly string[]
  end(): Promise<void>
}

export async function started(
  argv: readonly string[],
  port: number,
  folder: string,
  configuration: readonly string[],
  env = {},
): Promise<RunningProxy> {
  const out = join(folder, 'proxy.out')
  const log = openSync(out, 'a')
  const child = spawn(argv[0]!, argv.slice(1), { cwd: folder, stdio: ['ignore', log, log], env: { ...process.env, ...env } })
  closeSync(log)
  const orphan = () => child.kill('SIGKILL')
  process.on('exit', orphan)
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve())
    child.on('exit', () => resolve())
  })
  const end = async () => {
    child.kill('SIGTERM')
    const hard = setTimeout(orphan, 3000)
    await ended
    clearTimeout(hard)
    process.off('exit', orphan)
  }
  for (const until = Date.now() + 15_000; Date.now() < until; await new Promise((wake) => setTimeout(wake, 20))) {
    if (child.exitCode !== null || child.pid === undefined) break
    if (await listens(port)) return { port, configuration, end }
  }
  await end()
  throw new Error(`${argv[0]} does not listen: ${readFileSync(out, 'utf8').trim().slice(-400)}`)
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
