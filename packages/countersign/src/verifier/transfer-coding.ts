/** Bodies whose length no header tells. */
import { type HttpRequest, headerValues, type Refused } from '../sigv4/index.js'
import type { RequestFidelity } from './outcome.js'
import type { PayloadMode } from './payload-check.js'

/**
 * The refusal of a body that comes in a transfer coding. "chunked" is taken off by the runtime; any other would be taken for the
 * body. S3 wants to know the length beforehand: it takes "chunked" only around a payload that is aws-chunked and says its
 * length in x-amz-decoded-content-length.
 *
 * @param fidelity Of what is not exact, the header is that of a hop, and no word of the client.
 */
export function transferCodingRefused(
  request: HttpRequest,
  mode: PayloadMode,
  dialect: 's3' | 'standard',
  fidelity: RequestFidelity,
): Refused | undefined {
  const codings = headerValues(request, 'transfer-encoding')
  if (codings.length === 0 || fidelity !== 'exact') return undefined
  const isChunked = codings.length === 1 && codings[0]!.trim().toLowerCase() === 'chunked'
  if (isChunked && (dialect === 'standard' || mode === 'stream')) return undefined
  // The other services refuse it before any service sees it: a status and nothing else.
  return dialect === 'standard' ? { code: '', message: '', status: 501 } : S3_REFUSED
}

const S3_REFUSED: Refused = {
  code: 'NotImplemented',
  message: 'A header you provided implies functionality that is not implemented',
  status: 501,
  extra: [['Header', 'Transfer-Encoding']],
}
