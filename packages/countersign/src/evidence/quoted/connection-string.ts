/**
 * Connection strings: URLs of databases, queues and stores that carry credentials, a region or an endpoint in their parameters or before
 * their host. Of a secret only that it stands there is kept.
 */
import type { EvidenceReader, EvidenceSource, Observation, SettingName } from '../../case/index.js'
import { isKeyId, settingKind } from '../../credentials/index.js'
import { isMasked, MOST_SCANNED } from '../../text/index.js'

export const connectionString: EvidenceReader = {
  id: 'connection-string',
  reads: 'connection strings with credentials or a region in them: jdbc:, redis://, s3://, amqp://',
  samples: [
    'jdbc:iampostgresql://db.example/app?awsRegion=eu-west-1&awsAccessKeyId=AKIAIOSFODNN7EXAMPLE&awsSecretAccessKey=EXAMPLE\n',
    's3://AKIAIOSFODNN7EXAMPLE:EXAMPLESECRET@store.example/backup?region=eu-west-1\n',
  ],
  recognize: (text) => STRING.test(text.slice(0, MOST_SCANNED)),
  read,
}

function read({ name, text }: EvidenceSource): readonly Observation[] {
  return [...text.slice(0, MOST_SCANNED).matchAll(STRINGS)].slice(0, MOST).flatMap((match) => {
    const location = { source: name, start: match.index, end: match.index + match[0].length }
    return settingsOf(match).map(
      ({ name, value }): Observation => ({
        kind: 'setting',
        setting: { means: { of: 'client', name }, value },
        location,
        fidelity: 'exact',
      }),
    )
  })
}

interface Said {
  readonly name: SettingName
  readonly value: string
}

function settingsOf([, scheme, user, host, query]: RegExpMatchArray): readonly Said[] {
  const found: Said[] = []
  if (user?.includes(':') === true && (OF_STORES.test(scheme!) || KEY_ID.test(user)))
    found.push({ name: 'credential-source', value: sourceOf(user) })
  for (const piece of (query ?? '').split('&')) {
    const [name = '', value = ''] = piece.split('=', 2)
    const kind = settingKind(name)
    if (kind === 'secret') found.push({ name: 'credential-source', value: sourceOf(`:${value}`) })
    else if (kind === 'region' && !isMasked(value)) found.push({ name: 'region', value })
    else if (kind === 'id' && isKeyId(value)) found.push({ name: 'access-key-id', value })
    else if (/endpoint/i.test(name) && !isMasked(value)) found.push({ name: 'endpoint', value })
  }
  if (found.length > 0 && host !== undefined && /^s3|^minio/i.test(scheme!) && host.includes('.'))
    found.push({ name: 'endpoint', value: host })
  return found
}

/** A secret of letters and digits alone, or its name in place of one, shows that nothing needs escaping, or nothing at all. */
function sourceOf(user: string): string {
  const secret = user.slice(user.indexOf(':') + 1)
  return /^[A-Za-z0-9_-]+$/.test(secret) && !isMasked(secret) && !SECRET_OF_AWS.test(secret)
    ? 'connection-string-plain'
    : 'connection-string'
}

/** Schemes whose user is a key ID: stores, and Airflow's connections and queues of AWS. */
const OF_STORES = /^(?:s3|swift|minio|aws$|sqs$|boto3)/i
const KEY_ID = /^(?:A[KS]IA[A-Z0-9]{12,20}|LTAI[A-Za-z0-9]{12,24}|GK[0-9a-f]{24}):/
/** Long enough to be one of AWS's; whether it was cut at a slash is not known. */
const SECRET_OF_AWS = /^[A-Za-z0-9]{30,}$/
const BODY = String.raw`\b(jdbc:[a-z0-9:]{2,40}|[a-z][a-z0-9+.]{1,20}):\/\/(?:([^\s"'<>@/?#]{1,300}|[^\s"'<>@/?#:]{1,128}:[^\s"'<>@]{1,300})@)?([^\s"'<>/?#@]{0,300})(?:\/[^\s"'?]{0,500})?(?:\?([^\s"'#]{1,4000}))?`
const STRING = /:\/\/[^\s"']{0,900}(?:[?&][\w.]{0,40}(?:[Kk]ey|[Ss]ecret|[Rr]egion|[Ee]ndpoint)[\w.]{0,30}=|@)/
const STRINGS = new RegExp(BODY, 'g')
const MOST = 40
