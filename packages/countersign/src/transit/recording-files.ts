/**
 * The files of a recording: JSON Lines in a directory, one after another by size and age. A line is with the system once it is flushed,
 * so that a process that is killed leaves it behind. What cannot be written is counted: the traffic matters more.
 */
import { closeSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export interface RecordingRules {
  readonly dir: string
  /** A file that is larger, or older, is followed by another. */
  readonly mostBytes: number
  readonly mostMilliseconds: number
  readonly now: () => number
  /** Told once when lines begin to be lost, and once when they are written again. */
  readonly onLost: (reason: string) => void
  readonly onWrittenAgain: (lost: number) => void
  /** For tests. */
  readonly write?: typeof writeSync
}

interface OpenFile {
  readonly descriptor: number
  readonly since: number
  bytes: number
}

export class RecordingFiles {
  #file: OpenFile | undefined
  #pending: string[] = []
  #waiting: (() => void)[] = []
  #soon: NodeJS.Immediate | undefined
  #files = 0
  #written = 0
  #lost = 0
  /** Of the loss under way. */
  #losing = 0
  readonly #begun: string

  /** Throws where the directory cannot be made. */
  constructor(private readonly rules: RecordingRules) {
    mkdirSync(rules.dir, { recursive: true, mode: 0o700 })
    this.#begun = new Date(rules.now()).toISOString().replace(/[-:]|\.\d+/g, '')
  }

  get counts(): { readonly written: number; readonly lost: number } {
    return { written: this.#written, lost: this.#lost }
  }

  /** Takes a line. It is written at the next `flush`. */
  write(line: string): void {
    this.#pending.push(line)
  }

  /** Writes what was taken in one piece, or counts it as lost. It never throws. */
  flush(): void {
    const count = this.#pending.length
    if (count === 0) return
    const bytes = Buffer.from(this.#pending.join(''), 'latin1')
    this.#pending = []
    try {
      try {
        this.#append(this.#fileFor(bytes.length), bytes)
      } catch (error) {
        // A file may have reached its own limit; it is closed then, and another is begun.
        if (this.#file !== undefined) throw error
        this.#append(this.#fileFor(bytes.length), bytes)
      }
    } catch (error) {
      this.lose(wordsOf(error), count)
      return
    }
    this.#written += count
    if (this.#losing > 0) this.rules.onWrittenAgain(this.#losing)
    this.#losing = 0
  }

  /** Calls back when all that was taken so far is written or lost: what comes in one turn of the event loop is written at once. */
  settled(go: () => void): void {
    this.#waiting.push(go)
    this.#soon ??= setImmediate(() => {
      this.#soon = undefined
      this.flush()
      const waiting = this.#waiting
      this.#waiting = []
      for (const one of waiting) one()
    })
  }

  /** Counts exchanges of which no line was made. */
  lose(reason: string, count = 1): void {
    this.#lost += count
    if (this.#losing === 0) this.rules.onLost(reason)
    this.#losing += count
  }

  close(): void {
    this.flush()
    this.#closeFile()
  }

  #closeFile(): void {
    if (this.#file !== undefined) closeSync(this.#file.descriptor)
    this.#file = undefined
  }

  #fileFor(bytes: number): OpenFile {
    const { now, mostBytes, mostMilliseconds } = this.rules
    const file = this.#file
    if (file !== undefined && (file.bytes === 0 || file.bytes + bytes <= mostBytes) && now() - file.since < mostMilliseconds) return file
    this.#closeFile()
    // Nobody else has it: what a process that was killed has left is not written to again.
    const name = `${this.#begun}-${process.pid}-${String(++this.#files).padStart(4, '0')}.jsonl`
    this.#file = { descriptor: openSync(join(this.rules.dir, name), 'wx', 0o600), since: now(), bytes: 0 }
    return this.#file
  }

  /** All of it or nothing: half a line would spoil the one behind it. */
  #append(file: OpenFile, bytes: Buffer): void {
    const write = this.rules.write ?? writeSync
    let done = 0
    try {
      while (done < bytes.length) {
        // By place: behind half a line that was taken back, the system would go on where that ended.
        const count = write(file.descriptor, bytes, done, bytes.length - done, file.bytes + done)
        if (count === 0) throw new Error('nothing more can be written')
        done += count
      }
      file.bytes += bytes.length
    } catch (error) {
      this.#forget(file, done)
      throw error
    }
  }

  #forget(file: OpenFile, done: number): void {
    if (done > 0) ftruncateSync(file.descriptor, file.bytes)
    if (file.bytes > 0) this.#closeFile()
  }
}

function wordsOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return WORDS[code ?? ''] ?? code ?? message
}

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the quota of the disk is used up',
  EFBIG: 'the file has reached its largest size',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  ENOENT: 'the directory is gone',
}
