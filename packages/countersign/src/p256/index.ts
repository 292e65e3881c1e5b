/** The door of the room: what other rooms may use of it. */
export type { P256 } from './p256.js'
