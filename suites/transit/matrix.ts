/** One service behind every intermediary: what breaks there, what is said of it, and whether the correction works. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool } from '../lab/pool.ts'
import type { RunningProxy } from '../lab/proxies/process.ts'
import type { RunningService } from '../lab/services.ts'
import { type Intermediary, mistaken, type Slip, slipsOf } from './intermediaries/intermediary.ts'
import { type Edit, type Judged, judged, type Said } from './judged.ts'
import { openPassage, type Passage } from './passage.ts'
import { type Stock, type Stocked, stockOf } from './stock.ts'
import { kindOf, type Passing } from './table.ts'
import { type Break, distinct, isOfSignature, type Tried, tried } from './tried.ts'

/** A break, and what came of asking about it. */
export interface Row extends Judged {
  readonly service: string
  readonly intermediary: string
  /** The mistake's name, or that no setting passes the request on unchanged. */
  readonly mistake: string
  readonly client: string
  readonly request: string
  readonly parts: readonly string[]
  readonly wrong: string
  readonly right: string
  /** The service accepted the same bytes after the configuration was corrected. */
  readonly corrected: boolean
  /** The same with the line that the product wants there; undefined where it names none. */
  readonly edited: boolean | undefined
}

export interface Wanted {
  readonly mistake: string | undefined
  /** Of one mistake at most so many breaks. */
  readonly most: number
  /** The clients' own logs are asked about, too. */
  readonly logs: boolean
  readonly clients: readonly string[]
  readonly verbose: boolean
}

export interface Tools {
  readonly pool: Pool
  /** Starts a proxy that changes nothing, in front of every intermediary. */
  readonly startGateway: ((to: number) => Promise<RunningProxy>) | undefined
  readonly onPassing: (passing: Passing) => void
  readonly folder: string
  readonly say: (line: string) => void
}

export async function* matrixOf(
  { name, service }: { readonly name: string; readonly service: RunningService },
  intermediaries: readonly Intermediary[],
  wanted: Wanted,
  tools: Tools,
): AsyncGenerator<Row> {
  mkdirSync(tools.folder, { recursive: true })
  let stock = await stockOf(service, wanted.clients, name === 'serve', join(tools.folder, 'clients'))
  let until = Date.now() + FRESH_MILLISECONDS
  const fresh = async () => {
    if (Date.now() > until) {
      stock = await stockOf(service, wanted.clients, name === 'serve', join(tools.folder, 'clients'))
      until = Date.now() + FRESH_MILLISECONDS
    }
    return stock
  }
  tools.say(`${name}: ${stock.accepted.length} requests; not taken though unchanged: ${stock.refused.join(', ') || 'none'}`)
  const passage = await openPassage(service.port, tools.startGateway)
  try {
    for (const intermediary of intermediaries) yield* rowsOf({ name, intermediary, passage, fresh }, wanted, tools)
  } finally {
    await passage.end()
  }
}

interface Behind {
  readonly name: string
  readonly intermediary: Intermediary
  readonly passage: Passage
  /** The stock, signed a moment ago. */
  readonly fresh: () => Promise<Stock>
}

const isLike = (one: Stocked, other: Stocked) => one.client === other.client && one.name === other.name

async function* rowsOf(behind: Behind, wanted: Wanted, tools: Tools): AsyncGenerator<Row> {
  const { name, intermediary, passage, fresh } = behind
  const began = Date.now()
  const stock = await fresh()
  const right = await tried(intermediary, intermediary.faithful, passage, stock.accepted)
  const left = [
    ...right.broken.map(({ request, parts }) => `${request.client} ${request.name} (${[...new Set(parts.map(kindOf))].join(', ')})`),
    ...right.answered.map(({ request, status }) => `${request.client} ${request.name} (answered with ${status ?? 'nothing'})`),
  ]
  tools.onPassing({ service: name, intermediary: intermediary.name, passed: right.accepted.length, of: stock.accepted.length, left })
  tools.say(
    `${name}, ${intermediary.name}: ${right.accepted.length} of ${stock.accepted.length} pass where nothing is wrong${left.map((one) => `; not: ${one}`).join('')}`,
  )
  let count = 0
  for (const mistake of [NO_SETTING, ...Object.keys(intermediary.mistakes)]) {
    if (wanted.mistake !== undefined && !mistake.includes(wanted.mistake)) continue
    const those = mistake === NO_SETTING ? unavoidable(behind, stock, right) : avoidable(behind, mistake, right)
    for (const { row, each } of await rowsOfMistake(behind, mistake, await those, wanted, tools)) {
      count++
      if (wanted.verbose || !isNamed(row) || !row.hops.hop || row.edited === false) tools.say(lineOf(row, each))
      yield row
    }
  }
  tools.say(`${name}, ${intermediary.name}: ${count} breaks, ${Math.round((Date.now() - began) / 1000)} s`)
}

/** What one mistake broke, and how it is corrected. */
interface Broken {
  readonly tried: Tried
  readonly broken: readonly Break[]
  readonly lines: string
  readonly slips: readonly Slip[]
  /** How to correct it, in words, and whether the service accepts it then. */
  corrected(one: Break): Promise<{ readonly right: string; readonly works: boolean }>
}

/** The name under which those stand that no setting of the intermediary passes on. */
const NO_SETTING = 'no setting'

