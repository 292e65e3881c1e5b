/** Region (or region set) and service of a signature to be made: from options, from the host where it names them, from the profile. */
import { hostScope } from '../endpoints/index.js'
import { type HttpRequest, headerValue } from '../sigv4/index.js'
import { CliError } from './cli-error.js'
import type { OptionRules, Options } from './options.js'
import type { KnownKeys } from './secrets.js'

export const REGION_SET_RULE: OptionRules = {
  'region-set': {
    type: 'string',
    value: 'REGIONS',
    group: 'What you know',
    help: 'sign with AWS4-ECDSA-P256-SHA256 for a region set, for example us-east-1,eu-west-1 or *',
  },
}

export type SigningScope =
  | { readonly region: string; readonly service: string }
  | { readonly regionSet: readonly string[]; readonly service: string }

/** What to sign for. */
export function signingScope(request: HttpRequest, options: Options, keys: KnownKeys): SigningScope {
  const host = headerValue(request, 'host')
  if (host === undefined) throw new CliError('the request has no Host header, and every signature covers it')
  const named = hostScope(host)
  const service = options.one('service') ?? named?.service
  const regions = options.one('region-set')
  const region = options.one('region') ?? named?.region ?? keys.region
  if (service === undefined) throw new CliError(`the host ${JSON.stringify(host)} does not say the service: add --service`)
  if (regions !== undefined) {
    if (options.one('region') !== undefined) throw new CliError('give --region or --region-set, not both')
    return { regionSet: regions.split(',').map((one) => one.trim()), service }
  }
  if (region === undefined) throw new CliError(`the host ${JSON.stringify(host)} does not say the region: add --region`)
  return { region, service }
}
