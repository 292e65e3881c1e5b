/**
 * What a refusal says in so many words: a table of the services' own wordings, and the facts each of them states.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */

import type { StatedFact, Values } from '../../case/index.js'
import type { AwsErrorCode } from '../../catalog/index.js'
import { neededWords } from '../../text/index.js'
import { CODE_RULES, DETAIL_RULES, MESSAGE_RULES } from './stated-rules.js'

/** One fact and the values the text gives for it. */
export interface Stated {
  readonly fact: StatedFact
  readonly values: Values
}

type Elements = readonly (readonly [string, string])[]

/** Every fact an error states, by its message, its elements and, where the message is silent, its code. Pure and total. */
export function statedIn(code: string, message: string, elements: Elements = []): readonly Stated[] {
  const said = message.slice(0, LONGEST_MESSAGE)
  const facts: Stated[] = []
  for (const [name, value] of elements) {
    if (!DETAIL_NAMES.has(name.toLowerCase())) continue
    collect(DETAIL_RULES, value.slice(0, LONGEST_MESSAGE), facts)
  }
  collect(MESSAGE_RULES, said, facts)
  const told = new Set(facts.map((one) => one.fact))
  for (const rule of CODE_RULES) {
    if (!rule.code.test(code) || told.has(rule.fact)) continue
    if (rule.unless?.some((fact) => told.has(fact)) === true) continue
    if (facts.length > 0 && rule.onlySilent === true) continue
    facts.push({ fact: rule.fact, values: {} })
  }
  // EC2 says "Request has expired" of a signed request, S3 of a presigned URL; the code tells them apart.
  const own =
    code === 'RequestExpired'
      ? facts.map((one) => (one.fact === 'presigned-expired' ? { ...one, fact: 'request-expired' as const } : one))
      : facts
  return withElements(merged(own), elements).filter(({ values }) => !Object.values(values).some(isPlaceholder))
}

/** What documentation writes in the place of a value: "region-code", "date", "<region>". Such a message was said of no request. */
function isPlaceholder(value: string): boolean {
  return /^(?:(?:aws-)?(?:region|service)(?:-(?:code|name|id))?|date|time(?:stamp)?|(?:your|my)[-_ ]?(?:region|service|key|bucket)|<[^<>]{1,60}>|\$\{?\w{1,60}\}?|\{\w{1,60}\}|x{3,})$/i.test(
    value.trim(),
  )
}

/** The code a known message belongs to; "" where the message is not known. */
export function codeOf(message: string, dialect: 'json' | 'xml' = 'xml'): string {
  const facts = statedIn('', message)
  const first = facts[0]
  if (first === undefined) return ''
  if (S3_HEADER.test(message)) return 'AuthorizationHeaderMalformed'
  if (S3_QUERY.test(message)) return 'AuthorizationQueryParametersError'
  if (NON_S3.test(message)) return dialect === 'json' ? 'InvalidSignatureException' : 'SignatureDoesNotMatch'
  if (NO_LONGER_VALID.test(message)) return dialect === 'json' ? 'UnrecognizedClientException' : 'InvalidClientTokenId'
  if (TOKEN_EXPIRED.test(message)) return dialect === 'json' ? 'ExpiredTokenException' : 'ExpiredToken'
  return CODE_OF_FACT[first.fact] ?? ''
}

function collect(rules: typeof MESSAGE_RULES, text: string, into: Stated[]): void {
  const small = text.toLowerCase()
  for (const rule of rules) {
    if (wordsOf(rule.text)?.some((word) => small.includes(word)) === false) continue
    const match = rule.text.exec(text)
    if (match === null) continue
    for (const fact of rule.facts) into.push({ fact, values: rule.values === undefined ? {} : present(rule.values(match)) })
  }
}

/** Kept, because each message asks every rule. */
function wordsOf(pattern: RegExp): readonly string[] | undefined {
  if (!WORDS.has(pattern)) WORDS.set(pattern, neededWords(pattern))
  return WORDS.get(pattern)
}
const WORDS = new WeakMap<RegExp, readonly string[] | undefined>()

/** Facts said twice are one fact; the first value of a name stands. */
function merged(facts: readonly Stated[]): Stated[] {
  const byFact = new Map<StatedFact, Values>()
  for (const { fact, values } of facts) byFact.set(fact, { ...values, ...byFact.get(fact) })
  return [...byFact].map(([fact, values]) => ({ fact, values }))
}

