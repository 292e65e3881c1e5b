import type { Inject } from './injection.ts'

/** The signer wrote the year of the week, between Christmas and New Year. */
export const inject: Inject = (lawful) => {
  if (lawful.authentication === 'query') return undefined
  const day = (text: string): string => text.replace('20150830', '20151230')
  const verifier = {
    ...lawful,
    requestDate: day(lawful.requestDate),
    scope: { ...lawful.scope, date: '20151230' },
    ...(lawful.request !== undefined && {
      request: { ...lawful.request, headers: lawful.request.headers.map(([name, value]) => [name, day(value)] as const) },
    }),
  }
  return { signer: { ...verifier, scope: { ...verifier.scope, date: '20161230' } }, verifier }
}
