/**
 * Reads credentials files, environment settings and manifests for damaged or unfitting values. No value is ever repeated.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
import { hintAt, MOST_SCANNED } from './hint-rules.js'
import type { EvidenceReader, EvidenceSource, Observation } from './reader.js'

export const credentialsText: EvidenceReader = {
  id: 'credentials-text',
  reads: 'AWS configuration and credentials files, .env, export lines, manifests, credential dumps: damaged or unfitting values',
  samples: [
    '[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"\n',
    'export AWS_ACCESS_KEY_ID=ASIAIOSFODNN7EXAMPLE\nexport AWS_REGION=us_east_1\n',
  ],
  recognize(text) {
    return hintsIn(text, '').length > 0 ? 0.7 : 0
  },
  read({ name, text }: EvidenceSource) {
    return hintsIn(text, name)
  },
}

interface Setting {
  readonly kind: 'id' | 'secret' | 'token' | 'region'
  readonly raw: string
  readonly value: string
  readonly at: number
  readonly shell: boolean
}

function hintsIn(text: string, source: string): readonly Observation[] {
  const scanned = text.slice(0, MOST_SCANNED)
  const settings = settingsOf(scanned)
  return [
    ...settings.flatMap((one) => [...damage(one, scanned, source), ...regionHints(one, scanned, source)]),
    ...tokenHints(settings, scanned, source),
  ].sort((a, b) => a.location.start - b.location.start)
}

function settingsOf(text: string): readonly Setting[] {
  return [...text.matchAll(SETTING)].slice(0, 200).map((match) => {
    const name = match[3]!.toLowerCase()
    const rest = match[5]!.replace(/\s{1,20}#[^"']*$/, '')
    const shell = match[2] !== undefined || /^[A-Z_]+=/.test(`${match[3]}${match[4]}`)
    return { kind: kindOf(name), raw: match[5]!, value: rest.trim().replace(/[,;]$/, ''), at: match.index + match[1]!.length, shell }
  })
}

function kindOf(name: string): Setting['kind'] {
  if (/region|location/.test(name)) return 'region'
  if (/token/.test(name)) return 'token'
  return /secret/.test(name) ? 'secret' : 'id'
}

function damage({ kind, raw, value, at, shell }: Setting, text: string, source: string): readonly Observation[] {
  if (kind === 'region' || kind === 'token' || HIDDEN.test(value)) return []
  const what = kind === 'secret' ? 'secret access key' : 'access key id'
  const bare = value.replace(/^["']|["']$/g, '')
  const say = (hint: string, weight: number, why: string) => [hintAt(text, source, at, hint, weight, why, { part: kind })]
  if (/\r$/.test(raw) && !ALL_CRLF(text))
    return say(kind === 'id' ? 'access-key-id-has-line-break' : 'secret-has-newline', 0.6, `the ${what} ends in a carriage return.`)
  if (/\\[nr]["']?$/.test(bare) || (/(?:Cg|o=|K)(?:==?)?$/.test(bare) && base64EndsInNewline(bare)))
    return say(kind === 'id' ? 'access-key-id-has-line-break' : 'secret-has-newline', 0.75, `the ${what} ends in a line feed.`)
  if (kind === 'id') return []
  if (/^["'].*\s["']$/.test(value) || /^["']\s/.test(value))
    return say('secret-has-space', 0.75, 'the secret access key has a space at its end, inside the quotes.')
  if (/[^\s] +\r?$/.test(raw) && !/["']\s*$/.test(raw) && !shell)
    return say('secret-has-space', 0.45, 'a space follows the secret access key.')
  if (/%2[BFbf]|%3[Dd]/.test(bare))
    return say('secret-url-encoded', 0.85, 'the secret access key holds a percent-encoded character, which no key has.')
  if (/^["']/.test(value) && /^\[\w/m.test(text) && /^aws_secret/im.test(text))
    return say('secret-has-quotes', 0.7, 'quotes surround the secret access key in a file where quotes count as part of the value.')
  if (/^[A-Za-z0-9/+]{28,39}$/.test(bare) && AWS_ID.test(text))
    return say('secret-lost-characters', 0.7, `the secret access key has ${bare.length} characters; AWS gives keys of 40.`)
  if (/^[A-Za-z0-9/+]{41,50}$/.test(bare) && AWS_ID.test(text))
    return say('secret.mangled', 0.6, `the secret access key has ${bare.length} characters; AWS gives keys of 40.`)
  return []
}

function regionHints({ kind, value, at }: Setting, text: string, source: string): readonly Observation[] {
  if (kind !== 'region') return []
  const bare = value.replace(/^["']|["']$/g, '')
  // The JavaScript SDK prints "region: null" with every error.
  if (bare === 'null' && /\bstatusCode: ?\d|\bretryable: ?(?:true|false)/.test(text)) return []
  if (bare === '' || bare === 'None' || bare === 'null' || bare === 'undefined')
    return [hintAt(text, source, at, 'region-mismatch', 0.65, 'the region is set to nothing.', {})]
  if (/^[a-z]{2}(?:_[a-z]{2,10}){1,2}_\d$/i.test(bare))
    return [hintAt(text, source, at, 'region-mismatch', 0.85, 'the region is written with underscores; it has hyphens.', {})]
  if (/^[a-z]{2}(?:-[a-z]{2,10}){1,2}-\d[a-f]$/.test(bare))
    return [
      hintAt(text, source, at, 'region-mismatch', 0.8, 'the region is the name of an availability zone; it has no letter at its end.', {}),
    ]
  if (/^(?:US|EU|Asia|AP)[ _-](?:East|West|Central|North|South)|^[A-Z]{2}-[A-Z]{2,9}-\d$|[()]/.test(bare) && /^[\w ().-]{2,40}$/.test(bare))
    return [hintAt(text, source, at, 'region-mismatch', 0.8, 'the region is written in another form than us-east-1.', {})]
  return []
}

function tokenHints(settings: readonly Setting[], text: string, source: string): readonly Observation[] {
  const tokens = settings.filter((one) => one.kind === 'token' && !/^(?:["']{2}|nil|null|None|undefined|)$/.test(one.value))
  const id = ACCESS_KEY_ID.exec(text)
  const nil = /session_?token["']?\]?\s{0,5}(?:=>|=|:)?\s{0,5}(?:\n\s{0,5}=>\s{0,5})?(?:nil|null|None|undefined|""|'')(?!\w)/i.exec(text)
  if (nil !== null && (id?.[1] === 'ASIA' || tokens.length > 0))
    return [
      hintAt(text, source, nil.index, 'session-token-missing', 0.85, 'the session token is empty, and the credentials are temporary.', {}),
    ]
  if (id?.[1] === 'ASIA' && tokens.length === 0 && settings.some((one) => one.kind === 'secret') && !/token/i.test(text))
    return [
      hintAt(text, source, id.index, 'session-token-missing', 0.7, 'the access key id starts with ASIA, and no session token is set.', {}),
    ]
  const ids = [...text.matchAll(/\b(AKIA|ASIA)[A-Z0-9*]{4,}/g)]
  if (id?.[1] === 'AKIA' && tokens[0] !== undefined && ids.every((one) => one[1] === 'AKIA'))
    return [
      hintAt(
        text,
        source,
        tokens[0].at,
        'session-token-mismatch',
        0.7,
        'a session token is set beside an access key id that starts with AKIA and has none.',
        {},
      ),
    ]
  return []
}

/** Whether base64 text decodes to something that ends in a line feed: its last group says so. */
function base64EndsInNewline(value: string): boolean {
  return (
    value.length > 44 &&
    value.length % 4 === 0 &&
    /(?:Cg==|[AEIMQUYcgkosw048]K|[A-Za-z0-9+/]{2}o=)$/.test(value) &&
    /(?:Cg==|o=|K)$/.test(value)
  )
}

const ALL_CRLF = (text: string): boolean => !/[^\r]\n/.test(text)
const SETTING =
  /(^|\n|[;\s])[ \t]{0,20}(export |set |setx |ENV |\$env:|SET )?["']?((?:AWS_|aws_|fs\.s3a\.|TF_VAR_)?(?:access[._]?key(?:[._]?id)?|secret[._]?(?:access[._]?)?key|session[._]?token|security[._]?token|default_region|region|bucket_location)|AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|DEFAULT_REGION|REGION)|accessKeyId|secretAccessKey|sessionToken)["']?([ \t]{0,5}(?:=>|[:=])[ \t]{0,5})([^\n]{0,2048})(?=\n|$)/gi
const HIDDEN = /^["']?(?:\.{3}|<|\*|\$|x{3,}|\[|process\.|os\.|ENV|env|var\.|\{|string|your)/i
const AWS_ID = /\b(?:AKIA|ASIA)[A-Z0-9*]{4,}/
const ACCESS_KEY_ID = /\b(AKIA|ASIA)[A-Z0-9*]{4,}/
