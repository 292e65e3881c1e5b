/** Asks the product about every set, and on every refused exchange alone; prints the table. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RequestLabel, SetLabel } from './label.ts'
import { type Pool, startPool } from './pool.ts'
import { type KeptSet, setsIn } from './sets.ts'
import { type Row, table } from './table.ts'
import { type Answer, judged } from './verdict.ts'

export interface Scoring {
  readonly say: (line: string) => void
  readonly verbose: boolean
  /** Without the refused exchanges one by one. */
  readonly setsOnly?: boolean
  readonly jobs?: number
  /** Only sets whose names begin so. */
  readonly sets?: readonly string[] | undefined
  /** Gets each verdict as soon as it is there. */
  readonly keep?: (row: Row) => void
}

export async function scoreFolder(
  folder: string,
  { say, verbose, setsOnly = false, jobs = 2, sets, keep }: Scoring,
): Promise<readonly Row[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'countersign-lab-score-'))
  const pool = startPool(jobs)
  try {
    const chosen = setsIn(folder).filter(({ name }) => sets === undefined || sets.some((begin) => name.startsWith(begin)))
    const tasks = chosen.flatMap((kept) => tasksOf(kept, { scratch, setsOnly, pool }))
    const rows: Row[] = []
    const queue = [...tasks]
    const work = async () => {
      for (let task = queue.shift(); task !== undefined; task = queue.shift()) {
        const own = await task()
        rows.push(...own)
        if (keep !== undefined) for (const row of own) keep(row)
      }
    }
    await Promise.all(Array.from({ length: jobs }, work))
    if (verbose)
      for (const row of rows.filter(isMiss)) say(`${row.verdict.padEnd(13)} ${row.set} ${row.group}: want ${row.wanted}  got ${row.got}`)
    say(table(rows))
    return rows
  } finally {
    await pool.end()
    rmSync(scratch, { recursive: true, force: true })
  }
}

const isMiss = ({ verdict }: Row) => !verdict.startsWith('right')

type Task = () => Promise<readonly Row[]>

interface Means {
  readonly scratch: string
  readonly setsOnly: boolean
  readonly pool: Pool
}

function tasksOf(kept: KeptSet, means: Means): readonly Task[] {
  const { name: set, label } = kept
  const { scratch, pool } = means
  const files = label.files.map(({ name }) => {
    const path = join(scratch, `${set}-${name}`)
    writeFileSync(path, kept.bytesOf(name))
    return path
  })
  const requests = shownIn(
    label.requests,
    label.files.map(({ name: file }) => kept.bytesOf(file)),
  )
  const top = requests.filter(({ id }) => label.top.includes(id))
  const secret = join(scratch, `${set}.secret`)
  writeFileSync(secret, label.secrets.right, { mode: 0o600 })
  const whole = { top, all: requests, showsAnswers: label.showsAnswers }
  const tasks: Task[] = [
    async () => {
      const answer = await pool.diagnosed(files)
      const row = { set, ...judged(answer, { ...whole, withSecret: false }) }
      const turned = files.length > 1 ? await pool.diagnosed([...files].reverse()) : answer
      const order: Row[] =
        files.length > 1
          ? [
              {
                ...row,
                group: 'files in the other order',
                verdict: same(answer, turned) ? 'right' : 'wrong',
                wanted: row.got,
                got: firstOf(turned),
              },
            ]
          : []
      return [...groupsOf(label, top).map((group) => ({ ...row, group })), ...order]
    },
  ]
  if (top.length > 0 && !means.setsOnly)
    tasks.push(async () => {
      const row = { set, ...judged(await pool.diagnosed([...files, '--secret-file', secret]), { ...whole, withSecret: true }) }
      const groups = [
        'right secret given',
        ...(top.some(({ signedRight }) => signedRight) ? ['right secret given, changed on the way'] : []),
      ]
      return groups.map((group) => ({ ...row, group }))
    })
  if (!means.setsOnly) tasks.push(...segmentTasks(kept, means))
  return tasks
}

/** The requests as logs show them: what a service quoted, and the signature, only where they stand there. */
function shownIn(requests: readonly RequestLabel[], logs: readonly Buffer[]): readonly RequestLabel[] {
  const shows = (words: string) => logs.some((log) => log.includes(words))
  const quotes = QUOTES.some(shows)
  return requests.map((one) => ({
    ...one,
    quoted: one.quoted && quotes,
    signature: one.signature !== null && shows(one.signature) ? one.signature : null,
  }))
}

const QUOTES = ['StringToSign', 'CanonicalRequest', 'Canonical String for this request']

function groupsOf(label: SetLabel, top: readonly RequestLabel[]): readonly string[] {
  const groups: string[] = []
  if (top.length === 0) groups.push('accepted')
  else if (top.every(({ bare }) => bare)) groups.push('bare refusals')
  else if (!top.some(({ quoted, stated }) => quoted || stated)) groups.push('nothing quoted')
  else if (label.requests.length >= 4) groups.push('sessions of 4 and more')
  else groups.push('singles')
  if ((label.edited ?? null) !== null) groups.push('edited before posting')
  if (label.shape === 'two-sided' && top.length > 0) groups.push('two-sided')
  if (top.length > 0 && top.every(({ bare, signedRight }) => bare && signedRight)) groups.push('signed right, refused bare')
  return groups
}

/** Each step with a refusal, its part of the log cut out: a refused exchange alone. */
function segmentTasks({ name: set, label, bytesOf }: KeptSet, { scratch, pool }: Means): readonly Task[] {
  return label.segments.flatMap((segment) => {
    const shown = bytesOf(segment.file).subarray(segment.start, segment.end)
    const own = shownIn(
      label.requests.filter(({ step }) => step === segment.step),
      [shown],
    )
    const refused = own.filter(({ outcome, overcome }) => outcome === 'refused' && !overcome)
    if (refused.length === 0) return []
    return [
      async () => {
        const cut = join(scratch, `${set}-${segment.step}.log`)
        writeFileSync(cut, shown)
        const speaking = refused.filter(({ bare }) => !bare)
        const top = speaking.length > 0 ? speaking : refused
        const row = {
          set: `${set}#${segment.step}`,
          ...judged(await pool.diagnosed([cut]), { top, all: own, withSecret: false, showsAnswers: label.showsAnswers }),
        }
        rmSync(cut)
        return [{ ...row, group: segmentGroup(top) }]
      },
    ]
  })
}

const firstOf = (answer: Answer | undefined) => answer?.findings[0]?.causes.join('+') ?? answer?.outcome ?? 'no JSON'
const same = (a: Answer | undefined, b: Answer | undefined) => firstOf(a) === firstOf(b)

function segmentGroup(top: readonly RequestLabel[]): string {
  if (top.every(({ bare }) => bare)) return 'one refusal, bare'
  return top.some(({ quoted, stated }) => quoted || stated) ? 'one refusal that tells' : 'one refusal, nothing quoted'
}
