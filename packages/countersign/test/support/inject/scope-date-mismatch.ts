import { type Inject, pick } from './injection.ts'

/** The signer kept an older scope date, or took it in local time. */
export const inject: Inject = (correct, choice) => {
  const date = pick(['20150829', '20150831', '20150825'], choice)!
  return date === correct.scope.date ? undefined : { signer: { ...correct, scope: { ...correct.scope, date } }, verifier: correct }
}
