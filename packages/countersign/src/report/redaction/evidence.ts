/**
 * Evidence made fit to be posted, and still evidence: each value has a placeholder that every reader takes for a mask, and equal
 * values have the same one. What nobody can guess is sealed, so that a secret can still be tested against it.
 */
import type { EvidenceSource, PrivateName } from '../../case/index.js'
import { type HiddenKind, hiddenInLines, isSealable, sealWith } from '../../credentials/index.js'
import { bytesOf, payloadHashOf, uriDecode, utf8ByteString } from '../../sigv4/index.js'
import { apart, KnownValues, knownIn, without } from './known-values.js'
import type { Found } from './needles.js'
import { Placeholders } from './placeholders.js'
import { AWS_ACCESS_KEY_ID, LONGEST_SIGNATURE, maskedParts } from './redact.js'
import { nameReadingsOf } from './spellings.js'
import { endOf, startOf } from './view.js'

/** What may not be shown of the evidence, besides what its form or its name gives away. */
export interface NotToShow {
  /** What the user gave. */
  readonly secrets: readonly string[]
  /** Session tokens and signatures that readers saw. */
  readonly unspoken: readonly string[]
  /** What else readers saw under the name of a credential. */
  readonly credentials: readonly string[]
  /** Names of people's own things. Absent: they stay. */
  readonly names?: readonly PrivateName[]
}

/** What was hidden, and in how many places. */
export interface HiddenCount {
  readonly what: string
  readonly count: number
}

export interface RedactedEvidence {
  readonly sources: readonly EvidenceSource[]
  readonly hidden: readonly HiddenCount[]
}

/** The pieces without what may not be shown. Line ends stay, and what was hidden once stays as it is. */
export function redactedEvidence(sources: readonly EvidenceSource[], not: NotToShow): RedactedEvidence {
  const marks = new Marks()
  for (const value of not.secrets) marks.keep('secret', value)
  for (const value of not.unspoken) marks.keep(value.length > LONGEST_SIGNATURE ? 'token' : 'signature', value)
  for (const value of not.credentials) marks.keep('credential', value)
  // All is looked for before anything is hidden: a value that one place names stands in others without a name.
  const named = sources.map(({ text }) => [...namedIn(text, marks), ...identitiesIn(text, marks)])
  const known = [marks.known()]
  const names = not.names === undefined ? undefined : new Placeholders(not.names, (kind, number) => mark(kind, number))
  const counts = new Map<string, number>()
  const cleaned = sources.map((source, i): EvidenceSource => {
    const found = [...named[i]!, ...knownIn(source.text, known)]
    for (const { placeholder } of apart(found)) {
      const what = marks.whatOf(placeholder)
      counts.set(what, (counts.get(what) ?? 0) + 1)
    }
    const text = found.length === 0 ? source.text : without(source.text, found)
    return { ...source, text: names === undefined ? text : namesOut(text, names, counts) }
  })
  return { sources: cleaned, hidden: [...counts].map(([what, count]) => ({ what, count })) }
}

/** Placeholders of values: which stands for which, and what it is of. */
class Marks {
  readonly #byValue = new Map<string, string>()
  readonly #whats = new Map<string, string>()
  readonly #counts = new Map<string, number>()

  /** The placeholder of a value, the same one in every spelling of it. */
  of(kind: HiddenKind, value: string): string {
    const plain = plainly(value)
    if ((kind === 'token' || kind === 'signature') && isSealable(plain))
      return this.#put(plain, WHAT[kind], () => sealWith(payloadHashOf(bytesOf(utf8(plain)))))
    return this.numbered(WHAT[kind], plain)
  }

  /** A placeholder that says what it is of. */
  numbered(what: string, value: string): string {
    return this.#put(value, what, () => {
      const number = (this.#counts.get(what) ?? 0) + 1
      this.#counts.set(what, number)
      return mark(what.replaceAll(' ', '-'), number)
    })
  }

  /** The ends of an access key ID, by which people know their own. */
  keyId(id: string, masked: string): string {
    return this.#put(id, 'access key ID', () => masked)
  }

  keep(kind: HiddenKind, value: string): void {
    if (value.trim() !== '' && !HIDDEN.test(value)) this.of(kind, value)
  }

  whatOf(placeholder: string): string {
    return this.#whats.get(placeholder) ?? WHAT.credential
  }

  /** All values, to be looked for wherever they stand. Words of letters alone are words of sentences, too. */
  known(): KnownValues {
    return new KnownValues([...this.#byValue].filter(([value]) => value.length >= SHORTEST && /[^A-Za-z]/.test(value)))
  }

  #put(value: string, what: string, make: () => string): string {
    const given = this.#byValue.get(value)
    if (given !== undefined) return given
    const made = make()
    this.#byValue.set(value, made)
    this.#whats.set(made, what)
    return made
  }
}

