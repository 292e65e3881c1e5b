/** The pairs of keys on a machine: what each SDK takes, and what else is there. */
import { environmentKeys, type Keys, type Resolution, type SourceName } from '../chains/resolution.js'
import { type AnySdk, SDKS, setupOf } from '../chains/sdks.js'
import type { Machine } from '../machine.js'

/** What an SDK takes. */
export interface Taken {
  readonly sdk: AnySdk
  readonly resolution: Resolution
}

export function takenBy(machine: Machine): readonly Taken[] {
  return SDKS.map((sdk) => ({ sdk, resolution: sdk.chain(setupOf(sdk, machine)) }))
}

/** Keys, where they stand, and which SDKs take them. */
export interface TakenPair {
  readonly keys: Keys
  readonly place: string
  /** The profile that they stand in. */
  readonly profile?: string
  readonly sdks: readonly string[]
}

export function distinctPairs(taken: readonly Taken[]): readonly TakenPair[] {
  const found = new Map<string, TakenPair>()
  for (const { sdk, resolution } of taken) {
    if (resolution.kind !== 'keys') continue
    const key = JSON.stringify([resolution.keys, resolution.source, resolution.profile])
    found.set(key, {
      keys: resolution.keys,
      place: placeOf(resolution),
      ...(resolution.profile !== undefined && { profile: resolution.profile }),
      sdks: [...(found.get(key)?.sdks ?? []), sdk.title],
    })
  }
  return [...found.values()]
}

/** A pair that stands somewhere on the machine, as one reading of the files has it. */
export interface Pair {
  readonly source: SourceName
  readonly profile?: string
  readonly keys: Keys
}

/** Every pair that stands on the machine, in the reading of an SDK. */
export function pairsOn(machine: Machine, sdk: AnySdk): readonly Pair[] {
  const setup = setupOf(sdk, machine)
  const environment = environmentKeys(machine.env)
  const inFile = (source: 'credentials-file' | 'config-file'): readonly Pair[] =>
    [...setup[source === 'config-file' ? 'config' : 'credentials'].profiles].flatMap(([profile, settings]) => {
      const [accessKeyId, secretAccessKey] = [settings.get('aws_access_key_id'), settings.get('aws_secret_access_key')]
      if (accessKeyId === undefined || secretAccessKey === undefined) return []
      const sessionToken = settings.get('aws_session_token')
      return [{ source, profile, keys: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) } }]
    })
  return [
    ...(environment === undefined ? [] : [{ source: 'environment' as const, keys: environment }]),
    ...inFile('credentials-file'),
    ...inFile('config-file'),
  ]
}

/** Every secret and token on the machine, in every reading: no output may repeat one. */
export function secretsOn(machine: Machine): readonly string[] {
  const settings = SDKS.flatMap((sdk) => {
    const { credentials, config } = setupOf(sdk, machine)
    return [...credentials.profiles.values(), ...config.profiles.values()]
  })
  const inFiles = settings.flatMap((one) => [...one].filter(([name]) => SECRET_NAME.test(name)).map(([, value]) => value))
  const inEnvironment = Object.entries(machine.env).filter(([name]) => SECRET_VARIABLE.test(name))
  return [...new Set([...inFiles, ...inEnvironment.map(([, value]) => value ?? '')])].filter((value) => value !== '')
}

/** What tells two answers apart: the keys themselves, or whom the SDK asks. */
export function identityOf(resolution: Resolution): string {
  if (resolution.kind === 'keys') {
    const { accessKeyId, secretAccessKey, sessionToken } = resolution.keys
    return JSON.stringify([accessKeyId, secretAccessKey, sessionToken ?? null])
  }
  return resolution.kind === 'asked' ? `asked ${resolution.source} ${resolution.profile ?? ''}` : resolution.kind
}

/** Where a source is, in words. A name of a profile may be anything, so it is quoted. */
export function placeOf({ source, profile }: { readonly source: SourceName; readonly profile?: string }): string {
  const of = profile === undefined ? '' : `profile ${JSON.stringify(profile)}`
  return PLACES[source].replace('%', of)
}

const PLACES: Readonly<Record<SourceName, string>> = {
  environment: 'the environment',
  'credentials-file': '% of the credentials file',
  'config-file': '% of the config file',
  'both-files': '% of both files together',
  'assume-role': 'a role, by %',
  'web-identity': 'a web identity token',
  sso: 'IAM Identity Center (SSO), by %',
  login: 'a login session, by %',
  process: 'the credential_process of %',
  container: 'the container’s credentials address',
  instance: 'the instance’s role, where there is one',
}

/** An access key ID as far as it is shown. */
export function shownId(accessKeyId: string): string {
  return accessKeyId.length < 12 ? `(${accessKeyId.length} characters)` : `${accessKeyId.slice(0, 4)}...${accessKeyId.slice(-4)}`
}

const SECRET_NAME = /secret|token$/i
const SECRET_VARIABLE = /^AWS_\w{0,40}(?:KEY|TOKEN)$/
/** Why checks of keys are skipped. */
export const NO_KEYS = 'no SDK takes keys from a file or a variable of this machine'
