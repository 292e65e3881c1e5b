/** Evidence from files and standard input: bounded, decoded, and with a word on standard error for what was left out. */
import { closeSync, createReadStream, openSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { EvidenceSource, Side } from '../case/index.js'
import { bytesOf } from '../sigv4/index.js'
import { CliError } from './cli-error.js'
import { CHUNK, chunksOf } from './file-chunks.js'
import { existing, expandedPath } from './globs.js'
import { LogWindow } from './log-window.js'
import { Progress } from './progress.js'
import { type Io, say } from './terminal-rules.js'
import { type Encoding, encodingOf, fromUtf16 } from './text-encoding.js'

/** A path as given, with the side the user declared for it. */
export interface PieceName {
  readonly path: string
  readonly side?: Side
}

/** Limits on what is read; tests lower them. */
export interface Limits {
  /** Bytes up to which a request, or a document such as a HAR file, is kept whole: part of it would say something else. */
  readonly whole: number
  /** Bytes up to which a log is kept whole. */
  readonly wholeLog: number
  /** Characters kept of a larger one. */
  readonly window: number
  /** Characters kept of all pieces together. */
  readonly together: number
  /** Bytes after which reading stops. */
  readonly most: number
}

const MEBIBYTE = 1024 * 1024
export const LIMITS: Limits = {
  whole: 64 * MEBIBYTE,
  wholeLog: 16 * MEBIBYTE,
  window: 2 * MEBIBYTE,
  together: 128 * MEBIBYTE,
  most: 8 * 1024 * MEBIBYTE,
}

/**
 * Reads every piece. What cannot be read is named and left out; if nothing is left, that is an error.
 * @param empty What becomes of a piece without text: "kept" where to have read nothing is an answer.
 */
export async function readPieces(
  names: readonly PieceName[],
  io: Io,
  limits: Limits = LIMITS,
  empty: 'left out' | 'kept' = 'left out',
  progress = new Progress(io, false),
): Promise<readonly EvidenceSource[]> {
  if (names.filter(({ path }) => path === '-').length > 1) throw new CliError('"-" (standard input) can be read only once')
  const sources: EvidenceSource[] = []
  let left = limits.together
  const leftOut: string[] = []
  for (const { path, side } of names) {
    for (const one of path === '-' ? ['-'] : filesOf(path, io.cwd)) {
      const said = /\s/.test(one) && !existing(one, io.cwd)
      const piece = left <= 0 ? undefined : said ? { text: latin1(Buffer.from(one, 'utf8')) } : await readPiece(one, io, limits, progress)
      if (left <= 0 || (piece !== undefined && piece.text.length > left)) {
        leftOut.push(one)
        continue
      }
      if (piece === undefined || (piece.text === '' && empty === 'left out')) continue
      left -= piece.text.length
      sources.push({ name: said ? 'the message' : one, ...piece, ...(side === undefined ? {} : { side }) })
    }
  }
  if (leftOut.length > 0) {
    const which = leftOut.length === 1 ? leftOut[0] : `${leftOut[0]} and ${leftOut.length - 1} more`
    say(
      io,
      `${which} left out: the files read so far have ${mebibytes(limits.together - left)}, and the limit is ${mebibytes(limits.together)}; give fewer at once`,
    )
  }
  if (sources.length === 0) throw new CliError('nothing readable was given')
  return sources
}

/** A path with `*` and `?`, or a directory of recordings: the files that it means. */
function filesOf(path: string, cwd: string): readonly string[] {
  const paths = expandedPath(path, cwd)
  const [one] = paths
  if (paths.length > 1 || one === undefined) return paths
  const kept = recordingsIn(resolve(cwd, one))
  return kept.length === 0 ? paths : kept.map((name) => join(one, name))
}

function recordingsIn(path: string): readonly string[] {
  try {
    return readdirSync(path)
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
  } catch {
    return []
  }
}

type PieceRead = Pick<EvidenceSource, 'text' | 'leftOut'>

async function readPiece(path: string, io: Io, limits: Limits, progress: Progress): Promise<PieceRead | undefined> {
  const name = path === '-' ? 'standard input' : path
  try {
    if (path === '-') {
      if (io.stdin.isTTY === true) say(io, 'paste the error, then press Ctrl-D (Ctrl-Z and Enter on Windows)')
      const piece = await readStream(io.stdin, name, io, limits, progress, io.stdin.isTTY)
      progress.begin()
      return piece
    }
    const found = statSync(resolve(io.cwd, path))
    if (found.isDirectory()) {
      say(io, `${name} is a directory: name the files in it, for example ${path.replace(/(?<![\\/])[\\/]+$/, '')}/*`)
      return undefined
    }
    if (!found.isFile())
      return await readStream(createReadStream(resolve(io.cwd, path), { highWaterMark: CHUNK }), name, io, limits, progress)
    const file = openSync(resolve(io.cwd, path), 'r')
    try {
      return await readStream(chunksOf(file), name, io, limits, progress)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    if (error instanceof CliError) throw error
    say(io, `cannot read ${name}: ${reasonOf(error)}`)
    return undefined
  }
}

/** Why a file could not be read, in words. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file'
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied'
  if (code === 'EISDIR') return 'it is a directory'
  return code ?? (error instanceof Error ? error.message : 'unknown error')
}

async function readStream(
  stream: AsyncIterable<Uint8Array | string>,
  name: string,
  io: Io,
  limits: Limits,
  progress: Progress,
  pasted = false,
): Promise<PieceRead | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  let encoding: Encoding | undefined
  let window: LogWindow | undefined
  let cutBody = false
  let log = false
  for await (const given of stream) {
    const chunk = typeof given === 'string' ? new TextEncoder().encode(given) : given
    length += chunk.length
    if (window !== undefined) window.push(chunk)
    // A chunk may be overwritten by the next.
    else if (!cutBody) chunks.push(Buffer.from(chunk))
    if (encoding === undefined && length >= JUDGED) {
      encoding = encodingOf(joined(chunks).subarray(0, JUDGED))
      if (encoding.kind === 'binary') break
      const beginning = beginningOf(chunks)
      log = !WHOLE_ONLY.test(beginning.slice(0, 4096)) || JSON_LINES.test(beginning)
    }
    const limit = log ? limits.wholeLog : limits.whole
    if (length > limit && window === undefined && !cutBody) {
      if (encoding?.kind === 'utf-16le' || encoding?.kind === 'utf-16be') {
        say(io, `${name} is UTF-16 and larger than ${mebibytes(limit)}: convert it to UTF-8 first`)
        return undefined
      }
      if (REQUEST_LINE.test(beginningOf(chunks))) cutBody = true
      else {
        window = new LogWindow(limits.window)
        for (const one of chunks) window.push(one)
        chunks.length = 0
      }
    }
    if (!pasted) progress.tell(() => `reading ${name}, ${mebibytes(length)} so far`)
    if (length > limits.most) {
      progress.clear()
      say(io, `${name}: reading stopped after ${mebibytes(limits.most)}`)
      break
    }
  }
  progress.clear()
  if (window !== undefined) {
    const { text, refusals, refusalsKept } = window.end()
    const lines = `lines that name a refusal: ${refusals}, ${refusals === refusalsKept ? 'all kept' : `of which ${refusalsKept} were kept`}`
    const leftOut = `only the lines around signatures, canonical requests and errors were kept (${mebibytes(text.length)}); ${lines}`
    say(io, `${name} is large (${mebibytes(length)}): ${leftOut}`)
    return { text, leftOut }
  }
  const bytes = joined(chunks)
  const text = decodedPiece(bytes, encoding ?? encodingOf(bytes.subarray(0, JUDGED)), name, io, cutBody)
  return text === undefined ? undefined : { text }
}

function decodedPiece(bytes: Uint8Array, encoding: Encoding, name: string, io: Io, cutBody: boolean): string | undefined {
  if (encoding.kind === 'binary') {
    say(io, `${name} is ${encoding.what}, not text: ${encoding.instead}`)
    return undefined
  }
  const rest = bytes.subarray(encoding.skip)
  const text = encoding.kind === 'bytes' ? latin1(rest) : fromUtf16(rest, encoding.kind)
  if (text.trim() === '') {
    say(io, `${name} is empty`)
    return ''
  }
  if (!cutBody) return text
  // Half a body would have another hash than the whole one.
  const end = /\r?\n\r?\n/.exec(text)
  say(io, `${name} is a request with a large body: the body was left out, so the payload hash is not checked`)
  return end === null ? text : text.slice(0, end.index + end[0].length)
}

/** The byte string of some bytes, by the fast way that Node has. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}

/** So much as tells what it is, without a copy of all. */
function beginningOf(chunks: readonly Uint8Array[]): string {
  let text = ''
  for (let i = 0; i < chunks.length && text.length < JUDGED; i++) text += latin1(chunks[i]!.subarray(0, JUDGED - text.length))
  return text
}

function mebibytes(bytes: number): string {
  return bytes < MEBIBYTE ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / MEBIBYTE).toFixed(1)} MiB`
}

/** Writes a byte string as the bytes it stands for. */
export function writeBytes(io: Io, text: string): void {
  io.stdout.write(bytesOf(text))
}

const REQUEST_LINE = /^[A-Z]{3,16} \S+ HTTP\/\d/
const WHOLE_ONLY = /^(?:[A-Z]{3,16} \S+ HTTP\/\d|HTTP\/\d|\s*[{[])/
/** A log of JSON: a value to a line. */
const JSON_LINES = /^\{.{0,32000}\}\r?\n\{/
const JUDGED = 65_536
