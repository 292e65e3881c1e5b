import { type Inject, pick } from './injection.ts'

/** The signer put another region into the scope. */
export const inject: Inject = (lawful, choice) => {
  const region = pick(['eu-central-1', 'us-west-2', ''], choice)!
  return region === lawful.scope.region ? undefined : { signer: { ...lawful, scope: { ...lawful.scope, region } }, verifier: lawful }
}
