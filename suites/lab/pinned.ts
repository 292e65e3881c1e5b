// `npm run lab:pinned`: the pinned sets, each asked about as a whole, held against what was reached before.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { scoreFolder } from './score.ts'
import { sums } from './table.ts'

/** Per group: at least how many percent are right; at most how many are wrong with proof, prove what is true of no request, or have no answer. */
type Thresholds = Readonly<
  Record<string, { readonly right: number; readonly wrongProven: number; readonly untrueProof: number; readonly crash: number }>
>

const thresholds = JSON.parse(readFileSync(new URL('./thresholds.json', import.meta.url), 'utf8')) as Thresholds
const verbose = process.argv.includes('--verbose')
const rows = await scoreFolder(fileURLToPath(new URL('./pinned', import.meta.url)), { say: console.log, verbose, setsOnly: true })
const found = sums(rows)
const failures = Object.entries(thresholds).flatMap(([group, wanted]) => {
  const sum = found.find((one) => one.group === group)
  if (sum === undefined) return [`${group}: no set`]
  const right = (100 * (sum.counts.right + sum.counts['right, proven'] + sum.counts['right, silent'])) / sum.of
  return [
    ...(right < wanted.right ? [`${group}: ${right.toFixed(1)} % right, ${wanted.right} wanted`] : []),
    ...(sum.counts['wrong, PROVEN'] > wanted.wrongProven
      ? [`${group}: ${sum.counts['wrong, PROVEN']} wrong with proof, ${wanted.wrongProven} at most`]
      : []),
    ...(sum.untrueProof > wanted.untrueProof
      ? [`${group}: ${sum.untrueProof} proofs that are true of no request, ${wanted.untrueProof} at most`]
      : []),
    ...(sum.counts.crash > wanted.crash ? [`${group}: ${sum.counts.crash} without an answer, ${wanted.crash} at most`] : []),
  ]
})
for (const failure of failures) console.log(`FAILED ${failure}`)
console.log(`${Object.keys(thresholds).length * 4 - failures.length} passed, ${failures.length} failed`)
if (failures.length > 0) process.exitCode = 1
