/**
 * Checks that a mistake can be refused at, grouped as causes name them. "request" is what comes before any signing.
 * @internal
 */
export type CheckGroup =
  | 'request'
  | 'mechanism'
  | 'authorization-parts'
  | 'host-signed'
  | 'date'
  | 'clock'
  | 'credential'
  | 'scope'
  | 'token'
  | 'access-key'
  | 'content-sha256'
  | 'headers-signed'
  | 'signature'
  | 'payload'
  | 'policy'
