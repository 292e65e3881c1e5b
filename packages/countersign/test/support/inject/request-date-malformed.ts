import { type Inject, pick } from './injection.ts'

/** The signer wrote the same instant in another form into the string to sign. */
export const inject: Inject = (correct, choice) => {
  const requestDate = pick(['2015-08-30T12:36:00Z', '20150830T123600UTC', 'Sun, 30 Aug 2015 12:36:00 GMT', '20150830T123600'], choice)!
  return correct.requestDate === '20150830T123600Z' ? { signer: { ...correct, requestDate }, verifier: correct } : undefined
}
