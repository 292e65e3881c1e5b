/**
 * CPU time (user and system) of a cold `countersign diagnose` on an error body and a debug log, beside node's own start.
 * One interleaved run, medians. Rerun with `npm run build && npm run bench:cold`. Needs bash, which tells its children's times.
 *
 * NODE_EXTRA_CA_CERTS makes Node 20 read certificates at every start, which flatters all others: both ways are printed where it is set.
 * The first rounds do not count: they make the code that the command line keeps.
 */
import { spawnSync } from 'node:child_process'

const ROUNDS = 15
const FIRST = 3
const DIR = 'packages/countersign/test/cases/path-encoded-twice/proven-or-likely-without-secret'
const CLI = 'packages/countersign/bin/countersign.js'
const CONTENDERS = {
  'node -e 0': '-e 0',
  'countersign --version': `${CLI} --version`,
  'countersign diagnose': `${CLI} diagnose ${DIR}/error.xml ${DIR}/debug.log`,
}

/** Milliseconds of CPU that a command takes. */
function cpuOf(words, env) {
  const { stdout } = spawnSync('bash', ['-c', `${process.execPath} ${words} > /dev/null 2>&1; times`], { encoding: 'utf8', env })
  const [, children] = stdout.trim().split('\n')
  return children.split(' ').reduce((sum, time) => {
    const [, minutes, seconds] = /^(\d+)m([\d.]+)s$/.exec(time)
    return sum + 60_000 * Number(minutes) + 1000 * Number(seconds)
  }, 0)
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]

function measured(env) {
  const rounds = Object.fromEntries(Object.keys(CONTENDERS).map((name) => [name, []]))
  for (let round = -FIRST; round < ROUNDS; round++)
    for (const [name, words] of Object.entries(CONTENDERS)) {
      const time = cpuOf(words, env)
      if (round >= 0) rounds[name].push(time)
    }
  const base = median(rounds['node -e 0'])
  for (const [name, all] of Object.entries(rounds))
    console.log(
      `${name.padEnd(22)} ${median(all).toFixed(0).padStart(4)} ms of CPU, ${(median(all) / base).toFixed(1)} times node's own start`,
    )
}

const { NODE_EXTRA_CA_CERTS: certificates, ...plain } = process.env
measured(plain)
if (certificates !== undefined) {
  console.log('with NODE_EXTRA_CA_CERTS:')
  measured(process.env)
}
