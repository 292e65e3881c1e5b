// Two thousand connections, faults, a changing credentials file, and SIGINT at the end. See docs/manual/under-load.md.
//   npm run stress:load -- [--connections 2000] [--seconds 60] [--seed 1] [--diagnose 1]
import { load } from '../../packages/countersign/test/stress/load.ts'

const given = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}
const options = {
  connections: given('connections', 2000),
  seconds: given('seconds', 60),
  seed: given('seed', Number(process.env.SEED ?? 1)),
  headSeconds: 15,
  requestSeconds: 25,
  slackSeconds: 40,
  diagnose: given('diagnose', 0) === 1,
}
const { wrong, counts, server, slowestCut, stderr, exitCode } = await load(options)
for (const [what, count] of [...counts].sort()) console.log(`${String(count).padStart(8)}  ${what}`)
console.log(`
${options.connections} connections, ${options.seconds} s, seed ${options.seed}
wrongly accepted, refused or unanswered: ${wrong.length}
the longest that a connection that got nowhere was kept: ${server.longestUselessSeconds?.toFixed(1)} s (limits: a head ${options.headSeconds} s,
  a request ${options.requestSeconds} s); by its client's clock, which begins before it is taken: ${slowestCut.toFixed(1)} s
the server: ${server.accepted} accepted, ${server.refused} refused, ${server.errors} errors, peak memory ${(server.peakBytes / 1e6).toFixed(0)} MB,
  longest wait of its event loop ${server.longestDelayMilliseconds?.toFixed(0)} ms, ${server.diagnosed} diagnosed
after SIGINT it was closed in ${server.closedInMilliseconds?.toFixed(0)} ms; exit code ${exitCode}
`)
for (const one of wrong) console.log(`WRONG: ${one}`)
if (stderr !== '') console.log(`stderr: ${stderr}`)
process.exitCode = wrong.length === 0 && stderr === '' && exitCode === 0 ? 0 : 1
