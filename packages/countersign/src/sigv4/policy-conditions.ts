/**
 * The policy of a browser's POST: a JSON document with an expiration and conditions that the fields of the form have to meet.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
import { bytesOfBase64, utf8ByteString } from './byte-string.js'
import { parseLenientDate } from './request-date.js'

/** A condition on a field. Its name is in lower case; name and value are byte strings, and `text` is how AWS writes it. */
export interface FieldCondition {
  readonly kind: 'eq' | 'starts-with'
  readonly name: string
  readonly value: string
  readonly text: string
}

/**
 * A condition, read.
 * @internal
 */
export type PolicyCondition = FieldCondition | { readonly kind: 'content-length-range'; readonly least: number; readonly most: number }

/**
 * A policy document, read.
 * @internal
 */
export interface PolicyDocument {
  /** Milliseconds since 1970. */
  readonly expiration: number
  readonly conditions: readonly PolicyCondition[]
}

/**
 * Reads the base64 text of a policy. A text that is none is described in AWS's words.
 * @internal
 */
export function parsePolicy(base64: string): PolicyDocument | { readonly fault: string } {
  if (base64 === '') return { fault: `Expecting '{' but found End-of-Input` }
  const bytes = bytesOfBase64(base64)
  if (bytes === undefined) return { fault: 'invalid Base64 encoding.' }
  const document = jsonOf(bytes)
  if (document === undefined || !isObject(document)) return { fault: 'Invalid JSON.' }
  const unknown = Object.keys(document).find((name) => name !== 'expiration' && name !== 'conditions')
  if (unknown !== undefined) return { fault: `Unexpected: "${utf8ByteString(unknown)}"` }
  const { expiration, conditions } = document as { readonly expiration?: unknown; readonly conditions?: unknown }
  if (expiration === undefined) return { fault: 'Policy missing expiration.' }
  const time = typeof expiration === 'string' && EXTENDED_DATE.test(expiration) ? parseLenientDate(expiration) : undefined
  if (time === undefined) return { fault: `Invalid 'expiration' value: '${utf8ByteString(textOf(expiration))}'` }
  if (conditions === undefined) return { fault: 'Policy missing conditions.' }
  if (!Array.isArray(conditions)) return { fault: `Invalid 'conditions' value: must be a List.` }
  if (conditions.length === 0) return { fault: 'Policy missing conditions.' }
  const read: PolicyCondition[] = []
  for (const condition of conditions) {
    const one = parseCondition(condition)
    if ('fault' in one) return one
    read.push(one)
  }
  return { expiration: time, conditions: read }
}

/** {"acl": "public-read"}, ["eq", "$acl", "public-read"], ["starts-with", "$key", "a/"], ["content-length-range", 1, 10]. */
function parseCondition(condition: unknown): PolicyCondition | { readonly fault: string } {
  if (Array.isArray(condition)) return parseListCondition(condition)
  if (!isObject(condition)) return { fault: 'Invalid condition test: must be a List or Object.' }
  const entries = Object.entries(condition)
  if (entries.length !== 1) return { fault: 'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.' }
  const [name, value] = entries[0]!
  if (value === null) return { fault: 'Invalid JSON.' }
  if (typeof value !== 'string') return { fault: 'Invalid Simple-Condition: value must be a string.' }
  return fieldCondition('eq', name, value)
}

function parseListCondition(list: readonly unknown[]): PolicyCondition | { readonly fault: string } {
  const [given, first, second] = list
  if (typeof given !== 'string') return { fault: 'Invalid Condition: missing operation identifier.' }
  const kind = given.toLowerCase()
  if (kind !== 'eq' && kind !== 'starts-with' && kind !== 'content-length-range')
    return { fault: `Invalid Condition: unknown operation '${utf8ByteString(given)}'.` }
  if (list.length !== 3) return { fault: `Invalid ${kind === 'eq' ? 'Eq' : kind}: wrong number of arguments.` }
  if (kind !== 'content-length-range') {
    if (typeof first !== 'string' || typeof second !== 'string') return { fault: 'Invalid Simple-Condition: value must be a string.' }
    return fieldCondition(kind, first, second)
  }
  if (isFraction(first) || isFraction(second)) return { fault: 'Invalid JSON.' }
  const [least, most] = [wholeNumber(first), wholeNumber(second)]
  if (least === undefined || most === undefined) return { fault: 'Invalid content-length-range: wrong number of arguments.' }
  return { kind, least, most }
}

function fieldCondition(kind: 'eq' | 'starts-with', name: string, value: string): PolicyCondition {
  const bare = utf8ByteString(name.startsWith('$') ? name.slice(1) : name)
  const text = `["${kind}", "$${bare}", "${utf8ByteString(value).replaceAll('"', '\\"')}"]`
  return { kind, name: bare.toLowerCase(), value: utf8ByteString(value), text }
}

/**
 * Whether a field's value meets a condition. Of "Content-Type", starts-with takes a list with commas, of which each has to begin so.
 * What the form does not have is empty.
 */
export function meetsCondition(condition: FieldCondition, value: string): boolean {
  if (condition.kind === 'eq') return value === condition.value
  const values = condition.name === 'content-type' ? value.split(',').map((one) => one.trim()) : [value]
  return values.every((one) => one.startsWith(condition.value))
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

/** S3's JSON knows no fractions. */
function isFraction(value: unknown): boolean {
  return typeof value === 'number' && !Number.isInteger(value)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

const EXTENDED_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/
