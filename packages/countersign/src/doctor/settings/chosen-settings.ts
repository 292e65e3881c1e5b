/** The settings of the profile in use, as the specification reads the files. */

import { variable } from '../chains/resolution.js'
import { type AnySdk, SDKS, setupOf } from '../chains/sdks.js'
import type { Machine } from '../machine.js'
import type { Settings } from '../profiles/profile-file.js'

export function chosenSettings(machine: Machine, sdk: AnySdk = BY_SPECIFICATION): Settings {
  const { config, credentials } = setupOf(sdk, machine)
  const profile = chosenProfile(machine, sdk)
  return new Map([...(config.profiles.get(profile) ?? []), ...(credentials.profiles.get(profile) ?? [])])
}

export function chosenProfile(machine: Machine, sdk: AnySdk = BY_SPECIFICATION): string {
  return machine.profile ?? variable(machine.env, ...sdk.profileVariables) ?? 'default'
}

const BY_SPECIFICATION = SDKS.find(({ id }) => id === 'java-v2')!
