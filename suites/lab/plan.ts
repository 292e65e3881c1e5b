/** What a set is to hold: decided by its seed alone. */
import { CLIENTS, type Client } from './clients.ts'
import { EDITS, type Edit } from './edits.ts'
import { FAULTS, type Twist } from './faults.ts'
import { PROXIES } from './proxies/index.ts'
import { type Chance, chanceOf } from './random.ts'
import { SERVICES } from './services.ts'

export interface Step {
  readonly index: number
  readonly op: string
  readonly key: string
  readonly body: string
  readonly fault: string | null
  readonly twist: Twist
}

export interface SetPlan {
  readonly id: string
  readonly seed: string
  readonly shape: Shape
  readonly client: Client
  readonly service: string
  /** A product and one of its misconfigurations, `nginx/host-upstream`. */
  readonly proxy: string | null
  readonly host: string | null
  readonly bucket: string
  readonly style: string
  readonly threads: number
  readonly virtual: boolean
  /** Each worker is a process with its own log; most sets have one. */
  readonly workers: readonly (readonly Step[])[]
  /** Two workers that write into one file. */
  readonly joined: boolean
  readonly edit: Edit | null
  readonly chance: Chance
}

export const SHAPES = ['one-fault', 'mixed', 'accepted', 'threads', 'workers', 'retry', 'single', 'two-sided', 'control'] as const
export type Shape = (typeof SHAPES)[number]
const WEIGHTS: Readonly<Record<Shape, number>> = {
  'one-fault': 20,
  mixed: 22,
  accepted: 12,
  threads: 6,
  workers: 8,
  retry: 8,
  single: 12,
  'two-sided': 8,
  control: 4,
}

export interface Wanted {
  readonly clients?: readonly string[]
  readonly services?: readonly string[]
  readonly proxies?: readonly string[]
  readonly shapes?: readonly string[]
}

/** Steps at the same time are told apart by what they ask for. */
const NAMELESS = /^(?:identity|buckets|pages)$/
const DIRECTORIES = ['reports/2026', 'invoices', 'img/thumb', 'backup/db', 'exports/q3', 'logs/app']
const ODD = ['with space ', 'plus+', 'at@sign ', 'ünï ', 'a=b&c ', 'dots..in ', 'deep//slashes ', "it's ", 'tilde~ ']
const HOSTS = ['s3.lab.example', 'storage.acme.example', 'objects.north.example']

export function planOf(seed: string, number: number, wanted: Wanted): SetPlan {
  const chance = chanceOf(`${seed}/${number}`)
  const drawn = weighted(chance, wanted.shapes)
  const shape = drawn === 'threads' && !CLIENTS.some(({ name, threads }) => threads && named(wanted.clients, name)) ? 'mixed' : drawn
  const client = chance.one(CLIENTS.filter(({ name, threads }) => named(wanted.clients, name) && (shape !== 'threads' || threads)))
  const service = serviceFor(chance, client, wanted.services)
  const proxy = shape === 'accepted' && chance.happens(0.7) ? null : proxyFor(chance, client, wanted.proxies)
  const count =
    shape === 'single'
      ? 1
      : shape === 'control'
        ? 2
        : shape === 'two-sided'
          ? chance.whole(1, 3)
          : chance.whole(4, client.perProcess ? 13 : 8)
  const steps = stepsOf(chance, { shape, client, service, proxy, count })
  const workers =
    shape === 'workers' ? [steps.filter(({ index }) => index % 2 === 0), steps.filter(({ index }) => index % 2 === 1)] : [steps]
  return {
    id: `${number}`.padStart(4, '0'),
    seed,
    shape,
    client,
    service,
    proxy,
    host: client.names && chance.happens(0.7) ? chance.one(HOSTS) : null,
    // SeaweedFS keeps space for each bucket, and runs out of it.
    bucket: service === 'seaweedfs' ? 'media-data' : `${chance.one(['reports', 'media', 'acme-data', 'archive'])}-${chance.letters(4)}`,
    style: chance.one(client.styles),
    threads: shape === 'threads' ? 2 : 1,
    virtual: false,
    workers,
    joined: shape === 'workers' && chance.happens(0.5),
    edit: chance.happens(0.08) ? chance.one(EDITS) : null,
    chance,
  }
}

interface Frame {
  readonly shape: Shape
  readonly client: Client
  readonly service: string
  readonly proxy: string | null
  readonly count: number
}

