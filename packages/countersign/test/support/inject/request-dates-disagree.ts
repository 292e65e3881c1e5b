import { type Inject, pick } from './injection.ts'

/** The signer read the clock a second time, or took local time, for the string to sign. */
export const inject: Inject = (correct, choice) => {
  const requestDate = pick(['20150830T123559Z', '20150830T123601Z', '20150830T143600Z'], choice)!
  return { signer: { ...correct, requestDate }, verifier: correct }
}
