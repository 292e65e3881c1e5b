/** An answer to one request beside the log of another: nothing joins them, so they are not compared, and the log that is missing is asked for. */
import type { Exchange, Observation } from '../case/index.js'
import { parseLenientDate } from '../sigv4/index.js'
import type { WantedEvidence } from './finding.js'
import { debugLogOf } from './wanted.js'

/** What to say where the refusal asked about has no request, and another request is shown. */
export interface TwoRequests {
  readonly note: string
  readonly wanted: WantedEvidence
}

/** Whether the evidence holds an answer and somebody else's log, and which is missing. */
export function twoRequests(
  asked: Exchange | undefined,
  exchanges: readonly Exchange[],
  observations: readonly Observation[],
): TwoRequests | undefined {
  if (asked === undefined || asked.outcome !== 'refused' || asked.sent) return undefined
  const other = asked.otherAttempt ?? exchanges.filter((one) => one !== asked && one.sent && ofOneKey(one, asked)).at(-1)?.keys
  if (other === undefined) return undefined
  const [own, that] = [named(keysOf(asked)), named(other)]
  return {
    note: `These are two requests: give the log of this one, ${own}, which was refused. The log given is of another, ${that}; nothing joins the two, so they were not compared.`,
    wanted: {
      what: `the log of this one, ${own}: these are two requests, and the log given is of ${that}`,
      decides: 'what was signed for the request that was refused',
      command: debugLogOf({ observations })?.how ?? ANY_CLIENT,
    },
  }
}

/** With the path that the service quotes, where nothing else shows one. */
function keysOf({ keys, observations }: Exchange): Exchange['keys'] {
  const quoted = observations.find((one) => one.kind === 'canonical-request' && one.side === 'verifier')
  const path = keys.path ?? (quoted?.kind === 'canonical-request' ? quoted.text.split('\n', 2)[1] : undefined)
  return path === undefined ? keys : { ...keys, path }
}

/** Of what stands under another access key somebody else may speak. */
function ofOneKey(one: Exchange, asked: Exchange): boolean {
  const [a, b] = [one.credential?.accessKeyId, asked.credential?.accessKeyId]
  return a === undefined || b === undefined || a === b
}

function named({ date, method, path, requestId, signature }: Exchange['keys']): string {
  const at = date === undefined ? undefined : parseLenientDate(date)
  const time = at === undefined ? [] : [new Date(at).toISOString().slice(0, 19).replace('T', ' ')]
  const what = [method, path].filter((part) => part !== undefined && part.length < LONGEST).join(' ')
  const more = [...(what === '' ? [] : [what]), ...(requestId === undefined ? [] : [`request ID ${requestId}`])]
  const known = [...time.map((text) => `the request of ${text} UTC`), ...more]
  if (known.length > 0) return known.join(', ')
  return signature === undefined ? 'of which nothing but the answer is known' : `whose signature begins with ${signature.slice(0, 8)}`
}

const ANY_CLIENT = 'aws ... --debug 2> debug.log  (with curl: -v)'
const LONGEST = 200
