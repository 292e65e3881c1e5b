import { withoutSignedHeaders } from '../../../src/sigv4/edit-inputs.ts'
import { type Inject, pick } from './injection.ts'

/** The signer leaves out a header that the verifier takes into account. */
export const inject: Inject = (correct, choice) => {
  const name = pick(['x-amz-acl', 'content-type'], choice)!
  return correct.signedHeaders.includes(name) ? { signer: withoutSignedHeaders(correct, [name]), verifier: correct } : undefined
}
