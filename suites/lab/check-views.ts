// Rightly signed requests, of sets and of captures: the checks of one view must find no deviation.
//
//   npm run -s source -- suites/lab/check-views.ts DIR [--captures DIR] [--requests 400]
import { readdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { checkView, requestViewOf } from '../../packages/countersign/src/case/check-view/index.ts'
import { readEvidence } from '../../packages/countersign/src/intake/index.ts'
import { type Captured, capturesIn, sentIn } from './captures.ts'
import { chanceOf } from './random.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { captures: { type: 'string' }, requests: { type: 'string', default: '400' }, seed: { type: 'string', default: '1' } },
})
const [folder] = positionals
const chance = chanceOf(values.seed)
const sets = folder === undefined ? [] : readdirSync(folder).flatMap((set) => sentIn(folder, set))
const sent = sets
  .filter(({ right }) => right)
  .map((one) => [chance.whole(0, 1 << 30), one] as const)
  .sort(([a], [b]) => a - b)
  .slice(0, Number(values.requests))
  .map(([, one]) => one)
const captured = values.captures === undefined ? [] : capturesIn(values.captures).filter(({ right }) => right)

let deviating = 0
let read = 0
for (const one of [...captured, ...sent]) {
  const found = deviationsIn(one)
  if (found === undefined) console.log(`NOT READ ${one.name}`)
  else read++
  if (found === undefined || found.length === 0) continue
  deviating++
  for (const { rule, sentence } of found) console.log(`DEVIATES ${one.name}: ${rule}: ${sentence}`)
}
console.log(`${deviating} of ${read} rightly signed requests deviate (${captured.length} captured, ${sent.length} of sets)`)
if (deviating > 0 || read < captured.length + sent.length) process.exitCode = 1

/** What the views of a request deviate in; `undefined` where nothing signed was read. */
function deviationsIn({ name, request }: Captured) {
  const views = readEvidence([{ name, text: request }]).flatMap((one) =>
    one.kind === 'request' || one.kind === 'authorization' ? (requestViewOf(one) ?? []) : [],
  )
  return views.length === 0 ? undefined : views.flatMap(checkView)
}
