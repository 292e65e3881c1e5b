/** What stood on the wire in front of the service, as a capture tool writes it. */
import { bodyText } from '../interop/relay.mjs'
import type { WireExchange } from './truth.ts'

const LONGEST_BODY = 2_000

export function serverCapture(exchanges: readonly WireExchange[]): string {
  return exchanges
    .map(({ request, response }) => {
      const asked = request.head + Buffer.concat(request.body).toString('latin1').slice(0, LONGEST_BODY)
      const answered = response === undefined ? '' : response.head.replace(/transfer-encoding: chunked\r\n/i, '') + bodyText(response)
      return `${asked}\n\n${answered}\n\n`
    })
    .join('')
    .replaceAll('\r\n', '\n')
}
