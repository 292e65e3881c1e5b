/** Recordings as a command keeps them: the files of --dir, and what stands in them of an exchange. */
import { Gate } from '../../report/index.js'
import { flowLines, RecordingFiles, type SeenExchange } from '../../transit/index.js'
import type { Options } from '../options.js'
import { reasonOf } from '../pieces.js'
import type { Io } from '../terminal-rules.js'
import { wholeNumber } from '../whole-number.js'
import { keptDirectory } from './kept-directory.js'

export const RECORDING_RULES = {
  dir: { type: 'string', value: 'DIR', group: 'Output', help: 'keep recordings here, for countersign diagnose and recordings' },
  'max-file-mib': { type: 'string', value: 'NUMBER', group: 'Limits', help: 'begin another file after this many MiB (16 by default)' },
  'max-file-minutes': {
    type: 'string',
    value: 'NUMBER',
    group: 'Limits',
    help: 'begin another file after this many minutes (1440 by default)',
  },
} as const

export interface KeptRecordings {
  /** It never throws: what cannot be written is counted and said. */
  readonly keep: (seen: SeenExchange) => void
  /** Calls back when what was kept so far is written or lost. */
  readonly settled: (go: () => void) => void
  readonly close: () => { readonly written: number; readonly lost: number }
}

/** The recordings of --dir; none without it. */
export function keptRecordings(
  options: Options,
  io: Io,
  { hop, unspoken, note }: { readonly hop: string; readonly unspoken: readonly string[]; readonly note: (text: string) => void },
): KeptRecordings | undefined {
  const dir = options.one('dir')
  if (dir === undefined) return undefined
  const files = new RecordingFiles({
    dir: keptDirectory('--dir', dir, io.cwd),
    mostBytes: (wholeNumber(options, 'max-file-mib', 1, 1024) ?? 16) * 1024 * 1024,
    mostMilliseconds: (wholeNumber(options, 'max-file-minutes', 1, 525_600) ?? 1440) * 60_000,
    now: io.now,
    onLost: (reason: string) => note(`recordings are being lost: ${reason}; requests are passed on all the same`),
    onWrittenAgain: (lost: number) => note(`recordings are written again; lost: ${lost}`),
  })
  // A client that takes the secret for an ID, or a path, sends it along.
  const gate = new Gate(unspoken, [])
  const line = flowLines(hop, (text) => gate.given(text))
  return {
    keep: (seen) => {
      try {
        files.write(line(seen))
      } catch (error) {
        files.lose(reasonOf(error))
      }
    },
    settled: (go) => files.settled(go),
    close: () => {
      files.close()
      return files.counts
    },
  }
}
