import type { Inject } from './injection.ts'

/** The signer put the service before the region. */
export const inject: Inject = (correct) => {
  const { region, service } = correct.scope
  return { signer: { ...correct, scope: { ...correct.scope, region: service, service: region! } }, verifier: correct }
}
