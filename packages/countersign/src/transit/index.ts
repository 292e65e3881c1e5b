/** The door of the room: bytes in transit, relayed and seen. */
export { type HashedBody, MOST_KEPT_BYTES, type SeenExchange } from './exchange.js'
export { errorText, flowLines } from './flow-line.js'
export { type ForwardProxyOptions, openForwardProxy } from './forward-proxy.js'
export { RecordingFiles, type RecordingRules } from './recording-files.js'
export type { Refusal } from './refusal.js'
export { connection, isLoopback, openRelay, type Relay, type RelayListeners, type RelayOptions, type UpstreamRules } from './relay.js'
export { hostOf, type Origin } from './route.js'
export { createThrowAwayCa, type ThrowAwayCa } from './throw-away-ca.js'
