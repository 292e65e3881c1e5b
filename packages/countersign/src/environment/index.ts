/** The door of the room: what other rooms may use of it. */
export { readableByOthers } from './file-mode.js'
export { limitedBytes, limitedText } from './limited-text.js'
