/** Canonical requests and strings to sign that no log mark, no error document and no curl output holds. */

import type { EvidenceSource, Observation } from '../../case/index.js'
import { locationOf, logLines, quotedText } from '../../text/index.js'
import { BOTOCORE_MARKS, isMarked, LOG_MARKS } from '../clients/log-marks.js'
import { cutCanonicalRequest, type SigningText, signingTexts } from './signing-text.js'

/** The texts of one kind that stand alone, in order. */
export function loneTexts(source: EvidenceSource, kind: SigningText['kind']): readonly Observation[] {
  const side = source.side ?? 'signer'
  const texts = signingTexts(logLines(source.text))
    .filter((one) => one.kind === kind && !isOthers(one.label))
    .map(
      (one): Observation => ({
        kind,
        side,
        text: one.text,
        location: locationOf(source.name, one.first, one.last),
        fidelity: one.cut ? 'normalized' : 'exact',
      }),
    )
  return [...texts, ...quotedTexts(source, kind)]
}

/** The beginning of a signer's canonical request, where its end was left out and says so. */
export function loneBeginning({ name, text, side }: EvidenceSource): readonly Observation[] {
  if (side === 'wire' || side === 'verifier' || !LEFT_OUT.test(text)) return []
  const one = cutCanonicalRequest(logLines(text))
  if (one === undefined || isOthers(one.label)) return []
  return [
    { kind: one.kind, side: 'signer', text: one.text, location: locationOf(name, one.first, one.last), fidelity: 'exact' } as Observation,
  ]
}

/** A text that a program printed as a quoted string: its line feeds are spelled "\n". */
function* quotedTexts({ name, text, side }: EvidenceSource, kind: SigningText['kind']): Iterable<Observation> {
  for (const match of text.matchAll(kind === 'canonical-request' ? QUOTED_REQUEST : QUOTED_STRING)) {
    const before = text.slice(Math.max(0, match.index - 60), match.index)
    const quoted = isOthers(before) ? undefined : quotedText(text, match.index)
    const whole = quoted === undefined ? undefined : signingTexts(logLines(quoted.value))[0]
    if (quoted === undefined || whole?.kind !== kind) continue
    yield {
      kind,
      side: side ?? 'signer',
      text: whole.text,
      location: { source: name, start: match.index, end: quoted.end },
      fidelity: 'inferred',
    }
  }
}

function isOthers(label: string): boolean {
  return ELSEWHERE.test(label) || isMarked(label, LOG_MARKS) || isMarked(label, BOTOCORE_MARKS)
}

/** The cheap question first: a mark for what was left out, anywhere. */
const LEFT_OUT = /\.{3}|\u2026|\u00e2\u0080\u00a6|snip|cut|rest|omitted|truncated/
/** Error documents, messages and the gateway of Ceph quote the verifier's texts; curl -v prints its own. */
const ELSEWHERE =
  /[0-9a-f]{8,18} {1,3}\d{1,2} (?:req \d{1,20} [\d.]{1,24}s? )?(?:s3:\w{1,60} )?(?:canonical request = |string(?: to sign = |_to_sign=))|ould have been|Request>|ToSign>|aws_sigv4: |Canonical String for this|String-to-Sign should|["'](?:CanonicalRequest|StringToSign)["']\s{0,3}[:=]/
const QUOTED_REQUEST = /["'](?=(?:GET|PUT|POST|DELETE|HEAD|PATCH|OPTIONS)\\n\/)/g
const QUOTED_STRING = /["'](?=AWS4-(?:HMAC|ECDSA-P256)-SHA256\\n)/g
