// Makes sets of real logs with true labels and scores the product on them. See README.md.
//
//   npm run lab                              300 sets of a fresh seed, made and scored
//   npm run lab -- --sets 40 --seed 7        some of a known seed
//   npm run lab -- --score-only DIR          scores what was kept
//   npm run lab -- --score-only DIR --set 0618 --whole --rows FILE     only some, as wholes; each verdict as JSON
import { appendFileSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { install } from './install.ts'
import { make } from './make.ts'
import { planOf } from './plan.ts'
import { scoreFolder } from './score.ts'
import { type RunningService, SERVICES } from './services.ts'
import type { Row } from './table.ts'

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130))

process.setMaxListeners(0)

const list = { type: 'string', multiple: true } as const
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    sets: { type: 'string', default: '300' },
    from: { type: 'string', default: '1' },
    out: { type: 'string', default: 'lab-sets' },
    'score-only': { type: 'string' },
    quick: { type: 'boolean', default: false },
    'make-only': { type: 'boolean', default: false },
    client: list,
    service: list,
    proxy: list,
    shape: list,
    set: list,
    rows: { type: 'string' },
    whole: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})
const say = (line: string) => console.log(line)
const starting = new Map<string, Promise<RunningService>>()

if (values['score-only'] === undefined) {
  await install(say)
  const out = resolve(values.out)
  mkdirSync(out, { recursive: true })
  const seed = values.seed ?? `${Date.now()}`
  const [from, sets] = [Number(values.from), values.quick ? 40 : Number(values.sets)]
  say(`seed ${seed}, ${sets} sets into ${out}`)
  const wanted = { clients: values.client, services: values.service, proxies: values.proxy, shapes: values.shape }
  const given = Object.fromEntries(Object.entries(wanted).filter(([, names]) => names !== undefined))
  const services = new Map<string, RunningService>()
  try {
    const numbers = Array.from({ length: sets }, (_, i) => from + i)
    const workers = [0, 1].map(async () => {
      for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
        const plan = planOf(seed, number, given)
        const service = await running(services, plan.service)
        const made = await make(plan, service, out).catch((error: Error) => `it could not be made: ${error.message}`)
        const what = `${plan.id} ${plan.client.name}, ${plan.shape}, ${plan.proxy ?? 'direct'}, ${plan.service}`
        if (typeof made === 'string') say(`${what}: not kept, ${made}`)
        else if (values.verbose)
          say(`${what}: ${made.requests.length} requests, ${made.requests.filter(({ outcome }) => outcome === 'refused').length} refused`)
      }
    })
    await Promise.all(workers)
  } finally {
    for (const service of services.values()) await service.end()
  }
  if (!values['make-only']) await score(out)
} else await score(resolve(values['score-only']))

function score(folder: string) {
  const keep = (row: Row) => {
    if (values.rows !== undefined) appendFileSync(values.rows, `${JSON.stringify(row)}\n`)
  }
  return scoreFolder(folder, { say, verbose: values.verbose, sets: values.set, setsOnly: values.whole, keep })
}

async function running(services: Map<string, RunningService>, name: string): Promise<RunningService> {
  const begun = starting.get(name) ?? begin(name)
  starting.set(name, begun)
  const service = await begun
  services.set(name, service)
  return service
}

async function begin(name: string): Promise<RunningService> {
  SERVICES[name]!.install?.()
  return SERVICES[name]!.start()
}
