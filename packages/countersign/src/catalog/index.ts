/** The door of the room: what other rooms may use of it. */
export type { CauseClass } from './cause-class.js'
export { CAUSE_IDS, type CauseId } from './cause-id.js'
export { AUTH_CODES } from './error-codes.js'
