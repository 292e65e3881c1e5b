/**
 * The order of the AWS SDK for JavaScript v3: environment, the profile (role, keys, web identity, process, SSO, login), the token file of
 * the environment, container, instance. A profile takes the environment out, also one that AWS_PROFILE names. What does not work out
 * is passed over. Held against the real one by test/doctor/real-sdks.test.ts.
 */
import { mergedProfiles, type Settings } from '../profiles/profile-file.js'
import { type Chain, environmentKeys, keysOf, type Resolution, remote, type Setup, variable } from './resolution.js'

export const javascriptChain: Chain = (setup) => {
  const { env } = setup
  const chosen = setup.profile ?? variable(env, ...setup.profileVariables)
  const keys = chosen === undefined ? environmentKeys(env) : undefined
  if (keys !== undefined) return { kind: 'keys', source: 'environment', keys }
  return fromProfile(setup, chosen ?? 'default') ?? fromTokenFile(setup) ?? remote(env)
}

function fromProfile(setup: Setup, profile: string): Resolution | undefined {
  const merged = mergedProfiles(setup.config, setup.credentials)
  const settings = merged.get(profile)
  if (settings === undefined) return undefined
  const has = (name: string): boolean => settings.has(name)
  const asked = (source: 'assume-role' | 'web-identity' | 'sso' | 'login' | 'process'): Resolution => ({ kind: 'asked', source, profile })
  if (has('role_arn') && has('source_profile') !== has('credential_source')) {
    const source = settings.get('source_profile')
    if (source !== undefined && !merged.has(source)) return undefined
    return asked('assume-role')
  }
  const keys = keysOf(settings.get('aws_access_key_id'), settings.get('aws_secret_access_key'), settings.get('aws_session_token'))
  if (keys !== undefined) return { kind: 'keys', source: sourceOf(setup, profile), profile, keys }
  if (has('web_identity_token_file') && has('role_arn')) return asked('web-identity')
  if (has('credential_process')) return asked('process')
  if (SSO.some(has)) return asked('sso')
  return has('login_session') ? asked('login') : undefined
}

function sourceOf({ credentials, config }: Setup, profile: string): 'credentials-file' | 'config-file' | 'both-files' {
  const holds = (settings: Settings | undefined): number => PAIR.filter((name) => settings?.has(name)).length
  const [inCredentials, inConfig] = [holds(credentials.profiles.get(profile)), holds(config.profiles.get(profile))]
  if (inCredentials === PAIR.length) return 'credentials-file'
  return inCredentials === 0 && inConfig > 0 ? 'config-file' : 'both-files'
}

function fromTokenFile({ env }: Setup): Resolution | undefined {
  const set = variable(env, 'AWS_WEB_IDENTITY_TOKEN_FILE') !== undefined && variable(env, 'AWS_ROLE_ARN') !== undefined
  return set ? { kind: 'asked', source: 'web-identity' } : undefined
}

const PAIR = ['aws_access_key_id', 'aws_secret_access_key'] as const
const SSO = ['sso_start_url', 'sso_account_id', 'sso_session', 'sso_region', 'sso_role_name'] as const
