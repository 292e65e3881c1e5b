/** What an answer that passes by says of the signature, and the refusal as the diagnosis takes it. */
import { AUTH_CODES } from '../catalog/index.js'
import type { RefusalToDiagnose } from '../server/index.js'
import { checkOfError } from '../sigv4/index.js'
import { errorText, type SeenExchange } from '../transit/index.js'
import type { RefusedRequest } from '../verifier/index.js'

/** The error code of an answer: of its body, or of a header where the body has none. */
export function codeOf({ response }: SeenExchange): string | undefined {
  if (response === undefined || response.status < 400) return undefined
  const text = errorText(response)
  const stated = CODE.exec(text)
  const named = stated?.[1] ?? stated?.[2] ?? response.headers.find(([name]) => name.toLowerCase() === 'x-amzn-errortype')?.[1]
  return /^\s*(?:[\w.]{1,100}#)?([A-Za-z0-9.]{3,80})/.exec(named ?? '')?.[1]
}

/** Whether an answer may refuse the signature. Without a code, as the answer to HEAD is, its status tells. */
export function mayBeRefusal({ response }: SeenExchange, code: string | undefined): boolean {
  if (response === undefined || response.status < 400 || response.status >= 500) return false
  if (code === undefined) return response.status === 401 || response.status === 403
  // S3 says with a general code that a header is missing (InvalidRequest), or that there are two mechanisms (InvalidArgument).
  return AUTH_CODES.has(code) || checkOfError(code, MESSAGE.exec(errorText(response))?.[1] ?? '', 's3') !== undefined
}

/** The refusal for the thread that diagnoses: nothing is known of it but what passed. */
export function seenRefusal(seen: SeenExchange, code: string | undefined, hop: string): RefusedRequest & RefusalToDiagnose {
  const { received, sent, response } = seen
  const { status = 0, headers = [] } = response ?? {}
  const body = response === undefined ? '' : errorText(response)
  return {
    requestId: `${seen.number}` as RefusedRequest['requestId'],
    at: seen.at,
    fidelity: 'exact',
    request: { ...(sent ?? received), body: seen.body?.length === 0 ? new Uint8Array(0) : undefined },
    error: { code: code ?? '', message: '', status, check: '', group: 'mechanism', number: 1, of: 1, extra: [] },
    service: '',
    accessKeyId: undefined,
    key: undefined,
    inputs: undefined,
    answer: { status, headers, body },
    hop,
    ...(sent === undefined ? {} : { received }),
  }
}

const MESSAGE = /<Message>([^<]{1,1000})<\/Message>/
const CODE = /<Code>([^<]{1,80})<\/Code>|"(?:__type|code|Code)"\s{0,4}:\s{0,4}"([^"]{1,200})"/
