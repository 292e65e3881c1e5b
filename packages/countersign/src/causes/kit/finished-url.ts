/** A URL that was signed, and then written again by the code or the client that sends it: the signer was right. */
import { type CaseFile, cluesFor, isSigned } from '../../case/index.js'
import type { CauseClass, CauseId } from '../../catalog/index.js'
import type { Fix } from './explanation.js'

/** Whether code shows it. With the key a signature says more than code does. */
export function isRewrittenBySender(file: CaseFile, ...about: readonly (CauseId | CauseClass)[]): boolean {
  if (file.inputs?.key !== undefined && isSigned(file)) return false
  return about.some((one) => cluesFor(file, one).some(({ values }) => values['sender'] === 'client'))
}

/** Sending such a URL as it is. */
export const FINISHED_URL_FIXES: readonly Fix[] = [
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
