/** What is wrong with a credential that a file holds: quotes, ends, lengths, escapes, pairs. Says what is wrong, never the value. */
import type { Strength } from '../../case/index.js'
import { type CauseId, CREDENTIAL_SETTINGS, PROFILE_VARIABLES } from '../../catalog/index.js'
import type { More, RuleHead } from '../rule.js'
import { bareValue, COMPOSE, type CredentialSetting } from './credential-settings.js'
import { NOT_A_PAIR, SECRET_DAMAGED, SWAPPED } from './setting-rules.js'

/** A fault of a setting, as what a rule says. */
export interface CredentialFault {
  readonly at: number
  readonly rule: RuleHead
  readonly message: string
  readonly more: More
}

/** One damage: where it shows, and how. The first that holds counts. */
interface Damage {
  readonly tag: CauseId
  readonly says: string
  /** "raw": the rest of the line; "value": trimmed; "bare": without quotes around it. */
  readonly on: 'raw' | 'value' | 'bare'
  readonly match: RegExp
  readonly form?: RegExp
  readonly strength?: Strength
  /** The sign that something reads in its own way. */
  readonly sign?: string
  /** What reads it so, where one repair is for that alone. */
  readonly by?: 'compose' | 'php' | 'block'
  /** Of a key ID as well. */
  readonly id?: true
  readonly if?: (text: string, setting: CredentialSetting) => boolean
}

