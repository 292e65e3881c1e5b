// Requests that a service accepted, each with a refusal that says nothing: nothing of the request may be suspected, only its key.
//
//   npm run -s source -- suites/lab/rightly-signed.ts DIR [--requests 400] [--seed 1]
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { SetLabel } from './label.ts'
import { startPool } from './pool.ts'
import { chanceOf } from './random.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { requests: { type: 'string', default: '400' }, seed: { type: 'string', default: '1' } },
})
const folder = positionals[0]
if (folder === undefined) throw new Error('give the folder of the sets')

const ANSWERS = {
  'only a status': 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n',
  'a short error':
    'HTTP/1.1 403 Forbidden\r\nContent-Type: application/xml\r\n\r\n<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message></Error>\n',
}

const chance = chanceOf(values.seed)
const chosen = readdirSync(folder)
  .flatMap(acceptedOf)
  .map((one) => [chance.whole(0, 1 << 30), one] as const)
  .sort(([a], [b]) => a - b)
  .slice(0, Number(values.requests))
  .map(([, one]) => one)
const scratch = mkdtempSync(join(tmpdir(), 'countersign-lab-right-'))
const pool = startPool(2)
const suspected = new Map<string, number>(Object.keys(ANSWERS).map((name) => [name, 0]))

function acceptedOf(set: string): readonly { readonly name: string; readonly request: string }[] {
  try {
    const label = JSON.parse(readFileSync(join(folder!, set, 'label.json'), 'utf8')) as SetLabel
    const right = new Set(
      label.requests
        .filter(
          ({ outcome, signedRight, faults, signature }) =>
            outcome === 'accepted' && signedRight && faults.length === 0 && signature !== null,
        )
        .map(({ id }) => id),
    )
    const lines = readFileSync(join(folder!, set, 'wire.jsonl'), 'utf8')
      .trim()
      .split('\n')
    return lines
      .map((line) => JSON.parse(line) as { id: string; head: string; body: string })
      .filter(({ id }) => right.has(id))
      .map(({ id, head, body }) => ({ name: `${set}:${id}`, request: head + body }))
  } catch {
    return []
  }
}

async function work(): Promise<void> {
  for (let one = chosen.shift(); one !== undefined; one = chosen.shift())
    for (const [name, answer] of Object.entries(ANSWERS)) {
      const path = join(scratch, `${one.name.replace(/\W/g, '-')}.txt`)
      writeFileSync(path, `${one.request}\n\n${answer}`, 'latin1')
      const suspicion = (await pool.diagnosed([path]))?.findings.find((finding) => !finding.class.startsWith('secret.'))
      if (suspicion === undefined) continue
      suspected.set(name, suspected.get(name)! + 1)
      console.log(`SUSPECTED ${one.name}, ${name}: ${suspicion.causes.join('+')}${suspicion.proven ? ' [proven]' : ''}`)
    }
}

const count = chosen.length
try {
  await Promise.all([work(), work()])
} finally {
  await pool.end()
  rmSync(scratch, { recursive: true, force: true })
}
for (const [name, wrong] of suspected) console.log(`${name}: ${wrong} of ${count} rightly signed requests draw a suspicion`)
if ([...suspected.values()].some((wrong) => wrong > 0)) process.exitCode = 1
