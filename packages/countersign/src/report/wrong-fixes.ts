/** The order of wrong fixes: what the user's own words speak of comes first, because that is what they are about to do. */

import type { EvidenceSource } from '../case/index.js'
import type { WrongFix } from '../causes/index.js'

/** The same wrong fixes; those whose subject the evidence names before the others, else in the order given. */
export function inOrderOfTemptation(wrongFixes: readonly WrongFix[], evidence: readonly EvidenceSource[]): readonly WrongFix[] {
  const spoken = evidence.map(({ text }) => text.slice(0, MOST_READ)).join('\n')
  const named = TEMPTATIONS.filter(({ words }) => words.test(spoken))
  const rank = ({ title }: WrongFix): number => (named.some(({ fix }) => fix.test(title)) ? 0 : 1)
  return [...wrongFixes].sort((a, b) => rank(a) - rank(b))
}

/** What people write when they have tried a repair or are about to, and the fixes that are meant by it. */
const TEMPTATIONS: readonly { readonly words: RegExp; readonly fix: RegExp }[] = [
  {
    words: /\b(?:IAM (?:polic|role|permission|user)|bucket polic|permissions?\b|AmazonS3FullAccess|AdministratorAccess)/i,
    fix: /\b(?:IAM|polic(?:y|ies))\b/i,
  },
  {
    words:
      /\b(?:rotat(?:e|ed|ing)|regenerat|new (?:access )?keys?\b|new credentials|re-?creat(?:e|ed) (?:the )?(?:access )?keys?|copied the (?:secret|key))/i,
    fix: /\b(?:rotate|new access keys|secret again|replace the secret)\b/i,
  },
  { words: /\b(?:tried again|try again|re-?tr(?:y|ied|ies|ying)|re-?sen[dt]\b)/i, fix: /\b(?:again|retry)\b/i },
  { words: /\bCORS\b/, fix: /\bCORS\b/ },
  { words: /\b(?:time ?zone|ntp|clock)\b/i, fix: /\b(?:time zone|clock)\b/i },
  { words: /\bUNSIGNED-PAYLOAD\b/, fix: /\bUNSIGNED-PAYLOAD\b/ },
]
const MOST_READ = 65_536