function namedIn(text: string, marks: Marks): Found[] {
  return [...nameReadingsOf(text)].flatMap((view) =>
    hiddenInLines(view.text).flatMap(({ start, end, kind }) => {
      const value = view.text.slice(start, end)
      if (HIDDEN.test(value)) return []
      return [{ start: startOf(view, start), end: endOf(view, end - 1), placeholder: marks.of(kind, value) }]
    }),
  )
}

/** Access key IDs, account IDs, and whom an ARN names. */
function* identitiesIn(text: string, marks: Marks): Generator<Found> {
  for (const match of text.matchAll(AWS_ACCESS_KEY_ID)) {
    const [id, first, middle, last] = match as unknown as [string, string, string, string]
    yield { start: match.index, end: match.index + id.length, placeholder: marks.keyId(id, maskedParts(id, first, middle, last)) }
  }
  for (const match of text.matchAll(ACCOUNT))
    yield { start: match.index, end: match.index + match[0].length, placeholder: marks.numbered('account', match[0]) }
  for (const match of text.matchAll(ARN)) {
    const name = match[1]!
    if (HIDDEN.test(name)) continue
    const end = match.index + match[0].length
    yield { start: end - name.length, end, placeholder: marks.numbered('name', name) }
  }
}

/** Names of people's own things, line by line: a line that holds none stays as it is. */
function namesOut(text: string, names: Placeholders, counts: Map<string, number>): string {
  return text
    .split('\n')
    .map((line) => {
      const clean = names.sentence(line)
      const more = (clean.match(MARK) ?? []).length - (line.match(MARK) ?? []).length
      if (more > 0) counts.set('name', (counts.get('name') ?? 0) + more)
      return clean
    })
    .join('\n')
}

/** Evidence is bytes already; a report of it may hold other characters. */
function utf8(text: string): string {
  return /[^\0-\xff]/.test(text) ? utf8ByteString(text) : text
}

/** A value as it was before anybody escaped it. */
function plainly(value: string): string {
  const whole = value.replaceAll('\\/', '/')
  return /%[0-9A-Fa-f]{2}/.test(whole) ? uriDecode(uriDecode(whole)) : whole
}

/** Asterisks are markup in no notation that evidence has, and every reader takes three of them for a mask. */
function mark(what: string, number: number): string {
  return `***${what}-${number}***`
}

const WHAT: Readonly<Record<HiddenKind, string>> = {
  token: 'session token',
  secret: 'secret',
  signature: 'signature',
  'key-id': 'access key ID',
  credential: 'credential',
}
const SHORTEST = 8
/** Somebody hid it already. */
const HIDDEN = /^\s*(?:\*{3}|.{0,8}\*{4,}.{0,8}$|\[[a-z -]{3,24}\]$)/
const MARK = /\*{3}[A-Za-z-]{1,20}-\d{1,9}\*{3}/g
/** Twelve digits, also behind the escape of a colon, and not of a longer number. */
const ACCOUNT = /(?:(?<![A-Za-z0-9.*])|(?<=%(?:25){0,2}[0-9A-Fa-f]{2}))\d{12}(?![A-Za-z0-9]|\.\d+(?![\w.-]))/g
/** The name at the end of an ARN that has an account in it; the word for its kind stays. */
const ARN =
  /arn(?::|%(?:25)?3A)aws[a-z-]{0,12}(?::|%(?:25)?3A)[a-z0-9-]{1,30}(?::|%(?:25)?3A)[a-z0-9-]{0,30}(?::|%(?:25)?3A)(?:\d{12}|\*{3}account-\d{1,9}\*{3})(?::|%(?:25)?3A)(?:[a-z-]{1,30}(?:[/:]|%(?:25)?(?:2F|3A)))?([^\s"'<>,;&\\)]{1,512})/gi
