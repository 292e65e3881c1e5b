// A million requests into the verifier, in process: bytes in, verdict out. See docs/manual/under-load.md.
//   npm run stress:fuzz -- [--requests 1000000] [--seed 1]
import { fuzz, shown, timedAgain } from '../../packages/countersign/test/stress/fuzz.ts'

const given = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}
const [seed, requests] = [given('seed', Number(process.env.SEED ?? 1)), given('requests', 1_000_000)]
const start = performance.now()
let next = 50_000
const figures = await fuzz(seed, requests, ({ requests: done }) => {
  if (done < next) return
  next += 50_000
  console.log(`${done} requests, ${((performance.now() - start) / 1000).toFixed(0)} s`)
})
const byCount = (counts) => [...counts].sort(([, a], [, b]) => b - a).map(([what, count]) => `  ${String(count).padStart(8)}  ${what}`)
console.log(`
seed ${seed}: ${figures.requests} requests in ${((performance.now() - start) / 1000).toFixed(0)} s
${figures.valid} rightly signed, all accepted
${figures.changed} with one byte changed; accepted, with the same canonical request and the same payload:
${byCount(figures.acceptedChanged).join('\n')}
${figures.hostile} hostile; ${figures.acceptedHostile} of them accepted, all of which the second law accepts
refused:
${byCount(figures.refused).join('\n')}
slowest (least of seven tries):`)
for (const { milliseconds, request } of (await timedAgain(figures)).slice(0, 5))
  console.log(`  ${milliseconds.toFixed(2)} ms  ${shown(request).slice(0, 160)}`)
