import { type Inject, pick } from './injection.ts'

/** The signer put another service into the scope. */
export const inject: Inject = (correct, choice) => {
  const service = pick(['execute-api', 'bedrock', 'lambda'], choice)!
  return service === correct.scope.service ? undefined : { signer: { ...correct, scope: { ...correct.scope, service } }, verifier: correct }
}
