/** Signature Version 4 alone: sign, presign, verify, and every step between. The subpath `countersign/sigv4`. */

export type { P256 } from '../p256/index.js'
export {
  type Authorization,
  authorizationOf,
  credentialOf,
  parseAuthorization,
  queryAuthorization,
  requestDateOf,
  sessionTokenOf,
} from './authorization.js'
export { base64Of, byteString, bytesOf, bytesOfBase64, hexOf, readableText, utf8ByteString } from './byte-string.js'
export { type CanonicalHeader, canonicalHeaders, canonicalHeadersText, canonicalHeaderValue } from './canonical-headers.js'
export { canonicalQueryString, canonicalQueryText, type QueryParameter, queryParameters, queryValue } from './canonical-query-string.js'
export {
  type CanonicalRequestParts,
  canonicalRequest,
  canonicalRequestHash,
  canonicalRequestPart,
  keepTexts,
  parseCanonicalHeaders,
  parseCanonicalRequest,
} from './canonical-request.js'
export { canonicalUri, encodedOnce, normalizedPath } from './canonical-uri.js'
export type { Refused } from './check-context.js'
export {
  type Carrier,
  type Check,
  checkOfError,
  checksOf,
  type Dialect,
  type NumberedCheck,
  S3_FORM_CHECKS,
  S3_HEADER_CHECKS,
  S3_QUERY_CHECKS,
  STANDARD_CHECKS,
} from './checks.js'
export { chunkReader, chunkReaderOf, type PayloadReader } from './chunk-reader.js'
export { type ChunkLimits, type ChunkReaderOptions, DEFAULT_CHUNK_LIMITS } from './chunk-reader-options.js'
export {
  type ChunkOptions,
  encodedLength,
  type PayloadWriter,
  type StreamingOptions,
  type StreamingRequest,
  signStreaming,
} from './chunk-writer.js'
export {
  type ChainInputs,
  chunkStringToSign,
  type PayloadChain,
  payloadChain,
  STREAMING_MODES,
  type StreamingMode,
  streamingModeOf,
  trailerStringToSign,
} from './chunked-payload.js'
export {
  type Credential,
  type CredentialScope,
  credentialScope,
  credentialScopeText,
  parseCredential,
  parseCredentialScope,
  parseLenientCredential,
  sameScope,
} from './credential-scope.js'
export { deriveEcdsaPrivateKey, EcdsaPrivateKey, EcdsaPublicKey, ecdsaPublicKeyOf } from './ecdsa-key.js'
export {
  headerLines,
  signedHeaderValue,
  withHeaderLines,
  withoutSignedHeaders,
  withPart,
  withSignedHeader,
  withSignedHeaders,
} from './edit-inputs.js'
export {
  decodeEventMessage,
  type EventHeader,
  type EventHeaderRead,
  type EventHeaderValue,
  type EventMessage,
  encodeEventHeader,
  encodeEventMessage,
} from './event-message.js'
export { type EventReader, type EventSigner, eventReader, eventSigner, eventStringToSign, type VerifiedEvent } from './event-stream.js'
export { type FormField, isFormType, isFormUpload } from './form-field.js'
export { type Header, type HttpRequest, splitTarget } from './http-request.js'
export { digestsRefused, isDigestHeader, type PayloadDigests, payloadDigestsOf } from './payload-digests.js'
export { isIgnoredLiteral, isPayloadLiteral, payloadHash, payloadHashOf } from './payload-hash.js'
export type { PayloadRefused, SignatureMismatch } from './payload-refused.js'
export { payloadMismatch } from './payload-refused.js'
export { CHECKSUMS, type ChecksumAlgorithm, checksumAlgorithmOf, checksumHeader } from './payload-trailer.js'
export { type PolicyCondition, type PolicyDocument, parsePolicy } from './policy-conditions.js'
export {
  type FormVerdict,
  fileLengthRefused,
  type PostPolicy,
  type PostPolicyOptions,
  signPostPolicy,
  type VerifyFormOptions,
  verifyPostForm,
} from './post-policy.js'
export { type PresignOptions, presign } from './presign.js'
export { headerValue, headerValues, parameterOf, ReceivedRequest, targetOf } from './received-request.js'
export { remembered } from './remembered.js'
export { parseLenientDate, parseRequestDate, requestDateText } from './request-date.js'
export { credentialParts, dayOf, isHexDigest, isScopeDate, mustBeSigned, signsHost } from './request-rules.js'
export { signatureMismatch } from './s3-checks.js'
export { invalidArgument, ONLY_ONE } from './s3-refusals.js'
export { type SignOptions, sign } from './sign.js'
export {
  CalculatedSignature,
  calculateSignature,
  dangerKeyBytes,
  isEcdsa,
  isTestable,
  type SignatureMatches,
  sealedSignatureMatches,
  signatureMatches,
  templateMatches,
  writeTemplateSignature,
} from './signature.js'
export { version2Of, version2UrlFault } from './signature-version-2.js'
export {
  CANONICAL_REQUEST_PARTS,
  type CanonicalRequestPart,
  type RequestKey,
  type SigningInputs,
  type SigningPart,
  standardInputs,
} from './signing-inputs.js'
export {
  dangerKeyAfter,
  dangerSigningKeyChain,
  deriveSigningKey,
  type KeyDerivation,
  SecretAccessKey,
  SigningKey,
  type SigningKeyChain,
  STANDARD_DERIVATION,
} from './signing-key.js'
export {
  IOT_PROFILE,
  S3_LIKE_SERVICES,
  S3_PROFILE,
  SIGNING_PROFILES,
  type SigningProfile,
  STANDARD_PROFILE,
  signingProfileOf,
} from './signing-profile.js'
export { type Credentials, type SigningOptions, UNSIGNED_HEADERS } from './signing-request.js'
export { onceOfEcdsaSignature, regionSetHolds, regionSetOf } from './sigv4a.js'
export { earlyRefused, expiredRefused, STANDARD_MISMATCH } from './standard-checks.js'
export { lastLineOf, parseStringToSign, type StringToSign, stringToSign, stringToSignHead } from './string-to-sign.js'
export { StringToSignTemplate } from './string-to-sign-template.js'
export { brokenEscape, uriDecode, uriEncode } from './uri-encoding.js'
export { UsageError, type UsageErrorCode } from './usage-error.js'
export { credentialIn, signingInputsOf, type Verdict, type VerifyOptions, verify } from './verify.js'
export type { VerifyError } from './verify-error.js'
export {
  AWS4_ECDSA_P256_SHA256,
  AWS4_HMAC_SHA256,
  AWS4_REQUEST,
  EMPTY_PAYLOAD_HASH,
  HEADER,
  QUERY,
  STREAMING_PAYLOADS,
  UNSIGNED_PAYLOAD,
} from './wire-names.js'
