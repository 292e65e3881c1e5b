/**
 * Lines of access logs that can be of the refused request: they show its path and host at some hop, and nothing else.
 * @see ../evidence/logged-requests.ts
 */

import type { CaseFile, RequestLine } from '../../case/index.js'
import { type SigningInputs, splitTarget } from '../../sigv4/index.js'
import { verifierPart } from './case-views.js'
import { bareText, canonicalUriOf } from './path-spelling.js'

/** A line, and its path beside the verifier's: the same, or one the end of the other ("/api/b/k" and "/b/k"). */
export interface LineOfRequest {
  readonly line: RequestLine
  readonly path: string
  readonly same: boolean
}

/** The refused lines with the method of the case and with its path, or with its path behind or without a prefix. */
export function linesOfRequest(file: CaseFile, inputs: SigningInputs): LineOfRequest[] {
  // What the signer had is no measure for what came to a hop behind it.
  if (file.inputsFrom === undefined || file.inputsFrom === 'signer') return []
  const canonical = bareText(canonicalUriOf(inputs))
  const method = verifierPart(file, 'method')
  return file.observations.flatMap((seen): LineOfRequest[] => {
    if (seen.kind !== 'request-line' || (method !== undefined && seen.line.method !== method)) return []
    const { path } = splitTarget(seen.line.target)
    const bare = bareText(path)
    const same = bare === canonical
    const prefixed = canonical.length > 1 && bare.length > 1 && (bare.endsWith(canonical) || canonical.endsWith(bare))
    return same || prefixed ? [{ line: seen.line, path, same }] : []
  })
}

/** Whose path or host a line is compared with, as the subject of a sentence. */
export function receiver(file: CaseFile): string {
  return file.inputsFrom === 'verifier' ? 'the service received' : 'the request shown has'
}
