/**
 * A signed header did not reach the service: a hop dropped it, or the one who used the presigned URL did not send it.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html "X-Amz-SignedHeaders"
 * @see https://github.com/aws/aws-sdk-java-v2/issues/2154
 * @see https://github.com/aws/aws-sdk-go-v2/issues/2722
 */

import { type CaseFile, cluesFor, statedFacts, WORTH_REPORTING } from '../case/index.js'
import {
  authorizationOf,
  EMPTY_PAYLOAD_HASH,
  HEADER,
  type HttpRequest,
  headerLines,
  headerValue,
  headerValues,
  type SigningInputs,
  withSignedHeaders,
} from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import { factsStated } from './kit/case-views.js'
import { defineCause, type Match, type Suspicion } from './kit/cause.js'
import { commonValues } from './kit/common-values.js'
import { commonTypes, contentTypeFixes, typesPointedTo } from './kit/content-types.js'
import { rightDateSent } from './kit/date-form.js'
import type { Explanation } from './kit/explanation.js'
import { differencesOfFault, FITS, narrowed } from './kit/header-differences.js'
import { unsignedHeaderFixes } from './kit/header-fixes.js'
import { headerLabels } from './kit/header-labels.js'
import { HEADERS_KEPT, UNDERSCORES_KEPT } from './kit/hop-fixes.js'
import { saidByAws } from './kit/hosts-seen.js'
import { listed } from './kit/listed.js'
import { type Candidate, cluesWeigh, suspicionsOf } from './kit/suspicion.js'
import { valuesByName } from './kit/values-by-name.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The headers (lower case) that did not arrive, and their values where known; `undefined` is not known. */
interface Params {
  readonly values: readonly (readonly [name: string, value: string | undefined])[]
}

const HEAD = { id: 'header-removed-in-transit', class: 'header.missing', part: 'canonical-headers', undo } as const

export const headerRemovedInTransit = defineCause<Params>({
  ...HEAD,
  summary: 'a signed header did not reach the service',
  schemes: 'any',
  refusedAt: ['date', 'headers-signed', 'signature'],
  // S3 says it of headers that were sent and not signed; MinIO and its kin also of those that were signed and not sent.
  refutes: (file) =>
    file.refusal?.check?.group === 'headers-signed' && saidByAws(file)
      ? 'S3 refuses there what was sent and not signed; a signed header that is not there it takes for an empty one'
      : undefined,
  suspect: (file) => narrowed(file, HEAD.id, suspicions(file)),
  shownBy: ({ names }) => ({ values: names.map((name) => [name, undefined] as const) }),
  explain,
})

function* suspicions(file: CaseFile): Iterable<Suspicion<Params>> {
  yield* dateLost(file)
  // A service that looked for a date and no further says nothing of other headers.
  if (file.refusal?.check?.group === 'date') return
  yield* suspicionsOf(file, HEAD, candidates(file))
  const { names, weight, ground } = missing(file)
  // Without the value nothing can be tested; that the header is not there can be said all the same.
  if (names.length > 0) yield { params: { values: names.map((name) => [name, undefined]) }, weight, grounds: [ground] }
  const odd = underscored(file)
  if (odd.length > 0)
    yield {
      params: { values: odd.map((name) => [name, undefined]) },
      weight: statedFacts(file, 'headers-not-signed').length > 0 ? 0.6 : 0.45,
      grounds: [`${listed(odd)} is signed: nginx, Caddy and others drop headers with an underscore in the name.`],
    }
  const hinted = cluesWeigh(file, HEAD)
  if (statedFacts(file, 'date-missing-or-malformed').length > 0 && cluesFor(file, HEAD.id).length > 0) {
    const grounds = ['The service has no date of the request, and something on the way drops headers.', ...hinted.grounds]
    yield { params: { values: [['x-amz-date', undefined]] }, weight: 0.8, grounds }
  } else if (hinted.weight >= WORTH_REPORTING && names.length === 0) {
    const named = [...cluesFor(file, HEAD.id), ...cluesFor(file, HEAD.class)].flatMap(({ values }) => values['header']?.toLowerCase() ?? [])
    yield { params: { values: [...new Set(named)].map((name) => [name, undefined]) }, ...hinted }
  }
}

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  const known = differencesOfFault(file, HEAD.id)
  if (known.length > 0)
    yield {
      params: { values: known.map(({ name, signed }) => [name, signed] as const) },
      weight: FITS,
      grounds: known.map(({ name }) => `The service has an empty value for ${name}; the signer has one.`),
    }
  if (inputs === undefined) return
  const { names, weight, ground } = missing(file)
  // What the code sets is tested, and not suspected.
  const said = (...all: readonly string[]) =>
    all.every((name) => names.length === 0 || names.includes(name)) ? { weight, grounds: [ground] } : {}
  const empty = emptyNames(inputs)
  const from = empty.map((name) => [name, [...valuesSeen(file, name), ...pointedTo(file, name), ...commonValues(name)]] as const)
  if (empty.length > 1) {
    const all = from.map(([name, values]) => [name, values[0]] as const)
    yield { params: { values: all }, ...said(...empty) }
  }
  for (const [name, values] of from) for (const value of values) yield { params: { values: [[name, value]] }, ...said(name) }
  if (empty.includes('content-type')) yield* commonTypes(file, '', (type) => ({ values: [['content-type', type]] }))
}

