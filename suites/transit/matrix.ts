/** One service behind every intermediary: what breaks there, what is said of it, and whether the correction works. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool } from '../lab/pool.ts'
import type { RunningProxy } from '../lab/proxies/process.ts'
import type { RunningService } from '../lab/services.ts'
import { type Intermediary, mistaken, slipsOf } from './intermediaries/intermediary.ts'
import { type Edit, type Judged, judged, type Said } from './judged.ts'
import { openPassage, type Passage } from './passage.ts'
import { type Stocked, stockOf } from './stock.ts'
import { kindOf, type Passing } from './table.ts'
import { type Break, distinct, isOfSignature, type Tried, tried } from './tried.ts'

/** A break, and what came of asking about it. */
export interface Row extends Judged {
  readonly service: string
  readonly intermediary: string
  /** The mistake's name; "faithful" where no configuration passes the request on unchanged. */
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
  readonly most: number
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
  const fresh = async () => {
    const { accepted, refused } = await stockOf(service, wanted.clients, name === 'serve', join(tools.folder, 'clients'))
    return { accepted, refused, until: Date.now() + FRESH_MILLISECONDS }
  }
  mkdirSync(tools.folder, { recursive: true })
  let stock = await fresh()
  tools.say(`${name}: ${stock.accepted.length} requests; not taken though unchanged: ${stock.refused.join(', ') || 'none'}`)
  const passage = await openPassage(service.port, tools.startGateway)
  try {
    for (const intermediary of intermediaries) {
      if (Date.now() > stock.until) stock = await fresh()
      yield* rowsOf({ name, intermediary, passage, stock: stock.accepted }, wanted, tools)
    }
  } finally {
    await passage.end()
  }
}

interface Behind {
  readonly name: string
  readonly intermediary: Intermediary
  readonly passage: Passage
  readonly stock: readonly Stocked[]
}

async function* rowsOf(
  { name, intermediary, passage, stock }: Behind,
  { mistake, most, verbose }: Wanted,
  tools: Tools,
): AsyncGenerator<Row> {
  const began = Date.now()
  const attempt = (lines: string, requests: readonly Stocked[]) => tried(intermediary, lines, passage, requests)
  const right = await attempt(intermediary.faithful, stock)
  const passes = new Set(right.accepted)
  const left = [
    ...right.broken.map(({ request, parts }) => `${request.client} ${request.name} (${[...new Set(parts.map(kindOf))].join(', ')})`),
    ...right.answered.map(({ request, status }) => `${request.client} ${request.name} (answered with ${status ?? 'nothing'})`),
  ]
  tools.onPassing({ service: name, intermediary: intermediary.name, passed: passes.size, of: stock.length, left })
  tools.say(
    `${name}, ${intermediary.name}: ${passes.size} of ${stock.length} pass where nothing is wrong${left.map((one) => `; not: ${one}`).join('')}`,
  )
  let count = 0
  for (const one of Object.keys(intermediary.mistakes)) {
    if (mistake !== undefined && !one.includes(mistake)) continue
    const lines = mistaken(intermediary, one)
    const wrong = await attempt(lines, stock)
    const broken = distinct(
      wrong.broken.filter((each) => passes.has(each.request) && isOfSignature(each)),
      most,
    )
    const slips = slipsOf(intermediary.mistakes[one]!)
    const wrongLines = slips.flatMap(([, text]) => text.split('\n').map((line) => line.replaceAll('UPSTREAM', `${passage.to}`).trim()))
    const edits = new Map<string, Promise<Tried>>()
    const said = await Promise.all(
      broken.map((each) =>
        judged(
          tools.pool,
          each,
          wrong,
          wrongLines,
          join(tools.folder, intermediary.name, one, `${each.request.client}-${each.request.name}`),
        ),
      ),
    )
    for (const [at, each] of broken.entries()) {
      const judgement = said[at]!
      const edit = judgement.hops.edit ?? judgement.recorded.edit
      const instead = edit === undefined ? undefined : withEdit(lines, edit, passage.to)
      if (instead !== undefined && !edits.has(instead))
        edits.set(
          instead,
          attempt(
            instead,
            broken.map(({ request }) => request),
          ),
        )
      const after = instead === undefined ? undefined : await edits.get(instead)
      const row: Row = {
        ...judgement,
        service: name,
        intermediary: intermediary.name,
        mistake: one,
        client: each.request.client,
        request: each.request.name,
        parts: each.parts,
        wrong: slips.map(([, text]) => text.trim() || '(missing)').join('\n'),
        right: slips.map(([text]) => text.trim() || '(remove it)').join('\n'),
        corrected: passes.has(each.request),
        // Of several mistakes one line mends one.
        edited: after === undefined || slips.length > 1 ? undefined : after.accepted.includes(each.request),
      }
      count++
      if (verbose || !isNamed(row) || !row.hops.hop) tools.say(lineOf(row, each))
      yield row
    }
  }
  tools.say(`${name}, ${intermediary.name}: ${count} breaks, ${Math.round((Date.now() - began) / 1000)} s`)
}

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

/** A request must not be older than 15 minutes. */
const FRESH_MILLISECONDS = 5 * 60_000
