/** What the product says of a break, held against what happened. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CAUSES } from '../../packages/countersign/src/causes/index.ts'
import type { Pool } from '../lab/pool.ts'
import type { Break, Tried } from './tried.ts'

export interface Edit {
  readonly file: string
  readonly line: number
  readonly before: string
  readonly after: string
}

export interface Said {
  /** The first finding's causes, or the outcome where there is none. */
  readonly cause: string
  readonly right: boolean
  readonly proven: boolean
  /** Some proven finding is true of nothing that happened. */
  readonly untrue: boolean
  /** The line of the configuration that it wants changed. */
  readonly edit: Edit | undefined
}

/** What `countersign hops` says with recordings of every place on the way, and the intermediary's configuration. */
export interface HopsSaid extends Said {
  /** The hop that it names is the intermediary. */
  readonly hop: boolean
  /** A line of the configuration that it names is one that is wrong. */
  readonly line: boolean
}

export interface Judged {
  /** With the recording in front, and the intermediary's configuration. */
  readonly recorded: Said
  /** With the client's own log and the answer, where the client has a log. */
  readonly logged: Said | undefined
  readonly hops: HopsSaid
}

/** Writes the evidence of a break into a folder, as a person has it, and asks about it. */
export async function judged(
  pool: Pool,
  one: Break,
  { configuration }: Pick<Tried, 'configuration'>,
  wrong: readonly string[],
  folder: string,
): Promise<Judged> {
  mkdirSync(folder, { recursive: true })
  const file = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text, 'latin1')
    return path
  }
  const { recorded, answer } = one.passed
  const { log } = one.request
  const client = file('client.jsonl', recorded.client)
  const settings = configuration.map(({ name, text }) => file(name, text))
  const says = async (...files: readonly string[]) => saidOf((await pool.said(['diagnose', '--format', 'json', ...files]))?.out, one)
  const places = (['client', 'gateway', 'service'] as const).map((place) => `${place}=${file(`${place}.jsonl`, recorded[place])}`)
  const config = settings.flatMap((path) => ['--config', `${HOP}=${path}`])
  const hops = (await pool.said(['hops', '--format', 'json', ...config, ...places]))?.out
  return {
    recorded: await says('--signer', client, ...settings),
    logged:
      log === undefined
        ? undefined
        : await says(file('client.log', log), file('answer.txt', `${answer?.head ?? ''}${answer?.body.toString('latin1') ?? ''}`)),
    hops: { ...saidOf(hops, one), ...placesOf(hops, configuration, wrong) },
  }
}

/** What the intermediary is called. */
const HOP = 'edge'

interface HopsFinding {
  readonly hop: string | null
  readonly from: { readonly point: string }
  readonly to: { readonly point: string }
  readonly lines: readonly { readonly file: string; readonly line: number }[]
}

function placesOf(
  out: string | undefined,
  configuration: Tried['configuration'],
  wrong: readonly string[],
): Pick<HopsSaid, 'hop' | 'line'> {
  const { findings } = JSON.parse(out ?? '{"findings":[]}') as { readonly findings: readonly HopsFinding[] }
  const text = ({ file, line }: HopsFinding['lines'][number]) =>
    configuration
      .find(({ name }) => file.endsWith(name))
      ?.text.split('\n')
      [line - 1]?.trim() ?? ''
  const named = findings.flatMap(({ lines }) => lines.map(text)).filter((line) => line !== '')
  return {
    hop: findings.length > 0 && findings.every(({ hop, from, to }) => hop === HOP && from.point === 'gateway' && to.point === 'service'),
    line: named.some((line) => wrong.some((one) => one.includes(line))),
  }
}

interface Finding {
  readonly causes: readonly string[]
  /** Of one cause; hops has none where it is no matter of the causes of a case. */
  readonly class: string | null
  readonly proof: { readonly level: string }
  readonly edit?: Edit
  readonly fixes: readonly { readonly edit?: Edit }[]
}

function saidOf(out: string | undefined, { classes }: Break): Said {
  if (out === undefined || out === '') return { cause: 'no answer', right: false, proven: false, untrue: false, edit: undefined }
  const { outcome, findings } = JSON.parse(out) as { readonly outcome: string; readonly findings: readonly Finding[] }
  const first = outcome === 'unexplained' ? undefined : findings[0]
  const isProven = (finding: Finding) => finding.proof.level !== 'none'
  const isTrue = (finding: Finding) => {
    const own = finding.class === null ? finding.causes.map((id) => CAUSES.find((cause) => cause.id === id)?.class) : [finding.class]
    return own.some((name) => name !== undefined && classes.includes(name))
  }
  return {
    cause: first?.causes.join(' + ') ?? outcome,
    right: first !== undefined && isTrue(first),
    proven: first !== undefined && isProven(first),
    untrue: findings.some((finding) => isProven(finding) && !isTrue(finding)),
    edit: findings.flatMap(({ edit, fixes }) => edit ?? fixes.flatMap((fix) => fix.edit ?? []))[0],
  }
}
