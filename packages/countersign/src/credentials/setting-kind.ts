/** What the name of a setting means, in any spelling. */
import { CREDENTIAL_SETTINGS, type CredentialSettingKind } from '../catalog/index.js'

/** What a name ends like: "AWS_SECRET_ACCESS_KEY", "fs.s3a.secret.key", "secretAccessKey". `undefined`: like none of the four. */
export function settingKind(name: string): CredentialSettingKind | undefined {
  const squeezed = name.toLowerCase().replace(/[^a-z0-9]+/g, '')
  return KINDS.find((kind) => endingsOf(kind).some((ending) => squeezed.endsWith(ending)))
}

/** The spellings of a kind without what stands between the words. */
export function endingsOf(kind: CredentialSettingKind): readonly string[] {
  return CREDENTIAL_SETTINGS[kind].spelled.map((words) => words.replaceAll(' ', ''))
}

const KINDS = Object.keys(CREDENTIAL_SETTINGS) as CredentialSettingKind[]
