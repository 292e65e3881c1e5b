/** The door of the room: what other rooms may use of it. */
export { hexDigitsEqual, writeHexDigits } from './hex-digits.js'
export { HmacBeginning, hmacMatches } from './hmac-lanes.js'
export { HmacTemplate } from './hmac-template.js'
export { Choice, hashMessages, messageWalk } from './message-tree.js'
