import { changedInTransit, type Inject, pick } from './injection.ts'

/** The HTTP client sends in Latin-1 what was signed in UTF-8, or the other way round, or "?" for what it cannot send. */
export const inject: Inject = (correct, choice) => {
  const { request } = correct
  if (request === undefined || !request.headers.some(([, value]) => /[\u0080-\u00ff]/.test(value))) return undefined
  const spell = pick([latin1, utf8], choice)!
  const headers = request.headers.map(([name, value]) => [name, spell(value)] as const)
  return headers.every(([, value], i) => value === request.headers[i]![1]) ? undefined : changedInTransit(correct, { headers })
}

function latin1(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8').includes('\ufffd') ? value : Buffer.from(value, 'latin1').toString('utf8')
}

function utf8(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1')
}
