/** The door of the room: what other rooms may use of it. */
export { candidatesIn } from './candidate-secrets.js'
export { readableByOthers } from './file-mode.js'
export { limitedBytes, limitedText } from './limited-text.js'
export { environmentProfile, type SharedProfile, sharedProfile } from './shared-profile.js'
