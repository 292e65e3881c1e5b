/**
 * Requests that clients sent to a recording server, in one file each: `### request N ...`, `### VERIFY OK ...`, and the request.
 * And the requests of kept sets as they were sent.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { headerIn } from '../interop/relay.mjs'
import type { SetLabel } from './label.ts'
import { signatureOf } from './truth.ts'

export interface Captured {
  readonly name: string
  readonly date: string
  readonly signature: string
  readonly request: string
  /** Its signature is right by the recorder's own check, or a service accepted it. */
  readonly right: boolean
}

/** The signed requests of all captures of a folder. */
export function capturesIn(folder: string): readonly Captured[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) => capturesOf(name, readFileSync(join(folder, name), 'latin1')))
}

function capturesOf(file: string, text: string): readonly Captured[] {
  return text.split(/^### request /m).flatMap((block, at) => {
    const found = /^(\d+)[^\n]*\n### VERIFY (\w+)[^\n]*\n([\s\S]*)$/.exec(block)
    if (found === null || at === 0) return []
    const [, number, verdict, request] = found as unknown as [string, string, string, string]
    return capturedOf(`${file}:${number}`, request, verdict === 'OK')
  })
}

/** The requests of a set that its client signed rightly, and those that a service accepted are right. */
export function sentIn(folder: string, set: string): readonly Captured[] {
  try {
    const label = JSON.parse(readFileSync(join(folder, set, 'label.json'), 'utf8')) as SetLabel
    const lines = readFileSync(join(folder, set, 'wire.jsonl'), 'utf8')
      .trim()
      .split('\n')
    return lines.flatMap((line) => {
      const { id, head, body } = JSON.parse(line) as { id: string; head: string; body: string }
      const { outcome, signedRight, faults } = label.requests.find((one) => one.id === id)!
      return capturedOf(`${set}:${id}`, head + body, outcome === 'accepted' && signedRight && faults.length === 0)
    })
  } catch {
    // No folder of a set.
    return []
  }
}

function capturedOf(name: string, request: string, right: boolean): readonly Captured[] {
  const head = request.replace(/\r?\n/g, '\r\n')
  const [target] = head.split('\r\n', 1)
  const signature = signatureOf(head)
  const date = headerIn(head, 'x-amz-date') ?? /X-Amz-Date=(\w+)/.exec(target!)?.[1]
  return signature === null || date === undefined ? [] : [{ name, date, signature, request, right }]
}
