/** What the settings of requests let one suspect that a graphical HTTP client keeps, to sign them when it sends them. */

import { type Clue, clue, type EvidenceReader } from '../../case/index.js'
import { hostScope } from '../../endpoints/index.js'
import { insomniaRequests, isOpen, type KeptRequest, postmanRequests } from '../../evidence/index.js'
import { urlParts } from '../../text/index.js'
import { type More, type RuleHead, said } from '../rule.js'
import {
  AUTHORIZATION_BY_HAND,
  REGION_MALFORMED,
  REGION_OF_ENDPOINT,
  SECRET_DAMAGED,
  SERVICE_OF_ENDPOINT,
  TOKEN_LEFT_OUT,
} from './setting-rules.js'

export const keptRequests: EvidenceReader = {
  id: 'kept-requests',
  reads: 'settings of requests in Postman collections and Insomnia exports that do not fit their hosts',
  samples: [
    '{"__export_format":4,"resources":[{"url":"https://b.s3.eu-west-3.amazonaws.com/a","authentication":{"type":"iam","region":"eu-west-1"}}]}',
    '{"item":[{"request":{"auth":{"type":"awsv4","awsv4":{"region":"eu-west-1"}},"url":"https://b.s3.eu-west-3.amazonaws.com/a"}}]}',
  ],
  recognize: (text) => /"__export_format"|collection\.insomnia\.rest|"awsv4"/.test(text),
  read: (source) => [...(postmanRequests(source) ?? []), ...(insomniaRequests(source) ?? [])].flatMap(keptFaults),
}

/** A value of a secret is looked at here, and repeated nowhere. */
function keptFaults(kept: KeptRequest): readonly Clue[] {
  const { name, method, url, service, region, accessKeyId, secretAccessKey, sessionToken } = kept
  const named = /^[\w ./-]{1,60}$/.test(name) ? `The request "${name}"` : `The ${/^[A-Z]{1,10}$/.test(method) ? method : 'first'} request`
  const found = (rule: RuleHead, message: string, more?: More): readonly Clue[] => [
    clue(said(rule, `${named}: ${message}`, more), kept.location),
  ]
  const host = isOpen(url) ? undefined : urlParts(url)?.host
  const scope = host === undefined ? undefined : hostScope(host)
  const signed = region === '' ? 'us-east-1' : region
  const [otherRegion, otherService] = [scope?.region ?? signed, scope?.service ?? service]
  const values = [accessKeyId, secretAccessKey, sessionToken]
  return [
    ...(signed !== otherRegion && !isOpen(signed)
      ? found(REGION_OF_ENDPOINT, `it is signed for the region ${signed}, and the host is of ${otherRegion}.`, { values: { signed } })
      : region === ''
        ? found(REGION_MALFORMED, 'no region is set, and the client then signs for us-east-1.', { strength: 'fair', values: { signed } })
        : []),
    ...(service === ''
      ? found(SERVICE_OF_ENDPOINT, 'no service name is set.', { strength: 'fair' })
      : service !== otherService && !isOpen(service)
        ? found(SERVICE_OF_ENDPOINT, `it is signed for the service ${service}, and the host is of ${otherService}.`, {
            values: { signed: service },
          })
        : []),
    ...(accessKeyId.startsWith('ASIA') && sessionToken === ''
      ? found(TOKEN_LEFT_OUT, 'the access key is temporary (ASIA...), and no session token is set.')
      : []),
    ...(values.some((value) => value !== value.trim())
      ? found(SECRET_DAMAGED, 'a credential has a space or a line break at an end.', {
          strength: 'fair',
          tags: [/[\r\n]/.test(secretAccessKey) ? 'secret-has-newline' : 'secret-has-space'],
        })
      : []),
    ...(kept.headers.some(([header]) => /^authorization$/i.test(header))
      ? found(AUTHORIZATION_BY_HAND, 'an Authorization header is set by hand beside the one that the client makes.')
      : []),
  ]
}
