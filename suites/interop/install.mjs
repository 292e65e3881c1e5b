// Installs what the clients need into a cache folder outside the repository, each by its own package client. What is
// there already is left alone.

import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const CACHE = process.env.COUNTERSIGN_INTEROP_CACHE ?? join(homedir(), '.cache', 'countersign-interop')
/** The clients' programs, copied beside what is installed for them. */
export const PROGRAMS = join(CACHE, 'clients')
const SOURCES = fileURLToPath(new URL('./clients', import.meta.url))

const QUICK_PACKAGES = ['curl', 'faketime', 's3cmd', 'rclone', 'restic']
const OTHER_PACKAGES = [
  's3fs',
  'ruby-aws-sdk-s3',
  'php-cli',
  'php-async-aws-core',
  'php-symfony-http-client',
  'libnet-amazon-s3-perl',
  'libnet-amazon-signature-v4-perl',
  'gdal-bin',
]

/** Each kind of package: its steps, and the files whose text decides whether they were done already. */
const KINDS = {
  debian: { steps: () => debian(QUICK_PACKAGES) },
  'debian-more': { steps: () => debian(OTHER_PACKAGES) },
  python: {
    decides: ['requirements.txt'],
    steps: () => [
      ['python3', '-m', 'venv', join(CACHE, 'py')],
      [join(CACHE, 'py/bin/pip'), 'install', '--quiet', '-r', join(PROGRAMS, 'requirements.txt')],
    ],
  },
  'python-more': {
    decides: ['requirements-more.txt'],
    steps: () => [
      ['python3', '-m', 'venv', join(CACHE, 'py-more')],
      [join(CACHE, 'py-more/bin/pip'), 'install', '--quiet', '-r', join(PROGRAMS, 'requirements-more.txt')],
    ],
  },
  npm: { decides: ['package.json'], steps: () => [['npm', 'install', '--no-audit', '--no-fund', '--no-package-lock']] },
  go: {
    decides: ['go/go.mod', 'go/sdk-v1/main.go', 'go/sdk-v2/main.go', 'go/minio/main.go', 'go/things/things.go'],
    steps: () => [['go', '-C', 'go', 'build', '-mod=mod', '-o', `${join(CACHE, 'bin')}/`, './sdk-v1', './sdk-v2', './minio']],
  },
  mc: {
    decides: ['mc/go.mod', 'mc/go.sum'],
    steps: () => [['env', 'CGO_ENABLED=0', 'go', '-C', 'mc', 'build', '-mod=mod', '-o', join(CACHE, 'bin/mc'), 'github.com/minio/mc']],
  },
  java: {
    decides: ['java/pom.xml', 'java/src/main/java/Client.java'],
    steps: () => [['mvn', '-q', '-B', '-f', 'java/pom.xml', 'package', 'dependency:copy-dependencies', '-DoutputDirectory=jars']],
  },
  rust: {
    decides: ['rust/Cargo.toml', 'rust/src/main.rs'],
    steps: () => [['cargo', 'build', '--quiet', '--manifest-path', 'rust/Cargo.toml', '--target-dir', join(CACHE, 'rust-target')]],
  },
}

/** The steps that install Debian's packages. */
export function debian(packages) {
  const install = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-y', '--no-install-recommends', ...packages]
  const asRoot = process.getuid() === 0 ? [] : ['sudo', '-n']
  return [
    [...asRoot, 'apt-get', 'update'],
    [...asRoot, ...install],
  ].map((command) => (packages.every(isInstalled) ? ['true'] : command))
}

export function isInstalled(name) {
  const list = `/var/lib/dpkg/info/${name}`
  return existsSync(`${list}.list`) || existsSync(`${list}:amd64.list`) || existsSync(`${list}:arm64.list`)
}

/** Installs the kinds; resolves to those that could not be had, with the place of the log. */
export async function install(kinds, say) {
  for (const folder of ['', 'logs', 'bin', 'done']) mkdirSync(join(CACHE, folder), { recursive: true })
  cpSync(SOURCES, PROGRAMS, { recursive: true })
  const missing = new Map()
  for (const kind of kinds) {
    const began = Date.now()
    const { decides = [], steps } = KINDS[kind]
    const state = [JSON.stringify(steps()), ...decides.map((name) => readFileSync(join(SOURCES, name), 'utf8'))].join('\0')
    const mark = join(CACHE, 'done', kind)
    if (existsSync(mark) && readFileSync(mark, 'utf8') === state && !kind.startsWith('debian')) continue
    const log = join(CACHE, 'logs', `${kind}.log`)
    let failed = false
    // Registries have bad moments: what fails is tried once more.
    for (const command of steps()) failed ||= (await finished(command, log)) !== 0 && (await finished(command, log)) !== 0
    if (failed) missing.set(kind, log)
    else writeFileSync(mark, state)
    say(`${failed ? 'not installed' : 'installed'}: ${kind}, ${Math.round((Date.now() - began) / 1000)} s${failed ? ` (see ${log})` : ''}`)
  }
  return missing
}

function finished([program, ...args], log) {
  const out = openSync(log, 'a')
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: PROGRAMS, stdio: ['ignore', out, out] })
    child.on('error', () => resolve(127))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}