/** Adds what the elements of the body give for each fact. */
function withElements(facts: readonly Stated[], elements: Elements): readonly Stated[] {
  const held = new Map<string, string>()
  for (const [name, value] of elements) if (value !== '' && !held.has(name.toLowerCase())) held.set(name.toLowerCase(), value.trim())
  const header = held.get('header')
  const encodes = header === undefined || PAYLOAD_HEADER.test(header)
  return facts
    .filter(({ fact }) => encodes || fact !== 'payload-encoding-refused')
    .map(({ fact, values }) => {
      const more: Record<string, string | undefined> = {}
      for (const [value, names] of ELEMENT_VALUES[fact] ?? [])
        more[value] = names.map((name) => held.get(name)).find((one) => one !== undefined)
      if (fact === 'headers-not-signed') more['names'] = headerNames(values['names'] ?? more['names'])
      if (fact === 'time-skewed') more['windowSeconds'] = secondsOf(held.get('maxallowedskewmilliseconds'))
      return { fact, values: fact === 'headers-not-signed' ? present(more) : { ...present(more), ...values } }
    })
}

function headerNames(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const names = text.toLowerCase().split(/[,;\s]+/)
  return names.filter((name) => name !== '').join(',')
}

function secondsOf(milliseconds: string | undefined): string | undefined {
  return milliseconds !== undefined && /^\d{1,12}$/.test(milliseconds) ? String(Number(milliseconds) / 1000) : undefined
}

function present(values: Readonly<Record<string, string | undefined>>): Values {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(values)) if (value !== undefined) kept[name] = value
  return kept
}

const LONGEST_MESSAGE = 32_768
const DETAIL_NAMES: ReadonlySet<string> = new Set([
  'details',
  'detail',
  'additionalmessage',
  'argumentvalue',
  'condition',
  'header',
  'reason',
])

const PAYLOAD_HEADER = /transfer-encoding|trailer|checksum|content-encoding|content-sha256|decoded/i
const S3_HEADER = /the authorization header is malformed/i
const S3_QUERY = /Error parsing the X-Amz-Credential parameter|X-Amz-Expires (?:must|should)|Query-string authentication version 4/i
const NON_S3 = /Signature expired: |Signature not yet current|Credential should be scoped|Date in Credential scope|must be a 'SignedHeader'/
const NO_LONGER_VALID = /security token included in the request is invalid/i
const TOKEN_EXPIRED = /security token included in the request (?:is|has) expired/i

const CODE_OF_FACT: Partial<Record<StatedFact, AwsErrorCode>> = {
  'signature-mismatch': 'SignatureDoesNotMatch',
  'region-wrong': 'AuthorizationHeaderMalformed',
  'scope-wrong': 'AuthorizationHeaderMalformed',
  'service-wrong': 'SignatureDoesNotMatch',
  'terminator-wrong': 'SignatureDoesNotMatch',
  'scope-date-wrong': 'AuthorizationHeaderMalformed',
  'request-expired': 'RequestExpired',
  'time-skewed': 'RequestTimeTooSkewed',
  'presigned-expired': 'AccessDenied',
  'presigned-not-yet-valid': 'AccessDenied',
  'date-missing-or-malformed': 'AccessDenied',
  'headers-not-signed': 'AccessDenied',
  'payload-hash-mismatch': 'XAmzContentSHA256Mismatch',
  'content-sha256-missing': 'InvalidRequest',
  'content-sha256-malformed': 'InvalidArgument',
  'payload-encoding-refused': 'InvalidRequest',
  'token-invalid': 'InvalidToken',
  'token-expired': 'ExpiredToken',
  'access-key-unknown': 'InvalidAccessKeyId',
  'algorithm-unsupported': 'InvalidRequest',
  'two-mechanisms': 'InvalidArgument',
  'authentication-missing': 'MissingAuthenticationToken',
  'authorization-malformed': 'IncompleteSignature',
  'policy-violated': 'AccessDenied',
  redirected: 'PermanentRedirect',
}

/** Which elements of a body hold the values of a fact, best first. */
const ELEMENT_VALUES: Partial<Record<StatedFact, readonly (readonly [string, readonly string[]])[]>> = {
  'region-wrong': [['wanted', ['region']]],
  'time-skewed': [
    ['requestDate', ['requesttime']],
    ['now', ['servertime']],
  ],
  'presigned-expired': [
    ['expiresSeconds', ['x-amz-expires']],
    ['expires', ['expires']],
    ['now', ['servertime']],
  ],
  'headers-not-signed': [['names', ['headersnotsigned']]],
  'payload-hash-mismatch': [
    ['signed', ['clientcomputedcontentsha256']],
    ['received', ['s3computedcontentsha256']],
  ],
  'content-sha256-malformed': [['given', ['argumentvalue']]],
  'access-key-unknown': [['accessKeyId', ['awsaccesskeyid', 'accesskeyid']]],
  'payload-encoding-refused': [['header', ['header']]],
  redirected: [['endpoint', ['endpoint']]],
}
