/** Whether two views may be of one request by what they ask for. */
import type { PieceKeys } from './piece.js'

export function sameMethod(a: PieceKeys, b: PieceKeys): boolean {
  return a.method === undefined || b.method === undefined || a.method === b.method
}

/** Whether two views may be of one request by what they ask for; what is unknown fits. */
export function sameTarget(a: PieceKeys, b: PieceKeys): boolean {
  return sameMethod(a, b) && (a.path === undefined || b.path === undefined || bare(a.path) === bare(b.path))
}

/** A path without what encoders and joins differ in. */
export function bare(path: string): string {
  return path
    .replace(/^[a-z]{2,6}:\/\/[^/]*/i, '')
    .replace(/%25/g, '%')
    .replace(/%[0-9A-Fa-f]{2}/g, (octet) => String.fromCharCode(Number.parseInt(octet.slice(1), 16)))
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '')
}

/** Whether both are known, and are not the same. */
export function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b
}
