/**
 * What V8 made of the command line's code, kept between runs. Half of a short run is V8 compiling: with this it takes the
 * functions that earlier runs needed ready-made. (Node's own compile cache, since 22, keeps the outermost functions only.)
 *
 * V8 executes what it is given, so the place must be the user's alone: a directory and a file that belong to the user and
 * that nobody else may write. Anything else, and any error, means no kept code, never a message.
 */
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'

/** Kept code, and how many runs made it. */
export interface KeptCode {
  readonly data: Buffer
  readonly runs: number
}

type Environment = Readonly<Record<string, string | undefined>>

/** Where kept code lies; `undefined` where none is wanted. `home` is asked only if need be. */
export function codeDirectory(env: Environment, home: () => string, platform: string): string | undefined {
  // Coverage of code that was not compiled from its text is less exact.
  if ((env['NODE_DISABLE_COMPILE_CACHE'] ?? '') !== '' || (env['NODE_V8_COVERAGE'] ?? '') !== '') return undefined
  const named = platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_CACHE_HOME']
  if (named !== undefined && isAbsolute(named)) return join(named, 'countersign')
  const base = home()
  return isAbsolute(base) ? join(base, platform === 'darwin' ? 'Library/Caches' : '.cache', 'countersign') : undefined
}

/** What was kept under this name. */
export function readCode(directory: string, name: string): KeptCode | undefined {
  let file: number | undefined
  try {
    if (!isMine(lstatSync(directory))) return undefined
    // Not through a link, and without waiting for a pipe.
    file = openSync(join(directory, name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
    const found = fstatSync(file)
    if (!found.isFile() || !isMine(found) || found.size > MOST || found.size <= TRAILER) return undefined
    const bytes = Buffer.allocUnsafeSlow(found.size)
    if (readSync(file, bytes, 0, bytes.length, 0) !== bytes.length) return undefined
    const data = bytes.subarray(0, -TRAILER)
    return bytes.readUInt32LE(data.length) === sumOf(data) ? { data, runs: bytes.readUInt32LE(data.length + 4) } : undefined
  } catch {
    return undefined
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

/** Keeps code under this name, whole or not at all, and removes what was kept long ago. */
export function writeCode(directory: string, name: string, { data, runs }: KeptCode, now: number): void {
  const written = join(directory, `${name}.${process.pid}`)
  try {
    if (data.length + TRAILER > MOST || !prepared(directory)) return
    removeOld(directory, now)
    const trailer = Buffer.alloc(TRAILER)
    trailer.writeUInt32LE(sumOf(data), 0)
    trailer.writeUInt32LE(runs, 4)
    const file = openSync(written, 'wx', 0o600)
    try {
      for (const part of [data, trailer]) for (let at = 0; at < part.length; ) at += writeSync(file, part, at)
      // Without it, a machine that goes down may leave the new name with half the bytes.
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(written, join(directory, name))
  } catch {
    removed(written)
  }
}

function removed(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // Where it cannot be removed, it could not be written.
  }
}

/** Under sudo, HOME may be somebody else's: nothing of root's is left there. */
function prepared(directory: string): boolean {
  let above = dirname(directory)
  while (lstatSync(above, { throwIfNoEntry: false }) === undefined && dirname(above) !== above) above = dirname(above)
  if (!belongsToMe(lstatSync(above))) return false
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  return isMine(lstatSync(directory))
}

function removeOld(directory: string, now: number): void {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name)
    if (now - (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now) > LONG_AGO) removed(path)
  }
}

interface Owned {
  readonly uid: number
  readonly mode: number
}

/** Windows keeps owners and rights elsewhere; there the user's local application data are the user's alone. */
function belongsToMe({ uid }: Owned): boolean {
  return process.getuid === undefined || uid === process.getuid()
}

function isMine(found: Owned): boolean {
  return belongsToMe(found) && (process.getuid === undefined || (found.mode & 0o022) === 0)
}

/** V8 checks the length and not the bytes. Some words spread over them show pages that were not written; all words would take too long. */
function sumOf(data: Buffer): number {
  let sum = data.length
  const step = Math.max(4, data.length / SUMMED)
  for (let at = 0; at + 4 <= data.length; at += step) sum = (Math.imul(sum, 31) + data.readInt32LE(Math.floor(at))) | 0
  return sum >>> 0
}

/** Bytes after the code: its sum, and the number of runs. */
const TRAILER = 8
const SUMMED = 512
const MOST = 64 * 1024 * 1024
const LONG_AGO = 30 * 24 * 3600 * 1000
