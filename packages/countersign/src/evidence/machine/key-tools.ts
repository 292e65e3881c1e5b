/**
 * What tools say of the credentials in use: `aws configure list`, `env`, `wc -c`, `od -c` and `xxd` of a secret. Of a secret only
 * its length and its odd characters are kept.
 */
import { anyText, type EvidenceReader, type EvidenceSource, type Observation, type SettingName } from '../../case/index.js'
import { isKeyId, settingKind } from '../../credentials/index.js'
import { MOST_SCANNED } from '../../text/index.js'

export const keyTools: EvidenceReader = {
  id: 'key-tools',
  reads: 'the answers of aws configure list, env, wc -c, od -c and cat -A: which key is in use, from where, and how long the secret is',
  samples: [
    '      Name                    Value             Type    Location\n      ----                    -----             ----    --------\n   profile                <not set>             None    None\naccess_key     ****************MPLE              env    \nsecret_key     ****************EKEY              env    \n    region                us-east-1      config-file    ~/.aws/config\n',
    '$ env | grep AWS_\nAWS_REGION=eu-west-1\nAWS_SESSION_TOKEN=EXAMPLETOKEN\n',
    '$ printf %s "$AWS_SECRET_ACCESS_KEY" | wc -c\n41\n',
  ],
  recognize: anyText,
  read,
}

type Found = readonly [at: number, length: number, said: Said]

interface Said {
  readonly name: SettingName
  readonly value: string
}

function read({ name, text }: EvidenceSource): readonly Observation[] {
  const scanned = text.slice(0, MOST_SCANNED)
  const found = [
    ...configureList(scanned),
    ...environment(scanned),
    ...lengths(scanned),
    ...printed(scanned),
    ...dumps(scanned),
    ...shownEnds(scanned),
  ].slice(0, MOST)
  return found
    .map(
      ([at, length, said]): Observation => ({
        kind: 'setting',
        setting: { means: { of: 'client', name: said.name }, value: said.value },
        location: { source: name, start: at, end: at + length },
        fidelity: 'exact',
      }),
    )
    .sort((a, b) => a.location.start - b.location.start)
}

/** The table of `aws configure list`, with columns or with colons between them. */
function* configureList(text: string): Iterable<Found> {
  if (!/\baccess_key\b/.test(text) || !/\b(?:profile|region)\b/.test(text)) return
  for (const match of text.matchAll(
    /^[ \t]{0,30}(profile|access_key|secret_key|region)[ \t]{1,40}(?::[ \t]{1,20})?(<not set>|\S{1,80})[ \t]{1,40}(?::[ \t]{0,20})?([\w-]{2,40}|)/gm,
  )) {
    const [whole, name, value, source] = match
    const say = (setting: SettingName, said: string): Found => [match.index, whole.length, { name: setting, value: said }]
    const set = value !== '<not set>' && value !== 'None'
    if (name === 'access_key') {
      if (source !== undefined && source !== '' && source !== 'None') yield say('credential-source', source)
      else if (!set) yield say('credential-source', 'none')
    } else if (set && name !== 'secret_key') yield say(name === 'region' ? 'region' : 'profile', value!)
  }
}

/** `NAME=value` lines that an environment prints. A value of a secret is never kept. */
function* environment(text: string): Iterable<Found> {
  for (const match of text.matchAll(/^(?:export |declare -x )?(AWS_[A-Z_]{3,60})=("[^"\n]{0,4000}"|[^\s"]{0,4000})[ \t\r]*$/gm)) {
    const [whole, name, raw] = match
    const value = raw!.replace(/^"(.*)"$/, '$1')
    const kind = settingKind(name!)
    const setting = settingOf(name!, kind, value)
    if (setting !== undefined) yield [match.index, whole.length, setting]
  }
}

