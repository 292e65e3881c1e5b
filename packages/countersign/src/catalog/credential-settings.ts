/**
 * What the names of settings mean in files, programs and environments that keep credentials: the four that a signer takes,
 * and the endpoint and the profile beside them.
 *
 * Where a name fits two rows, the earlier one counts: a secret access key ends as an access key does.
 */

/** What a signer takes. */
export type CredentialSettingKind = 'region' | 'token' | 'secret' | 'id'

export interface CredentialSettingNames {
  /** In the shared AWS files. @see https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html */
  readonly shared: string
  /** In JSON and in programs. */
  readonly member: 'region' | 'sessionToken' | 'secretAccessKey' | 'accessKeyId'
  /** In the environment, the name that wins first. */
  readonly variables: readonly string[]
  /** How others spell it, in words: behind a prefix of theirs, with or without a character between the words. */
  readonly spelled: readonly string[]
}

export const CREDENTIAL_SETTINGS = {
  region: {
    shared: 'region',
    member: 'region',
    variables: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
    spelled: ['default region', 'region', 'bucket location', 'signing region'],
  },
  token: {
    shared: 'aws_session_token',
    member: 'sessionToken',
    variables: ['AWS_SESSION_TOKEN'],
    spelled: ['session token', 'security token'],
  },
  secret: {
    shared: 'aws_secret_access_key',
    member: 'secretAccessKey',
    variables: ['AWS_SECRET_ACCESS_KEY'],
    spelled: ['secret access key', 'secret key', 'access key secret'],
  },
  id: {
    shared: 'aws_access_key_id',
    member: 'accessKeyId',
    variables: ['AWS_ACCESS_KEY_ID'],
    spelled: ['access key id', 'access key', 'access id'],
  },
} as const satisfies Readonly<Record<CredentialSettingKind, CredentialSettingNames>>

/** What an endpoint is called, in words; s3cmd names hosts in its place. */
export const ENDPOINT_NAMES = ['endpoint', 'host base', 'host bucket'] as const

export const PROFILE_VARIABLES = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'] as const

/** The shared files: the variable that moves each, and its place below the home folder. */
export const SHARED_FILES = {
  credentials: { variable: 'AWS_SHARED_CREDENTIALS_FILE', path: ['.aws', 'credentials'] },
  config: { variable: 'AWS_CONFIG_FILE', path: ['.aws', 'config'] },
} as const
