/** How a verifier is set up. */
import type { SigningProfile } from '../sigv4/index.js'
import type { AuditEvent } from './audit-event.js'
import type { CredentialStore } from './credential-store.js'
import type { FailureThrottle } from './failure-throttle.js'
import type { Limits } from './limits.js'
import type { RefusedRequest } from './outcome.js'
import type { ReplayGuard } from './replay-guard.js'
import type { RequestId } from './request-id.js'

/** @public */
export interface VerifierOptions {
  readonly credentials: CredentialStore
  /** Milliseconds since 1970. Default: the runtime's clock. */
  readonly clock?: () => number
  /** Signing names this verifier answers for. Default: every one. */
  readonly services?: readonly string[]
  /** Regions this verifier answers for. Default: every one. */
  readonly regions?: readonly string[]
  /**
   * Signing names whose requests may leave their body unsigned (x-amz-content-sha256: UNSIGNED-PAYLOAD), besides S3 and the few that
   * AWS says so of. Anyone who has seen such a request can send it with another body.
   */
  readonly unsignedPayload?: readonly string[]
  /** The rules of a service. Default: AWS's. */
  readonly profile?: (service: string) => SigningProfile
  /** How far a request date may be off, in seconds; by service, where they differ. Default: AWS's (300, S3 and STS 900). */
  readonly maxClockSkewSeconds?: number | Readonly<Record<string, number>>
  readonly limits?: Partial<Limits>
  readonly replay?: ReplayGuard
  readonly throttle?: FailureThrottle
  /** Called once for each request refused, with all that a diagnosis needs. Never send what it gets to the caller. */
  readonly onRefusal?: (refused: RefusedRequest) => void
  /** Called once for each request, when its verdict is final. */
  readonly onEvent?: (event: AuditEvent) => void
  readonly requestId?: () => RequestId
}
