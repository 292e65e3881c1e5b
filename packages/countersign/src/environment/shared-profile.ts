/** The shared AWS credentials and config files of this machine. */
import { join } from 'node:path'
import { CREDENTIAL_SETTINGS, SHARED_FILES } from '../catalog/index.js'
import { sections } from '../text/index.js'
import { limitedText } from './limited-text.js'

/** What a profile holds of what a signer needs. */
export interface SharedProfile {
  readonly accessKeyId?: string
  readonly secretAccessKey?: string
  readonly sessionToken?: string
  readonly region?: string
}

/** Where the shared files are looked for. */
export interface SharedFiles {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/** A profile, or what there is in its place. */
export type ProfileFound =
  | { readonly profile: SharedProfile }
  | { readonly profile: undefined; readonly others: readonly string[]; readonly paths: readonly string[] }

/** Reads a profile from both files; the credentials file wins, as in every SDK. */
export async function sharedProfile(name: string, { env, home }: SharedFiles): Promise<ProfileFound> {
  const paths = [SHARED_FILES.credentials, SHARED_FILES.config].map(({ variable, path }) => env[variable] ?? join(home, ...path))
  const [credentials, config] = (await Promise.all(paths.map(textOf))).map(sections) as [Sections, Sections]
  const known = new Set([...credentials.keys(), ...[...config.keys()].map(profileName).filter((one) => one !== undefined)])
  if (!known.has(name)) return { profile: undefined, others: [...known].sort(), paths }
  const values = new Map([...(config.get(name === 'default' ? 'default' : `profile ${name}`) ?? config.get(`profile ${name}`) ?? [])])
  for (const [key, value] of credentials.get(name) ?? []) values.set(key, value)
  return { profile: setOf(({ shared }) => values.get(shared)) }
}

/** The settings of the environment, empty ones left out. */
export function environmentProfile(env: SharedFiles['env']): SharedProfile {
  return setOf(({ variables }) => variables.map((name) => env[name]).find((value) => value !== undefined && value !== ''))
}

function setOf(lookUp: (names: (typeof CREDENTIAL_SETTINGS)[keyof typeof CREDENTIAL_SETTINGS]) => string | undefined): SharedProfile {
  return Object.fromEntries(
    Object.values(CREDENTIAL_SETTINGS).flatMap((names) => {
      const value = lookUp(names)
      return value === undefined || value === '' ? [] : [[names.member, value] as const]
    }),
  )
}

function profileName(section: string): string | undefined {
  if (section === 'default') return 'default'
  return section.startsWith('profile ') ? section.slice('profile '.length) : undefined
}

async function textOf(path: string): Promise<string> {
  return (await limitedText(path, LARGEST_FILE).catch(() => '')) ?? ''
}

type Sections = ReturnType<typeof sections>

const LARGEST_FILE = 4 * 1024 * 1024
