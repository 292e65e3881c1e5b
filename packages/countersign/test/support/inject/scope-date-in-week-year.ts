import type { Inject } from './injection.ts'

/** The signer wrote the year of the week, between Christmas and New Year. */
export const inject: Inject = (correct) => {
  if (correct.authentication === 'query') return undefined
  const day = (text: string): string => text.replace('20150830', '20151230')
  const verifier = {
    ...correct,
    requestDate: day(correct.requestDate),
    scope: { ...correct.scope, date: '20151230' },
    ...(correct.request !== undefined && {
      request: { ...correct.request, headers: correct.request.headers.map(([name, value]) => [name, day(value)] as const) },
    }),
  }
  return { signer: { ...verifier, scope: { ...verifier.scope, date: '20161230' } }, verifier }
}
