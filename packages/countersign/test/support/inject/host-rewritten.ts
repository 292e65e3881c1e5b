import { changedInTransit, type Inject, pick } from './injection.ts'

/** A hop sets another Host header: one whose old value it forwards, another name of the bucket, or localhost. */
export const inject: Inject = (correct, choice) => {
  const { request } = correct
  const host = request?.headers.find(([name]) => name === 'Host')?.[1]
  if (request === undefined || host === undefined) return undefined
  const form = pick(['forwarded', 'global', 'local'] as const, choice)
  const others = request.headers.filter(([name]) => name !== 'Host')
  if (form === 'forwarded')
    return changedInTransit(correct, { headers: [['Host', 'upstream.internal'], ['X-Forwarded-Host', host], ...others] })
  if (form === 'global') {
    if (!host.includes('.s3.us-east-1.')) return undefined
    return changedInTransit(correct, { headers: [['Host', host.replace('.us-east-1', '')], ...others] })
  }
  return host === 'localhost' ? changedInTransit(correct, { headers: [['Host', 'store.example.com'], ...others] }) : undefined
}
