/**
 * Signers in other languages, each in its own process, which says what processor time it used: AWS's SDKs for Go v2 and Rust. They
 * are built where the toolchain is at hand, into a cache; else the bench goes on without them.
 */
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { EMPTY, ID, NOW, SECRET } from './requests.mjs'

const CACHE = process.env.COUNTERSIGN_BENCH_CACHE ?? join(homedir(), '.cache', 'countersign-bench')
const folderOf = (language) => fileURLToPath(new URL(`./peers/${language}/`, import.meta.url))

const PEERS = {
  'aws-sdk-go-v2': {
    build: ['go', '-C', folderOf('go'), 'build', '-mod=mod', '-o', join(CACHE, 'go-signer'), '.'],
    program: join(CACHE, 'go-signer'),
    work: (requests) => JSON.stringify({ id: ID, secret: SECRET, empty: EMPTY, seconds: Math.floor(NOW / 1000), requests }),
  },
  'Rust aws-sigv4': {
    // Without a lock file, which would name where packages are downloaded from: the versions are exact in Cargo.toml.
    build: [
      'cargo',
      'build',
      '--release',
      '--quiet',
      '--manifest-path',
      `${CACHE}/rust/Cargo.toml`,
      '--target-dir',
      join(CACHE, 'rust-target'),
    ],
    program: join(CACHE, 'rust-target', 'release', 'bench'),
    work: (requests) => {
      const rows = requests.map(({ method, url, signature, headers }) => [method, url, signature, ...headers.flat()])
      return [[ID, SECRET, Math.floor(NOW / 1000)], ...rows].map((row) => row.join('\t')).join('\n')
    },
  },
}

/**
 * The signers that can be built, by name, ready to sign.
 *
 * @param requests Each with method, url, headers, and the signature that has to come out.
 */
export function processPeers(requests) {
  mkdirSync(CACHE, { recursive: true })
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  const started = []
  const signers = {}
  for (const [name, { build, program, work }] of Object.entries(PEERS)) {
    try {
      if (build[0] === 'cargo') execFileSync('cp', ['-r', folderOf('rust'), CACHE])
      execFileSync(build[0], build.slice(1), { stdio: ['ignore', 'ignore', 'pipe'] })
    } catch (error) {
      console.log(
        `${name} is left out: ${error.code === 'ENOENT' ? `${build[0]} is not installed` : String(error.stderr).trim().split('\n').at(-1)}`,
      )
      continue
    }
    const file = join(folder, name.replace(/\W/g, '-'))
    writeFileSync(file, work(requests), { mode: 0o600 })
    const child = spawn(program, [file], { stdio: ['pipe', 'pipe', 'inherit'] })
    started.push(child)
    signers[name] = signerOf(child, name)
  }
  const end = () => {
    for (const child of started) child.stdin.end()
    rmSync(folder, { recursive: true })
  }
  return { signers, end }
}

/** Signs so often; resolves with the nanoseconds that it took. */
function signerOf(child, name) {
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    spent: async (times) => {
      child.stdin.write(`${times}\n`)
      const { value, done } = await answers.next()
      if (done) throw new Error(`${name} has ended`)
      const [nanoseconds, right] = value.split(' ').map(Number)
      if (right !== times) throw new Error(`${name} came to another signature ${times - right} times`)
      return nanoseconds
    },
  }
}
