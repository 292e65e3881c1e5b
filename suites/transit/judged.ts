/** What the product says of a break, held against what happened. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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

export interface Judged {
  /** With what `countersign record` in front of the intermediary wrote, and the intermediary's configuration. */
  readonly recorded: Said
  /** With the client's own log and the answer, where the client has a log. */
  readonly logged: Said | undefined
  /** With recordings of both sides of the intermediary, and its configuration. */
  readonly between: Said
}

/** Writes the evidence of a break into a folder, as a person has it, and asks about it. */
export async function judged(pool: Pool, one: Break, { configuration }: Pick<Tried, 'configuration'>, folder: string): Promise<Judged> {
  mkdirSync(folder, { recursive: true })
  const file = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text, 'latin1')
    return path
  }
  const { recorded, answer } = one.passed
  const [client, service] = [file('client.jsonl', recorded.client), file('service.jsonl', recorded.service)]
  const settings = configuration.map(({ name, text }) => file(name, text))
  const says = async (...files: readonly string[]) => saidOf((await pool.said(['diagnose', '--format', 'json', ...files]))?.out, one)
  const { log } = one.request
  return {
    recorded: await says(client, ...settings),
    logged:
      log === undefined
        ? undefined
        : await says(file('client.log', log), file('answer.txt', `${answer?.head ?? ''}${answer?.body.toString('latin1') ?? ''}`)),
    between: await says('--signer', client, '--wire', service, ...settings),
  }
}

interface Finding {
  readonly causes: readonly string[]
  readonly class: string
  readonly proof: { readonly level: string }
  readonly fixes: readonly { readonly edit?: Edit }[]
}

function saidOf(out: string | undefined, { classes }: Break): Said {
  if (out === undefined) return { cause: 'no answer', right: false, proven: false, untrue: false, edit: undefined }
  const { outcome, findings } = JSON.parse(out) as { readonly outcome: string; readonly findings: readonly Finding[] }
  const first = outcome === 'unexplained' ? undefined : findings[0]
  const isProven = (finding: Finding) => finding.proof.level !== 'none'
  return {
    cause: first?.causes.join(' + ') ?? outcome,
    right: first !== undefined && classes.includes(first.class),
    proven: first !== undefined && isProven(first),
    untrue: findings.some((finding) => isProven(finding) && !classes.includes(finding.class)),
    edit: findings.flatMap(({ fixes }) => fixes.flatMap(({ edit }) => edit ?? []))[0],
  }
}
