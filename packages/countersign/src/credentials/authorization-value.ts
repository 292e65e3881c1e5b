/** What of an Authorization header's value may not be shown. Of Signature Version 4 its structure stays: that is what is diagnosed. */
import type { Hidden } from './hidden-kind.js'
import { isKeyId } from './key-ids.js'

/** Stretches of a value that begins at `start`. Credential and Signature are names of their own, and found as such. */
export function* hiddenOfAuthorization(value: string, start: number): Generator<Hidden> {
  const [lead] = /^\s*/.exec(value)!
  const text = value.slice(lead.length)
  const from = start + lead.length
  if (PROSE.test(text)) return
  if (V4.test(text)) yield* ofVersion4(text, from)
  else if (/^AWS [^\s:]/.test(text)) yield* ofVersion2(text, from)
  else {
    const scheme = SCHEME.exec(text)?.[0] ?? ''
    const rest = text.slice(scheme.length)
    if (rest.length >= SHORTEST && !/^[[*<$]/.test(rest))
      yield { start: from + scheme.length, end: from + text.trimEnd().length, kind: 'credential' }
  }
}

/** Whether a piece that a service could not read may be repeated: it begins with the name of a part, or is one word. */
export function isAuthorizationPart(piece: string): boolean {
  return /^(?:AWS4A?-[A-Z0-9-]{1,40}|[A-Za-z]{1,20})(?:=|$)/.test(piece)
}

/** What is no part of the header as it should be, and no list of names. */
function* ofVersion4(text: string, from: number): Generator<Hidden> {
  for (const { index, 0: piece } of text.matchAll(/[^\s,]+/g)) {
    const named = /^(?:Credential|Signature)=/i.exec(piece)
    if (index === 0 || named !== null) continue
    const listed = /^SignedHeaders=/i.exec(piece)?.[0] ?? ''
    for (const { index: at, 0: word } of piece.slice(listed.length).matchAll(/[^;]+/g)) {
      if (listed === '' ? word.length >= SHORTEST && /\d/.test(word) && !/^\w{1,20}=/.test(word) : !NAMES.test(word))
        yield { start: from + index + listed.length + at, end: from + index + listed.length + at + word.length, kind: 'credential' }
    }
  }
}

function* ofVersion2(text: string, from: number): Generator<Hidden> {
  const id = /^AWS ([^\s:]{1,512})/.exec(text)![1]!
  if (id.length >= 5 && !isKeyId(id) && !/^[[<*$]/.test(id)) yield { start: from + 4, end: from + 4 + id.length, kind: 'key-id' }
  const rest = text.slice(4 + id.length)
  if (/^:[^[<*$]/.test(rest)) yield { start: from + 5 + id.length, end: from + text.trimEnd().length, kind: 'signature' }
}

/** The scheme and its dialects, with or without the parts. */
const V4 = /^[A-Z0-9]{3,6}4A?-[A-Z0-9-]{3,40}(?:[\s,]|$)/
const SCHEME = /^[A-Za-z][A-Za-z0-9-]{1,30}[ \t]{1,8}(?=\S)/
const PROSE = /^(?:[A-Za-z']{1,20}[ ,.;:]{1,2}){3}/
const SHORTEST = 6
/** Names of headers; a long one has hyphens, and none between hexadecimal digits only. */
const NAMES =
  /^(?![0-9a-f]{8}-[0-9a-f]{4}-)(?:(?:[A-Za-z]{1,30}|[A-Za-z0-9_]{1,16})(?:-(?:[A-Za-z]{1,30}|[A-Za-z0-9_]{1,16})){0,10}|[<$*[].*|\W*)$/
