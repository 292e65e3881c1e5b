/** Where an SDK takes its keys from, and what it would say where it takes none. */
import type { Environment } from '../machine.js'
import type { ProfileFile } from '../profiles/profile-file.js'

export type SourceName =
  | 'environment'
  | 'credentials-file'
  | 'config-file'
  | 'both-files'
  | 'assume-role'
  | 'web-identity'
  | 'sso'
  | 'login'
  | 'process'
  | 'container'
  | 'instance'

/** A pair of keys with its token, as the SDK would use them. */
export interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

export type Resolution =
  /** Keys that stand on this machine. */
  | { readonly kind: 'keys'; readonly source: SourceName; readonly profile?: string; readonly keys: Keys }
  /** Keys that the SDK asks somebody for; what of the machine it asks with is `source`. */
  | { readonly kind: 'asked'; readonly source: SourceName; readonly profile?: string }
  /** The SDK stops with an error. */
  | { readonly kind: 'error'; readonly why: string }
  | { readonly kind: 'none' }

/** What a chain of an SDK looks at: the environment, both files as that SDK reads them, the profile that was asked for. */
export interface Setup {
  readonly env: Environment
  readonly profile: string | undefined
  readonly credentials: ProfileFile
  readonly config: ProfileFile
  /** Variables for the profile, the first one set wins. */
  readonly profileVariables: readonly string[]
}

export type Chain = (setup: Setup) => Resolution

/** A variable that is set to something. */
export function variable(env: Environment, ...names: readonly string[]): string | undefined {
  return names.map((name) => env[name]).find((value) => value !== undefined && value !== '')
}

/** The pair in the environment, with its token, where both halves are there. */
export function environmentKeys(env: Environment, tokens: readonly string[] = ['AWS_SESSION_TOKEN']): Keys | undefined {
  return keysOf(variable(env, 'AWS_ACCESS_KEY_ID'), variable(env, 'AWS_SECRET_ACCESS_KEY'), variable(env, ...tokens))
}

export function keysOf(accessKeyId: string | undefined, secretAccessKey: string | undefined, token: string | undefined): Keys | undefined {
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined
  return { accessKeyId, secretAccessKey, ...(token !== undefined && token !== '' && { sessionToken: token }) }
}

/** What answers last: the container's address for credentials, else the instance's. */
export function remote(env: Environment): Resolution {
  if (variable(env, 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI') !== undefined)
    return { kind: 'asked', source: 'container' }
  return /^true$/i.test(env['AWS_EC2_METADATA_DISABLED'] ?? '') ? { kind: 'none' } : { kind: 'asked', source: 'instance' }
}
