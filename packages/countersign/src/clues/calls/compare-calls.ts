/**
 * Calls of programs beside each other, and beside what the specification and S3 ask for: what is presigned and what is sent, what is
 * signed and what a hop changes, which parts of credentials are handed over. Three-valued: what a text does not show never differs.
 */
import { type CallView, type Clue, clue, type Observation, type ObservationOf } from '../../case/index.js'
import { type More, type RuleHead, said } from '../rule.js'
import {
  CALL_BUCKET_WITH_SLASH,
  CALL_HEADER_ADDED,
  CALL_HEADER_DIFFERS,
  CALL_HEADER_LEFT_OUT,
  CALL_METADATA_CASE,
  CALL_METHOD,
  CALL_SIGNS_ACCEPT_ENCODING,
  CALL_SIGNS_HOP_HEADER,
  CALL_WITHOUT_TOKEN,
} from './call-rules.js'

type Call = ObservationOf<'call'>

/** The clues of the calls of all pieces. */
export function callHints(seen: readonly Observation[]): readonly Observation[] {
  const calls = seen.filter((one): one is Call => one.kind === 'call').slice(0, MOST_CALLS)
  const found = [...calls.flatMap(alone), ...pairs(calls)]
  // A rule holds once, at its first place.
  return found.filter(
    (one, i) => found.findIndex(({ rule, values }) => rule === one.rule && values['header'] === one.values['header']) === i,
  )
}

/** What one call shows by itself. */
function alone(one: Call): readonly Clue[] {
  const { does, bucket, headers, handed = [], provided, api } = one.call
  const found: Clue[] = []
  if (bucket?.includes('/') === true && (does === 'asks' || does === 'presigns'))
    found.push(
      at(one, CALL_BUCKET_WITH_SLASH, `The bucket of ${name(one)} is put together with a slash: what follows it is a part of the key.`),
    )
  if (does === 'signs') {
    for (const [header] of headers)
      if (header === 'accept-encoding')
        found.push(
          at(one, CALL_SIGNS_ACCEPT_ENCODING, `${name(one)} signs accept-encoding, which runtimes and hops write again.`, {
            values: { header },
          }),
        )
      else if (HOP_HEADERS.has(header))
        found.push(at(one, CALL_SIGNS_HOP_HEADER, `${name(one)} signs ${header}, which every hop may change.`, { values: { header } }))
    if (provided === true && handed.includes('id') && handed.includes('secret') && !handed.includes('token'))
      found.push(
        at(one, CALL_WITHOUT_TOKEN, `${name(one)} gets the key and the secret of provided credentials, and not their session token.`),
      )
  }
  const metadata = one.call.metadata?.find((given) => given !== given.toLowerCase())
  if (does === 'presigns' && metadata !== undefined)
    found.push(
      at(one, CALL_METADATA_CASE, `${api} presigns the metadata ${metadata}; as a header its name is lower case.`, {
        values: { header: metadata },
      }),
    )
  return found
}

/** What is presigned beside what is sent to it. */
function pairs(calls: readonly Call[]): readonly Clue[] {
  const presigned = calls.filter(({ call }) => call.does === 'presigns' && call.method !== undefined)
  const sent = calls.filter(
    ({ call }) => call.does === 'sends' && call.method !== undefined && (call.url === undefined || SIGNED.test(call.url)),
  )
  return sent.flatMap((sending) => {
    const alike = presigned.filter(({ call }) => call.method === sending.call.method)
    const [only] = alike
    if (alike.length === 1 && only !== undefined) return headerClues(only, sending)
    const [other] = presigned
    // With several presigned requests it is not known which of them is sent.
    if (alike.length > 0 || other === undefined || presigned.some(({ call }) => call.method !== other.call.method)) return []
    // A page asks its own server for the URL first.
    if (sending.call.method === 'GET' || sent.some(({ call }) => call.method === other.call.method)) return []
    const values = { signed: other.call.method!, sent: sending.call.method! }
    return [at(sending, CALL_METHOD, `${name(other)} presigns ${values.signed}, and ${name(sending)} sends ${values.sent}.`, { values })]
  })
}

function headerClues(presigned: Call, sending: Call): readonly Clue[] {
  const [signs, sends] = [new Map(presigned.call.headers), new Map(sending.call.headers)]
  const clues: Clue[] = []
  for (const [header, value] of signs) {
    const given = sends.get(header)
    const values = { header }
    if (!sends.has(header)) {
      // The JavaScript SDKs put x-amz- headers into the URL; browsers and libraries set a type themselves.
      if (!sending.call.allHeaders || (/^x-amz-/.test(header) && HOISTS.has(presigned.call.api))) continue
      const strength = header === 'content-type' ? ('fair' as const) : ('strong' as const)
      clues.push(
        at(sending, CALL_HEADER_LEFT_OUT, `${name(presigned)} signs ${header}, and ${name(sending)} does not send it.`, {
          values,
          strength,
        }),
      )
    } else if (value !== undefined && given !== undefined && given !== value)
      clues.push(
        at(sending, CALL_HEADER_DIFFERS, `${name(presigned)} signs ${header}: ${value}, and ${name(sending)} sends ${given}.`, {
          values: { header, signed: value, sent: given },
        }),
      )
  }
  for (const [header] of sends)
    if (/^x-amz-/.test(header) && !signs.has(header) && presigned.call.allHeaders)
      clues.push(
        at(sending, CALL_HEADER_ADDED, `${name(sending)} sends ${header}, which ${name(presigned)} does not sign.`, { values: { header } }),
      )
  return clues
}

function at({ location }: Call, rule: RuleHead, message: string, more: More = {}): Clue {
  return clue(said(rule, message, more), location)
}

function name({ call }: { readonly call: CallView }): string {
  return call.callee.split('.').slice(-2).join('.')
}

/** SDKs whose presigned URLs carry x-amz- headers as parameters. */
const HOISTS: ReadonlySet<string> = new Set(['aws-sdk-js', 'aws-sdk-php', 'aws-sdk-ruby'])
const SIGNED = /[?&](?:X-Amz-)?Signature=/i
const HOP_HEADERS: ReadonlySet<string> = new Set(
  'connection keep-alive te trailer transfer-encoding upgrade via expect x-forwarded-for x-forwarded-proto x-forwarded-host x-real-ip x-amzn-trace-id traceparent tracestate baggage'.split(
    ' ',
  ),
)
const MOST_CALLS = 200
