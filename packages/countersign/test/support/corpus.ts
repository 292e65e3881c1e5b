/** The corpus as requests and options for `verify`. docs/manual/corpus.md describes the format. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { HttpRequest, VerifyOptions } from '../../src/sigv4/index.ts'

export interface CorpusEntry {
  readonly name: string
  readonly why: string
  readonly source: string
  readonly clock: string
  readonly verifier: { readonly service: string; readonly region: string }
  readonly credentials: readonly {
    readonly accessKeyId: string
    readonly secretAccessKey: string
    /** `null`: the key is known to have none. */
    readonly sessionToken?: string | null
    readonly expired?: boolean
  }[]
  readonly request: { readonly head: string; readonly bodyBase64?: string }
  readonly expected:
    | { readonly accepted: true }
    | {
        readonly accepted: false
        readonly status: number
        readonly code: string
        readonly message: string
        readonly extra: readonly (readonly [string, string])[]
        readonly check: { readonly id: string; readonly number: number; readonly of: number }
      }
}

const FOLDER = fileURLToPath(new URL('../../../../corpus/', import.meta.url))

/** All entries by file. */
export const CORPUS: ReadonlyMap<string, readonly CorpusEntry[]> = new Map(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name.replace('.json', ''), JSON.parse(readFileSync(`${FOLDER}${name}`, 'utf8'))]),
)

/** The request as a verifier reads it off the wire. */
export function requestOf({ request }: CorpusEntry): HttpRequest {
  const [line, ...lines] = request.head.slice(0, -'\r\n\r\n'.length).split('\r\n')
  const [method, target] = [line!.slice(0, line!.indexOf(' ')), line!.slice(line!.indexOf(' ') + 1, line!.lastIndexOf(' '))]
  return {
    method,
    target,
    headers: lines.map((text) => [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)]),
    body: Buffer.from(request.bodyBase64 ?? '', 'base64'),
  }
}

/** As node:http hands it on: no blanks around the header values. */
export function trimmed(request: HttpRequest): HttpRequest {
  return { ...request, headers: request.headers.map(([name, value]) => [name, value.trim()]) }
}

/** Head and body as they go over a socket. */
export function bytesOnWire({ request }: CorpusEntry): Buffer {
  return Buffer.concat([Buffer.from(request.head, 'latin1'), Buffer.from(request.bodyBase64 ?? '', 'base64')])
}

export function optionsOf(entry: CorpusEntry): VerifyOptions {
  const { clock, verifier, credentials } = entry
  const [{ sessionToken, expired } = {}] = credentials
  return {
    now: Date.parse(clock),
    ...verifier,
    // Not a function where the key is known, so that the fast verifier need not leave the request to `sigv4`.
    ...(isKnown(entry) ? {} : { accessKeyIdKnown: false }),
    ...(sessionToken === undefined ? {} : { sessionToken }),
    ...(expired === undefined ? {} : { sessionTokenExpired: expired }),
  }
}

/** Whether the verifier knows the access key ID of a request. */
function isKnown({ request, credentials }: CorpusEntry): boolean {
  const named = [...request.head.matchAll(/Credential=([A-Za-z0-9]+)(?:\/|%2F)/gi)].at(-1)?.[1]
  return named === undefined || credentials.some(({ accessKeyId }) => accessKeyId === named)
}
