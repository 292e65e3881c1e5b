/**
 * Names that announce a credential: of headers, parameters, JSON members, settings, environment variables, options, XML elements.
 * One list for reports, excerpts and recordings.
 */
import type { CredentialSettingKind } from '../catalog/index.js'
import { endingsOf } from './setting-kind.js'

/**
 * What stands under a name. A cookie or an authorization runs to the end of its line; of a key ID only what is none is hidden; a
 * signature is hidden where it can be one.
 */
export type Announced = 'authorization' | 'code' | 'cookie' | 'token' | 'secret' | 'signature' | 'key-id' | 'credential'

/** What a name announces, in any spelling: "X-Api-Key", "x_api_key", "xApiKey", "MY_APP_API_KEY". `undefined`: nothing of the kind. */
export function announcedBy(name: string): Announced | undefined {
  if (!LIKELY.test(name)) return undefined
  const squeezed = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
    .replace(/(?<=[a-z])\d{1,2}$/, '')
  if (squeezed.length < SHORTEST_NAME || PLAIN.test(squeezed)) return undefined
  for (const [announced, ending] of ENDINGS) if (ending.test(squeezed)) return announced
  const last = WORDS.exec(name)?.[0].toLowerCase() ?? ''
  if (last === 'credential') return 'key-id'
  return SHORT.has(last) ? 'credential' : undefined
}

/** Whether a parameter signs a person in, as the code of OAuth does: its name is a word like any other where it is none. */
export function isCodeOfOAuth(name: string, value: string): boolean {
  return CODES.has(name.toLowerCase()) && value.length >= SHORTEST_CODE && /\d/.test(value) && /[A-Za-z]/.test(value)
}

/** Whether a name is one of a machine ("x-api-key", "apiToken", "DB_PASSWORD") and no noun that sentences use. */
export function isTechnical(name: string): boolean {
  return /[a-zA-Z0-9][-_.]|[a-z][A-Z]|^[A-Z]{3}/.test(name) || /.(?:apikey|apitoken|authtoken|accesstoken)$/i.test(`-${name}`)
}

/** The endings of a setting's names in the catalog, and others that announce the same. */
function named(kind: CredentialSettingKind, ...others: readonly string[]): RegExp {
  return new RegExp(`(?:${[...endingsOf(kind), ...others].join('|')})$`)
}

/** What one of the endings below begins with: most words of a text are asked nothing more. */
const LIKELY = /auth|cookie|saml|cred|key|sec|tok|pass|pwd|jwt|sig|sess|bearer|access|string|code|assertion|oidc|otp|psk/i
const SHORTEST_NAME = 3
const SHORTEST_CODE = 10
export const CODES: ReadonlySet<string> = new Set(['code', 'session', 'ticket', 'assertion', 'license', 'hmac', 'otp'])
/** What ends like the name of a credential and is none: places in a listing, marks against doing a thing twice, a flag of ours. */
const PLAIN = /^asksecret$|(?:continuation|next|previous|prev|page|pagination|marker|sync|start|resume|client|request|idempotency)token$/
const ENDINGS: readonly (readonly [Announced, RegExp])[] = [
  ['credential', /sharedaccesssignature$|sharedaccesskey$/],
  ['token', named('token')],
  ['secret', named('secret')],
  ['signature', /signature(?:provided|calculated|256)?$/],
  ['cookie', /cookies?$/],
  ['authorization', /authorization$/],
  ['key-id', named('id', '(?:amz|goog|oss)credential')],
  [
    'credential',
    /(?:api|app|application|subscription|functions?|account|master|private|encryption|customer|signing|auth|preshared)key$|secretkeybase$|requirepass$|masterauth$|(?:key|store)pass$|clientkeydata$|connectionstring$|secret$|passw(?:or)?ds?$|passphrase$|passcode$|token$|bearer$|sess(?:ion)?id$|authentication$|samlresponse$|^auth$|^x[a-z]{0,20}auth$|registryauth$|^xkey$|mashapekey$|oidcdata$|jwtassertion$|(?:auth(?:orization)?|device)code$|codeverifier$|clientassertion$/,
  ],
]
/** Words too short to be looked for at the end of a longer one ("design" is no "sig"). */
const SHORT: ReadonlySet<string> = new Set(['sig', 'pwd', 'pass', 'jwt', 'otp', 'psk'])
/** The last word of a name. */
const WORDS = /(?:[A-Z]?[a-z]{1,40}|[A-Z]{1,40})\d{0,2}$/
