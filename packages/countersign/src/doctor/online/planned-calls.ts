/** Where calls of STS and IAM go, and what they are signed for. */

import { variable } from '../chains/resolution.js'
import { SDKS } from '../chains/sdks.js'
import type { Machine } from '../machine.js'
import { endpointOf } from '../settings/endpoints.js'
import { regionFault, regionOf } from '../settings/region-checks.js'

export interface PlannedCall {
  readonly endpoint: string
  readonly region: string
  readonly service: 'sts' | 'iam'
}

/** A call, and what it asks. */
export interface ServiceCall extends PlannedCall {
  readonly form: Readonly<Record<string, string>>
}

/** GetCallerIdentity, at the endpoint and for the region that the machine is set to. */
export function identityCall(
  machine: Machine,
  asked: { readonly region: string | undefined; readonly endpoint: string | undefined },
): ServiceCall {
  const region = asked.region ?? SDKS.map((sdk) => regionOf(sdk, machine)).find((one) => one !== undefined) ?? 'us-east-1'
  const own = asked.endpoint ?? SDKS.map((sdk) => endpointOf(sdk, machine, 'sts')).find((one) => one !== undefined)?.url
  const host = regionFault(region) === undefined ? region : 'us-east-1'
  return {
    endpoint: own ?? `https://sts.${host}.amazonaws.com${host.startsWith('cn-') ? '.cn' : ''}`,
    region,
    service: 'sts',
    form: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
  }
}

/** A call of IAM, which has one endpoint in each partition. */
export function globalCall(machine: Machine, identity: PlannedCall, asked: string | undefined, form: ServiceCall['form']): ServiceCall {
  const [host, region] = identity.region.startsWith('cn-')
    ? ['iam.cn-north-1.amazonaws.com.cn', 'cn-north-1']
    : identity.region.startsWith('us-gov-')
      ? ['iam.us-gov.amazonaws.com', 'us-gov-west-1']
      : ['iam.amazonaws.com', 'us-east-1']
  const own = asked ?? variable(machine.env, 'AWS_ENDPOINT_URL_IAM', 'AWS_ENDPOINT_URL')
  return { endpoint: own ?? `https://${host}`, region, service: 'iam', form: { ...form, Version: '2010-05-08' } }
}
