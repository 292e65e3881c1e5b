/** Answers of the query protocol: STS GetCallerIdentity in full, any other action as an empty result. */
import { byteString, type HttpRequest, splitTarget } from '../sigv4/index.js'
import { type Caller, element } from '../verifier/index.js'
import type { StandInAnswer } from './stand-in.js'

/** The Action of a query-protocol request, from its form or its query. */
export function actionOf(request: HttpRequest): string | undefined {
  const form = request.body === undefined ? '' : byteString(request.body.subarray(0, 65_536))
  const found =
    /(?:^|&)Action=([A-Za-z0-9]{1,128})(?:&|$)/.exec(form) ??
    /(?:^|&)Action=([A-Za-z0-9]{1,128})(?:&|$)/.exec(splitTarget(request.target).query ?? '')
  return found?.[1]
}

export function queryProtocolAnswer(action: string, service: string, caller: Caller): StandInAnswer {
  const result =
    service === 'sts' && action === 'GetCallerIdentity'
      ? element('Arn', `arn:aws:iam::${ACCOUNT}:user/${caller.principal ?? caller.accessKeyId}`) +
        element('UserId', caller.accessKeyId) +
        element('Account', ACCOUNT)
      : ''
  const metadata = `<ResponseMetadata>${element('RequestId', caller.requestId.uuid)}</ResponseMetadata>`
  const namespace = service === 'sts' ? ' xmlns="https://sts.amazonaws.com/doc/2011-06-15/"' : ''
  return {
    status: 200,
    headers: [
      ['Content-Type', 'text/xml'],
      ['x-amzn-RequestId', caller.requestId.uuid],
    ],
    body: Buffer.from(`<${action}Response${namespace}><${action}Result>${result}</${action}Result>${metadata}</${action}Response>`, 'utf8'),
  }
}

/** The account of AWS's own examples. */
const ACCOUNT = '123456789012'
