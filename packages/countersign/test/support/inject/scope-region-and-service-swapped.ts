import type { Inject } from './injection.ts'

/** The signer put the service before the region. */
export const inject: Inject = (lawful) => {
  const { region, service } = lawful.scope
  return { signer: { ...lawful, scope: { ...lawful.scope, region: service, service: region! } }, verifier: lawful }
}
