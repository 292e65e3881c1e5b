// Pairs of requests of one second that are not one request: nothing may be proven of them, however they are given.
//
//   npm run -s source -- suites/lab/strangers.ts DIR [--pairs 1000] [--seed 1] [--list] [--captures DIR] [--pair NAME,NAME]
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { capturesIn } from './captures.ts'
import type { SetLabel } from './label.ts'
import { startPool } from './pool.ts'
import { chanceOf } from './random.ts'

interface Sent {
  readonly name: string
  readonly date: string
  readonly signature: string
  readonly request: string
  /** The service's canonical request and string to sign, where it quoted them. */
  readonly answer: string | null
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    list: { type: 'boolean', default: false },
    captures: { type: 'string' },
    pair: { type: 'string', multiple: true },
  },
})
const folder = positionals[0]
if (folder === undefined && values.captures === undefined) throw new Error('give the folder of the sets, or captures')
const sets = folder === undefined ? [] : readdirSync(folder).flatMap((set) => requestsOf(set))
const captured = values.captures === undefined ? [] : capturesIn(values.captures).map((one) => ({ ...one, answer: null }))
const all = pairsOf([...sets, ...captured])
const pairs =
  values.pair === undefined
    ? chosen(all, Number(values.pairs), values.seed)
    : all.filter(([a, b]) => values.pair!.some((names) => names === `${a.name},${b.name}` || names === `${b.name},${a.name}`))
if (values.list) for (const [a, b] of pairs) console.log(`${a.date} ${a.name} ${b.name}`)
else await judge()

function requestsOf(set: string): readonly Sent[] {
  try {
    const label = JSON.parse(readFileSync(join(folder!, set, 'label.json'), 'utf8')) as SetLabel
    const lines = readFileSync(join(folder!, set, 'wire.jsonl'), 'utf8')
      .trim()
      .split('\n')
    return lines.flatMap((line) => {
      const { id, head, body, answer } = JSON.parse(line) as {
        id: string
        head: string
        body: string
        answer: { head: string; body: string } | null
      }
      const { date, signature, quoted, faults } = label.requests.find((one) => one.id === id)!
      // A temporary key without its token is wrong alone, and may be proven so.
      if (date === null || signature === null || faults.some((name) => name.startsWith('token'))) return []
      return [{ name: `${set}:${id}`, date, signature, request: head + body, answer: quoted && answer !== null ? answer.body : null }]
    })
  } catch {
    return []
  }
}

function pairsOf(all: readonly Sent[]): readonly (readonly [Sent, Sent])[] {
  const bySecond = grouped(all)
  const found: (readonly [Sent, Sent])[] = []
  for (const those of bySecond.values())
    for (const [at, a] of those.entries()) for (const b of those.slice(at + 1)) if (a.signature !== b.signature) found.push([a, b])
  return found
}

function grouped(all: readonly Sent[]): Map<string, Sent[]> {
  const by = new Map<string, Sent[]>()
  for (const one of all) by.set(one.date, [...(by.get(one.date) ?? []), one])
  return by
}

function chosen<T>(all: readonly T[], count: number, seed: string): readonly T[] {
  const chance = chanceOf(seed)
  return [...all]
    .map((one) => [chance.whole(0, 1 << 30), one] as const)
    .sort(([a], [b]) => a - b)
    .slice(0, count)
    .map(([, one]) => one)
}

async function judge(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'countersign-lab-strangers-'))
  const pool = startPool(2)
  const proofs = new Map<string, number>()
  const asked = new Map<string, number>()
  const queue = [...pairs.entries()]
  const ask = async (way: string, args: readonly string[], pair: readonly [Sent, Sent]) => {
    asked.set(way, (asked.get(way) ?? 0) + 1)
    const proven = (await pool.diagnosed(args))?.findings.find((one) => one.proven)
    if (proven === undefined) return
    proofs.set(way, (proofs.get(way) ?? 0) + 1)
    console.log(`PROVEN ${way}: ${pair[0].name} ${pair[1].name}: ${proven.causes.join('+')}`)
  }
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [at, pair] = next
      const [a, b] = pair.map(({ request }, side) => written(scratch, `${at}-${side}.txt`, request)) as [string, string]
      const both = written(scratch, `${at}-both.txt`, `${pair[0].request}\n\n${pair[1].request}`)
      await ask('two files', [a, b], pair)
      await ask('as two sides', ['--signer', a, '--wire', b], pair)
      await ask('one file', [both], pair)
      const quoting = pair.find(({ answer }) => answer !== null)
      if (quoting === undefined) continue
      const other = pair[0] === quoting ? b : a
      const text = written(scratch, `${at}-text.txt`, textsOf(quoting.answer!))
      await ask('text against request', [text, other], pair)
      await ask('text against request, as two sides', ['--signer', text, '--wire', other], pair)
    }
  }
  try {
    await Promise.all([work(), work()])
  } finally {
    await pool.end()
    rmSync(scratch, { recursive: true, force: true })
  }
  for (const [way, count] of asked) console.log(`${way}: ${proofs.get(way) ?? 0} proofs in ${count}`)
  if (proofs.size > 0) process.exitCode = 1
}

function written(scratch: string, name: string, text: string): string {
  const path = join(scratch, name)
  writeFileSync(path, text, 'latin1')
  return path
}

/** Only the quoted texts: an error would have refused a request. */
function textsOf(answer: string): string {
  const canonical = /<CanonicalRequest>([\s\S]*?)<\/CanonicalRequest>/.exec(answer)?.[1] ?? ''
  return canonical.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
