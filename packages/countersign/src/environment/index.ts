/** The door of the room: what other rooms may use of it. */

export { awsCall } from './aws-call.js'
export { candidatesIn } from './candidate-secrets.js'
export { readableByOthers } from './file-mode.js'
export { httpDate } from './http-date.js'
export { installedHere } from './installed.js'
export { limitedBytes, limitedText } from './limited-text.js'
export { otherSdks } from './other-sdks.js'
export { runCommand, systemHere } from './run-command.js'
export { sharedFile } from './shared-file.js'
export { environmentProfile, type SharedProfile, sharedProfile } from './shared-profile.js'
export { type QueryOptions, sntpQuery, type TimeServer } from './sntp-query.js'
