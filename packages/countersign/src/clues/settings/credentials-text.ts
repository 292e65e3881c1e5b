/**
 * Reads credentials files, environment settings and manifests for damaged or unfitting values. No value is ever repeated.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */

import { anyText, type Clue, clueAt, type EvidenceReader, type EvidenceSource, type Observation } from '../../case/index.js'
import { ENDPOINT_NAMES } from '../../catalog/index.js'
import { MOST_SCANNED } from '../../text/index.js'
import { withMends } from '../mends.js'
import { cluesOf, said } from '../rule.js'
import { type CredentialFault, HIDDEN, pairFaults, valueFaults } from './credential-damage.js'
import { bareValue, type CredentialSetting, credentialSettings, spellings } from './credential-settings.js'
import {
  BUCKET_IN_ENDPOINT,
  REGION_MALFORMED,
  REGION_OF_ENDPOINT,
  SECRET_DAMAGED,
  SIGNING_SETTINGS,
  TOKEN_LEFT_OUT,
  TOKEN_OF_OLDER_KEY,
} from './setting-rules.js'

export const credentialsText: EvidenceReader = {
  id: 'credentials-text',
  reads:
    'AWS, s3cmd, rclone and Hadoop configuration, .env, manifests, credential dumps: damaged or unfitting values, settings that decide',
  samples: [
    '[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"\n',
    'export AWS_ACCESS_KEY_ID=ASIAIOSFODNN7EXAMPLE\nexport AWS_REGION=us_east_1\n',
  ],
  recognize: anyText,
  read({ name, text }: EvidenceSource): readonly Clue[] {
    const scanned = text.slice(0, MOST_SCANNED)
    const settings = credentialSettings(scanned)
    const faults = [valueFaults, pairFaults, regionFaults, endpointFaults, bucketFaults, tokenFaults].flatMap((faultsOf) =>
      faultsOf(scanned, settings),
    )
    const clues = faults.map(({ at, rule, message, more }) => clueAt(scanned, name, at, said(rule, message, more)))
    return [...withMends([...clues, ...cluesOf(SIGNING_SETTINGS, scanned, name)], scanned)].sort(
      (a, b) => a.location.start - b.location.start,
    )
  },
}

/**
 * The faults that show only where a file stands beside another piece: "docker run --env-file" in a sentence, quotes in the file.
 * @param seen What each piece says alone.
 */
export function credentialHints(sources: readonly EvidenceSource[], seen: readonly Observation[]): readonly Clue[] {
  const texts = sources.slice(0, MOST_SOURCES).map(({ name, text }) => ({ name, text: text.slice(0, MOST_BESIDE) }))
  if (texts.length < 2) return []
  const known = new Set(seen.flatMap((one) => (one.kind === 'clue' && one.rule === SECRET_DAMAGED.id ? [one.location.source] : [])))
  return texts.flatMap(({ name, text }, i) => {
    const settings = known.has(name) ? [] : credentialSettings(text)
    if (settings.length === 0) return []
    const all = [text, ...texts.filter((_, j) => j !== i).map((one) => one.text)].join('\n\n')
    return valueFaults(all, settings).map(({ at, rule, message, more }) => clueAt(text, name, at, said(rule, message, more)))
  })
}

type FaultsOf = (text: string, settings: readonly CredentialSetting[]) => readonly CredentialFault[]

const regionFaults: FaultsOf = (text, settings) =>
  settings.flatMap((one) => {
    // The JavaScript SDK prints "region: null" with every error.
    if (one.kind !== 'region' || (one.value === 'null' && /\bstatusCode: ?\d|\bretryable: ?(?:true|false)/.test(text))) return []
    const form = REGION_FORMS.find(([match]) => match.test(bareValue(one)))
    return form === undefined ? [] : [{ at: one.at, rule: REGION_MALFORMED, message: `the region is ${form[1]}.`, more: {} }]
  })

/** An endpoint of one region beside another region. */
const endpointFaults: FaultsOf = (text, settings) => {
  const region = settings.find((one) => one.kind === 'region' && REGION.test(bareValue(one)))
  const named = ENDPOINT.exec(text)?.[1] ?? ENDPOINT_OF_STORE.exec(text)?.[1]
  if (region === undefined || named === undefined || named === bareValue(region)) return []
  const signed = bareValue(region)
  const message = `the endpoint is of ${named}, and the region is set to ${signed}.`
  return [{ at: region.at, rule: REGION_OF_ENDPOINT, message, more: { values: { signed, wanted: named } } }]
}

/** An endpoint that names the bucket, which the client names once more. */
const bucketFaults: FaultsOf = (text) => {
  const buckets = new Set([...text.matchAll(BUCKET_SET)].slice(0, MOST).map(([, bucket]) => bucket!.toLowerCase()))
  if (buckets.size === 0) return []
  for (const match of [...text.matchAll(ENDPOINT_SET)].slice(0, MOST)) {
    const [whole, host = '', path = ''] = match
    const bucket = [...buckets].find((one) => host.toLowerCase().startsWith(`${one}.`) || path.toLowerCase() === one)
    if (bucket === undefined) continue
    const message = `the endpoint holds the bucket ${bucket}, which the client puts before the host or into the path.`
    const endpoint = path === '' || host.toLowerCase().startsWith(`${bucket}.`) ? host.slice(bucket.length + 1) : host
    return [{ at: match.index + whole.search(/\S/), rule: BUCKET_IN_ENDPOINT, message, more: { values: { endpoint } } }]
  }
  return []
}

