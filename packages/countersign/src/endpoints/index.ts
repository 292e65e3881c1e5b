/** The door of the room: what other rooms may use of it. */
export { renamedServices } from './endpoint-table.js'
export type { HostScope } from './found.js'
export { hostScope, type NamedScope } from './host-scope.js'
export { AWS_REGIONS } from './partitions.js'
export { scopeOf } from './scope-of.js'
export { COMMON_SERVICES, MISTAKEN_SERVICES } from './signing-names.js'
