import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer writes a line feed after the last line, or all that sha256sum prints. */
export const inject: Inject = (correct, choice) =>
  signedOtherwise(correct, { 'payload-hash': canonicalRequestPart(correct, 'payload-hash') + pick(['\n', '  -'], choice)! })
