/**
 * ECDSA on the curve P-256 with SHA-256: all that Signature Version 4A asks of a cryptographic library.
 * @internal
 */
export interface P256 {
  /** 65 bytes (4, X, Y) of a private key of 32 bytes. */
  publicKey(privateKey: Uint8Array): Uint8Array
  /** A signature of the SHA-256 of `message`, in DER: 8 to 72 bytes, another one each time. */
  sign(privateKey: Uint8Array, message: Uint8Array): Uint8Array
  /** Whether a DER signature is one of the SHA-256 of `message`. `false` for whatever is not DER, too; never throws. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
}
