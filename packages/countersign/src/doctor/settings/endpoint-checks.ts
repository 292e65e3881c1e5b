/** The endpoint: which one each SDK takes, how it is written, and whether buckets and checksums suit it. */
import { scopeOf } from '../../endpoints/index.js'
import { variable } from '../chains/resolution.js'
import { type Check, check } from '../check.js'
import { setVariable } from '../fix-commands.js'
import type { Machine } from '../machine.js'
import { nested } from '../profiles/profile-file.js'
import { addressIn, isLoopback } from './address.js'
import { chosenSettings } from './chosen-settings.js'
import { type Endpoint, endpointsOf, type SdkEndpoint, SERVICES } from './endpoints.js'

export function endpointChecks(machine: Machine, asked: string | undefined): readonly Check[] {
  const all = SERVICES.map((service) => ({ service, found: endpointsOf(machine, service, asked) }))
  const urls = new Map(
    all.flatMap(({ found }) => found.flatMap(({ endpoint }) => (endpoint === undefined ? [] : [[endpoint.url, endpoint] as const]))),
  )
  const ofS3 = all[0]!.found.find(({ endpoint }) => endpoint !== undefined)?.endpoint
  return [chosenCheck(all), formCheck([...urls.values()]), variantsCheck(machine, ofS3), checksumsCheck(machine, ofS3)]
}

/** The hosts of endpoints that are set. */
export function endpointHosts(machine: Machine, asked: string | undefined): readonly string[] {
  const urls = SERVICES.flatMap((service) => endpointsOf(machine, service, asked)).flatMap(({ endpoint }) => endpoint?.url ?? [])
  return [...new Set(urls.map((url) => addressIn(url)?.host).filter((host) => host !== undefined))]
}

function chosenCheck(all: readonly { readonly service: string; readonly found: readonly SdkEndpoint[] }[]): Check {
  const detail: string[] = []
  let differ = false
  for (const { service, found } of all) {
    const groups = new Map<string, readonly string[]>()
    for (const { sdk, endpoint } of found) {
      const says = endpoint === undefined ? 'the one of the region' : `${endpoint.url} (${endpoint.from})`
      groups.set(says, [...(groups.get(says) ?? []), sdk.title])
    }
    differ ||= groups.size > 1
    for (const [says, titles] of groups)
      detail.push(`${service}: ${says}: ${titles.length === found.length ? 'every SDK' : titles.join(', ')}`)
  }
  if (differ) return check('endpoint.chosen', 'warn', 'the SDKs do not take the same endpoint', { detail })
  const set = all.some(({ found }) => found.some(({ endpoint }) => endpoint !== undefined))
  return check(
    'endpoint.chosen',
    'ok',
    set ? 'every SDK takes the endpoint that is set' : 'no endpoint is set: each SDK takes the one of the region',
    {
      detail,
    },
  )
}

function formCheck(endpoints: readonly Endpoint[]): Check {
  if (endpoints.length === 0) return check('endpoint.form', 'skipped', 'no endpoint is set')
  const detail = endpoints.flatMap(({ url, from }) => endpointFaults(url).map((says) => `the endpoint of ${from} ${says}`))
  if (detail.length > 0) return check('endpoint.form', 'fail', 'an endpoint is not a plain address', { detail })
  return check('endpoint.form', 'ok', 'the endpoint is a plain address')
}