const tokenFaults: FaultsOf = (text, settings) => {
  const tokens = settings.filter((one) => one.kind === 'token' && !/^(?:nil|null|None|undefined|)$/.test(bareValue(one)))
  const kinds = [...text.matchAll(/\b(AKIA|ASIA)[A-Z0-9*]{4,}/g)].map(([, kind]) => kind)
  const empty = EMPTY_TOKEN.exec(text)
  if (empty !== null && (kinds[0] === 'ASIA' || tokens.length > 0))
    return [{ at: empty.index, rule: TOKEN_LEFT_OUT, message: 'the session token is empty, and the credentials are temporary.', more: {} }]
  const has = (kind: CredentialSetting['kind'], section: string): boolean =>
    settings.some((one) => one.kind === kind && one.section === section)
  const temporary = settings.find(
    (one) => one.kind === 'id' && /^ASIA[A-Z0-9*]{4,}/.test(bareValue(one)) && has('secret', one.section) && !has('token', one.section),
  )
  if (temporary !== undefined && (temporary.section !== '' || !/token/i.test(text))) {
    const message = 'the access key id starts with ASIA, and no session token is set.'
    return [{ at: temporary.at, rule: TOKEN_LEFT_OUT, message, more: {} }]
  }
  const older = tokens.find(({ section }) => {
    const ids = settings.filter((one) => one.kind === 'id' && one.section === section && !HIDDEN.test(one.value))
    return ids.length > 0 && ids.every((one) => /^AKIA/.test(bareValue(one)))
  })
  if (older === undefined || (older.section === '' && kinds.includes('ASIA'))) return []
  const message = 'a session token is set beside an access key id that starts with AKIA and has none.'
  return [{ at: older.at, rule: TOKEN_OF_OLDER_KEY, message, more: {} }]
}

const MOST_SOURCES = 20
const MOST_BESIDE = 20_000
const REGION_FORMS: readonly (readonly [RegExp, string])[] = [
  [/^(?:None|null|undefined|)$/, 'set to nothing'],
  [/^[a-z]{2}(?:_[a-z]{2,10}){1,2}_\d$/i, 'written with underscores; it has hyphens'],
  [/^[a-z]{2}(?:-[a-z]{2,10}){1,2}-\d[a-f]$/, 'the name of an availability zone; a region has no letter at its end'],
  [
    /^(?:US|EU|Asia|AP)[ _-](?:East|West|Central|North|South)[\w ().-]{0,30}$|^[A-Z]{2}-[A-Z]{2,9}-\d$/,
    'written in another form than us-east-1',
  ],
  [/^[\w .-]{0,30}\([\w ().-]{0,30}$/, 'a display name; its code has the form us-east-1'],
]
const EMPTY_TOKEN = /session_?token["']?\]?\s{0,5}(?:=>|=|:)?\s{0,5}(?:\n\s{0,5}=>\s{0,5})?(?:nil|null|None|undefined|""|'')(?!\w)/i
const REGION = /^[a-z]{2}(?:-gov)?-[a-z]{4,9}-\d$/
const ENDPOINT_NAME = `(?:${spellings(ENDPOINT_NAMES)})[\\w.-]{0,20}["']?(?:\\s{0,5}[:=]\\s{0,5}|</name>\\s{0,20}<value>)["']?`
const ENDPOINT = new RegExp(
  `${ENDPOINT_NAME}(?:https?://)?[\\w.%()-]{0,80}\\bs3[.-](?:dualstack\\.)?([a-z]{2}(?:-gov)?-[a-z]{4,9}-\\d)\\.amazonaws`,
  'i',
)
/** Stores that check the region, which is a part of their hosts. */
const ENDPOINT_OF_STORE =
  /\b(?:s3|cos|obs)\.([a-z]{2}(?:-[a-z]{2,9}){0,2}(?:-?\d{1,3})?)\.(?:wasabisys\.com|scw\.cloud|backblazeb2\.com|io\.cloud\.ovh\.(?:net|us)|cloud\.ovh\.net|myqcloud\.com|myhuaweicloud\.com)/i
const BUCKET_SET =
  /(?<![a-z])bucket(?:[_-]?name)?["']?\]?[ \t]{0,5}(?:=>|[:=])[ \t]{0,5}["']?([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])["']?(?![\w./:$(-])/gi
const ENDPOINT_SET =
  /(?<!cdn_?)(?:endpoint(?:[_-]?url)?|hostname|host_base|s3_?url)["']?\]?[ \t]{0,5}(?:=>|[:=])[ \t]{0,5}["']?(?:https?:\/\/)?([\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?::\d{1,5})?)(?:\/([\w.-]{3,63}))?\/?["']?(?![\w./(-])/gi
const MOST = 100
