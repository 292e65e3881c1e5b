import { type Inject, pick } from './injection.ts'

/** The signer kept an older scope date, or took it in local time. */
export const inject: Inject = (lawful, choice) => {
  const date = pick(['20150829', '20150831', '20150825'], choice)!
  return date === lawful.scope.date ? undefined : { signer: { ...lawful, scope: { ...lawful.scope, date } }, verifier: lawful }
}
