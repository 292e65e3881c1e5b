// How often each clue rule fires on cases with a known answer, and how often it points to the right class:
//   npm run clues            every rule, the least precise first
//   npm run clues -- --weak  only rules below 0.6 with five firings or more: they go, or change
// The cases: known-cases.ts.
import { FAMILIES } from '../packages/countersign/src/clues/index.ts'
import { readEvidence } from '../packages/countersign/src/intake/index.ts'
import { caseSets, classNamed } from './known-cases.ts'

const known = caseSets().flatMap(({ cases }) => cases.filter(({ classes }) => classes.length > 0))
const counts = new Map<string, { right: number; wrong: string[] }>()
for (const { name, sources, classes } of known) {
  const fired = new Map<string, boolean>()
  for (const one of readEvidence(sources))
    if (one.kind === 'clue') {
      // What is said against a cause is right where it is not the cause.
      const right = classes.includes(classNamed(one.about)) !== (one.against === true)
      fired.set(one.rule, fired.get(one.rule) === true || right)
    }
  for (const [rule, right] of fired) {
    const count = counts.get(rule) ?? counts.set(rule, { right: 0, wrong: [] }).get(rule)!
    if (right) count.right++
    else count.wrong.push(name)
  }
}

const rows = [...counts].map(([rule, { right, wrong }]) => ({
  rule,
  fired: right + wrong.length,
  precision: right / (right + wrong.length),
  wrong,
}))
rows.sort((a, b) => a.precision - b.precision || b.fired - a.fired || (a.rule < b.rule ? -1 : 1))
const weak = rows.filter(({ fired, precision }) => fired >= 5 && precision < 0.6)
for (const { rule, fired, precision, wrong } of process.argv.includes('--weak') ? weak : rows)
  console.log(`${precision.toFixed(2)}  ${String(fired).padStart(3)}  ${rule.padEnd(32)} ${wrong.slice(0, 3).join(' ')}`)
const RULES = FAMILIES.flatMap(({ rules }) => rules)
const silent = RULES.filter(({ id }) => !counts.has(id))
console.log(
  `${RULES.length} rules, ${rows.length} of rules and readers fired on ${known.length} cases, ${silent.length} rules never; ${weak.length} below 0.6 with five firings or more`,
)
