import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer uses an encoding function that leaves some characters raw: encodeURI, encodeURIComponent, or none at all. */
export const inject: Inject = (correct, choice) => {
  const correctUri = canonicalRequestPart(correct, 'canonical-uri')
  const leaves = pick([/%(21|27|28|29|2A)/g, /%(21|27|28|29|2A|24|26|2B|2C|3A|3B|3D|40)/g, /%(2A)/g, /%(3A)/g], choice)!
  const raw = correctUri.replace(leaves, (found) => decodeURIComponent(found))
  return raw === correctUri ? undefined : signedOtherwise(correct, { 'canonical-uri': raw })
}
