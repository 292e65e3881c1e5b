/** The door of the room: what other rooms may use of it. */
export { type HostScope, hostScope } from './host-scope.js'
export { AWS_REGIONS, COMMON_SERVICES, MISTAKEN_SERVICES, RENAMED_SERVICES } from './signing-names.js'
