// Scores `countersign diagnose` on the re-enacted cases in ../shared/cases, where that folder is: how many first findings
// have the right class, how many of them are proven, every miss, and (what must be 0) every proven finding that is wrong.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { main } from '../packages/countersign/dist/cli/main.js'

const dir = process.argv[2] ?? '../shared/cases'
if (!existsSync(dir)) {
  console.log(`no ${dir}: nothing to score`)
  process.exit(0)
}
const total = { cases: 0, right: 0, proven: 0, wronglyProven: 0, provable: 0, provableRight: 0, silent: 0 }
for (const name of readdirSync(dir)
  .filter((file) => file.endsWith('.json'))
  .sort()) {
  const { evidence, expected, provable } = JSON.parse(readFileSync(join(dir, name), 'utf8'))
  const tmp = mkdtempSync(join(tmpdir(), 'countersign-case-'))
  const args = ['diagnose', '--format', 'json']
  evidence.forEach((piece, i) => {
    const file = join(tmp, `evidence-${i + 1}.txt`)
    writeFileSync(file, piece.b64 === undefined ? piece.text : Buffer.from(piece.b64, 'base64'))
    const side = { client: '--signer', server: '--verifier', wire: '--wire' }[piece.side]
    const sided = piece.sided === true || ['canonical-request', 'string-to-sign'].includes(piece.kind)
    args.push(...(sided && side !== undefined ? [side, file] : [file]))
  })
  let out = ''
  const io = {
    stdout: { write: (text) => (out += text), isTTY: false },
    stderr: { write: () => {}, isTTY: false },
    stdin: process.stdin,
    env: {},
    cwd: tmp,
    home: tmp,
    now: () => Date.now(),
    onInterrupt: () => () => {},
    askSecret: async () => undefined,
  }
  const exit = await main(args, io)
  // A command that fails scores nothing, and must not look like silence.
  if (exit === 2) throw new Error(`${name}: countersign diagnose failed`)
  rmSync(tmp, { recursive: true })
  const [first] = JSON.parse(out || '{"findings":[]}').findings
  const right = first !== undefined && [expected.cause, ...expected.also].includes(first.class)
  const proven = first !== undefined && first.proof.level !== 'none'
  total.cases++
  if (provable) total.provable++
  if (right) total.right++
  if (right && provable) total.provableRight++
  if (right && proven) total.proven++
  if (!right && proven) total.wronglyProven++
  if (first === undefined) total.silent++
  if (!right || process.argv.includes('--all'))
    console.log(
      `${right ? 'ok  ' : 'MISS'} ${name}: wanted ${expected.cause}, first finding ${first === undefined ? 'none' : `${first.class} [${first.causes}, ${first.proof.level}]`}`,
    )
}
console.log(
  `first finding right in ${total.right} of ${total.cases}; ${total.proven} of those with proof; wrong with proof ${total.wronglyProven}; provable right ${total.provableRight} of ${total.provable}; no finding ${total.silent}`,
)
if (total.wronglyProven > 0) process.exitCode = 1
