/**
 * The endpoint that an SDK takes without being given one: the variable of the service, the variable of all services, the services section
 * of the profile, the profile. Held against botocore and JavaScript by test/doctor/real-sdks.test.ts.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
import { variable } from '../chains/resolution.js'
import { type AnySdk, SDKS, setupOf } from '../chains/sdks.js'
import type { Machine } from '../machine.js'
import { nested } from '../profiles/profile-file.js'
import { chosenSettings } from './chosen-settings.js'

/** The services whose endpoints are looked at: the one whose requests fail most, and the one that says who you are. */
export const SERVICES = ['s3', 'sts'] as const
export type Service = (typeof SERVICES)[number]

export interface Endpoint {
  readonly url: string
  readonly from: string
}

export function endpointOf(sdk: AnySdk, machine: Machine, service: Service): Endpoint | undefined {
  const settings = chosenSettings(machine, sdk)
  if (isIgnored(machine, settings.get('ignore_configured_endpoint_urls'))) return undefined
  const ownVariable = `AWS_ENDPOINT_URL_${service.toUpperCase()}`
  for (const name of [ownVariable, 'AWS_ENDPOINT_URL']) {
    const url = variable(machine.env, name)
    if (url !== undefined) return { url, from: name }
  }
  const section = settings.get('services')
  const own =
    section === undefined ? undefined : nested(setupOf(sdk, machine).config.services.get(section)?.get(service)).get('endpoint_url')
  if (own !== undefined && own !== '') return { url: own, from: `the services section ${JSON.stringify(section)}` }
  const url = settings.get('endpoint_url')
  return url === undefined || url === '' ? undefined : { url, from: 'the profile' }
}

/** What each SDK takes for a service. @param asked What the user names, which every SDK is given. */
export function endpointsOf(machine: Machine, service: Service, asked: string | undefined): readonly SdkEndpoint[] {
  const given = asked === undefined ? undefined : { url: asked, from: '--endpoint-url' }
  return SDKS.map((sdk) => ({ sdk, endpoint: given ?? endpointOf(sdk, machine, service) }))
}

export interface SdkEndpoint {
  readonly sdk: AnySdk
  readonly endpoint: Endpoint | undefined
}

function isIgnored({ env }: Machine, setting: string | undefined): boolean {
  return /^true$/i.test(variable(env, 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS') ?? setting ?? '')
}
