/** What stands in the evidence and must stand in no report: session tokens, derived keys and signatures, as the readers saw them. */

import { announcedBy, hiddenIn, isKeyId, isSecretName } from '../credentials/index.js'
import { authorizationOf, base64Of, bytesOf, type HttpRequest, hexOf, parseAuthorization, splitTarget, uriDecode } from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import type { CaseFile } from './case-file.js'

/** Each value once, in no order that matters. */
export function secretsInEvidence(file: CaseFile): readonly string[] {
  const values = new Set<string>()
  const add = (value: string | undefined): void => {
    if (value !== undefined && value.length >= SHORTEST && !isMasked(value)) values.add(value)
  }
  add(file.provided)
  add(file.known.sessionToken)
  for (const seen of file.observations) {
    if (seen.kind === 'signature') add(seen.value)
    else if (seen.kind === 'derived-key') {
      const bytes = bytesOf(seen.value.dangerValue())
      for (const spelled of [hexOf(bytes), hexOf(bytes).toUpperCase(), base64Of(bytes)]) add(spelled)
    } else if (seen.kind === 'authorization') add(parseAuthorization(seen.value)?.signature)
    else if (seen.kind === 'request') for (const value of ofRequest(seen.request)) add(value)
    else if (seen.kind === 'canonical-request') {
      const token = TOKEN_LINE.exec(seen.text)
      add(token?.[1])
      if (token !== null) for (const line of wrappedLines(seen.text, token.index + token[0].length)) values.add(line)
    } else if (seen.kind === 'error') for (const [name, value] of seen.elements) if (ELEMENTS.test(name)) add(value)
  }
  return [...values]
}

/**
 * Credentials of other kinds, each once: what stands under the name of one (cookies, API keys, tokens of other ways of signing in),
 * what stands in the place of an access key ID and is none, and what stands as the name of a header.
 */
export function credentialsSeen(file: CaseFile): readonly string[] {
  const values = new Set<string>()
  const add = (value: string): void => {
    // Ordinary words would be torn out of every sentence.
    if (value.length >= SHORTEST_CREDENTIAL && !isMasked(value) && /[^A-Za-z]/.test(value)) values.add(value)
  }
  const scan = (text: string): void => {
    for (const { start, end, kind } of hiddenIn(text)) if (kind !== 'signature') add(text.slice(start, end))
  }
  const ofId = (id: string | undefined): void => {
    if (id !== undefined && !isKeyId(id)) add(id)
  }
  const ofName = (name: string): void => {
    if (isSecretName(name)) add(name)
  }
  for (const seen of file.observations) {
    if (seen.kind === 'access-key-id') ofId(seen.value)
    else if (seen.kind === 'authorization') scan(`authorization: ${seen.value}`)
    else if (seen.kind === 'request') {
      for (const spelled of new Set([seen.request.target, uriDecode(seen.request.target)])) scan(spelled)
      for (const [name, value] of seen.request.headers) {
        ofName(name)
        scan(`${name}: ${value}`)
      }
    } else if (seen.kind === 'response') for (const [name, value] of seen.headers) scan(`${name}: ${value}`)
    else if (seen.kind === 'canonical-request') {
      scan(seen.text)
      for (const [name] of seen.text.matchAll(/^[^\s:;]{20,4000}(?=[:;])|(?<=;)[^\s:;]{20,4000}(?=;|$)/gm)) ofName(name)
      for (const { 0: line, 1: name, index } of seen.text.matchAll(HEADER_LINE))
        if (announcedBy(name!) !== undefined) for (const more of wrappedLines(seen.text, index + line.length)) add(more)
    } else if (seen.kind === 'stated') ofId(seen.values['accessKeyId'])
    else if (seen.kind === 'error') {
      scan(seen.message)
      for (const [name, value] of seen.elements) scan(`${name}: ${value}`)
    }
  }
  return [...values]
}

/** A long value may have been pasted in several lines: those that follow it and are no headers. */
function* wrappedLines(text: string, end: number): Generator<string> {
  const [rest, ...lines] = text.slice(end).split(/\r?\n/)
  if (rest !== '') return
  for (const line of lines) {
    // The payload hash may follow a block that has lost its end.
    if (!/^[A-Za-z0-9+/=_%.-]+$/.test(line) || /^[0-9a-f]{64}$/.test(line)) return
    if (line.length >= SHORTEST_CREDENTIAL) yield line
  }
}

function* ofRequest(request: HttpRequest): Generator<string | undefined> {
  yield authorizationOf(request)?.signature
  for (const [name, value] of request.headers) if (/^x-amz-security-token$/i.test(name)) yield value.trim()
  for (const pair of (splitTarget(request.target).query ?? '').split('&')) {
    const found = /^x-amz-(?:security-token|signature)=(.*)$/i.exec(pair)
    if (found !== null) yield uriDecode(found[1]!)
  }
}

const ELEMENTS = /^(?:SignatureProvided|SignatureCalculated|SessionToken|SecurityToken|Token-0)$/i
const HEADER_LINE = /^([a-z0-9-]{1,80}):[^\n]*/gm
const TOKEN_LINE = /^x-amz-security-token:(\S+)/m
const SHORTEST = 16
const SHORTEST_CREDENTIAL = 8
