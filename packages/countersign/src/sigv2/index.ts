/** Signature Version 2 and what is built like it, for diagnosis only: no verifier may import this room. */
export { type Digest, version2Mac, version2Signature } from './signature.js'
export {
  parseVersion2Text,
  QUERY_PARTS,
  S3_PARTS,
  type Version2Part,
  type Version2Parts,
  version2Text,
} from './string-to-sign.js'
export { isSubresource, type Version2Request, version2RequestOf } from './version-2-request.js'
