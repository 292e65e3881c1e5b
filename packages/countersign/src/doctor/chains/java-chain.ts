/**
 * The order of the AWS SDK for Java v2: system properties (not seen from outside), environment, the
 * token file of the environment, the profile (web identity, SSO, role, login, process, keys), container, instance. Blanks around the
 * values of the environment are taken away.
 * @see https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/credentials-chain.html
 */
import { mergedProfiles } from '../profiles/profile-file.js'
import { type Chain, environmentKeys, type Keys, keysOf, type Resolution, remote, type Setup, variable } from './resolution.js'

export const javaChain: Chain = (setup) => {
  const { env } = setup
  const keys = setup.profile === undefined ? environmentKeys(env) : undefined
  const trimmed = keys === undefined ? undefined : trimmedKeys(keys)
  if (trimmed !== undefined) return { kind: 'keys', source: 'environment', keys: trimmed }
  const file = variable(env, 'AWS_WEB_IDENTITY_TOKEN_FILE') !== undefined && variable(env, 'AWS_ROLE_ARN') !== undefined
  if (setup.profile === undefined && file) return { kind: 'asked', source: 'web-identity' }
  // A variable that is empty names a profile without a name.
  const named = setup.profileVariables.map((name) => env[name]).find((value) => value !== undefined)
  return fromProfile(setup, setup.profile ?? named ?? 'default') ?? remote(env)
}

function fromProfile({ config, credentials }: Setup, profile: string): Resolution | undefined {
  if (config.fault !== undefined || credentials.fault !== undefined) return undefined
  const settings = mergedProfiles(config, credentials).get(profile)
  if (settings === undefined) return undefined
  const has = (name: string): boolean => settings.has(name)
  const asked = (source: 'assume-role' | 'web-identity' | 'sso' | 'login' | 'process'): Resolution => ({ kind: 'asked', source, profile })
  if (has('role_arn') && has('web_identity_token_file')) return asked('web-identity')
  if (['sso_role_name', 'sso_account_id', 'sso_region', 'sso_start_url', 'sso_session'].some(has)) return asked('sso')
  if (has('role_arn') && (has('source_profile') || has('credential_source'))) return asked('assume-role')
  if (has('login_session')) return asked('login')
  if (has('credential_process')) return asked('process')
  const [id, secret] = [settings.get('aws_access_key_id'), settings.get('aws_secret_access_key')]
  const keys = id === '' || secret === '' ? undefined : keysOf(id, secret, settings.get('aws_session_token'))
  const source = credentials.profiles.get(profile)?.has('aws_access_key_id') === true ? 'credentials-file' : 'config-file'
  return keys === undefined ? undefined : { kind: 'keys', source, profile, keys }
}

function trimmedKeys({ accessKeyId, secretAccessKey, sessionToken }: Keys): Keys | undefined {
  const [id, secret] = [accessKeyId.trim(), secretAccessKey.trim()]
  return id === '' || secret === '' ? undefined : keysOf(id, secret, sessionToken?.trim())
}
