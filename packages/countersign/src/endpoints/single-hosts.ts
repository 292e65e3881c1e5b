/** Hosts that are known as a whole: "iam.amazonaws.com", and those that do not write their region as others do. */
import { endpointTables, type SingleHost } from './endpoint-table.js'
import { everywhere, type Found, one, takingTokens } from './found.js'
import { partitionOfRegion, regionAt } from './partitions.js'

/** The answer for a host, or for what stands before one, if it is known as a whole. */
export function singleHost(labels: readonly string[], port: string | undefined): Found | undefined {
  const { hosts } = endpointTables()
  const local = port === undefined ? undefined : hosts.get(`${labels.join('.')}:${port}`)
  if (local !== undefined) return localServer(local)
  const at = regionAt(labels)
  const written = labels.map((label, i) => (i === at ? '*' : label))
  for (let from = 0; from < labels.length - 1; from++) {
    // "us-west-2.queue.amazonaws.com" is not below "queue.amazonaws.com".
    if (at >= 0 && at < from) break
    const host = written.slice(from).join('.')
    const known = hosts.get(host) ?? hosts.get(host.replace('-fips.', '.'))
    if (known !== undefined) return answer(known, labels[at])
  }
  return undefined
}

function answer({ service, regions, regionSet, bearer }: SingleHost, named: string | undefined): Found {
  if (regionSet !== undefined)
    return everywhere(service, regionSet, `The host is one of ${service} for several regions, which Signature Version 4A signs for.`)
  const all = regions === '*' ? [named!] : regions
  const partitions = [...new Set(all.map((region) => partitionOfRegion(region) ?? 'aws'))]
  if (all.length > 1) {
    const why = `The host is one of ${service} in ${partitions.join(' and in ')}, and does not say in which.`
    return { ...one(service, null, partitions.length === 1 ? partitions[0]! : null, why), regions: all }
  }
  const why = `The host is one of ${service}, and ${regions === '*' ? `names the region ${named}` : `signs for ${all[0]}`}.`
  return takingTokens(one(service, all[0]!, partitions[0]!, why), bearer)
}

/** "localhost:8000", which stands in AWS's tables, too. */
function localServer({ service, regions }: SingleHost): Found {
  const why = `AWS's SDKs take this address for a local server of ${service} and sign for ${regions[0]}; another server may listen there.`
  return { ...one(service, regions[0]!, partitionOfRegion(regions[0]!)!, why), ofAws: false }
}
