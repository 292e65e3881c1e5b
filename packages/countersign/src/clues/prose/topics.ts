/**
 * What the evidence speaks of, wherever it stands: settings, hosts, calls and words that go with one kind of mismatch.
 * Each is a small reason, well below a mistake that is seen; it decides which of many possible causes is looked at first.
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import type { Location } from '../../text/index.js'
import { anyText, cluesOf, withoutBodies } from '../rule.js'
import { speaksAgainst } from './said-against.js'
import { proseOf } from './sentences.js'
import { PAYLOAD_TOPICS, SECRET_TOPICS } from './topics-of-body-and-key.js'
import { HEADER_TOPICS } from './topics-of-headers.js'
import { HOST_TOPICS } from './topics-of-host.js'
import { SPELLING_TOPICS } from './topics-of-spelling.js'
import { URL_TOPICS } from './topics-of-url.js'

export const topics: EvidenceReader = {
  id: 'topics',
  reads: 'settings, hosts, calls and words anywhere in a text that go with one kind of mismatch',
  samples: [
    'aws configure set s3.addressing_style path\nendpoint_url = https://store.example.com:443\n',
    'put_object(Metadata={"title": "two  blanks"}) is refused, one blank is fine\n',
  ],
  recognize: anyText,
  read({ name, text }: EvidenceSource) {
    return topicsIn(text, name)
  },
}

function topicsIn(text: string, source: string): readonly Observation[] {
  const shown = withoutBodies(text).replace(SERVICES_WORDS, (words) => ' '.repeat(words.length))
  const against = speaksAgainst(proseOf(text))
  return cluesOf(TOPIC_RULES, shown, source).filter((one) => !(against(one.about) || isDenied(shown, one.location)))
}

/** Somebody says on that line that it makes no difference. */
function isDenied(text: string, { start, end }: Location): boolean {
  return DENIED.test(text.slice(start, Math.min(end, start + LONGEST_SENTENCE)))
}

const LONGEST_SENTENCE = 400
const DENIED =
  /\b(?:no (?:difference|change|effect|luck)|did(?:n't| not) help|does(?:n't| not) matter|(?:also|still) (?:fails?|refused)|same (?:error|result) (?:with|without))\b/i
export const TOPIC_RULES = [...HOST_TOPICS, ...URL_TOPICS, ...HEADER_TOPICS, ...SPELLING_TOPICS, ...PAYLOAD_TOPICS, ...SECRET_TOPICS]
// What every refusal says is nobody's topic.
const SERVICES_WORDS =
  /Check your (?:AWS )?(?:Secret Access )?[Kk]ey and signing method\.?|Consult the service documentation for details\.?/g
