// Pins a sample of kept sets in the repository: `npm run -s source -- suites/lab/pin.ts DIR [COUNT]`.
//
// Only those made with AWS's public example pair are taken, since they stay whole. Clients, services and proxies take turns, so
// that each has its share.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SECRET } from './faults.ts'
import { chanceOf } from './random.ts'
import { type KeptSet, packed, setsIn } from './sets.ts'

const PINNED = fileURLToPath(new URL('./pinned/', import.meta.url))
const LARGEST = 60_000

const [folder, count = '220'] = process.argv.slice(2)
if (folder === undefined) throw new Error('give the folder of the sets')
const groups = new Map<string, KeptSet[]>()
for (const kept of shuffled(setsIn(folder))) {
  const { secrets, client, proxy, service, requests } = kept.label
  if (secrets.right !== SECRET || requests.length > 20 || packed(kept).length > LARGEST) continue
  const group = `${client}, ${service === 'serve'}, ${proxy === null}`
  groups.set(group, [...(groups.get(group) ?? []), kept])
}
mkdirSync(PINNED, { recursive: true })
for (const name of readdirSync(PINNED)) if (name.endsWith('.json.gz')) rmSync(join(PINNED, name))
let bytes = 0
let pinned = 0
for (const queues = [...groups.values()]; pinned < Number(count) && queues.some(({ length }) => length > 0); )
  for (const queue of queues) {
    const next = queue.shift()
    if (next === undefined || pinned >= Number(count)) continue
    const file = packed(next)
    writeFileSync(join(PINNED, `${next.name}.json.gz`), file)
    bytes += file.length
    pinned++
  }
console.log(`${pinned} sets, ${bytes} bytes`)

function shuffled<T>(all: readonly T[]): readonly T[] {
  const chance = chanceOf('pinned')
  return all
    .map((one) => [chance.whole(0, 1 << 30), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one)
}
