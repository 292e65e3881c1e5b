/**
 * The order of the AWS SDK for Go v2, from its documentation and source: environment, the profile (role, keys, named source, web
 * identity, SSO, process), container, instance. Only a profile that the program asks for takes the environment out.
 * @see https://docs.aws.amazon.com/sdk-for-go/v2/developer-guide/configure-gosdk.html
 */
import { mergedProfiles } from '../profiles/profile-file.js'
import { type Chain, type environmentKeys, keysOf, type Resolution, remote, type Setup, variable } from './resolution.js'

export const goChain: Chain = (setup) => {
  const { env } = setup
  const keys = setup.profile === undefined ? goKeys(setup) : undefined
  if (keys !== undefined) return { kind: 'keys', source: 'environment', keys }
  if (setup.profile === undefined && variable(env, 'AWS_WEB_IDENTITY_TOKEN_FILE') !== undefined)
    return { kind: 'asked', source: 'web-identity' }
  const chosen = setup.profile ?? variable(env, ...setup.profileVariables)
  return fromProfile(setup, chosen ?? 'default', chosen !== undefined) ?? remote(env)
}

function goKeys({ env }: Setup): ReturnType<typeof environmentKeys> {
  return keysOf(
    variable(env, 'AWS_ACCESS_KEY_ID', 'AWS_ACCESS_KEY'),
    variable(env, 'AWS_SECRET_ACCESS_KEY', 'AWS_SECRET_KEY'),
    variable(env, 'AWS_SESSION_TOKEN'),
  )
}

function fromProfile({ config, credentials }: Setup, profile: string, named: boolean): Resolution | undefined {
  const fault = config.fault ?? credentials.fault
  if (fault !== undefined) return { kind: 'error', why: `it refuses a shared file, ${fault}` }
  const settings = mergedProfiles(config, credentials).get(profile)
  if (settings === undefined) return named ? { kind: 'error', why: `it finds no profile ${JSON.stringify(profile)}` } : undefined
  const has = (name: string): boolean => settings.has(name)
  const asked = (source: 'assume-role' | 'web-identity' | 'sso' | 'process'): Resolution => ({ kind: 'asked', source, profile })
  if (has('role_arn') && has('source_profile')) return asked('assume-role')
  const keys = keysOf(settings.get('aws_access_key_id'), settings.get('aws_secret_access_key'), settings.get('aws_session_token'))
  const source = credentials.profiles.get(profile)?.has('aws_access_key_id') === true ? 'credentials-file' : 'config-file'
  if (keys !== undefined) return { kind: 'keys', source, profile, keys }
  if (has('credential_source')) return asked('assume-role')
  if (has('web_identity_token_file')) return asked('web-identity')
  if (['sso_account_id', 'sso_region', 'sso_role_name', 'sso_start_url', 'sso_session'].some(has)) return asked('sso')
  return has('credential_process') ? asked('process') : undefined
}