/** A mistake in the configuration: its right lines were tried, with the same bytes. */
async function avoidable({ intermediary, passage, fresh }: Behind, mistake: string, right: Tried): Promise<Broken> {
  const lines = mistaken(intermediary, mistake)
  const wrong = await tried(intermediary, lines, passage, (await fresh()).accepted)
  const slips = slipsOf(intermediary.mistakes[mistake]!)
  const words = slips.map(([text]) => text.trim() || '(remove it)').join('\n')
  const known = [...right.broken, ...right.answered].map(({ request }) => request)
  return {
    tried: wrong,
    broken: wrong.broken.filter(({ request }) => !known.some((one) => isLike(one, request))),
    lines,
    slips,
    corrected: async ({ request }) => ({ right: words, works: right.accepted.some((one) => isLike(one, request)) }),
  }
}

/** What the intermediary does with every setting: the client must not sign it. */
function unavoidable({ intermediary, passage }: Behind, stock: Stock, right: Tried): Broken {
  return {
    tried: right,
    broken: right.broken,
    lines: intermediary.faithful,
    slips: [],
    async corrected({ request, parts }) {
      const names = parts.flatMap((part) => /^header (\S+) (?:removed|changed)$/.exec(part)?.[1] ?? [])
      const again = stock.signedWithout(request, names)
      const after = again === undefined ? undefined : await tried(intermediary, intermediary.faithful, passage, [again])
      return { right: again === undefined ? '' : `do not sign ${names.join(', ')}`, works: after?.accepted.length === 1 }
    },
  }
}

async function rowsOfMistake(
  { name, intermediary, passage }: Behind,
  mistake: string,
  { tried: run, broken: all, lines, slips, corrected }: Broken,
  { most, logs }: Wanted,
  tools: Tools,
): Promise<readonly { readonly row: Row; readonly each: Break }[]> {
  const broken = distinct(all.filter(isOfSignature), most)
  const wrongLines = slips.flatMap(([, text]) => text.split('\n').map((line) => line.replaceAll('UPSTREAM', `${passage.to}`).trim()))
  const place = ({ request }: Break) => join(tools.folder, intermediary.name, mistake, `${request.client}-${request.name}`)
  const said = await Promise.all(broken.map((each) => judged(tools.pool, logs ? each : withoutLog(each), run, wrongLines, place(each))))
  const edits = new Map<string, Tried>()
  const rows: { readonly row: Row; readonly each: Break }[] = []
  for (const [at, each] of broken.entries()) {
    const judgement = said[at]!
    const edit = judgement.hops.edit ?? judgement.recorded.edit
    const instead = edit === undefined ? undefined : withEdit(lines, edit, passage.to)
    if (instead !== undefined && !edits.has(instead))
      edits.set(
        instead,
        await tried(
          intermediary,
          instead,
          passage,
          broken.map(({ request }) => request),
        ),
      )
    const after = instead === undefined ? undefined : edits.get(instead)
    const { right, works } = await corrected(each)
    const row: Row = {
      ...judgement,
      service: name,
      intermediary: intermediary.name,
      mistake,
      client: each.request.client,
      request: each.request.name,
      parts: each.parts,
      wrong: slips.map(([, text]) => text.trim() || '(missing)').join('\n'),
      right,
      corrected: works,
      // Of several mistakes one line mends one.
      edited: after === undefined || slips.length !== 1 ? undefined : after.accepted.some((one) => isLike(one, each.request)),
    }
    rows.push({ row, each })
  }
  return rows
}

const withoutLog = (one: Break): Break => ({ ...one, request: { ...one.request, log: undefined } })

/** The answer that names the cause rightly and proves it. */
export const namedBy = ({ recorded, hops }: Judged): Said | undefined => [hops, recorded].find(({ right, proven }) => right && proven)
export const isNamed = (judgement: Judged): boolean => namedBy(judgement) !== undefined

function lineOf({ service, intermediary, mistake, client, request, recorded, logged, hops, edited }: Row, { parts }: Break): string {
  const verdict = (said: Judged['recorded'] | undefined) =>
    said === undefined ? '-' : `${said.right ? '' : 'WRONG '}${said.cause}${said.proven ? '' : ' (not proven)'}`
  const edit = edited === undefined ? '' : `; its line ${edited ? 'works' : 'does NOT work'}`
  return `  ${service}, ${intermediary}/${mistake}, ${client} ${request} [${parts.join('; ').slice(0, 160)}]: recorded ${verdict(recorded)}; logged ${verdict(logged)}; hops ${verdict(hops)}${hops.hop ? '' : ', another hop'}${edit}`
}

/** The lines of the configuration with an edit in them, whose file has them with the upstream's port. */
function withEdit(lines: string, { before, after }: Edit, port: number): string | undefined {
  const named = (text: string) => [
    text.trim(),
    text.trim().replaceAll(`${port}`, 'UPSTREAM'),
    text.trim().replaceAll(`127.0.0.1:${port}`, 'UPSTREAM'),
  ]
  const [from, to] = [named(before), named(after)]
  const at = from.findIndex((text) => text !== '' && lines.includes(text))
  return at < 0 ? undefined : lines.replace(from[at]!, () => to[at]!)
}

/** Some services take a request for five minutes. */
const FRESH_MILLISECONDS = 2 * 60_000
