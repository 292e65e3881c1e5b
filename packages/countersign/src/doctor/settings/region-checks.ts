/** The region: which one each SDK takes, how it is written, whether the endpoint is signed for it. */

import { AWS_REGIONS, scopeOf } from '../../endpoints/index.js'
import { type AnySdk, SDKS } from '../chains/sdks.js'
import { type Check, check, type System } from '../check.js'
import { setVariable } from '../fix-commands.js'
import type { Machine } from '../machine.js'
import { chosenSettings } from './chosen-settings.js'

/** The region that an SDK takes without being given one; `undefined` where it finds none. */
export function regionOf(sdk: AnySdk, machine: Machine): string | undefined {
  const skipsEmpty = 'emptyIsUnset' in sdk
  const values = sdk.regionVariables.map((name) => machine.env[name])
  const fromVariable = values.find((value) => value !== undefined && (value !== '' || !skipsEmpty))
  if (fromVariable !== undefined) return fromVariable === '' ? undefined : fromVariable
  return chosenSettings(machine, sdk).get('region')
}

/** @param hosts Hosts that requests go to, as far as they are known. */
export function regionChecks(machine: Machine, asked: string | undefined, hosts: readonly string[]): readonly Check[] {
  const regions = SDKS.map((sdk) => ({ sdk, region: asked ?? regionOf(sdk, machine) }))
  return [chosenCheck(machine, regions), formCheck(regions), parityCheck(regions, hosts)]
}

type Regions = readonly { readonly sdk: AnySdk; readonly region: string | undefined }[]

function chosenCheck({ system }: Machine, regions: Regions): Check {
  const groups = new Map<string | undefined, readonly string[]>()
  for (const { sdk, region } of regions) groups.set(region, [...(groups.get(region) ?? []), sdk.title])
  const detail = [...groups].map(([region, titles]) => `${titles.join(', ')}: ${region === undefined ? 'none' : JSON.stringify(region)}`)
  const [only] = groups.keys()
  if (groups.size > 1)
    return check('region.chosen', 'warn', 'the SDKs do not take the same region', {
      detail: [...detail, VARIABLES],
      fix: regionFix(system, regions),
    })
  if (only === undefined) return check('region.chosen', 'warn', 'no SDK finds a region')
  return check('region.chosen', 'ok', `every SDK takes ${only}`)
}

/** Where some SDKs find one region and others none, the variable that those read. */
function regionFix(system: System, regions: Regions): Check['fix'] {
  const [region, more] = new Set(regions.map((one) => one.region).filter((one) => one !== undefined))
  if (region === undefined || more !== undefined || regionFault(region) !== undefined) return undefined
  const without = regions.find((one) => one.region === undefined)
  return without === undefined ? undefined : setVariable(system, without.sdk.regionVariables[0], region)
}

function formCheck(regions: Regions): Check {
  const detail = [...new Set(regions.map(({ region }) => region))].flatMap((region) => {
    const fault = region === undefined ? undefined : regionFault(region)
    return fault === undefined ? [] : [`${JSON.stringify(region)} ${fault}`]
  })
  if (detail.length > 0) return check('region.form', 'fail', 'a region is not written as regions are', { detail })
  return regions.every(({ region }) => region === undefined)
    ? check('region.form', 'skipped', 'there is no region')
    : check('region.form', 'ok', 'the region is written as regions are')
}

/** What is wrong with a region, in words that follow it. A region that is not known may be newer than this version. */
export function regionFault(region: string): string | undefined {
  if (region !== region.trim()) return 'has white space around it'
  if (/^["']|["']$/.test(region)) return 'has quotation marks, which become a part of it'
  if (/\s[#;]/.test(region)) return 'holds a comment, which becomes a part of it'
  if (region !== region.toLowerCase()) return 'has capitals; regions have none'
  if (/^[a-z]{2}(?:-[a-z]{2,12}){1,3}-\d[a-z]$/.test(region)) return 'is an availability zone; the region is without the last letter'
  if (/^(?:undefined|null|none|\$.*|<.*>)$/.test(region)) return 'is a placeholder'
  return /^[a-z0-9-]{1,60}$/.test(region) ? undefined : 'holds characters that no region has'
}

function parityCheck(regions: Regions, hosts: readonly string[]): Check {
  const detail = hosts.flatMap((host) => {
    const scope = scopeOf(host)
    const fitting = scope.region === null ? scope.regions : [scope.region]
    // S3's host without a region takes the region of the bucket, too.
    if (scope.service === 's3' && scope.region !== null && !scope.host.includes(scope.region)) return []
    if (fitting === undefined || fitting.includes('*')) return []
    return regions
      .filter(({ region }) => region !== undefined && !fitting.includes(region))
      .map(({ sdk, region }) => `${sdk.title} signs for ${JSON.stringify(region)}, and ${scope.host} takes ${fitting.join(' or ')}`)
  })
  const unknown = [...new Set(regions.map(({ region }) => region))].filter(
    (region) => region !== undefined && regionFault(region) === undefined && !KNOWN.has(region),
  )
  if (detail.length > 0) return check('region.parity', 'fail', 'requests are signed for another region than the endpoint’s', { detail })
  if (unknown.length > 0 && hosts.length === 0)
    return check('region.parity', 'warn', `${unknown.map((one) => JSON.stringify(one)).join(', ')}: no region of AWS that is known here`)
  if (hosts.length === 0) return check('region.parity', 'skipped', 'no endpoint is set, so the SDKs make it from the region')
  return check('region.parity', 'ok', 'the region suits the endpoint')
}

const VARIABLES =
  'The AWS CLI v1 and boto3 read AWS_DEFAULT_REGION alone, JavaScript and Java AWS_REGION alone, the AWS CLI v2 and Go both.'
const KNOWN: ReadonlySet<string> = new Set(AWS_REGIONS)
