// Sends signed requests through real intermediaries, right and wrong configured, and asks the product about every break. See README.md.
//
//   npm run transit                              every intermediary that is installed or can be
//   npm run transit -- --quick                   those that CI has: nginx, HAProxy, Apache, Envoy; against countersign serve
//   npm run transit -- --only nginx,envoy --mistake host --service swift --verbose
//   npm run transit -- --table docs/manual/intermediaries.md            renews the manual's page
//   npm run transit -- --quick --check docs/manual/intermediaries.md    fails where the page says something else
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPool } from '../lab/pool.ts'
import { SERVICES } from '../lab/services.ts'
import { installed } from './install.ts'
import { INTERMEDIARIES } from './intermediaries/index.ts'
import { matrixOf, type Row } from './matrix.ts'
import { CLIENTS } from './stock.ts'
import { differences, type Passing, summaryOf, writePage } from './table.ts'
import { shortfalls } from './thresholds.ts'

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130))
process.setMaxListeners(0)

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    mistake: { type: 'string' },
    service: { type: 'string' },
    client: { type: 'string' },
    most: { type: 'string' },
    table: { type: 'string' },
    check: { type: 'string' },
    rows: { type: 'string' },
    keep: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
})
const { quick } = values
const say = (line: string) => console.log(line)
const listed = (text: string | undefined) => text?.toLowerCase().split(',')
const only = listed(values.only)
const chosen = INTERMEDIARIES.filter(({ name, inCi }) => only?.includes(name.toLowerCase().replace(/ .*/, '')) ?? (!quick || inCi === true))
const services = values.service?.split(',') ?? (quick ? ['serve'] : ['serve', 'swift', 'versitygw'])
const clients = values.client?.split(',') ?? CLIENTS
const ready = await installed(chosen, clients, say)
if (ready.intermediaries.length === 0) {
  say('skipped: no intermediary could be installed')
  process.exit(0)
}
const scratch = values.keep ?? mkdtempSync(join(tmpdir(), 'countersign-transit-'))
const pool = startPool(2)
const rows: Row[] = []
const passing: Passing[] = []
try {
  for (const name of services) {
    SERVICES[name]!.install?.()
    const service = await SERVICES[name]!.start()
    try {
      const wanted = {
        mistake: values.mistake,
        most: name === 'serve' ? Number(values.most ?? (quick ? 2 : 4)) : 1,
        logs: !quick,
        clients: ready.clients,
        verbose: values.verbose,
      }
      for await (const row of matrixOf({ name, service }, ready.intermediaries, wanted, {
        pool,
        folder: join(scratch, name),
        say,
        startGateway: ready.gateway,
        onPassing: (one) => passing.push(one),
      }))
        rows.push(row)
    } finally {
      await service.end()
    }
  }
} finally {
  await pool.end()
  if (values.keep === undefined) rmSync(scratch, { recursive: true, force: true })
}
const found = { intermediaries: ready.intermediaries, versions: ready.versions, passing, rows }
if (values.rows !== undefined) writeFileSync(values.rows, JSON.stringify({ versions: [...ready.versions], passing, rows }))
for (const line of summaryOf(found)) say(line)
const narrow = only !== undefined || values.mistake !== undefined || values.client !== undefined
const missed = [
  ...shortfalls(rows, { narrow, quick, intermediaries: ready.intermediaries.length }),
  ...(values.check === undefined ? [] : differences(values.check, found, say)),
]
if (values.table !== undefined && missed.length === 0) writePage(values.table, found)
for (const one of missed) say(`FAILED ${one}`)
say(`${rows.length} breaks, ${missed.length} failed`)
if (missed.length > 0) process.exitCode = 1