function settingOf(name: string, kind: ReturnType<typeof settingKind>, value: string): Said | undefined {
  if (kind === 'token') return { name: 'token', value: value === '' ? 'absent' : 'set' }
  if (kind === 'secret') return /^[*x.]+$|^$|[$<{]/.test(value) ? undefined : { name: 'secret-length', value: String(value.length) }
  if (kind === 'id') return isKeyId(value) ? { name: 'access-key-id', value } : undefined
  if (kind === 'region') return { name: 'region', value }
  if (/PROFILE$/.test(name)) return { name: 'profile', value }
  return /ENDPOINT/.test(name) ? { name: 'endpoint', value } : undefined
}

/** `... | wc -c`, and the number it answers. `echo` without -n adds one. */
function* lengths(text: string): Iterable<Found> {
  for (const match of text.matchAll(/^([^\n]{0,300}(?:SECRET|secret)[^\n]{0,300})\bwc -c[^\n]{0,80}\n\s{0,20}(\d{1,5})\b/gm)) {
    const added = /\becho (?!-\w{0,3}n)/.test(match[1]!) && !/tr -d|printf/.test(match[1]!) ? 1 : 0
    yield [match.index, match[0].length, { name: 'secret-length', value: String(Number(match[2]) - added) }]
  }
}

/** The length as a shell or a program prints it, and the last characters in quotes with their escapes. */
function* printed(text: string): Iterable<Found> {
  for (const match of text.matchAll(LENGTH_PRINTED)) yield [match.index, match[0].length, { name: 'secret-length', value: match[1]! }]
  for (const match of text.matchAll(END_PRINTED))
    yield [
      match.index,
      match[0].length,
      { name: 'secret-oddity', value: match[1] === ' ' ? 'space' : match[1] === '\\n' ? 'line-feed' : 'carriage-return' },
    ]
}

/** `od -c` or `xxd` of a secret: its length, and what it ends with. */
function* dumps(text: string): Iterable<Found> {
  for (const match of text.matchAll(
    /^[^\n]{0,300}(?:SECRET|secret)[^\n]{0,300}\b(?:od -A?\w{0,3} ?-?t?c|od -c|xxd|hexdump -C)[^\n]{0,80}\n((?:[0-9a-f]{7,8}:?[ \t][^\n]{1,120}\n?){1,12})/gm,
  )) {
    const lines = match[1]!.trimEnd().split('\n')
    const octal = /\bod\b/.test(match[0])
    const cells = lines.flatMap((line) => (octal ? (line.slice(8).match(/\\[0abfnrtv]|[0-7]{3}|\S/g) ?? []) : []))
    const bytes = octal ? cells.length : lines.reduce((sum, line) => sum + (line.slice(9, 50).match(/[0-9a-f]{2}/g) ?? []).length, 0)
    const last = octal
      ? cells.at(-1)
      : (
          lines
            .at(-1)!
            .slice(9, 50)
            .match(/[0-9a-f]{2}/g) ?? []
        ).at(-1)
    const say = (name: SettingName, value: string): Found => [match.index, match[0].length, { name, value }]
    if (bytes > 0) yield say('secret-length', String(bytes))
    const odd = last === undefined ? undefined : ODD[last]
    if (odd !== undefined) yield say('secret-oddity', odd)
  }
}

/** `cat -A`, `-e`, `-vet`: every line ends in "$", so that blanks and carriage returns before it show. */
function* shownEnds(text: string): Iterable<Found> {
  for (const match of text.matchAll(/^[^\n]{0,80}\bcat -(?:A|e|v?e?t|vte?)\b[^\n]{0,150}\n((?:[^\n]{0,400}\$[ \t\r]*(?:\n|$)){1,20})/gm))
    for (const line of match[1]!.split('\n')) {
      const [, blanks, returns] = (/[=:]\s?\S/.test(line) ? /( {1,80})?(\^M)?\$[ \t\r]{0,20}$/.exec(line) : null) ?? []
      if (!/secret|:/i.test(line) || (blanks === undefined && returns === undefined)) continue
      yield [match.index, match[0].length, { name: 'secret-oddity', value: returns === undefined ? 'space' : 'carriage-return' }]
      return
    }
}

const ODD: Readonly<Record<string, string>> = {
  '\\n': 'line-feed',
  '0a': 'line-feed',
  '\\r': 'carriage-return',
  '0d': 'carriage-return',
  '20': 'space',
  '"': 'quote',
  '22': 'quote',
}
const PROMPT = String.raw`\n\s{0,20}(?:>{1,3} ?)?`
/** `echo ${#NAME}`, `len(os.environ["NAME"])`, `process.env.NAME.length`, and the number below. */
const LENGTH_PRINTED = new RegExp(
  String.raw`^[^\n]{0,200}(?:\$\{#\w{0,30}SECRET\w{0,30}\}|\blen\([^\n]{0,60}SECRET\w{0,30}[^\n]{0,20}\)|SECRET\w{0,30}["'\])]{0,4}\.(?:length|Length|size|len\(\)))[^\n]{0,60}${PROMPT}(\d{1,3})\b`,
  'gm',
)
/** `"...KEY\r"`, `'...KEY\n'`, `'...KEY '` below a command that names the secret. */
const END_PRINTED = new RegExp(
  String.raw`^[^\n]{0,200}(?:SECRET|secret)[^\n]{0,200}${PROMPT}(?:b|'|u)?["'][^"'\n]{0,80}?(\\r\\n|\\r|\\n| )["']\s{0,5}$`,
  'gm',
)
const MOST = 60
