/**
 * The order of the AWS SDK for Go v2: environment, the profile (role, keys, named source, web identity, SSO, login, process), container,
 * instance. Only a profile that the program asks for takes the environment out, but half a pair in the profile, or a profile that is
 * missing, stops it in any case.
 * @see https://docs.aws.amazon.com/sdk-for-go/v2/developer-guide/configure-gosdk.html
 */
import { mergedProfiles, type Settings } from '../profiles/profile-file.js'
import { type Chain, type Keys, keysOf, type Resolution, remote, type Setup, variable } from './resolution.js'

export const goChain: Chain = (setup) => {
  const { env } = setup
  const chosen = setup.profile ?? variable(env, ...setup.profileVariables)
  const profile = chosen ?? 'default'
  const fault = faultOf(setup, profile, chosen !== undefined)
  if (fault !== undefined) return { kind: 'error', why: fault }
  const keys = setup.profile === undefined ? goKeys(setup) : undefined
  if (keys !== undefined) return { kind: 'keys', source: 'environment', keys }
  if (setup.profile === undefined && variable(env, 'AWS_WEB_IDENTITY_TOKEN_FILE') !== undefined)
    return { kind: 'asked', source: 'web-identity' }
  return fromProfile(setup, profile) ?? remote(env)
}

function goKeys({ env }: Setup): Keys | undefined {
  return keysOf(
    variable(env, 'AWS_ACCESS_KEY_ID', 'AWS_ACCESS_KEY'),
    variable(env, 'AWS_SECRET_ACCESS_KEY', 'AWS_SECRET_KEY'),
    variable(env, 'AWS_SESSION_TOKEN'),
  )
}

/** Why the SDK makes no configuration at all. */
function faultOf({ config, credentials }: Setup, profile: string, named: boolean): string | undefined {
  const merged = mergedProfiles(config, credentials)
  const settings = merged.get(profile)
  const quoted = JSON.stringify(profile)
  if (settings === undefined) return named ? `it finds no profile ${quoted}` : undefined
  const last = credentials.profiles.get(profile) ?? config.profiles.get(profile)
  if (last !== undefined && last.has(ID) !== last.has(SECRET)) return `there is half a pair in profile ${quoted}`
  const types = ['source_profile', 'credential_source', 'web_identity_token_file'].filter((name) => isSet(settings, name))
  if (types.length > 0 && !isSet(settings, 'role_arn')) return `${types[0]} is without role_arn in profile ${quoted}`
  if (types.length + (isSet(settings, 'credential_process') ? 1 : 0) > 1) return `profile ${quoted} names two kinds of credentials`
  const source = settings.get('source_profile')
  return source === undefined || merged.has(source) ? undefined : `source_profile ${JSON.stringify(source)} does not exist`
}

function fromProfile({ config, credentials }: Setup, profile: string): Resolution | undefined {
  const settings = mergedProfiles(config, credentials).get(profile)
  if (settings === undefined) return undefined
  const has = (name: string): boolean => isSet(settings, name)
  const asked = (source: 'assume-role' | 'web-identity' | 'sso' | 'login' | 'process'): Resolution => ({ kind: 'asked', source, profile })
  const keys = has(ID) && has(SECRET) ? keysOf(settings.get(ID), settings.get(SECRET), settings.get('aws_session_token')) : undefined
  if (has('web_identity_token_file') && keys === undefined) return asked('web-identity')
  if (has('role_arn')) return asked('assume-role')
  const source = credentials.profiles.get(profile)?.has(ID) === true ? 'credentials-file' : 'config-file'
  if (keys !== undefined) return { kind: 'keys', source, profile, keys }
  if (['sso_account_id', 'sso_region', 'sso_role_name', 'sso_start_url', 'sso_session'].some(has)) return asked('sso')
  if (has('login_session')) return asked('login')
  return has('credential_process') ? asked('process') : undefined
}

function isSet(settings: Settings, name: string): boolean {
  return (settings.get(name) ?? '') !== ''
}

const ID = 'aws_access_key_id'
const SECRET = 'aws_secret_access_key'
