/** AWS's partitions: whose suffix a host ends with, and whose region a label is. */
import { BOTOCORE_VERSION, PARTITIONS } from './data.js'

/** The labels of a host before a suffix of AWS, and the partitions that use the suffix. */
export interface UnderSuffix {
  readonly suffix: string
  readonly labels: readonly string[]
  readonly partitions: readonly string[]
}

/** Takes the suffix of AWS off; `undefined` where the host does not end with one, at the border of a label. */
export function underSuffix(labels: readonly string[]): UnderSuffix | undefined {
  for (let count = Math.min(LONGEST, labels.length); count > 1; count--) {
    const suffix = labels.slice(-count).join('.')
    const partitions = SUFFIXES.get(suffix)
    if (partitions !== undefined) return { suffix, labels: labels.slice(0, -count), partitions }
  }
  return undefined
}

/** The partition that a label would be a region of, known or new. */
export function partitionOfRegion(label: string): string | undefined {
  // Most labels are none: they do not end with a hyphen and a number.
  return /-\d{1,9}$/.test(label) ? REGION_FORMS.find(({ form }) => form.test(label))?.id : undefined
}

/** Where the region stands: the last label that is one, as users' labels come before; -1 where there is none. */
export function regionAt(labels: readonly string[]): number {
  for (let at = labels.length - 1; at >= 0; at--) if (partitionOfRegion(labels[at]!) !== undefined) return at
  return -1
}

/** The suffixes of a partition, for people. */
export function suffixesOf(partition: string): readonly string[] {
  return PARTITIONS.find(([id]) => id === partition)?.[2] ?? []
}

/** What to say of a region that has the right form and stands in no table; "" for all others. */
export function newRegion(region: string): string {
  return KNOWN.has(region) ? '' : ` That region is new, or misspelled: botocore ${BOTOCORE_VERSION} does not know it.`
}

/** Every region, the most used first. */
export const AWS_REGIONS: readonly string[] = [
  ...new Set([
    ...'us-east-1 us-west-2 eu-west-1 eu-central-1 us-east-2 us-west-1 ap-southeast-1 ap-southeast-2 ap-northeast-1 ap-south-1'.split(' '),
    ...PARTITIONS.flatMap(([, , , regions]) => regions.split(' ')),
  ]),
]

const KNOWN: ReadonlySet<string> = new Set(AWS_REGIONS)
const REGION_FORMS = PARTITIONS.map(([id, form]) => ({ id, form: new RegExp(form) }))
/** Suffixes of what users run, which the table of endpoints leaves out. */
const OF_USERS: readonly (readonly [string, readonly string[]])[] = [
  ['on.aws', ['aws', 'aws-us-gov']],
  ['on.amazonwebservices.com.cn', ['aws-cn']],
  ['on.amazonwebservices.eu', ['aws-eusc']],
]
const SUFFIXES: ReadonlyMap<string, readonly string[]> = new Map([
  ...PARTITIONS.flatMap(([, , suffixes]) => suffixes).map((suffix): [string, string[]] => [
    suffix,
    PARTITIONS.filter(([, , own]) => own.includes(suffix)).map(([id]) => id),
  ]),
  ...OF_USERS,
])
const LONGEST = [...SUFFIXES.keys()].reduce((most, suffix) => Math.max(most, suffix.split('.').length), 0)
