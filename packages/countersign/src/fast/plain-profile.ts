/** Which services' rules are followed here; all others are left to `sigv4`. */
import type { SigningProfile } from '../sigv4/index.js'

/** Profiles whose every rule is the one followed here. */
export function isPlainProfile(profile: SigningProfile): boolean {
  return (
    profile.formBody === 'payload' &&
    profile.sessionToken === 'signed' &&
    profile.repeatedHeaderValues === 'as-sent' &&
    profile.plusInQuery === 'space'
  )
}
