/**
 * What the evidence speaks of, wherever it stands: settings, hosts, calls and words that go with one kind of mismatch.
 * Each is a small reason, well below a mistake that is seen; it decides which of many possible causes is looked at first.
 */
import { hintsOf, withoutBodies } from './hint-rules.js'
import type { EvidenceReader, EvidenceSource, Observation } from './reader.js'
import { HOST_TOPICS, PAYLOAD_TOPICS, REQUEST_TOPICS, SECRET_TOPICS } from './topic-rules.js'

export const topics: EvidenceReader = {
  id: 'topics',
  reads: 'settings, hosts, calls and words anywhere in a text that go with one kind of mismatch',
  samples: [
    'aws configure set s3.addressing_style path\nendpoint_url = https://store.example.com:443\n',
    'put_object(Metadata={"title": "two  blanks"}) is refused, one blank is fine\n',
  ],
  recognize(text) {
    return topicsIn(text, '').length > 0 ? 0.3 : 0
  },
  read({ name, text }: EvidenceSource) {
    return topicsIn(text, name)
  },
}

function topicsIn(text: string, source: string): readonly Observation[] {
  return hintsOf(
    RULES,
    withoutBodies(text).replace(SERVICES_WORDS, (words) => ' '.repeat(words.length)),
    source,
  )
}

const RULES = [...HOST_TOPICS, ...REQUEST_TOPICS, ...PAYLOAD_TOPICS, ...SECRET_TOPICS]
// What every refusal says is nobody's topic.
const SERVICES_WORDS =
  /Check your (?:AWS )?(?:Secret Access )?[Kk]ey and signing method\.?|Consult the service documentation for details\.?/g
