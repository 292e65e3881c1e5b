import { type Inject, pick } from './injection.ts'

/** The signer ended the scope with something else. */
export const inject: Inject = (lawful, choice) => {
  const terminator = pick(['aws4', 'AWS4_REQUEST', 'aws4-request'], choice)!
  return terminator === lawful.scope.terminator
    ? undefined
    : { signer: { ...lawful, scope: { ...lawful.scope, terminator } }, verifier: lawful }
}
