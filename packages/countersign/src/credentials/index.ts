/** The door of the room: what other rooms may use of it. */
export { isAuthorizationPart } from './authorization-value.js'
export { announcedBy, isCodeOfOAuth } from './credential-names.js'
export { hiddenIn, hiddenInLines, withoutCredentials } from './hidden.js'
export { type Hidden, PLACEHOLDERS } from './hidden-kind.js'
export { isKeyId } from './key-ids.js'
export { isSealable, sealIn, sealWith, withoutSeal } from './sealed.js'
export { settingKind } from './setting-kind.js'
export { withoutUnnamed } from './unnamed.js'
