/** Where the shared files are, and which profile is taken, by the SDKs' specification. */
import { SHARED_FILES } from '../../catalog/index.js'
import type { System } from '../check.js'
import type { Environment } from '../machine.js'

export interface FilePlaces {
  readonly config: string
  readonly credentials: string
}

/** @param home Where the system says the user's home is; the environment is asked first. */
export function filePlaces(env: Environment, system: System, home: string): FilePlaces {
  const own = homeOf(env, system) ?? home
  const place = ({ variable, path }: (typeof SHARED_FILES)['config' | 'credentials']): string => {
    const given = env[variable]
    if (given === undefined || given === '') return [own, ...path].join(system === 'windows' ? '\\' : '/')
    return given.startsWith('~/') ? own + given.slice(1) : given
  }
  return { config: place(SHARED_FILES.config), credentials: place(SHARED_FILES.credentials) }
}

function homeOf(env: Environment, system: System): string | undefined {
  const { HOME, USERPROFILE, HOMEDRIVE, HOMEPATH } = env
  if (HOME !== undefined && HOME !== '') return HOME
  if (system !== 'windows') return undefined
  if (USERPROFILE !== undefined && USERPROFILE !== '') return USERPROFILE
  return HOMEDRIVE !== undefined && HOMEPATH !== undefined ? HOMEDRIVE + HOMEPATH : undefined
}
