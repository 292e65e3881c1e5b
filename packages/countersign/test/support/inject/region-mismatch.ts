import { type Inject, pick } from './injection.ts'

/** The signer put another region into the scope. */
export const inject: Inject = (correct, choice) => {
  const region = pick(['eu-central-1', 'us-west-2', ''], choice)!
  return region === correct.scope.region ? undefined : { signer: { ...correct, scope: { ...correct.scope, region } }, verifier: correct }
}
