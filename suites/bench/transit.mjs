/**
 * What `countersign record` costs beside nginx as a proxy (one worker, keep-alive upstream, no access log): requests a second while it
 * records, the time it adds to one request, 1 GiB down and up, and memory. Needs nginx and wrk (Debian's packages of these names).
 * `npm run build && npm run bench:transit`. Rounds are interleaved, each ratio is the median over them. Processor time is that of
 * the proxy's process: the clock also counts what other programs of the machine do.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '../differential/place.mjs'
import { SIGNED } from './requests.mjs'
import { median } from './rounds.mjs'

const ROUNDS = Number(process.env.ROUNDS ?? 5)
const SECONDS = Number(process.env.SECONDS ?? 2)
const CONNECTIONS = 16
const TRANSFER = Number(process.env.MEBIBYTES ?? 1024) * 1024 * 1024
const CLI = new URL('../../packages/countersign/bin/countersign.js', import.meta.url).pathname

const folder = mkdtempSync(join(tmpdir(), 'countersign-transit-'))
const children = []
const ended = () => {
  for (const child of children) child.kill('SIGKILL')
}
process.on('exit', ended)
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

const [upPort, proxyPort, relayPort, bodyProxyPort, bodyRelayPort] = await freePorts(5)

function started(command, args, port) {
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] })
  children.push(child)
  return listens(port).then(() => child)
}

async function listens(port) {
  for (const until = Date.now() + 15_000; Date.now() < until; await new Promise((wake) => setTimeout(wake, 30))) {
    const socket = connect(port, '127.0.0.1')
    const found = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(() => false)
    socket.destroy()
    if (found) return
  }
  throw new Error(`nothing listens on ${port}`)
}

function nginx(name, port, http) {
  const work = join(folder, name)
  mkdirSync(work)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${work}/${kind};`).join('\n')
  writeFileSync(
    join(work, 'nginx.conf'),
    `daemon off; master_process off; worker_processes 1; pid ${work}/pid; error_log ${work}/error.log;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 1024; }
http { access_log off; keepalive_requests 1000000000; client_max_body_size 0;\n${temporary}\n${http} }\n`,
  )
  return started('nginx', ['-c', join(work, 'nginx.conf'), '-e', join(work, 'error.log')], port)
}

const proxied = (port, to) => `upstream up { server 127.0.0.1:${to}; keepalive 64; keepalive_requests 1000000000; }
server { listen 127.0.0.1:${port}; location / { proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection "";
proxy_set_header Host $http_host; proxy_request_buffering off; proxy_buffering on; proxy_max_temp_file_size 0; } }`
const relay = (port, to, dir) =>
  started(process.execPath, [CLI, 'record', '--listen', `127.0.0.1:${port}`, '--upstream', `http://127.0.0.1:${to}`, '--dir', dir], port)

/** Sends and takes bodies, in this process: both proxies have the same one. */
const PIECE = Buffer.alloc(64 * 1024, 'a')
const bodies = createServer((asked, answer) => {
  if (asked.method === 'PUT') {
    asked.on('data', () => {})
    asked.on('end', () => answer.end('ok\n'))
    return
  }
  answer.writeHead(200, { 'Content-Length': TRANSFER })
  let left = TRANSFER
  const more = () => {
    while (left > 0) {
      left -= PIECE.length
      if (!answer.write(PIECE)) return answer.once('drain', more)
    }
    answer.end()
  }
  more()
}).listen(0, '127.0.0.1')
await once(bodies, 'listening')

/** Nanoseconds of processor time. */
const spent = ({ pid }) => Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[0])
const peak = ({ pid }) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))[1]) / 1024

const quoted = (text) => `"${text.replace(/["\\]/g, '\\$&')}"`
const rows = SIGNED.get.map(({ method, target, headers }) => {
  const pairs = headers.map(([name, value]) => `[${quoted(name)}]=${quoted(value)}`)
  return `wrk.format(${quoted(method)}, ${quoted(target)}, {${pairs.join(', ')}})`
})
const script = join(folder, 'requests.lua')
writeFileSync(
  script,
  `local all = {}\ninit = function() all = {${rows.join(',\n')}} end\nlocal i = 0\nrequest = function() i = i % ${rows.length} + 1; return all[i] end\n`,
)

