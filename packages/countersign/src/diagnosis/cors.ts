/**
 * A failure of CORS is none of the signature: a preflight carries none. But a refusal without CORS headers looks like one in a browser.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS
 */
import type { CaseFile, Observation } from '../case/index.js'
import type { WantedEvidence } from './finding.js'

/** What to say of CORS, and what to collect where nothing else was refused. */
export interface CorsSaid {
  readonly note: string
  readonly wanted: readonly WantedEvidence[]
}

/** Whether the answer itself says that the CORS rules refused: no signature was looked at. */
export function refusedByCors({ refusal }: Pick<CaseFile, 'refusal'>): boolean {
  return refusal !== undefined && /^CORSResponse:/.test(refusal.message)
}

/** What the evidence tells of CORS; `undefined` where it tells nothing. */
export function corsSaid(observations: readonly Observation[], refusal: CaseFile['refusal']): CorsSaid | undefined {
  const told = new Set(observations.flatMap((one) => (one.kind === 'told' && one.told.what === 'cors' ? [one.told.value] : [])))
  if (refusedByCors({ refusal })) return { note: PREFLIGHT, wanted: [ANSWER] }
  if (told.size === 0) return undefined
  if (refusal !== undefined) return { note: BESIDE, wanted: [] }
  return { note: told.has('preflight') ? PREFLIGHT : HIDDEN, wanted: [ANSWER] }
}

const PREFLIGHT =
  "A CORS preflight (OPTIONS) was refused. It carries no signature, so this is no signature problem. Allow your page's origin, the method and the headers that it sends in the bucket's CORS rules (aws s3api put-bucket-cors)."
const HIDDEN =
  "The browser reports a failure of CORS and hides the answer. CORS itself is no signature problem: the bucket's CORS rules have to allow origin, method and headers. A refusal without CORS headers looks the same, so read the answer with curl."
const BESIDE =
  "The CORS error beside the refusal is not its cause: a refusal without CORS headers looks like a CORS error in the browser. Repair what was refused first; then see whether the bucket's CORS rules allow the origin."
const ANSWER: WantedEvidence = {
  what: "the body of the answer, by curl in place of the browser: the same method, URL and headers, and the page's Origin",
  decides: 'whether CORS rules alone are missing, or the service refused a request and the browser hides why',
  command: "curl -sS -i -X PUT -H 'Origin: <origin>' -H 'Content-Type: <type>' --data-binary '@<file>' '<presigned URL>'",
}
