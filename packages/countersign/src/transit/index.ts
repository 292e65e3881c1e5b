/** The door of the room: bytes in transit, relayed and seen. */
export { type HashedBody, MOST_KEPT_BYTES, type SeenExchange } from './exchange.js'
export { errorText, flowLine } from './flow-line.js'
export { RecordingFiles, type RecordingRules } from './recording-files.js'
export type { Refusal } from './refusal.js'
export { isLoopback, openRelay, type Relay, type RelayOptions } from './relay.js'
export type { Origin } from './route.js'
