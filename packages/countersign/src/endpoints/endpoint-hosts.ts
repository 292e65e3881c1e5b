/** Hosts under a suffix of AWS, by the table of endpoints: what stands left and right of the region. */
import { endpointTables, type Shape } from './endpoint-table.js'
import { USERS_OWN } from './families.js'
import { type Found, HMAC, nothing, one, takingTokens } from './found.js'
import { plainLabels, shapeOf } from './labels.js'
import { newRegion, partitionOfRegion, regionAt, type UnderSuffix } from './partitions.js'

/** The answer for labels without AWS's suffix. */
export function regionalHost(under: UnderSuffix): Found {
  const { labels } = under
  const at = regionAt(labels)
  return at < 0 ? withoutRegion(under) : withRegion(labels.slice(0, at), labels[at]!, labels.slice(at + 1))
}

function withRegion(left: readonly string[], region: string, right: readonly string[]): Found {
  const partition = partitionOfRegion(region)!
  const place = { region, partition }
  const labels = plainLabels(left).map(withoutCell)
  const things = right.length === 0 ? thingsHost(labels) : undefined
  if (things !== undefined) return { ...nothing(things.why, place), ...things }
  const found = endpointAt(labels, right)
  if (found !== undefined) {
    const { key, shape } = found
    const where = shape.region === undefined ? `the region ${region}` : `a region, but signs for ${shape.region} from everywhere`
    const why = `The host names ${endpointWords(key, shape.service)} and ${where}.${newRegion(region)}`
    return takingTokens(one(shape.service, shape.region ?? region, partition, why), shape.bearer)
  }
  const own = USERS_OWN.get(right[0] ?? labels.at(-1) ?? '')
  if (own !== undefined) return nothing(ownWords(own), place)
  if (right.length > 0) return nothing(`No service is known whose hosts have "${right.join('.')}" after the region.`, place)
  const prefix = labels.length === 1 && /^[a-z][a-z0-9-]*$/.test(labels[0]!) ? { prefix: labels[0]! } : {}
  const why = labels.length === 0 ? 'The host names a region and no service.' : `No service is known by "${labels.join('.')}".`
  return { ...nothing(why, place), ofAws: true, ...prefix }
}

function withoutRegion({ labels, suffix, partitions }: UnderSuffix): Found {
  const place = { partition: partitions.length === 1 ? partitions[0]! : null }
  const own = USERS_OWN.get(labels.at(-1)!)
  if (own !== undefined && labels.length > 1) return nothing(ownWords(own), place)
  const { shapes } = endpointTables()
  const plain = plainLabels(labels)
  // "kms", or "sqs.nowhere".
  for (const rest of [0, 1]) {
    const key = plain.slice(0, plain.length - rest).join('.')
    const shape = shapes.get(key)
    if (shape === undefined) continue
    const words = endpointWords(key, shape.service)
    if (rest === 0 && suffix === 'amazonaws.com' && GENERAL.has(key))
      return one(shape.service, 'us-east-1', 'aws', `The host names ${words}, and leads to us-east-1.`)
    return one(
      shape.service,
      null,
      place.partition,
      `The host names ${words}; ${rest === 0 ? 'it does not say the region' : `"${plain.at(-1)}" is no region`}.`,
    )
  }
  return nothing('This ends as hosts of AWS do, and no service is known that has such a host.', place)
}

/**
 * The longest endpoint that ends the labels left of the region. What stands before it is a user's, or of a kind that is not known: the
 * names below an endpoint are the service's own, except where USERS_OWN says otherwise.
 */
function endpointAt(labels: readonly string[], right: readonly string[]): { readonly key: string; readonly shape: Shape } | undefined {
  const { shapes } = endpointTables()
  for (let from = 0; from <= labels.length; from++) {
    const key = shapeOf(labels.slice(from), right)
    const below = from === 0 ? undefined : shapes.get(`+${key}`)
    const shape = below ?? shapes.get(key)
    if (shape !== undefined) return from > 0 && USERS_OWN.has(key) ? undefined : { key, shape }
  }
  return undefined
}

/** Cells of one service: "query-cell2.timestream", "data-kinesis-pod1". */
function withoutCell(label: string): string {
  return label.replace(/^(query|ingest|(?:data-|control-)?kinesis)-(?:cell|pod)\d{1,4}$/, '$1')
}

/** Hosts of an account's things in IoT: over HTTPS another name is signed than over WebSocket. */
function thingsHost(labels: readonly string[]): (Pick<Found, 'why'> & Partial<Found>) | undefined {
  if (labels.at(-1) !== 'iot' || labels.length === 1 || endpointTables().shapes.has(labels.join('.')) || labels.at(-2) === 'jobs')
    return undefined
  const why = "This is an account's own host of IoT: requests are signed as iotdata, MQTT over WebSocket as iotdevicegateway."
  if (labels.length === 2 || labels.at(-2) === 'ats')
    return { services: ['iotdata', 'iotdevicegateway'], algorithm: HMAC, why, ofAws: true }
  if (labels.at(-2) === 'credentials')
    return { why: "This is IoT's credential provider, which takes a client certificate and no signature." }
  return { why: `No service is known by "${labels.slice(-2).join('.')}".`, ofAws: true }
}

function endpointWords(key: string, service: string): string {
  const name = key.replace('>', '')
  return name === service ? `the endpoint of ${service}` : `the endpoint "${name}", which signs as ${service},`
}

function ownWords(own: string): string {
  return `This is ${own}: what answers there decides about signatures, and the name does not say.`
}

/** @see https://docs.aws.amazon.com/general/latest/gr/rande.html "General endpoints" */
const GENERAL = new Set(['ec2', 'autoscaling', 'elasticmapreduce'])
