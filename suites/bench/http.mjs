/**
 * What the check costs an HTTP server: processor time per request of node:http with and without it, under load by wrk (Debian's
 * package of that name). `npm run build && npm run bench:http`. Rounds are interleaved, each ratio is the median over them.
 */
import { execFileSync, fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ID, SECRET, SIGNED } from './requests.mjs'
import { median } from './rounds.mjs'

const MODES = { bare: 'node:http, does nothing', verify: 'and the fast verify', verifier: 'and createVerifier, as serveVerified puts it' }
const ROUNDS = 7
const SECONDS = 2

/** A script for wrk that sends the signed requests in turn. */
function luaOf(requests) {
  const quoted = (text) => `"${text.replace(/["\\]/g, '\\$&')}"`
  const rows = requests.map(({ method, target, headers }) => {
    const pairs = headers.map(([name, value]) => `[${quoted(name)}]=${quoted(value)}`)
    return `wrk.format(${quoted(method)}, ${quoted(target)}, {${pairs.join(', ')}})`
  })
  return `local all = {}\ninit = function() all = {${rows.join(',\n')}} end\nlocal i = 0\nrequest = function() i = i % ${requests.length} + 1; return all[i] end\n`
}

const reply = (child) => new Promise((resolve) => child.once('message', resolve))
const asked = (child) => {
  child.send('spent')
  return reply(child)
}

const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
const script = join(folder, 'requests.lua')
writeFileSync(script, luaOf(SIGNED.get))
const servers = []
try {
  for (const mode of Object.keys(MODES)) {
    const child = fork(new URL('http-server.mjs', import.meta.url), [mode, ID, SECRET], { execArgv: [] })
    servers.push({ mode, child, port: (await reply(child)).port, costs: [] })
  }
  const load = ({ port }, seconds) =>
    execFileSync('wrk', ['-t1', '-c32', `-d${seconds}s`, '-s', script, `http://127.0.0.1:${port}/`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  for (const server of servers) load(server, SECONDS)
  for (let round = 0; round < ROUNDS; round++)
    for (const server of servers) {
      const before = await asked(server.child)
      load(server, SECONDS)
      const after = await asked(server.child)
      if (after.refused > 0) throw new Error(`${server.mode}: ${after.refused} requests were refused`)
      server.costs.push((after.spent - before.spent) / (after.served - before.served))
    }
  const [bare] = servers
  for (const { mode, costs } of servers) {
    const ratio = median(costs.map((cost, round) => cost / bare.costs[round]))
    console.log(
      `${MODES[mode].padEnd(46)} ${median(costs).toFixed(1).padStart(7)} us of processor time a request   ${ratio.toFixed(2)} x node:http`,
    )
  }
} finally {
  for (const { child } of servers) child.send('end')
  rmSync(folder, { recursive: true })
}
console.log('\nrerun: npm run build && npm run bench:http')
