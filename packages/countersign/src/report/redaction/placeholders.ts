/**
 * Names of people's own things replaced by placeholders: the same name is the same placeholder throughout a report, and what is
 * evidence stays: separators, percent-escapes, ports, AWS's own part of a host name.
 */
import type { PrivateName } from '../../case/index.js'
import { PLACEHOLDERS } from '../../credentials/index.js'
import { uriEncode } from '../../sigv4/index.js'
import { decoded } from './visible.js'

/** Replaces names in texts; remembers which placeholder stands for which. */
export class Placeholders {
  readonly #given = new Map<string, string>()
  readonly #counts = new Map<string, number>()
  readonly #whole: readonly (readonly [spelling: string, kind: string])[]
  readonly #words: RegExp | undefined
  readonly #known: ReadonlySet<string>

  readonly #write: (kind: string, number: number) => string

  /** @param write How a placeholder looks. */
  constructor(names: readonly PrivateName[], write = (kind: string, number: number): string => `<${kind}-${number}>`) {
    this.#write = write
    const buckets = names.flatMap((name) => (name.kind === 'bucket' ? [name.text] : name.kind === 'host' ? bucketOf(name.text) : []))
    const words = new Set(names.filter(({ kind }) => kind === 'word').map(({ text }) => decoded(text)))
    for (const bucket of buckets) words.add(bucket)
    this.#known = words
    const alone = [...words].filter((word) => word.length >= 3 && !ORDINARY.has(word.toLowerCase()))
    this.#words =
      alone.length === 0
        ? undefined
        : new RegExp(`(?:(?<![\\w<%-])|(?<=%(?:25){0,3}[0-7][0-9A-Fa-f]))(?:${byLength(alone).map(literal).join('|')})(?![\\w>-])`, 'g')
    const whole = names.filter(({ kind, text }) => (kind === 'value' || kind === 'request-id' || kind === 'file') && text.length >= 3)
    const hosts = names.filter(({ kind, text }) => kind === 'host' && !AWS_HOST.test(text))
    this.#whole = [...whole, ...hosts]
      .flatMap(({ kind, text }) => [...new Set([decoded(text), text, uriEncode(text)])].map((spelling) => [spelling, kind] as const))
      .filter(([spelling]) => spelling.length >= 3)
      .sort((a, b) => b[0].length - a[0].length || (a[0] < b[0] ? -1 : 1))
    for (const { kind, text } of names) if (kind === 'file') this.#number(kind, decoded(text))
  }

  /** A path or a query string: every word of it is a name. */
  target(text: string): string {
    const mark = text.startsWith('?') ? 0 : text.indexOf('?')
    const [path, query] = mark < 0 ? [text, ''] : [text.slice(0, mark), text.slice(mark)]
    return this.#path(path) + (query === '' ? '' : this.query(query))
  }

  /** Names of parameters stay, and the X-Amz-* ones with their values. */
  query(text: string): string {
    return text.replace(/([?&]?)([^?&=]+)(=?)([^&]*)/g, (whole, lead: string, name: string, equals: string, value: string) =>
      /^x-amz-/i.test(name) ? this.sentence(whole) : `${lead}${name}${equals}${this.#path(value)}`,
    )
  }