function undo(inputs: SigningInputs, { values }: Params): SigningInputs {
  const known = values.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  return withSignedHeaders(inputs, known, (name, now) => name !== 'host' && now === '')
}

/** The service says that it has no date, and the request that was sent has one. */
function* dateLost(file: CaseFile): Iterable<Suspicion<Params>> {
  const date = rightDateSent(file)
  if (date === undefined) return
  for (const stated of factsStated(file, ['date-missing-or-malformed'])) {
    if (stated.values['given'] !== undefined) continue
    const grounds = ['The service says that it has no valid date.', `The request that was sent has the date ${date}.`]
    yield { params: { values: [[HEADER.amzDate, date]] }, weight: 0.95, grounds, stated }
  }
}

/** The signed names that proxies drop, where the evidence does not show that they arrived. */
function underscored(file: CaseFile): readonly string[] {
  const arrived = file.verifier.parts === undefined ? [] : (file.inputs === undefined ? [] : headerLines(file.inputs)).map(([name]) => name)
  const sent = file.exchange?.request ?? file.request
  const list = file.signer.parts?.['signed-headers'] ?? (sent === undefined ? undefined : authorizationOf(sent)?.signedHeaders) ?? ''
  const names = list.toLowerCase().split(';')
  const own = sent !== undefined && /\.amazonaws\.com(?:\.cn)?$/i.test(headerValue(sent, 'host') ?? '')
  // Straight to AWS there is no hop.
  return own || isMasked(list) ? [] : names.filter((name) => /^[a-z0-9_-]+$/.test(name) && name.includes('_') && !arrived.includes(name))
}

/** The headers that code sets on what it sends. */
function setByCalls({ observations }: CaseFile): ReadonlySet<string> {
  return new Set(
    observations.flatMap((one) => (one.kind === 'call' && one.call.does === 'sends' ? one.call.headers.map(([name]) => name) : [])),
  )
}

/** The signed headers that did not arrive, as far as the evidence tells, and how surely. */
function missing(file: CaseFile): { readonly names: readonly string[]; readonly weight: number; readonly ground: string } {
  const quoted = file.verifier.parts
  if (quoted !== undefined && file.inputs !== undefined) {
    const names = emptyNames(file.inputs)
    const ground = `The service's own canonical request has an empty value for ${listed(names)}.`
    // A GET without a body has no length to lose: its signer has signed the empty value as well.
    const bodiless = names.join() === 'content-length' && file.inputs.payloadHash === EMPTY_PAYLOAD_HASH
    if (names.length > 0) return { names, weight: bodiless ? 0.35 : 0.85, ground }
    return NONE
  }
  const request = file.wire.request?.request ?? file.request
  if (request === undefined) return NONE
  const authorization = authorizationOf(request)
  const signed = (authorization?.signedHeaders ?? '')
    .toLowerCase()
    .split(/[;\s]+/)
    .filter((name) => name !== '')
  const sent = valuesByName(request)
  const absent = signed.filter((name) => !sent.has(name) && !(name === 'host' || name === 'x-amz-security-token'))
  if (absent.length === 0) return NONE
  if (authorization?.by === 'query') {
    const set = setByCalls(file)
    const left = absent.filter((name) => !set.has(name))
    if (left.length > 0 && left.length < absent.length) {
      const what = left.length === 1 ? 'it' : 'them'
      return {
        names: left,
        weight: 0.72,
        ground: `The presigned URL lists ${listed(left)} in X-Amz-SignedHeaders, and the code that sends does not set ${what}.`,
      }
    }
    const ground = `The presigned URL lists ${listed(absent)} in X-Amz-SignedHeaders; the client that uses the URL has to send ${absent.length === 1 ? 'it' : 'them'}.`
    return { names: absent, weight: 0.6, ground }
  }
  // A request shown in part lacks several; one that lacks a single header is shown whole.
  if (absent.length > 1 || signed.length < 3 || !whole(file, request)) return NONE
  return { names: absent, weight: 0.5, ground: `SignedHeaders lists ${absent[0]}, and the request shown has no such header.` }
}

