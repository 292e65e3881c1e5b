import { type Inject, pick } from './injection.ts'

/** The signer put another service into the scope. */
export const inject: Inject = (lawful, choice) => {
  const service = pick(['execute-api', 'bedrock', 'lambda'], choice)!
  return service === lawful.scope.service ? undefined : { signer: { ...lawful, scope: { ...lawful.scope, service } }, verifier: lawful }
}