const base64 = (digits: string): RegExp => new RegExp(`^(?=(?:[A-Za-z0-9+/=]{4}){2,500}$)(?:${digits})`)
const NEWLINE = { tag: 'secret-has-newline', id: true } as const
const QUOTES = { tag: 'secret-has-quotes', on: 'value', match: /^(["']).*\1$/s } as const
const SPACE = { tag: 'secret-has-space' } as const
const MANIFEST = { form: /manifest/, on: 'bare' } as const
/** What shows in a value that the asker hid, too. The values of a manifest are base64, whose first and last digits say enough. */
const OF_HIDDEN: readonly Damage[] = [
  { ...NEWLINE, ...MANIFEST, match: base64('.*(?:Cg==|[AQgw]o=|[AEIMQUYcgkosw048]K)$'), says: 'is base64 with a line feed at the end' },
  { ...QUOTES, ...MANIFEST, match: base64('I[g-v]|J[w-z0-9+/]'), says: 'is base64 of a text in quotes' },
  { ...SPACE, ...MANIFEST, match: base64('I[A-P]|.*(?:IA==|[CSiy]A=|[AEIMQUYcgkosw048]g)$'), says: 'is base64 with a space at an end' },
  {
    ...NEWLINE,
    on: 'value',
    match: /^[|>]\+?$/,
    strength: 'fair',
    says: 'is a YAML block that keeps its line break; "|-" does not',
    by: 'block',
  },
]
const DAMAGES: readonly Damage[] = [
  { ...NEWLINE, on: 'raw', match: /\r$/, strength: 'fair', if: (text) => /[^\r]\n/.test(text), says: 'ends in a carriage return' },
  { ...NEWLINE, on: 'bare', match: /\\[nr]$/, says: 'ends in a line feed' },
  { ...SPACE, on: 'value', match: /^["'](?:\s|.*\s["']$)/, says: 'has a space at an end, inside the quotes' },
  { ...QUOTES, form: /cmd/, says: 'has quotes, which set takes for a part of it' },
  { ...QUOTES, form: /list/, says: 'has quotes, which are a part of it in a list of an environment' },
  { ...SPACE, form: /cmd/, on: 'raw', match: /\S +(?:\r?$|&&)/, strength: 'fair', says: 'is followed by a space, which set takes too' },
  {
    ...SPACE,
    form: /manifest|element|plain|compose|php/,
    on: 'raw',
    match: /[^\s"'] +\r?$/,
    strength: 'fair',
    says: 'is followed by a space',
  },
  {
    // https://github.com/motdotla/dotenv#comments: outside quotes a comment begins with "#".
    tag: 'secret-truncated',
    form: /shell|plain|compose/,
    on: 'raw',
    match: /^[A-Za-z0-9/+]{4,39} ?#[A-Za-z0-9/+]/,
    says: 'holds a "#" outside quotes, from which on readers of .env files take it for a comment',
    sign: '#',
  },
  {
    tag: 'secret-shell-expanded',
    form: /shell|argument/,
    on: 'value',
    match: /^"[^"$\n]{1,80}\$[\w({][^"\n]{0,80}"$|^[^"'$\s]{1,80}\$[\w({]\S{0,80}$/,
    says: 'holds a "$" outside single quotes, which shells and .env readers replace',
    sign: '$',
  },
  {
    // https://docs.docker.com/reference/compose-file/interpolation/: "$$" stands for "$", whichever quotes are around it.
    tag: 'secret-shell-expanded',
    form: /compose|list/,
    on: 'bare',
    match: /^[^$\n]{1,80}(?:\$\$[^$\n]{0,80}){0,8}\$[A-Za-z_{]/,
    if: (text) => COMPOSE.test(text),
    says: 'holds a "$", which Docker Compose takes for the begin of a variable',
    sign: '$',
    by: 'compose',
  },
  {
    // https://www.php.net/manual/en/language.types.string.php#language.types.string.parsing
    tag: 'secret-shell-expanded',
    form: /php/,
    on: 'value',
    match: /^"[^"$\n]{0,80}\$[A-Za-z_{][^"\n]{0,80}"$/,
    says: 'holds a "$" in double quotes, where PHP puts in the value of a variable',
    sign: '$',
    by: 'php',
  },
  {
    tag: 'secret-shell-expanded',
    form: /argument/,
    on: 'value',
    match: /^[^"'&;|<>()\s]{1,80}[&;|<>()]/,
    says: 'holds a sign outside quotes at which the shell ends the word',
  },
  {
    // 40 characters are 56 of base64, and AKIA or ASIA begin with these.
    tag: 'secret-in-base64',
    id: true,
    form: /shell|list|plain|cmd|element/,
    on: 'bare',
    match: /^(?:(?=.{28}$)(?:QUtJQ|QVNJQ)[A-Za-z0-9+/]{22}=|[A-Za-z0-9+/]{54}==)$/,
    says: 'is base64, and nothing here undoes that',
  },
  { tag: 'secret-url-encoded', on: 'bare', match: /%(?:2[BF]|3D)/i, says: 'holds a percent-encoded character, which no key has' },
  { tag: 'secret-url-encoded', on: 'bare', match: /&(?:#x2[bf]|#4[37]|amp);/i, says: 'holds an HTML entity, which no key has' },
  {
    ...SPACE,
    id: true,
    on: 'raw',
    match: /^\S{16,100} {1,10}#/,
    if: (text) => ENV_FILE.test(text),
    says: 'is followed by a comment, which "docker run --env-file" takes for a part of it',
  },
  {
    ...QUOTES,
    id: true,
    if: (text) => ENV_FILE.test(text),
    says: 'has quotes around it, which "docker run --env-file" takes for a part of it',
  },
  { ...QUOTES, if: keepsQuotes, says: 'has quotes around it in a file where they are a part of the value' },
  { ...QUOTES, match: /^["'](?!.*["']$)|^[^"'].*["']$/s, strength: 'fair', says: 'has a quote at one end only' },
  { tag: 'secret-lost-characters', on: 'bare', match: /\\[/+=]/, says: 'holds a character escaped with a backslash' },
  { ...SPACE, on: 'bare', match: /^(?=.{30,60}$)[A-Za-z0-9/+]+\s[A-Za-z0-9/+\s]*$/, says: 'has white space inside' },
  {
    tag: 'secret-lost-characters',
    on: 'bare',
    match: /^[A-Za-z0-9/+]{28,39}$/,
    if: ofAws,
    says: 'has not the 40 characters that AWS gives',
  },
]

/** The faults of each value. */
export function valueFaults(text: string, settings: readonly CredentialSetting[]): readonly CredentialFault[] {
  return settings.flatMap((setting) => {
    const { kind, raw, value, form, at } = setting
    if (kind !== 'id' && kind !== 'secret') return []
    const places = { raw, value, bare: bareValue(setting) }
    const damage = [...OF_HIDDEN, ...(HIDDEN.test(value) ? [] : DAMAGES)].find(
      (one) =>
        (kind === 'secret' || one.id === true) &&
        (one.form ?? /./).test(form) &&
        one.match.test(places[one.on]) &&
        (one.if === undefined || one.if(text, setting)),
    )
    if (damage === undefined) return []
    const tag = kind === 'id' && damage.tag === 'secret-has-newline' ? 'access-key-id-has-line-break' : damage.tag
    const message = `the ${kind === 'id' ? 'access key id' : 'secret access key'} ${damage.says}.`
    return [
      {
        at,
        rule: SECRET_DAMAGED,
        message,
        more: {
          tags: [tag],
          strength: damage.strength ?? 'strong',
          values: {
            part: kind,
            ...(damage.sign !== undefined && { sign: damage.sign }),
            ...(damage.by !== undefined && { by: damage.by }),
          },
        },
      },
    ]
  })
}

/** The faults of ids and secrets that do not belong together. */
export function pairFaults(text: string, settings: readonly CredentialSetting[]): readonly CredentialFault[] {
  const shown = settings.filter(({ value }) => !HIDDEN.test(value))
  const [ids, secrets] = [shown.filter(({ kind }) => kind === 'id'), shown.filter(({ kind }) => kind === 'secret')]
  const say = (rule: RuleHead, one: CredentialSetting | undefined, message: string): readonly CredentialFault[] =>
    one === undefined ? [] : [{ at: one.at, rule, message, more: { values: { part: one.kind } } }]
  const beside = (all: readonly CredentialSetting[], { section, at }: CredentialSetting): CredentialSetting | undefined =>
    all.filter((one) => one.section === section).sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0]
  /** One that stands twice, with another value of the other kind beside it. */
  const shared = (all: readonly CredentialSetting[], others: readonly CredentialSetting[]): CredentialSetting | undefined =>
    all.find((one) =>
      all.some((twin) => {
        const [mine, theirs] = twin.at < one.at && bareValue(twin) === bareValue(one) ? [beside(others, one), beside(others, twin)] : []
        return mine !== undefined && theirs !== undefined && bareValue(mine) !== bareValue(theirs)
      }),
    )
  const profile = PROFILE.test(text) ? ids.find(({ name }) => CREDENTIAL_SETTINGS.id.variables.some((own) => own === name)) : undefined
  return [
    ...say(
      SWAPPED,
      ids.find((one) => /^(?!AKIA|ASIA)[A-Za-z0-9/+]{40}$/.test(bareValue(one))),
      'the access key id has the form of a secret.',
    ),
    ...say(
      SWAPPED,
      secrets.find((one) => /^A[KS]IA[A-Z0-9]{12,20}$/.test(bareValue(one))),
      'the secret has the form of an access key id.',
    ),
    ...say(NOT_A_PAIR, shared(secrets, ids), 'the same secret stands beside two access key ids; it can belong to one of them only.'),
    ...say(NOT_A_PAIR, shared(ids, secrets), 'the same access key id stands beside two secrets; one of them is not its own.'),
    ...say(
      NOT_A_PAIR,
      secrets.find((one) => PLACEHOLDER.test(bareValue(one))),
      'the secret is a word that waits to be replaced.',
    ),
    ...say(NOT_A_PAIR, profile, 'keys stand in the environment beside AWS_PROFILE; most SDKs take the keys and not the profile.'),
  ]
}

function ofAws(text: string): boolean {
  return /\b(?:AKIA|ASIA)[A-Z0-9*]{4,}/.test(text)
}

/** The shared files of AWS, .s3cfg and rclone.conf take quotes for a part of the value. */
function keepsQuotes(text: string, { name }: CredentialSetting): boolean {
  // https://docs.docker.com/reference/cli/docker/container/run/#env: the value is taken as it stands; compose takes quotes off.
  if (/--env-file\b/.test(text) && !/\bcompose\b/i.test(text)) return true
  if (/\brclone\.conf\b/.test(text) && /^(?:secret_)?access_key/i.test(name)) return true
  if (!/^\[[\w. -]{1,80}\]/m.test(text)) return false
  return /^aws_secret/i.test(name) || /^host_base\s{0,5}=/m.test(text) || /^type\s{0,5}=\s{0,5}s3\b/m.test(text)
}

/** https://docs.docker.com/reference/cli/docker/container/run/#env: the values of such a file are taken as they are. */
const ENV_FILE = /\b(?:docker|podman|nerdctl) (?:container )?run\b[^\n]{0,300}--env-file/
/** What only files of Docker Compose have. */

export const HIDDEN = /^["']?(?:\.{3}|<|\*|\$|x{3,}|\[|process\.|os\.|ENV|env|var\.|\{|string|your|!)/i
const PLACEHOLDER = /^(?:change[_-]?me|replace[_-]?me|dummy|placeholder|insert\w{0,20}|secret[_-]?key|fill[_-]?me[_-]?in)$/i
const PROFILE = new RegExp(
  `^[ \\t]{0,10}(?:export |set |\\$env:|- )?["']?(?:${PROFILE_VARIABLES.join('|')})["']?\\s{0,3}[:=]\\s{0,3}["']?(?!["'\\s])[\\w.-]`,
  'm',
)
