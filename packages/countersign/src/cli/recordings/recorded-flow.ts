/** The exchanges of a directory of recordings, one after another as they stand in its files. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { memberOf } from '../../text/index.js'
import { CliError } from '../cli-error.js'
import { reasonOf } from '../pieces.js'
import { boundedLines } from './bounded-lines.js'

type Pair = readonly [name: string, value: string]

export interface RecordedHead {
  readonly method: string
  readonly target: string
  readonly headers: readonly Pair[]
  readonly body: { readonly sha256?: string; readonly length?: number } | undefined
}

export interface RecordedExchange {
  /** From 1, over all files of the directory. */
  readonly number: number
  readonly at: string
  readonly hop: string
  readonly received: RecordedHead | undefined
  readonly sent: RecordedHead | undefined
  readonly response: { readonly status: number; readonly headers: readonly Pair[]; readonly text: string } | undefined
  readonly cut: boolean
}

/** The names of a directory's recordings, in order; it throws where there is no such directory. */
export async function recordingNames(dir: string): Promise<readonly string[]> {
  return (await readdir(dir)).filter((name) => name.endsWith('.jsonl')).sort()
}

/** Every exchange. What is no whole line of a recording, as a process that was killed may leave, is counted and passed over. */
export async function* recordedExchanges(dir: string, onUnread: (name: string, line: number) => void): AsyncGenerator<RecordedExchange> {
  let number = 0
  for (const name of await recordingNames(dir)) {
    let line = 0
    try {
      for await (const text of boundedLines(join(dir, name), MOST_OF_LINE)) {
        line++
        if (text?.trim() === '') continue
        const flow = text === undefined ? undefined : parsed(text)
        if (flow === undefined) onUnread(name, line)
        else yield { ...flow, number: ++number }
      }
    } catch (error) {
      throw new CliError(`cannot read ${name}: ${reasonOf(error)}`)
    }
  }
}

/** What a request is shown as: as it was sent on. */
export function headOf({ sent, received }: RecordedExchange): RecordedHead | undefined {
  return sent ?? received
}

function parsed(text: string): Omit<RecordedExchange, 'number'> | undefined {
  let flow: unknown
  try {
    flow = JSON.parse(text)
  } catch {
    return undefined
  }
  const version = memberOf(flow, 'schemaVersion')
  if (memberOf(flow, 'countersign') !== 'recording' || (version !== 1 && version !== 2)) return undefined
  const response = memberOf(flow, 'response')
  const status = memberOf(response, 'status')
  return {
    at: wordOf(memberOf(flow, 'at')),
    hop: wordOf(memberOf(flow, 'hop')),
    received: headIn(memberOf(flow, 'received')),
    sent: headIn(memberOf(flow, 'sent')),
    response:
      typeof status === 'number'
        ? { status, headers: pairsIn(response), text: wordOf(memberOf(memberOf(response, 'body'), 'text')) }
        : undefined,
    cut: memberOf(flow, 'cut') === true,
  }
}

function headIn(value: unknown): RecordedHead | undefined {
  const [method, target] = [memberOf(value, 'method'), memberOf(value, 'target')]
  if (typeof method !== 'string' || typeof target !== 'string') return undefined
  const body = memberOf(value, 'body')
  const [sha256, length] = [memberOf(body, 'sha256'), memberOf(body, 'length')]
  const known = { ...(typeof sha256 === 'string' ? { sha256 } : {}), ...(typeof length === 'number' ? { length } : {}) }
  return { method, target, headers: pairsIn(value), body: body === undefined ? undefined : known }
}

function pairsIn(value: unknown): readonly Pair[] {
  const headers = memberOf(value, 'headers')
  if (!Array.isArray(headers)) return []
  return headers.flatMap((pair): Pair[] => (typeof pair?.[0] === 'string' && typeof pair[1] === 'string' ? [[pair[0], pair[1]]] : []))
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Several times what two heads and the body of an error take with their escapes. */
const MOST_OF_LINE = 8 * 1024 * 1024
