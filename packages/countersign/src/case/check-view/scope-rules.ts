/** The credential scope: its dates, and what the host says of its region and service. */
import { AWS_REGIONS, hostScope } from '../../endpoints/index.js'
import { credentialParts, dayOf, isScopeDate, parseLenientDate, requestDateText } from '../../sigv4/index.js'
import type { RequestView } from './request-view.js'
import type { ViewRule } from './view-rule.js'

export const SCOPE_RULES: readonly ViewRule[] = [
  {
    id: 'scope-date-form',
    cause: 'scope-date-mismatch',
    severity: 'breaks',
    checks: ['scope'],
    reads: ['scope'],
    *check({ scope }) {
      const date = scope?.date
      if (date === undefined || isScopeDate(date) || date.length > 40) return
      yield { sentence: `The date of the credential scope is "${date}", not eight digits.`, values: { signed: date } }
    },
  },
  {
    id: 'scope-date-day',
    cause: 'scope-date-mismatch',
    severity: 'breaks',
    checks: ['scope'],
    reads: ['scope', 'requestDate'],
    *check({ scope, requestDate = '' }) {
      const date = scope?.date
      const time = parseLenientDate(requestDate)
      if (date === undefined || !isScopeDate(date) || time === undefined) return
      const day = dayOf(requestDateText(time))
      if (date !== day)
        yield {
          sentence: `The date of the credential scope is ${date}; the request is dated ${requestDate}.`,
          values: { signed: date, wanted: day, requestDate },
        }
    },
  },
  {
    id: 'scope-terminator',
    cause: 'scope-terminator-mismatch',
    severity: 'breaks',
    checks: ['scope', 'credential'],
    reads: ['scope'],
    *check({ scope, family }) {
      const end = scope?.terminator
      if (end === undefined || end === family.terminator || end.length > 40) return
      yield {
        sentence: `The credential scope ends with "${end}" in place of "${family.terminator}".`,
        values: { signed: end, wanted: family.terminator },
      }
    },
  },
  {
    id: 'scope-swapped',
    cause: 'scope-region-and-service-swapped',
    severity: 'breaks',
    checks: ['scope'],
    reads: ['scope'],
    *check({ scope }) {
      const { region, service } = scope ?? {}
      if (region === undefined || service === undefined || !AWS_REGIONS.includes(service) || AWS_REGIONS.includes(region)) return
      yield {
        sentence: `The credential scope has "${region}" where the region belongs, and the region ${service} where the service belongs.`,
        values: { region, service },
      }
    },
  },
  {
    id: 'scope-region-of-host',
    cause: 'region-mismatch',
    severity: 'breaks',
    checks: ['scope'],
    reads: ['scope', 'host'],
    *check(view) {
      const { region, service } = view.scope ?? {}
      const wanted = ofHost(view)?.region
      if (region === undefined || wanted === undefined || region === wanted || AWS_REGIONS.includes(service ?? '')) return
      yield {
        sentence: `The host ${view.host} belongs to ${wanted}; the credential scope names ${region === '' ? 'no region' : region}.`,
        values: { signed: region, wanted },
      }
    },
  },
  {
    id: 'scope-service-of-host',
    cause: 'service-mismatch',
    severity: 'breaks',
    checks: ['scope'],
    reads: ['scope', 'host'],
    *check(view) {
      const service = view.scope?.service
      const scope = ofHost(view)
      const wanted = scope?.source === 'host' ? scope.service : undefined
      if (service === undefined || wanted === undefined || service === wanted || AWS_REGIONS.includes(service)) return
      yield {
        sentence: `Requests to ${view.host} are signed for ${wanted}; the credential scope names ${service === '' ? 'no service' : service}.`,
        values: { signed: service, wanted },
      }
    },
  },
]

/** What the host says, of a request that has a region in its scope. */
function ofHost({ host, algorithm, family }: RequestView): ReturnType<typeof hostScope> {
  return host === undefined || family.prefix !== 'X-Amz-' || credentialParts(algorithm) !== 5 ? undefined : hostScope(host)
}
