/**
 * Documentation: a page that explains requests and shows examples of them. Nobody sent what stands in it, so it is no evidence.
 *
 * A page has captions, speaks to its reader in general, and tells nothing that happened. In doubt a text is evidence: a page of a few
 * sentences is read. A long report with captions that tells of nobody and no time may be taken for a page; the note says what to do then.
 */
import type { EvidenceReader } from '../../case/index.js'
import { CAUSE_IDS } from '../../catalog/index.js'
import { writingOf } from '../../text/index.js'

export const documentation: EvidenceReader = {
  id: 'documentation',
  reads: 'pages that explain (documentation, readmes, manuals): that nothing in them is evidence',
  samples: [
    `# Signing requests to the archive\n\nEach request must carry a signature. If you use one of the SDKs, it signs for you; if you sign yourself, you need an access key and a secret.\n\n## The canonical request\n\n${'If a header has several values, you must join them, and each value must be trimmed. When a parameter has no value, you should add an equals sign, and every name can appear more than once. '.repeat(4)}\n\n\`\`\`\nAuthorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20250303/eu-west-3/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=***\n\`\`\`\n`,
    `Errors of the gateway\n\n${'If the signature is not that of the request, you can compare the two texts. When a service is given a date of any other day, each call may be refused, and you should set the clock. '.repeat(5)}\n\nThe signature does not match\n\nSignatureDoesNotMatch\n`,
  ],
  sole: true,
  recognize: isDocumentation,
  read: ({ name, text }) => (isDocumentation(text) ? [{ ...NO_EVIDENCE, location: { source: name, start: 0, end: text.length } }] : []),
}

function isDocumentation(text: string): boolean {
  if (text.length > LONGEST) return false
  const { captions, words, general, past, told } = writingOf(text)
  const [title] = captions
  if (title === undefined || words < FEWEST_WORDS) return false
  // Our own pages say "What happened" and tell it.
  if (OWN_TITLES.has(title) && captions.length >= 3) return true
  const least = /\bcountersign\b/.test(text) ? GENERAL_OF_OUR_PAGES : GENERAL_OF_PAGES
  return !told && general >= least && past <= general * PAST_TO_GENERAL
}

const NO_EVIDENCE = {
  kind: 'unreadable',
  fidelity: 'exact',
  reason:
    'is documentation: it explains requests and shows examples that nobody sent; where a log or an answer of your own stands in it, give that part alone',
} as const
const LONGEST = 200_000
const FEWEST_WORDS = 120
/** Of a hundred words. Reports of faults have about 5 at most. */
const GENERAL_OF_PAGES = 6.5
/** A report seldom names this tool, and our pages are terse. */
const GENERAL_OF_OUR_PAGES = 3
const PAST_TO_GENERAL = 0.5
const OWN_TITLES: ReadonlySet<string> = new Set(CAUSE_IDS)
