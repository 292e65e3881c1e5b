/**
 * The files of a recording: JSON Lines in a directory, one after another by size and age. A line is with the system before the call
 * returns, so that a process that is killed leaves it behind. What cannot be written is counted: the traffic matters more.
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

  /** Writes a line, or counts it as lost. It never throws. */
  write(line: string): void {
    const bytes = Buffer.from(line, 'latin1')
    try {
      try {
        this.#append(this.#fileFor(bytes.length), bytes)
      } catch (error) {
        // A file may have reached its own limit; it is closed then, and another is begun.
        if (this.#file !== undefined) throw error
        this.#append(this.#fileFor(bytes.length), bytes)
      }
    } catch (error) {
      this.lose(wordsOf(error))
      return
    }
    this.#written++
    if (this.#losing > 0) this.rules.onWrittenAgain(this.#losing)
    this.#losing = 0
  }

  /** Counts an exchange of which no line was made. */
  lose(reason: string): void {
    this.#lost++
    if (this.#losing++ === 0) this.rules.onLost(reason)
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file.descriptor)
    this.#file = undefined
  }

  #fileFor(bytes: number): OpenFile {
    const { now, mostBytes, mostMilliseconds } = this.rules
    const file = this.#file
    if (file !== undefined && (file.bytes === 0 || file.bytes + bytes <= mostBytes) && now() - file.since < mostMilliseconds) return file
    this.close()
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
        const count = write(file.descriptor, bytes, done, bytes.length - done)
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
    if (file.bytes > 0) this.close()
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
