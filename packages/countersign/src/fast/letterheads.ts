/**
 * Letterheads: what a signer writes again and again. Which headers it signs, where they stand and what comes before the
 * signature are the same in all requests of one kind on one day, and are learned from one that `sigv4` signed.
 */
import {
  type Credentials,
  type HttpRequest,
  type RequestKey,
  type SigningProfile,
  type SignOptions,
  type StringToSignTemplate,
  signingProfileOf,
} from '../sigv4/index.js'
import { headerClaim } from './claims.js'
import { type HeaderLayout, hasLayout, layoutOf, layoutToKeep } from './header-layout.js'
import { keepTemplate, templateOf } from './key-templates.js'
import { isPlainProfile } from './plain-profile.js'

/** How requests of one kind are signed. */
export interface Letterhead {
  readonly accessKeyId: string
  /** The options as they were given. */
  readonly options: SignOptions
  /** The day signed for, counted from 1970. */
  readonly day: number
  readonly profile: SigningProfile
  /** The headers that the request came with. */
  readonly came: HeaderLayout
  /** The places of those of them that are not signed. */
  readonly unsigned: readonly number[]
  /** What is added besides the date and the signature. */
  readonly addsHash: boolean
  readonly addsToken: boolean
  /** The place of each signed header in the signed request. */
  readonly places: readonly number[]
  readonly lines: readonly string[]
  readonly end: string
  /** The Authorization header up to its signature. */
  readonly head: string
  readonly template: StringToSignTemplate
}

/** They hang on the key, as templates do. */
const KEPT = new WeakMap<RequestKey, Letterhead[]>()
const LETTERHEADS_PER_KEY = 16

/** The letterhead for a request, if one like it was signed before. */
export function letterheadOf(request: HttpRequest, credentials: Credentials, options: SignOptions, day: number): Letterhead | undefined {
  const all = KEPT.get(credentials.secretAccessKey)
  if (all === undefined) return undefined
  for (let i = 0; i < all.length; i++) {
    const one = all[i]!
    if (
      one.day === day &&
      one.accessKeyId === credentials.accessKeyId &&
      one.addsToken === (credentials.sessionToken !== undefined) &&
      (one.options === options || sameOptions(one.options, options)) &&
      hasLayout(request.headers, one.came)
    )
      return one
  }
  return undefined
}

function sameOptions(a: SignOptions, b: SignOptions): boolean {
  return (
    a.region === b.region &&
    a.service === b.service &&
    a.profile === b.profile &&
    a.contentSha256 === b.contentSha256 &&
    a.unsignedPayload === b.unsignedPayload
  )
}

/** Keeps how `sigv4` signed a request, if it did so plainly: headers added at the end, and none replaced. */
export function learnLetterhead(
  request: HttpRequest,
  credentials: Credentials,
  options: SignOptions,
  signed: HttpRequest,
  day: number,
): void {
  const { secretAccessKey: key, accessKeyId, sessionToken } = credentials
  const profile = options.profile ?? signingProfileOf(options.service)
  if (!isPlainProfile(profile) || options.regionSet !== undefined || options.unsignedHeaders !== undefined) return
  const head = signed.headers.at(-1)![1].slice(0, -SIGNATURE_DIGITS)
  const claim = headerClaim(head)
  const layout = claim === undefined ? undefined : layoutOf(signed.headers, claim.placeOf)
  const came = layout === undefined ? undefined : layoutToKeep({ ...layout, sent: layout.sent.slice(0, request.headers.length) })
  if (claim === undefined || layout === undefined || came === undefined) return
  const addsToken = sessionToken !== undefined
  const addsHash = layout.contentSha256 >= request.headers.length
  const added = 2 + (addsToken ? 1 : 0) + (addsHash ? 1 : 0)
  if (signed.headers.length !== request.headers.length + added || layout.date !== request.headers.length) return
  const template = templateOf(key, claim.scope, claim.scopeText)
  if (template === undefined) return
  keepTemplate(key, template, claim.scopeText)
  const places = layout.signed
  const unsigned = request.headers.flatMap((_, place) => (places.includes(place) ? [] : [place]))
  const { region, service, contentSha256, unsignedPayload } = options
  const kept: SignOptions = {
    now: options.now,
    region,
    service,
    ...(options.profile !== undefined && { profile }),
    ...(contentSha256 !== undefined && { contentSha256 }),
    ...(unsignedPayload !== undefined && { unsignedPayload }),
  }
  const letterhead: Letterhead = {
    accessKeyId,
    options: kept,
    day,
    profile,
    came,
    unsigned,
    addsHash,
    addsToken,
    places,
    lines: claim.lines,
    end: claim.end,
    head,
    template,
  }
  const all = KEPT.get(key) ?? []
  if (all.length >= LETTERHEADS_PER_KEY) all.shift()
  all.push(letterhead)
  KEPT.set(key, all)
}

const SIGNATURE_DIGITS = 64