function stepsOf(chance: Chance, { shape, client, service, proxy, count }: Frame): readonly Step[] {
  const possible = faultsFor(client, service)
  const misconfigured = proxy !== null && PROXIES[proxy]!.breaks
  // Where a proxy is wrong, most clients do right; where none is, something else has to be.
  const own =
    shape === 'accepted'
      ? []
      : misconfigured && chance.happens(0.75)
        ? []
        : somePossible(chance, possible, shape === 'mixed' || shape === 'workers' ? 3 : 1)
  const share = shape === 'mixed' || shape === 'workers' || shape === 'threads' ? chance.one([0.35, 0.6, 0.85]) : 1
  const atOnce = shape === 'threads' || shape === 'workers'
  const steps: Step[] = []
  for (let index = 0; index < count; index++) {
    const clean = index === 0 && (shape === 'control' || (shape === 'two-sided' && count > 1 && chance.happens(0.4)))
    const fault = own.length === 0 || clean || !chance.happens(share) ? null : chance.one(own)
    const usable = client.ops.filter(
      (op) => opRuns(op, service) && !(atOnce && NAMELESS.test(op)) && (fault === null || (FAULTS[fault]!.ops ?? [op]).includes(op)),
    )
    const wantsOdd = proxy !== null && PROXIES[proxy]!.odd && chance.happens(0.6)
    const odd = usable.filter((op) => op.endsWith('-odd'))
    const op = wantsOdd && odd.length > 0 ? chance.one(odd) : chance.one(usable)
    steps.push(stepOf(chance, index, op, fault))
    // The same once more, and right: what a person does after a repair.
    if (shape === 'retry' && fault !== null && chance.happens(0.4)) {
      index++
      steps.push({ ...steps.at(-1)!, index, fault: null, twist: {} })
    }
  }
  return steps
}

function stepOf(chance: Chance, index: number, op: string, fault: string | null): Step {
  const tail = `${chance.letters(4)}.${chance.one(['csv', 'txt', 'json', 'bin'])}`
  const name = op.endsWith('-odd') ? `${chance.one(ODD)}${tail}` : `${chance.one(['summary', 'part', 'day', 'row'])}-${tail}`
  const body = `${chance.one(['alpha', 'beta', 'gamma'])} ${chance.letters(12)}\n`.repeat(chance.whole(1, 3))
  return { index, op, key: `${chance.one(DIRECTORIES)}/${name}`, body, fault, twist: {} }
}

function faultsFor(client: Client, service: string): readonly string[] {
  const { tokens, regions, clocks } = SERVICES[service]!
  return Object.entries(FAULTS)
    .filter(([name, { needs, ops }]) => {
      if (needs === 'token' && !tokens) return false
      if (needs === 'clock' && !clocks) return false
      if ((needs === 'region' || needs === 'service') && !regions) return false
      return (
        client.can.includes(needs) &&
        !(client.cannot ?? []).includes(name) &&
        (ops === undefined || ops.some((op) => client.ops.includes(op)))
      )
    })
    .map(([name]) => name)
}

/** Keys fail most often in the world, so they do here. */
function somePossible(chance: Chance, possible: readonly string[], most: number): readonly string[] {
  const keys = possible.filter((name) => name.startsWith('secret'))
  const some = Array.from({ length: chance.whole(1, most) }, () =>
    keys.length > 0 && chance.happens(0.3) ? chance.one(keys) : chance.one(possible),
  )
  return [...new Set(some)]
}

export function opRuns(op: string, service: string): boolean {
  return op !== 'identity' || SERVICES[service]!.sts
}

function serviceFor(chance: Chance, client: Client, wanted: readonly string[] | undefined): string {
  const all = Object.keys(SERVICES).filter((name) => named(wanted, name) && (client.services ?? [name]).includes(name))
  return all.includes('serve') && chance.happens(0.5) ? 'serve' : chance.one(all)
}

function proxyFor(chance: Chance, client: Client, wanted: readonly string[] | undefined): string | null {
  const all = Object.keys(PROXIES).filter(
    (name) => (named(wanted, name.split('/')[0]!) || named(wanted, name)) && !(client.loops && name.endsWith('/redirects')),
  )
  if (all.length === 0 || (wanted === undefined && !chance.happens(0.5))) return null
  return chance.one(all)
}

function weighted(chance: Chance, wanted: readonly string[] | undefined): Shape {
  const shapes = SHAPES.filter((shape) => named(wanted, shape))
  let left = chance.whole(
    1,
    shapes.reduce((sum, shape) => sum + WEIGHTS[shape], 0),
  )
  return shapes.find((shape) => {
    left -= WEIGHTS[shape]
    return left <= 0
  })!
}

function named(wanted: readonly string[] | undefined, name: string): boolean {
  return wanted === undefined || wanted.includes(name)
}
