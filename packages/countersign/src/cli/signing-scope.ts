/** Region and service of a signature to be made: from options, from the host where it names them, from the profile. */
import { hostScope } from '../endpoints/host-scope.js'
import { type HttpRequest, headerValue } from '../sigv4/http-request.js'
import { CliError } from './cli-error.js'
import type { Options } from './options.js'
import type { KnownKeys } from './secrets.js'

export interface SigningScope {
  readonly region: string
  readonly service: string
}

/** What to sign for. */
export function signingScope(request: HttpRequest, options: Options, keys: KnownKeys): SigningScope {
  const host = headerValue(request, 'host')
  if (host === undefined) throw new CliError('the request has no Host header, which every signature covers')
  const named = hostScope(host)
  const service = options.one('service') ?? named?.service
  const region = options.one('region') ?? named?.region ?? keys.region
  if (service === undefined) throw new CliError(`the service cannot be told from the host ${JSON.stringify(host)}: give --service`)
  if (region === undefined) throw new CliError(`the region cannot be told from the host ${JSON.stringify(host)}: give --region`)
  return { region, service }
}