function load(port, connections) {
  const args = ['-t1', `-c${connections}`, `-d${SECONDS}s`, '--latency', '-s', script, `http://127.0.0.1:${port}/`]
  const said = execFileSync('wrk', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  if (/Non-2xx/.test(said)) throw new Error(said)
  const [, p50, unit] = /50%\s+([\d.]+)(us|ms|s)/.exec(said)
  return { requests: Number(/(\d+) requests in/.exec(said)[1]), p50: Number(p50) * { us: 1, ms: 1000, s: 1e6 }[unit] }
}

/** Seconds of processor time, and of the clock, for one body. */
async function transfer({ child, port }, method) {
  const [before, began] = [spent(child), performance.now()]
  await new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, method, path: '/b/large', headers: method === 'PUT' ? { 'Content-Length': TRANSFER } : {} },
      (answer) => {
        answer.on('data', () => {})
        answer.on('end', resolve)
        answer.on('error', reject)
      },
    )
    sent.on('error', reject)
    if (method === 'GET') return sent.end()
    let left = TRANSFER
    const more = () => {
      while (left > 0) {
        left -= PIECE.length
        if (!sent.write(PIECE)) return sent.once('drain', more)
      }
      sent.end()
    }
    more()
  })
  return { clock: (performance.now() - began) / 1000, cpu: (spent(child) - before) / 1e9 }
}

const ratio = (values) => median(values).toFixed(2)
try {
  await nginx('upstream', upPort, `server { listen 127.0.0.1:${upPort}; location / { default_type text/plain; return 200 "ok\\n"; } }`)
  const small = [
    { name: 'nginx', port: proxyPort, child: await nginx('proxy', proxyPort, proxied(proxyPort, upPort)), runs: [], alone: [] },
    { name: 'record', port: relayPort, child: await relay(relayPort, upPort, 'kept'), runs: [], alone: [] },
  ]
  const direct = []
  for (const one of small) for (let i = 0; i < 3; i++) load(one.port, CONNECTIONS)
  for (let round = 0; round < ROUNDS; round++) {
    for (const one of small) {
      const before = spent(one.child)
      const { requests } = load(one.port, CONNECTIONS)
      one.runs.push({ requests, cost: (spent(one.child) - before) / requests / 1000 })
    }
    direct.push(load(upPort, 1).p50)
    for (const one of small) one.alone.push(load(one.port, 1).p50)
  }
  const [plain, recording] = small
  const of = (pick) => recording.runs.map((run, i) => pick(run) / pick(plain.runs[i]))
  for (const { name, runs, alone, child } of small)
    console.log(
      `${name.padEnd(8)} ${Math.round(median(runs.map(({ requests }) => requests / SECONDS)))} requests a second, ${median(runs.map(({ cost }) => cost)).toFixed(1)} us of processor time each; adds ${(median(alone.map((p50, i) => p50 - direct[i]))).toFixed(0)} us to the median request; ${peak(child).toFixed(0)} MiB at most`,
    )
  console.log(
    `requests a second while recording: ${ratio(of(({ requests }) => requests))} of nginx's; processor time ${ratio(of(({ cost }) => cost))} x nginx's`,
  )
  console.log(
    `added to the median request: ${ratio(recording.alone.map((p50, i) => (p50 - direct[i]) / (plain.alone[i] - direct[i])))} x nginx's`,
  )

  const to = bodies.address().port
  const large = [
    { name: 'nginx', port: bodyProxyPort, child: await nginx('bodies', bodyProxyPort, proxied(bodyProxyPort, to)) },
    { name: 'record', port: bodyRelayPort, child: await relay(bodyRelayPort, to, 'kept-bodies') },
  ]
  for (const method of ['GET', 'PUT']) {
    const times = [[], []]
    for (let round = 0; round < 3; round++) for (const [i, one] of large.entries()) times[i].push(await transfer(one, method))
    const speed = (i) => (TRANSFER / 1024 / 1024 / median(times[i].map(({ clock }) => clock))).toFixed(0)
    const share = ratio(times[0].map(({ clock }, i) => clock / times[1][i].clock))
    const cost = ratio(times[1].map(({ cpu }, i) => cpu / times[0][i].cpu))
    console.log(
      `${method === 'GET' ? 'down' : 'up'.padEnd(4)}: nginx ${speed(0)} MiB/s, record ${speed(1)} MiB/s: ${share} of nginx's; processor time ${cost} x nginx's`,
    )
  }
  console.log(`memory after bodies of ${TRANSFER / 1024 / 1024} MiB: ${peak(large[1].child).toFixed(0)} MiB at most`)
} finally {
  ended()
  bodies.closeAllConnections()
  bodies.close()
  rmSync(folder, { recursive: true, force: true })
}
console.log('\nrerun: npm run build && npm run bench:transit')
