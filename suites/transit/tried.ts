/** Sends the stock through one configuration of an intermediary, and says what of it was broken on the way. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { changedOnTheWay } from '../lab/changed.ts'
import type { Intermediary } from './intermediaries/intermediary.ts'
import type { Passage, Passed } from './passage.ts'
import type { Bytes } from './send.ts'
import { isAccepted, type Stocked } from './stock.ts'
import { kindOf } from './table.ts'

/** A request that the service takes when nothing stands in between, and refused here. */
export interface Break {
  readonly request: Stocked
  readonly passed: Passed
  /** What differs between the bytes that left the client and those that arrived, in words. */
  readonly parts: readonly string[]
  /** The classes of causes that are true of it. */
  readonly classes: readonly string[]
}

export interface Tried {
  readonly accepted: readonly Stocked[]
  readonly broken: readonly Break[]
  /** The intermediary answered; nothing reached the service. */
  readonly answered: readonly { readonly request: Stocked; readonly status: number | undefined }[]
  /** Files that a person would give beside the log. */
  readonly configuration: readonly { readonly name: string; readonly text: string }[]
}

export async function tried(intermediary: Intermediary, lines: string, passage: Passage, stock: readonly Stocked[]): Promise<Tried> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-transit-'))
  const proxy = await intermediary.start({ lines }, { to: passage.to, aside: passage.to, folder })
  try {
    const results = []
    for (const request of stock) results.push({ request, passed: await passage.through(proxy.port, request) })
    const refused = results.filter(({ passed }) => !isAccepted(passed.answer?.status))
    return {
      accepted: results.filter(({ passed }) => isAccepted(passed.answer?.status)).map(({ request }) => request),
      broken: refused.flatMap(({ request, passed }) =>
        passed.arrived === undefined ? [] : [{ request, passed, ...changedOnTheWay(seen(request), arrivedOf(request, passed.arrived)) }],
      ),
      answered: refused.flatMap(({ request, passed }) =>
        passed.arrived === undefined ? [{ request, status: passed.answer?.status }] : [],
      ),
      configuration: proxy.configuration.map((path) => ({ name: basename(path), text: readFileSync(path, 'utf8') })),
    }
  } finally {
    await proxy.end()
    rmSync(folder, { recursive: true, force: true })
  }
}

const seen = ({ head, body }: Bytes) => ({ head, body: [body] })

/** A service that refuses a request by its head alone has not seen its body: then that says nothing. */
function arrivedOf(request: Bytes, { head, body }: Bytes) {
  const length = /\r\ncontent-length:[ \t]*(\d+)/i.exec(head)?.[1]
  const chunked = /\r\ntransfer-encoding:[^\r]*chunked/i.test(head)
  const whole = chunked ? body.toString('latin1').endsWith('0\r\n\r\n') : body.length >= Number(length ?? 0)
  return whole ? { head, body: [body] } : { head: unchunked(head), body: [withoutChunks(request)] }
}

const unchunked = (head: string) => head.replace(/\r\ntransfer-encoding:[^\r]*/i, '')
const withoutChunks = ({ head, body }: Bytes) =>
  /\r\ntransfer-encoding:[^\r]*chunked/i.test(head) ? body.subarray(body.indexOf('\r\n') + 2, -7) : body

/** What is refused though nothing that is signed changed is no break of a signature: the body of a payload that is not signed. */
export function isOfSignature({ request: { head }, parts }: Break): boolean {
  return parts.some((part) => part !== 'body changed') || !/UNSIGNED-PAYLOAD/.test(head)
}

/** Breaks that differ: of one client and one kind of change, the first. */
export function distinct(broken: readonly Break[], most: number): readonly Break[] {
  const kinds = new Map<string, Break>()
  for (const one of broken) {
    const kind = [one.request.client, ...one.classes, ...one.parts.map(kindOf)].join()
    if (!kinds.has(kind)) kinds.set(kind, one)
  }
  // Clients take turns, so that each has its share.
  const turn = new Map<string, number>()
  return [...kinds.values()]
    .map((one) => {
      const at = turn.get(one.request.client) ?? 0
      turn.set(one.request.client, at + 1)
      return [at, one] as const
    })
    .sort(([a], [b]) => a - b)
    .slice(0, most)
    .map(([, one]) => one)
}
