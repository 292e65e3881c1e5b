/**
 * Reads credentials files, environment settings and manifests for damaged or unfitting values. No value is ever repeated.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */

import { clueAt, type EvidenceReader, type EvidenceSource, type Observation, type Strength, type Values } from '../../case/index.js'
import { anyText, cluesOf, MOST_SCANNED } from '../rule.js'
import { type CredentialFault, HIDDEN, pairFaults, valueFaults } from './credential-damage.js'
import { bareValue, type CredentialSetting, credentialSettings } from './credential-settings.js'
import { SIGNING_SETTINGS } from './signing-settings.js'

export const credentialsText: EvidenceReader = {
  id: 'credentials-text',
  reads:
    'AWS, s3cmd, rclone and Hadoop configuration, .env, manifests, credential dumps: damaged or unfitting values, settings that decide',
  samples: [
    '[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"\n',
    'export AWS_ACCESS_KEY_ID=ASIAIOSFODNN7EXAMPLE\nexport AWS_REGION=us_east_1\n',
  ],
  recognize: anyText,
  read({ name, text }: EvidenceSource) {
    return hintsIn(text, name)
  },
}

function hintsIn(text: string, source: string): readonly Observation[] {
  const scanned = text.slice(0, MOST_SCANNED)
  const settings = credentialSettings(scanned)
  const asHint = ({ at, about, strength, message, part }: CredentialFault): Observation =>
    clueAt(scanned, source, at, { rule: `credentials-${about}`, about, strength, message, values: { part } })
  return [
    ...[...valueFaults(scanned, settings), ...pairFaults(scanned, settings)].map(asHint),
    ...settings.flatMap((one) => regionHints(one, scanned, source)),
    ...endpointHints(settings, scanned, source),
    ...tokenHints(settings, scanned, source),
    ...cluesOf(SIGNING_SETTINGS, scanned, source),
  ].sort((a, b) => a.location.start - b.location.start)
}

function regionHints(setting: CredentialSetting, text: string, source: string): readonly Observation[] {
  if (setting.kind !== 'region') return []
  const bare = setting.value.replace(/^["']|["']$/g, '')
  const say = (strength: Strength, message: string, values: Values = {}): readonly Observation[] => [
    clueAt(text, source, setting.at, { rule: 'region-of-file', about: 'region-mismatch', strength, message, values }),
  ]
  // The JavaScript SDK prints "region: null" with every error.
  if (bare === 'null' && /\bstatusCode: ?\d|\bretryable: ?(?:true|false)/.test(text)) return []
  if (bare === '' || bare === 'None' || bare === 'null' || bare === 'undefined') return say('strong', 'the region is set to nothing.')
  if (/^[a-z]{2}(?:_[a-z]{2,10}){1,2}_\d$/i.test(bare)) return say('strong', 'the region is written with underscores; it has hyphens.')
  if (/^[a-z]{2}(?:-[a-z]{2,10}){1,2}-\d[a-f]$/.test(bare))
    return say('strong', 'the region is the name of an availability zone; it has no letter at its end.')
  if (/^(?:US|EU|Asia|AP)[ _-](?:East|West|Central|North|South)|^[A-Z]{2}-[A-Z]{2,9}-\d$|[()]/.test(bare) && /^[\w ().-]{2,40}$/.test(bare))
    return say('strong', 'the region is written in another form than us-east-1.')
  return []
}

/** An endpoint of one region beside another region. */
function endpointHints(settings: readonly CredentialSetting[], text: string, source: string): readonly Observation[] {
  const region = settings.find(({ kind, value }) => kind === 'region' && REGION.test(value.replace(/["']/g, '')))
  const endpoint = ENDPOINT.exec(text)
  if (region === undefined || endpoint === null) return []
  const signed = region.value.replace(/["']/g, '')
  const message = `the endpoint is of ${endpoint[1]}, and the region is set to ${signed}.`
  return endpoint[1] === signed
    ? []
    : [
        clueAt(text, source, region.at, {
          rule: 'region-not-of-endpoint',
          about: 'region-mismatch',
          strength: 'strong',
          message,
          values: { signed },
        }),
      ]
}

function tokenHints(settings: readonly CredentialSetting[], text: string, source: string): readonly Observation[] {
  const tokens = settings.filter((one) => one.kind === 'token' && !NOTHING.test(one.value))
  const id = ACCESS_KEY_ID.exec(text)
  const nil = EMPTY_TOKEN.exec(text)
  if (nil !== null && (id?.[1] === 'ASIA' || tokens.length > 0))
    return [
      clueAt(text, source, nil.index, {
        rule: 'token-empty',
        about: 'session-token-missing',
        strength: 'strong',
        message: 'the session token is empty, and the credentials are temporary.',
      }),
    ]
  const temporary = settings.find(
    (one) =>
      one.kind === 'id' &&
      /^ASIA[A-Z0-9*]{4,}/.test(bareValue(one)) &&
      settings.some(({ kind, section }) => kind === 'secret' && section === one.section) &&
      !settings.some(({ kind, section }) => kind === 'token' && section === one.section),
  )
  if (temporary !== undefined && (temporary.section !== '' || !/token/i.test(text)))
    return [
      clueAt(text, source, temporary.at, {
        rule: 'token-left-out',
        about: 'session-token-missing',
        strength: 'strong',
        message: 'the access key id starts with ASIA, and no session token is set.',
      }),
    ]
  const stale = tokens.find((token) => {
    const ids = settings.filter(({ kind, section, value }) => kind === 'id' && section === token.section && !HIDDEN.test(value))
    return ids.length > 0 && ids.every((one) => /^AKIA/.test(bareValue(one)))
  })
  const only = [...text.matchAll(/\b(AKIA|ASIA)[A-Z0-9*]{4,}/g)].every((one) => one[1] === 'AKIA')
  if (stale === undefined || (stale.section === '' && !only)) return []
  return [
    clueAt(text, source, stale.at, {
      rule: 'token-of-older-key',
      about: 'session-token-mismatch',
      strength: 'strong',
      message: 'a session token is set beside an access key id that starts with AKIA and has none.',
    }),
  ]
}

const NOTHING = /^(?:["']{2}|nil|null|None|undefined|)$/
const EMPTY_TOKEN = /session_?token["']?\]?\s{0,5}(?:=>|=|:)?\s{0,5}(?:\n\s{0,5}=>\s{0,5})?(?:nil|null|None|undefined|""|'')(?!\w)/i
const REGION = /^[a-z]{2}(?:-gov)?-[a-z]{4,9}-\d$/
const ENDPOINT =
  /(?:endpoint|host_base|host_bucket)[\w.-]{0,20}["']?(?:\s{0,5}[:=]\s{0,5}|<\/name>\s{0,20}<value>)["']?(?:https?:\/\/)?[\w.%()-]{0,80}\bs3[.-](?:dualstack\.)?([a-z]{2}(?:-gov)?-[a-z]{4,9}-\d)\.amazonaws/i
const ACCESS_KEY_ID = /\b(AKIA|ASIA)[A-Z0-9*]{4,}/
