/** The string to sign of one key and scope, kept ready: from one request to the next only the date and the last line differ. */
import { HmacTemplate } from '../sha256/index.js'
import { type CredentialScope, credentialScopeText } from './credential-scope.js'
import { type SecretAccessKey, SigningKey } from './signing-key.js'
import { signingKeyToKeep } from './signing-key-cache.js'
import { AWS4_HMAC_SHA256 } from './wire-names.js'

/** Holds what is derived from a secret, and prints nothing of it. Set the date, write the hash's digits, then ask `signature.ts`. */
export class StringToSignTemplate {
  readonly scope: CredentialScope
  /** Where the hash of the canonical request goes, as 64 lower-case hex digits. */
  readonly hashDigits: Uint8Array
  /** The request date it stands for, and the same in milliseconds; "" before the first. Changed by `setDate` alone. */
  date = ''
  time = Number.NaN
  /** Whether it is among those that are kept; for who keeps them. */
  isKept = false
  readonly #template: HmacTemplate

  constructor(key: SecretAccessKey | SigningKey, scope: CredentialScope) {
    const bytes = key instanceof SigningKey ? key.dangerBytes() : signingKeyToKeep(key, scope).dangerBytes()
    this.scope = scope
    this.#template = new HmacTemplate(bytes, `${BEGINNING}${NO_DATE}\n${credentialScopeText(scope)}\n`)
    this.hashDigits = this.#template.digits
  }

  /** @param date "20150830T123600Z". */
  setDate(date: string, time: number): void {
    this.#template.writeHead(date, BEGINNING.length)
    this.date = date
    this.time = time
  }

  /** The signature's eight words, good until the next call. Never for the report of a failed request. */
  dangerMac(): Int32Array {
    return this.#template.mac()
  }
}

const BEGINNING = `${AWS4_HMAC_SHA256}\n`
const NO_DATE = '00000000T000000Z'
