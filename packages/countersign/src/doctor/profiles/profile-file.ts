/** One shared file, as one family of SDKs understands it. The families differ, and that is what the doctor looks for. */

export type Settings = ReadonlyMap<string, string>

export interface ProfileFile {
  readonly profiles: ReadonlyMap<string, Settings>
  readonly ssoSessions: ReadonlyMap<string, Settings>
  readonly services: ReadonlyMap<string, Settings>
  /** Why the SDK takes nothing from the file. The sentence holds no value of the file. */
  readonly fault?: string
}

export type FileKind = 'config' | 'credentials'

export const EMPTY_FILE: ProfileFile = { profiles: new Map(), ssoSessions: new Map(), services: new Map() }

export function faultyFile(fault: string): ProfileFile {
  return { ...EMPTY_FILE, fault }
}

/** Both files as one: what the credentials file says wins, setting by setting. */
export function mergedProfiles(config: ProfileFile, credentials: ProfileFile): ReadonlyMap<string, Settings> {
  const names = new Set([...config.profiles.keys(), ...credentials.profiles.keys()])
  return new Map(
    [...names].map((name) => [name, new Map([...(config.profiles.get(name) ?? []), ...(credentials.profiles.get(name) ?? [])])]),
  )
}

/** The settings that stand indented below a setting without a value. */
export function nested(value: string | undefined): Settings {
  if (value === undefined || !value.startsWith('\n')) return new Map()
  return new Map(
    value
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')).trim().toLowerCase(), line.slice(line.indexOf('=') + 1).trim()]),
  )
}
