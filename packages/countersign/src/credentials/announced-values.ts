/**
 * Values that a name announces, in whatever notation: a header line after any prefix, JSON, YAML, a setting, a parameter, an option of
 * a command, XML, the repr of Go, Java, Python or Ruby, a pair of "name" and "value". Names are looked at once each, values are bounded.
 */

import { firstMatch, type Value, valueAfter } from './announced-notation.js'
import { hiddenOfAuthorization } from './authorization-value.js'
import { PUBLISHED_SECRET } from './credential-forms.js'
import { type Announced, announcedBy, CODES, isCodeOfOAuth, isTechnical } from './credential-names.js'
import type { Hidden, HiddenKind } from './hidden-kind.js'
import { isKeyId } from './key-ids.js'

/** Every announced value, in the order of the text. What is within a hidden one is not looked at again. */
export function* announcedValues(text: string): Generator<Hidden> {
  let hiddenUntil = 0
  for (const match of text.matchAll(NAME)) {
    if (match.index < hiddenUntil) continue
    const start = match.index + escapedLead(text, match.index)
    const end = match.index + match[0].length
    const name = text.slice(start, end)
    const announced = name.length > LONGEST_NAME ? undefined : (announcedBy(name) ?? announcedParameter(text, start, name))
    if (announced === undefined) continue
    const value = valueAfter(text, { start, end, announced, technical: isTechnical(name) })
    if (value === undefined) continue
    for (const hidden of hiddenOf(text, announced, value, name)) {
      hiddenUntil = hidden.end
      yield hidden
    }
  }
}

/** Of an escape before a name (`\nCookie`, `%0Acookie`), the character that looks like one of its letters. */
function escapedLead(text: string, at: number): number {
  if (text[at - 1] === '\\' && /[nrt]/.test(text[at] ?? '')) return 1
  return /%(?:25){0,3}\d$/.test(text.slice(Math.max(at - 8, 0), at)) && /[a-f][a-z]/i.test(text.slice(at, at + 2)) ? 1 : 0
}

/** The code of OAuth and its like, which are words like any other unless they are parameters. */
function announcedParameter(text: string, start: number, name: string): Announced | undefined {
  if (!CODES.has(name.toLowerCase())) return undefined
  const isParameter =
    text[start + name.length] === '=' || /(?:[?&]|&amp;|%(?:25){0,3}(?:3f|26)|\\u0026)$/i.test(text.slice(Math.max(start - 9, 0), start))
  return isParameter ? 'code' : undefined
}

function* hiddenOf(text: string, announced: Announced, value: Value, name: string): Generator<Hidden> {
  const { start, end } = value
  const written = text.slice(start, end)
  if ((!value.quoted && CODE.test(written)) || written.startsWith(PUBLISHED_SECRET)) return
  if (/_pass$/.test(name) && UPSTREAM.test(written)) return
  if (announced === 'authorization') yield* hiddenOfAuthorization(written, start)
  else if (announced === 'key-id') yield* hiddenKeyId(text, start, end)
  else if (announced === 'signature') yield* hiddenSignature(written, value)
  else if (worthHiding(announced, written, value, isTechnical(name))) yield { start, end, kind: KINDS[announced] }
}

/** The credential "id/date/..." or an ID alone; nothing where it is of an ID's form. */
function* hiddenKeyId(text: string, start: number, end: number): Generator<Hidden> {
  const scoped = firstMatch(BEFORE_DATE, text, start)
  const whole = scoped ?? text.slice(start, end)
  const [first = '', ...scope] = whole.split(/\/|%2f|%252f/i)
  // The pieces of a secret can look like an ID; only words of a scope may follow one.
  const id = scoped ?? (isKeyId(first) && scope.every((word) => SCOPE_WORD.test(word)) ? first : whole)
  if (id.length >= SHORTEST_ID && !id.includes('*') && !isKeyId(id)) yield { start, end: start + id.length, kind: 'key-id' }
}

/** What can be a signature; what fills it up behind stays. Behind "=" or in quotes it may be a short one, or cut. */
function* hiddenSignature(written: string, { start, bare }: Value): Generator<Hidden> {
  const found = SIGNATURE.exec(written) ?? (bare ? null : SHORT_SIGNATURE.exec(written))
  if (found !== null) yield { start, end: start + found[0].length, kind: 'signature' }
}

/** Sentences speak of passwords and tokens; what follows in them is a word. */
function worthHiding(announced: Announced, written: string, { weak, bare, alone }: Value, technical: boolean): boolean {
  if (announced === 'cookie') return !PROSE.test(written)
  if (announced === 'code') return isCodeOfOAuth('code', written)
  if (written.length < SHORTEST_VALUE) return false
  if (weak) return written.length >= SHORTEST_WEAK && /\d/.test(written) && /[A-Za-z]/.test(written) && !PLAIN.test(written)
  if (announced === 'token' && written.length < SHORTEST_TOKEN) return false
  return !bare || technical || alone || !WORD.test(written)
}

const KINDS: Readonly<Record<Announced, HiddenKind>> = {
  authorization: 'credential',
  code: 'credential',
  cookie: 'credential',
  credential: 'credential',
  'key-id': 'key-id',
  secret: 'secret',
  signature: 'signature',
  token: 'token',
}
const LONGEST_NAME = 80
const SHORTEST_ID = 5
const SHORTEST_VALUE = 4
const SHORTEST_WEAK = 6
const SHORTEST_TOKEN = 6
/** A name, or a noun of two or three words. */
const NAME = /secret access key|(?:secret|api|private|account|access) (?:key|token)(?: id)?|access key id|[A-Za-z][A-Za-z0-9_.-]*/gi
/** Code that fetches a value. */
const CODE =
  /^(?:process|os|env|ENV|self|this|System|config|options|params|args|Deno|import|await|new|get|vars|secrets)\b|^[A-Za-z_.]{1,60}[[(]/
/** What nginx passes requests on to. */
const UPSTREAM = /^(?:https?|grpcs?):\/\/[\w.:${}[\]-]{1,200}(?:[/;]|$)/
const PROSE = /^(?:[A-Za-z']{1,20}[ ,.;:]{1,2}){3}/
const WORD = /^["']?[A-Za-z][a-z-]*[.,;:!?)"']{0,2}$/
/** Dates, times, versions. */
const PLAIN = /^\d{8}T\d{6}Z?$|^\d{4}-\d\d-\d\d|^v?\d+(?:\.\d+)+$|^\d{1,4}-?[a-z]{1,8}$/i
const SIGNATURE = /^(?:[0-9a-f]{128,144}(?![0-9a-f])|[0-9a-f]{64}(?![0-9a-f])|(?=[A-Za-z/+_-]{0,40}[0-9=%])[A-Za-z0-9+/=%_-]{20,})/i
/** Not the name of a method. */
const SHORT_SIGNATURE = /^(?=[A-Za-z+/_-]{0,40}\d)(?!.{0,40}(?:hmac|sha-?\d|v[24]))[A-Za-z0-9+/=%_-]{8,}/i
/** A region, a service, a date in any form, a placeholder. */
const SCOPE_WORD = /^(?:[a-z0-9_.*-]{0,28}[,;]?|\d{8}T\d{6}Z|[<$%{*].{0,80})$/
const BEFORE_DATE = /[^\s,&"'<>]{1,512}?(?=(?:\/|%2f|%252f)\d{8}(?:\/|%2f|%252f))/iy
