/**
 * Letterheads: what a signer writes again and again. Which headers it signs, where they stand and what comes before the
 * signature are the same in all requests of one kind on one day, and are learned from one that `sigv4` signed.
 */
import {
  type Credentials,
  type HttpRequest,
  type PresignOptions,
  type RequestKey,
  type SigningProfile,
  type SignOptions,
  type StringToSignTemplate,
  signingProfileOf,
} from '../sigv4/index.js'
import { type Claim, headerClaim, queryClaim } from './claims.js'
import { type HeaderBlock, isSecretHeader } from './header-block.js'
import { type HeaderLayout, hasLayout, layoutOf, layoutToKeep } from './header-layout.js'
import { keepTemplate, templateOf } from './key-templates.js'
import { ownParameters } from './own-parameters.js'
import { isPlainProfile } from './plain-profile.js'

/** Where the signature is written. */
type Place = 'header' | 'query'

/** What two requests have to be signed for alike, so that one teaches the other. */
interface Kind {
  readonly region?: string | undefined
  readonly service: string
  readonly profile?: SigningProfile
  readonly contentSha256?: boolean
  readonly unsignedPayload?: boolean
}

/** How requests of one kind are signed. */
export interface Letterhead {
  readonly by: Place
  readonly accessKeyId: string
  readonly kind: Kind
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
  /** The Authorization header up to its signature; of a query, the credential as it stands there. */
  readonly head: string
  /** Of a query, the names of the signed headers as they stand there. */
  readonly names: string
  readonly template: StringToSignTemplate
  /** Whether none of the signed headers is a secret: then those of a request may be kept. */
  readonly keepsBlock: boolean
  /** The signed headers of the first request of a second; what is equal is not put together and looked at once more. */
  block: HeaderBlock | undefined
}

/** They hang on the key, as templates do. */
const KEPT = new WeakMap<RequestKey, Letterhead[]>()
const LETTERHEADS_PER_KEY = 16

/** The letterhead for a request, if one like it was signed before. */
export function letterheadOf(
  by: Place,
  request: HttpRequest,
  credentials: Credentials,
  options: Kind,
  day: number,
): Letterhead | undefined {
  const all = KEPT.get(credentials.secretAccessKey)
  if (all === undefined) return undefined
  for (let i = 0; i < all.length; i++) {
    const one = all[i]!
    if (
      one.by === by &&
      one.day === day &&
      one.accessKeyId === credentials.accessKeyId &&
      one.addsToken === (credentials.sessionToken !== undefined) &&
      isAlike(one.kind, options) &&
      hasLayout(request.headers, one.came)
    )
      return one
  }
  return undefined
}

function isAlike(a: Kind, b: Kind): boolean {
  return (
    a.region === b.region &&
    a.service === b.service &&
    a.profile === b.profile &&
    a.contentSha256 === b.contentSha256 &&
    a.unsignedPayload === b.unsignedPayload
  )
}

/** Keeps how `sigv4` signed a request in its header, if it did so plainly: headers added at the end, and none replaced. */
export function learnHeader(request: HttpRequest, credentials: Credentials, options: SignOptions, signed: HttpRequest, day: number): void {
  const head = signed.headers.at(-1)![1].slice(0, -SIGNATURE_DIGITS)
  const claim = headerClaim(head)
  const layout = claim === undefined ? undefined : layoutOf(signed.headers, claim.placeOf)
  if (claim === undefined || layout === undefined) return
  const addsHash = layout.contentSha256 >= request.headers.length
  const added = 2 + (credentials.sessionToken !== undefined ? 1 : 0) + (addsHash ? 1 : 0)
  if (signed.headers.length !== request.headers.length + added || layout.date !== request.headers.length) return
  keep('header', request, credentials, options, { claim, layout, addsHash, head, names: '' }, day)
}

/** Keeps how `sigv4` signed a request in its query. */
export function learnQuery(
  request: HttpRequest,
  credentials: Credentials,
  options: PresignOptions,
  signed: HttpRequest,
  day: number,
): void {
  const own = ownParameters(signed.target, signed.target.indexOf('?'))
  const head = own?.claim.slice(0, -SIGNATURE_DIGITS)
  const claim = head === undefined ? undefined : queryClaim(head)
  const layout = claim === undefined ? undefined : layoutOf(signed.headers, claim.placeOf)
  if (head === undefined || claim === undefined || layout === undefined) return
  const [credential, names] = head.split('&') as [string, string]
  keep('query', request, credentials, options, { claim, layout, addsHash: false, head: credential, names }, day)
}

/** What was learned. */
interface Learned extends Pick<Letterhead, 'addsHash' | 'head' | 'names'> {
  readonly claim: Claim
  readonly layout: HeaderLayout
}

function keep(by: Place, request: HttpRequest, credentials: Credentials, options: Kind, learned: Learned, day: number): void {
  const { secretAccessKey: key, accessKeyId, sessionToken } = credentials
  const { claim, layout, addsHash, head, names } = learned
  const profile = options.profile ?? signingProfileOf(options.service)
  const came = layoutToKeep({ ...layout, sent: layout.sent.slice(0, request.headers.length) })
  const template = isPlainProfile(profile) && came !== undefined ? templateOf(key, claim.scope, claim.scopeText) : undefined
  if (came === undefined || template === undefined) return
  if (!template.isKept) keepTemplate(key, template, claim.scopeText)
  const { region, service, contentSha256, unsignedPayload } = options
  const letterhead: Letterhead = {
    by,
    accessKeyId,
    kind: {
      region,
      service,
      ...(options.profile !== undefined && { profile }),
      ...(contentSha256 !== undefined && { contentSha256 }),
      ...(unsignedPayload !== undefined && { unsignedPayload }),
    },
    day,
    profile,
    came,
    unsigned: request.headers.flatMap((_, place) => (layout.signed.includes(place) ? [] : [place])),
    addsHash,
    addsToken: sessionToken !== undefined,
    places: layout.signed,
    lines: claim.lines,
    end: claim.end,
    head,
    names,
    template,
    keepsBlock: !claim.lines.some(isSecretHeader),
    block: undefined,
  }
  const all = KEPT.get(key) ?? []
  if (all.length >= LETTERHEADS_PER_KEY) all.shift()
  all.push(letterhead)
  KEPT.set(key, all)
}

const SIGNATURE_DIGITS = 64
