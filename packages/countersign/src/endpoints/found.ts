/** What was found out about a host, and the ways to say it. */

/**
 * What a host says. `null` is what it does not say, and `why` says why not.
 * @public
 */
export interface HostScope {
  /** The host as given; of a URL, its host and port. */
  readonly host: string
  /** The signing name of the service. */
  readonly service: string | null
  /** The signing names, where the request decides among several; `service` is `null` then. */
  readonly services?: readonly string[]
  readonly region: string | null
  /** The regions, where there are several, or `["*"]` for a region set; `region` is `null` then. */
  readonly regions?: readonly string[]
  readonly partition: string | null
  /** `AWS4-HMAC-SHA256` or `AWS4-ECDSA-P256-SHA256`, where the service is known and takes signatures. */
  readonly algorithm: string | null
  /** The reason, in whole sentences. */
  readonly why: string
}

/** A scope without the host, and how it was found. */
export interface Found extends Omit<HostScope, 'host'> {
  /** AWS decides the scope of this host, and it stands for no server of a user's. */
  readonly ofAws: boolean
  /** The region is not said: it is what S3's global host takes where the bucket's is not known. */
  readonly assumedRegion?: true
  /** The one label before the region, where no service is known by it. */
  readonly prefix?: string
}

/** A service, and the region it is signed for. */
export function one(service: string, region: string | null, partition: string | null, why: string): Found {
  return { service, region, partition, algorithm: HMAC, why, ofAws: true }
}

/** A service that is signed for a region set. */
export function everywhere(service: string, partition: string, why: string): Found {
  return { service, region: null, regions: ['*'], partition, algorithm: 'AWS4-ECDSA-P256-SHA256', why, ofAws: true }
}

/** A host that says no service; perhaps where it stands. */
export function nothing(why: string, place: Partial<Pick<Found, 'region' | 'partition'>> = {}): Found {
  return { service: null, region: null, partition: null, algorithm: null, why, ofAws: false, ...place }
}

/** Nothing is signed where bearer tokens are taken. */
export function takingTokens(found: Found, bearer: boolean): Found {
  return bearer ? { ...found, algorithm: null, why: `${found.why} Its operations take bearer tokens.` } : found
}

export const HMAC = 'AWS4-HMAC-SHA256'
