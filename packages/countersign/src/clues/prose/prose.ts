/** Reads free sentences about a refusal: what the person says changed, works or fails. Weights are small; it proves nothing. */

import { clueAt, type EvidenceReader, type EvidenceSource, type Observation } from '../../case/index.js'
import { anyText } from '../rule.js'
import { speaksAgainst } from './said-against.js'
import { SAID_OF_KEY } from './said-of-key.js'
import { SAID_OF_REQUEST } from './said-of-request.js'
import { SAID_OF_WAY } from './said-of-way.js'
import { sentenceClues } from './sentence-rule.js'
import { proseOf, sentencesOf } from './sentences.js'

export const prose: EvidenceReader = {
  id: 'prose',
  reads: 'sentences about what fails and what works',
  samples: [
    'Uploads are refused only for file names with spaces.\n',
    'After a week behind nginx every request fails, directly it works.\n',
  ],
  recognize: anyText,
  read({ name, text }: EvidenceSource) {
    return hintsIn(text, name)
  },
}

function hintsIn(text: string, source: string): readonly Observation[] {
  const said = proseOf(text)
  const against = speaksAgainst(said)
  const hints = sentenceClues(SENTENCE_RULES, sentencesOf(said), said, source)
  return [...hints.filter((one) => !against(one.about)), ...orderHints(said, source)]
}

/** Lists of URLs that pass and URLs that fail: where only the sorted pass, the order is the cause. */
function orderHints(text: string, source: string): readonly Observation[] {
  const judged = [...text.matchAll(/^[ \t>*-]{0,10}(\w[^\n?]{0,120})\?([^\s?]{3,400})([^\n]{0,80})/gm)].slice(0, 60).flatMap((match) => {
    const said = `${match[1]} ${match[3]}`
    const good = /\b(?:correct|right|ok|works?|working|pass(?:es)?|success|valid|200)\b/i.test(said) && !/not work|n't work/i.test(said)
    const bad =
      /\b(?:wrong|incorrect|fails?|failed|broken|bad|403|refused|invalid|mismatch|not work\w*|error)\b|SignatureDoesNotMatch/i.test(said)
    const names = match[2]!.split('&').map((piece) => piece.split('=', 1)[0]!)
    return good === bad || names.length < 2
      ? []
      : [{ good, sorted: names.every((name, i) => i === 0 || names[i - 1]! <= name), at: match.index }]
  })
  const bad = judged.filter((one) => !one.good)
  if (bad.length === 0 || bad.length === judged.length || !judged.every((one) => one.good === one.sorted)) return []
  return [
    clueAt(text, source, bad[0]!.at, {
      rule: 'listed-in-order',
      about: 'query-not-sorted',
      strength: 'strong',
      message: 'of the listed URLs exactly those fail whose query is not sorted by name.',
    }),
  ]
}

export const SENTENCE_RULES = [...SAID_OF_REQUEST, ...SAID_OF_WAY, ...SAID_OF_KEY]
