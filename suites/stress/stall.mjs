// Pings beside hostile requests: whether one that is refused holds up the others. See docs/manual/under-load.md.
//   npm run stress:stall -- [--times 2] [--milliseconds 2000] [--example 1] [--only "line feeds"]
import { hostileShapes } from '../../packages/countersign/test/stress/hostile-shapes.ts'
import { exampleServer, servingServer, stall } from '../../packages/countersign/test/stress/stall.ts'

const given = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : process.argv[at + 1]
}
const options = { times: Number(given('times', 2)), milliseconds: Number(given('milliseconds', 2000)) }
const example = given('example', '0') === '1'
const MOST_OVER_BARE = 50
const MOST = 500
const holds = ({ bare, beside }) => beside.p99 - bare.p99 < MOST_OVER_BARE && beside.longest < MOST

const server = await (example ? exampleServer() : servingServer())
const rows = []
try {
  // node:http itself refuses heads beyond 16 KiB, where it is not told otherwise.
  const shapes = hostileShapes(Date.now()).filter(({ name, tooLarge }) => name.includes(given('only', '')) && !(example && tooLarge))
  const [first] = shapes
  // The thread starts with the first refusal.
  if (first !== undefined) await stall(server, first, { ...options, milliseconds: 100 })
  for (const shape of shapes) {
    let row = await stall(server, shape, options)
    // A machine that has other work to do holds up pings, too; a server that stands does so each time.
    for (let tries = 1; tries < 3 && !holds(row); tries++) row = await stall(server, shape, options)
    rows.push(row)
    const { name, bare, beside, pause, toldAfterMilliseconds: told } = row
    const of = ({ p99, longest }) => `${p99.toFixed(1).padStart(6)} ${longest.toFixed(0).padStart(5)}`
    console.log(
      `${name.padEnd(50)} bare ${of(bare)}   beside ${of(beside)}   computed ${pause.toFixed(0).padStart(4)}   told after ${(told / 1000).toFixed(1).padStart(5)} s`,
    )
  }
} finally {
  await server.end()
}
const most = (value) => Math.max(...rows.map(value))
const over = most(({ bare, beside }) => beside.p99 - bare.p99)
const longest = most(({ beside }) => beside.longest)
console.log(`
${example ? 'the example of docs/manual/verifier.md' : 'countersign serve'}, ${rows.length} shapes, ${rows.reduce((sum, { beside }) => sum + beside.count, 0)} pings beside them
p99 over bare, at most: ${over.toFixed(1)} ms (bound: ${MOST_OVER_BARE}); the longest ping: ${longest.toFixed(0)} ms (bound: ${MOST}); bare: ${most(({ bare }) => bare.longest).toFixed(0)} ms
the longest that the thread that serves computed without a break: ${most(({ pause }) => pause).toFixed(0)} ms`)
process.exitCode = rows.length > 0 && rows.every(holds) ? 0 : 1
