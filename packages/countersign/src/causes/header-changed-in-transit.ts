/**
 * A signed header arrived with another value, in a way that no narrower cause names: User-Agent, Content-Type, Range, own headers.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalHeaders"
 * @see https://github.com/aws/aws-sdk-go-v2/issues/1816
 * @see https://github.com/AdguardTeam/gomitmproxy/pull/31
 */

import { type CaseFile, cluesFor } from '../case/index.js'
import { canonicalHeaderValue, headerLines, type SigningInputs, signedHeaderValue, withSignedHeaders } from '../sigv4/index.js'
import { defineCause, type Match } from './kit/cause.js'
import { commonTypes, contentTypeFixes, typesPointedTo } from './kit/content-types.js'
import type { Explanation } from './kit/explanation.js'
import { differencesOfFault, FITS, narrowed } from './kit/header-differences.js'
import { unsignedHeaderFixes } from './kit/header-fixes.js'
import { headerLabels, said } from './kit/header-labels.js'
import { valuesSeen } from './kit/headers-named.js'
import { HEADERS_KEPT } from './kit/hop-fixes.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The headers (lower case) and the values that were signed. */
interface Params {
  readonly values: readonly (readonly [name: string, value: string])[]
}

const HEAD = { id: 'header-changed-in-transit', class: 'header.changed', part: 'canonical-headers', undo } as const

export const headerChangedInTransit = defineCause<Params>({
  ...HEAD,
  summary: 'a signed header reached the service with a different value',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => narrowed(file, HEAD.id, suspicionsOf(file, HEAD, candidates(file))),
  shownBy: ({ names, values }) => ({ values: names.map((name) => [name, values['signed'] ?? ''] as const) }),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  const changed = differencesOfFault(file, HEAD.id)
  if (changed.length > 0)
    yield {
      params: { values: changed.map(({ name, signed }) => [name, signed] as const) },
      weight: FITS,
      grounds: changed.map(({ name }) => `The two sides have different values of ${name}.`),
    }
  for (const { values } of [...cluesFor(file, HEAD.id), ...cluesFor(file, HEAD.class)]) {
    const [header, value] = [values['header']?.toLowerCase(), values['value'] ?? values['signed']]
    if (header !== undefined && value !== undefined) yield { params: { values: [[header, value]] } }
  }
  if (inputs === undefined) {
    yield { params: { values: hintedNames(file).map((name) => [name, ''] as const) } }
    return
  }
  const names = headerLines(inputs).map(([name]) => name.toLowerCase())
  const known = names.filter((name) => name !== 'host' && !NEVER_GUESSED.test(name))
  for (const name of known) {
    const now = signedHeaderValue(inputs, name) ?? ''
    // A line that is empty is the matter of the header that did not arrive.
    if (now === '') continue
    const fragile = FRAGILE[name]
    // Spaces that the canonical form removes are no other value.
    for (const value of valuesSeen(file, name))
      if (canonicalHeaderValue(value) !== now)
        yield { params: { values: [[name, value]] }, weight: 0.45, grounds: [`Elsewhere in the evidence ${name} has another value.`] }
    let first = fragile !== undefined
    for (const value of guesses(file, name, now)) {
      if (value === now) continue
      yield {
        params: { values: [[name, value]] },
        ...(first && { weight: fragile, grounds: [`${name} is among the signed headers, and proxies on the way rewrite it.`] }),
      }
      first = false
    }
    if (name === 'content-type') yield* commonTypes(file, now, (type) => ({ values: [[name, type]] }))
  }
}

function undo(inputs: SigningInputs, { values }: Params): SigningInputs {
  return withSignedHeaders(inputs, values, (name) => name !== 'host')
}

function explain(match: Match<Params>): Explanation {
  const labels = headerLabels(match, undo, HEAD.id, 'a signed header has to arrive byte for byte')
  const name = match.params.values[0]?.[0] ?? hintedNames(match.file)[0]
  const shown = name ?? '<header>'
  return {
    what: said(labels, `the ${name === undefined ? '' : `${name} `}header that was signed reached the service with another value`),
    why: 'every header named in SignedHeaders is part of what is signed; a proxy, or code that runs after signing, wrote another value into it',
    labels,
    fixes: [
      ...contentTypeFixes(match, match.params.values),
      {
        title:
          shown === 'content-type'
            ? 'leave content-type out of the signed headers, where the service allows it (S3 does)'
            : `leave ${shown} out of the signed headers: only host, x-amz-* and, on most services, content-type must be signed`,
        applicability: 'maybe',
      },
      ...unsignedHeaderFixes(shown),
      ...HEADERS_KEPT,
      {
        title: `let the proxy pass ${shown} on as it came`,
        applicability: name === undefined ? 'has-placeholders' : 'maybe',
        command: `proxy_set_header ${headerTitle(shown)} $http_${shown.replaceAll('-', '_')};`,
        appliesTo: ['nginx'],
      },
      { title: 'set the header before signing, never on the signed request', applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'write the value that the proxy makes into the request by hand',
        why: 'it holds until the proxy or the client library changes; a header that proxies rewrite is better not signed',
      },
    ],
    check: `send the request without the proxy, or without ${shown} among the signed headers: it passes if that header is what changed`,
  }
}

function hintedNames(file: CaseFile): string[] {
  return [...cluesFor(file, HEAD.id), ...cluesFor(file, HEAD.class)].flatMap(({ values }) =>
    values['header'] === undefined ? [] : [values['header'].toLowerCase()],
  )
}

function guesses(file: CaseFile, name: string, now: string): string[] {
  const joined = now.includes(', ') ? [now.replaceAll(', ', ',')] : now.includes(',') ? [now.replaceAll(',', ', ')] : []
  // Another charset alone, Accept-Encoding and what hops set for themselves are the matter of narrower causes.
  if (name === 'content-type') return [...typesPointedTo(file), ...USUAL_TYPES]
  if (name === 'content-length') return ['', '0', ...joined]
  return [...(COMMON[name] ?? []), ...joined]
}

function headerTitle(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())
}

// Dates, tokens and hashes have causes of their own.
const NEVER_GUESSED = /^(?:x-amz-date|x-amz-security-token|x-amz-content-sha256|authorization)$/
const USUAL_TYPES = [
  '',
  'application/json',
  'application/octet-stream',
  'binary/octet-stream',
  'application/x-www-form-urlencoded',
  'application/x-amz-json-1.0',
  'application/x-amz-json-1.1',
  'text/plain',
  'application/x-www-form-urlencoded; charset=utf-8',
]
const COMMON: Readonly<Record<string, readonly string[]>> = {
  'user-agent': ['', 'Amazon CloudFront', 'curl/7.88.1', 'Go-http-client/1.1', 'Go-http-client/2.0', 'node'],
  accept: ['*/*', 'application/json', ''],
  'accept-language': ['*', ''],
  'cache-control': ['no-cache', 'max-age=0', ''],
  pragma: ['no-cache', ''],
  range: ['', 'bytes=0-'],
  'content-md5': [''],
  'content-encoding': ['aws-chunked', 'gzip', ''],
  date: [''],
}
const FRAGILE: Readonly<Record<string, number>> = {
  'user-agent': 0.25,
}
