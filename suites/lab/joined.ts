// Two logs that have nothing to do with each other, given together: what is proven must be true of one of them.
//
//   npm run -s source -- suites/lab/joined.ts DIR [--pairs 200] [--seed 1]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPool } from './pool.ts'
import { chanceOf } from './random.ts'
import { type KeptSet, setsIn } from './sets.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pairs: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
})
const folder = positionals[0]
if (folder === undefined) throw new Error('give the folder of the sets')
const sets = setsIn(folder).filter(({ label }) => label.files.length === 1)
const chance = chanceOf(values.seed)
const pairs = Array.from({ length: Number(values.pairs) }, () => [chance.one(sets), chance.one(sets)] as const).filter(([a, b]) => a !== b)
const scratch = mkdtempSync(join(tmpdir(), 'countersign-lab-joined-'))
const pool = startPool(2)
const [asked, untrue, moved] = [new Map<string, number>(), new Map<string, number>(), { of: 0, count: 0 }]
const count = (counts: Map<string, number>, way: string) => counts.set(way, (counts.get(way) ?? 0) + 1)

async function judge(at: number, [a, b]: readonly [KeptSet, KeptSet]): Promise<void> {
  const truths = new Set([a, b].flatMap(({ label }) => label.requests.flatMap(({ classes }) => classes)))
  const texts = [a, b].map((kept) => kept.bytesOf(kept.label.files[0]!.name))
  const [one, two] = texts.map((text, side) => written(`${at}-${side}.log`, text)) as [string, string]
  const both = written(`${at}-both.log`, Buffer.concat([texts[0]!, Buffer.from('\n\n'), texts[1]!]))
  const firsts: string[] = []
  for (const [way, files] of [
    ['one file', [both]],
    ['two files', [one, two]],
    ['two files, reversed', [two, one]],
  ] as const) {
    const answer = await pool.diagnosed(files)
    count(asked, way)
    if (files.length === 2) firsts.push(answer?.findings[0]?.causes.join('+') ?? answer?.outcome ?? '')
    const wrong = answer?.findings.find((finding) => finding.proven && !truths.has(finding.class))
    if (wrong === undefined) continue
    count(untrue, way)
    console.log(`UNTRUE ${way}: ${a.name} ${b.name}: ${wrong.causes.join('+')}`)
  }
  moved.of++
  if (firsts[0] !== firsts[1]) moved.count++
}

function written(name: string, text: Buffer): string {
  const path = join(scratch, name)
  writeFileSync(path, text)
  return path
}

const queue = [...pairs.entries()]
const work = async () => {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) await judge(...next)
}
try {
  await Promise.all([work(), work()])
} finally {
  await pool.end()
  rmSync(scratch, { recursive: true, force: true })
}
for (const [way, of] of asked) console.log(`${way}: ${untrue.get(way) ?? 0} proofs true of neither in ${of}`)
console.log(`first answer moved with the order of files: ${moved.count} of ${moved.of}`)
if (untrue.size > 0) process.exitCode = 1
