// How often each clue rule fires on cases with a known answer, and how often it points to the right class:
//   npm run clues            every rule, the least precise first
//   npm run clues -- --weak  only rules below 0.6 with five firings or more: they go, or change
// The cases are ours and, where it is there, ../shared/cases and ../shared/cases-2. Never ../shared/cases-blind.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { EvidenceSource } from '../packages/countersign/src/case/index.ts'
import { CAUSES } from '../packages/countersign/src/causes/index.ts'
import { FAMILIES } from '../packages/countersign/src/clues/index.ts'
import { readEvidence } from '../packages/countersign/src/intake/index.ts'

interface Known {
  readonly name: string
  readonly sources: readonly EvidenceSource[]
  readonly classes: readonly string[]
}

const classOf = new Map<string, string>(CAUSES.map(({ id, class: label }) => [id, label]))
const known = [...ownCases(), ...sharedCases('../shared/cases'), ...sharedCases('../shared/cases-2')]
const counts = new Map<string, { right: number; wrong: string[] }>()
for (const { name, sources, classes } of known) {
  const fired = new Map<string, boolean>()
  for (const one of readEvidence(sources))
    if (one.kind === 'clue') fired.set(one.rule, fired.get(one.rule) === true || classes.includes(classOf.get(one.about) ?? one.about))
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

function ownCases(): Known[] {
  const top = 'packages/countersign/test/cases'
  return readdirSync(top).flatMap((id) =>
    readdirSync(join(top, id)).map((name) => {
      const dir = join(top, id, name)
      const files = readdirSync(dir).filter(
        (file) => !['case.json', 'expected.txt', 'secret.txt'].includes(file) && statSync(join(dir, file)).isFile(),
      )
      return {
        name: `${id}/${name}`,
        sources: files.map((file) => ({ name: file, text: readFileSync(join(dir, file), 'latin1') })),
        classes: [classOf.get(id) ?? id],
      }
    }),
  )
}

function sharedCases(dir: string): Known[] {
  if (!existsSync(dir)) return []
  return readdirSync(dir)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const { evidence, expected } = JSON.parse(readFileSync(join(dir, file), 'utf8'))
      return {
        name: file.replace('.json', ''),
        sources: evidence.map((piece: { text: string; b64?: string }, i: number) => ({
          name: `evidence-${i + 1}.txt`,
          text: Buffer.from(piece.b64 ?? piece.text, piece.b64 === undefined ? 'utf8' : 'base64').toString('latin1'),
        })),
        classes: [expected.cause, ...(expected.also ?? [])],
      }
    })
}
