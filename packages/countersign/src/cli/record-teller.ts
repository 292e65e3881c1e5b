/** What `record` says while it runs: for people on the terminal, or as JSON lines for programs. */
import { redacted } from '../report/index.js'
import type { SeenExchange } from '../transit/index.js'
import { shownPath } from './shown-path.js'
import { type Io, say } from './terminal-rules.js'

export interface RecordTeller {
  /** `variables`: those that lead clients through a proxy. */
  listening(url: string, variables: Readonly<Record<string, string>>): void
  /** `refused`: the answer may refuse the signature. */
  exchange(seen: SeenExchange, code: string | undefined, refused: boolean): void
  diagnosis(number: string, report: string): void
  /** Anything that is neither. */
  note(text: string): void
  ended(counts: { readonly written: number; readonly lost: number }): void
}

export interface TellerRules {
  readonly format: 'terminal' | 'json'
  /** Tells of refusals only. */
  readonly quiet: boolean
  readonly unspoken: readonly string[]
}

export function recordTeller(io: Io, { format, quiet, unspoken }: TellerRules): RecordTeller {
  const clean = (text: string): string => redacted(text, unspoken)
  const pathOf = ({ received }: SeenExchange): string => shownPath(received.target, unspoken)
  const left = (refused: boolean): boolean => quiet && !refused
  if (format === 'json') {
    const event = (name: string, members: object): void => {
      io.stdout.write(`${JSON.stringify({ countersign: 'record', schemaVersion: 1, event: name, ...members })}\n`)
    }
    return {
      listening: (url, variables) => event('listening', { url, ...(Object.keys(variables).length === 0 ? {} : { variables }) }),
      exchange: (seen, code, refused) => {
        if (left(refused)) return
        const { number, at, milliseconds, received, response, ending } = seen
        const members = { number, at: new Date(at).toISOString(), method: clean(received.method), path: pathOf(seen) }
        event('exchange', { ...members, status: response?.status ?? null, code: code ?? null, refused, milliseconds, ending })
      },
      diagnosis: (number, report) => event('diagnosis', { number: Number(number), report }),
      note: (text) => event('note', { text: clean(text) }),
      ended: (counts) => event('ended', counts),
    }
  }
  const pace = new Pace((more) => say(io, `and ${more} more ${more === 1 ? 'request' : 'requests'} in that second`))
  return {
    listening: (url, variables) => {
      for (const [name, value] of Object.entries(variables)) io.stdout.write(`export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
      say(io, `listening on ${url}; Ctrl-C ends it`)
    },
    exchange: (seen, code, refused) => {
      if (left(refused) || !(refused || pace.has(seen.at))) return
      const { number, received, response, milliseconds, ending } = seen
      const answer = response === undefined ? 'no answer' : `${response.status}${code === undefined ? '' : ` ${code}`}`
      const cut = ending === 'cut' ? ', the connection ended before it was whole' : ''
      say(io, clean(`#${number} ${received.method} ${pathOf(seen)}: ${answer}${cut} (${milliseconds} ms)`))
    },
    diagnosis: (number, report) => {
      say(io, `the diagnosis of #${number}:`)
      io.stdout.write(`${report}\n`)
    },
    note: (text) => say(io, clean(text)),
    ended: ({ written, lost }) => {
      pace.end()
      say(io, `recorded: ${written}${lost === 0 ? '' : `, lost: ${lost}`}`)
    },
  }
}

/** Nobody reads thousands of lines a second, and to write them would cost more than to pass the requests on: the rest are counted. */
class Pace {
  #second = 0
  #said = 0
  #more = 0
  #soon: NodeJS.Timeout | undefined

  constructor(private readonly tell: (more: number) => void) {}

  /** Whether there is a line for a request of this time, in milliseconds since 1970. */
  has(at: number): boolean {
    const second = Math.floor(at / 1000)
    if (second !== this.#second) {
      this.end()
      this.#second = second
      this.#said = 0
    }
    if (this.#said++ < MOST_LINES_A_SECOND) return true
    this.#more++
    this.#soon ??= setTimeout(() => this.end(), 1000).unref()
    return false
  }

  /** Says how many had none. */
  end(): void {
    clearTimeout(this.#soon)
    this.#soon = undefined
    if (this.#more > 0) this.tell(this.#more)
    this.#more = 0
  }
}

const MOST_LINES_A_SECOND = 100
