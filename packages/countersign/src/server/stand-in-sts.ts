/** Answers of the query protocol: STS GetCallerIdentity in full, any other action that there is as an empty result. */
import { byteString, type HttpRequest, headerValue, splitTarget } from '../sigv4/index.js'
import { type Caller, element, QUERY_NAMESPACES, queryError } from '../verifier/index.js'
import type { StandInAnswer } from './stand-in.js'

/** What a request of the query protocol asks for: names of its form, or of its query. A body of another type is no form. */
interface Asked {
  readonly action: string | undefined
  readonly version: string | undefined
}

export function askedOf(request: HttpRequest): Asked {
  const isForm = /^application\/x-www-form-urlencoded/i.test(headerValue(request, 'content-type') ?? '')
  const form = isForm && request.body !== undefined ? byteString(request.body.subarray(0, 65_536)) : ''
  const query = splitTarget(request.target).query ?? ''
  const value = (pattern: RegExp) => (pattern.exec(form) ?? pattern.exec(query))?.[1]
  return { action: value(ACTION), version: value(VERSION) }
}

/** The answer to a right request; `undefined` where it names no action, and another service than STS may know what it means. */
export function queryProtocolAnswer(asked: Asked, service: string, caller: Caller): StandInAnswer | undefined {
  const { action, version = 'NO_VERSION_SPECIFIED' } = asked
  if (action === undefined) return service === 'sts' ? answerOf(caller, 302, '', [['Location', 'https://aws.amazon.com/iam']]) : undefined
  if (service === 'sts' && (version !== STS_VERSION || !STS_ACTIONS.has(action))) {
    const message = `Could not find operation ${action} for version ${version}`
    return answerOf(caller, 400, queryError('InvalidAction', message, caller.requestId, FAULTS))
  }
  const namespace = QUERY_NAMESPACES.get(service)
  const lines = service === 'sts' && action === 'GetCallerIdentity' ? identityOf(caller).map((line) => `    ${line}\n`) : []
  const opened = `<${action}Response${namespace === undefined ? '' : ` xmlns="${namespace}"`}>`
  const result = `  <${action}Result>\n${lines.join('')}  </${action}Result>\n`
  const metadata = `  <ResponseMetadata>\n    ${element('RequestId', caller.requestId.uuid)}\n  </ResponseMetadata>\n`
  return answerOf(caller, 200, `${opened}\n${result}${metadata}</${action}Response>\n`)
}

function identityOf({ principal, accessKeyId }: Caller): readonly string[] {
  const arn = `arn:aws:iam::${ACCOUNT}:user/${principal ?? accessKeyId}`
  return [element('Arn', arn), element('UserId', accessKeyId), element('Account', ACCOUNT)]
}

function answerOf({ requestId }: Caller, status: number, body: string, headers: StandInAnswer['headers'] = []): StandInAnswer {
  const own = [['x-amzn-requestid', requestId.uuid], ...headers] as const
  return { status, headers: body === '' ? own : [['Content-Type', 'text/xml'], ...own], body: [Buffer.from(body, 'utf8')] }
}

/** The account of AWS's own examples. */
const ACCOUNT = '123456789012'
const ACTION = /(?:^|&)Action=([A-Za-z0-9]{1,128})(?:&|$)/
const VERSION = /(?:^|&)Version=([A-Za-z0-9-]{1,64})(?:&|$)/
const FAULTS = 'http://webservices.amazon.com/AWSFault/2005-15-09'
const STS_VERSION = '2011-06-15'
const STS_ACTIONS: ReadonlySet<string> = new Set([
  'AssumeRole',
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
  'AssumeRoot',
  'DecodeAuthorizationMessage',
  'GetAccessKeyInfo',
  'GetCallerIdentity',
  'GetDelegatedAccessToken',
  'GetFederationToken',
  'GetSessionToken',
  'GetWebIdentityToken',
])
