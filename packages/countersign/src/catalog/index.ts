/** The door of the room: what other rooms may use of it. */

export { CODES_AFTER_SIGNATURE, CODES_SILENT_OF_SIGNATURE, PERMISSION_CODES } from './answered-after-signature.js'
export { AUTH_CODES, AWS_ERROR_CODES, type AwsErrorCode, type AwsErrorCodeRow, JSON_CODES, S3_ONLY_CODES } from './aws-error-codes.js'
export { CAUSE_CLASSES, type CauseClass } from './cause-class.js'
export { CAUSE_IDS, type CauseId } from './cause-id.js'
export type { CheckGroup } from './check-group.js'
export { CLIENT_CHANGES, type ClientChange, type ClientRelease } from './client-changes.js'
export { CONTENT_TYPES, TYPES_OF_EXTENSION } from './content-types.js'
export {
  CREDENTIAL_SETTINGS,
  type CredentialSettingKind,
  ENDPOINT_NAMES,
  PROFILE_VARIABLES,
  SHARED_FILES,
} from './credential-settings.js'
export { DEBUG_LOGS, type DebugLog } from './debug-logs.js'
export { DEFAULT_PAIRS, type DefaultPair } from './default-credentials.js'
export { SHORTEST_DIGEST } from './digest-lengths.js'
export { HASHED_IN_VAIN, type HashedInVain } from './hashed-in-vain.js'
export { AWS_QUERY_PARAMETERS } from './query-parameters.js'
export { SCHEMES, type Scheme, type SchemeFamily, type SchemeRow, type SchemesHeld, type SchemeWords } from './scheme.js'
export { SERVER_DIALECTS, type ServerDialect } from './server-dialects.js'
export { PROFILE_SETTINGS, SETTING_NAMES, SETTINGS_READ, SETTINGS_SET, type SettingSet, UPSTREAM_SETTINGS } from './setting-names.js'
export { SUBJECTS, type Subject, type SubjectKind, type SubjectRow } from './subjects.js'
export type { ToolSetting, ToolSettings } from './tool-setting.js'
export { TOOL_SETTINGS } from './tool-settings.js'
