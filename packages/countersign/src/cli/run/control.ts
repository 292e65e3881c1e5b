/** The same call by the official command line, as a control: made from a request that changes nothing. */
import { hostScope } from '../../endpoints/index.js'
import { authorizationOf, credentialIn, headerValue, splitTarget, uriDecode } from '../../sigv4/index.js'
import { type ReportedRun, whyOf } from './run-report.js'
import type { SeenRequest } from './seen-requests.js'

export interface Control {
  readonly of: SeenRequest
  readonly words: readonly string[]
}

/** The first refused request, else the first signed one; or why there is no control of it. */
export function controlOf({ requests }: Pick<ReportedRun, 'requests'>): Control | { readonly why: string } {
  const signed = requests.filter(({ signed: how }) => how.length > 0)
  const of = signed.find(({ answer }) => answer === 'refused') ?? signed[0]
  if (of === undefined) return { why: 'No signed request was seen that a control could be made from.' }
  const words = wordsOf(of)
  return words === undefined
    ? { why: `No control is made from #${of.number}: only calls of S3 that read, and sts get-caller-identity, can be made again safely.` }
    : { of, words: ['aws', ...words] }
}

function wordsOf({ seen: { received } }: SeenRequest): readonly string[] | undefined {
  const request = { ...received, body: undefined }
  const authorization = authorizationOf(request)
  const scope = authorization === undefined ? undefined : credentialIn(authorization)?.scope
  if (scope === undefined) return undefined
  const host = headerValue(request, 'host') ?? ''
  const region = hostScope(host)?.region ?? scope.region
  const where = region === undefined ? [] : ['--region', region]
  if (scope.service === 'sts') return ['sts', 'get-caller-identity', ...where]
  if (scope.service !== 's3' || (received.method !== 'GET' && received.method !== 'HEAD')) return undefined
  const { path, query = '' } = splitTarget(received.target)
  // An object has subresources, which are other calls.
  const names = query.split('&').map((pair) => pair.split('=', 1)[0]!)
  if (names.some((name) => name !== '' && !/^(?:X-Amz-.*|x-id|list-type|prefix|delimiter|max-keys|encoding-type)$/i.test(name)))
    return undefined
  const hosted = /^(.{3,63})\.s3[.-]/.exec(host)?.[1]
  const [first = '', ...rest] = path.slice(1).split('/')
  const bucket = hosted ?? uriDecode(first)
  const key = hosted === undefined ? rest.join('/') : path.slice(1)
  if (bucket === '') return ['s3api', 'list-buckets', ...where]
  const named = ['--bucket', bucket]
  if (key === '') return ['s3api', received.method === 'HEAD' ? 'head-bucket' : 'list-objects-v2', ...named, ...where]
  const object = [...named, `--key=${uriDecode(key)}`]
  return received.method === 'HEAD'
    ? ['s3api', 'head-object', ...object, ...where]
    : ['s3api', 'get-object', ...object, ...where, '/dev/null']
}

/** What the control says of the request that it was made from. */
export function comparedControl({ of }: Control, control: ReportedRun): string {
  const answers = control.requests.filter(({ signed }) => signed.length > 0)
  const last = answers.at(-1)
  if (last === undefined) return 'The control sent no signed request through the relay: is the AWS CLI set up with keys?'
  const accepted = last.answer === 'accepted' || last.answer === 'denied'
  const name = `#${of.number}`
  if (of.answer === 'refused') {
    if (accepted)
      return `The AWS CLI's call is accepted and ${name} is refused: look at how your client signs, not at the key, the clock or the way.`
    const [one, other] = [of, last].map(({ diagnosis }) => diagnosis?.findings[0])
    return `The AWS CLI's call is refused like ${name}${other === undefined ? '' : `, for ${whyOf(other)}`}: ${one?.causes[0] === other?.causes[0] ? 'look at the key, the clock and what stands between, not at your client' : 'the two reasons are not the same'}.`
  }
  return accepted
    ? `The AWS CLI's call is accepted, too.`
    : `The AWS CLI's call is ${last.answer === 'refused' ? 'refused' : 'answered without a word about its signature'}, and ${name} is not.`
}
