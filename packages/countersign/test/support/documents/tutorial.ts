/**
 * A tutorial, read: its files, and its consoles with what they print. The forms of its blocks:
 *
 * - ```js signer.mjs: a file that the reader writes.
 * - ```console: commands behind "$ ", each with what it prints. A line "..." is any lines.
 * - ```console serve: another terminal, called "serve". A command there keeps running; a later block of that name, without a command, is
 *   what it prints next.
 * - <!-- needs: nginx, curl --> ... <!-- end -->: only where these programs are.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './code-examples.ts'

export interface Printed {
  /** What is printed, line by line. */
  readonly lines: readonly string[]
  /** Where these lines stand in the document: the first, counted from 0, and the one after the last. */
  readonly from: number
  readonly to: number
}

export type Step = { readonly needs: readonly string[] } & (
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  | { readonly kind: 'command'; readonly terminal: string | undefined; readonly command: string; readonly printed: Printed }
  | { readonly kind: 'printed'; readonly terminal: string; readonly printed: Printed }
)

export interface Tutorial {
  readonly document: string
  readonly lines: readonly string[]
  readonly steps: readonly Step[]
}

export function readTutorial(document: string): Tutorial {
  const lines = readFileSync(join(ROOT, document), 'utf8').split('\n')
  const steps: Step[] = []
  let needs: readonly string[] = []
  for (let i = 0; i < lines.length; i++) {
    needs = /^<!-- needs: (.+) -->$/.exec(lines[i]!)?.[1]?.split(', ') ?? (lines[i] === '<!-- end -->' ? [] : needs)
    const opened = /^```(\w+) ?(\S*)$/.exec(lines[i]!)
    if (opened === null) continue
    const [, language, name = ''] = opened
    const end = lines.indexOf('```', i)
    if (end < 0) throw new Error(`${document}:${i + 1}: the block has no end`)
    const inside = lines.slice(i + 1, end)
    if (language === 'console')
      steps.push(...consoleSteps(inside, i + 1, name === '' ? undefined : name).map((step) => ({ ...step, needs })))
    else if (name !== '') steps.push({ kind: 'file', name, text: `${inside.join('\n')}\n`, needs })
    i = end
  }
  return { document, lines, steps }
}

type ConsoleStep = Exclude<Step, { kind: 'file' }> extends infer One ? (One extends Step ? Omit<One, 'needs'> : never) : never

function consoleSteps(inside: readonly string[], first: number, terminal: string | undefined): ConsoleStep[] {
  const starts = inside.flatMap((line, i) => (line.startsWith('$ ') ? [i] : []))
  if (starts.length === 0 && terminal !== undefined)
    return [{ kind: 'printed', terminal, printed: { lines: inside, from: first, to: first + inside.length } }]
  return starts.map((start, n) => {
    let last = start
    while (inside[last]!.endsWith('\\')) last++
    const command = inside
      .slice(start, last + 1)
      .join('\n')
      .slice(2)
    const to = starts[n + 1] ?? inside.length
    return { kind: 'command', terminal, command, printed: { lines: inside.slice(last + 1, to), from: first + last + 1, to: first + to } }
  })
}
