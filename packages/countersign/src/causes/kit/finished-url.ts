/** A URL that was signed, and then written again by the code or the client that sends it: the signer was right. */
import { type CaseFile, cluesFor, isSigned } from '../../case/index.js'
import type { CauseId } from '../../catalog/index.js'
import type { Fix } from './explanation.js'

/** Whether code shows it. With the key a signature says more than code does. */
export function isRewrittenBySender(file: CaseFile, about: CauseId): boolean {
  if (file.inputs?.key !== undefined && isSigned(file)) return false
  return cluesFor(file, about).some(({ values }) => values['sender'] === 'client')
}

/** Sending such a URL as it is; what one client needs for it, where the code shows that one. */
export function finishedUrlFixes(file: CaseFile, about: CauseId): readonly Fix[] {
  if (!isRewrittenBySender(file, about)) return []
  const clients = new Set(cluesFor(file, about).map(({ values }) => values['client']))
  return FIXES.filter(({ appliesTo = [] }) => appliesTo.every((client) => clients.has(client)))
}

const FIXES: readonly Fix[] = [
  {
    title: 'send the signed URL as it is: do not encode or decode it, and give the client a URI where it would encode a text',
    applicability: 'exact',
  },
  {
    title: 'give Spring a java.net.URI: a String is a template, and is encoded',
    applicability: 'exact',
    command: 'restTemplate.getForObject(URI.create(url), byte[].class)  // webClient.get().uri(URI.create(url))',
    appliesTo: ['spring'],
  },
  {
    title: 'tell aiohttp that the URL is encoded already',
    applicability: 'exact',
    command: 'session.get(yarl.URL(url, encoded=True))',
    appliesTo: ['aiohttp'],
  },
]
