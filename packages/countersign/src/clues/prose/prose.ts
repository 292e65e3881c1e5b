/**
 * Reads what people say of a refusal, and words in their code and settings that go with one kind of mismatch: what changed,
 * what passes, what fails. It proves nothing; what passes beside what fails counts more than what is only mentioned.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { anyText, type Rule, withoutBodies } from '../rule.js'
import { ABOUT_BODY, ABOUT_METHOD } from './about-body.js'
import { ABOUT_HEADERS } from './about-headers.js'
import { ABOUT_HOST } from './about-host.js'
import { ABOUT_KEYS } from './about-keys.js'
import { ABOUT_PATH } from './about-path.js'
import { ABOUT_QUERY } from './about-query.js'
import { ABOUT_OTHERS, ABOUT_REGION, ABOUT_VERSION } from './about-scope.js'
import { ABOUT_TIME } from './about-time.js'
import { speaksAgainst } from './denials.js'
import { type ProseRule, proseClues } from './prose-rule.js'
import { proseOf, SERVICES_OWN, sentencesOf } from './sentences.js'
import { wallClockClues } from './wall-clock.js'

export const prose: EvidenceReader = {
  id: 'prose',
  reads: 'sentences about what fails and what works, and words in code and settings that go with one kind of mismatch',
  samples: [
    'Uploads are refused only for file names with spaces.\n',
    'After a week behind nginx every request fails, directly it works.\n',
    'aws configure set s3.addressing_style path\nendpoint_url = https://store.example.com:443\n',
  ],
  recognize: anyText,
  read({ name, text }: EvidenceSource) {
    return cluesIn(text, name)
  },
}

/** Of the rules that hold in one sentence the first speaks: the narrower ones come first. */
const RULES: readonly ProseRule[] = [
  ...ABOUT_KEYS,
  ...ABOUT_TIME,
  ...ABOUT_VERSION,
  ...ABOUT_HEADERS,
  ...ABOUT_METHOD,
  ...ABOUT_BODY,
  ...ABOUT_QUERY,
  ...ABOUT_PATH,
  ...ABOUT_HOST,
  ...ABOUT_REGION,
  ...ABOUT_OTHERS,
]

export const PROSE_RULES: readonly Rule[] = RULES.map((rule) => ({ strength: 'fair', ...rule }))

function cluesIn(text: string, source: string): readonly Observation[] {
  const said = proseOf(text)
  const sentences = sentencesOf(said)
  const shown = withoutBodies(text).replace(SERVICES_OWN, (words) => ' '.repeat(words.length))
  const against = speaksAgainst(sentences)
  const clues = [...proseClues(RULES, sentences, shown, source), ...wallClockClues(text, source)]
  return clues.filter((one) => !against(one.about))
}
