// Where servers are installed, where they run, and how one is started and ended. Loopback only.
import { spawn, spawnSync } from 'node:child_process'
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130))

export const CACHE = process.env.COUNTERSIGN_DIFFERENTIAL_CACHE ?? join(homedir(), '.cache', 'countersign-differential')
export const ID = 'AKIAIOSFODNN7EXAMPLE'
export const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
export const REGION = 'us-east-1'

/** A folder of the cache. */
export function cached(...parts) {
  mkdirSync(CACHE, { recursive: true })
  return join(CACHE, ...parts)
}

/** Runs an installer and says what it said where it fails. */
export function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    ...options,
    env: { ...process.env, ...options.env },
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `${stdout}${stderr}`.trim().slice(-600)}`)
  return stdout.trim()
}

/** Ports that were free a moment ago. */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve) => {
          const server = createServer().listen(0, '127.0.0.1', () => resolve(server))
        }),
    ),
  )
  const ports = servers.map((server) => server.address().port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

/** A folder for one run, and the processes that work in it. */
export function workplace(name) {
  const folder = mkdtempSync(join(tmpdir(), `countersign-${name}-`))
  const processes = []
  // Whatever ends this program ends them, too.
  process.once('exit', () => {
    for (const child of processes) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    folder,
    start(command, args, options = {}) {
      const log = createWriteStream(join(folder, `${processes.length}.log`))
      const child = spawn(command, args, {
        cwd: folder,
        ...options,
        env: { ...process.env, ...options.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child.stdout.pipe(log)
      child.stderr.pipe(log)
      child.on('error', () => {})
      processes.push(child)
    },
    /** Waits until a port takes connections, or a process has ended instead. */
    async listening(port, seconds = 60) {
      for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
        if (await connects(port)) return
        const dead = processes.findIndex(({ exitCode, pid }) => exitCode !== null || pid === undefined)
        if (dead >= 0)
          throw new Error(
            `it ended at once: ${readFileSync(join(folder, `${dead}.log`), 'utf8')
              .trim()
              .slice(-500)}`,
          )
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
      throw new Error(`nothing listens on port ${port} after ${seconds} seconds`)
    },
    async end() {
      for (const child of processes) child.kill('SIGTERM')
      await Promise.all(processes.map((child) => ended(child)))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return undefined
  return new Promise((resolve) => {
    const hard = setTimeout(() => child.kill('SIGKILL'), 5000)
    child.once('exit', () => {
      clearTimeout(hard)
      resolve()
    })
  })
}

function connects(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
