import { type Inject, pick } from './injection.ts'

/** The signer ended the scope with something else. */
export const inject: Inject = (correct, choice) => {
  const terminator = pick(['aws4', 'AWS4_REQUEST', 'aws4-request'], choice)!
  return terminator === correct.scope.terminator
    ? undefined
    : { signer: { ...correct, scope: { ...correct.scope, terminator } }, verifier: correct }
}
