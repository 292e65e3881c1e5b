/** No P-256 here: browsers' own is asynchronous, so a caller that needs one there passes it (docs/manual/sigv4a.md). */
import type { P256 } from './p256.js'

export const p256: P256 | undefined = undefined