function whole(file: CaseFile, request: HttpRequest): boolean {
  return (
    headerValues(request, 'host').length > 0 &&
    file.observations.some((seen) => seen.kind === 'request' && seen.request === request && seen.fidelity === 'exact')
  )
}

function explain(match: Match<Params>): Explanation {
  const labels = headerLabels(match, undo, HEAD.id, 'a signed header that did not arrive counts as empty')
  const names = match.params.values.map(([name]) => name)
  const list = names.length === 0 ? 'a signed header' : listed(names)
  const inputs = match.verifier ?? match.file.inputsSeen
  const presigns = match.file.observations.flatMap((one) => (one.kind === 'call' && one.call.does === 'presigns' ? [one.call] : []))
  const presigned = inputs === undefined ? presigns.length > 0 : inputs.authentication === 'query'
  const asked = presigns.flatMap(({ headers }) => headers).find(([name]) => name === names[0])?.[1]
  const value = asked !== undefined && /^[\w./*+-]{1,80}$/.test(asked) ? asked : '<value signed>'
  const first = names[0] ?? '<header>'
  return {
    what: presigned
      ? `the URL was signed together with ${list}, and the request that used it did not carry ${names.length > 1 ? 'them' : 'it'}`
      : `${list} was signed and did not reach the service`,
    why: 'the service fills in an empty value for a header that SignedHeaders names and the request lacks; the signer had a value there',
    labels,
    fixes: [
      ...(names.length === 0 || names.includes('content-type') ? contentTypeFixes(match, match.params.values) : []),
      ...(presigned
        ? ([
            {
              title: `send ${list} with the URL, with the value that was signed`,
              applicability: 'has-placeholders',
              command: `curl -H '${first}: ${value}' '<url>'`,
              appliesTo: ['curl'],
            },
            {
              title: `send ${list} with the URL, with the value that was signed`,
              applicability: asked === undefined ? 'has-placeholders' : 'exact',
              command: `fetch(url, { method: 'PUT', headers: { ...headers, '${first}': '${value}' }, body })`,
              appliesTo: ['javascript'],
            },
            {
              title: `send ${list} with the URL, with the value that was signed`,
              applicability: asked === undefined ? 'has-placeholders' : 'exact',
              command: `requests.put(url, data=body, headers={**headers, '${first}': '${value}'})`,
              appliesTo: ['requests'],
            },
            ...(names.length === 0
              ? []
              : ([{ title: `set ${list} on the request that sends, with the value that was signed`, applicability: 'exact' }] as const)),
            {
              title: 'presign without headers that the user of the URL will not send; X-Amz-SignedHeaders is then "host"',
              applicability: 'maybe',
            },
            ...(names.some((name) => /checksum|x-amz-te|sdk/.test(name))
              ? ([
                  {
                    title: "switch the presigner's checksum headers off",
                    applicability: 'maybe',
                    command:
                      'S3Presigner.builder().serviceConfiguration(S3Configuration.builder().checksumValidationEnabled(false).build())',
                    appliesTo: ['aws-sdk-java-v2'],
                  },
                ] as const)
              : []),
          ] as const)
        : ([
            { title: `let ${list} through every proxy unchanged, or bypass the proxy for signed requests`, applicability: 'maybe' },
            ...(first.includes('_')
              ? UNDERSCORES_KEPT
              : ([
                  {
                    title: 'pass the header to the origin',
                    applicability: 'maybe',
                    command: `proxy_set_header ${first} $http_${first.replaceAll('-', '_')};`,
                    appliesTo: ['nginx'],
                  },
                ] as const)),
          ] as const)),
      ...(presigned ? [] : unsignedHeaderFixes(first)),
      ...HEADERS_KEPT,
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'take the name out of SignedHeaders of the finished request',
        why: 'SignedHeaders itself is signed; the signature has to be made again',
      },
    ],
    check: `send the same request straight to the service with ${list}: it passes the signature check`,
  }
}

function emptyNames(inputs: SigningInputs): string[] {
  return headerLines(inputs).flatMap(([name, value]) => (value === '' && name !== '' && name !== 'host' ? [name.toLowerCase()] : []))
}

function pointedTo(file: CaseFile, name: string): readonly string[] {
  return name === 'content-type' ? typesPointedTo(file) : []
}

function valuesSeen(file: CaseFile, name: string): string[] {
  const seen = file.observations.flatMap((one) =>
    one.kind === 'request' ? (valuesByName(one.request).get(name) ?? []).map((value) => value.trim()) : [],
  )
  return [...new Set(seen)].filter((value) => value !== '').slice(0, 4)
}

const NONE = { names: [], weight: 0, ground: '' } as const
