/** What STS and IAM answer, in XML, and what a refusal means for the keys. */

export interface ServiceAnswer {
  readonly status: number
  /** Leaf elements in their order. */
  readonly leaves: readonly (readonly [name: string, text: string])[]
}

/** The leaves of an answer: the elements that hold text alone. */
export function serviceAnswer(status: number, body: string): ServiceAnswer {
  const leaves: (readonly [string, string])[] = []
  let open: readonly [string, string] | undefined
  for (const [, slash, name, text] of body.slice(0, LARGEST).matchAll(TAG)) {
    if (slash === '') open = [name!, plain(text!)]
    else {
      if (open !== undefined && open[0] === name) leaves.push(open)
      open = undefined
    }
  }
  return { status, leaves }
}

export function leaf({ leaves }: ServiceAnswer, name: string): string | undefined {
  return leaves.find(([one]) => one === name)?.[1]
}

/** What a refusal says of a call, and what to do about it. */
export type Meaning = 'accepted' | 'wrong-secret' | 'unknown-key' | 'bad-token' | 'expired' | 'clock' | 'region' | 'permission' | 'other'

export function meaningOf(answer: ServiceAnswer): Meaning {
  if (answer.status >= 200 && answer.status < 300) return 'accepted'
  const [code, message] = [leaf(answer, 'Code') ?? '', leaf(answer, 'Message') ?? '']
  return codeMeaning(code, message)
}

/** The same of an error that an SDK reports. */
export function codeMeaning(code: string, message: string): Meaning {
  if (/^Signature (?:expired|not yet current)/.test(message)) return 'clock'
  if (/^Credential should be scoped to a valid region/.test(message) || code === 'RegionDisabledException') return 'region'
  const row = CODES.find(({ codes }) => codes.includes(code))
  return row?.means ?? 'other'
}

/** The first sentence of a message. What follows may repeat texts that were signed. */
export function shortMessage(message: string): string {
  return message.split('\n')[0]!.slice(0, LONGEST_MESSAGE)
}

const CODES: readonly { readonly codes: readonly string[]; readonly means: Meaning }[] = [
  { codes: ['SignatureDoesNotMatch'], means: 'wrong-secret' },
  { codes: ['InvalidClientTokenId', 'InvalidAccessKeyId', 'UnrecognizedClientException'], means: 'unknown-key' },
  { codes: ['InvalidToken'], means: 'bad-token' },
  { codes: ['ExpiredToken', 'ExpiredTokenException'], means: 'expired' },
  { codes: ['RequestExpired', 'RequestTimeTooSkewed', 'RequestInTheFuture'], means: 'clock' },
  { codes: ['AccessDenied', 'AccessDeniedException'], means: 'permission' },
]

function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .trim()
}

const TAG = /<(\/?)([A-Za-z]{1,60})(?: [^<>]{0,300})?>([^<]{0,4000})/g
const LARGEST = 65_536
const LONGEST_MESSAGE = 200