  /** Any text: known names, and what by its form can be nothing else than a name. */
  sentence(text: string): string {
    let clean = text
    for (const [spelling, kind] of this.#whole) {
      if (clean.includes(spelling)) clean = clean.replaceAll(spelling, () => this.#placeholder(kind, spelling))
    }
    clean = clean
      .replace(AWS_HOSTS, (host) => this.#awsHost(host))
      .replace(
        ARN,
        (_, head: string, account: string, rest: string) =>
          `${head}${account === '' ? '' : this.#placeholder('account', account)}:${this.#path(rest)}`,
      )
      .replace(EMAIL, (mail) => this.#placeholder('mail', mail))
      .replace(IP_4, (address) => (LOCAL.test(address) ? address : this.#placeholder('ip', address)))
      .replace(IP_6, (address) => this.#placeholder('ip', address))
      .replace(UUID, (id) => this.#placeholder('request-id', id.toLowerCase()))
      .replace(S3_REQUEST_ID, (id) => this.#placeholder('request-id', id))
      .replace(ACCOUNT, (id) => this.#placeholder('account', id))
      .replace(KEY_ID, (_, kind: string, rest: string) => this.#write(`${kind}-key`, this.#number('access-key', kind + rest)))
      .replace(PATH, (path) => (this.#holdsName(path) ? this.target(path) : path))
    return this.#words === undefined ? clean : clean.replace(this.#words, (word) => this.#placeholder('name', word))
  }

  #holdsName(path: string): boolean {
    return path.split(WORD_ENDS).some((word) => this.#known.has(word))
  }

  #path(text: string): string {
    return text.replace(WORD, (word, ascii: string | undefined, at: number) => {
      // Placeholders that stand there already, and numbers that are too short to name anybody.
      const [before, after] = [text[at - 1], text[at + word.length]]
      const stands = (before === '<' && after === '>') || ((before === '[' || after === ']') && OF_PLACEHOLDERS.has(word))
      return ascii !== undefined || stands || /^\d{1,4}$/.test(word) ? word : this.#placeholder('name', word)
    })
  }

  #awsHost(host: string): string {
    const own = ownLabels(host)
    if (own === '') return host
    return `${this.#placeholder('name', own)}${host.slice(own.length)}`
  }

  #placeholder(kind: string, value: string): string {
    return this.#write(kind, this.#number(kind, value))
  }

  #number(kind: string, value: string): number {
    const key = `${kind} ${value}`
    const given = this.#given.get(key)
    if (given !== undefined) return Number(given)
    const number = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, number)
    this.#given.set(key, String(number))
    return number
  }
}

function bucketOf(host: string): string[] {
  const own = AWS_HOST.test(host) ? ownLabels(host) : ''
  return own === '' ? [] : [own]
}

/** The labels before the service's own: a bucket, the id of an API, an account. */
function ownLabels(host: string): string {
  const end = /\.amazonaws\.(?:com(?:\.cn)?|eu)/i.exec(host)?.index ?? 0
  const labels = host.slice(0, end).split('.')
  let at = labels.findIndex((label) => REGION.test(label))
  if (at < 0) at = labels.length
  const isService = (label: string | undefined): boolean =>
    label !== undefined && /^(?:s3(?:-.*)?|dualstack|fips|vpce|control)$/i.test(label)
  // "name.region.service": what stands before the region is nobody's but the owner's.
  if (at < labels.length - 1) return labels.slice(0, at).join('.')
  at--
  while (at > 0 && isService(labels[at]) && isService(labels[at - 1])) at--
  return labels.slice(0, Math.max(at, 0)).join('.')
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

function byLength(texts: readonly string[]): string[] {
  return [...texts].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
}

const OF_PLACEHOLDERS: ReadonlySet<string> = new Set(Object.values(PLACEHOLDERS).flatMap((one) => one.slice(1, -1).split(' ')))
const REGION = /^[a-z]{2}(?:-[a-z]{2,10}){1,3}-\d$/i
const AWS_HOST = /\.amazonaws\.(?:com|eu)/i
const AWS_HOSTS = /(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,12}\.amazonaws\.(?:com(?:\.cn)?|eu)/gi
const ARN = /(arn:[a-z-]{3,12}:[a-z0-9-]{0,20}:[a-z0-9-]{0,20}:)(\d{0,12}):([^\s"'<>,]{1,512})/g
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g
const IP_4 = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)/g
const LOCAL = /^(?:127\.0\.0\.1|0\.0\.0\.0)$/
const IP_6 =
  /(?<![\w:])(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?![\w:])|(?<![\w:])[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){1,6}::(?:[0-9a-f]{1,4})?(?![\w:])/gi
const UUID = /(?<![\w-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])/gi
const S3_REQUEST_ID = /(?<![\w<-])(?!\d{8}T\d{6}Z)(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{16}(?![\w>-])/g
const ACCOUNT = /(?<![\w.])\d{12}(?![\w.]*\d)/g
const KEY_ID = /(?<![A-Z0-9])(A(?:KI|SI|BI|CC|ID|RO)A)([A-Z0-9*]{8,124})(?![A-Z0-9*])/g
const PATH = /(?:(?<![\w<>./-])|(?<=amazonaws\.com|:\d{2,5}|\w>))\/[^\s"'`<>]{1,2048}/g
// An escape of ASCII, which stays, or a word of a path: letters, digits, and characters beyond ASCII, also where they are percent-encoded.
const WORD = /(%(?:25){0,3}[0-7][0-9A-Fa-f])|(?:[\w~-]|[\u0080-\uffff]|%(?:25){0,2}[89A-Fa-f][0-9A-Fa-f])+/g
const WORD_ENDS = /[/?&=+.,;:!'()*\s]|%(?:25)?[0-7][0-9A-Fa-f]/
/** Words that reports are made of: standing alone they name nothing. */
const ORDINARY = new Set(
  'about access account acl action after again all any api app application are auth authorization aws before between body bucket buckets build bytes calculated canonical case change check client clock code command config content credential credentials data date default delete dev docs down each empty encode encoded encoding end error evidence example export file files first fix format for form from get has hash header headers hello home host http https iam image images index into invoke item items its json key keys latest length line lines list local log logs main message method more name named new not note number object objects one only order other own page part parts path post prefix prod proof proven proxy public put query read region report request requests response right root rules run safe same scope secret send sent server service set sign signature signed signer signing src standard start status string sts such test tests text than that the this time to token two type upload uploads url use used user users value values version verify was way what when where which why wire with without word world wrong you your'.split(
    ' ',
  ),
)