/** What is wrong with an endpoint, in words that follow it. */
export function endpointFaults(url: string): readonly string[] {
  if (url !== url.trim()) return ['has white space around it']
  if (/^["']|["']$/.test(url)) return ['has quotation marks, which become a part of it']
  if (/\s/.test(url)) return ['holds white space']
  const address = addressIn(url)
  if (address === undefined) return ['has no scheme: write http:// or https:// before it']
  const { scheme, host, path, hasUser, port } = address
  const { service } = scopeOf(host)
  return [
    ...(scheme === 'http' || scheme === 'https' ? [] : [`has the scheme ${JSON.stringify(scheme)}; only http and https are spoken`]),
    ...(hasUser ? ['holds a user or a password, which no SDK sends'] : []),
    ...(port !== '' && !isPort(port) ? ['has a port that is none'] : []),
    ...(/[?#]/.test(path) ? ['has a query, which no SDK keeps'] : []),
    ...(path.length > 1 && !/[?#]/.test(path)
      ? ['has a path: it becomes a part of what is signed, so nothing on the way may take it off']
      : []),
    ...(service === 's3' && isBucketHost(host) ? ['has the bucket in its host, and an SDK puts it there once more'] : []),
    ...(service !== null && scheme === 'http' ? ['speaks http to AWS'] : []),
  ]
}

function isPort(port: string): boolean {
  return /^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) < 65_536
}

function isBucketHost(host: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,80}\.s3[.-]/.test(host) && !/^(?:bucket|accesspoint|control)\.vpce-/.test(host)
}

function variantsCheck(machine: Machine, endpoint: Endpoint | undefined): Check {
  const settings = chosenSettings(machine)
  const on = (name: string, setting: string): boolean => /^true$/i.test(variable(machine.env, name) ?? settings.get(setting) ?? '')
  const fips = on('AWS_USE_FIPS_ENDPOINT', 'use_fips_endpoint')
  const dual = on('AWS_USE_DUALSTACK_ENDPOINT', 'use_dualstack_endpoint')
  const style = nested(settings.get('s3')).get('addressing_style')
  const address = endpoint === undefined ? undefined : addressIn(endpoint.url)
  const detail = [
    ...(fips ? ['FIPS endpoints are asked for'] : []),
    ...(dual ? ['dual-stack endpoints are asked for'] : []),
    ...(style === undefined ? [] : [`buckets: addressing_style = ${style}; the AWS CLI and boto3 alone read that`]),
  ]
  if (address !== undefined && (fips || dual))
    return check(
      'endpoint.variants',
      'fail',
      `an endpoint of your own cannot be ${fips ? 'FIPS' : 'dual-stack'}: SDKs stop with an error`,
      { detail },
    )
  if (address !== undefined && isNotOfAws(address.host) && style !== 'path')
    return check('endpoint.variants', 'warn', 'this endpoint may not know buckets in the host name: ask each SDK for path style', {
      detail: [...detail, ...PATH_STYLE],
    })
  return check('endpoint.variants', 'ok', detail.length === 0 ? 'plain endpoints' : detail.join('; '), { detail })
}

function checksumsCheck(machine: Machine, endpoint: Endpoint | undefined): Check {
  const settings = chosenSettings(machine)
  const value = variable(machine.env, 'AWS_REQUEST_CHECKSUM_CALCULATION') ?? settings.get('request_checksum_calculation')
  const address = endpoint === undefined ? undefined : addressIn(endpoint.url)
  if (value !== undefined && !/^when_(?:supported|required)$/i.test(value))
    return check(
      'endpoint.checksums',
      'fail',
      `request_checksum_calculation is ${JSON.stringify(value)}; write when_supported or when_required`,
    )
  if (address === undefined || !isNotOfAws(address.host)) return check('endpoint.checksums', 'ok', 'the SDKs’ checksums suit AWS')
  if (value?.toLowerCase() === 'when_required') return check('endpoint.checksums', 'ok', 'checksums are sent only where they are required')
  return check('endpoint.checksums', 'warn', 'since 2025 SDKs send a checksum with every upload, which older S3 servers refuse', {
    detail: ['As a trailer of a streamed body it is a signature mismatch on servers that do not know trailers.', SOURCE_CHECKSUMS],
    fix: setVariable(machine.system, 'AWS_REQUEST_CHECKSUM_CALCULATION', 'when_required'),
  })
}

/** Whether a host is another's server, as far as its name says. */
export function isNotOfAws(host: string): boolean {
  const { service, partition } = scopeOf(host)
  return isLoopback(host) || (service === null && partition === null)
}

const PATH_STYLE = [
  'AWS CLI: aws configure set s3.addressing_style path',
  "boto3: Config(s3={'addressing_style': 'path'}); JavaScript: forcePathStyle: true; Java: forcePathStyle(true); Go: UsePathStyle",
]
const SOURCE_CHECKSUMS = 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html'
