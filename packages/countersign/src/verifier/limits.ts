/**
 * What a verifier reads at most. A request beyond a limit is refused with the service's own code.
 * @internal
 */
export interface Limits {
  /** Bytes of all header names and values. S3 takes 8 KiB of them. */
  readonly headerBytes: number
  readonly headerCount: number
  /** Bytes of the request target. */
  readonly targetBytes: number
  readonly queryParameterCount: number
  readonly signedHeaderCount: number
  /** Bytes of a body that has to be whole before the signature can be calculated (every service but S3). */
  readonly wholeBodyBytes: number
  /** Bytes of all bodies that are held at a time, until their signature was checked: of any service but S3, forms, signed chunks. */
  readonly heldBytes: number
  /** Bytes of a body that is hashed, or checked chunk by chunk, as it goes by. S3 takes 5 GiB in one PUT. */
  readonly streamedBodyBytes: number
  /** Bytes of one signed chunk: it is held until its signature was checked. */
  readonly chunkBytes: number
  /** Bytes of the fields of a browser form before its file. */
  readonly formFieldBytes: number
}

/**
 * Why each of them: docs/manual/why-these-defaults.md.
 * @internal
 */
export const DEFAULT_LIMITS: Limits = {
  headerBytes: 16_384,
  headerCount: 200,
  targetBytes: 16_384,
  queryParameterCount: 1_000,
  signedHeaderCount: 100,
  wholeBodyBytes: 10 * 1024 * 1024,
  heldBytes: 512 * 1024 * 1024,
  streamedBodyBytes: 5 * 1024 * 1024 * 1024,
  chunkBytes: 16 * 1024 * 1024,
  formFieldBytes: 20_480,
}
