/**
 * The order of botocore, which boto3 and both AWS CLIs share: environment, role, web identity, SSO, credentials file, login session,
 * process, config file, container, instance. A profile asked for by argument takes the environment out; AWS_PROFILE does not.
 * Held against the real ones by test/doctor/real-sdks.test.ts.
 */
import { mergedProfiles, type Settings } from '../profiles/profile-file.js'
import { type Chain, environmentKeys, keysOf, type Resolution, remote, type Setup, variable } from './resolution.js'

export const botocoreChain: Chain = (setup) => {
  const { env, profile: asked, credentials, config } = setup
  const chosen = asked ?? setup.profileVariables.map((name) => env[name]).find((value) => value !== undefined)
  const name = chosen === undefined || chosen === '' ? 'default' : chosen
  if (config.fault !== undefined) return { kind: 'error', why: `it refuses the config file, ${config.fault}` }
  if (credentials.fault !== undefined) return { kind: 'error', why: `it refuses the credentials file, ${credentials.fault}` }
  const merged = mergedProfiles(config, credentials)
  if (chosen !== undefined && !merged.has(chosen)) return { kind: 'error', why: `it finds no profile ${JSON.stringify(chosen)}` }
  return (
    (asked === undefined ? fromEnvironment(setup) : undefined) ??
    fromProfile(setup, name, merged.get(name) ?? new Map(), merged) ??
    remote(env)
  )
}

function fromEnvironment({ env }: Setup): Resolution | undefined {
  if (variable(env, 'AWS_ACCESS_KEY_ID') === undefined) return undefined
  const keys = environmentKeys(
    env,
    TOKENS.map((name) => name.toUpperCase()),
  )
  return keys === undefined
    ? { kind: 'error', why: 'AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY' }
    : { kind: 'keys', source: 'environment', keys }
}

function fromProfile(setup: Setup, profile: string, settings: Settings, merged: ReadonlyMap<string, Settings>): Resolution | undefined {
  const asked = (source: 'assume-role' | 'web-identity' | 'sso' | 'login' | 'process'): Resolution => ({ kind: 'asked', source, profile })
  const has = (name: string): boolean => settings.has(name)
  if (has('role_arn') && !has('web_identity_token_file')) return roleFault(settings, merged) ?? asked('assume-role')
  const tokenFile = setup.profile === undefined ? variable(setup.env, 'AWS_WEB_IDENTITY_TOKEN_FILE') : undefined
  if (tokenFile !== undefined || has('web_identity_token_file')) {
    const role = has('role_arn') || (setup.profile === undefined && variable(setup.env, 'AWS_ROLE_ARN') !== undefined)
    return role ? asked('web-identity') : { kind: 'error', why: 'a token file for a web identity is set, and no role to take with it' }
  }
  if (has('sso_role_name') || has('sso_account_id')) return asked('sso')
  return (
    fromFile('credentials-file', profile, setup.credentials.profiles.get(profile)) ??
    (has('login_session') ? asked('login') : undefined) ??
    (has('credential_process') ? asked('process') : undefined) ??
    fromFile('config-file', profile, setup.config.profiles.get(profile))
  )
}

function fromFile(source: 'credentials-file' | 'config-file', profile: string, settings: Settings | undefined): Resolution | undefined {
  const id = settings?.get('aws_access_key_id')
  if (settings === undefined || id === undefined) return undefined
  const keys = keysOf(id, settings.get('aws_secret_access_key'), settings.get(TOKENS.find((name) => settings.has(name)) ?? ''))
  return keys === undefined
    ? { kind: 'error', why: `aws_access_key_id is without aws_secret_access_key in profile ${JSON.stringify(profile)}` }
    : { kind: 'keys', source, profile, keys }
}

function roleFault(settings: Settings, merged: ReadonlyMap<string, Settings>): Resolution | undefined {
  const source = settings.get('source_profile')
  const named = settings.get('credential_source')
  if (source === undefined && named === undefined) return { kind: 'error', why: 'role_arn has no source_profile and no credential_source' }
  if (source !== undefined && named !== undefined) return { kind: 'error', why: 'source_profile and credential_source are in one profile' }
  if (source !== undefined && !merged.has(source)) return { kind: 'error', why: `source_profile ${JSON.stringify(source)} does not exist` }
  return undefined
}

/** The older name wins. */
const TOKENS = ['aws_security_token', 'aws_session_token'] as const
