/** Kinds of secret, each drawn at random from a seed: none of these values is anybody's. */
import { randomNumbers } from '../support/injections.ts'

export interface SecretKind {
  readonly id: string
  /** Known by its form alone; others count in their places only. */
  readonly byForm: boolean
  readonly draw: (text: (alphabet: string, length: number) => string) => string
}

/** A secret of each kind. The same seed gives the same secrets. */
export function drawn(kind: SecretKind, seed: number): string {
  const random = randomNumbers(seed + KINDS.indexOf(kind) * 7919 + 1)
  return kind.draw((alphabet, length) => Array.from({ length }, () => alphabet[random(alphabet.length)]!).join(''))
}

/** What of it must not be seen: the frame of a key file is no secret. */
export function secretPart(value: string): string {
  return /-----\\n([^\\]+)\\n/.exec(value)?.[1] ?? value
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const DIGITS = '0123456789'
const ALNUM = LOWER + UPPER + DIGITS
const BASE64 = `${ALNUM}+/`
const BASE64URL = `${ALNUM}-_`
const HEX = `${DIGITS}abcdef`

export const KINDS: readonly SecretKind[] = [
  // Vendors of object stores.
  { id: 'AWS, 40 of base64', byForm: true, draw: (text) => `${text(ALNUM, 12)}/aB3${text(ALNUM, 24)}` },
  { id: 'R2, 64 hex', byForm: false, draw: (text) => `${text(HEX, 62)}a7` },
  { id: 'Spaces, 43 of base64url', byForm: false, draw: (text) => `${text(BASE64URL, 20)}aB3${text(ALNUM, 20)}` },
  { id: 'Backblaze, 31', byForm: false, draw: (text) => `K002${text(ALNUM, 24)}aB3` },
  { id: 'Swift, 32 hex', byForm: false, draw: (text) => `${text(HEX, 30)}a7` },
  { id: 'IBM, 48 hex', byForm: false, draw: (text) => `${text(HEX, 46)}a7` },
  { id: 'Scaleway, UUID', byForm: false, draw: (text) => [8, 4, 4, 4, 12].map((length) => `${text(HEX, length - 2)}a7`).join('-') },
  { id: 'MinIO, chosen by a person', byForm: false, draw: (text) => `minio-S3cret-${text(LOWER, 4)}-${text(DIGITS, 3)}` },
  { id: '32 letters and digits', byForm: false, draw: (text) => `${text(ALNUM, 29)}aB3` },
  { id: 'Storj, 53 lower case', byForm: false, draw: (text) => `j${text(`${LOWER}234567`, 51)}7` },
  // Tokens of other kinds.
  { id: 'STS session token', byForm: true, draw: (text) => `IQoJb3JpZ2lu${text(BASE64, 160)}` },
  { id: 'JWT', byForm: true, draw: (text) => `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI${text(BASE64URL, 40)}.${text(BASE64URL, 43)}` },
  { id: 'GitHub', byForm: true, draw: (text) => `ghp_${text(ALNUM, 36)}` },
  { id: 'GitLab', byForm: true, draw: (text) => `glpat-${text(ALNUM, 20)}` },
  { id: 'Slack', byForm: true, draw: (text) => `xoxb-${text(DIGITS, 12)}-${text(ALNUM, 24)}` },
  { id: 'Stripe', byForm: true, draw: (text) => `sk_test_${text(ALNUM, 24)}` },
  { id: 'Google API key', byForm: true, draw: (text) => `AIza${text(ALNUM, 35)}` },
  { id: 'Vault', byForm: true, draw: (text) => `hvs.${text(ALNUM, 24)}` },
  { id: 'npm', byForm: true, draw: (text) => `npm_${text(ALNUM, 36)}` },
  { id: 'Azure account key', byForm: true, draw: (text) => `${text(BASE64, 40)}aB3${text(BASE64, 43)}==` },
  { id: 'SAS signature, base64 of 32 bytes', byForm: false, draw: (text) => `${text(ALNUM, 40)}aB3=` },
  { id: 'AppSync API key', byForm: false, draw: (text) => `da2-${text(LOWER + DIGITS, 24)}a7` },
  { id: 'password', byForm: false, draw: (text) => `Tr0ub4dor-${text(LOWER, 6)}.${text(DIGITS, 3)}` },
  {
    id: 'private key, one line',
    byForm: true,
    draw: (text) => `-----BEGIN PRIVATE KEY-----\\n${text(ALNUM, 120)}\\n-----END PRIVATE KEY-----`,
  },
]
